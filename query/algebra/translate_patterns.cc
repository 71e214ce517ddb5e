// Graph patterns (18.2.2.2 to 18.2.2.8): a group is folded from left to right, its
// filters are taken out and applied to the whole, and Join with the empty basic
// graph pattern is dropped as it is made. Triples that only filters or paths
// separate are one basic graph pattern; paths are joined after it. A group hands
// its filters out separately, because OPTIONAL takes those of its own group, and
// only those, as the condition of LeftJoin.

#include <algorithm>

#include "query/algebra/translate_paths.h"
#include "query/algebra/translator.h"
#include "storage/model/text.h"

namespace sanad::algebra {
namespace {

bool IsIdentity(const Operator& op) { return op.type == OperatorType::kBgp && op.triples.empty(); }

// Union is associative, so a long chain becomes a shallow tree.
OperatorPtr UnionOf(std::vector<OperatorPtr>& parts, size_t begin, size_t end) {
  constexpr size_t kLeftDeep = 8;
  if (end - begin == 1) return std::move(parts[begin]);
  const size_t middle = end - begin <= kLeftDeep ? end - 1 : begin + (end - begin) / 2;
  OperatorPtr left = UnionOf(parts, begin, middle);
  return MakeUnion(std::move(left), UnionOf(parts, middle, end));
}

}  // namespace

VarOrTerm ToPatternNode(const ast::Node& node) {
  if (const auto* variable = std::get_if<ast::Variable>(&node)) return Variable{variable->name};
  const Term& term = std::get<Term>(node);
  if (term.is_blank_node()) return Variable{".b" + term.value()};
  return term;
}

OperatorPtr Join(OperatorPtr left, OperatorPtr right) {
  if (IsIdentity(*left)) return right;
  if (IsIdentity(*right)) return left;
  return MakeJoin(std::move(left), std::move(right));
}

ExpressionPtr And(std::vector<ExpressionPtr> conditions) {
  if (conditions.size() == 1) return std::move(conditions[0]);
  return MakeCall(ExpressionType::kAnd, std::move(conditions));
}

OperatorPtr ToTable(const ast::InlineData& data) {
  std::vector<Variable> variables;
  for (const ast::Variable& variable : data.variables) variables.push_back({variable.name});
  return MakeTable(std::move(variables), data.rows);
}

OperatorPtr Translator::Group(const ast::GroupGraphPattern& group) {
  GroupParts parts = Parts(group);
  if (parts.filters.empty()) return std::move(parts.pattern);
  return MakeFilter(std::move(parts.pattern), And(std::move(parts.filters)));
}

Translator::GroupParts Translator::Parts(const ast::GroupGraphPattern& group) {
  GroupParts parts;
  for (const ast::Element& element : group.elements) {
    if (!std::holds_alternative<ast::TriplesBlock>(element) &&
        !std::holds_alternative<ast::Filter>(element)) {
      Flush(parts);
    }
    std::visit([&](const auto& e) { Element(e, parts); }, element);
  }
  Flush(parts);
  return parts;
}

void Translator::Flush(GroupParts& parts) {
  if (!parts.triples.empty()) {
    parts.pattern = Join(std::move(parts.pattern), MakeBgp(std::move(parts.triples)));
    parts.triples.clear();
  }
  for (OperatorPtr& path : parts.paths) {
    parts.pattern = Join(std::move(parts.pattern), std::move(path));
  }
  parts.paths.clear();
}

void Translator::Element(const ast::TriplesBlock& block, GroupParts& parts) {
  PathTranslator paths([this] { return Fresh(); }, parts.triples, parts.paths);
  for (const ast::TriplePath& triple : block.triples) {
    VarOrTerm subject = ToPatternNode(triple.subject);
    VarOrTerm object = ToPatternNode(triple.object);
    if (const auto* node = std::get_if<ast::Node>(&triple.verb)) {
      parts.triples.push_back({std::move(subject), ToPatternNode(*node), std::move(object)});
    } else {
      paths.Add(std::move(subject), *std::get<ast::PathPtr>(triple.verb), std::move(object));
    }
  }
}

void Translator::Element(const ast::Filter& filter, GroupParts& parts) {
  parts.filters.push_back(Convert(*filter.constraint));
}

void Translator::Element(const ast::Bind& bind, GroupParts& parts) {
  const std::vector<std::string> scope = InScopeVariables(*parts.pattern);
  if (std::binary_search(scope.begin(), scope.end(), bind.variable.name)) {
    Fail(bind.offset,
         Concat("?", bind.variable.name, " is already in scope before BIND; choose another name"));
  }
  parts.pattern =
      MakeExtend(std::move(parts.pattern), {bind.variable.name}, Convert(*bind.expression));
}

void Translator::Element(const ast::InlineData& data, GroupParts& parts) {
  parts.pattern = Join(std::move(parts.pattern), ToTable(data));
}

void Translator::Element(const ast::Optional& optional, GroupParts& parts) {
  GroupParts right = Parts(*optional.pattern);
  ExpressionPtr condition = right.filters.empty() ? nullptr : And(std::move(right.filters));
  parts.pattern =
      MakeLeftJoin(std::move(parts.pattern), std::move(right.pattern), std::move(condition));
}

void Translator::Element(const ast::Minus& minus, GroupParts& parts) {
  parts.pattern = MakeMinus(std::move(parts.pattern), Group(*minus.pattern));
}

void Translator::Element(const ast::GroupOrUnion& alternatives, GroupParts& parts) {
  std::vector<OperatorPtr> operands;
  for (const auto& pattern : alternatives.patterns) operands.push_back(Group(*pattern));
  parts.pattern = Join(std::move(parts.pattern), UnionOf(operands, 0, operands.size()));
}

void Translator::Element(const ast::GraphPattern& graph, GroupParts& parts) {
  OperatorPtr pattern = MakeGraph(ToPatternNode(graph.graph), Group(*graph.pattern));
  parts.pattern = Join(std::move(parts.pattern), std::move(pattern));
}

void Translator::Element(const ast::Service& service, GroupParts& parts) {
  OperatorPtr pattern = MakeGraph(ToPatternNode(service.endpoint), Group(*service.pattern));
  pattern->type = OperatorType::kService;
  pattern->silent = service.silent;
  pattern->service_text = service.text;
  parts.pattern = Join(std::move(parts.pattern), std::move(pattern));
}

void Translator::Element(const ast::SubSelect& sub_select, GroupParts& parts) {
  std::vector<Variable> columns;
  OperatorPtr query = Select(*sub_select.query, columns);
  parts.pattern = Join(std::move(parts.pattern), std::move(query));
}

}  // namespace sanad::algebra
