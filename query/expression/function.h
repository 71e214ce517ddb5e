// Built-in functions by name and casts by IRI.
//
// A family is one file with its functions and one table; a new function is one
// body and one line of the table. Bodies get evaluated arguments, none of them
// an error, and return a value; Value::Error() is a type error.

#ifndef SANAD_QUERY_EXPRESSION_FUNCTION_H_
#define SANAD_QUERY_EXPRESSION_FUNCTION_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <absl/container/flat_hash_map.h>
#include "query/expression/value.h"

namespace sanad {

// What a body may ask for beside its arguments. Lives as long as the query.
struct FunctionContext {
  QueryContext& query;
  std::string base_iri;
  uint64_t solution = 0;   // Changes from solution to solution, for BNODE(label).
  uint64_t labels_of = 0;  // The solution that `labels` belongs to.
  absl::flat_hash_map<std::string, Term> labels;
  std::string iri;  // The called IRI, for casts.
};

// Whether a value of that many bytes, not accounted for yet, fits in what is left
// of the query's memory; if not, the query's status is ResourceExhausted. For
// functions whose results can be far larger than their arguments.
inline bool MayHold(QueryContext& query, uint64_t bytes) {
  const bool fits = query.Charge(bytes);
  query.Release(bytes);
  return fits;
}

using Arguments = std::span<const Value>;
using FunctionBody = Value (*)(FunctionContext& context, Arguments arguments);

struct Function {
  std::string_view name;  // In upper case, or an IRI.
  int min_arguments = 0;
  int max_arguments = 0;  // -1: any number.
  FunctionBody body = nullptr;
  bool deterministic = true;
};

// The function of a name or IRI; null when there is none.
const Function* FindFunction(std::string_view name);

// The families.
std::span<const Function> StringFunctions();
std::span<const Function> RegexFunctions();
std::span<const Function> NumericFunctions();
std::span<const Function> DateTimeFunctions();
std::span<const Function> HashFunctions();
std::span<const Function> TermFunctions();
std::span<const Function> CastFunctions();

}  // namespace sanad

#endif  // SANAD_QUERY_EXPRESSION_FUNCTION_H_
