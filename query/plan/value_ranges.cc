// See value_ranges.h. The first condition that compares with a constant decides
// the family, numbers, dates or times; a second family would leave nothing, and is
// left to the filter.

#include "query/plan/value_ranges.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "storage/encoding/inline_value.h"
#include "storage/model/xsd_datetime.h"
#include "storage/model/xsd_number.h"

namespace sanad {
namespace {

using algebra::Expression;
using algebra::ExpressionType;

enum class Family { kNumber, kDate, kDateTime };

struct Constant {
  Family family = Family::kNumber;
  double value = 0;
  bool single = false;
};

std::optional<Constant> ConstantOf(const Term& term) {
  if (const auto number = ToNumeric(term)) {
    if (number->is_nan()) return std::nullopt;
    return Constant{Family::kNumber, number->ToDouble(), number->type == NumericType::kFloat};
  }
  const auto time = ToDateTime(term);
  if (!time) return std::nullopt;
  if (time->type != DateTimeType::kDate && time->type != DateTimeType::kDateTime) {
    return std::nullopt;
  }
  return Constant{time->type == DateTimeType::kDate ? Family::kDate : Family::kDateTime,
                  time->ToInstant().ToDouble(), false};
}

// The comparison with its operands swapped.
ExpressionType Mirrored(ExpressionType type) {
  switch (type) {
    case ExpressionType::kLess:
      return ExpressionType::kGreater;
    case ExpressionType::kLessOrEqual:
      return ExpressionType::kGreaterOrEqual;
    case ExpressionType::kGreater:
      return ExpressionType::kLess;
    case ExpressionType::kGreaterOrEqual:
      return ExpressionType::kLessOrEqual;
    default:
      return type;
  }
}

struct Interval {
  std::optional<Family> family;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool single = false;

  void Narrow(const Expression& condition, std::string_view variable) {
    if (condition.arguments.size() != 2) return;
    const Expression* left = condition.arguments[0].get();
    const Expression* right = condition.arguments[1].get();
    ExpressionType type = condition.type;
    if (left->type != ExpressionType::kVariable) {
      std::swap(left, right);
      type = Mirrored(type);
    }
    if (left->type != ExpressionType::kVariable || left->variable.name != variable ||
        right->type != ExpressionType::kTerm) {
      return;
    }
    const bool upper = type == ExpressionType::kLess || type == ExpressionType::kLessOrEqual;
    const bool lower = type == ExpressionType::kGreater || type == ExpressionType::kGreaterOrEqual;
    if (!upper && !lower && type != ExpressionType::kEqual) return;
    const auto constant = ConstantOf(right->term);
    if (!constant || (family && *family != constant->family)) return;
    family = constant->family;
    single = single || constant->single;
    if (!upper) low = std::max(low, constant->value);
    if (!lower) high = std::min(high, constant->value);
  }
};

}  // namespace

std::vector<IdRange> ValueRanges(const std::vector<const Expression*>& conditions,
                                 std::string_view variable) {
  Interval interval;
  for (const Expression* condition : conditions) interval.Narrow(*condition, variable);
  if (!interval.family) return {};
  // What is not inlined may have any value.
  constexpr auto kTyped = TermKind::kTypedLiteral;
  std::vector<IdRange> ranges = {{TermId(kTyped, 0), TermId(kTyped, TermId::kPayloadMask)}};
  const auto add = [&](TermKind kind) {
    const auto [low, high] = InlineIdsBetween(kind, interval.low, interval.high, interval.single);
    if (low <= high) ranges.push_back({low, high});
  };
  switch (*interval.family) {
    case Family::kNumber:
      for (const TermKind kind :
           {TermKind::kInteger, TermKind::kDecimal, TermKind::kDouble, TermKind::kFloat}) {
        add(kind);
      }
      break;
    case Family::kDate:
      add(TermKind::kDate);
      break;
    case Family::kDateTime:
      add(TermKind::kDateTime);
      break;
  }
  return ranges;
}

}  // namespace sanad
