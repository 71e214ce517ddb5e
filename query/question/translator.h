// Inside translate: the translator of one meaning and the expressions it is made
// of. translate_relation.cc writes relations and types, translate_condition.cc
// conditions, translate_date.cc dates and values in order, translate_extreme.cc
// superlatives, translate.cc whole queries.

#ifndef SANAD_QUERY_QUESTION_TRANSLATOR_H_
#define SANAD_QUERY_QUESTION_TRANSLATOR_H_

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/question/translate.h"

namespace sanad::question {

algebra::ExpressionPtr Call(algebra::ExpressionType type, algebra::ExpressionPtr a,
                            algebra::ExpressionPtr b);
algebra::ExpressionPtr Function(std::string name, algebra::ExpressionPtr a);
algebra::ExpressionPtr Function(std::string name, algebra::ExpressionPtr a,
                                algebra::ExpressionPtr b);
algebra::ExpressionPtr Text(std::string_view text);
algebra::ExpressionType TypeOf(Comparison comparison);
// `function` of `argument` for each combination of `keys`, as `result`.
algebra::OperatorPtr Aggregate(algebra::OperatorPtr input, const std::vector<std::string>& keys,
                               std::string_view function, bool distinct,
                               const std::string& argument, const std::string& result);

class Translator {
 public:
  Translator(const Schema& schema, const GraphReader& reader, const Meaning& meaning,
             bool statements)
      : schema_(schema), reader_(reader), meaning_(meaning), statements_(statements) {}
  Translation Run();

 private:
  // A property taken along or against its direction; a way through a whole chain.
  struct Way {
    Term property;
    bool inverse;
  };
  using Route = std::vector<Way>;

  // ---- translate.cc ----
  algebra::OperatorPtr Asked(const std::string& focus, const std::string& group);
  algebra::OperatorPtr NoException(const Node& node);
  algebra::OperatorPtr InOrder(algebra::OperatorPtr pattern, const std::string& focus,
                               const Ordering& ordering);
  algebra::OperatorPtr AggregateValues(algebra::OperatorPtr pattern, const std::string& focus,
                                       const std::vector<algebra::Variable>& all,
                                       const std::string& result);
  bool RangesOver(const Term& property, std::initializer_list<LiteralFamily> families) const;

  // ---- translate_relation.cc ----
  std::string Fresh(std::string_view hint);
  std::string NameFor(const Node& node);
  algebra::OperatorPtr Pattern(const Node& node, const std::string& variable);
  algebra::OperatorPtr Base(const Node& node, const std::string& variable);
  algebra::OperatorPtr TypePattern(const Types& types, const std::string& variable);
  algebra::OperatorPtr Relate(const algebra::VarOrTerm& from, const Relation& relation,
                              const algebra::VarOrTerm& to);
  std::vector<Way> WaysOf(const Hop& hop) const;
  static algebra::PathPtr StepOf(const std::vector<Way>& ways, bool transitive);
  algebra::OperatorPtr PathAlong(const algebra::VarOrTerm& from, const Chain& chain,
                                 const algebra::VarOrTerm& to);
  std::vector<Route> RoutesAlong(const Chain& chain) const;
  algebra::OperatorPtr Along(const algebra::VarOrTerm& from, const Route& route,
                             const algebra::VarOrTerm& to, size_t stated);

  // ---- translate_condition.cc, translate_date.cc, translate_extreme.cc ----
  algebra::OperatorPtr Apply(algebra::OperatorPtr input, const Condition& condition,
                             const std::string& variable);
  algebra::OperatorPtr Related(const Condition& condition, const std::string& variable);
  algebra::OperatorPtr InDate(const Condition& condition, const std::string& variable);
  algebra::OperatorPtr Compared(const Condition& condition, const std::string& variable);
  algebra::OperatorPtr Counted(const Condition& condition, const std::string& variable);
  algebra::OperatorPtr WithExtreme(const Node& node, const std::string& variable);
  algebra::OperatorPtr Measured(const Node& node, const std::string& variable,
                                const Relation& measure, const std::string& value,
                                std::string* number);
  algebra::OperatorPtr ValueTable(const Term& property, const std::string& value,
                                  const std::string& number);
  algebra::ExpressionPtr DateComparison(const std::string& variable, const PartialDate& date,
                                        Comparison comparison);
  algebra::ExpressionPtr WithinDate(const std::string& variable, const PartialDate& date);
  algebra::OperatorPtr Join(algebra::OperatorPtr a, algebra::OperatorPtr b) {
    if (a == nullptr) return b;
    if (b == nullptr) return a;
    return algebra::MakeJoin(std::move(a), std::move(b));
  }
  algebra::OperatorPtr Bgp(algebra::TriplePattern triple) {
    if (recording_) edges_.push_back(triple);
    std::vector<algebra::TriplePattern> triples;
    triples.push_back(std::move(triple));
    return algebra::MakeBgp(std::move(triples));
  }

  const Schema& schema_;
  const GraphReader& reader_;
  const Meaning& meaning_;
  std::map<std::string, int> used_;
  std::vector<algebra::TriplePattern> edges_;
  bool recording_ = true;
  const bool statements_;
  std::vector<std::string> statement_names_;
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_TRANSLATOR_H_
