// Functions on dates and times (SPARQL 1.1, section 17.4.5). The parts are also
// given for xsd:date and xsd:time, where the type has them.

#include <cstdio>

#include <absl/time/time.h>

#include "query/expression/function.h"
#include "storage/model/xsd_datetime.h"

namespace sanad {
namespace {

bool HasDate(DateTimeType type) {
  return type == DateTimeType::kDateTime || type == DateTimeType::kDate;
}
bool HasTime(DateTimeType type) {
  return type == DateTimeType::kDateTime || type == DateTimeType::kTime;
}

std::optional<DateTimeValue> DateTimeOf(FunctionContext& context, const Value& value) {
  return ToDateTime(value.AsTerm(context.query));
}

Value Now(FunctionContext& context, Arguments) {
  const std::string text =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", context.query.now(), absl::UTCTimeZone());
  return Value::Of(Term::Literal(text, DatatypeIri(DateTimeType::kDateTime)));
}

Value Year(FunctionContext& context, Arguments arguments) {
  const auto value = DateTimeOf(context, arguments[0]);
  if (!value || !(HasDate(value->type) || value->type == DateTimeType::kGYear ||
                  value->type == DateTimeType::kGYearMonth)) {
    return Value::Error();
  }
  return Value::Integer(value->year);
}

template <int DateTimeValue::*Member, bool (*Has)(DateTimeType)>
Value Part(FunctionContext& context, Arguments arguments) {
  const auto value = DateTimeOf(context, arguments[0]);
  if (!value || !Has(value->type)) return Value::Error();
  return Value::Integer((*value).*Member);
}

Value Seconds(FunctionContext& context, Arguments arguments) {
  const auto value = DateTimeOf(context, arguments[0]);
  if (!value || !HasTime(value->type)) return Value::Error();
  return Value::Of(Numeric::FromDecimal(value->second));
}

Value Timezone(FunctionContext& context, Arguments arguments) {
  const auto value = DateTimeOf(context, arguments[0]);
  if (!value) return Value::Error();
  const auto duration = TimezoneDuration(*value);
  return duration ? Value::Of(duration->ToTerm()) : Value::Error();
}

Value Tz(FunctionContext& context, Arguments arguments) {
  const auto value = DateTimeOf(context, arguments[0]);
  return value ? Value::String(value->TimezoneText()) : Value::Error();
}

constexpr Function kFunctions[] = {
    {"NOW", 0, 0, Now},
    {"YEAR", 1, 1, Year},
    {"MONTH", 1, 1, Part<&DateTimeValue::month, HasDate>},
    {"DAY", 1, 1, Part<&DateTimeValue::day, HasDate>},
    {"HOURS", 1, 1, Part<&DateTimeValue::hour, HasTime>},
    {"MINUTES", 1, 1, Part<&DateTimeValue::minute, HasTime>},
    {"SECONDS", 1, 1, Seconds},
    {"TIMEZONE", 1, 1, Timezone},
    {"TZ", 1, 1, Tz},
};

}  // namespace

std::span<const Function> DateTimeFunctions() { return kFunctions; }

}  // namespace sanad
