#include "query/question/paraphrase.h"

#include <algorithm>
#include <string_view>

#include "language/label_patterns.h"
#include "storage/model/text.h"

namespace sanad::question {
namespace {

// Words of the sentence patterns. They are the grammar's own closed classes.
struct Patterns {
  std::string_view that, not_word, was, with, of, except, and_word, or_word, how_many, there, where,
      when, how, per, with_no, most, fewest, naming, tell, who, is;
};
constexpr Patterns kEnglish = {
    "that",       "not",      "were",          "with", "of",  "except", "and",     "or",
    "how many",   "is there", "where",         "when", "how", "per",    "with no", "the most",
    "the fewest", "naming",   "tell me about", "who",  "is"};
constexpr Patterns kArabic = {"التي",      "لم",  "",    "ذات",         "من",         "باستثناء",
                              "و",         "أو",  "كم",  "هل هناك",     "أين",        "متى",
                              "كم",        "لكل", "بلا", "أكبر عدد من", "أقل عدد من", "باسم",
                              "أخبرني عن", "من",  ""};

class Speaker {
 public:
  Speaker(const Meaning& meaning, const Renderer& renderer, bool distinguish)
      : meaning_(meaning),
        renderer_(renderer),
        distinguish_(distinguish),
        arabic_(meaning.language == "ar"),
        p_(arabic_ ? kArabic : kEnglish) {}
  std::string Say() const;

 private:
  std::string Noun(const Node& node) const;
  std::string Names(const Node& node) const;
  std::string Phrase(const Node& node) const;
  std::string Said(const Condition& condition, bool negated) const;
  std::string Related(const Condition& condition, bool negated) const;
  static std::string Join(std::initializer_list<std::string_view> words);
  std::string Amount(const Condition& condition) const;

