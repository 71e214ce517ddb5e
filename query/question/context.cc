#include "query/question/context.h"

#include <list>
#include <utility>

#include <absl/base/thread_annotations.h>
#include "storage/model/text.h"
#include "storage/sync/mutex.h"

namespace sanad::question {
namespace {

constexpr size_t kKeptStates = 8;

struct Kept {
  std::weak_ptr<const void> state;
  std::shared_ptr<const Lexicon> lexicon;
  std::shared_ptr<const Schema> schema;
  std::shared_ptr<const VerbalNouns> verbal_nouns;
};

struct Cache {
  Mutex mutex;
  std::list<Kept> kept ABSL_GUARDED_BY(mutex);  // Newest first.
};

Cache& TheCache() {
  static Cache& cache = *new Cache();
  return cache;
}

}  // namespace

absl::StatusOr<Vocabulary> VocabularyOf(const QuadSource& source) {
  Vocabulary out;
  out.source = &source;
  SANAD_ASSIGN_OR_RETURN(out.lexicon, Lexicon::FromSource(source));
  SANAD_ASSIGN_OR_RETURN(out.schema, Schema::Build(source));
  if (out.lexicon != nullptr) out.verbal_nouns = std::make_shared<const VerbalNouns>(*out.lexicon);
  absl::StatusOr<LabelIndexReader> labels = LabelIndexReader::Open(source);
  if (labels.ok()) out.labels = *std::move(labels);
  return out;
}

absl::StatusOr<Context> ContextOf(const Store& store) {
  RegisterLabelIndex();
  Context out;
  out.snapshot = std::make_shared<const Snapshot>(store.NewSnapshot());
  const QuadSource& source = out.snapshot->source();
  const std::weak_ptr<const void> state = source.state_token();
  Cache& cache = TheCache();
  {
    MutexLock lock(&cache.mutex);
    cache.kept.remove_if([](const Kept& kept) { return kept.state.expired(); });
    for (const Kept& kept : cache.kept) {
      if (kept.state.owner_before(state) || state.owner_before(kept.state)) continue;
      out.vocabulary.source = &source;
      out.vocabulary.lexicon = kept.lexicon;
      out.vocabulary.schema = kept.schema;
      out.vocabulary.verbal_nouns = kept.verbal_nouns;
      break;
    }
  }
  if (out.vocabulary.schema == nullptr) {
    SANAD_ASSIGN_OR_RETURN(out.vocabulary, VocabularyOf(source));
    MutexLock lock(&cache.mutex);
    cache.kept.push_front(
        {state, out.vocabulary.lexicon, out.vocabulary.schema, out.vocabulary.verbal_nouns});
    if (cache.kept.size() > kKeptStates) cache.kept.pop_back();
    return out;
  }
  absl::StatusOr<LabelIndexReader> labels = LabelIndexReader::Open(source);
  if (labels.ok()) out.vocabulary.labels = *std::move(labels);
  return out;
}

}  // namespace sanad::question
