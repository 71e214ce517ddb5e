// Constructors and deep copies of the algebra.
//
// Depth is bounded where trees are built (query/sparql/translate.h), so the
// recursive walks here and in the other files of this folder are safe.

#include "query/algebra/algebra.h"

#include <utility>

namespace sanad::algebra {
namespace {

OperatorPtr MakeOperator(OperatorType type, OperatorPtr left = nullptr,
                         OperatorPtr right = nullptr) {
  auto op = std::make_unique<Operator>();
  op->type = type;
  op->left = std::move(left);
  op->right = std::move(right);
  return op;
}

OperatorPtr CloneOrNull(const OperatorPtr& op) { return op ? Clone(*op) : nullptr; }
ExpressionPtr CloneOrNull(const ExpressionPtr& e) { return e ? Clone(*e) : nullptr; }

std::vector<Binding> CloneBindings(const std::vector<Binding>& bindings) {
  std::vector<Binding> copies;
  copies.reserve(bindings.size());
  for (const Binding& binding : bindings) {
    copies.push_back({binding.variable, CloneOrNull(binding.expression)});
  }
  return copies;
}

}  // namespace

OperatorPtr MakeBgp(std::vector<TriplePattern> triples) {
  OperatorPtr op = MakeOperator(OperatorType::kBgp);
  op->triples = std::move(triples);
  return op;
}

OperatorPtr MakePath(VarOrTerm subject, PathPtr path, VarOrTerm object) {
  OperatorPtr op = MakeOperator(OperatorType::kPath);
  op->subject = std::move(subject);
  op->path = std::move(path);
  op->object = std::move(object);
  return op;
}

OperatorPtr MakeTable(std::vector<Variable> variables, std::vector<std::vector<Term>> rows) {
  OperatorPtr op = MakeOperator(OperatorType::kTable);
  op->variables = std::move(variables);
  op->rows = std::move(rows);
  return op;
}

OperatorPtr MakeJoin(OperatorPtr left, OperatorPtr right) {
  return MakeOperator(OperatorType::kJoin, std::move(left), std::move(right));
}

OperatorPtr MakeLeftJoin(OperatorPtr left, OperatorPtr right, ExpressionPtr expression) {
  OperatorPtr op = MakeOperator(OperatorType::kLeftJoin, std::move(left), std::move(right));
  op->expression = std::move(expression);
  return op;
}

OperatorPtr MakeFilter(OperatorPtr input, ExpressionPtr expression) {
  OperatorPtr op = MakeOperator(OperatorType::kFilter, std::move(input));
  op->expression = std::move(expression);
  return op;
}

OperatorPtr MakeUnion(OperatorPtr left, OperatorPtr right) {
  return MakeOperator(OperatorType::kUnion, std::move(left), std::move(right));
}

OperatorPtr MakeGraph(VarOrTerm graph, OperatorPtr input) {
  OperatorPtr op = MakeOperator(OperatorType::kGraph, std::move(input));
  op->graph = std::move(graph);
  return op;
}

OperatorPtr MakeExtend(OperatorPtr input, Variable variable, ExpressionPtr expression) {
  OperatorPtr op = MakeOperator(OperatorType::kExtend, std::move(input));
  op->variable = std::move(variable);
  op->expression = std::move(expression);
  return op;
}

OperatorPtr MakeMinus(OperatorPtr left, OperatorPtr right) {
  return MakeOperator(OperatorType::kMinus, std::move(left), std::move(right));
}

OperatorPtr MakeGroup(OperatorPtr input, std::vector<Binding> keys,
                      std::vector<Binding> aggregates) {
  OperatorPtr op = MakeOperator(OperatorType::kGroup, std::move(input));
  op->keys = std::move(keys);
  op->aggregates = std::move(aggregates);
  return op;
}

OperatorPtr MakeOrderBy(OperatorPtr input, std::vector<OrderCondition> order) {
  OperatorPtr op = MakeOperator(OperatorType::kOrderBy, std::move(input));
  op->order = std::move(order);
  return op;
}

OperatorPtr MakeProject(OperatorPtr input, std::vector<Variable> variables) {
  OperatorPtr op = MakeOperator(OperatorType::kProject, std::move(input));
  op->variables = std::move(variables);
  return op;
}

OperatorPtr MakeDistinct(OperatorPtr input) {
  return MakeOperator(OperatorType::kDistinct, std::move(input));
}

OperatorPtr MakeReduced(OperatorPtr input) {
  return MakeOperator(OperatorType::kReduced, std::move(input));
}

OperatorPtr MakeSlice(OperatorPtr input, uint64_t offset, std::optional<uint64_t> limit) {
  OperatorPtr op = MakeOperator(OperatorType::kSlice, std::move(input));
  op->offset = offset;
  op->limit = limit;
  return op;
}

ExpressionPtr MakeVariable(std::string name) {
  auto e = std::make_unique<Expression>();
  e->type = ExpressionType::kVariable;
  e->variable.name = std::move(name);
  return e;
}

ExpressionPtr MakeTerm(Term term) {
  auto e = std::make_unique<Expression>();
  e->type = ExpressionType::kTerm;
  e->term = std::move(term);
  return e;
}

ExpressionPtr MakeCall(ExpressionType type, std::vector<ExpressionPtr> arguments) {
  auto e = std::make_unique<Expression>();
  e->type = type;
  e->arguments = std::move(arguments);
  return e;
}

ExpressionPtr MakeFunction(std::string name, std::vector<ExpressionPtr> arguments) {
  ExpressionPtr e = MakeCall(ExpressionType::kFunction, std::move(arguments));
  e->name = std::move(name);
  return e;
}

ExpressionPtr MakeExists(OperatorPtr pattern, bool negated) {
  auto e = std::make_unique<Expression>();
  e->type = negated ? ExpressionType::kNotExists : ExpressionType::kExists;
  e->pattern = std::move(pattern);
  return e;
}

PathPtr MakeLink(Term iri) {
  auto path = std::make_unique<Path>();
  path->type = PathType::kLink;
  path->iri = std::move(iri);
  return path;
}

PathPtr MakePathOf(PathType type, std::vector<PathPtr> parts) {
  auto path = std::make_unique<Path>();
  path->type = type;
  path->parts = std::move(parts);
  return path;
}

PathPtr Clone(const Path& path) {
  auto copy = std::make_unique<Path>();
  copy->type = path.type;
  copy->iri = path.iri;
  copy->excluded = path.excluded;
  copy->excluded_inverse = path.excluded_inverse;
  for (const PathPtr& part : path.parts) copy->parts.push_back(Clone(*part));
  return copy;
}

ExpressionPtr Clone(const Expression& expression) {
  auto copy = std::make_unique<Expression>();
  copy->type = expression.type;
  copy->variable = expression.variable;
  copy->term = expression.term;
  copy->name = expression.name;
  copy->distinct = expression.distinct;
  copy->separator = expression.separator;
  copy->pattern = CloneOrNull(expression.pattern);
  for (const ExpressionPtr& argument : expression.arguments) {
    copy->arguments.push_back(Clone(*argument));
  }
  return copy;
}

OperatorPtr Clone(const Operator& op) {
  auto copy = std::make_unique<Operator>();
  copy->type = op.type;
  copy->left = CloneOrNull(op.left);
  copy->right = CloneOrNull(op.right);
  copy->triples = op.triples;
  copy->subject = op.subject;
  copy->object = op.object;
  copy->path = op.path ? Clone(*op.path) : nullptr;
  copy->graph = op.graph;
  copy->expression = CloneOrNull(op.expression);
  copy->variable = op.variable;
  copy->variables = op.variables;
  copy->rows = op.rows;
  copy->keys = CloneBindings(op.keys);
  copy->aggregates = CloneBindings(op.aggregates);
  for (const OrderCondition& condition : op.order) {
    copy->order.push_back({CloneOrNull(condition.expression), condition.descending});
  }
  copy->offset = op.offset;
  copy->limit = op.limit;
  copy->silent = op.silent;
  copy->service_text = op.service_text;
  return copy;
}

QueryAlgebra Clone(const QueryAlgebra& query) {
  QueryAlgebra copy;
  copy.form = query.form;
  copy.root = Clone(*query.root);
  copy.projection = query.projection;
  copy.construct = query.construct;
  copy.describe = query.describe;
  copy.dataset = query.dataset;
  copy.base_iri = query.base_iri;
  return copy;
}

}  // namespace sanad::algebra
