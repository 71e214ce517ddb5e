// The algebra as an s-expression, one operator a line, in the words of the
// specification; golden tests and EXPLAIN compare this text.

#include <string>
#include <string_view>
#include <variant>

#include "query/algebra/algebra.h"

namespace sanad::algebra {
namespace {

std::string_view OperatorName(OperatorType type) {
  switch (type) {
    case OperatorType::kBgp:
      return "bgp";
    case OperatorType::kPath:
      return "path";
    case OperatorType::kJoin:
      return "join";
    case OperatorType::kLeftJoin:
      return "leftjoin";
    case OperatorType::kFilter:
      return "filter";
    case OperatorType::kUnion:
      return "union";
    case OperatorType::kGraph:
      return "graph";
    case OperatorType::kExtend:
      return "extend";
    case OperatorType::kMinus:
      return "minus";
    case OperatorType::kTable:
      return "table";
    case OperatorType::kService:
      return "service";
    case OperatorType::kGroup:
      return "group";
    case OperatorType::kOrderBy:
      return "order";
    case OperatorType::kProject:
      return "project";
    case OperatorType::kDistinct:
      return "distinct";
    case OperatorType::kReduced:
      return "reduced";
    case OperatorType::kSlice:
      return "slice";
  }
  return "";
}

std::string_view ExpressionName(ExpressionType type) {
  switch (type) {
    case ExpressionType::kAnd:
      return "&&";
    case ExpressionType::kOr:
      return "||";
    case ExpressionType::kNot:
      return "!";
    case ExpressionType::kEqual:
      return "=";
    case ExpressionType::kNotEqual:
      return "!=";
    case ExpressionType::kLess:
      return "<";
    case ExpressionType::kLessOrEqual:
      return "<=";
    case ExpressionType::kGreater:
      return ">";
    case ExpressionType::kGreaterOrEqual:
      return ">=";
    case ExpressionType::kIn:
      return "in";
    case ExpressionType::kNotIn:
      return "notin";
    case ExpressionType::kAdd:
    case ExpressionType::kUnaryPlus:
      return "+";
    case ExpressionType::kSubtract:
    case ExpressionType::kUnaryMinus:
      return "-";
    case ExpressionType::kMultiply:
      return "*";
    case ExpressionType::kDivide:
      return "/";
    default:
      return "";
  }
}

class Printer {
 public:
  std::string Take() { return std::move(out_); }

  void Print(const Variable& variable) {
    out_ += '?';
    out_ += variable.name;
  }
  void Print(const Term& term) { out_ += term.ToString(); }
  void Print(const VarOrTerm& value) {
    std::visit([this](const auto& v) { Print(v); }, value);
  }
  void Print(const std::vector<Variable>& variables) {
    out_ += '(';
    for (size_t i = 0; i < variables.size(); ++i) {
      if (i > 0) out_ += ' ';
      Print(variables[i]);
    }
    out_ += ')';
  }

  void Print(const TriplePattern& triple) {
    out_ += "(triple ";
    Print(triple.subject);
    out_ += ' ';
    Print(triple.predicate);
    out_ += ' ';
    Print(triple.object);
    out_ += ')';
  }

  void Print(const Path& path);
  // `indent` is that of the line the expression stands on, for EXISTS.
  void Print(const Expression& e, int indent);
  void Print(const Operator& op, int indent);

  void NewLine(int indent) {
    out_ += '\n';
    out_.append(static_cast<size_t>(indent) * 2, ' ');
  }
  void Text(std::string_view text) { out_ += text; }

 private:
  void PrintHead(const Operator& op, int indent);
  void PrintBindings(const std::vector<Binding>& bindings, int indent);

