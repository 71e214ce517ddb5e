// English readings: lists as noun phrases ("meetings that addressed …"), all other
// questions in their own form.

#include <utility>
#include <vector>

#include "language/label_patterns.h"
#include "language/normalise.h"
#include "query/question/closed_words.h"
#include "query/question/speaker.h"
#include "storage/model/text.h"

namespace sanad::question {
namespace {

enum class Article : uint8_t { kNone, kThe, kFitting };

std::string_view AmountWord(Comparison comparison) {
  switch (comparison) {
    case Comparison::kGreater:
      return "more than";
    case Comparison::kLess:
      return "fewer than";
    case Comparison::kGreaterOrEqual:
      return "at least";
    case Comparison::kLessOrEqual:
      return "at most";
    case Comparison::kEqual:
      return "exactly";
  }
  return "";
}

bool BeginsWithVowel(std::string_view word) {
  return !word.empty() && std::string_view("aeiouAEIOU").find(word[0]) != std::string_view::npos;
}

// A preposition that the words end in already is not said again.
std::string_view Unsaid(std::string_view preposition, const VerbForms& verb) {
  return verb.rest == preposition || verb.rest.ends_with(Concat(" ", preposition))
             ? std::string_view()
             : preposition;
}

class EnglishSpeaker : public Speaker {
 public:
  using Speaker::Speaker;
  std::string Say() const override;

