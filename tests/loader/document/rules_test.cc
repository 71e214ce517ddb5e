// The rule language: what is accepted, and every error with its place.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sanad/extract.h>
#include "loader/document/rule_parser.h"

namespace sanad {
namespace {

using testing::HasSubstr;

TEST(RuleParser, BuildsTheTree) {
  const auto file = ParseRules(
      "phase relation;\n"
      "set about lang en { \"on\" \"with regard to\" }\n"
      "rule topic priority 40 lang en {\n"
      "  match %addresses=>v (@s:Party)? ..{0,3} list(@t:NP|Topic) [cap & !in=\"about\"]{1,2} ;\n"
      "  arg @m : Event before up to 12 prep \"at\" | %about optional or focus ;\n"
      "  when bound(m) ;\n  unless negated(v) ;\n"
      "  make @x : Agreement from t new ;\n"
      "  emit @m kg:addresses @t status planned by @s ;\n}\n"
      "infer chain { ?m kg:resultedIn ?o . ?o kg:concerns ?t => ?m kg:addresses ?t ; }\n",
      "a.rules");
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_EQ(file->rules.size(), 1U);
  const Rule& rule = file->rules[0];
  EXPECT_EQ(rule.name, "topic");
  EXPECT_EQ(rule.priority, 40);
  EXPECT_EQ(rule.language, "en");
  ASSERT_EQ(rule.match.children.size(), 5U);
  EXPECT_EQ(rule.match.children[0].variable, "v");
  EXPECT_EQ(rule.match.children[1].kind, PatternKind::kRepeat);
  EXPECT_EQ(rule.match.children[2].kind, PatternKind::kGap);
  EXPECT_EQ(rule.match.children[2].max, 3U);
  EXPECT_TRUE(rule.match.children[3].list);
  EXPECT_EQ(rule.match.children[3].types, (std::vector<std::string>{"NP", "Topic"}));
  ASSERT_EQ(rule.arguments.size(), 1U);
  EXPECT_EQ(rule.arguments[0].fallback, "focus");
  ASSERT_EQ(rule.arguments[0].prepositions.size(), 2U);
  EXPECT_EQ(rule.arguments[0].prepositions[0].text, "at");
  EXPECT_EQ(rule.arguments[0].prepositions[1].text, "%about");
  ASSERT_EQ(rule.conditions.size(), 2U);
  EXPECT_TRUE(rule.conditions[1].negated);
  ASSERT_EQ(rule.emits.size(), 1U);
  EXPECT_EQ(rule.emits[0].status, "planned");
  EXPECT_EQ(file->sets[0].phrases.size(), 2U);
  EXPECT_EQ(file->closures[0].premises.size(), 2U);
}

struct ErrorCase {
  const char* text;
  const char* message;
};

TEST(RuleErrors, SayWhereAndWhat) {
  const ErrorCase cases[] = {
      {"rule x { match \"a ; }\n", "x.rules:1:22: expected the closing quotation mark"},
      {"rule x { match \"a\" ..{0,} @p:Person ; }", "a gap without bound is not allowed"},
      {"rule x { match \"a\" ..{0,900} \"b\" ; }", "at most 64"},
      {"rule x { match \"a\" ..{5,2} \"b\" ; }", "the upper bound is below the lower"},
      {"rule x { emit @a kg:heldIn @b ; }", "the rule has no match"},
      {"rule x {\n  match @p:Person ;\n  emit @p kg:noSuchThing @p ;\n}",
       "x.rules:3:14: unknown property kg:noSuchThing"},
      {"rule x { match @p:Person ; emit @q kg:heldIn @p ; }", "@q is bound nowhere"},
      {"rule x { match @p:Person ; when funny(p) ; emit @p kg:heldIn @p ; }",
       "unknown condition funny"},
      {"rule x { match [colour] ; }", "unknown test [colour]"},
      {"rule x lang fr { match \"a\" ; }", "unknown language fr"},
      {"infer x { ?a kg:heldIn ?b => ?a kg:heldIn ?c ; }", "?c is in no premise"},
      {"rule x { match &name ; }", "x.rules:1:17: no shape of this name stands above"},
      {"shape x { }", "expected a pattern"},
      {"rule x {\n  match %no-such-words ;\n}", "x.rules:2:10: unknown word set %no-such-words"},
      {"rule x { match [in=\"unheard\"] ; }", "unknown word set %unheard"},
      {"rule x { match %in ; arg @p : City prep %unheard ; }", "x.rules:1:42: unknown word set"},
      {"rule x { match %in=>v ; when has(v, \"unheard\") ; }", "unknown word set %unheard"},
      {"nonsense", "expected phase, set, shape, rule or infer"},
  };
  for (const ErrorCase& c : cases) {
    const absl::Status status = CheckRules(c.text, "x.rules");
    ASSERT_FALSE(status.ok()) << c.text;
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.message)) << c.text;
  }
}

TEST(RuleErrors, DeepNestingIsRefused) {
  const std::string text =
      "rule x { match " + std::string(20000, '(') + "\"a\"" + std::string(20000, ')') + " ; }";
  EXPECT_FALSE(CheckRules(text, "x.rules").ok());
  EXPECT_FALSE(
      CheckRules("rule x { match \"a\"" + std::string(20000, '?') + " ; }", "x.rules").ok());
}

TEST(RuleErrors, ShapesThatGrowWithoutBoundAreRefused) {
  std::string wide = "shape s0 { \"a\" }\n", deep = wide;
  for (int i = 1; i < 40; ++i) {
    const std::string before = std::to_string(i - 1), name = std::to_string(i);
    wide += "shape s" + name + " { &s" + before + " &s" + before + " }\n";
    deep += "shape s" + name + " { ((((&s" + before + ")?)?)?)? }\n";
  }
  EXPECT_THAT(std::string(CheckRules(wide, "x.rules").message()), HasSubstr("too large"));
  EXPECT_THAT(std::string(CheckRules(deep, "x.rules").message()), HasSubstr("nest too deep"));
}

TEST(Rules, AShapeStandsForItsPattern) {
  const auto with =
      ParseRules("shape two { [cap] ([cap]){0,1} } rule x { match \"a\" &two=>n ; }", "a.rules");
  const auto without = ParseRules("rule x { match \"a\" ([cap] ([cap]){0,1})=>n ; }", "a.rules");
  ASSERT_TRUE(with.ok()) << with.status();
  ASSERT_TRUE(without.ok()) << without.status();
  const Pattern& a = with->rules[0].match.children[1];
  const Pattern& b = without->rules[0].match.children[1];
  EXPECT_EQ(a.variable, "n");
  ASSERT_EQ(a.children.size(), b.children.size());
  ASSERT_EQ(a.children[0].children.size(), 2U);
  EXPECT_EQ(a.children[0].children[1].kind, b.children[0].children[1].kind);
  EXPECT_EQ(a.children[0].children[1].max, 1U);
}

TEST(LexiconErrors, NameTheFile) {
  EXPECT_TRUE(
      CheckLexicon("@prefix kg: <https://sanad.example/kg#> . kg:a a kg:b .", "l.ttl").ok());
  EXPECT_THAT(std::string(CheckLexicon("kg:a a", "l.ttl").message()), HasSubstr("l.ttl"));
}

}  // namespace
}  // namespace sanad
