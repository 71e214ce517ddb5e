// Arabic readings. A definite noun takes a relative pronoun that agrees with it, an
// indefinite one takes none; things that are not human agree as feminine singular
// in the plural. Verbs stand as the question has them, a pronoun marks the noun
// where it is not their subject.

#include <utility>
#include <vector>

#include "language/label_patterns.h"
#include "language/normalise.h"
#include "language/text.h"
#include "query/question/speaker.h"
#include "storage/model/text.h"

namespace sanad::question {
namespace {

std::string_view AmountWord(Comparison comparison) {
  switch (comparison) {
    case Comparison::kGreater:
      return "أكثر من";
    case Comparison::kLess:
      return "أقل من";
    case Comparison::kGreaterOrEqual:
      return "ما لا يقل عن";
    case Comparison::kLessOrEqual:
      return "ما لا يزيد على";
    case Comparison::kEqual:
      return "";
  }
  return "";
}

// Words that agree with a noun.
struct Agreement {
  std::string_view relative;  // The one that …
  std::string_view pronoun;   // Attached: its, them.
  std::string_view is;        // is, are.
  std::string_view is_not;
  std::string_view has;
};

Agreement AgreementOf(const NounForms& noun) {
  const bool feminine = noun.gender == Gender::kFeminine;
  if (noun.number == Number::kPlural) {
    if (!noun.human) return {"التي", "ها", "هي", "ليست", "لها"};
    return feminine ? Agreement{"اللاتي", "هن", "هن", "لسن", "لهن"}
                    : Agreement{"الذين", "هم", "هم", "ليسوا", "لهم"};
  }
  if (noun.number == Number::kDual) {
    return feminine ? Agreement{"اللتان", "هما", "هما", "ليستا", "لهما"}
                    : Agreement{"اللذان", "هما", "هما", "ليسا", "لهما"};
  }
  return feminine ? Agreement{"التي", "ها", "هي", "ليست", "لها"}
                  : Agreement{"الذي", "ه", "هو", "ليس", "له"};
}

// ب and ل are written with what follows; ل takes the alef off an article.
std::string Attached(std::string_view preposition, std::string_view word) {
  if (preposition == "ل" && word.starts_with("الل")) return Concat("ل", word.substr(4));
  if (preposition == "ل" && word.starts_with("ال")) return Concat("لل", word.substr(4));
  if (preposition == "ب" || preposition == "ل" || preposition == "ك") {
    return Concat(preposition, word);
  }
  return word.empty() ? std::string(preposition) : Concat(preposition, " ", word);
}

// A verb before an attached pronoun: حضروا + ها → حضروها, أجرى + ها → أجراها.
std::string WithPronoun(std::string_view verb, std::string_view pronoun) {
  if (verb.ends_with("وا")) verb.remove_suffix(2);
  if (verb.ends_with("ى")) return Concat(verb.substr(0, verb.size() - 2), "ا", pronoun);
  return Concat(verb, pronoun);
}

class ArabicSpeaker : public Speaker {
 public:
  using Speaker::Speaker;
  std::string Say() const override;

