// The query's own dictionary: ids of terms and terms of ids while it runs.
//
// A computed term is first looked up in the store, so that equal terms have
// equal ids whether stored or computed; what the store does not hold gets an id
// of kind kQueryLocal. Terms read from the store are cached.

#ifndef SANAD_QUERY_EXPRESSION_TERM_DICTIONARY_H_
#define SANAD_QUERY_EXPRESSION_TERM_DICTIONARY_H_

#include <deque>
#include <span>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <sanad/term.h>
#include "storage/quad_source.h"

namespace sanad {

class QueryContext;

// Single-threaded. Read errors become the context's status; the term is then
// undefined.
class TermDictionary {
 public:
  TermDictionary(const QuadSource& source, QueryContext& context)
      : source_(source), context_(context) {}
  ~TermDictionary();

  // The id of a term; undefined for an undefined one.
  TermId Intern(const Term& term);
  // The term of an id; valid until the next Trim(). Undefined id: undefined.
  const Term& Get(TermId id);
  // True when some term has an id of kind kQueryLocal.
  bool has_own_terms() const { return !local_terms_.empty(); }
  // Reads the terms of many ids into the cache in one sorted batch.
  void Prefetch(std::span<const TermId> ids);
  // Frees the cache of stored terms where it has grown large. Called between
  // batches only.
  void Trim();

 private:
  const Term& Cache(TermId id, Term term);

  const QuadSource& source_;
  QueryContext& context_;
  absl::flat_hash_map<uint64_t, const Term*> cached_;
  std::deque<Term> cached_terms_;
  uint64_t cached_bytes_ = 0;
  std::deque<Term> local_terms_;  // By position of kQueryLocal ids.
  uint64_t local_bytes_ = 0;
  absl::flat_hash_map<Term, TermId> interned_;
  std::vector<TermId> missing_;
  std::vector<Term> fetched_;
  Term undefined_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_TERM_DICTIONARY_H_
