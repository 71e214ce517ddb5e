// SPARQL text of an algebra.
//
// A group pattern is written as the sequence of elements that section 18.2.2
// folds back into the same operators; where an operand would not fold back
// (a Filter, whose scope is the whole group, or a nested Join) it gets braces
// of its own, and solution modifiers inside a pattern become a subquery.
// Internal variables (".b0") are given names of ordinary variables that the
// query does not use. Assignments made on top of a Group have no element of
// their own in the syntax, so their expressions are written where they are
// read (SELECT, HAVING, ORDER BY).

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/algebra/sparql_text.h"

namespace sanad::algebra {
namespace {

using Prefixes = std::vector<std::pair<std::string, std::string>>;

// Calls `visit` with the name of every variable below an operator.
class NameCollector {
 public:
  explicit NameCollector(std::set<std::string>& names) : names_(names) {}
  void Visit(const VarOrTerm& value) {
    if (const auto* variable = std::get_if<Variable>(&value)) names_.insert(variable->name);
  }
  void Visit(const ExpressionPtr& e) {
    if (!e) return;
    if (e->type == ExpressionType::kVariable) names_.insert(e->variable.name);
    for (const ExpressionPtr& argument : e->arguments) Visit(argument);
    if (e->pattern) Visit(*e->pattern);
  }
  void Visit(const Operator& op) {
    for (const TriplePattern& triple : op.triples) {
      Visit(triple.subject);
      Visit(triple.predicate);
      Visit(triple.object);
    }
    Visit(op.subject);
    Visit(op.object);
    Visit(op.graph);
    names_.insert(op.variable.name);
    for (const Variable& variable : op.variables) names_.insert(variable.name);
    Visit(op.expression);
    for (const auto* bindings : {&op.keys, &op.aggregates}) {
      for (const Binding& binding : *bindings) {
        names_.insert(binding.variable.name);
        Visit(binding.expression);
      }
    }
    for (const OrderCondition& condition : op.order) Visit(condition.expression);
    if (op.left) Visit(*op.left);
    if (op.right) Visit(*op.right);
  }

 private:
  std::set<std::string>& names_;
};

std::map<std::string, std::string> NameInternalVariables(const QueryAlgebra& query) {
  std::set<std::string> names;
  NameCollector collector(names);
  collector.Visit(*query.root);
  std::map<std::string, std::string> renamed;
  for (const std::string& name : std::set<std::string>(names)) {
    if (name.empty() || name[0] != '.') continue;
    std::string candidate = name;
    std::replace(candidate.begin(), candidate.end(), '.', '_');
    while (!names.insert(candidate).second) candidate += '_';
    renamed.emplace(name, candidate);
  }
  return renamed;
}

// The solution modifiers on top of a pattern, taken apart.
struct SelectParts {
  const Operator* slice = nullptr;
  bool distinct = false;
  bool reduced = false;
  const Operator* project = nullptr;
  const Operator* order = nullptr;
  std::vector<const Operator*> extends;  // Above the Group, outermost first.
  std::vector<const Operator*> having;
  const Operator* group = nullptr;
  const Operator* pattern = nullptr;
};

SelectParts TakeApart(const Operator& root) {
  SelectParts parts;
  const Operator* op = &root;
  if (op->type == OperatorType::kSlice) {
    parts.slice = op;
    op = op->left.get();
  }
  if (op->type == OperatorType::kDistinct || op->type == OperatorType::kReduced) {
    (op->type == OperatorType::kDistinct ? parts.distinct : parts.reduced) = true;
    op = op->left.get();
  }
  if (op->type == OperatorType::kProject) {
    parts.project = op;
    op = op->left.get();
  }
  if (op->type == OperatorType::kOrderBy) {
    parts.order = op;
    op = op->left.get();
  }
  parts.pattern = op;
  // Only a chain of Extend and Filter that ends in a Group is a SELECT clause
  // with aggregates; otherwise it stays in the pattern.
  while (op->type == OperatorType::kExtend || op->type == OperatorType::kFilter) {
    (op->type == OperatorType::kExtend ? parts.extends : parts.having).push_back(op);
    op = op->left.get();
  }
  if (op->type == OperatorType::kGroup) {
    parts.group = op;
    parts.pattern = op->left.get();
  } else {
    parts.extends.clear();
    parts.having.clear();
  }
  return parts;
}

bool IsModifier(OperatorType type) {
  return type == OperatorType::kSlice || type == OperatorType::kDistinct ||
         type == OperatorType::kReduced || type == OperatorType::kProject ||
         type == OperatorType::kOrderBy || type == OperatorType::kGroup;
}

// Patterns that, written as the next element of a group, are joined to it.
bool IsJoinElement(OperatorType type) {
  return type == OperatorType::kBgp || type == OperatorType::kPath ||
         type == OperatorType::kGraph || type == OperatorType::kUnion ||
         type == OperatorType::kTable || type == OperatorType::kService;
}

class Writer {
 public:
  Writer(const Prefixes& prefixes, std::map<std::string, std::string> names)
      : prefixes_(prefixes),
        names_(std::move(names)),
        text_(prefixes_, names_, [this](const Operator& op) { return PatternInline(op); }) {}

