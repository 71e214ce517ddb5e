// Lexicon::FromSource: the lexicon graphs of a store, built once for the same
// content. A quick key (the graphs, their sizes, the state's version and a sample
// of their terms) finds the lexicon of an unchanged store; else all terms are
// read and hashed, so that a commit that left the lexicon alone rebuilds nothing.

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <array>
#include <deque>

#include "language/lexicon.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"
#include "storage/sync/mutex.h"

namespace sanad {
namespace {

constexpr size_t kSample = 192;
constexpr size_t kKept = 8;

struct LexiconGraphs {
  std::vector<TermId> ids;
  std::vector<Term> names;
};

absl::StatusOr<LexiconGraphs> FindGraphs(const QuadSource& source) {
  LexiconGraphs out;
  SANAD_ASSIGN_OR_RETURN(const TermId type, source.Find(Term::Iri(iri::kRdfType)));
  SANAD_ASSIGN_OR_RETURN(const TermId lexicon, source.Find(Term::Iri(iri::kLexiconGraph)));
  if (type.is_undefined() || lexicon.is_undefined()) return out;
  ScanRequest request;
  request.pattern = {TermId(), type, lexicon};
  request.order = OrderFor(request.pattern, 0);
  request.scope = GraphScope::Each();
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan, source.Scan(request));
  const std::array<int, 4> columns = ColumnsOf(request.order);
  const size_t subject =
      static_cast<size_t>(std::find(columns.begin(), columns.end(), 0) - columns.begin());
  QuadBatch batch;
  while (scan->Next(batch)) {
    for (size_t i = 0; i < batch.size; ++i) {
      // It must say so inside itself.
      if (batch.columns[subject][i] == batch.columns[3][i]) out.ids.push_back(batch.columns[3][i]);
    }
  }
  SANAD_RETURN_IF_ERROR(scan->status());
  std::sort(out.ids.begin(), out.ids.end());
  out.ids.erase(std::unique(out.ids.begin(), out.ids.end()), out.ids.end());
  SANAD_RETURN_IF_ERROR(source.Materialize(out.ids, out.names));
  return out;
}

// Subject, predicate, object of every triple, one after the other.
absl::StatusOr<std::vector<TermId>> ReadIds(const QuadSource& source, const LexiconGraphs& graphs) {
  std::vector<TermId> out;
  for (TermId graph : graphs.ids) {
    ScanRequest request;
    request.order = Order::kSpo;
    request.scope = GraphScope::One(graph);
    SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan, source.Scan(request));
    QuadBatch batch;
    while (scan->Next(batch)) {
      for (size_t i = 0; i < batch.size; ++i) {
        for (size_t c = 0; c < 3; ++c) out.push_back(batch.columns[c][i]);
      }
    }
    SANAD_RETURN_IF_ERROR(scan->status());
  }
  return out;
}

absl::StatusOr<std::string> QuickKey(const QuadSource& source, const LexiconGraphs& graphs,
                                     const std::vector<TermId>& ids) {
  std::string key = Concat(source.version(), " ", ids.size());
  for (const Term& name : graphs.names) key += Concat(" ", name.value());
  std::vector<TermId> sample;
  const size_t step = std::max<size_t>(1, ids.size() / kSample);
  for (size_t i = 0; i < ids.size(); i += step) sample.push_back(ids[i]);
  std::vector<Term> terms;
  SANAD_RETURN_IF_ERROR(source.Materialize(sample, terms));
  for (const Term& term : terms) key += Concat("\n", term.ToString());
  return key;
}

absl::StatusOr<std::vector<Quad>> ReadQuads(const QuadSource& source,
                                            const std::vector<TermId>& ids) {
  std::vector<TermId> distinct = ids;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::vector<Term> terms;
  SANAD_RETURN_IF_ERROR(source.Materialize(distinct, terms));
  const auto term_of = [&](TermId id) -> const Term& {
    return terms[static_cast<size_t>(std::lower_bound(distinct.begin(), distinct.end(), id) -
                                     distinct.begin())];
  };
  std::vector<Quad> out;
  out.reserve(ids.size() / 3);
  for (size_t i = 0; i + 2 < ids.size(); i += 3) {
    out.push_back({term_of(ids[i]), term_of(ids[i + 1]), term_of(ids[i + 2]), Term()});
  }
  return out;
}

std::string ContentKey(const std::vector<Quad>& quads) {
  std::string key;
  for (const Quad& q : quads) {
    key +=
        Concat(q.subject.ToString(), " ", q.predicate.ToString(), " ", q.object.ToString(), "\n");
  }
  return key;
}

struct CacheEntry {
  std::string quick_key;
  std::string content;  // Compared whole: two lexicons are never confused.
  std::shared_ptr<const Lexicon> lexicon;
};

class Cache {
 public:
  std::shared_ptr<const Lexicon> ByQuickKey(const std::string& key) {
    const MutexLock lock(&mutex_);
    for (const CacheEntry& e : entries_) {
      if (e.quick_key == key) return e.lexicon;
    }
    return nullptr;
  }
  std::shared_ptr<const Lexicon> ByContent(const std::string& content, const std::string& key) {
    const MutexLock lock(&mutex_);
    for (CacheEntry& e : entries_) {
      if (e.content != content) continue;
      e.quick_key = key;
      return e.lexicon;
    }
    return nullptr;
  }
  void Add(CacheEntry entry) {
    const MutexLock lock(&mutex_);
    entries_.push_back(std::move(entry));
    if (entries_.size() > kKept) entries_.pop_front();
  }

 private:
  Mutex mutex_;
  std::deque<CacheEntry> entries_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Lexicon>> Lexicon::FromSource(const QuadSource& source) {
  static auto* const cache = new Cache;  // Never destroyed: threads may outlive main.
  SANAD_ASSIGN_OR_RETURN(const LexiconGraphs graphs, FindGraphs(source));
  SANAD_ASSIGN_OR_RETURN(const std::vector<TermId> ids, ReadIds(source, graphs));
  SANAD_ASSIGN_OR_RETURN(const std::string quick_key, QuickKey(source, graphs, ids));
  if (std::shared_ptr<const Lexicon> hit = cache->ByQuickKey(quick_key)) return hit;
  SANAD_ASSIGN_OR_RETURN(const std::vector<Quad> quads, ReadQuads(source, ids));
  std::string content = ContentKey(quads);
  if (std::shared_ptr<const Lexicon> hit = cache->ByContent(content, quick_key)) return hit;
  SANAD_ASSIGN_OR_RETURN(std::shared_ptr<const Lexicon> lexicon, Build(quads));
  cache->Add({quick_key, std::move(content), lexicon});
  return lexicon;
}

}  // namespace sanad
