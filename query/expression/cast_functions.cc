// Constructor functions (SPARQL 1.1, section 17.5): casts named by the datatype's
// IRI, with the casting table of XPath Functions and Operators.

#include <algorithm>

#include "query/expression/function.h"
#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_datetime.h"
#include "storage/model/xsd_number.h"

namespace sanad {
namespace {

// The text a string or IRI is cast from; nullopt for other terms.
std::optional<std::string_view> SourceText(const Term& term) {
  if (!IsSimpleLiteral(term)) return std::nullopt;
  return TrimXmlSpace(term.value());
}

std::optional<bool> BooleanOf(const Value& value, QueryContext& context) {
  if (value.type() == Value::Type::kBoolean) return value.boolean();
  const Term& term = value.AsTerm(context);
  if (term.is_literal() && term.datatype() == SANAD_XSD_NS "boolean") {
    return ParseBoolean(term.value());
  }
  return std::nullopt;
}

Value ToString(FunctionContext& context, Arguments arguments) {
  if (auto number = arguments[0].AsNumeric(context.query)) {
    // A stored literal keeps its own lexical form only where it is canonical.
    return Value::String(number->ToXPathString());
  }
  const Term& term = arguments[0].AsTerm(context.query);
  if (term.is_blank_node()) return Value::Error();
  if (auto boolean = BooleanOf(arguments[0], context.query)) {
    return Value::String(*boolean ? "true" : "false");
  }
  return Value::String(term.value());
}

Value ToBoolean(FunctionContext& context, Arguments arguments) {
  if (auto boolean = BooleanOf(arguments[0], context.query)) return Value::Boolean(*boolean);
  if (auto number = arguments[0].AsNumeric(context.query)) {
    if (number->is_exact()) return Value::Boolean(!number->decimal.is_zero());
    return Value::Boolean(!number->is_nan() && number->real != 0);
  }
  const auto text = SourceText(arguments[0].AsTerm(context.query));
  return text ? Value::Boolean(ParseBoolean(*text)) : Value::Error();
}

Value ToNumber(FunctionContext& context, Arguments arguments) {
  const NumericType type = *NumericTypeOf(context.iri);
  if (auto number = arguments[0].AsNumeric(context.query)) {
    return Value::Of(Cast(*number, type));
  }
  if (auto boolean = BooleanOf(arguments[0], context.query)) {
    return Value::Of(Cast(Numeric::Integer(*boolean ? 1 : 0), type));
  }
  const auto text = SourceText(arguments[0].AsTerm(context.query));
  return text ? Value::Of(ParseNumeric(*text, context.iri)) : Value::Error();
}

// A type derived from xsd:integer: cast to integer, then checked by its range.
Value ToDerivedInteger(FunctionContext& context, Arguments arguments) {
  const Value integer = ToNumber(context, arguments);
  if (integer.is_error()) return integer;
  Term term = Term::Literal(integer.numeric().ToLexical(), context.iri);
  return ToNumeric(term) ? Value::Of(std::move(term)) : Value::Error();
}

Value ToDateTimeType(FunctionContext& context, Arguments arguments) {
  const DateTimeType type = *DateTimeTypeOf(context.iri);
  const Term& term = arguments[0].AsTerm(context.query);
  if (auto value = ToDateTime(term)) {
    if (value->type == type) return arguments[0];
    const auto cast = Cast(*value, type);
    return cast ? Value::Of(cast->ToTerm()) : Value::Error();
  }
  const auto text = SourceText(term);
  if (!text || !ParseDateTime(*text, type)) return Value::Error();
  return Value::Of(Term::Literal(*text, context.iri));
}

Value ToDurationType(FunctionContext& context, Arguments arguments) {
  const DurationType type = *DurationTypeOf(context.iri);
  const Term& term = arguments[0].AsTerm(context.query);
  if (auto value = ToDuration(term)) {
    value->type = type;
    if (type == DurationType::kYearMonthDuration) value->seconds = Decimal();
    if (type == DurationType::kDayTimeDuration) value->months = 0;
    return Value::Of(value->ToTerm());
  }
  const auto text = SourceText(term);
  if (!text || !ParseDuration(*text, type)) return Value::Error();
  return Value::Of(Term::Literal(*text, context.iri));
}

constexpr Function kFunctions[] = {
    {SANAD_XSD_NS "string", 1, 1, ToString},
    {SANAD_XSD_NS "boolean", 1, 1, ToBoolean},
    {SANAD_XSD_NS "integer", 1, 1, ToNumber},
    {SANAD_XSD_NS "decimal", 1, 1, ToNumber},
    {SANAD_XSD_NS "float", 1, 1, ToNumber},
    {SANAD_XSD_NS "double", 1, 1, ToNumber},
    {SANAD_XSD_NS "byte", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "short", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "int", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "long", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "unsignedByte", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "unsignedShort", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "unsignedInt", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "unsignedLong", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "nonNegativeInteger", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "positiveInteger", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "nonPositiveInteger", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "negativeInteger", 1, 1, ToDerivedInteger},
    {SANAD_XSD_NS "dateTime", 1, 1, ToDateTimeType},
    {SANAD_XSD_NS "date", 1, 1, ToDateTimeType},
    {SANAD_XSD_NS "time", 1, 1, ToDateTimeType},
    {SANAD_XSD_NS "gYear", 1, 1, ToDateTimeType},
    {SANAD_XSD_NS "gYearMonth", 1, 1, ToDateTimeType},
    {SANAD_XSD_NS "gMonth", 1, 1, ToDateTimeType},
    {SANAD_XSD_NS "gMonthDay", 1, 1, ToDateTimeType},
    {SANAD_XSD_NS "gDay", 1, 1, ToDateTimeType},
    {SANAD_XSD_NS "duration", 1, 1, ToDurationType},
    {SANAD_XSD_NS "yearMonthDuration", 1, 1, ToDurationType},
    {SANAD_XSD_NS "dayTimeDuration", 1, 1, ToDurationType},
};

}  // namespace

std::span<const Function> CastFunctions() { return kFunctions; }

}  // namespace sanad
