// Numbers first; the date and duration operators only for what is left.

#include "query/expression/arithmetic.h"

#include "storage/model/xsd_datetime.h"

namespace sanad {
namespace {

using algebra::ExpressionType;

template <typename T>
Value FromTerm(const std::optional<T>& value) {
  return value ? Value::Of(value->ToTerm()) : Value::Error();
}

Value OnDates(ExpressionType type, const Term& a, const Term& b) {
  const auto date = ToDateTime(a);
  const auto duration = ToDuration(b);
  if (date && duration) {
    if (type == ExpressionType::kAdd) return FromTerm(Add(*date, *duration));
    if (type == ExpressionType::kSubtract) return FromTerm(Add(*date, Negate(*duration)));
    return Value::Error();
  }
  if (date && type == ExpressionType::kSubtract) {
    const auto other = ToDateTime(b);
    return other ? FromTerm(Subtract(*date, *other)) : Value::Error();
  }
  const auto left = ToDuration(a);
  if (!left) return Value::Error();
  if (duration && type == ExpressionType::kAdd) return FromTerm(Add(*left, *duration));
  if (duration && type == ExpressionType::kSubtract) return FromTerm(Subtract(*left, *duration));
  if (type == ExpressionType::kAdd) {
    const auto other = ToDateTime(b);
    return other ? FromTerm(Add(*other, *left)) : Value::Error();
  }
  const auto factor = ToNumeric(b);
  if (!factor) return Value::Error();
  if (type == ExpressionType::kMultiply) return FromTerm(Multiply(*left, *factor));
  if (type == ExpressionType::kDivide) return FromTerm(Divide(*left, *factor));
  return Value::Error();
}

}  // namespace

Value Arithmetic(ExpressionType type, const Value& a, const Value& b, QueryContext& context) {
  if (a.is_error() || b.is_error()) return Value::Error();
  const auto x = a.AsNumeric(context);
  const auto y = b.AsNumeric(context);
  if (!x || !y) return OnDates(type, a.AsTerm(context), b.AsTerm(context));
  switch (type) {
    case ExpressionType::kAdd:
      return Value::Of(Add(*x, *y));
    case ExpressionType::kSubtract:
      return Value::Of(Subtract(*x, *y));
    case ExpressionType::kMultiply:
      return Value::Of(Multiply(*x, *y));
    default:
      return Value::Of(Divide(*x, *y));
  }
}

}  // namespace sanad
