#include "loader/document/rule_check.h"

#include <algorithm>
#include <set>
#include <string>

#include "loader/document/rule_parser.h"
#include "loader/document/rule_words.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr std::string_view kFallbacks[] = {
    "focus",      "it",      "party",    "person",  "he",       "she",
    "place",      "outcome", "proposal", "main",    "previous", "enclosing",
    "government", "host",    "other",    "country", "owner",    "signed"};

// The set of all verbs, which the phases fill.
constexpr std::string_view kAnyVerb = "anyVerb";

template <size_t N>
bool OneOf(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class Checker {
 public:
  Checker(const RuleFile& file, std::string_view text, const Lexicon& lexicon, const SetNames& sets)
      : file_(file), text_(text), lexicon_(lexicon), sets_(sets) {}

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

  absl::Status CheckSet(std::string_view name, RulePosition position) const {
    if (name == kAnyVerb || sets_.contains(name) || lexicon_.HasSet(name)) return absl::OkStatus();
    return Error(position, "unknown word set %", name,
                 "; declare it with `set`, or as the frame of a lexicon's entries");
  }

  absl::Status CheckPattern(const Pattern& pattern) {
    if (!pattern.variable.empty()) bound_.insert(pattern.variable);
    if (pattern.kind == PatternKind::kSet)
      SANAD_RETURN_IF_ERROR(CheckSet(pattern.text, pattern.position));
    for (const TokenTest& test : pattern.tests) {
      const std::optional<TestKind> kind = KindOf(kTestWords, test.name);
      if (!kind) return Error(test.position, "unknown test [", test.name, "]");
      if (*kind == TestKind::kIn) SANAD_RETURN_IF_ERROR(CheckSet(test.value, test.position));
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

  absl::Status CheckArguments(const Rule& rule) {
    for (const Argument& argument : rule.arguments) {
      bound_.insert(argument.variable);
      if (!argument.fallback.empty() && !OneOf(kFallbacks, argument.fallback)) {
        return Error(argument.position, "unknown fallback ", argument.fallback);
      }
      for (const std::vector<WordOrSet>* words : {&argument.prepositions, &argument.exclude}) {
        for (const WordOrSet& word : *words) {
          if (word.is_set()) SANAD_RETURN_IF_ERROR(CheckSet(word.set(), word.position));
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckConditions(const Rule& rule) const {
    for (const Condition& condition : rule.conditions) {
      const std::optional<ConditionKind> kind = KindOf(kConditionWords, condition.name);
      if (!kind) return Error(condition.position, "unknown condition ", condition.name);
      for (const std::string& argument : condition.arguments) {
        if (argument.front() != '"') {
          SANAD_RETURN_IF_ERROR(CheckBound(argument, condition.position));
        } else if (AsksForSet(*kind)) {
          SANAD_RETURN_IF_ERROR(CheckSet(std::string_view(argument).substr(1), condition.position));
        } else if (*kind == ConditionKind::kStated) {
          SANAD_RETURN_IF_ERROR(CheckProperty(argument.substr(1), condition.position));
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckEmits(const Rule& rule) const {
    for (const EmitClause& emit : rule.emits) {
      SANAD_RETURN_IF_ERROR(CheckProperty(emit.property, emit.position));
      SANAD_RETURN_IF_ERROR(CheckTerm(emit.subject));
      SANAD_RETURN_IF_ERROR(CheckTerm(emit.object));
      if (!emit.attributed_to.empty())
        SANAD_RETURN_IF_ERROR(CheckBound(emit.attributed_to, emit.position));
      if (!emit.status.empty() && !KindOf(kStatusWords, emit.status)) {
        return Error(emit.position, "unknown status ", emit.status);
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckRule(const Rule& rule) {
    bound_.clear();
    if (rule.phase != "mention" && rule.phase != "relation" && rule.phase != "lead") {
      return Error(rule.position, "unknown phase ", rule.phase,
                   "; there are mention, relation and lead");
    }
    if (!rule.language.empty() && rule.language != "ar" && rule.language != "en") {
      return Error(rule.position, "unknown language ", rule.language, "; there are ar and en");
    }
    SANAD_RETURN_IF_ERROR(CheckPattern(rule.match));
    SANAD_RETURN_IF_ERROR(CheckArguments(rule));
    for (const MakeClause& make : rule.makes) {
      SANAD_RETURN_IF_ERROR(CheckBound(make.from, make.position));
      bound_.insert(make.variable);
    }
    for (const auto& [first, second] : rule.aliases) {
      SANAD_RETURN_IF_ERROR(CheckBound(first, rule.position));
      SANAD_RETURN_IF_ERROR(CheckBound(second, rule.position));
    }
    SANAD_RETURN_IF_ERROR(CheckConditions(rule));
    return CheckEmits(rule);
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
  const SetNames& sets_;
  std::set<std::string> bound_;
};

}  // namespace

void AddSetNames(const RuleFile& file, SetNames& sets) {
  for (const WordSetDeclaration& set : file.sets) sets.insert(set.name);
}

absl::Status CheckRuleFile(const RuleFile& file, std::string_view text, const Lexicon& lexicon,
                           const SetNames& sets) {
  return Checker(file, text, lexicon, sets).Run();
}

}  // namespace sanad
