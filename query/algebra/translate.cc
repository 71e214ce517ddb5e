// Translation of graph patterns and solution modifiers.
//
// Patterns follow 18.2.2.2 to 18.2.2.8: a group is folded from left to right,
// its filters are taken out and applied to the whole, and Join with the empty
// basic graph pattern is dropped as it is made. Triples that only filters or
// paths separate are one basic graph pattern; paths are joined after it. A
// group hands its filters out separately, because OPTIONAL takes those of its
// own group, and only those, as the condition of LeftJoin. Modifiers follow
// 18.2.4 and 18.2.5.

#include "query/algebra/translate.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "query/algebra/translate_paths.h"
#include "query/sparql/syntax_error.h"
#include "storage/model/text.h"

namespace sanad::algebra {
namespace {

// Blank nodes of patterns are variables that are never projected (section
// 4.1.4); the prefix keeps them apart from all others.
VarOrTerm ToPatternNode(const ast::Node& node) {
  if (const auto* variable = std::get_if<ast::Variable>(&node)) return Variable{variable->name};
  const Term& term = std::get<Term>(node);
  if (term.is_blank_node()) return Variable{".b" + term.value()};
  return term;
}

VarOrTerm ToTemplateNode(const ast::Node& node) {
  if (const auto* variable = std::get_if<ast::Variable>(&node)) return Variable{variable->name};
  return std::get<Term>(node);
}

bool IsInternal(std::string_view name) { return !name.empty() && name[0] == '.'; }

bool IsIdentity(const Operator& op) { return op.type == OperatorType::kBgp && op.triples.empty(); }

OperatorPtr Join(OperatorPtr left, OperatorPtr right) {
  if (IsIdentity(*left)) return right;
  if (IsIdentity(*right)) return left;
  return MakeJoin(std::move(left), std::move(right));
}

// Union is associative, so a long chain becomes a shallow tree.
OperatorPtr UnionOf(std::vector<OperatorPtr>& parts, size_t begin, size_t end) {
  constexpr size_t kLeftDeep = 8;
  if (end - begin == 1) return std::move(parts[begin]);
  const size_t middle = end - begin <= kLeftDeep ? end - 1 : begin + (end - begin) / 2;
  OperatorPtr left = UnionOf(parts, begin, middle);
  return MakeUnion(std::move(left), UnionOf(parts, middle, end));
}

ExpressionPtr And(std::vector<ExpressionPtr> conditions) {
  if (conditions.size() == 1) return std::move(conditions[0]);
  return MakeCall(ExpressionType::kAnd, std::move(conditions));
}

// Names in the order in which they first stand in the query.
void VisibleInOrder(const Operator& op, std::vector<Variable>& names, std::set<std::string>& seen) {
  const auto add = [&](const std::string& name) {
    if (!IsInternal(name) && seen.insert(name).second) names.push_back({name});
  };
  const auto add_node = [&](const VarOrTerm& node) {
    if (const auto* variable = std::get_if<Variable>(&node)) add(variable->name);
  };
  for (const TriplePattern& triple : op.triples) {
    add_node(triple.subject);
    add_node(triple.predicate);
    add_node(triple.object);
  }
  if (op.type == OperatorType::kPath) {
    add_node(op.subject);
    add_node(op.object);
  }
  if (op.type == OperatorType::kGraph || op.type == OperatorType::kService) add_node(op.graph);
  if (op.type == OperatorType::kProject || op.type == OperatorType::kTable) {
    for (const Variable& variable : op.variables) add(variable.name);
    return;
  }
  if (op.type == OperatorType::kGroup) {
    for (const std::string& name : InScopeVariables(op)) add(name);
    return;
  }
  if (op.left) VisibleInOrder(*op.left, names, seen);
  if (op.right && op.type != OperatorType::kMinus) VisibleInOrder(*op.right, names, seen);
  if (op.type == OperatorType::kExtend) add(op.variable.name);
}

std::vector<Variable> VisibleVariables(const Operator& op) {
  std::vector<Variable> names;
  std::set<std::string> seen;
  VisibleInOrder(op, names, seen);
  return names;
}

// What the expressions of a grouped query may name, and what they ask for.
struct Grouping {
  std::set<std::string> keys;
  std::vector<Binding> aggregates;
  std::vector<std::string> aggregate_texts;
};

bool HasAggregate(const ast::Expression& e) {
  if (e.type == ast::ExpressionType::kAggregate) return true;
  return std::any_of(e.arguments.begin(), e.arguments.end(),
                     [](const ast::ExpressionPtr& argument) { return HasAggregate(*argument); });
}

class Translator {
 public:
  explicit Translator(std::string_view text) : text_(text) {}