 private:
  std::string Phrase(const Node& node) const;
  std::string Noun(const Node& node) const;
  std::string Named(const Node& node) const;
  std::string WithAttributes(std::string noun, const Node& node) const;
  Attribute Said(const Condition& condition, bool negated, const Agreement& head) const;
  Attribute Related(const Condition& condition, bool negated, const Agreement& head) const;
  Attribute Alternatives(const Condition& condition, bool negated, const Agreement& head) const;
  std::string VerbClause(const Condition& condition, bool negated, const Agreement& head) const;
  std::string Target(const Condition& condition) const;
  std::string YesNo() const;
  std::string Counted() const;
  std::string Listed() const;
  NounForms FormsOf(const Node& node) const;
  std::string_view NotWord() const {
    return meaning_.negation.empty() ? std::string_view("لم") : std::string_view(meaning_.negation);
  }
};

NounForms ArabicSpeaker::FormsOf(const Node& node) const {
  const std::string noun = !node.things.empty() ? Named(node)
                           : node.words.empty() ? KindOf(node)
                                                : node.words;
  NounForms out = forms_.Noun(noun, node.types);
  if (!node.things.empty()) {
    out.definite = true;
    out.number = node.things.size() > 1 ? Number::kPlural : out.number;
    // Of proper names, people are taken as the question has them, places are feminine.
    if (!out.human && !forms_.IsDescription(noun, node.types)) out.gender = Gender::kFeminine;
    return out;
  }
  out.definite |= node.definite;
  if (node.plural) out.number = Number::kPlural;
  if (node.dual) {
    out.number = Number::kDual;
    if (noun.ends_with("تان") || noun.ends_with("تين")) out.gender = Gender::kFeminine;
  }
  // A construct is definite where its last noun is.
  for (const ConditionPtr& condition : node.conditions) {
    if (condition->type == Condition::kRelated && condition->target != nullptr &&
        condition->relation.said == question::Said::kNoun) {
      out.definite |= FormsOf(*condition->target).definite;
    }
  }
  if (node.extreme.has_value() && node.extreme->said == question::Said::kAdjective &&
      node.extreme->counted == nullptr && !node.words.starts_with("ال")) {
    out.definite = false;  // أطول اجتماع عُقد في …
    if (node.extreme->first > 1) out.number = Number::kPlural;
  }
  return out;
}

std::string ArabicSpeaker::Named(const Node& node) const {
  if (node.any_thing && !IsNamedByKind(node) && !node.words.empty()) {
    const std::string kind = node.noun.empty() ? forms_.Plural(KindOf(node)) : node.noun;
    const std::string quoted = Concat("«", node.words, "»");
    if (kind.empty()) return quoted;
    const NounForms noun = forms_.Noun(kind, node.types);
    return Join({kind, Concat("في اسم", AgreementOf(noun).pronoun), quoted});
  }
  std::vector<std::string> names;
  for (const NamedThing& thing : node.things) {
    names.push_back(SaysMore(node) && !distinguish_ ? node.words : NameOf(thing));
  }
  return JoinInWords(names, "ar");
}

std::string ArabicSpeaker::Noun(const Node& node) const {
  if (node.is_value()) return node.words;
  if (!node.things.empty()) return Named(node);
  std::string noun = node.words.empty() ? KindOf(node) : node.words;
  // The first noun of a construct has no article.
  for (const ConditionPtr& condition : node.conditions) {
    const bool construct = condition->type == Condition::kRelated &&
                           condition->relation.said == question::Said::kNoun &&
                           !IsUnnamed(*condition->target);
    if (construct && noun.starts_with("ال") && noun.find(' ') == std::string::npos) {
      noun = noun.substr(4);
    }
  }
  if (!node.extreme.has_value() || node.extreme->said != question::Said::kAdjective ||
      node.extreme->counted != nullptr) {
    const bool counted =
        &node == meaning_.focus.get() && node.number > 0 && FormsOf(node).number != Number::kDual;
    return counted ? Join({std::to_string(node.number), noun}) : noun;
  }
  const std::string first = node.extreme->first > 1 ? std::to_string(node.extreme->first) : "";
  // "الاجتماع الأطول", but "أطول اجتماع" and "أطول الاجتماعات".
  return node.extreme->words.starts_with("ال") ? Join({noun, node.extreme->words})
                                               : Join({node.extreme->words, first, noun});
}

std::string ArabicSpeaker::Target(const Condition& condition) const {
  const std::string target = Phrase(*condition.target);
  if (condition.type != Condition::kCount) return target;
  return Join({AmountWord(condition.comparison), std::to_string(condition.number), target});
}

std::string ArabicSpeaker::VerbClause(const Condition& condition, bool negated,
                                      const Agreement& head) const {
  const Relation& relation = condition.relation;
  const VerbForms verb = forms_.Verb(relation.words, relation);
  const std::string_view not_word = negated ? NotWord() : std::string_view();
  if (condition.words == "state") return Join({not_word, relation.words});
  const Node& target = *condition.target;
  const bool unnamed = IsUnnamed(target);
  const std::string object = condition.members        ? Phrase(*condition.members)
                             : unnamed                ? WithAttributes("", target)
                             : condition.text.empty() ? Target(condition)
                                                      : condition.text;
  const bool inverse = relation.chains[0].front().inverse;
  const bool does =
      verb.denotes ? (verb.subject_is == RelationSide::kSubject) != inverse : !relation.object_gap;
  const std::string preposition(ClosedWords::Of("ar").AsWritten(relation.preposition));
  if (!does && relation.object_gap && !unnamed) {
    if (preposition.empty()) {
      return Join({not_word, WithPronoun(relation.words, head.pronoun), object});
    }
    return Join({not_word, relation.words, Concat(preposition, head.pronoun), object});
  }
  const bool spelled = relation.words.ends_with(Concat(" ", preposition));
  if (preposition.empty() || spelled || unnamed) return Join({not_word, relation.words, object});
  return Join({not_word, relation.words, Attached(preposition, object)});
}

Attribute ArabicSpeaker::Related(const Condition& condition, bool negated,
                                 const Agreement& head) const {
  const Relation& relation = condition.relation;
  switch (relation.said) {
    case question::Said::kVerb:
      return {Attribute::kClause, VerbClause(condition, negated, head)};
    case question::Said::kPreposition:
    case question::Said::kTime: {
      const std::string said = Attached(relation.words, Target(condition));
      if (negated) return {Attribute::kClause, Join({head.is_not, said})};
      return {Attribute::kBehind, said};
    }
    case question::Said::kHave:
      if (negated) {
        return {Attribute::kClause, Join({"ليس", head.has, Phrase(*condition.target)})};
      }
      return {Attribute::kClause, Join({head.has, Target(condition)})};
    case question::Said::kBe:
      return {Attribute::kClause, Join({negated ? head.is_not : head.is, Target(condition)})};
    case question::Said::kAdjective:
      if (negated) return {Attribute::kClause, Join({head.is_not, condition.target->words})};
      return {Attribute::kBehind, condition.target->words};
    default: {
      if (IsUnnamed(*condition.target) && condition.target->conditions.empty()) return {};
      const bool naming = relation.said == question::Said::kCompound &&
                          condition.target->any_thing && !IsNamedByKind(*condition.target);
      std::string target = naming ? condition.target->words : Target(condition);
      // A construct takes no second article: its noun is followed by ل.
      if (relation.said == question::Said::kNoun &&
          relation.words.find(" ال") != std::string::npos) {
        target = Attached("ل", target);
      }
      if (negated) return {Attribute::kClause, Join({head.is_not, "من", target})};
      return {Attribute::kBehind, target};
    }
  }
}

Attribute ArabicSpeaker::Alternatives(const Condition& condition, bool negated,
                                      const Agreement& head) const {
  if (condition.words == "between") return {Attribute::kBehind, Join({"بين", condition.text})};
  if (condition.relation.said == question::Said::kTime && condition.target != nullptr) {
    return {Attribute::kBehind, Join({condition.words, Phrase(*condition.target)})};
  }
  Attribute out;
  for (size_t i = 0; i < condition.parts.size(); ++i) {
    Attribute part = Said(*condition.parts[i], negated, head);
    if (i == 0) {
      out = std::move(part);
      continue;
    }
    const bool any = (condition.type == Condition::kOr) != negated;
    const std::string_view relative =
        part.place == Attribute::kClause && any ? head.relative : std::string_view();
    out.text =
        any ? Join({out.text, "أو", relative, part.text}) : Concat(out.text, " و", part.text);
  }
  return out;
}

Attribute ArabicSpeaker::Said(const Condition& condition, bool negated,
                              const Agreement& head) const {
  if (condition.implied) return {};
  switch (condition.type) {
    case Condition::kNot:
      return Said(*condition.parts[0], !negated, head);
    case Condition::kRelated:
    case Condition::kCount:
      if (condition.words.empty() || condition.relation.said != question::Said::kTime) {
        return Related(condition, negated, head);
      }
      return {negated ? Attribute::kClause : Attribute::kBehind,
              Join({negated ? head.is_not : "", condition.words, Target(condition)})};
    case Condition::kInDate: {
      const bool verb = condition.relation.said == question::Said::kVerb;
      const std::string preposition =
          verb || condition.relation.words.empty() ? "في" : condition.relation.words;
      const std::string date = Attached(preposition, condition.text);
      return {negated ? Attribute::kClause : Attribute::kBehind,
              Join({negated ? head.is_not : "", date})};
    }
    case Condition::kCompare: {
      if (condition.relation.said == question::Said::kNoun) return {};
      if (condition.relation.said == question::Said::kHave) {
        return {Attribute::kClause,
                Join({negated ? "ليس" : "", head.has, condition.words, "من", Target(condition)})};
      }
      if (!condition.text.empty() && condition.relation.said == question::Said::kVerb &&
          !condition.relation.chains.empty()) {
        return {Attribute::kClause, VerbClause(condition, negated, head)};
      }
      const bool than = condition.relation.said == question::Said::kAdjective;
      const std::string said =
          Join({than || condition.text.empty() ? condition.words : "", than ? "من" : "",
                condition.text.empty() ? Target(condition) : condition.text});
      if (negated) return {Attribute::kClause, Join({head.is_not, said})};
      return {than ? Attribute::kClause : Attribute::kBehind, than ? Join({head.is, said}) : said};
    }
    case Condition::kAnd:
    case Condition::kOr:
      return Alternatives(condition, negated, head);
    case Condition::kDiffers:
      return {Attribute::kBehind, Join({"باستثناء", Phrase(*condition.target)})};
    case Condition::kIs:
      return {Attribute::kClause,
              Join({negated ? head.is_not : head.is, Phrase(*condition.target)})};
    case Condition::kStatement:
      return {};
  }
  return {};
}

std::string ArabicSpeaker::WithAttributes(std::string noun, const Node& node) const {
  const NounForms forms = FormsOf(node);
  Agreement head = AgreementOf(forms);
  if (!node.relative.empty() && !noun.empty()) head.relative = node.relative;
  const bool relative = forms.definite || !node.relative.empty();
  const bool bare = noun.empty();  // "من مثّل … في …": the verb comes first.
  std::string behind;
  bool clause = false;
  for (const ConditionPtr& condition : node.conditions) {
    if (IsOfMembers(node, condition)) continue;
    const Attribute said = Said(*condition, false, head);
    if (said.text.empty()) continue;
    if (said.place != Attribute::kClause) {
      std::string& place = bare ? behind : noun;
      place = Join({place, said.text});
      continue;
    }
    if (clause) {
      noun = Concat(noun, " و", said.text);
    } else {
      noun = Join({noun, relative && !noun.empty() ? head.relative : "", said.text});
    }
    clause = true;
  }
  noun = Join({noun, behind});
  if (!node.extreme.has_value()) return noun;
  const Extreme& extreme = *node.extreme;
  if (extreme.counted != nullptr) {
    const std::string counted =
        Join({extreme.direction > 0 ? "أكبر عدد من" : "أقل عدد من", Phrase(*extreme.counted)});
    if (extreme.said != question::Said::kVerb) return Join({noun, "ذات", counted});
    Condition condition;
    condition.relation = extreme.measure;
    condition.target = extreme.counted;
    condition.text = counted;
    return Join(
        {noun, relative && !noun.empty() ? head.relative : "", VerbClause(condition, false, head)});
  }
  if (extreme.said == question::Said::kAdjective) return noun;
  return Join({noun, "ذات", extreme.words, extreme.measure_words});
}

std::string ArabicSpeaker::Phrase(const Node& node) const {
  return WithAttributes(Noun(node), node);
}

std::string ArabicSpeaker::YesNo() const {
  const Node& focus = *meaning_.focus;
  if ((focus.things.empty() && !focus.every && !IsHolder(focus)) || focus.conditions.empty()) {
    return Join({"هل هناك", Phrase(focus)});
  }
  Node subject = focus;
  subject.conditions.pop_back();
  const std::string name = Join({focus.every ? "كل" : "", Phrase(subject)});
  const Condition& last = *focus.conditions.back();
  const bool negated = last.type == Condition::kNot;
  const Condition& said = negated ? *last.parts[0] : last;
  const Agreement head = AgreementOf(FormsOf(subject));
  const bool by_verb = said.relation.said == question::Said::kVerb &&
                       (said.type == Condition::kRelated || said.type == Condition::kCompare ||
                        said.type == Condition::kCount);
  if (by_verb) {
    const std::string_view not_word = negated ? NotWord() : std::string_view();
    const std::string clause = VerbClause(said, false, head);
    // The subject stands behind the verb.
    if (!said.relation.object_gap && clause.starts_with(said.relation.words)) {
      return Join({"هل", not_word, said.relation.words, name,
                   std::string_view(clause).substr(
                       std::min(clause.size(), said.relation.words.size() + 1))});
    }
    return Join({"هل", name, not_word, clause});
  }
  std::string clause = Said(said, negated, head).text;
  if (clause.starts_with(Concat(head.is, " "))) clause = clause.substr(head.is.size() + 1);
  return Join({"هل", name, clause});
}

// كم takes a singular without article, عدد a plural.
std::string ArabicSpeaker::Counted() const {
  const Node& focus = *meaning_.focus;
  const NounForms noun = FormsOf(focus);
  const bool plural = noun.definite || noun.number != Number::kSingular;
  return Join({plural ? "ما عدد" : "كم", Phrase(focus)});
}

std::string ArabicSpeaker::Listed() const {
  const Node& focus = *meaning_.focus;
  if (meaning_.kind == QuestionKind::kWho && IsHolder(focus) && focus.conditions.size() == 1) {
    const bool feminine = FormsOf(focus).gender == Gender::kFeminine;
    return Join({feminine ? "من هي" : "من هو", Phrase(focus)});
  }
  if (!IsUnnamed(focus)) return Phrase(focus);
  const std::string said = WithAttributes("", focus);
  return Join({meaning_.kind == QuestionKind::kWho ? "من" : "ما الذي", said});
}

std::string ArabicSpeaker::Say() const {
  std::string out;
  switch (meaning_.form) {
    case AnswerForm::kYesNo:
      out = YesNo();
      break;
    case AnswerForm::kCount:
      out = Counted();
      break;
    case AnswerForm::kGroup:
      out = Join({"ما عدد", Phrase(*meaning_.focus), "لكل", Phrase(*meaning_.group)});
      break;
    case AnswerForm::kAggregate: {
      const std::string focus = Phrase(*meaning_.focus);
      out = meaning_.aggregate == "AVG"   ? Join({"متوسط", focus})
            : meaning_.aggregate == "SUM" ? Join({"مجموع", focus})
            : meaning_.aggregate == "MAX" ? Join({"الحد الأقصى", Attached("ل", focus)})
                                          : Join({"الحد الأدنى", Attached("ل", focus)});
      break;
    }
    case AnswerForm::kDescribe:
      out = Join({"أخبرني عن", Phrase(*meaning_.focus)});
      break;
    case AnswerForm::kList: {
      const Condition* subject = OfSubject();
      if (subject == nullptr) {
        out = Listed();
        break;
      }
      const bool bare = subject->relation.words.empty() && meaning_.kind_words.empty();
      const std::string_view word = meaning_.kind == QuestionKind::kWhere  ? "أين"
                                    : meaning_.kind == QuestionKind::kWhen ? "متى"
                                    : bare                                 ? "ما مدة"
                                                                           : "كم";
      out = Join({word, subject->relation.words, meaning_.kind_words, Phrase(*subject->target)});
      break;
    }
  }
  out = Join({out, meaning_.unit_words});
  if (meaning_.ordering.has_value()) {
    std::string by = meaning_.ordering->words;
    std::erase(by, ',');
    out = Join({out, by.starts_with(' ') ? std::string_view(by).substr(1) : by});
  }
  return out;
}

}  // namespace

std::unique_ptr<Speaker> MakeArabicSpeaker(const Meaning& meaning, const Renderer& renderer,
                                           bool distinguish) {
  return std::make_unique<ArabicSpeaker>(meaning, renderer, distinguish);
}

}  // namespace sanad::question
