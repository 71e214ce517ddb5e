// Aggregates over groups (SPARQL 1.1, section 18.5.1). Each aggregate keeps its
// state for all groups; values are ids, undefined for an error.

#ifndef SANAD_QUERY_EXECUTION_AGGREGATE_H_
#define SANAD_QUERY_EXECUTION_AGGREGATE_H_

#include <cstdint>
#include <memory>

#include <absl/status/statusor.h>
#include "query/algebra/algebra.h"
#include "query/expression/query_context.h"
#include "storage/encoding/term_id.h"

namespace sanad {

// Single-threaded.
class Aggregate {
 public:
  virtual ~Aggregate() = default;
  // `count` equal values join a group. Groups are numbered from 0.
  virtual void Add(uint32_t group, TermId value, uint64_t count) = 0;
  // The value of a group; undefined for an error. Groups never added to are
  // empty ones.
  virtual TermId Result(uint32_t group) = 0;
  // True when Add() looks into terms, so that reading them ahead pays.
  virtual bool reads_terms() const { return true; }
  // Bytes held, roughly.
  virtual size_t bytes() const = 0;
};

// `expression` is a kAggregate with an argument, or COUNT(*). DISTINCT is
// applied by value id. Errors: Unimplemented for an unknown name.
absl::StatusOr<std::unique_ptr<Aggregate>> MakeAggregate(const algebra::Expression& expression,
                                                         QueryContext& context);

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_AGGREGATE_H_
