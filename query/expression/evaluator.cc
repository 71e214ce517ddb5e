// Compilation resolves columns, constants and functions; evaluation walks the
// compiled tree. The forms that must not evaluate all their arguments (BOUND,
// IF, COALESCE, &&, ||, IN) are here, the rest are Functions.

#include "query/expression/evaluator.h"

#include <algorithm>

#include "query/expression/arithmetic.h"
#include "query/expression/compare.h"
#include "storage/model/text.h"

namespace sanad {

using algebra::Expression;
using algebra::ExpressionType;

struct Evaluator::Node {
  enum class Form : uint8_t {
    kColumn,
    kUnbound,
    kConstant,
    kAnd,
    kOr,
    kNot,
    kCompare,
    kIn,
    kArithmetic,
    kNegate,
    kPlus,
    kBound,
    kIf,
    kCoalesce,
    kFunction,
    kUnknownFunction,
    kExists,
  };
  Form form = Form::kUnbound;
  ExpressionType type = ExpressionType::kTerm;  // The comparison or arithmetic operator.
  size_t column = 0;
  Value constant;
  const Function* function = nullptr;
  std::string iri;
  bool negated = false;  // NOT IN, NOT EXISTS.
  std::unique_ptr<ExistsEvaluator> exists;
  std::vector<std::unique_ptr<Node>> arguments;

  Value Evaluate(FunctionContext& context, const Batch& batch, size_t row) const;

 private:
  Value Logical(FunctionContext& context, const Batch& batch, size_t row) const;
  Value Comparison(FunctionContext& context, const Batch& batch, size_t row) const;
  Value Membership(FunctionContext& context, const Batch& batch, size_t row) const;
  Value Call(FunctionContext& context, const Batch& batch, size_t row) const;
  Value Conditional(FunctionContext& context, const Batch& batch, size_t row) const;
};

Value Evaluator::Node::Evaluate(FunctionContext& context, const Batch& batch, size_t row) const {
  switch (form) {
    case Form::kColumn:
      return Value::Of(batch.columns[column][row]);
    case Form::kUnbound:
    case Form::kUnknownFunction:
      return Value::Error();
    case Form::kConstant:
      return constant;
    case Form::kAnd:
    case Form::kOr:
    case Form::kNot:
      return Logical(context, batch, row);
    case Form::kCompare:
      return Comparison(context, batch, row);
    case Form::kIn:
      return Membership(context, batch, row);
    case Form::kArithmetic:
      return Arithmetic(type, arguments[0]->Evaluate(context, batch, row),
                        arguments[1]->Evaluate(context, batch, row), context.query);
    case Form::kNegate:
    case Form::kPlus: {
      const auto number = arguments[0]->Evaluate(context, batch, row).AsNumeric(context.query);
      if (!number) return Value::Error();
      return Value::Of(form == Form::kPlus ? *number : Negate(*number));
    }
    case Form::kBound:
      return Value::Boolean(!arguments[0]->Evaluate(context, batch, row).is_error());
    case Form::kIf:
    case Form::kCoalesce:
      return Conditional(context, batch, row);
    case Form::kFunction:
      return Call(context, batch, row);
    case Form::kExists:
      return Value::Boolean(exists->Evaluate(batch, row) != negated);
  }
  return Value::Error();
}

// && and || with errors (section 17.2): false && error is false, true || error
// is true.
Value Evaluator::Node::Logical(FunctionContext& context, const Batch& batch, size_t row) const {
  if (form == Form::kNot) {
    const auto value = arguments[0]->Evaluate(context, batch, row).EffectiveBoolean(context.query);
    return value ? Value::Boolean(!*value) : Value::Error();
  }
  const bool decisive = form == Form::kOr;
  bool error = false;
  for (const auto& argument : arguments) {
    const auto value = argument->Evaluate(context, batch, row).EffectiveBoolean(context.query);
    if (value == decisive) return Value::Boolean(decisive);
    error = error || !value;
  }
  return error ? Value::Error() : Value::Boolean(!decisive);
}

Value Evaluator::Node::Comparison(FunctionContext& context, const Batch& batch, size_t row) const {
  const Value a = arguments[0]->Evaluate(context, batch, row);
  if (a.is_error()) return a;
  const Value b = arguments[1]->Evaluate(context, batch, row);
  if (b.is_error()) return b;
  if (type == ExpressionType::kEqual) return Value::Boolean(Equal(a, b, context.query));
  if (type == ExpressionType::kNotEqual) {
    const auto equal = Equal(a, b, context.query);
    return equal ? Value::Boolean(!*equal) : Value::Error();
  }
  const auto order = Order(a, b, context.query);
  if (!order) return Value::Error();
  switch (type) {
    case ExpressionType::kLess:
      return Value::Boolean(*order < 0);
    case ExpressionType::kLessOrEqual:
      return Value::Boolean(*order <= 0);
    case ExpressionType::kGreater:
      return Value::Boolean(*order > 0);
    default:
      return Value::Boolean(*order >= 0);
  }
}

// IN is a chain of = joined by ||.
Value Evaluator::Node::Membership(FunctionContext& context, const Batch& batch, size_t row) const {
  const Value needle = arguments[0]->Evaluate(context, batch, row);
  bool error = false;
  for (size_t i = 1; i < arguments.size(); ++i) {
    const auto equal = Equal(needle, arguments[i]->Evaluate(context, batch, row), context.query);
    if (equal == true) return Value::Boolean(!negated);
    if (!equal) error = true;
  }
  return error ? Value::Error() : Value::Boolean(negated);
}

Value Evaluator::Node::Conditional(FunctionContext& context, const Batch& batch, size_t row) const {
  if (form == Form::kIf) {
    const auto test = arguments[0]->Evaluate(context, batch, row).EffectiveBoolean(context.query);
    if (!test) return Value::Error();
    return arguments[*test ? 1 : 2]->Evaluate(context, batch, row);
  }
  for (const auto& argument : arguments) {
    Value value = argument->Evaluate(context, batch, row);
    if (!value.is_error()) return value;
  }
  return Value::Error();
}

Value Evaluator::Node::Call(FunctionContext& context, const Batch& batch, size_t row) const {
  std::vector<Value> values;
  values.reserve(arguments.size());
  for (const auto& argument : arguments) {
    values.push_back(argument->Evaluate(context, batch, row));
    if (values.back().is_error()) return Value::Error();
  }
  if (!iri.empty()) context.iri = iri;
  return function->body(context, values);
}

namespace {

using Node = Evaluator::Node;
using Form = Node::Form;

struct Compiler {
  const std::vector<std::string>& columns;
  ExpressionScope& scope;
  bool deterministic = true;
  bool has_exists = false;
  int only_column = -1;

