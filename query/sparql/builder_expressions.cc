// Expressions of the syntax tree, and the table of built-in calls.

#include <algorithm>

#include "query/sparql/builder.h"
#include "storage/model/text.h"

namespace sanad::sparql {
namespace {

constexpr int kAny = 1 << 30;

struct BuiltIn {
  std::string_view name;
  int min_arguments;
  int max_arguments;
};

// Production 121, sorted by name.
constexpr BuiltIn kBuiltIns[] = {
    {"ABS", 1, 1},         {"BNODE", 0, 1},
    {"BOUND", 1, 1},       {"CEIL", 1, 1},
    {"COALESCE", 0, kAny}, {"CONCAT", 0, kAny},
    {"CONTAINS", 2, 2},    {"DATATYPE", 1, 1},
    {"DAY", 1, 1},         {"ENCODE_FOR_URI", 1, 1},
    {"FLOOR", 1, 1},       {"HOURS", 1, 1},
    {"IF", 3, 3},          {"IRI", 1, 1},
    {"ISBLANK", 1, 1},     {"ISIRI", 1, 1},
    {"ISLITERAL", 1, 1},   {"ISNUMERIC", 1, 1},
    {"ISURI", 1, 1},       {"LANG", 1, 1},
    {"LANGMATCHES", 2, 2}, {"LCASE", 1, 1},
    {"MD5", 1, 1},         {"MINUTES", 1, 1},
    {"MONTH", 1, 1},       {"NOW", 0, 0},
    {"RAND", 0, 0},        {"REGEX", 2, 3},
    {"REPLACE", 3, 4},     {"ROUND", 1, 1},
    {"SAMETERM", 2, 2},    {"SECONDS", 1, 1},
    {"SHA1", 1, 1},        {"SHA256", 1, 1},
    {"SHA384", 1, 1},      {"SHA512", 1, 1},
    {"STR", 1, 1},         {"STRAFTER", 2, 2},
    {"STRBEFORE", 2, 2},   {"STRDT", 2, 2},
    {"STRENDS", 2, 2},     {"STRLANG", 2, 2},
    {"STRLEN", 1, 1},      {"STRSTARTS", 2, 2},
    {"STRUUID", 0, 0},     {"SUBSTR", 2, 3},
    {"TIMEZONE", 1, 1},    {"TZ", 1, 1},
    {"UCASE", 1, 1},       {"URI", 1, 1},
    {"UUID", 0, 0},        {"YEAR", 1, 1},
};

// Production 127.
constexpr std::string_view kAggregates[] = {"AVG", "COUNT",  "GROUP_CONCAT", "MAX",
                                            "MIN", "SAMPLE", "SUM"};

std::string UpperCase(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return upper;
}

}  // namespace

ast::ExpressionPtr Builder::PopExpression() {
  ast::ExpressionPtr expression = std::move(expressions_.back());
  expressions_.pop_back();
  return expression;
}

void Builder::PushTerm() {
  auto e = std::make_unique<ast::Expression>();
  e->offset = node_offset_;
  e->term = std::get<Term>(node_);
  PushExpression(std::move(e));
}

void Builder::PushVariable() {
  auto e = std::make_unique<ast::Expression>();
  e->type = ast::ExpressionType::kVariable;
  e->offset = node_offset_;
  e->variable = std::get<ast::Variable>(node_);
  PushExpression(std::move(e));
}

void Builder::Unary(ast::ExpressionType type) {
  auto e = std::make_unique<ast::Expression>();
  e->type = type;
  e->offset = expressions_.back()->offset;
  e->arguments.push_back(PopExpression());
  PushExpression(std::move(e));
}

void Builder::Binary(ast::ExpressionType type) {
  ast::ExpressionPtr right = PopExpression();
  const bool associative = type == ast::ExpressionType::kAnd || type == ast::ExpressionType::kOr;
  if (!associative || expressions_.back()->type != type) {
    CountChain();
    Unary(type);
  }
  expressions_.back()->arguments.push_back(std::move(right));
}

void Builder::In(bool negated) {
  std::vector<ast::ExpressionPtr> list = PopList();
  Unary(negated ? ast::ExpressionType::kNotIn : ast::ExpressionType::kIn);
  for (ast::ExpressionPtr& item : list) {
    expressions_.back()->arguments.push_back(std::move(item));
  }
}

void Builder::ListBegin() { list_marks_.push_back(expressions_.size()); }

void Builder::ListEnd() {
  const auto first = expressions_.begin() + static_cast<std::ptrdiff_t>(list_marks_.back());
  list_.assign(std::make_move_iterator(first), std::make_move_iterator(expressions_.end()));
  expressions_.erase(first, expressions_.end());
  list_marks_.pop_back();
}

std::vector<ast::ExpressionPtr> Builder::PopList() { return std::move(list_); }

void Builder::CallBegin() {
  CallFrame frame;
  frame.name = std::get<Term>(node_).value();
  frame.offset = node_offset_;
  calls_.push_back(std::move(frame));
}

bool Builder::BuiltInBegin(std::string_view name) {
  const std::string upper = UpperCase(name);
  const auto* found = std::lower_bound(
      std::begin(kBuiltIns), std::end(kBuiltIns), upper,
      [](const BuiltIn& entry, const std::string& wanted) { return entry.name < wanted; });
  if (found == std::end(kBuiltIns) || found->name != upper) return false;
  CallFrame frame;
  frame.name = upper;
  frame.offset = OffsetOf(name);
  frame.min_arguments = found->min_arguments;
  frame.max_arguments = found->max_arguments;
  calls_.push_back(std::move(frame));
  return true;
}

bool Builder::AggregateBegin(std::string_view name) {
  const std::string upper = UpperCase(name);
  if (!std::binary_search(std::begin(kAggregates), std::end(kAggregates), upper)) return false;
  CallFrame frame;
  frame.name = upper;
  frame.offset = OffsetOf(name);
  calls_.push_back(std::move(frame));
  return true;
}

void Builder::Distinct() { calls_.back().distinct = true; }

void Builder::Separator() {
  CallFrame& frame = calls_.back();
  if (frame.name != "GROUP_CONCAT") {
    Fail(frame.offset, Concat("only GROUP_CONCAT takes a SEPARATOR, not ", frame.name));
  }
  frame.separator = string_;
}

void Builder::CallEnd() {
  auto e = std::make_unique<ast::Expression>();
  e->type = ast::ExpressionType::kCall;
  e->offset = calls_.back().offset;
  e->name = std::move(calls_.back().name);
  e->distinct = calls_.back().distinct;
  e->arguments = PopList();
  calls_.pop_back();
  PushExpression(std::move(e));
}

void Builder::BuiltInEnd() {
  CallFrame frame = std::move(calls_.back());
  calls_.pop_back();
  auto e = std::make_unique<ast::Expression>();
  e->type = ast::ExpressionType::kBuiltIn;
  e->offset = frame.offset;
  e->arguments = PopList();
  const int count = static_cast<int>(e->arguments.size());
  if (count < frame.min_arguments || count > frame.max_arguments) {
    std::string takes = Concat(frame.min_arguments);
    if (frame.max_arguments == kAny) {
      takes += " or more";
    } else if (frame.max_arguments != frame.min_arguments) {
      takes += Concat(" or ", frame.max_arguments);
    }
    Fail(frame.offset, Concat(frame.name, " takes ", takes,
                              takes == "1" ? " argument, not " : " arguments, not ", count));
  }
  if (frame.name == "BOUND" && e->arguments[0]->type != ast::ExpressionType::kVariable) {
    Fail(e->arguments[0]->offset, "BOUND takes a variable");
  }
  e->name = frame.name == "URI" ? "IRI" : frame.name == "ISURI" ? "ISIRI" : std::move(frame.name);
  PushExpression(std::move(e));
}

void Builder::AggregateEnd() {
  CallFrame frame = std::move(calls_.back());
  calls_.pop_back();
  auto e = std::make_unique<ast::Expression>();
  e->type = ast::ExpressionType::kAggregate;
  e->offset = frame.offset;
  e->distinct = frame.distinct;
  e->separator = frame.separator;
  if (!frame.all) {
    e->arguments.push_back(PopExpression());
  } else if (frame.name != "COUNT") {
    Fail(frame.offset, Concat("only COUNT takes *, not ", frame.name));
  }
  e->name = std::move(frame.name);
  PushExpression(std::move(e));
}

void Builder::Exists(bool negated) {
  auto e = std::make_unique<ast::Expression>();
  e->type = negated ? ast::ExpressionType::kNotExists : ast::ExpressionType::kExists;
  e->offset = node_offset_;
  e->pattern = TakeGroup();
  PushExpression(std::move(e));
}

}  // namespace sanad::sparql
