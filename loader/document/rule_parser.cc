// The grammar of rule files (docs/extraction_rules.md) in PEGTL, and the actions
// that build the tree of rule_ast.h from it. Actions push what they read onto a
// small builder; no parse tree is kept. Patterns nest at most kMaxDepth deep, so
// hostile files cannot exhaust the stack.

#include "loader/document/rule_parser.h"

#include <charconv>
#include <string>
#include <utility>

#include <tao/pegtl.hpp>
#include "storage/model/text.h"

namespace sanad {
namespace {

namespace pegtl = tao::pegtl;

constexpr size_t kMaxDepth = 32;
constexpr uint32_t kMaxCount = 64;

// clang-format off
namespace grammar {
using namespace pegtl;  // NOLINT: the grammar reads like one.

struct Comment : seq<one<'#'>, until<eolf>> {};
struct Ws : star<sor<space, Comment>> {};
struct NameStart : sor<alpha, one<'_'>> {};
struct NameRest : sor<alnum, one<'_'>, seq<one<'-'>, at<alnum>>> {};
struct Name : seq<NameStart, star<NameRest>> {};
template <char... C> struct Keyword : seq<string<C...>, not_at<NameRest>, Ws> {};
template <char C> struct Mark : seq<one<C>, Ws> {};

struct StringBody : star<sor<seq<one<'\\'>, any>, not_one<'"', '\\', '\n'>>> {};
struct StringEnd : one<'"'> {};
struct String : if_must<one<'"'>, StringBody, StringEnd, Ws> {};
struct Integer : plus<digit> {};

struct ExpectName : Name {};
struct ExpectInteger : Integer {};

// Patterns.
struct Pattern;
struct Literal : String {};
struct SetName : Name {};
struct SetUse : if_must<one<'%'>, SetName, Ws> {};
struct Variable : Name {};
struct TypeName : Name {};
struct Types : list<TypeName, seq<Ws, one<'|'>, Ws>> {};
struct MentionBody : seq<one<'@'>, Variable, Ws, one<':'>, Ws, Types, Ws> {};
struct Mention : seq<at<one<'@'>>, must<MentionBody>> {};
struct ListMention : if_must<seq<string<'l','i','s','t'>, Ws, one<'('>>, Ws, MentionBody, Mark<')'>> {};
struct AtMention : if_must<seq<string<'a','t'>, Ws, one<'('>>, Ws, MentionBody, Mark<')'>> {};
struct TestName : Name {};
struct TestNot : one<'!'> {};
struct TestValue : String {};
struct Test : seq<opt<TestNot, Ws>, TestName, Ws, opt<one<'='>, Ws, TestValue>> {};
struct TestOpen : seq<one<'['>, Ws> {};
struct TestList : list<Test, seq<one<'&'>, Ws>> {};
struct Tests : if_must<TestOpen, TestList, Mark<']'>> {};
struct Low : Integer {};
struct High : Integer {};
struct Bounds : seq<one<'{'>, Ws, Low, Ws, one<','>, Ws, High, Ws, Mark<'}'>> {};
struct GapBounds : Bounds {};
struct Gap : if_must<string<'.','.'>, Ws, GapBounds> {};
struct Start : Mark<'^'> {};
struct End : Mark<'$'> {};
struct GroupOpen : seq<one<'('>, Ws> {};
struct GroupClose : Mark<')'> {};
struct Group : if_must<GroupOpen, Pattern, GroupClose> {};
struct Optional : Mark<'?'> {};
struct RepeatBounds : Bounds {};
struct Repeat : seq<at<one<'{'>>, must<RepeatBounds>> {};
struct BindName : Name {};
struct Bind : if_must<string<'=','>'>, Ws, BindName, Ws> {};
struct Primary : sor<Literal, SetUse, ListMention, AtMention, Mention, Tests, Gap, Start, End, Group> {};
struct Element : seq<Primary, star<sor<Optional, Repeat, Bind>>> {};
struct Alternative : Mark<'|'> {};
struct Sequence : plus<Element> {};
struct Pattern : list_must<Sequence, Alternative> {};

// Clauses.
struct MatchStart : sor<Keyword<'m','a','t','c','h'>, Keyword<'t','r','i','g','g','e','r'>> {};
struct Match : if_must<MatchStart, Pattern, Mark<';'>> {};

struct SideBefore : Keyword<'b','e','f','o','r','e'> {};
struct SideAfter : Keyword<'a','f','t','e','r'> {};
struct SideAny : Keyword<'a','n','y'> {};
struct Reach : seq<Integer> {};
struct UpTo : if_must<Keyword<'u','p'>, Keyword<'t','o'>, Reach, Ws> {};
struct Whole : Keyword<'s','e','n','t','e','n','c','e'> {};
struct PrepWord : String {};
struct PrepSet : Name {};
struct PrepItem : sor<PrepWord, seq<one<'%'>, PrepSet, Ws>> {};
struct PrepList : list<PrepItem, Mark<'|'>> {};
struct Prep : if_must<Keyword<'p','r','e','p'>, PrepList> {};
struct ExcludeWord : String {};
struct ExcludeSet : Name {};
struct ExcludeItem : sor<ExcludeWord, seq<one<'%'>, ExcludeSet, Ws>> {};
struct ExcludeList : list<ExcludeItem, Mark<'|'>> {};
struct Exclude : if_must<Keyword<'n','o','t'>, ExcludeList> {};
struct ArgOptional : Keyword<'o','p','t','i','o','n','a','l'> {};
struct FallbackName : Name {};
struct Fallback : if_must<Keyword<'o','r'>, FallbackName, Ws> {};
struct ArgOption : sor<SideBefore, SideAfter, SideAny, UpTo, Whole, Prep, Exclude, ArgOptional, Fallback> {};
struct ArgStart : Keyword<'a','r','g'> {};
struct ArgVariable : Name {};
struct ArgType : Name {};
struct ArgTypes : list<ArgType, seq<Ws, one<'|'>, Ws>> {};
struct ArgBody : seq<one<'@'>, ArgVariable, Ws, one<':'>, Ws, ArgTypes, Ws> {};
struct ArgListOpen : seq<string<'l','i','s','t'>, Ws, one<'('>, Ws> {};
struct ArgTarget : sor<if_must<ArgListOpen, ArgBody, Mark<')'>>, ArgBody> {};
struct Arg : if_must<ArgStart, ArgTarget, star<ArgOption>, Mark<';'>> {};

struct ConditionName : Name {};
struct ConditionArgument : sor<String, seq<opt<one<'@'>>, Name, Ws>> {};
struct ConditionBody : seq<ConditionName, Ws, Mark<'('>, opt<list<ConditionArgument, Mark<','>>>, Mark<')'>> {};
struct WhenStart : Keyword<'w','h','e','n'> {};
struct UnlessStart : Keyword<'u','n','l','e','s','s'> {};
struct ConditionList : list<ConditionBody, Mark<','>> {};
struct When : if_must<WhenStart, ConditionList, Mark<';'>> {};
struct Unless : if_must<UnlessStart, ConditionList, Mark<';'>> {};

struct MakeStart : Keyword<'m','a','k','e'> {};
struct MakeVariable : Name {};
struct MakeType : Name {};
struct MakeFrom : Name {};
struct MakeNew : Keyword<'n','e','w'> {};
struct Make : if_must<MakeStart, one<'@'>, MakeVariable, Ws, Mark<':'>, MakeType, Ws, Keyword<'f','r','o','m'>, MakeFrom, Ws, opt<MakeNew>, Mark<';'>> {};

struct SameFirst : Name {};
struct SameSecond : Name {};
struct Same : if_must<Keyword<'s','a','m','e'>, one<'@'>, SameFirst, Ws, one<'@'>, SameSecond, Ws, Mark<';'>> {};

struct TermVariable : Name {};
struct TermArgument : Name {};
struct SpanStart : seq<string<'s','p','a','n'>, Ws, Mark<'('>> {};
struct TextStart : seq<string<'t','e','x','t'>, Ws, Mark<'('>> {};
struct EndOfStart : seq<string<'e', 'n', 'd'>, Ws, Mark<'('>> {};
struct CountryStart : seq<string<'c','o','u','n','t','r','y'>, Ws, Mark<'('>> {};
struct TermArguments : list<seq<opt<one<'@'>>, TermArgument, Ws>, Mark<','>> {};
struct TermString : String {};
struct TermInteger : Integer {};
struct TermClass : Name {};
struct Term : sor<
    seq<one<'@'>, TermVariable, Ws>,
    if_must<SpanStart, TermArguments, Mark<')'>>,
    if_must<CountryStart, TermArguments, Mark<')'>>,
    if_must<TextStart, TermArguments, Mark<')'>>,
    if_must<EndOfStart, TermArguments, Mark<')'>>,
    TermString, seq<TermInteger, Ws>,
    if_must<string<'k','g',':'>, TermClass, Ws>> {};
struct SubjectTerm : Term {};
struct ObjectTerm : Term {};
struct Property : Name {};
struct StatusName : Name {};
struct NegatedOption : Keyword<'n','e','g','a','t','e','d'> {};
struct PlainOption : Keyword<'p','l','a','i','n'> {};
struct StatusOption : if_must<Keyword<'s','t','a','t','u','s'>, StatusName, Ws> {};
struct ByVariable : Name {};
struct ByOption : if_must<Keyword<'b','y'>, opt<one<'@'>>, ByVariable, Ws> {};
struct EmitStart : Keyword<'e','m','i','t'> {};
struct Emit : if_must<EmitStart, SubjectTerm, string<'k','g',':'>, Property, Ws, ObjectTerm, star<sor<NegatedOption, PlainOption, StatusOption, ByOption>>, Mark<';'>> {};

struct RuleName : Name {};
struct Priority : seq<Integer> {};
struct PriorityOption : if_must<Keyword<'p','r','i','o','r','i','t','y'>, Priority, Ws> {};
struct RuleLanguage : Name {};
struct LanguageOption : if_must<Keyword<'l','a','n','g'>, RuleLanguage, Ws> {};
struct RuleStart : Keyword<'r','u','l','e'> {};
struct RuleEnd : Mark<'}'> {};
struct Clause : sor<Match, Arg, When, Unless, Make, Same, Emit> {};
struct RuleDeclaration : if_must<RuleStart, RuleName, Ws, star<sor<PriorityOption, LanguageOption>>, Mark<'{'>, star<Clause>, RuleEnd> {};

struct PhaseName : Name {};
struct PhaseDeclaration : if_must<Keyword<'p','h','a','s','e'>, PhaseName, Ws, Mark<';'>> {};

struct SetStart : Keyword<'s','e','t'> {};
struct SetDeclName : Name {};
struct SetLanguage : Name {};
struct SetPhrase : String {};
struct SetEnd : Mark<'}'> {};
struct SetDeclaration : if_must<SetStart, SetDeclName, Ws, opt<if_must<Keyword<'l','a','n','g'>, SetLanguage, Ws>>, Mark<'{'>, star<SetPhrase>, SetEnd> {};

struct InferStart : Keyword<'i','n','f','e','r'> {};
struct InferName : Name {};
struct ClosureVariable : Name {};
struct ClosureProperty : Name {};
struct ClosureTriple : seq<Mark<'?'>, ClosureVariable, Ws, string<'k','g',':'>, ClosureProperty, Ws, Mark<'?'>, ClosureVariable, Ws> {};
struct Premise : seq<ClosureTriple> {};
struct Conclusion : seq<ClosureTriple> {};
struct PremiseList : list<Premise, Mark<'.'>> {};
struct Arrow : seq<string<'=','>'>, Ws> {};
struct Infer : if_must<InferStart, InferName, Ws, Mark<'{'>, PremiseList, opt<Mark<'.'>>, Arrow, Conclusion, opt<Mark<';'>>, Mark<'}'>> {};

struct Item : sor<PhaseDeclaration, SetDeclaration, RuleDeclaration, Infer> {};
struct EndOfFile : eof {};
struct File : must<Ws, star<Item>, EndOfFile> {};
}  // namespace grammar
// clang-format on

// What was expected where a rule of the grammar fails for good.
template <typename Rule>
constexpr const char* kExpected = "something else here";
// clang-format off
template <> inline constexpr const char* kExpected<grammar::EndOfFile> = "expected phase, set, rule or infer";
template <> inline constexpr const char* kExpected<grammar::StringEnd> = "expected the closing quotation mark";
template <> inline constexpr const char* kExpected<grammar::Pattern> = "expected a pattern: a \"word\", %set, @name:Type, [test], ..{a,b} or ( … )";
template <> inline constexpr const char* kExpected<grammar::Sequence> = "expected a pattern behind |";
template <> inline constexpr const char* kExpected<grammar::SetName> = "expected the name of a word set behind %";
template <> inline constexpr const char* kExpected<grammar::MentionBody> = "expected @name:Type";
template <> inline constexpr const char* kExpected<grammar::TestList> = "expected a test, as in [cap] or [pro=\"ب\"]";
template <> inline constexpr const char* kExpected<grammar::GapBounds> = "expected the bounds of the gap, as in ..{0,6}; a gap without bound is not allowed";
template <> inline constexpr const char* kExpected<grammar::RepeatBounds> = "expected bounds, as in {1,3}";
template <> inline constexpr const char* kExpected<grammar::BindName> = "expected a name behind =>";
template <> inline constexpr const char* kExpected<grammar::GroupClose> = "expected )";
template <> inline constexpr const char* kExpected<grammar::ArgTarget> = "expected @name : Type or list(@name : Type)";
template <> inline constexpr const char* kExpected<grammar::ArgBody> = "expected @name : Type";
template <> inline constexpr const char* kExpected<grammar::Reach> = "expected a number of tokens";
template <> inline constexpr const char* kExpected<grammar::PrepList> = "expected a \"word\" or %set";
template <> inline constexpr const char* kExpected<grammar::ExcludeList> = "expected a \"word\" or %set";
template <> inline constexpr const char* kExpected<grammar::FallbackName> = "expected the name of a fallback, as in \"or focus\"";
template <> inline constexpr const char* kExpected<grammar::ConditionList> = "expected a condition, as in negated(v)";
template <> inline constexpr const char* kExpected<grammar::SubjectTerm> = "expected a subject: @name, span(…), country(…)";
template <> inline constexpr const char* kExpected<grammar::ObjectTerm> = "expected an object: @name, span(…), country(…), \"text\", a number or kg:Class";
template <> inline constexpr const char* kExpected<grammar::Property> = "expected the name of a property behind kg:";
template <> inline constexpr const char* kExpected<pegtl::string<'k','g',':'>> = "expected kg: and the name of a property";
template <> inline constexpr const char* kExpected<grammar::StatusName> = "expected a status: planned, hoped, claimed, cancelled, postponed, asserted";
template <> inline constexpr const char* kExpected<grammar::RuleName> = "expected the rule's name";
template <> inline constexpr const char* kExpected<grammar::RuleEnd> = "expected match, arg, when, unless, make, same, emit or }";
template <> inline constexpr const char* kExpected<grammar::SetEnd> = "expected a \"word\" or }";
template <> inline constexpr const char* kExpected<grammar::Priority> = "expected a number";
template <> inline constexpr const char* kExpected<grammar::PremiseList> = "expected ?a kg:property ?b";
template <> inline constexpr const char* kExpected<grammar::Conclusion> = "expected ?a kg:property ?b behind =>";
template <> inline constexpr const char* kExpected<grammar::Arrow> = "expected . or =>";
template <> inline constexpr const char* kExpected<pegtl::one<'@'>> = "expected @name";
template <> inline constexpr const char* kExpected<grammar::Mark<';'>> = "expected ;";
template <> inline constexpr const char* kExpected<grammar::Mark<'{'>> = "expected {";
template <> inline constexpr const char* kExpected<grammar::Mark<'}'>> = "expected }";
template <> inline constexpr const char* kExpected<grammar::Mark<')'>> = "expected )";
template <> inline constexpr const char* kExpected<grammar::Mark<']'>> = "expected ]";
template <> inline constexpr const char* kExpected<grammar::Mark<':'>> = "expected :";
// clang-format on

template <typename Rule>
struct Control : pegtl::normal<Rule> {
  template <typename Input, typename... States>
  [[noreturn]] static void raise(const Input& in, States&&...) {
    throw pegtl::parse_error(kExpected<Rule>, in);
  }
};

// What the actions build on.
struct Builder {
  RuleFile file;
  std::string phase = "relation";
  Rule rule;
  bool has_match = false;
  WordSetDeclaration set;
  ClosureRule closure;
  std::vector<ClosurePattern> triples;
  std::vector<std::string> closure_parts;
  // A group being read is a list of alternatives, each a sequence.
  std::vector<std::vector<std::vector<Pattern>>> groups;
  std::string string;
  std::string variable;
  std::vector<std::string> types;
  TokenTest test;
  std::vector<TokenTest> tests;
  uint32_t low = 0;
  std::vector<std::string> condition_arguments;
  std::string condition_name;
  RulePosition condition_position;
  bool unless = false;
  RuleTerm term;
  EmitClause emit;

