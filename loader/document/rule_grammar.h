// The grammar of rule files (docs/extraction_rules.md) in PEGTL, and what each of
// its rules expects where it fails for good. The actions are rule_parser.cc's.

#ifndef SANAD_LOADER_DOCUMENT_RULE_GRAMMAR_H_
#define SANAD_LOADER_DOCUMENT_RULE_GRAMMAR_H_

#include <tao/pegtl.hpp>

namespace sanad {

// clang-format off
namespace rule_grammar {
using namespace tao::pegtl;  // NOLINT: the grammar reads like one.

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
struct ShapeUseName : Name {};
struct ShapeUse : if_must<one<'&'>, ShapeUseName, Ws> {};
struct Primary : sor<Literal, SetUse, ShapeUse, ListMention, AtMention, Mention, Tests, Gap, Start, End, Group> {};
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
struct StateStart : seq<string<'s','t','a','t','e'>, Ws, Mark<'('>> {};
struct TermArguments : list<seq<opt<one<'@'>>, TermArgument, Ws>, Mark<','>> {};
struct TermString : String {};
struct TermInteger : Integer {};
struct TermClass : Name {};
struct Term : sor<
    seq<one<'@'>, TermVariable, Ws>,
    if_must<SpanStart, TermArguments, Mark<')'>>,
    if_must<CountryStart, TermArguments, Mark<')'>>,
    if_must<StateStart, TermArguments, Mark<')'>>,
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

struct ShapeStart : Keyword<'s','h','a','p','e'> {};
struct ShapeName : Name {};
struct ShapeDeclaration : if_must<ShapeStart, ShapeName, Ws, Mark<'{'>, Pattern, Mark<'}'>> {};

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

struct Item : sor<PhaseDeclaration, SetDeclaration, ShapeDeclaration, RuleDeclaration, Infer> {};
struct EndOfFile : eof {};
struct File : must<Ws, star<Item>, EndOfFile> {};
}  // namespace rule_grammar
// clang-format on

// What was expected where a rule of the grammar fails for good.
template <typename Rule>
inline constexpr const char* kExpected = "something else here";
// clang-format off
template <> inline constexpr const char* kExpected<rule_grammar::EndOfFile> = "expected phase, set, shape, rule or infer";
template <> inline constexpr const char* kExpected<rule_grammar::StringEnd> = "expected the closing quotation mark";
template <> inline constexpr const char* kExpected<rule_grammar::Pattern> = "expected a pattern: a \"word\", %set, &shape, @name:Type, [test], ..{a,b} or ( … )";
template <> inline constexpr const char* kExpected<rule_grammar::Sequence> = "expected a pattern behind |";
template <> inline constexpr const char* kExpected<rule_grammar::SetName> = "expected the name of a word set behind %";
template <> inline constexpr const char* kExpected<rule_grammar::MentionBody> = "expected @name:Type";
template <> inline constexpr const char* kExpected<rule_grammar::ShapeUseName> = "expected the name of a shape behind &";
template <> inline constexpr const char* kExpected<rule_grammar::ShapeName> = "expected the shape's name";
template <> inline constexpr const char* kExpected<rule_grammar::TestList> = "expected a test, as in [cap] or [in=\"title\"]";
template <> inline constexpr const char* kExpected<rule_grammar::GapBounds> = "expected the bounds of the gap, as in ..{0,6}; a gap without bound is not allowed";
template <> inline constexpr const char* kExpected<rule_grammar::RepeatBounds> = "expected bounds, as in {1,3}";
template <> inline constexpr const char* kExpected<rule_grammar::BindName> = "expected a name behind =>";
template <> inline constexpr const char* kExpected<rule_grammar::GroupClose> = "expected )";
template <> inline constexpr const char* kExpected<rule_grammar::ArgTarget> = "expected @name : Type or list(@name : Type)";
template <> inline constexpr const char* kExpected<rule_grammar::ArgBody> = "expected @name : Type";
template <> inline constexpr const char* kExpected<rule_grammar::Reach> = "expected a number of tokens";
template <> inline constexpr const char* kExpected<rule_grammar::PrepList> = "expected a \"word\" or %set";
template <> inline constexpr const char* kExpected<rule_grammar::ExcludeList> = "expected a \"word\" or %set";
template <> inline constexpr const char* kExpected<rule_grammar::FallbackName> = "expected the name of a fallback, as in \"or focus\"";
template <> inline constexpr const char* kExpected<rule_grammar::ConditionList> = "expected a condition, as in negated(v)";
template <> inline constexpr const char* kExpected<rule_grammar::SubjectTerm> = "expected a subject: @name, span(…), country(…)";
template <> inline constexpr const char* kExpected<rule_grammar::ObjectTerm> = "expected an object: @name, span(…), country(…), \"text\", a number or kg:Class";
template <> inline constexpr const char* kExpected<rule_grammar::Property> = "expected the name of a property behind kg:";
template <> inline constexpr const char* kExpected<tao::pegtl::string<'k','g',':'>> = "expected kg: and the name of a property";
template <> inline constexpr const char* kExpected<rule_grammar::StatusName> = "expected a status: planned, hoped, claimed, cancelled, postponed, asserted";
template <> inline constexpr const char* kExpected<rule_grammar::RuleName> = "expected the rule's name";
template <> inline constexpr const char* kExpected<rule_grammar::RuleEnd> = "expected match, arg, when, unless, make, same, emit or }";
template <> inline constexpr const char* kExpected<rule_grammar::SetEnd> = "expected a \"word\" or }";
template <> inline constexpr const char* kExpected<rule_grammar::Priority> = "expected a number";
template <> inline constexpr const char* kExpected<rule_grammar::PremiseList> = "expected ?a kg:property ?b";
template <> inline constexpr const char* kExpected<rule_grammar::Conclusion> = "expected ?a kg:property ?b behind =>";
template <> inline constexpr const char* kExpected<rule_grammar::Arrow> = "expected . or =>";
template <> inline constexpr const char* kExpected<tao::pegtl::one<'@'>> = "expected @name";
template <> inline constexpr const char* kExpected<rule_grammar::Mark<';'>> = "expected ;";
template <> inline constexpr const char* kExpected<rule_grammar::Mark<'{'>> = "expected {";
template <> inline constexpr const char* kExpected<rule_grammar::Mark<'}'>> = "expected }";
template <> inline constexpr const char* kExpected<rule_grammar::Mark<')'>> = "expected )";
template <> inline constexpr const char* kExpected<rule_grammar::Mark<']'>> = "expected ]";
template <> inline constexpr const char* kExpected<rule_grammar::Mark<':'>> = "expected :";
// clang-format on

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_RULE_GRAMMAR_H_
