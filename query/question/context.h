// What answering needs of one state of a store: its words and its schema, kept
// between questions as long as the state does not change.

#ifndef SANAD_QUERY_QUESTION_CONTEXT_H_
#define SANAD_QUERY_QUESTION_CONTEXT_H_

#include <memory>

#include <absl/status/statusor.h>
#include <sanad/store.h>
#include "query/question/linker.h"

namespace sanad::question {

struct Context {
  std::shared_ptr<const Snapshot> snapshot;
  Vocabulary vocabulary;  // Over `snapshot`.
};

// Built once for a state, then shared. Thread-safe.
absl::StatusOr<Context> ContextOf(const Store& store);

// For sources that are no store (tests): nothing is kept.
absl::StatusOr<Vocabulary> VocabularyOf(const QuadSource& source);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_CONTEXT_H_
