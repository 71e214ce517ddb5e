// The actions that build the tree of rule_ast.h while rule_grammar.h reads a file.
// Actions push what they read onto a small builder; no parse tree is kept. Shapes
// are put in where they are used. Patterns nest at most kMaxDepth deep and hold at
// most kMaxNodes nodes, so hostile files cannot exhaust stack or memory.

#include "loader/document/rule_parser.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <utility>

#include "loader/document/rule_grammar.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

namespace pegtl = tao::pegtl;
namespace grammar = rule_grammar;

constexpr size_t kMaxDepth = 32;    // Of groups.
constexpr uint32_t kMaxTree = 128;  // Of patterns: groups, shapes, repetitions and bindings.
constexpr uint32_t kMaxCount = 64;
constexpr size_t kMaxNodes = 20'000;

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

  // Shapes read so far; nodes: those of all patterns read.
  struct Shape {
    Pattern pattern;
    size_t nodes = 0;
  };
  std::map<std::string, Shape> shapes;
  std::string shape;
  size_t nodes = 0, nodes_before = 0;

  void Add(Pattern pattern) {
    ++nodes;
    groups.back().back().push_back(std::move(pattern));
  }
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

// `inner` below `outer`.
template <typename Input>
void Wrap(Pattern outer, Pattern& inner, const Input& in) {
  outer.depth = inner.depth + 1;
  if (outer.depth > kMaxTree) throw pegtl::parse_error("patterns nest too deep", in);
  outer.children.push_back(std::move(inner));
  inner = std::move(outer);
}

uint32_t Deepest(const std::vector<Pattern>& patterns) {
  uint32_t depth = 0;
  for (const Pattern& p : patterns) depth = std::max(depth, p.depth);
  return depth;
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
    p.depth = Deepest(sequence) + 1;
    p.children = std::move(sequence);
    choices.push_back(std::move(p));
  }
  if (choices.size() == 1) return std::move(choices.front());
  Pattern p;
  p.kind = PatternKind::kChoice;
  p.depth = Deepest(choices) + 1;
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
SANAD_RULE_ACTION(ShapeUseName) {
  const auto it = b.shapes.find(in.string());
  if (it == b.shapes.end()) throw pegtl::parse_error("no shape of this name stands above", in);
  b.nodes += it->second.nodes;
  if (b.nodes > kMaxNodes) throw pegtl::parse_error("the file's patterns are too large", in);
  if (it->second.pattern.depth + b.groups.size() * 2 > kMaxTree)
    throw pegtl::parse_error("patterns nest too deep", in);
  b.Add(it->second.pattern);
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
  Wrap(std::move(p), b.last(), in);
}
SANAD_RULE_ACTION(Optional) {
  Pattern p;
  p.kind = PatternKind::kRepeat;
  p.min = 0;
  p.max = 1;
  p.position = At(in);
  Wrap(std::move(p), b.last(), in);
}
SANAD_RULE_ACTION(BindName) {
  Pattern p;
  p.kind = PatternKind::kSequence;
  p.variable = in.string();
  p.position = At(in);
  Wrap(std::move(p), b.last(), in);
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
  if (p.depth > kMaxTree) throw pegtl::parse_error("patterns nest too deep", in);
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
SANAD_RULE_ACTION(PrepWord) { b.rule.arguments.back().prepositions.push_back({b.string, At(in)}); }
SANAD_RULE_ACTION(PrepSet) {
  b.rule.arguments.back().prepositions.push_back({"%" + in.string(), At(in)});
}
SANAD_RULE_ACTION(ExcludeWord) { b.rule.arguments.back().exclude.push_back({b.string, At(in)}); }
SANAD_RULE_ACTION(ExcludeSet) {
  b.rule.arguments.back().exclude.push_back({"%" + in.string(), At(in)});
}
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
SANAD_RULE_ACTION(StateStart) { b.term = {RuleTermKind::kState, {}, "", At(in)}; }
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

SANAD_RULE_ACTION(ShapeName) {
  b.shape = in.string();
  b.nodes_before = b.nodes;
  b.groups.clear();
  b.groups.emplace_back(1);
}
SANAD_RULE_ACTION(ShapeDeclaration) {
  b.shapes[b.shape] = {Collapse(std::move(b.groups.back())), b.nodes - b.nodes_before};
  b.groups.clear();
}

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
