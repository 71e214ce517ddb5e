// Understand: all stages from text to ranked readings.

#ifndef SANAD_QUERY_QUESTION_UNDERSTAND_H_
#define SANAD_QUERY_QUESTION_UNDERSTAND_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>
#include "query/question/compose.h"
#include "query/question/translate.h"

namespace sanad::question {

struct Reading {
  Meaning meaning;
  Translation translation;
  std::string canonical;  // Equal for readings that mean the same.
};

struct Understanding {
  std::string language;
  std::vector<Reading> readings;        // The best; more than one where they tie.
  std::vector<Reading> second;          // The next best by names, for when the best finds nothing.
  std::optional<size_t> unknown_token;  // No reading: a word that nothing covers …
  std::vector<Token> tokens;
  Lattice lattice;  // What the other words may stand for, where one is unknown.
  Failure failure;  // … or parts that nothing joins.
  QuestionKind kind = QuestionKind::kWhich;
};

// Errors: InvalidArgument for a question that is too long.
// `previous`: the meaning of the question before, for follow-ups; null: none.
absl::StatusOr<Understanding> Understand(const Vocabulary& vocabulary, std::string_view question,
                                         const Meaning* previous = nullptr);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_UNDERSTAND_H_
