#include "loader/document/rule_check.h"

#include <algorithm>
#include <set>
#include <string>

#include "loader/document/rule_parser.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr std::string_view kConditions[] = {"negated",
                                            "planned",
                                            "future",
                                            "hoped",
                                            "bound",
                                            "same",
                                            "is",
                                            "different",
                                            "in",
                                            "plural",
                                            "clause",
                                            "single",
                                            "fresh",
                                            "definite",
                                            "range",
                                            "comparator",
                                            "subject",
                                            "has",
                                            "first_sentence",
                                            "eventful",
                                            "subject_first",
                                            "elsewhere",
                                            "infinitive",
                                            "placed",
                                            "eventless",
                                            "indefinite",
                                            "subjectless",
                                            "owned",
                                            "focusless",
                                            "after",
                                            "event_first",
                                            "several",
                                            "person_first",
                                            "attributed",
                                            "known",
                                            "cancelled",
                                            "postponed"};
constexpr std::string_view kTests[] = {"cap",   "upper",   "known", "unknown", "def",    "num",
                                       "word",  "script",  "in",    "ends",    "starts", "clitic",
                                       "punct", "initial", "verb",  "short",   "dated"};
constexpr std::string_view kStatuses[] = {"planned",   "hoped",     "claimed",
                                          "cancelled", "postponed", "asserted"};
constexpr std::string_view kFallbacks[] = {
    "focus",    "it",   "party",    "person",    "he",         "she",  "place", "outcome",
    "proposal", "main", "previous", "enclosing", "government", "host", "other", "country"};

template <size_t N>
bool OneOf(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class Checker {
 public:
  Checker(const RuleFile& file, std::string_view text, const Lexicon& lexicon)
      : file_(file), text_(text), lexicon_(lexicon) {}

  absl::Status Run() {
    for (const Rule& rule : file_.rules) SANAD_RETURN_IF_ERROR(CheckRule(rule));
    for (const ClosureRule& rule : file_.closures) SANAD_RETURN_IF_ERROR(CheckClosure(rule));
    return absl::OkStatus();
  }

 private:
  template <typename... Pieces>
  absl::Status Error(RulePosition position, const Pieces&... pieces) const {
    return MakeStatus(absl::StatusCode::kInvalidArgument,
                      RuleErrorMessage(text_, file_.name, position, Concat(pieces...)));
  }

  absl::Status CheckProperty(const std::string& name, RulePosition position) const {
    if (name == "type" || name == "label") return absl::OkStatus();
    if (lexicon_.Vocabulary(Term::Iri(Concat(SANAD_KG_NS, name))) != nullptr)
      return absl::OkStatus();
    return Error(position, "unknown property kg:", name,
                 "; declare it in a vocabulary or lexicon file");
  }

  absl::Status CheckPattern(const Pattern& pattern) {
    if (!pattern.variable.empty()) bound_.insert(pattern.variable);
    for (const TokenTest& test : pattern.tests) {
      if (!OneOf(kTests, test.name)) return Error(test.position, "unknown test [", test.name, "]");
    }
    for (const Pattern& child : pattern.children) SANAD_RETURN_IF_ERROR(CheckPattern(child));
    return absl::OkStatus();
  }

  absl::Status CheckBound(const std::string& variable, RulePosition position) const {
    if (bound_.contains(variable)) return absl::OkStatus();
    return Error(position, "@", variable, " is bound nowhere in this rule");
  }

  absl::Status CheckTerm(const RuleTerm& term) const {
    for (const std::string& variable : term.variables)
      SANAD_RETURN_IF_ERROR(CheckBound(variable, term.position));
    return absl::OkStatus();
  }

  absl::Status CheckRule(const Rule& rule) {
    bound_.clear();
    if (rule.phase != "mention" && rule.phase != "relation") {
      return Error(rule.position, "unknown phase ", rule.phase, "; there are mention and relation");
    }
    if (!rule.language.empty() && rule.language != "ar" && rule.language != "en") {
      return Error(rule.position, "unknown language ", rule.language, "; there are ar and en");
    }
    SANAD_RETURN_IF_ERROR(CheckPattern(rule.match));
    for (const Argument& argument : rule.arguments) {
      bound_.insert(argument.variable);
      if (!argument.fallback.empty() && !OneOf(kFallbacks, argument.fallback)) {
        return Error(argument.position, "unknown fallback ", argument.fallback);
      }
    }
    for (const MakeClause& make : rule.makes) {
      SANAD_RETURN_IF_ERROR(CheckBound(make.from, make.position));
      bound_.insert(make.variable);
    }
    for (const auto& [first, second] : rule.aliases) {
      SANAD_RETURN_IF_ERROR(CheckBound(first, rule.position));
      SANAD_RETURN_IF_ERROR(CheckBound(second, rule.position));
    }
    for (const Condition& condition : rule.conditions) {
      if (!OneOf(kConditions, condition.name))
        return Error(condition.position, "unknown condition ", condition.name);
      for (const std::string& argument : condition.arguments) {
        if (argument.front() != '"')
          SANAD_RETURN_IF_ERROR(CheckBound(argument, condition.position));
      }
    }
    for (const EmitClause& emit : rule.emits) {
      SANAD_RETURN_IF_ERROR(CheckProperty(emit.property, emit.position));
      SANAD_RETURN_IF_ERROR(CheckTerm(emit.subject));
      SANAD_RETURN_IF_ERROR(CheckTerm(emit.object));
      if (!emit.attributed_to.empty())
        SANAD_RETURN_IF_ERROR(CheckBound(emit.attributed_to, emit.position));
      if (!emit.status.empty() && !OneOf(kStatuses, emit.status)) {
        return Error(emit.position, "unknown status ", emit.status);
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckClosure(const ClosureRule& rule) const {
    std::set<std::string> bound;
    for (const ClosurePattern& premise : rule.premises) {
      SANAD_RETURN_IF_ERROR(CheckProperty(premise.property, premise.position));
      bound.insert(premise.subject);
      bound.insert(premise.object);
    }
    SANAD_RETURN_IF_ERROR(CheckProperty(rule.conclusion.property, rule.conclusion.position));
    for (const std::string& variable : {rule.conclusion.subject, rule.conclusion.object}) {
      if (!bound.contains(variable)) {
        return Error(rule.conclusion.position, "?", variable, " is in no premise of this rule");
      }
    }
    return absl::OkStatus();
  }

  const RuleFile& file_;
  std::string_view text_;
  const Lexicon& lexicon_;
  std::set<std::string> bound_;
};

}  // namespace

absl::Status CheckRuleFile(const RuleFile& file, std::string_view text, const Lexicon& lexicon) {
  return Checker(file, text, lexicon).Run();
}

}  // namespace sanad