  absl::StatusOr<std::unique_ptr<Node>> Compile(const Expression& expression);
  absl::Status CompileFunction(const Expression& expression, Node& node);
  void CompileVariable(const std::string& name, Node& node);
};

Form FormOf(ExpressionType type) {
  switch (type) {
    case ExpressionType::kAnd:
      return Form::kAnd;
    case ExpressionType::kOr:
      return Form::kOr;
    case ExpressionType::kNot:
      return Form::kNot;
    case ExpressionType::kEqual:
    case ExpressionType::kNotEqual:
    case ExpressionType::kLess:
    case ExpressionType::kLessOrEqual:
    case ExpressionType::kGreater:
    case ExpressionType::kGreaterOrEqual:
      return Form::kCompare;
    case ExpressionType::kIn:
    case ExpressionType::kNotIn:
      return Form::kIn;
    case ExpressionType::kUnaryMinus:
      return Form::kNegate;
    case ExpressionType::kUnaryPlus:
      return Form::kPlus;
    case ExpressionType::kAdd:
    case ExpressionType::kSubtract:
    case ExpressionType::kMultiply:
    case ExpressionType::kDivide:
      return Form::kArithmetic;
    default:
      return Form::kUnbound;
  }
}

void Compiler::CompileVariable(const std::string& name, Node& node) {
  auto found = std::find(columns.begin(), columns.end(), name);
  if (found == columns.end()) return;  // Unbound.
  node.form = Form::kColumn;
  node.column = static_cast<size_t>(found - columns.begin());
  const int column = static_cast<int>(node.column);
  if (only_column == -1) only_column = column;
  if (only_column != column) only_column = -2;
}

absl::Status Compiler::CompileFunction(const Expression& expression, Node& node) {
  if (expression.type == ExpressionType::kFunction) {
    if (expression.name == "BOUND") node.form = Form::kBound;
    if (expression.name == "IF") node.form = Form::kIf;
    if (expression.name == "COALESCE") node.form = Form::kCoalesce;
    const size_t expected = node.form == Form::kIf ? 3 : 1;
    if (node.form != Form::kUnbound) {
      if (node.form != Form::kCoalesce && node.arguments.size() != expected) {
        return MakeStatus(absl::StatusCode::kInvalidArgument, expression.name, " takes ", expected,
                          " arguments, not ", node.arguments.size());
      }
      return absl::OkStatus();
    }
  }
  node.function = FindFunction(expression.name);
  const int count = static_cast<int>(node.arguments.size());
  if (node.function == nullptr) {
    if (expression.type == ExpressionType::kFunction) {
      return MakeStatus(absl::StatusCode::kUnimplemented, "there is no function ", expression.name);
    }
    node.form = Form::kUnknownFunction;  // A type error when evaluated (section 17.6).
    return absl::OkStatus();
  }
  if (count < node.function->min_arguments ||
      (node.function->max_arguments >= 0 && count > node.function->max_arguments)) {
    if (expression.type == ExpressionType::kCall) {
      node.form = Form::kUnknownFunction;
      return absl::OkStatus();
    }
    return MakeStatus(absl::StatusCode::kInvalidArgument, expression.name,
                      " was given a wrong number of arguments: ", count);
  }
  node.form = Form::kFunction;
  if (expression.type == ExpressionType::kCall) node.iri = expression.name;
  deterministic = deterministic && node.function->deterministic;
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Node>> Compiler::Compile(const Expression& expression) {
  auto node = std::make_unique<Node>();
  node->type = expression.type;
  for (const auto& argument : expression.arguments) {
    SANAD_ASSIGN_OR_RETURN(auto compiled, Compile(*argument));
    node->arguments.push_back(std::move(compiled));
  }
  switch (expression.type) {
    case ExpressionType::kVariable:
      CompileVariable(expression.variable.name, *node);
      break;
    case ExpressionType::kTerm:
      node->form = Form::kConstant;
      node->constant = Value::Of(scope.functions.query.terms().Intern(expression.term));
      break;
    case ExpressionType::kFunction:
    case ExpressionType::kCall:
      SANAD_RETURN_IF_ERROR(CompileFunction(expression, *node));
      break;
    case ExpressionType::kExists:
    case ExpressionType::kNotExists: {
      node->form = Form::kExists;
      node->negated = expression.type == ExpressionType::kNotExists;
      SANAD_ASSIGN_OR_RETURN(node->exists, scope.make_exists(*expression.pattern, columns));
      has_exists = true;
      break;
    }
    case ExpressionType::kAggregate:
      return absl::InternalError("an aggregate outside Group");
    default:
      node->form = FormOf(expression.type);
      node->negated = expression.type == ExpressionType::kNotIn;
  }
  return node;
}

// What an evaluator remembers: at most some 20 MiB and a sixteenth of the limit.
size_t MostRemembered(const QueryContext& context) {
  return std::min<uint64_t>(uint64_t{1} << 20, context.options().memory_limit / 16 / 20);
}

}  // namespace

Evaluator::Evaluator(FunctionContext& functions) : functions_(functions) {}
Evaluator::~Evaluator() = default;

absl::StatusOr<std::unique_ptr<Evaluator>> Evaluator::Compile(
    const Expression& expression, const std::vector<std::string>& columns, ExpressionScope& scope) {
  auto evaluator = std::unique_ptr<Evaluator>(new Evaluator(scope.functions));
  Compiler compiler{columns, scope};
  SANAD_ASSIGN_OR_RETURN(evaluator->root_, compiler.Compile(expression));
  evaluator->deterministic_ = compiler.deterministic;
  evaluator->has_exists_ = compiler.has_exists;
  evaluator->only_column_ = compiler.only_column;
  return evaluator;
}

Value Evaluator::Evaluate(const Batch& batch, size_t row) {
  return root_->Evaluate(functions_, batch, row);
}

void Evaluator::EvaluateColumn(const Batch& batch, std::vector<TermId>& out) {
  out.resize(batch.size);
  const bool memoize = deterministic_ && !has_exists_ && only_column_ >= 0;
  if (memoize) {
    functions_.query.terms().Prefetch(
        {batch.columns[static_cast<size_t>(only_column_)].data(), batch.size});
  }
  if (memo_.size() > MostRemembered(functions_.query)) memo_.clear();
  for (size_t row = 0; row < batch.size; ++row) {
    if ((row & 255) == 0 && functions_.query.Interrupted()) return;
    if (!memoize) {
      out[row] = Evaluate(batch, row).AsId(functions_.query);
      continue;
    }
    const TermId input = batch.columns[static_cast<size_t>(only_column_)][row];
    auto [entry, added] = memo_.try_emplace(input.bits());
    if (added) entry->second = Evaluate(batch, row).AsId(functions_.query).bits();
    out[row] = TermId(entry->second);
  }
}

bool Evaluator::RowIsTrue(const Batch& batch, size_t row) {
  return Evaluate(batch, row).EffectiveBoolean(functions_.query).value_or(false);
}

void Evaluator::Select(const Batch& batch, std::vector<uint32_t>& selection) {
  selection.clear();
  const bool memoize = deterministic_ && !has_exists_ && only_column_ >= 0;
  if (memo_.size() > MostRemembered(functions_.query)) memo_.clear();
  for (size_t row = 0; row < batch.size; ++row) {
    if ((row & 255) == 0 && functions_.query.Interrupted()) return;
    bool keep;
    if (memoize) {
      const TermId input = batch.columns[static_cast<size_t>(only_column_)][row];
      auto [entry, added] = memo_.try_emplace(input.bits());
      if (added) entry->second = RowIsTrue(batch, row) ? 1 : 0;
      keep = entry->second != 0;
    } else {
      ++functions_.solution;
      keep = RowIsTrue(batch, row);
    }
    if (keep) selection.push_back(static_cast<uint32_t>(row));
  }
}

bool IsConstant(const Expression& expression) {
  switch (expression.type) {
    case ExpressionType::kVariable:
    case ExpressionType::kExists:
    case ExpressionType::kNotExists:
    case ExpressionType::kAggregate:
      return false;
    case ExpressionType::kFunction: {
      const Function* function = FindFunction(expression.name);
      if (function != nullptr && !function->deterministic) return false;
      break;
    }
    default:
      break;
  }
  return std::all_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const auto& argument) { return IsConstant(*argument); });
}

}  // namespace sanad
