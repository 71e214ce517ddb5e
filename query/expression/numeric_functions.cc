// Functions on numbers (SPARQL 1.1, section 17.4.4). Results keep the argument's
// type, as in XPath.

#include "query/expression/function.h"

namespace sanad {
namespace {

template <Numeric (*Operation)(const Numeric&)>
Value Unary(FunctionContext& context, Arguments arguments) {
  const auto number = arguments[0].AsNumeric(context.query);
  return number ? Value::Of(Operation(*number)) : Value::Error();
}

Value Rand(FunctionContext& context, Arguments) {
  // 53 random bits: every double of [0, 1) on that grid is as likely.
  const double value = static_cast<double>(context.query.NextRandom() >> 11) * 0x1p-53;
  return Value::Of(Numeric::Double(value));
}

constexpr Function kFunctions[] = {
    {"ABS", 1, 1, Unary<Abs>},     {"ROUND", 1, 1, Unary<Round>}, {"CEIL", 1, 1, Unary<Ceil>},
    {"FLOOR", 1, 1, Unary<Floor>}, {"RAND", 0, 0, Rand, false},
};

}  // namespace

std::span<const Function> NumericFunctions() { return kFunctions; }

}  // namespace sanad