  OperatorPtr Group(const ast::GroupGraphPattern& group);
  // The solutions of a query before projection; `select` gets the columns.
  OperatorPtr Solutions(const ast::SelectQuery& query, bool is_select,
                        std::vector<Variable>& columns);
  OperatorPtr Select(const ast::SelectQuery& query, std::vector<Variable>& columns);

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

// ---- Expressions ----

ExpressionType ConvertType(ast::ExpressionType type) {
  switch (type) {
    case ast::ExpressionType::kVariable:
      return ExpressionType::kVariable;
    case ast::ExpressionType::kTerm:
      return ExpressionType::kTerm;
    case ast::ExpressionType::kOr:
      return ExpressionType::kOr;
    case ast::ExpressionType::kAnd:
      return ExpressionType::kAnd;
    case ast::ExpressionType::kNot:
      return ExpressionType::kNot;
    case ast::ExpressionType::kEqual:
      return ExpressionType::kEqual;
    case ast::ExpressionType::kNotEqual:
      return ExpressionType::kNotEqual;
    case ast::ExpressionType::kLess:
      return ExpressionType::kLess;
    case ast::ExpressionType::kLessOrEqual:
      return ExpressionType::kLessOrEqual;
    case ast::ExpressionType::kGreater:
      return ExpressionType::kGreater;
    case ast::ExpressionType::kGreaterOrEqual:
      return ExpressionType::kGreaterOrEqual;
    case ast::ExpressionType::kIn:
      return ExpressionType::kIn;
    case ast::ExpressionType::kNotIn:
      return ExpressionType::kNotIn;
    case ast::ExpressionType::kAdd:
      return ExpressionType::kAdd;
    case ast::ExpressionType::kSubtract:
      return ExpressionType::kSubtract;
    case ast::ExpressionType::kMultiply:
      return ExpressionType::kMultiply;
    case ast::ExpressionType::kDivide:
      return ExpressionType::kDivide;
    case ast::ExpressionType::kUnaryPlus:
      return ExpressionType::kUnaryPlus;
    case ast::ExpressionType::kUnaryMinus:
      return ExpressionType::kUnaryMinus;
    case ast::ExpressionType::kBuiltIn:
      return ExpressionType::kFunction;
    case ast::ExpressionType::kCall:
      return ExpressionType::kCall;
    case ast::ExpressionType::kExists:
      return ExpressionType::kExists;
    case ast::ExpressionType::kNotExists:
      return ExpressionType::kNotExists;
    case ast::ExpressionType::kAggregate:
      return ExpressionType::kAggregate;
  }
  return ExpressionType::kTerm;
}

ExpressionPtr Translator::Convert(const ast::Expression& e, Grouping* grouping, bool only_keys) {
  switch (e.type) {
    case ast::ExpressionType::kVariable:
      if (grouping != nullptr && grouping->keys.count(e.variable.name) == 0) {
        if (!only_keys) return SampleOf(e.variable.name, *grouping);
        Fail(e.offset,
             Concat("?", e.variable.name, " is neither a GROUP BY key nor inside an aggregate"));
      }
      return MakeVariable(e.variable.name);
    case ast::ExpressionType::kTerm:
      return MakeTerm(e.term);
    case ast::ExpressionType::kAggregate:
      return ConvertAggregate(e, grouping);
    case ast::ExpressionType::kExists:
    case ast::ExpressionType::kNotExists:
      return MakeExists(Group(*e.pattern), e.type == ast::ExpressionType::kNotExists);
    default:
      break;
  }
  auto converted = std::make_unique<Expression>();
  converted->type = ConvertType(e.type);
  converted->name = e.name;
  converted->distinct = e.distinct;
  for (const ast::ExpressionPtr& argument : e.arguments) {
    converted->arguments.push_back(Convert(*argument, grouping, only_keys));
  }
  return converted;
}

ExpressionPtr Translator::AddAggregate(ExpressionPtr aggregate, Grouping& grouping) {
  const std::string text = ToString(*aggregate);
  const auto known =
      std::find(grouping.aggregate_texts.begin(), grouping.aggregate_texts.end(), text);
  if (known != grouping.aggregate_texts.end()) {
    const auto index = static_cast<size_t>(known - grouping.aggregate_texts.begin());
    return MakeVariable(grouping.aggregates[index].variable.name);
  }
  const std::string name = Fresh();
  grouping.aggregates.push_back({{name}, std::move(aggregate)});
  grouping.aggregate_texts.push_back(text);
  return MakeVariable(name);
}

ExpressionPtr Translator::SampleOf(const std::string& name, Grouping& grouping) {
  auto sample = std::make_unique<Expression>();
  sample->type = ExpressionType::kAggregate;
  sample->name = "SAMPLE";
  sample->arguments.push_back(MakeVariable(name));
  return AddAggregate(std::move(sample), grouping);
}

ExpressionPtr Translator::ConvertAggregate(const ast::Expression& e, Grouping* grouping) {
  if (grouping == nullptr) {
    Fail(e.offset, Concat(e.name,
                          " can stand only in SELECT, HAVING and ORDER BY, "
                          "and not inside another aggregate"));
    return MakeTerm(Term());
  }
  auto aggregate = std::make_unique<Expression>();
  aggregate->type = ExpressionType::kAggregate;
  aggregate->name = e.name;
  aggregate->distinct = e.distinct;
  if (e.separator) aggregate->separator = *e.separator;
  for (const ast::ExpressionPtr& argument : e.arguments) {
    aggregate->arguments.push_back(Convert(*argument));
  }
  return AddAggregate(std::move(aggregate), *grouping);
}

// ---- Graph patterns ----

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

OperatorPtr ToTable(const ast::InlineData& data) {
  std::vector<Variable> variables;
  for (const ast::Variable& variable : data.variables) variables.push_back({variable.name});
  return MakeTable(std::move(variables), data.rows);
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

// ---- Solution modifiers ----

OperatorPtr Translator::GroupBy(const ast::SelectQuery& query, OperatorPtr pattern,
                                Grouping& grouping, std::vector<Binding>& keys) {
  const std::vector<std::string> scope = InScopeVariables(*pattern);
  for (const ast::GroupCondition& condition : query.modifier.group_by) {
    Binding key;
    key.expression = Convert(*condition.expression);
    if (condition.variable) {
      key.variable.name = condition.variable->name;
      if (std::binary_search(scope.begin(), scope.end(), key.variable.name) ||
          grouping.keys.count(key.variable.name) > 0) {
        Fail(condition.offset, Concat("?", key.variable.name,
                                      " is already in scope in GROUP BY; choose another name"));
      }
    } else if (key.expression->type == ExpressionType::kVariable) {
      key.variable = key.expression->variable;
    } else {
      key.variable.name = Fresh();
    }
    // The same key twice groups no finer.
    if (grouping.keys.insert(key.variable.name).second) keys.push_back(std::move(key));
  }
  return pattern;
}

OperatorPtr Translator::Solutions(const ast::SelectQuery& query, bool is_select,
                                  std::vector<Variable>& columns) {
  const ast::SolutionModifier& modifier = query.modifier;
  OperatorPtr pattern = Group(query.where);
  std::set<std::string> assigned;
  for (const std::string& name : InScopeVariables(*pattern)) assigned.insert(name);

  bool grouped = !modifier.group_by.empty() || !modifier.having.empty();
  for (const ast::SelectItem& item : query.items) {
    grouped = grouped || (item.expression && HasAggregate(*item.expression));
  }
  for (const ast::OrderCondition& condition : modifier.order_by) {
    grouped = grouped || HasAggregate(*condition.expression);
  }
  if (grouped && query.star && is_select) {
    Fail(query.offset, "SELECT * cannot be used with GROUP BY or aggregates; name the columns");
  }

  Grouping grouping;
  Grouping* const groups = grouped ? &grouping : nullptr;
  std::vector<Binding> keys;
  if (grouped) pattern = GroupBy(query, std::move(pattern), grouping, keys);
  const std::set<std::string> group_keys = grouping.keys;

  std::vector<ExpressionPtr> having;
  for (const ast::ExpressionPtr& condition : modifier.having) {
    having.push_back(Convert(*condition, groups));
  }
  if (query.star) columns = VisibleVariables(*pattern);
  std::vector<Binding> extends;
  std::set<std::string> projected;
  for (const ast::SelectItem& item : query.items) {
    const std::string& name = item.variable.name;
    if (item.expression) {
      if (!assigned.insert(name).second) {
        Fail(item.offset, Concat("?", name, " is already in scope; choose another name after AS"));
      }
      extends.push_back({{name}, Convert(*item.expression, groups, /*only_keys=*/true)});
      grouping.keys.insert(name);
    } else if (grouped && grouping.keys.count(name) == 0) {
      Fail(item.offset, Concat("?", name, " is neither a GROUP BY key nor inside an aggregate"));
    }
    if (projected.insert(name).second) columns.push_back({name});
  }
  std::vector<OrderCondition> order;
  for (const ast::OrderCondition& condition : modifier.order_by) {
    order.push_back({Convert(*condition.expression, groups), condition.descending});
  }

  if (grouped) {
    pattern = MakeGroup(std::move(pattern), std::move(keys), std::move(grouping.aggregates));
  }
  if (!having.empty()) pattern = MakeFilter(std::move(pattern), And(std::move(having)));
  if (query.values) pattern = Join(std::move(pattern), ToTable(*query.values));
  if (query.star && query.values && is_select) columns = VisibleVariables(*pattern);
  for (Binding& extend : extends) {
    pattern = MakeExtend(std::move(pattern), extend.variable, std::move(extend.expression));
  }
  if (!order.empty()) pattern = MakeOrderBy(std::move(pattern), std::move(order));
  return pattern;
}

OperatorPtr Slice(const ast::SolutionModifier& modifier, OperatorPtr pattern) {
  if (!modifier.limit && !modifier.offset) return pattern;
  return MakeSlice(std::move(pattern), modifier.offset.value_or(0), modifier.limit);
}

OperatorPtr Translator::Select(const ast::SelectQuery& query, std::vector<Variable>& columns) {
  OperatorPtr op = Solutions(query, /*is_select=*/true, columns);
  op = MakeProject(std::move(op), columns);
  if (query.distinct) op = MakeDistinct(std::move(op));
  if (query.reduced) op = MakeReduced(std::move(op));
  return Slice(query.modifier, std::move(op));
}

}  // namespace

absl::StatusOr<QueryAlgebra> Translate(const ast::Query& query, std::string_view text) {
  Translator translator(text);
  QueryAlgebra result;
  result.form = query.form;
  result.base_iri = query.base_iri;
  result.dataset.default_graphs = query.dataset.default_graphs;
  result.dataset.named_graphs = query.dataset.named_graphs;
  if (query.form == QueryForm::kSelect) {
    result.root = translator.Select(query.select, result.projection);
  } else {
    std::vector<Variable> visible;
    result.root = translator.Solutions(query.select, /*is_select=*/false, visible);
    result.root = Slice(query.select.modifier, std::move(result.root));
    if (query.form == QueryForm::kDescribe && query.select.star) {
      for (Variable& variable : visible) result.describe.emplace_back(std::move(variable));
    }
  }
  for (const ast::TriplePath& triple : query.construct) {
    result.construct.push_back({ToPatternNode(triple.subject),
                                ToPatternNode(std::get<ast::Node>(triple.verb)),
                                ToPatternNode(triple.object)});
  }
  for (const ast::Node& node : query.describe) result.describe.push_back(ToTemplateNode(node));
  if (!translator.status().ok()) return translator.status();
  return result;
}

absl::StatusOr<OperatorPtr> TranslateWhere(const ast::GroupGraphPattern& where,
                                           std::string_view text) {
  Translator translator(text);
  OperatorPtr pattern = translator.Group(where);
  if (!translator.status().ok()) return translator.status();
  return pattern;
}

OperatorPtr TranslateQuadPattern(const std::vector<ast::QuadPattern>& quads) {
  OperatorPtr pattern = MakeBgp({});
  for (size_t i = 0; i < quads.size();) {
    // Neighbours in one graph are one basic graph pattern.
    const std::optional<ast::Node> graph = quads[i].graph;
    std::vector<TriplePattern> triples;
    for (; i < quads.size() && quads[i].graph == graph; ++i) {
      const ast::TriplePath& triple = quads[i].triple;
      triples.push_back({ToPatternNode(triple.subject),
                         ToPatternNode(std::get<ast::Node>(triple.verb)),
                         ToPatternNode(triple.object)});
    }
    OperatorPtr part = MakeBgp(std::move(triples));
    if (graph) part = MakeGraph(ToPatternNode(*graph), std::move(part));
    pattern = Join(std::move(pattern), std::move(part));
  }
  return pattern;
}

std::vector<QuadTemplate> TranslateTemplate(const std::vector<ast::QuadPattern>& quads) {
  std::vector<QuadTemplate> result;
  for (const ast::QuadPattern& quad : quads) {
    QuadTemplate translated;
    if (quad.graph) translated.graph = ToTemplateNode(*quad.graph);
    translated.triple = {ToTemplateNode(quad.triple.subject),
                         ToTemplateNode(std::get<ast::Node>(quad.triple.verb)),
                         ToTemplateNode(quad.triple.object)};
    result.push_back(std::move(translated));
  }
  return result;
}

}  // namespace sanad::algebra