 private:
  std::string Phrase(const Node& node, Article article) const;
  std::string Noun(const Node& node, Article article) const;
  NounForms FormsOf(const Node& node) const;
  std::string Named(const Node& node) const;
  std::string WithAttributes(std::string noun, const Node& node) const;
  Attribute Said(const Condition& condition, bool negated, bool plural) const;
  Attribute Related(const Condition& condition, bool negated, bool plural) const;
  Attribute Alternatives(const Condition& condition, bool negated, bool plural) const;
  std::string VerbClause(const Condition& condition, bool negated, bool plural) const;
  std::string Active(const VerbForms& verb, const Relation& relation, bool negated,
                     bool plural) const;
  std::string ExtremeSaid(const Node& node) const;
  std::string Target(const Condition& condition) const;
  std::string SubjectQuestion(const Condition& condition) const;
  std::string YesNo() const;
  std::string Listed() const;
  std::string ObjectQuestion() const;
  std::string Be(bool plural) const {
    return meaning_.past ? (plural ? "were" : "was") : (plural ? "are" : "is");
  }
  bool Past(const VerbForms& verb) const {
    if (verb.asked.tense == Tense::kPast) return true;
    return verb.asked.tense != Tense::kPresent && meaning_.past;
  }
};

std::string EnglishSpeaker::Named(const Node& node) const {
  if (node.any_thing && !IsNamedByKind(node) && !node.words.empty()) {
    std::string kind = node.noun.empty() ? KindOf(node) : node.noun;
    if (node.noun.empty() && !kind.empty()) kind = forms_.Plural(kind);
    const std::string quoted = Concat("\"", node.words, "\"");
    return kind.empty() ? quoted : Join({kind, "naming", quoted});
  }
  std::vector<std::string> names;
  for (const NamedThing& thing : node.things) {
    std::string name = SaysMore(node) && !distinguish_ ? node.words : NameOf(thing);
    const bool described = forms_.IsDescription(renderer_.Label(thing.term), thing.types);
    names.push_back(described ? Join({"the", name}) : std::move(name));
  }
  return JoinInWords(names, "en");
}

NounForms EnglishSpeaker::FormsOf(const Node& node) const {
  NounForms out = forms_.Noun(node.words, node.types);
  if (!node.things.empty()) {
    const bool naming = node.any_thing && !IsNamedByKind(node) && !node.words.empty();
    out.number = naming || node.things.size() > 1 ? Number::kPlural : Number::kSingular;
  } else if (node.plural || (node.extreme.has_value() && node.extreme->first > 1)) {
    out.number = Number::kPlural;
  }
  return out;
}

std::string EnglishSpeaker::Noun(const Node& node, Article article) const {
  if (node.is_value()) return node.words;
  if (!node.things.empty()) {
    // "the first session" by a name: its ordinal is said with it.
    std::string named = Named(node), before;
    for (const ConditionPtr& condition : node.conditions) {
      if (condition->relation.said != question::Said::kAdjective || condition->implied) continue;
      const Attribute said = Said(*condition, false, false);
      if (said.place == Attribute::kBefore) before = Join({before, said.text});
    }
    if (before.empty()) return named;
    if (Normalise(node.words) == Normalise(KindOf(node))) named = node.words;
    if (named.starts_with("the ")) named = named.substr(4);
    return Join({"the", before, named});
  }
  std::string noun = node.words;
  bool plural = FormsOf(node).number == Number::kPlural;
  if (noun.empty()) noun = KindOf(node);
  std::string before;
  for (const ConditionPtr& condition : node.conditions) {
    if (IsOfMembers(node, condition)) continue;
    Attribute said = Said(*condition, false, plural);
    if (said.place == Attribute::kBefore) before = Join({before, said.text});
  }
  bool superlative = false;
  if (node.extreme.has_value() && node.extreme->said == Said::kAdjective &&
      node.extreme->counted == nullptr) {
    superlative = true;
    const int64_t first = node.extreme->first;
    if (first > 1) plural = true;
    before = Join({first > 1 ? std::to_string(first) : "", node.extreme->words, before});
  }
  if (&node == meaning_.focus.get() && node.number > 0 && !superlative) {
    before = Join({std::to_string(node.number), before});
    plural |= node.number > 1;
  }
  noun = Join({before, noun});
  if (article == Article::kNone || noun.empty() || noun.starts_with("the ")) return noun;
  const bool the = superlative || (node.definite && !node.indefinite) || article == Article::kThe;
  if (the && !(plural && !superlative && !node.definite)) return Join({"the", noun});
  if (plural) return noun;
  return Join({BeginsWithVowel(noun) ? "an" : "a", noun});
}

std::string EnglishSpeaker::Target(const Condition& condition) const {
  const Node& target = *condition.target;
  if (condition.type == Condition::kCount) {
    return Join({AmountWord(condition.comparison), std::to_string(condition.number),
                 Phrase(target, Article::kNone)});
  }
  return Phrase(target, Article::kFitting);
}

std::string EnglishSpeaker::Active(const VerbForms& verb, const Relation& relation, bool negated,
                                   bool plural) const {
  const bool past = Past(verb);
  if (negated) {
    const std::string_view auxiliary = past ? "did not" : plural ? "do not" : "does not";
    return verb.base.empty() ? Join({Be(plural), "not", relation.words})
                             : Join({auxiliary, verb.base, verb.rest});
  }
  const std::string& form = past ? verb.past : plural ? verb.base : verb.third;
  return form.empty() ? relation.words : Join({form, verb.rest});
}

// What a verb says of the head, without "that".
std::string EnglishSpeaker::VerbClause(const Condition& condition, bool negated,
                                       bool plural) const {
  const Relation& relation = condition.relation;
  const VerbForms verb = forms_.Verb(relation.words, relation);
  const std::string_view preposition = Unsaid(relation.preposition, verb);
  const std::string_view not_word = negated ? "not" : "";
  const std::string be = Be(plural);
  if (condition.words == "state") {
    const bool bare = relation.passive || verb.participle == relation.words;
    return bare ? Join({be, not_word, relation.words}) : Active(verb, relation, negated, plural);
  }
  const bool inverse = relation.chains[0].front().inverse;
  const bool does =
      verb.denotes ? (verb.subject_is == RelationSide::kSubject) != inverse : !inverse;
  const Node& target = *condition.target;
  const bool unnamed = IsUnnamed(target);
  const std::string object = condition.members        ? Phrase(*condition.members, Article::kThe)
                             : unnamed                ? WithAttributes("", target)
                             : condition.text.empty() ? Target(condition)
                                                      : condition.text;
  // A participle of a label ("held in"), or a verb whose doer is not the head.
  const std::string participle =
      verb.participle.empty() ? relation.words : Join({verb.participle, verb.rest});
  const bool stative = !verb.denotes && does && !verb.rest.empty() && !verb.participle.empty() &&
                       verb.asked.tense != Tense::kPresent;
  if (does && !stative && !(relation.passive && !verb.denotes)) {
    return Join({Active(verb, relation, negated, plural), preposition, object});
  }
  if (!does && !relation.passive && relation.object_gap && !unnamed && verb.rest != "by") {
    const bool many = target.plural || target.things.size() > 1;
    return Join({object, Active(verb, relation, negated, many), preposition});
  }
  const bool by = !does && preposition.empty() && verb.rest.empty() && !unnamed;
  return Join({be, not_word, participle, by ? "by" : preposition, object});
}

Attribute EnglishSpeaker::Related(const Condition& condition, bool negated, bool plural) const {
  const Relation& relation = condition.relation;
  switch (relation.said) {
    case question::Said::kVerb:
      return {Attribute::kClause, VerbClause(condition, negated, plural)};
    case question::Said::kPreposition:
    case question::Said::kTime:
      if (relation.object_gap) {
        return {Attribute::kClause, Join({Target(condition), Be(false), relation.words})};
      }
      if (negated) {
        return {Attribute::kClause, Join({Be(plural), "not", relation.words, Target(condition)})};
      }
      return {Attribute::kBehind, Join({relation.words, Target(condition)})};
    case question::Said::kHave:
      return {Attribute::kBehind, negated
                                      ? Join({"with no", Phrase(*condition.target, Article::kNone)})
                                      : Join({"with", Target(condition)})};
    case question::Said::kBe:
      return {Attribute::kClause,
              Join({plural ? "are" : "is", negated ? "not" : "",
                    condition.target->is_value() ? condition.target->words : Target(condition)})};
    case question::Said::kCompound:
      if (!negated && !condition.target->things.empty() && condition.target->conditions.empty()) {
        const bool naming = condition.target->any_thing && !IsNamedByKind(*condition.target);
        return {Attribute::kBefore, naming ? condition.target->words : Target(condition)};
      }
      if (negated) return {Attribute::kClause, Join({Be(plural), "not of", Target(condition)})};
      return {Attribute::kBehind, Join({"of", Target(condition)})};
    case question::Said::kAdjective:
      if (negated) return {Attribute::kClause, Join({Be(plural), "not", condition.target->words})};
      return {Attribute::kBefore, condition.target->words};
    default:
      if (IsUnnamed(*condition.target) && condition.target->conditions.empty()) return {};
      if (negated) {
        return {Attribute::kClause, Join({Be(plural), "not of", Target(condition)})};
      }
      return {Attribute::kBehind, Join({"of", Target(condition)})};
  }
}

// Parts joined by "and" or "or"; each says its own verb again.
Attribute EnglishSpeaker::Alternatives(const Condition& condition, bool negated,
                                       bool plural) const {
  if (condition.words == "between") return {Attribute::kBehind, Join({"between", condition.text})};
  if (condition.relation.said == question::Said::kTime && condition.target != nullptr) {
    return {Attribute::kBehind,
            Join({condition.words, Phrase(*condition.target, Article::kFitting)})};
  }
  Attribute out;
  for (size_t i = 0; i < condition.parts.size(); ++i) {
    Attribute part = Said(*condition.parts[i], negated, plural);
    if (i == 0) {
      out = std::move(part);
      continue;
    }
    const bool any = (condition.type == Condition::kOr) != negated;
    out.text +=
        Concat(any ? " or " : " and ", part.place == Attribute::kClause ? "that " : "", part.text);
  }
  return out;
}

Attribute EnglishSpeaker::Said(const Condition& condition, bool negated, bool plural) const {
  if (condition.implied) return {};
  switch (condition.type) {
    case Condition::kNot:
      return Said(*condition.parts[0], !negated, plural);
    case Condition::kRelated:
    case Condition::kCount:
      if (condition.words.empty() || condition.relation.said != question::Said::kTime) {
        return Related(condition, negated, plural);
      }
      if (negated) {
        return {Attribute::kClause, Join({Be(plural), "not", condition.words, Target(condition)})};
      }
      return {Attribute::kBehind, Join({condition.words, Target(condition)})};
    case Condition::kInDate: {
      const bool verb = condition.relation.said == question::Said::kVerb;
      const std::string preposition = verb ? (condition.target->date.day != 0 ? "on" : "in")
                                      : condition.relation.words.empty() ? "of"
                                                                         : condition.relation.words;
      const std::string date = Join({preposition, condition.text});
      if (negated) return {Attribute::kClause, Join({Be(plural), "not", date})};
      return {Attribute::kBehind, date};
    }
    case Condition::kCompare:
      if (condition.relation.said == question::Said::kNoun) return {};
      if (condition.relation.said == question::Said::kHave) {
        const std::string_view article = BeginsWithVowel(condition.words) ? "an" : "a";
        const std::string more = Join({article, condition.words, "than", Target(condition)});
        return negated ? Attribute{Attribute::kClause,
                                   Join({plural ? "do not have" : "does not have", more})}
                       : Attribute{Attribute::kBehind, Join({"with", more})};
      }
      if (!condition.text.empty() && condition.relation.said == question::Said::kVerb &&
          !condition.relation.chains.empty()) {
        return {Attribute::kClause, VerbClause(condition, negated, plural)};
      } else {
        const bool than = condition.relation.said == question::Said::kAdjective;
        const std::string said =
            Join({than || condition.text.empty() ? condition.words : "of", than ? "than" : "",
                  condition.text.empty() ? Target(condition) : condition.text});
        if (than || negated) {
          return {Attribute::kClause, Join({Be(plural), negated ? "not" : "", said})};
        }
        return {Attribute::kBehind, said};
      }
    case Condition::kAnd:
    case Condition::kOr:
      return Alternatives(condition, negated, plural);
    case Condition::kDiffers:
      return {Attribute::kBehind, Join({"except", Phrase(*condition.target, Article::kFitting)})};
    case Condition::kIs:
      return {Attribute::kClause, Join({Be(plural), negated ? "not" : "",
                                        Phrase(*condition.target, Article::kFitting)})};
    case Condition::kStatement:
      return {};
  }
  return {};
}

std::string EnglishSpeaker::ExtremeSaid(const Node& node) const {
  const Extreme& extreme = *node.extreme;
  if (extreme.counted != nullptr) {
    const std::string counted = Join({extreme.direction > 0 ? "the most" : "the fewest",
                                      Phrase(*extreme.counted, Article::kNone)});
    if (extreme.said != question::Said::kVerb) return Join({"with", counted});
    Condition condition;
    condition.relation = extreme.measure;
    condition.target = extreme.counted;
    condition.text = counted;
    const NounForms forms = FormsOf(node);
    return Join({forms.human ? "who" : "that",
                 VerbClause(condition, false, forms.number == Number::kPlural)});
  }
  return Join({"with the", extreme.words, extreme.measure_words});
}

std::string EnglishSpeaker::WithAttributes(std::string noun, const Node& node) const {
  const NounForms forms = FormsOf(node);
  const bool plural = forms.number == Number::kPlural;
  const std::string_view relative = forms.human ? "who" : "that";
  const bool bare = noun.empty();  // "who represented … at …": the verb comes first.
  std::string behind;
  bool clause = false;
  for (const ConditionPtr& condition : node.conditions) {
    if (IsOfMembers(node, condition)) continue;
    Attribute said = Said(*condition, false, plural);
    if (said.place == Attribute::kBefore) continue;
    const bool starts = said.place == Attribute::kClause;
    if (bare && !starts) {
      behind = Join({behind, said.text});
      continue;
    }
    noun = Join({noun, starts && clause ? "and" : "", starts ? relative : "", said.text});
    clause |= starts;
  }
  noun = Join({noun, behind});
  if (node.extreme.has_value() &&
      (node.extreme->counted != nullptr || node.extreme->said != question::Said::kAdjective)) {
    noun = Join({noun, ExtremeSaid(node)});
  }
  return noun;
}

std::string EnglishSpeaker::Phrase(const Node& node, Article article) const {
  return WithAttributes(Noun(node, article), node);
}

// "where was … held", "how long did … last": in the question's own words.
std::string EnglishSpeaker::SubjectQuestion(const Condition& condition) const {
  const std::string subject = Phrase(*condition.target, Article::kThe);
  const std::string_view word = meaning_.kind == QuestionKind::kWhere  ? "where"
                                : meaning_.kind == QuestionKind::kWhen ? "when"
                                                                       : "how";
  std::string degree = meaning_.kind_words;
  const std::string& verb = condition.relation.words;
  if (word == "how" && degree.empty()) {
    degree = meaning_.kind == QuestionKind::kHowMany ? "much" : "long";
  }
  const bool plural = FormsOf(*condition.target).number == Number::kPlural;
  std::string auxiliary = meaning_.auxiliary.empty() ? Be(plural) : meaning_.auxiliary;
  // "Where was it held" of several things: the verb agrees with what is said now.
  if (plural && auxiliary == "was") auxiliary = "were";
  if (plural && auxiliary == "is") auxiliary = "are";
  return Join({word, degree, auxiliary, subject, verb});
}

std::string EnglishSpeaker::YesNo() const {
  const Node& focus = *meaning_.focus;
  // "a meeting naming X", be it one of several, "topics naming X".
  const bool one_of = focus.any_thing && !focus.noun.empty() &&
                      forms_.Noun(focus.noun, focus.types).number != Number::kPlural;
  const bool plural = focus.plural || (focus.things.size() > 1 && !one_of);
  if ((focus.things.empty() && !focus.every && !IsHolder(focus)) || focus.conditions.empty()) {
    return Join({meaning_.past && !focus.things.empty() ? "was"
                 : plural                               ? "are"
                                                        : "is",
                 "there", Phrase(focus, Article::kFitting)});
  }
  Node subject = focus;
  subject.conditions.pop_back();
  const std::string name =
      focus.every ? Join({focus.plural ? "all" : "every", Phrase(subject, Article::kNone)})
                  : Phrase(subject, Article::kThe);
  const Condition& last = *focus.conditions.back();
  const bool negated = last.type == Condition::kNot;
  const Condition& said = negated ? *last.parts[0] : last;
  const bool by_verb = said.relation.said == question::Said::kVerb &&
                       (said.type == Condition::kRelated || said.type == Condition::kCompare ||
                        said.type == Condition::kCount);
  std::string clause = Said(said, false, plural).text;
  if (!by_verb) {
    // A clause with "be" of its own gives it to the front.
    const std::string be = Be(plural);
    if (clause.starts_with(be + " ")) clause = clause.substr(be.size() + 1);
    return Join({be, name, negated ? "not" : "", clause});
  }
  const VerbForms verb = forms_.Verb(said.relation.words, said.relation);
  const std::string be = Be(plural);
  if (clause.starts_with(be + " ")) return Join({be, name, clause.substr(be.size() + 1)});
  const std::string auxiliary = Past(verb) ? "did" : plural ? "do" : "does";
  const std::string active = Active(verb, said.relation, false, plural);
  if (verb.base.empty() || !clause.starts_with(active)) return Join({be, name, clause});
  return Join({auxiliary, name, Join({verb.base, verb.rest}),
               clause.substr(std::min(clause.size(), active.size() + 1))});
}

// "what did Peru announce": the doer is said, what it does is asked for.
std::string EnglishSpeaker::ObjectQuestion() const {
  const Node& focus = *meaning_.focus;
  if (focus.conditions.size() != 1 || focus.conditions[0]->type != Condition::kRelated) return "";
  const Condition& condition = *focus.conditions[0];
  const Relation& relation = condition.relation;
  if (relation.said != question::Said::kVerb || relation.passive || !relation.object_gap) return "";
  const VerbForms verb = forms_.Verb(relation.words, relation);
  const bool does = (verb.subject_is == RelationSide::kSubject) != relation.chains[0][0].inverse;
  if (!verb.denotes || does || verb.base.empty() || IsUnnamed(*condition.target)) return "";
  const bool plural = FormsOf(*condition.target).number == Number::kPlural;
  return Join({meaning_.kind == QuestionKind::kWho ? "whom" : "what",
               Past(verb) ? "did"
               : plural   ? "do"
                          : "does",
               Target(condition), verb.base, verb.rest, Unsaid(relation.preposition, verb)});
}

std::string EnglishSpeaker::Listed() const {
  const Node& focus = *meaning_.focus;
  if (meaning_.kind == QuestionKind::kWho && IsHolder(focus) && focus.conditions.size() == 1) {
    return Join({"who", Be(false), Phrase(focus, Article::kThe)});
  }
  if (!IsUnnamed(focus)) return Phrase(focus, Article::kThe);
  if (const std::string asked = ObjectQuestion(); !asked.empty()) return asked;
  // A relation whose far side has no name of its own: "who led …".
  std::string said = WithAttributes("", focus);
  for (const std::string_view relative : {"that ", "who "}) {
    if (said.starts_with(relative)) said = said.substr(relative.size());
  }
  return Join({meaning_.kind == QuestionKind::kWho ? "who" : "what", said});
}

std::string EnglishSpeaker::Say() const {
  std::string out;
  const Condition* subject = OfSubject();
  switch (meaning_.form) {
    case AnswerForm::kYesNo:
      out = YesNo();
      break;
    case AnswerForm::kCount:
      out = Join({"the number of", Phrase(*meaning_.focus, Article::kNone)});
      break;
    case AnswerForm::kGroup:
      out = Join({"the number of", Phrase(*meaning_.focus, Article::kNone), "per",
                  Phrase(*meaning_.group, Article::kNone)});
      break;
    case AnswerForm::kAggregate: {
      const std::string_view word = meaning_.aggregate == "AVG"   ? "average"
                                    : meaning_.aggregate == "SUM" ? "total"
                                    : meaning_.aggregate == "MAX" ? "maximum"
                                                                  : "minimum";
      out = Join({"the", word, Phrase(*meaning_.focus, Article::kNone)});
      break;
    }
    case AnswerForm::kDescribe:
      out = Join({"tell me about", Phrase(*meaning_.focus, Article::kThe)});
      break;
    case AnswerForm::kList:
      out = subject != nullptr ? SubjectQuestion(*subject) : Listed();
      break;
  }
  out = Join({out, meaning_.unit_words});
  if (meaning_.ordering.has_value()) {
    const std::string& by = meaning_.ordering->words;
    out = by.starts_with(',') ? out + by : Join({out, by.starts_with("by ") ? "ordered" : "", by});
  }
  return out;
}

}  // namespace

std::unique_ptr<Speaker> MakeEnglishSpeaker(const Meaning& meaning, const Renderer& renderer,
                                            bool distinguish) {
  return std::make_unique<EnglishSpeaker>(meaning, renderer, distinguish);
}

}  // namespace sanad::question