  std::string out_;
};

void Printer::Print(const Path& path) {
  switch (path.type) {
    case PathType::kLink:
      Print(path.iri);
      return;
    case PathType::kInverse:
      out_ += "(reverse";
      break;
    case PathType::kSequence:
      out_ += "(seq";
      break;
    case PathType::kAlternative:
      out_ += "(alt";
      break;
    case PathType::kZeroOrMore:
      out_ += "(path*";
      break;
    case PathType::kOneOrMore:
      out_ += "(path+";
      break;
    case PathType::kZeroOrOne:
      out_ += "(path?";
      break;
    case PathType::kNegatedSet:
      out_ += "(notoneof";
      break;
  }
  for (const PathPtr& part : path.parts) {
    out_ += ' ';
    Print(*part);
  }
  for (const Term& iri : path.excluded) {
    out_ += ' ';
    Print(iri);
  }
  for (const Term& iri : path.excluded_inverse) {
    out_ += " (reverse ";
    Print(iri);
    out_ += ')';
  }
  out_ += ')';
}

void Printer::Print(const Expression& e, int indent) {
  switch (e.type) {
    case ExpressionType::kVariable:
      Print(e.variable);
      return;
    case ExpressionType::kTerm:
      Print(e.term);
      return;
    case ExpressionType::kExists:
    case ExpressionType::kNotExists:
      out_ += e.type == ExpressionType::kExists ? "(exists" : "(notexists";
      NewLine(indent + 1);
      Print(*e.pattern, indent + 1);
      out_ += ')';
      return;
    default:
      break;
  }
  out_ += '(';
  if (e.type == ExpressionType::kFunction || e.type == ExpressionType::kAggregate) {
    for (char c : e.name) out_ += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  } else if (e.type == ExpressionType::kCall) {
    Print(Term::Iri(e.name));
  } else {
    out_ += ExpressionName(e.type);
  }
  if (e.distinct) out_ += " distinct";
  if (e.name == "GROUP_CONCAT" && e.separator != " ") {
    out_ += " (separator " + Term::String(e.separator).ToString() + ")";
  }
  for (const ExpressionPtr& argument : e.arguments) {
    out_ += ' ';
    Print(*argument, indent);
  }
  out_ += ')';
}

void Printer::PrintBindings(const std::vector<Binding>& bindings, int indent) {
  out_ += " (";
  for (size_t i = 0; i < bindings.size(); ++i) {
    if (i > 0) out_ += ' ';
    const Expression& e = *bindings[i].expression;
    if (e.type == ExpressionType::kVariable && e.variable == bindings[i].variable) {
      Print(e.variable);
      continue;
    }
    out_ += '(';
    Print(bindings[i].variable);
    out_ += ' ';
    Print(e, indent);
    out_ += ')';
  }
  out_ += ')';
}

void Printer::PrintHead(const Operator& op, int indent) {
  switch (op.type) {
    case OperatorType::kBgp:
      for (const TriplePattern& triple : op.triples) {
        NewLine(indent + 1);
        Print(triple);
      }
      return;
    case OperatorType::kPath:
      out_ += ' ';
      Print(op.subject);
      out_ += ' ';
      Print(*op.path);
      out_ += ' ';
      Print(op.object);
      return;
    case OperatorType::kService:
      if (op.silent) out_ += " silent";
      [[fallthrough]];
    case OperatorType::kGraph:
      out_ += ' ';
      Print(op.graph);
      return;
    case OperatorType::kExtend:
      out_ += " ((";
      Print(op.variable);
      out_ += ' ';
      Print(*op.expression, indent);
      out_ += "))";
      return;
    case OperatorType::kFilter:
      out_ += ' ';
      Print(*op.expression, indent);
      return;
    case OperatorType::kProject:
      out_ += ' ';
      Print(op.variables);
      return;
    case OperatorType::kTable:
      out_ += ' ';
      Print(op.variables);
      for (const std::vector<Term>& row : op.rows) {
        NewLine(indent + 1);
        out_ += "(row";
        for (const Term& term : row) out_ += " " + term.ToString();
        out_ += ')';
      }
      return;
    case OperatorType::kGroup:
      PrintBindings(op.keys, indent);
      PrintBindings(op.aggregates, indent);
      return;
    case OperatorType::kOrderBy:
      out_ += " (";
      for (size_t i = 0; i < op.order.size(); ++i) {
        if (i > 0) out_ += ' ';
        out_ += op.order[i].descending ? "(desc " : "(asc ";
        Print(*op.order[i].expression, indent);
        out_ += ')';
      }
      out_ += ')';
      return;
    case OperatorType::kSlice:
      out_ += " " + std::to_string(op.offset) + " ";
      out_ += op.limit ? std::to_string(*op.limit) : "_";
      return;
    default:
      return;
  }
}

void Printer::Print(const Operator& op, int indent) {
  out_ += '(';
  out_ += OperatorName(op.type);
  PrintHead(op, indent);
  for (const Operator* child : {op.left.get(), op.right.get()}) {
    if (child == nullptr) continue;
    NewLine(indent + 1);
    Print(*child, indent + 1);
  }
  // After the operands, as the specification writes it.
  if (op.type == OperatorType::kLeftJoin && op.expression) {
    NewLine(indent + 1);
    Print(*op.expression, indent + 1);
  }
  out_ += ')';
}

void PrintDataset(const DatasetClause& dataset, Printer& printer) {
  for (const Term& graph : dataset.default_graphs) {
    printer.Text("(from ");
    printer.Print(graph);
    printer.Text(")");
    printer.NewLine(0);
  }
  for (const Term& graph : dataset.named_graphs) {
    printer.Text("(fromnamed ");
    printer.Print(graph);
    printer.Text(")");
    printer.NewLine(0);
  }
}

}  // namespace

std::string ToString(const Operator& op) {
  Printer printer;
  printer.Print(op, 0);
  return printer.Take();
}

std::string ToString(const Expression& expression) {
  Printer printer;
  printer.Print(expression, 0);
  return printer.Take();
}

std::string ToString(const QueryAlgebra& query) {
  Printer printer;
  PrintDataset(query.dataset, printer);
  switch (query.form) {
    case QueryForm::kSelect:
      printer.Print(*query.root, 0);
      return printer.Take();
    case QueryForm::kAsk:
      printer.Text("(ask");
      break;
    case QueryForm::kConstruct:
      printer.Text("(construct");
      for (const TriplePattern& triple : query.construct) {
        printer.NewLine(1);
        printer.Print(triple);
      }
      break;
    case QueryForm::kDescribe:
      printer.Text("(describe");
      for (const VarOrTerm& node : query.describe) {
        printer.Text(" ");
        printer.Print(node);
      }
      break;
  }
  printer.NewLine(1);
  printer.Print(*query.root, 1);
  printer.Text(")");
  return printer.Take();
}

}  // namespace sanad::algebra
