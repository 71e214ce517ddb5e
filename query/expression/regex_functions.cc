// REGEX and REPLACE (SPARQL 1.1, sections 17.4.3.14 and 15) over RE2.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

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

// The matches one after another, each replaced; nullopt where the result is larger
// than the query may hold, or the query has ended.
std::optional<std::string> ReplaceAll(QueryContext& query, std::string_view text,
                                      const re2::RE2& regex,
                                      const std::vector<ReplacementPiece>& pieces) {
  int last_group = 0;
  for (const ReplacementPiece& piece : pieces) last_group = std::max(last_group, piece.group);
  std::vector<re2::StringPiece> groups(static_cast<size_t>(last_group) + 1);
  const re2::StringPiece whole(text.data(), text.size());
  std::string out;
  size_t at = 0;
  for (uint64_t matches = 1; at < text.size(); ++matches) {
    if (!regex.Match(whole, at, text.size(), re2::RE2::UNANCHORED, groups.data(), last_group + 1) ||
        groups[0].empty()) {
      break;
    }
    const auto begin = static_cast<size_t>(groups[0].data() - text.data());
    out += text.substr(at, begin - at);
    for (const ReplacementPiece& piece : pieces) {
      if (piece.group < 0) {
        out += piece.text;
      } else {
        const re2::StringPiece& group = groups[static_cast<size_t>(piece.group)];
        out.append(group.data(), group.size());
      }
    }
    at = begin + groups[0].size();
    if (!MayHold(query, out.size()) || (matches % 256 == 0 && query.Interrupted())) {
      return std::nullopt;
    }
  }
  return out.append(text.substr(at));
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
  const auto pieces =
      ParseXPathReplacement(replacement.value(), call.regex->NumberOfCapturingGroups(), literal);
  if (!pieces) return Value::Error();
  const auto out = ReplaceAll(context.query, call.text->value(), *call.regex, *pieces);
  if (!out) return Value::Error();
  if (call.text->language().empty()) return Value::String(*out);
  return Value::Of(Term::LangString(*out, call.text->language()));
}

constexpr Function kFunctions[] = {
    {"REGEX", 2, 3, Regex},
    {"REPLACE", 3, 4, Replace},
};

}  // namespace

std::span<const Function> RegexFunctions() { return kFunctions; }

}  // namespace sanad
