// Functions on strings (SPARQL 1.1, section 17.4.3, but REGEX and REPLACE).
// Lengths and positions count Unicode code points. Where two strings take part
// their language tags must be compatible (section 17.4.3.1.2).

#include <cmath>
#include <optional>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "query/expression/function.h"
#include "storage/model/lexical.h"

namespace sanad {
namespace {

// A literal with the text of its own and the language of `like`.
Value Like(const Term& like, std::string_view text) {
  if (like.language().empty()) return Value::String(text);
  return Value::Of(Term::LangString(text, like.language()));
}

const Term* StringOf(FunctionContext& context, const Value& value) {
  const Term& term = value.AsTerm(context.query);
  return IsStringLiteral(term) ? &term : nullptr;
}

// The two strings, or nulls where one is no string or their tags differ.
struct StringPair {
  const Term* first = nullptr;
  const Term* second = nullptr;
};
std::optional<StringPair> Compatible(FunctionContext& context, Arguments arguments) {
  const Term* first = StringOf(context, arguments[0]);
  const Term* second = StringOf(context, arguments[1]);
  if (first == nullptr || second == nullptr) return std::nullopt;
  if (!second->language().empty() && !EqualsIgnoringCase(first->language(), second->language())) {
    return std::nullopt;
  }
  return StringPair{first, second};
}

size_t CountCodePoints(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

Value Strlen(FunctionContext& context, Arguments arguments) {
  const Term* text = StringOf(context, arguments[0]);
  if (text == nullptr) return Value::Error();
  return Value::Integer(static_cast<int64_t>(CountCodePoints(text->value())));
}

double RoundHalfUp(double value) { return std::floor(value + 0.5); }

// fn:substring: the characters at positions p, 1-based, with
// round(start) <= p < round(start) + round(length).
Value Substr(FunctionContext& context, Arguments arguments) {
  const Term* text = StringOf(context, arguments[0]);
  const auto start = arguments[1].AsNumeric(context.query);
  if (text == nullptr || !start) return Value::Error();
  const double first = RoundHalfUp(start->ToDouble());
  double end = INFINITY;
  if (arguments.size() == 3) {
    const auto length = arguments[2].AsNumeric(context.query);
    if (!length) return Value::Error();
    end = first + RoundHalfUp(length->ToDouble());
  }
  std::string out;
  double position = 0;
  const std::string& source = text->value();
  for (size_t i = 0; i < source.size(); ++i) {
    if ((static_cast<unsigned char>(source[i]) & 0xC0) != 0x80) position += 1;
    if (!(position < end)) break;             // Also where the end is NaN: -INF + INF.
    if (position >= first) out += source[i];  // False for NaN.
  }
  return Like(*text, out);
}

Value ChangeCase(FunctionContext& context, Arguments arguments, bool upper) {
  const Term* text = StringOf(context, arguments[0]);
  if (text == nullptr) return Value::Error();
  icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(text->value());
  if (upper) {
    unicode.toUpper(icu::Locale::getRoot());
  } else {
    unicode.toLower(icu::Locale::getRoot());
  }
  std::string out;
  unicode.toUTF8String(out);
  return Like(*text, out);
}
Value Ucase(FunctionContext& context, Arguments arguments) {
  return ChangeCase(context, arguments, true);
}
Value Lcase(FunctionContext& context, Arguments arguments) {
  return ChangeCase(context, arguments, false);
}

Value StrStarts(FunctionContext& context, Arguments arguments) {
  const auto pair = Compatible(context, arguments);
  if (!pair) return Value::Error();
  return Value::Boolean(pair->first->value().starts_with(pair->second->value()));
}
Value StrEnds(FunctionContext& context, Arguments arguments) {
  const auto pair = Compatible(context, arguments);
  if (!pair) return Value::Error();
  return Value::Boolean(pair->first->value().ends_with(pair->second->value()));
}
Value Contains(FunctionContext& context, Arguments arguments) {
  const auto pair = Compatible(context, arguments);
  if (!pair) return Value::Error();
  return Value::Boolean(pair->first->value().find(pair->second->value()) != std::string::npos);
}

Value StrBefore(FunctionContext& context, Arguments arguments) {
  const auto pair = Compatible(context, arguments);
  if (!pair) return Value::Error();
  const size_t at = pair->first->value().find(pair->second->value());
  if (at == std::string::npos) return Value::String("");
  return Like(*pair->first, std::string_view(pair->first->value()).substr(0, at));
}
Value StrAfter(FunctionContext& context, Arguments arguments) {
  const auto pair = Compatible(context, arguments);
  if (!pair) return Value::Error();
  const size_t at = pair->first->value().find(pair->second->value());
  if (at == std::string::npos) return Value::String("");
  return Like(*pair->first,
              std::string_view(pair->first->value()).substr(at + pair->second->value().size()));
}

Value EncodeForUri(FunctionContext& context, Arguments arguments) {
  const Term* text = StringOf(context, arguments[0]);
  if (text == nullptr) return Value::Error();
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (char c : text->value()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                            (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
                            byte == '.' || byte == '~';
    if (unreserved) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return Value::String(out);
}

// The language is kept when every argument has the same.
Value ConcatStrings(FunctionContext& context, Arguments arguments) {
  std::string out;
  std::string language;
  bool same = true;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Term* text = StringOf(context, arguments[i]);
    if (text == nullptr) return Value::Error();
    out += text->value();
    if (i == 0) language = text->language();
    same = same && EqualsIgnoringCase(text->language(), language);
    if (!MayHold(context.query, out.size())) return Value::Error();
  }
  if (same && !language.empty()) return Value::Of(Term::LangString(out, language));
  return Value::String(out);
}

// RFC 4647 section 3.3.1, basic filtering.
Value LangMatches(FunctionContext& context, Arguments arguments) {
  const Term& tag = arguments[0].AsTerm(context.query);
  const Term& range = arguments[1].AsTerm(context.query);
  if (!IsSimpleLiteral(tag) || !IsSimpleLiteral(range)) return Value::Error();
  if (range.value() == "*") return Value::Boolean(!tag.value().empty());
  const std::string_view text = tag.value();
  const size_t size = range.value().size();
  if (text.size() < size || !EqualsIgnoringCase(text.substr(0, size), range.value())) {
    return Value::Boolean(false);
  }
  return Value::Boolean(text.size() == size || (size > 0 && text[size] == '-'));
}

constexpr Function kFunctions[] = {
    {"STRLEN", 1, 1, Strlen},         {"SUBSTR", 2, 3, Substr},
    {"UCASE", 1, 1, Ucase},           {"LCASE", 1, 1, Lcase},
    {"STRSTARTS", 2, 2, StrStarts},   {"STRENDS", 2, 2, StrEnds},
    {"CONTAINS", 2, 2, Contains},     {"STRBEFORE", 2, 2, StrBefore},
    {"STRAFTER", 2, 2, StrAfter},     {"ENCODE_FOR_URI", 1, 1, EncodeForUri},
    {"CONCAT", 0, -1, ConcatStrings}, {"LANGMATCHES", 2, 2, LangMatches},
};

}  // namespace

std::span<const Function> StringFunctions() { return kFunctions; }

}  // namespace sanad
