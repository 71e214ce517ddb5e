// The translation of one query or pattern; see translate.h. Inside it, errors are
// noted and the walk goes on, so that its functions return plain values.

#ifndef SANAD_QUERY_ALGEBRA_TRANSLATOR_H_
#define SANAD_QUERY_ALGEBRA_TRANSLATOR_H_

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include "query/algebra/algebra.h"
#include "query/sparql/ast.h"
#include "query/sparql/syntax_error.h"

namespace sanad::algebra {

// Blank nodes of patterns are variables that are never projected (section
// 4.1.4); the prefix ".b" keeps them apart from all others.
VarOrTerm ToPatternNode(const ast::Node& node);
// Join, left out where one side is the empty basic graph pattern.
OperatorPtr Join(OperatorPtr left, OperatorPtr right);
// REQUIRES: at least one condition.
ExpressionPtr And(std::vector<ExpressionPtr> conditions);
OperatorPtr ToTable(const ast::InlineData& data);

// What the expressions of a grouped query may name, and what they ask for.
struct Grouping {
  std::set<std::string> keys;
  std::vector<Binding> aggregates;
  std::vector<std::string> aggregate_texts;
};

// Single-threaded.
class Translator {
 public:
  explicit Translator(std::string_view text) : text_(text) {}

  OperatorPtr Group(const ast::GroupGraphPattern& group);
  // The solutions of a query before projection; `select` gets the columns.
  OperatorPtr Solutions(const ast::SelectQuery& query, bool is_select,
                        std::vector<Variable>& columns);
  OperatorPtr Select(const ast::SelectQuery& query, std::vector<Variable>& columns);
  OperatorPtr Slice(const ast::SolutionModifier& modifier, OperatorPtr pattern);

  // OK, or the first error; later results are then meaningless but well-formed.
  const absl::Status& status() const { return status_; }

 private:
  struct GroupParts {
    OperatorPtr pattern = MakeBgp({});
    std::vector<ExpressionPtr> filters;
    std::vector<TriplePattern> triples;  // Not yet joined.
    std::vector<OperatorPtr> paths;
  };

  void Fail(size_t offset, std::string message) {
    if (status_.ok()) status_ = sparql::ToStatus({offset, std::move(message)}, text_);
  }
  std::string Fresh() { return "." + std::to_string(fresh_++); }

  GroupParts Parts(const ast::GroupGraphPattern& group);
  void Flush(GroupParts& parts);
  void Element(const ast::TriplesBlock& block, GroupParts& parts);
  void Element(const ast::Filter& filter, GroupParts& parts);
  void Element(const ast::Bind& bind, GroupParts& parts);
  void Element(const ast::InlineData& data, GroupParts& parts);
  void Element(const ast::Optional& optional, GroupParts& parts);
  void Element(const ast::Minus& minus, GroupParts& parts);
  void Element(const ast::GroupOrUnion& alternatives, GroupParts& parts);
  void Element(const ast::GraphPattern& graph, GroupParts& parts);
  void Element(const ast::Service& service, GroupParts& parts);
  void Element(const ast::SubSelect& sub_select, GroupParts& parts);

  // `grouping` is null where aggregates are not allowed; with `only_keys`, a
  // variable outside an aggregate must be one of its keys.
  ExpressionPtr Convert(const ast::Expression& e, Grouping* grouping = nullptr,
                        bool only_keys = false);
  ExpressionPtr ConvertAggregate(const ast::Expression& e, Grouping* grouping);
  ExpressionPtr SampleOf(const std::string& name, Grouping& grouping);
  ExpressionPtr AddAggregate(ExpressionPtr aggregate, Grouping& grouping);
  OperatorPtr GroupBy(const ast::SelectQuery& query, OperatorPtr pattern, Grouping& grouping,
                      std::vector<Binding>& keys);

  std::string_view text_;
  absl::Status status_;
  size_t fresh_ = 0;
};

}  // namespace sanad::algebra

#endif  // SANAD_QUERY_ALGEBRA_TRANSLATOR_H_