  std::string Write(const QueryAlgebra& query);

 private:
  void Line(std::string_view text) {
    out_.append(static_cast<size_t>(indent_) * 2, ' ');
    out_ += text;
    out_ += '\n';
  }
  // A line that opens braces, its content, and the closing line.
  void Block(const std::string& head, const std::function<void()>& content) {
    Line(head.empty() ? "{" : head + " {");
    ++indent_;
    content();
    --indent_;
    Line("}");
  }

  std::string PatternInline(const Operator& op);

  void Select(const Operator& op);
  void SelectHead(const SelectParts& parts, const Operator& op);
  void Modifiers(const SelectParts& parts);
  void Group(const Operator& op);
  void Operand(const Operator& op);
  void Table(const Operator& op);
  void Union(const Operator& op);

  const Prefixes& prefixes_;
  std::map<std::string, std::string> names_;
  SparqlText text_;
  std::string out_;
  int indent_ = 0;
};

std::string Writer::PatternInline(const Operator& op) {
  Writer nested(prefixes_, names_);
  nested.Operand(op);
  text_.used_prefixes().merge(nested.text_.used_prefixes());
  std::string text;
  for (char c : nested.out_) {
    if (c == '\n') c = ' ';
    if (c == ' ' && !text.empty() && text.back() == ' ') continue;
    text += c;
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

void Writer::Table(const Operator& op) {
  std::string head = "VALUES (";
  for (const Variable& variable : op.variables) head += text_.Of(variable) + " ";
  if (head.back() == ' ') head.pop_back();
  Block(head + ")", [&] {
    for (const std::vector<Term>& row : op.rows) {
      std::string line = "(";
      for (const Term& term : row) {
        if (line.size() > 1) line += ' ';
        line += term.is_undefined() ? "UNDEF" : text_.Of(term);
      }
      Line(line + ")");
    }
  });
}

void Writer::Union(const Operator& op) {
  for (const Operator* side : {op.left.get(), op.right.get()}) {
    if (side == op.right.get()) Line("UNION");
    if (side == op.left.get() && side->type == OperatorType::kUnion) {
      Union(*side);
    } else {
      Operand(*side);
    }
  }
}

// An operand with braces of its own.
void Writer::Operand(const Operator& op) {
  Block("", [&] { Group(op); });
}

// The elements of a group that fold to `op`, without its braces.
void Writer::Group(const Operator& op) {
  // What stands before the next element; a Filter there would move to the end
  // of the group, and a subquery must be alone in its braces.
  const auto before = [this](const Operator& left) {
    if (left.type == OperatorType::kFilter || IsModifier(left.type)) {
      Operand(left);
    } else {
      Group(left);
    }
  };
  switch (op.type) {
    case OperatorType::kBgp:
      for (const TriplePattern& triple : op.triples) Line(text_.Of(triple));
      return;
    case OperatorType::kPath:
      Line(text_.Of(op.subject) + " " + text_.Of(*op.path, false) + " " + text_.Of(op.object) +
           " .");
      return;
    case OperatorType::kJoin:
      before(*op.left);
      if (IsJoinElement(op.right->type)) {
        Group(*op.right);
      } else {
        Operand(*op.right);
      }
      return;
    case OperatorType::kLeftJoin:
      before(*op.left);
      Block("OPTIONAL", [&] {
        if (op.right->type == OperatorType::kFilter) {
          Operand(*op.right);
        } else {
          before(*op.right);
        }
        if (op.expression) Line("FILTER " + text_.Condition(*op.expression));
      });
      return;
    case OperatorType::kFilter:
      if (IsModifier(op.left->type)) {
        Operand(*op.left);
      } else {
        Group(*op.left);
      }
      Line("FILTER " + text_.Condition(*op.expression));
      return;
    case OperatorType::kUnion:
      Union(op);
      return;
    case OperatorType::kGraph:
      Block("GRAPH " + text_.Of(op.graph), [&] { Group(*op.left); });
      return;
    case OperatorType::kService:
      Block(std::string("SERVICE ") + (op.silent ? "SILENT " : "") + text_.Of(op.graph),
            [&] { Group(*op.left); });
      return;
    case OperatorType::kExtend:
      before(*op.left);
      Line("BIND (" + text_.Of(*op.expression) + " AS " + text_.Of(op.variable) + ")");
      return;
    case OperatorType::kMinus:
      before(*op.left);
      Block("MINUS", [&] { Group(*op.right); });
      return;
    case OperatorType::kTable:
      Table(op);
      return;
    default: {
      SparqlText::Substitution outer;
      outer.swap(text_.substitution());
      Select(op);
      text_.substitution() = std::move(outer);
      return;
    }
  }
}

void Writer::SelectHead(const SelectParts& parts, const Operator& op) {
  std::vector<Variable> variables;
  if (parts.project != nullptr) {
    variables = parts.project->variables;
  } else {
    for (const std::string& name : InScopeVariables(op)) variables.push_back({name});
  }
  std::string head = "SELECT";
  if (parts.distinct) head += " DISTINCT";
  if (parts.reduced) head += " REDUCED";
  if (variables.empty()) head += " *";
  for (const Variable& variable : variables) {
    const auto assigned = text_.substitution().find(variable.name);
    if (assigned == text_.substitution().end()) {
      head += " " + text_.Of(variable);
    } else {
      head += " (" + text_.Of(*assigned->second) + " AS " + text_.Of(variable) + ")";
    }
  }
  Line(head);
}

void Writer::Modifiers(const SelectParts& parts) {
  if (parts.group != nullptr && !parts.group->keys.empty()) {
    std::string line = "GROUP BY";
    for (const Binding& key : parts.group->keys) {
      const bool plain = key.expression->type == ExpressionType::kVariable &&
                         key.expression->variable == key.variable;
      line += plain ? " " + text_.Of(key.variable)
                    : " (" + text_.Of(*key.expression) + " AS " + text_.Of(key.variable) + ")";
    }
    Line(line);
  }
  for (auto filter = parts.having.rbegin(); filter != parts.having.rend(); ++filter) {
    Line("HAVING " + text_.Condition(*(*filter)->expression));
  }
  if (parts.order != nullptr) {
    std::string line = "ORDER BY";
    for (const OrderCondition& condition : parts.order->order) {
      line += condition.descending ? " DESC(" : " ASC(";
      line += text_.Of(*condition.expression) + ")";
    }
    Line(line);
  }
  if (parts.slice != nullptr) {
    if (parts.slice->offset > 0) Line("OFFSET " + std::to_string(parts.slice->offset));
    if (parts.slice->limit) Line("LIMIT " + std::to_string(*parts.slice->limit));
  }
}

void Writer::Select(const Operator& op) {
  const SelectParts parts = TakeApart(op);
  if (parts.group != nullptr) {
    for (const Binding& aggregate : parts.group->aggregates) {
      text_.substitution()[aggregate.variable.name] = aggregate.expression.get();
    }
    for (const Operator* extend : parts.extends) {
      text_.substitution()[extend->variable.name] = extend->expression.get();
    }
  }
  SelectHead(parts, op);
  SparqlText::Substitution substitution;
  substitution.swap(text_.substitution());
  Block("WHERE", [&] {
    if (IsModifier(parts.pattern->type)) {
      Operand(*parts.pattern);
    } else {
      Group(*parts.pattern);
    }
  });
  text_.substitution() = std::move(substitution);
  Modifiers(parts);
}

std::string Writer::Write(const QueryAlgebra& query) {
  const auto solution_modifiers = [this](const Operator& root) {
    const SelectParts parts = TakeApart(root);
    if (parts.group != nullptr || parts.distinct || parts.reduced) {
      Block("WHERE", [&] { Operand(root); });
      return;
    }
    Block("WHERE", [&] { Group(*parts.pattern); });
    Modifiers(parts);
  };
  switch (query.form) {
    case QueryForm::kSelect:
      Select(*query.root);
      break;
    case QueryForm::kAsk:
      Line("ASK");
      solution_modifiers(*query.root);
      break;
    case QueryForm::kConstruct:
      Block("CONSTRUCT", [&] {
        for (TriplePattern triple : query.construct) {
          for (VarOrTerm* position : {&triple.subject, &triple.object}) {
            const auto* variable = std::get_if<Variable>(position);
            if (variable != nullptr && variable->name.compare(0, 2, ".b") == 0) {
              std::string label = variable->name.substr(2);
              std::replace(label.begin(), label.end(), '.', '_');
              *position = Term::BlankNode(label);
            }
          }
          Line(text_.Of(triple));
        }
      });
      solution_modifiers(*query.root);
      break;
    case QueryForm::kDescribe: {
      std::string head = "DESCRIBE";
      for (const VarOrTerm& node : query.describe) head += " " + text_.Of(node);
      Line(query.describe.empty() ? head + " *" : head);
      solution_modifiers(*query.root);
      break;
    }
  }
  std::string text;
  for (const auto& [prefix, iri] : prefixes_) {
    if (text_.used_prefixes().count(prefix) == 0) continue;
    text += "PREFIX " + prefix + ": " + Term::Iri(iri).ToString() + "\n";
  }
  // FROM stands before WHERE; the head of every form ends where WHERE begins.
  std::string dataset;
  for (const Term& graph : query.dataset.default_graphs)
    dataset += "FROM " + text_.Of(graph) + "\n";
  for (const Term& graph : query.dataset.named_graphs) {
    dataset += "FROM NAMED " + text_.Of(graph) + "\n";
  }
  const size_t where = out_.find("WHERE {\n");
  if (!dataset.empty() && where != std::string::npos) out_.insert(where, dataset);
  return text + out_;
}

}  // namespace

std::string ToSparql(const QueryAlgebra& query, const Prefixes& prefixes) {
  return Writer(prefixes, NameInternalVariables(query)).Write(query);
}

}  // namespace sanad::algebra