  void Add(Pattern pattern) { groups.back().back().push_back(std::move(pattern)); }
  Pattern& last() { return groups.back().back().back(); }
};

template <typename Input>
RulePosition At(const Input& in) {
  const auto p = in.position();
  return {static_cast<uint32_t>(p.line), static_cast<uint32_t>(p.column)};
}

template <typename Input>
uint32_t Number(const Input& in) {
  uint32_t value = 0;
  const std::string_view text(in.begin(), in.size());
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || value > 100000)
    throw pegtl::parse_error("the number is too large", in);
  return value;
}

template <typename Input>
uint32_t Count(const Input& in) {
  const uint32_t value = Number(in);
  if (value > kMaxCount) throw pegtl::parse_error("at most 64 are allowed", in);
  return value;
}

Pattern Collapse(std::vector<std::vector<Pattern>> alternatives) {
  std::vector<Pattern> choices;
  for (auto& sequence : alternatives) {
    if (sequence.size() == 1) {
      choices.push_back(std::move(sequence.front()));
      continue;
    }
    Pattern p;
    p.kind = PatternKind::kSequence;
    p.children = std::move(sequence);
    choices.push_back(std::move(p));
  }
  if (choices.size() == 1) return std::move(choices.front());
  Pattern p;
  p.kind = PatternKind::kChoice;
  p.children = std::move(choices);
  return p;
}

template <typename Rule>
struct Action : pegtl::nothing<Rule> {};

#define SANAD_RULE_ACTION(NAME)                     \
  template <>                                       \
  struct Action<grammar::NAME> {                    \
    template <typename Input>                       \
    static void apply(const Input& in, Builder& b); \
  };                                                \
  template <typename Input>                         \
  void Action<grammar::NAME>::apply([[maybe_unused]] const Input& in, [[maybe_unused]] Builder& b)

SANAD_RULE_ACTION(StringBody) {
  b.string.clear();
  const std::string_view raw(in.begin(), in.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && i + 1 < raw.size()) ++i;
    b.string.push_back(raw[i]);
  }
}