  const Meaning& meaning_;
  const Renderer& renderer_;
  const bool distinguish_;
  const bool arabic_;
  const Patterns& p_;
};

std::string Speaker::Join(std::initializer_list<std::string_view> words) {
  std::string out;
  for (std::string_view word : words) {
    if (word.empty()) continue;
    if (!out.empty()) out.push_back(' ');
    out += word;
  }
  return out;
}

std::string Speaker::Names(const Node& node) const {
  if (node.any_thing && !node.words.empty()) {
    std::string kind;
    if (!node.types.empty()) kind = renderer_.OwnLabel(node.types[0]);
    const std::string quoted = Concat(arabic_ ? "«" : "\"", node.words, arabic_ ? "»" : "\"");
    return kind.empty() ? quoted : Join({kind, p_.naming, quoted});
  }
  std::vector<std::string> names;
  for (const NamedThing& thing : node.things) {
    std::string name = renderer_.Label(thing.term);
    if (distinguish_) {
      std::string kind = thing.types.empty() ? thing.term.value() : renderer_.Label(thing.types[0]);
      name += Concat(" (", kind, ")");
    }
    names.push_back(std::move(name));
  }
  return JoinInWords(names, renderer_.language());
}

std::string Speaker::Noun(const Node& node) const {
  if (node.is_value()) return node.words;
  if (!node.things.empty()) return Names(node);
  std::string noun = node.words;
  if (noun.empty() && !node.types.empty()) noun = renderer_.Label(node.types[0]);
  if (node.extreme.has_value() && node.extreme->said == Said::kAdjective &&
      node.extreme->counted == nullptr) {
    const std::string first = node.extreme->first > 1 ? std::to_string(node.extreme->first) : "";
    return arabic_ ? Join({node.extreme->words, first, noun})
                   : Join({first, node.extreme->words, noun});
  }
  return noun;
}

std::string Speaker::Amount(const Condition& condition) const {
  const std::string number = std::to_string(condition.number);
  switch (condition.comparison) {
    case Comparison::kGreater:
      return Join({arabic_ ? "أكثر من" : "more than", number});
    case Comparison::kLess:
      return Join({arabic_ ? "أقل من" : "fewer than", number});
    case Comparison::kGreaterOrEqual:
      return Join({arabic_ ? "ما لا يقل عن" : "at least", number});
    case Comparison::kLessOrEqual:
      return Join({arabic_ ? "ما لا يزيد على" : "at most", number});
    case Comparison::kEqual:
      return number;
  }
  return number;
}

std::string Speaker::Related(const Condition& condition, bool negated) const {
  const Relation& relation = condition.relation;
  std::string target = condition.target == nullptr ? "" : Phrase(*condition.target);
  const bool anything = condition.target != nullptr && condition.target->things.empty() &&
                        condition.target->words.empty() && !condition.target->is_value();
  if (condition.type == Condition::kCount) target = Join({Amount(condition), target});
  const std::string_view not_word = negated ? p_.not_word : std::string_view();
  switch (relation.said) {
    case Said::kVerb: {
      const bool spelled = !relation.preposition.empty() &&
                           relation.words.size() > relation.preposition.size() &&
                           relation.words.ends_with(relation.preposition);
      const std::string_view preposition = spelled ? std::string_view() : relation.preposition;
      if (anything)
        return Join({p_.that, relation.passive ? p_.was : "", not_word, relation.words});
      if (relation.object_gap && !relation.passive) {
        if (arabic_) return Join({p_.that, not_word, Concat(relation.words, "ها"), target});
        return Join({p_.that, target, negated ? "did not" : "", relation.words, preposition});
      }
      const std::string_view by = relation.passive && preposition.empty() && !arabic_ &&
                                          relation.object_gap && !relation.words.ends_with(" by")
                                      ? "by"
                                      : "";
      return Join({p_.that, relation.passive ? p_.was : (negated && !arabic_ ? "did" : ""),
                   not_word, relation.words, preposition, by, target});
    }
    case Said::kPreposition:
    case Said::kTime:
      if (relation.object_gap) return Join({p_.that, target, p_.is, relation.words});
      if (negated) return Join({p_.that, arabic_ ? "ليست" : "are not", relation.words, target});
      return Join({relation.words, target});
    case Said::kHave:
      if (negated) return Join({p_.with_no, target});
      return Join({p_.with, target});
    case Said::kAdjective:
      return Join({target});
    default:
      if (negated) return Join({p_.that, arabic_ ? "ليست" : "are not", p_.of, target});
      return arabic_ ? Join({target}) : Join({p_.of, target});
  }
}

std::string Speaker::Said(const Condition& condition, bool negated) const {
  switch (condition.type) {
    case Condition::kNot:
      return Said(*condition.parts[0], !negated);
    case Condition::kRelated:
    case Condition::kCount:
      return condition.words.empty() || condition.relation.said != question::Said::kTime
                 ? Related(condition, negated)
                 : Join({negated ? (arabic_ ? "التي ليست" : "that are not") : "", condition.words,
                         Phrase(*condition.target)});
    case Condition::kInDate: {
      std::string preposition = condition.relation.words;
      if (condition.relation.said == question::Said::kVerb) {
        return Join({p_.that, p_.was, negated ? p_.not_word : "", preposition, condition.text});
      }
      if (preposition.empty()) preposition = arabic_ ? "" : "of";
      return Join(
          {negated ? (arabic_ ? "التي ليست" : "that are not") : "", preposition, condition.text});
    }
    case Condition::kCompare: {
      const std::string target = Phrase(*condition.target);
      if (!condition.text.empty()) {
        return Join({p_.that, negated ? (arabic_ ? p_.not_word : "did not") : "",
                     condition.relation.words, condition.text});
      }
      const bool than = condition.relation.said == question::Said::kAdjective;
      return Join({negated ? (arabic_ ? "التي ليست" : "that are not") : "", condition.words,
                   than ? (arabic_ ? "من" : "than") : "", target});
    }
    case Condition::kAnd:
    case Condition::kOr: {
      if (condition.words == "between") return Join({arabic_ ? "بين" : "between", condition.text});
      if (condition.relation.said == question::Said::kTime && condition.target != nullptr) {
        return Join({condition.words, Phrase(*condition.target)});
      }
      std::string out;
      for (size_t i = 0; i < condition.parts.size(); ++i) {
        if (i > 0) {
          const bool any = condition.type == Condition::kOr;
          out += any ? Concat(" ", p_.or_word, " ") : arabic_ ? " و" : " and ";
        }
        out += Said(*condition.parts[i], negated);
      }
      return out;
    }
    case Condition::kDiffers:
      return Join({p_.except, Phrase(*condition.target)});
    case Condition::kIs:
      return Join({p_.that, arabic_ ? (negated ? "ليست" : "هي") : (negated ? "are not" : "are"),
                   Phrase(*condition.target)});
    case Condition::kStatement:
      return "";
  }
  return "";
}

std::string Speaker::Phrase(const Node& node) const {
  std::string out = Noun(node);
  std::string before;
  for (const ConditionPtr& condition : node.conditions) {
    const bool adjective = condition->type == Condition::kRelated &&
                           condition->relation.said == question::Said::kAdjective;
    std::string said = Said(*condition, false);
    if (adjective && !arabic_) {
      out = Join({said, out});
    } else {
      out = Join({out, said});
    }
  }
  if (node.extreme.has_value()) {
    const Extreme& extreme = *node.extreme;
    if (extreme.counted != nullptr) {
      const std::string counted =
          Join({extreme.direction > 0 ? p_.most : p_.fewest, Phrase(*extreme.counted)});
      if (extreme.said == question::Said::kVerb) {
        out = Join({out, p_.that, extreme.measure.words, extreme.measure.preposition, counted});
      } else {
        out = Join({out, p_.with, counted});
      }
    } else if (extreme.said != question::Said::kAdjective) {
      out = arabic_ ? Join({out, p_.with, extreme.words, extreme.measure_words})
                    : Join({out, p_.with, "the", extreme.words, extreme.measure_words});
    }
  }
  return out;
}

std::string Speaker::Say() const {
  const Node& focus = *meaning_.focus;
  std::string out;
  // Questions for a value of a subject are said as such again.
  const bool of_subject = focus.things.empty() && focus.conditions.size() == 1 &&
                          focus.words.empty() && focus.conditions[0]->type == Condition::kRelated &&
                          focus.conditions[0]->target != nullptr;
  if (of_subject && (meaning_.kind == QuestionKind::kWhere ||
                     meaning_.kind == QuestionKind::kWhen || meaning_.kind == QuestionKind::kHow)) {
    const std::string subject = Phrase(*focus.conditions[0]->target);
    const std::string& verb = focus.conditions[0]->relation.words;
    const std::string_view word = meaning_.kind == QuestionKind::kWhere  ? p_.where
                                  : meaning_.kind == QuestionKind::kWhen ? p_.when
                                                                         : p_.how;
    if (meaning_.kind == QuestionKind::kHow && meaning_.kind_words.empty() && !arabic_) {
      return Join({"how long did", subject, verb});
    }
    if (arabic_) return Join({word, verb, meaning_.kind_words, subject});
    return Join({word, meaning_.kind_words, verb.empty() ? "is" : "were", subject, verb});
  }
  const std::string phrase = Phrase(focus);
  switch (meaning_.form) {
    case AnswerForm::kYesNo:
      out = Join({p_.there, phrase});
      break;
    case AnswerForm::kCount:
      out = Join({p_.how_many, phrase});
      break;
    case AnswerForm::kGroup:
      out = Join({p_.how_many, phrase, p_.per, Phrase(*meaning_.group)});
      break;
    case AnswerForm::kAggregate: {
      const std::string_view word = meaning_.aggregate == "AVG" ? (arabic_ ? "متوسط" : "average")
                                    : meaning_.aggregate == "SUM" ? (arabic_ ? "مجموع" : "total")
                                    : meaning_.aggregate == "MAX"
                                        ? (arabic_ ? "الحد الأقصى ل" : "maximum")
                                        : (arabic_ ? "الحد الأدنى ل" : "minimum");
      out = Join({word, phrase});
      break;
    }
    case AnswerForm::kDescribe:
      out = Join({p_.tell, phrase});
      break;
    case AnswerForm::kList:
      // A relation whose far side has no name of its own: "who led …".
      if (focus.things.empty() && focus.words.empty() && !focus.said_class) {
        std::string said;
        for (const ConditionPtr& condition : focus.conditions)
          said = Join({said, Said(*condition, false)});
        if (said.starts_with(p_.that))
          said = said.substr(std::min(said.size(), p_.that.size() + 1));
        out = Join(
            {meaning_.kind == QuestionKind::kWho ? p_.who : (arabic_ ? "ما الذي" : "what"), said});
      } else {
        out = phrase;
      }
      break;
  }
  if (meaning_.ordering.has_value()) out = Join({out, meaning_.ordering->words});
  return out;
}

}  // namespace

std::string Paraphrase(const Meaning& meaning, const Renderer& renderer, bool distinguish) {
  return Speaker(meaning, renderer, distinguish).Say();
}

}  // namespace sanad::question
