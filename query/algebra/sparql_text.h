// The text of terms, paths and expressions in SPARQL: what to_sparql.cc puts into
// the elements of a group.

#ifndef SANAD_QUERY_ALGEBRA_SPARQL_TEXT_H_
#define SANAD_QUERY_ALGEBRA_SPARQL_TEXT_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "query/algebra/algebra.h"

namespace sanad::algebra {

// Single-threaded. What it is made of must outlive it.
class SparqlText {
 public:
  using Prefixes = std::vector<std::pair<std::string, std::string>>;
  // Expressions that stand for a variable above a Group.
  using Substitution = std::map<std::string, const Expression*>;

  // `names` gives internal variables a name; `pattern_text` writes the pattern
  // of EXISTS, braces included.
  SparqlText(const Prefixes& prefixes, const std::map<std::string, std::string>& names,
             std::function<std::string(const Operator&)> pattern_text)
      : prefixes_(prefixes), names_(names), pattern_text_(std::move(pattern_text)) {}

  std::string Iri(const std::string& iri);
  std::string Of(const Term& term);
  std::string Of(const Variable& variable);
  std::string Of(const VarOrTerm& value) {
    return std::visit([this](const auto& v) { return Of(v); }, value);
  }
  std::string Of(const TriplePattern& triple);
  std::string Of(const Path& path, bool nested);
  std::string Of(const Expression& e);
  // An expression in the parentheses that FILTER and HAVING ask for.
  std::string Condition(const Expression& e);

  Substitution& substitution() { return substitution_; }
  // Prefixes that the text has used.
  std::set<std::string>& used_prefixes() { return used_prefixes_; }

 private:
  std::string Call(const Expression& e);

  const Prefixes& prefixes_;
  const std::map<std::string, std::string>& names_;
  std::function<std::string(const Operator&)> pattern_text_;
  std::set<std::string> used_prefixes_;
  Substitution substitution_;
};

}  // namespace sanad::algebra

#endif  // SANAD_QUERY_ALGEBRA_SPARQL_TEXT_H_
