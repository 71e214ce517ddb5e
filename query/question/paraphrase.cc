#include "query/question/paraphrase.h"

#include "language/normalise.h"
#include "language/token.h"
#include "query/question/speaker.h"
#include "storage/model/text.h"

namespace sanad::question {

std::string Speaker::Join(std::initializer_list<std::string_view> words) {
  std::string out;
  for (std::string_view word : words) {
    if (word.empty()) continue;
    if (!out.empty()) out.push_back(' ');
    out += word;
  }
  return out;
}

std::string Speaker::NameOf(const NamedThing& thing) const {
  std::string name = renderer_.Label(thing.term);
  if (!distinguish_) return name;
  const std::string beside = renderer_.Distinction(thing.term, thing.types);
  return beside.empty() ? name : Concat(name, " (", beside, ")");
}

bool Speaker::SaysMore(const Node& node) const {
  if (node.things.size() != 1) return false;
  const std::string label = Normalise(renderer_.Label(node.things[0].term));
  const std::string words = Normalise(node.words);
  return Tokenise(words).size() > Tokenise(label).size() && words.find(label) != std::string::npos;
}

bool Speaker::IsNamedByKind(const Node& node) const {
  if (!node.any_thing || node.things.size() != 1) return false;
  if (!node.noun.empty() || forms_.IsDescription(node.words, node.types)) return true;
  if (node.things[0].types.empty()) return false;  // A word that names nothing.
  // Spelled otherwise than its label.
  const std::string label = Normalise(renderer_.Label(node.things[0].term));
  if (SaysMore(node)) return false;
  for (const Token& token : Tokenise(node.words)) {
    if (token.is_word() && label.find(token.normalised()) == std::string::npos) return true;
  }
  return false;
}

bool Speaker::IsUnnamed(const Node& node) {
  return node.things.empty() && node.words.empty() && !node.is_value() && !node.said_class &&
         !node.extreme.has_value();
}

bool Speaker::IsHolder(const Node& node) {
  return std::any_of(node.conditions.begin(), node.conditions.end(),
                     [](const ConditionPtr& condition) { return condition->implied; });
}

bool Speaker::IsOfMembers(const Node& node, const ConditionPtr& condition) {
  const auto same = [&](const ConditionPtr& other) {
    return other == condition ||
           (other->type == condition->type && other->target != nullptr &&
            condition->target != nullptr && other->relation.words == condition->relation.words &&
            other->target->words == condition->target->words);
  };
  return std::any_of(node.conditions.begin(), node.conditions.end(), [&](const ConditionPtr& c) {
    return c->members != nullptr &&
           std::any_of(c->members->conditions.begin(), c->members->conditions.end(), same);
  });
}

const Condition* Speaker::OfSubject() const {
  const Node& focus = *meaning_.focus;
  const bool kind = meaning_.kind == QuestionKind::kWhere || meaning_.kind == QuestionKind::kWhen ||
                    meaning_.kind == QuestionKind::kHow ||
                    (meaning_.kind == QuestionKind::kHowMany && meaning_.form == AnswerForm::kList);
  if (!kind || !IsUnnamed(focus) || focus.conditions.size() != 1) return nullptr;
  const Condition& condition = *focus.conditions[0];
  return condition.type == Condition::kRelated && condition.target != nullptr ? &condition
                                                                              : nullptr;
}

std::string Speaker::KindOf(const Node& node) const {
  return node.types.empty() ? std::string() : renderer_.Label(node.types[0]);
}

std::string Paraphrase(const Meaning& meaning, const Renderer& renderer, bool distinguish) {
  return renderer.language() == "ar" ? MakeArabicSpeaker(meaning, renderer, distinguish)->Say()
                                     : MakeEnglishSpeaker(meaning, renderer, distinguish)->Say();
}

}  // namespace sanad::question