// Patterns.
SANAD_RULE_ACTION(Literal) {
  Pattern p;
  p.kind = PatternKind::kWord;
  p.text = b.string;
  p.position = At(in);
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(SetName) {
  Pattern p;
  p.kind = PatternKind::kSet;
  p.text = in.string();
  p.position = At(in);
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(Variable) {
  b.variable = in.string();
  b.types.clear();
}
SANAD_RULE_ACTION(TypeName) { b.types.push_back(in.string()); }
SANAD_RULE_ACTION(Mention) {
  Pattern p;
  p.kind = PatternKind::kMention;
  p.variable = b.variable;
  p.types = b.types;
  p.position = At(in);
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(ListMention) {
  Pattern p;
  p.kind = PatternKind::kMention;
  p.list = true;
  p.variable = b.variable;
  p.types = b.types;
  p.position = At(in);
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(AtMention) {
  Pattern p;
  p.kind = PatternKind::kMention;
  p.zero_width = true;
  p.variable = b.variable;
  p.types = b.types;
  p.position = At(in);
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(TestOpen) {
  b.tests.clear();
  b.test = {};
}
SANAD_RULE_ACTION(TestNot) { b.test.negated = true; }
SANAD_RULE_ACTION(TestName) {
  b.test.name = in.string();
  b.test.position = At(in);
}
SANAD_RULE_ACTION(TestValue) { b.test.value = b.string; }
SANAD_RULE_ACTION(Test) {
  b.tests.push_back(std::move(b.test));
  b.test = {};
}
SANAD_RULE_ACTION(Tests) {
  Pattern p;
  p.kind = PatternKind::kTest;
  p.tests = std::move(b.tests);
  p.position = At(in);
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(Low) { b.low = Count(in); }
SANAD_RULE_ACTION(High) {
  const uint32_t high = Count(in);
  if (high < b.low || high == 0) throw pegtl::parse_error("the upper bound is below the lower", in);
  Pattern p;  // Carries the bounds to GapBounds or RepeatBounds.
  p.kind = PatternKind::kGap;
  p.min = b.low;
  p.max = high;
  p.position = At(in);
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(RepeatBounds) {
  const Pattern bounds = std::move(b.last());
  b.groups.back().back().pop_back();
  Pattern p;
  p.kind = PatternKind::kRepeat;
  p.min = bounds.min;
  p.max = bounds.max;
  p.position = At(in);
  p.children.push_back(std::move(b.last()));
  b.last() = std::move(p);
}
SANAD_RULE_ACTION(Optional) {
  Pattern p;
  p.kind = PatternKind::kRepeat;
  p.min = 0;
  p.max = 1;
  p.position = At(in);
  p.children.push_back(std::move(b.last()));
  b.last() = std::move(p);
}
SANAD_RULE_ACTION(BindName) {
  Pattern p;
  p.kind = PatternKind::kSequence;
  p.variable = in.string();
  p.position = At(in);
  p.children.push_back(std::move(b.last()));
  b.last() = std::move(p);
}
SANAD_RULE_ACTION(Start) {
  Pattern p;
  p.kind = PatternKind::kStart;
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(End) {
  Pattern p;
  p.kind = PatternKind::kEnd;
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(GroupOpen) {
  if (b.groups.size() >= kMaxDepth) throw pegtl::parse_error("groups nest too deep", in);
  b.groups.emplace_back(1);
}
SANAD_RULE_ACTION(GroupClose) {
  Pattern p = Collapse(std::move(b.groups.back()));
  b.groups.pop_back();
  b.Add(std::move(p));
}
SANAD_RULE_ACTION(Alternative) { b.groups.back().emplace_back(); }

// Clauses.
SANAD_RULE_ACTION(MatchStart) {
  if (b.has_match) throw pegtl::parse_error("a rule has one match or trigger", in);
  b.groups.clear();
  b.groups.emplace_back(1);
}
SANAD_RULE_ACTION(Match) {
  b.rule.match = Collapse(std::move(b.groups.back()));
  b.groups.clear();
  b.has_match = true;
}
SANAD_RULE_ACTION(ArgStart) {
  b.rule.arguments.emplace_back();
  b.rule.arguments.back().position = At(in);
}
SANAD_RULE_ACTION(ArgListOpen) { b.rule.arguments.back().list = true; }
SANAD_RULE_ACTION(ArgVariable) { b.rule.arguments.back().variable = in.string(); }
SANAD_RULE_ACTION(ArgType) { b.rule.arguments.back().types.push_back(in.string()); }
SANAD_RULE_ACTION(SideBefore) { b.rule.arguments.back().side = ArgumentSide::kBefore; }
SANAD_RULE_ACTION(SideAfter) { b.rule.arguments.back().side = ArgumentSide::kAfter; }
SANAD_RULE_ACTION(SideAny) { b.rule.arguments.back().side = ArgumentSide::kAny; }
SANAD_RULE_ACTION(Reach) { b.rule.arguments.back().reach = Count(in); }
SANAD_RULE_ACTION(Whole) { b.rule.arguments.back().whole_sentence = true; }
SANAD_RULE_ACTION(PrepWord) { b.rule.arguments.back().prepositions.push_back(b.string); }
SANAD_RULE_ACTION(PrepSet) { b.rule.arguments.back().prepositions.push_back("%" + in.string()); }
SANAD_RULE_ACTION(ExcludeWord) { b.rule.arguments.back().exclude.push_back(b.string); }
SANAD_RULE_ACTION(ExcludeSet) { b.rule.arguments.back().exclude.push_back("%" + in.string()); }
SANAD_RULE_ACTION(ArgOptional) { b.rule.arguments.back().optional = true; }
SANAD_RULE_ACTION(FallbackName) { b.rule.arguments.back().fallback = in.string(); }

SANAD_RULE_ACTION(WhenStart) { b.unless = false; }
SANAD_RULE_ACTION(UnlessStart) { b.unless = true; }
SANAD_RULE_ACTION(ConditionName) {
  b.condition_name = in.string();
  b.condition_position = At(in);
  b.condition_arguments.clear();
}
SANAD_RULE_ACTION(ConditionArgument) {
  std::string_view text(in.begin(), in.size());
  if (text.front() == '"') {
    b.condition_arguments.push_back("\"" + b.string);
    return;
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t'))
    text.remove_suffix(1);
  if (text.front() == '@') text.remove_prefix(1);
  b.condition_arguments.emplace_back(text);
}
SANAD_RULE_ACTION(ConditionBody) {
  b.rule.conditions.push_back(
      {b.condition_name, b.condition_arguments, b.unless, b.condition_position});
}

SANAD_RULE_ACTION(MakeVariable) {
  b.rule.makes.emplace_back();
  b.rule.makes.back().variable = in.string();
  b.rule.makes.back().position = At(in);
}
SANAD_RULE_ACTION(MakeType) { b.rule.makes.back().type = in.string(); }
SANAD_RULE_ACTION(MakeFrom) { b.rule.makes.back().from = in.string(); }
SANAD_RULE_ACTION(MakeNew) { b.rule.makes.back().always_new = true; }
SANAD_RULE_ACTION(SameFirst) { b.rule.aliases.emplace_back(in.string(), ""); }
SANAD_RULE_ACTION(SameSecond) { b.rule.aliases.back().second = in.string(); }

SANAD_RULE_ACTION(TermVariable) { b.term = {RuleTermKind::kVariable, {in.string()}, "", At(in)}; }
SANAD_RULE_ACTION(SpanStart) { b.term = {RuleTermKind::kSpan, {}, "", At(in)}; }
SANAD_RULE_ACTION(EndOfStart) { b.term = {RuleTermKind::kEndOf, {}, "", At(in)}; }
SANAD_RULE_ACTION(TextStart) { b.term = {RuleTermKind::kText, {}, "", At(in)}; }
SANAD_RULE_ACTION(CountryStart) { b.term = {RuleTermKind::kCountry, {}, "", At(in)}; }
SANAD_RULE_ACTION(TermArgument) { b.term.variables.push_back(in.string()); }
SANAD_RULE_ACTION(TermString) { b.term = {RuleTermKind::kString, {}, b.string, At(in)}; }
SANAD_RULE_ACTION(TermInteger) { b.term = {RuleTermKind::kInteger, {}, in.string(), At(in)}; }
SANAD_RULE_ACTION(TermClass) { b.term = {RuleTermKind::kClass, {}, in.string(), At(in)}; }
SANAD_RULE_ACTION(EmitStart) {
  b.emit = {};
  b.emit.position = At(in);
}
SANAD_RULE_ACTION(SubjectTerm) { b.emit.subject = b.term; }
SANAD_RULE_ACTION(Property) {
  b.emit.property = in.string();
  b.emit.position = At(in);
}
SANAD_RULE_ACTION(ObjectTerm) { b.emit.object = b.term; }
SANAD_RULE_ACTION(NegatedOption) { b.emit.force_negated = true; }
SANAD_RULE_ACTION(PlainOption) { b.emit.plain = true; }
SANAD_RULE_ACTION(StatusName) { b.emit.status = in.string(); }
SANAD_RULE_ACTION(ByVariable) { b.emit.attributed_to = in.string(); }
SANAD_RULE_ACTION(Emit) { b.rule.emits.push_back(std::move(b.emit)); }

SANAD_RULE_ACTION(RuleName) {
  b.rule = {};
  b.has_match = false;
  b.rule.name = in.string();
  b.rule.phase = b.phase;
  b.rule.position = At(in);
}
SANAD_RULE_ACTION(Priority) { b.rule.priority = static_cast<int32_t>(Number(in)); }
SANAD_RULE_ACTION(RuleLanguage) { b.rule.language = in.string(); }
SANAD_RULE_ACTION(RuleEnd) {
  if (!b.has_match) throw pegtl::parse_error("the rule has no match", in);
  b.rule.file = b.file.name;
  b.file.rules.push_back(std::move(b.rule));
}
SANAD_RULE_ACTION(PhaseName) { b.phase = in.string(); }

SANAD_RULE_ACTION(SetDeclName) {
  b.set = {};
  b.set.name = in.string();
  b.set.position = At(in);
}
SANAD_RULE_ACTION(SetLanguage) { b.set.language = in.string(); }
SANAD_RULE_ACTION(SetPhrase) { b.set.phrases.push_back(b.string); }
SANAD_RULE_ACTION(SetEnd) { b.file.sets.push_back(std::move(b.set)); }

SANAD_RULE_ACTION(InferName) {
  b.closure = {};
  b.closure.name = in.string();
  b.closure.file = b.file.name;
  b.closure.position = At(in);
  b.triples.clear();
  b.closure_parts.clear();
}
SANAD_RULE_ACTION(ClosureVariable) { b.closure_parts.push_back(in.string()); }
SANAD_RULE_ACTION(ClosureProperty) { b.closure_parts.push_back(in.string()); }
SANAD_RULE_ACTION(ClosureTriple) {
  b.triples.push_back({b.closure_parts[0], b.closure_parts[1], b.closure_parts[2], At(in)});
  b.closure_parts.clear();
}
SANAD_RULE_ACTION(Infer) {
  b.closure.conclusion = std::move(b.triples.back());
  b.triples.pop_back();
  b.closure.premises = std::move(b.triples);
  b.file.closures.push_back(std::move(b.closure));
}

#undef SANAD_RULE_ACTION

}  // namespace

std::string RuleErrorMessage(std::string_view text, std::string_view file_name,
                             RulePosition position, std::string_view what) {
  size_t begin = 0;
  for (uint32_t line = 1; line < position.line; ++line) {
    const size_t next = text.find('\n', begin);
    if (next == std::string_view::npos) break;
    begin = next + 1;
  }
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.size() > 200) line = line.substr(0, 200);
  // PEGTL counts columns in bytes; the caret stands under the character.
  uint32_t column = 0;
  for (size_t i = 0; i + 1 < position.column && i < line.size(); ++i) {
    column += (static_cast<unsigned char>(line[i]) & 0xC0) != 0x80;
  }
  return Concat(file_name, ":", position.line, ":", column + 1, ": ", what, "\n  ", line, "\n  ",
                std::string(column, ' '), "^");
}

absl::StatusOr<RuleFile> ParseRules(std::string_view text, std::string_view file_name) {
  Builder builder;
  builder.file.name = std::string(file_name);
  pegtl::memory_input<> in(text.data(), text.data() + text.size(), std::string(file_name));
  try {
    pegtl::parse<grammar::File, Action, Control>(in, builder);
  } catch (const pegtl::parse_error& error) {
    const auto& where = error.positions().front();
    return MakeStatus(
        absl::StatusCode::kInvalidArgument,
        RuleErrorMessage(text, file_name,
                         {static_cast<uint32_t>(where.line), static_cast<uint32_t>(where.column)},
                         error.message()));
  }
  return std::move(builder.file);
}

}  // namespace sanad
