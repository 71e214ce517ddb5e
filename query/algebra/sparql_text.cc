// Numbers, booleans and rdf:type are written in their short forms; binary
// operators always in parentheses.

#include "query/algebra/sparql_text.h"

#include <string_view>

#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"

namespace sanad::algebra {
namespace {

std::string_view InfixName(ExpressionType type) {
  switch (type) {
    case ExpressionType::kAnd:
      return " && ";
    case ExpressionType::kOr:
      return " || ";
    case ExpressionType::kEqual:
      return " = ";
    case ExpressionType::kNotEqual:
      return " != ";
    case ExpressionType::kLess:
      return " < ";
    case ExpressionType::kLessOrEqual:
      return " <= ";
    case ExpressionType::kGreater:
      return " > ";
    case ExpressionType::kGreaterOrEqual:
      return " >= ";
    case ExpressionType::kAdd:
      return " + ";
    case ExpressionType::kSubtract:
      return " - ";
    case ExpressionType::kMultiply:
      return " * ";
    case ExpressionType::kDivide:
      return " / ";
    default:
      return "";
  }
}

bool IsPlainLocalName(std::string_view name) {
  if (!name.empty() && name[0] == '-') return false;
  for (char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-';
    if (!plain) return false;
  }
  return true;
}

// Literals that the number and boolean shorthands read back as the same term.
bool IsShorthand(const Term& term) {
  if (!term.is_literal()) return false;
  if (term.datatype() == SANAD_XSD_NS "boolean") {
    return term.value() == "true" || term.value() == "false";
  }
  return IsNumberShorthand(term.value(), term.datatype());
}

}  // namespace

std::string SparqlText::Iri(const std::string& iri) {
  const std::pair<std::string, std::string>* best = nullptr;
  for (const auto& prefix : prefixes_) {
    if (prefix.second.empty() || iri.compare(0, prefix.second.size(), prefix.second) != 0) continue;
    if (!IsPlainLocalName(std::string_view(iri).substr(prefix.second.size()))) continue;
    if (best == nullptr || prefix.second.size() > best->second.size()) best = &prefix;
  }
  if (best == nullptr) return Term::Iri(iri).ToString();
  used_prefixes_.insert(best->first);
  return best->first + ":" + iri.substr(best->second.size());
}

std::string SparqlText::Of(const Term& term) {
  if (term.is_iri()) return Iri(term.value());
  if (IsShorthand(term)) return term.value();
  std::string text = term.ToString();
  const std::string datatype(term.is_literal() ? term.datatype() : "");
  const std::string suffix = "^^" + Term::Iri(datatype).ToString();
  if (!datatype.empty() && text.size() > suffix.size() &&
      text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0) {
    text.resize(text.size() - suffix.size());
    text += "^^" + Iri(datatype);
  }
  return text;
}

std::string SparqlText::Of(const Variable& variable) {
  const auto renamed = names_.find(variable.name);
  return "?" + (renamed == names_.end() ? variable.name : renamed->second);
}

std::string SparqlText::Of(const TriplePattern& triple) {
  const auto* predicate = std::get_if<Term>(&triple.predicate);
  const bool is_type = predicate != nullptr && predicate->value() == iri::kRdfType;
  return Of(triple.subject) + (is_type ? " a " : " " + Of(triple.predicate) + " ") +
         Of(triple.object) + " .";
}

std::string SparqlText::Condition(const Expression& e) {
  const std::string text = Of(e);
  return text.front() == '(' ? text : "(" + text + ")";
}

std::string SparqlText::Of(const Path& path, bool nested) {
  const auto joined = [&](std::string_view separator) {
    std::string text;
    for (const PathPtr& part : path.parts) {
      if (!text.empty()) text += separator;
      text += Of(*part, true);
    }
    return nested ? "(" + text + ")" : text;
  };
  switch (path.type) {
    case PathType::kLink:
      return Iri(path.iri.value());
    case PathType::kInverse: {
      const std::string text = "^" + Of(*path.parts[0], true);
      return nested ? "(" + text + ")" : text;
    }
    case PathType::kSequence:
      return joined("/");
    case PathType::kAlternative:
      return joined("|");
    case PathType::kZeroOrMore:
      return "(" + Of(*path.parts[0], true) + ")*";
    case PathType::kOneOrMore:
      return "(" + Of(*path.parts[0], true) + ")+";
    case PathType::kZeroOrOne:
      return "(" + Of(*path.parts[0], true) + ")?";
    case PathType::kNegatedSet:
      break;
  }
  std::string text = "!(";
  for (const Term& iri : path.excluded) text += (text.size() > 2 ? "|" : "") + Iri(iri.value());
  for (const Term& iri : path.excluded_inverse) {
    text += (text.size() > 2 ? "|^" : "^") + Iri(iri.value());
  }
  return text + ")";
}

std::string SparqlText::Call(const Expression& e) {
  std::string text = e.type == ExpressionType::kCall ? Iri(e.name) : e.name;
  text += '(';
  if (e.distinct) text += "DISTINCT ";
  if (e.type == ExpressionType::kAggregate && e.arguments.empty()) text += '*';
  for (size_t i = 0; i < e.arguments.size(); ++i) {
    if (i > 0) text += ", ";
    text += Of(*e.arguments[i]);
  }
  if (e.type == ExpressionType::kAggregate && e.name == "GROUP_CONCAT" && e.separator != " ") {
    text += "; SEPARATOR=" + Term::String(e.separator).ToString();
  }
  return text + ")";
}

std::string SparqlText::Of(const Expression& e) {
  switch (e.type) {
    case ExpressionType::kVariable: {
      const auto found = substitution_.find(e.variable.name);
      if (found == substitution_.end()) return Of(e.variable);
      // An expression never reads the variable it is assigned to, so this ends.
      return Of(*found->second);
    }
    case ExpressionType::kTerm:
      return Of(e.term);
    case ExpressionType::kNot:
      return "(! " + Of(*e.arguments[0]) + ")";
    case ExpressionType::kUnaryPlus:
      return "(+ " + Of(*e.arguments[0]) + ")";
    case ExpressionType::kUnaryMinus:
      return "(- " + Of(*e.arguments[0]) + ")";
    case ExpressionType::kFunction:
    case ExpressionType::kCall:
    case ExpressionType::kAggregate:
      return Call(e);
    case ExpressionType::kExists:
      return "EXISTS " + pattern_text_(*e.pattern);
    case ExpressionType::kNotExists:
      return "NOT EXISTS " + pattern_text_(*e.pattern);
    case ExpressionType::kIn:
    case ExpressionType::kNotIn: {
      std::string text = "(" + Of(*e.arguments[0]);
      text += e.type == ExpressionType::kIn ? " IN (" : " NOT IN (";
      for (size_t i = 1; i < e.arguments.size(); ++i) {
        if (i > 1) text += ", ";
        text += Of(*e.arguments[i]);
      }
      return text + "))";
    }
    default:
      break;
  }
  std::string text = "(";
  for (size_t i = 0; i < e.arguments.size(); ++i) {
    if (i > 0) text += InfixName(e.type);
    text += Of(*e.arguments[i]);
  }
  return text + ")";
}

}  // namespace sanad::algebra
