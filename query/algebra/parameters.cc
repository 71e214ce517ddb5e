// Substitution of parameters, one walk over the algebra.
//
// Where a subquery projects a parameter, its inner pattern is substituted and
// the column is put back by an Extend under the projection; inner variables of
// a subquery are out of scope. Inline data keeps the rows that agree with the
// parameter. EXISTS patterns are substituted like any other, which is what the
// specification's substitute() does with a bound variable.

#include "query/algebra/parameters.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "storage/model/text.h"

namespace sanad::algebra {
namespace {

class Binder {
 public:
  explicit Binder(Parameters parameters) : parameters_(std::move(parameters)) {}

  void Visit(OperatorPtr& op);
  void Visit(ExpressionPtr& e);
  void Visit(VarOrTerm& node);
  void Visit(TriplePattern& triple) {
    Visit(triple.subject);
    Visit(triple.predicate);
    Visit(triple.object);
  }
  const Term* Find(const std::string& name) {
    const auto found = parameters_.find(name);
    if (found == parameters_.end()) return nullptr;
    used_.insert(name);
    return &found->second;
  }
  const absl::Status& status() const { return status_; }
  const std::set<std::string>& used() const { return used_; }

 private:
  void CheckNotAssigned(const Variable& variable) {
    if (Find(variable.name) == nullptr || !status_.ok()) return;
    status_ = MakeStatus(absl::StatusCode::kInvalidArgument, "?", variable.name,
                         " is assigned by the query itself and cannot be a parameter");
  }
  void VisitTable(Operator& table);
  void VisitProject(OperatorPtr& op);
  void VisitMinus(Operator& op);

  Parameters parameters_;
  std::set<std::string> used_;
  absl::Status status_;
};

void Binder::Visit(VarOrTerm& node) {
  if (const auto* variable = std::get_if<Variable>(&node)) {
    if (const Term* term = Find(variable->name)) node = *term;
  }
}

void Binder::Visit(ExpressionPtr& e) {
  if (!e) return;
  if (e->type == ExpressionType::kVariable) {
    if (const Term* term = Find(e->variable.name)) e = MakeTerm(*term);
    return;
  }
  if (e->name == "BOUND" && e->type == ExpressionType::kFunction &&
      Find(e->arguments[0]->variable.name) != nullptr) {
    e = MakeTerm(Term::Boolean(true));
    return;
  }
  for (ExpressionPtr& argument : e->arguments) Visit(argument);
  if (e->pattern) Visit(e->pattern);
}

void Binder::VisitTable(Operator& table) {
  for (size_t column = table.variables.size(); column-- > 0;) {
    const Term* term = Find(table.variables[column].name);
    if (term == nullptr) continue;
    const auto index = static_cast<std::ptrdiff_t>(column);
    std::vector<std::vector<Term>> rows;
    for (std::vector<Term>& row : table.rows) {
      if (!row[column].is_undefined() && !(row[column] == *term)) continue;
      row.erase(row.begin() + index);
      rows.push_back(std::move(row));
    }
    table.rows = std::move(rows);
    table.variables.erase(table.variables.begin() + index);
  }
}

void Binder::VisitProject(OperatorPtr& op) {
  std::vector<Variable> bound;
  Parameters visible;
  for (const Variable& variable : op->variables) {
    if (const Term* term = Find(variable.name)) {
      bound.push_back(variable);
      visible.emplace(variable.name, *term);
    }
  }
  Binder inner(std::move(visible));
  inner.Visit(op->left);
  if (status_.ok()) status_ = inner.status();
  for (const Variable& variable : bound) {
    op->left = MakeExtend(std::move(op->left), variable, MakeTerm(*Find(variable.name)));
  }
}

// Minus looks at whether the two sides have a variable in common; a parameter
// that both bind stays one, under an internal name.
void Binder::VisitMinus(Operator& op) {
  const std::vector<std::string> left = InScopeVariables(*op.left);
  const std::vector<std::string> right = InScopeVariables(*op.right);
  Visit(op.left);
  Visit(op.right);
  for (const std::string& name : left) {
    if (!std::binary_search(right.begin(), right.end(), name)) continue;
    const Term* term = Find(name);
    if (term == nullptr) continue;
    for (OperatorPtr* side : {&op.left, &op.right}) {
      *side = MakeExtend(std::move(*side), {".parameter." + name}, MakeTerm(*term));
    }
  }
}

void Binder::Visit(OperatorPtr& op) {
  if (!op) return;
  if (op->type == OperatorType::kMinus) {
    VisitMinus(*op);
    return;
  }
  if (op->type == OperatorType::kProject) {
    VisitProject(op);
    return;
  }
  for (TriplePattern& triple : op->triples) Visit(triple);
  Visit(op->subject);
  Visit(op->object);
  Visit(op->graph);
  if (op->type == OperatorType::kExtend) CheckNotAssigned(op->variable);
  if (op->type == OperatorType::kTable) VisitTable(*op);
  Visit(op->expression);
  for (Binding& key : op->keys) {
    const bool plain = key.expression->type == ExpressionType::kVariable &&
                       key.expression->variable == key.variable;
    if (!plain) CheckNotAssigned(key.variable);
    Visit(key.expression);
  }
  for (Binding& aggregate : op->aggregates) Visit(aggregate.expression);
  for (OrderCondition& condition : op->order) Visit(condition.expression);
  Visit(op->left);
  Visit(op->right);
}

}  // namespace

absl::Status BindParameters(const Parameters& parameters, QueryAlgebra& query,
                            std::set<std::string>* used) {
  if (parameters.empty()) return absl::OkStatus();
  Binder binder(parameters);
  if (query.form == QueryForm::kSelect) {
    // The outermost projection does not hide the query's own variables.
    Operator* below = query.root.get();
    while (below->type != OperatorType::kProject) below = below->left.get();
    binder.Visit(below->left);
    for (const Variable& column : query.projection) {
      if (const Term* term = binder.Find(column.name)) {
        below->left = MakeExtend(std::move(below->left), column, MakeTerm(*term));
      }
    }
  } else {
    binder.Visit(query.root);
  }
  for (TriplePattern& triple : query.construct) binder.Visit(triple);
  for (VarOrTerm& node : query.describe) binder.Visit(node);
  if (!binder.status().ok()) return binder.status();
  for (const auto& [name, term] : parameters) {
    if (used != nullptr) {
      if (binder.used().count(name) > 0) used->insert(name);
    } else if (binder.used().count(name) == 0) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, "the query has no variable ?", name,
                        " to bind the parameter to");
    }
    if (term.is_undefined()) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, "the parameter ?", name,
                        " has no value");
    }
  }
  return absl::OkStatus();
}

}  // namespace sanad::algebra
