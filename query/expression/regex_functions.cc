// REGEX and REPLACE (SPARQL 1.1, sections 17.4.3.14 and 15) over RE2.

#include <re2/re2.h>

#include "query/expression/function.h"
#include "query/expression/xpath_regex.h"

namespace sanad {
namespace {

struct Call {
  const Term* text = nullptr;
  std::shared_ptr<const re2::RE2> regex;
  std::string_view flags;
};

// The text, pattern and flags; a null regex where one is not a string of the
// right kind or the pattern is not valid.
Call CallOf(FunctionContext& context, Arguments arguments, size_t flags_at) {
  Call call;
  const Term& text = arguments[0].AsTerm(context.query);
  const Term& pattern = arguments[1].AsTerm(context.query);
  if (!IsStringLiteral(text) || !IsSimpleLiteral(pattern)) return call;
  if (arguments.size() > flags_at) {
    const Term& flags = arguments[flags_at].AsTerm(context.query);
    if (!IsSimpleLiteral(flags)) return call;
    call.flags = flags.value();
  }
  call.text = &text;
  call.regex = CompileXPathRegex(pattern.value(), call.flags);
  return call;
}

Value Regex(FunctionContext& context, Arguments arguments) {
  const Call call = CallOf(context, arguments, 2);
  if (call.regex == nullptr) return Value::Error();
  return Value::Boolean(re2::RE2::PartialMatch(call.text->value(), *call.regex));
}

Value Replace(FunctionContext& context, Arguments arguments) {
  const Call call = CallOf(context, arguments, 3);
  if (call.regex == nullptr) return Value::Error();
  const Term& replacement = arguments[2].AsTerm(context.query);
  // fn:replace refuses a pattern that matches the empty string.
  if (!IsSimpleLiteral(replacement) || re2::RE2::PartialMatch("", *call.regex)) {
    return Value::Error();
  }
  const bool literal = call.flags.find('q') != std::string_view::npos;
  const auto rewrite = TranslateXPathReplacement(replacement.value(),
                                                 call.regex->NumberOfCapturingGroups(), literal);
  if (!rewrite) return Value::Error();
  std::string out = call.text->value();
  re2::RE2::GlobalReplace(&out, *call.regex, *rewrite);
  if (call.text->language().empty()) return Value::String(out);
  return Value::Of(Term::LangString(out, call.text->language()));
}

constexpr Function kFunctions[] = {
    {"REGEX", 2, 3, Regex},
    {"REPLACE", 3, 4, Replace},
};

}  // namespace

std::span<const Function> RegexFunctions() { return kFunctions; }

}  // namespace sanad
