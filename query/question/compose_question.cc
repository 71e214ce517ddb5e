// Questions: the kind decides what is asked of phrases and clauses; of the results
// those stay that use every word, and become meanings.

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "query/question/composer.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

std::string AggregateName(std::string_view word) {
  if (word == "average") return "AVG";
  if (word == "sum") return "SUM";
  if (word == "maximum") return "MAX";
  return "MIN";
}

}  // namespace

Phrase Composer::Unknown(std::string_view words) const {
  Phrase phrase;
  auto node = std::make_shared<Node>();
  node->words = std::string(words);
  phrase.node = node;
  return phrase;
}

Types Composer::PersonTypes() {
  Types out;
  if (!vocabulary_.labels.has_value()) return out;
  for (const LabelPosting& posting :
       vocabulary_.errors->ValueOrEmpty(vocabulary_.labels->LookUpExact("person", 16))) {
    Term term = reader_.TermOf(posting.subject);
    if (schema().IsClass(term) && std::find(out.begin(), out.end(), term) == out.end()) {
      out.push_back(std::move(term));
    }
  }
  return out;
}

Phrases Composer::Complete(const Phrases& phrases) const {
  Phrases out;
  for (const Phrase& phrase : phrases) {
    if (phrase.next >= end_ && phrase.node != nullptr) out.push_back(phrase);
  }
  return out;
}

// The phrase if it is complete, and what main clauses make of it.
void Composer::Close(const Phrase& phrase, Phrases& out) {
  auto finish = [&](const Phrase& p) {
    for (Phrase& modified : Modified(p, 0)) {
      if (modified.next < end_) continue;
      for (Phrase& done : Finish(modified)) out.push_back(std::move(done));
    }
  };
  if (phrase.next >= end_) {
    out.push_back(phrase);
    return;
  }
  for (Phrase& said : Clauses(phrase, phrase.next, 0)) {
    said.rank.far += Between(phrase, phrase.next);
    said.head_at = phrase.head_at;
    finish(said);
  }
}

// A variable for what the connections lead to from the subject.
Phrases Composer::ValueOf(const Phrase& subject, const std::vector<Connection>& connections,
                          size_t next) {
  Phrases out;
  for (const Connection& c : connections) {
    NodePtr target = Narrow(subject.node, c.first.empty() ? subject.node->types : c.first);
    if (target == nullptr) continue;
    auto node = std::make_shared<Node>();
    node->types = c.second;
    auto condition = std::make_shared<Condition>();
    condition->relation = Reversed(c.relation);
    condition->relation.object_gap = true;
    condition->target = target;
    node->conditions.push_back(condition);
    Phrase phrase = subject;
    phrase.node = node;
    phrase.property = nullptr;
    phrase.rank.detours += c.detours;
    phrase.asked = c.relation;
    phrase.next = next;
    out.push_back(std::move(phrase));
  }
  return out;
}

Phrases Composer::Answers() {
  switch (syntax_.kind) {
    case QuestionKind::kWho:
      return WhoAnswers();
    case QuestionKind::kWhere:
      return PlaceOrTimeAnswers(false);
    case QuestionKind::kWhen:
      return PlaceOrTimeAnswers(true);
    case QuestionKind::kHowMany:
      return HowManyAnswers();
    case QuestionKind::kHow:
      return HowAnswers();
    case QuestionKind::kYesNo:
      return YesNoAnswers();
    case QuestionKind::kFollowUp:
      return FollowUpAnswers();
    default:
      return WhichAnswers();
  }
}

// "Which meetings were not held in Turkey" is asked of meetings that were held:
// where a denied place is all that keeps a planned one in, it is left out.
NodePtr Composer::HeldIfDenied(const NodePtr& node) {
  const std::vector<Link> places = PlaceLinks();
  bool denied = false;
  for (const ConditionPtr& condition : node->conditions) {
    if (condition->type != Condition::kNot) continue;
    const NodePtr& target = condition->parts[0]->target;
    if (target != nullptr && target->literal == Term::String("planned")) return node;  // Said.
    for (const Chain& chain : condition->parts[0]->relation.chains) {
      for (const Link& place : places) denied |= chain.front().property == place.term;
    }
  }
  if (!denied || (!node->things.empty() && !node->any_thing)) return node;
  const Term planned = Term::String("planned");
  for (const Term& term : reader_.TermsOf(reader_.PropertiesTaking(planned))) {
    const Property* property = schema().FindProperty(term);
    if (property == nullptr || schema().Fit(*property, node->types, {}) < 0) continue;
    auto target = std::make_shared<Node>();
    target->literal = planned;
    target->types = {Term::Iri(planned.datatype())};
    target->words = closed_words().WordFor("planned");
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = {{Hop{property->iri, false, false}}};
    condition->relation.said = Said::kBe;
    condition->target = target;
    return With(node, Negate(condition));
  }
  return node;
}

// "Which two countries": the number asked for is kept, to be compared with what is
// found. A name that is counted is one thing whatever is said of it.
void Composer::TakeNumber(const Phrase& phrase, Meaning& meaning) const {
  const Node& asked = *meaning.focus;
  const bool one_name =
      asked.things.size() == 1 && (!asked.any_thing || asked.things[0].types.empty());
  const bool counts_itself = !meaning.quantity.is_undefined();
  if (meaning.form == AnswerForm::kCount && one_name && !counts_itself) meaning.rank.trivial += 1;
  const bool listed = meaning.form == AnswerForm::kList && meaning.focus->things.empty() &&
                      (meaning.kind == QuestionKind::kWhich || meaning.kind == QuestionKind::kWho);
  int64_t number = listed ? meaning.focus->number : 0;
  if (listed && phrase.counted && phrase.bound.has_value() &&
      phrase.bound->first == Comparison::kEqual) {
    number = phrase.bound->second;
  }
  if (number == meaning.focus->number) return;
  auto focus = std::make_shared<Node>(*meaning.focus);
  focus->number = number;
  meaning.focus = focus;
}

std::optional<Meaning> Composer::ToMeaning(const Phrase& given) {
  if (syntax_.kind == QuestionKind::kFollowUp) return FollowUpMeaning(given);
  Phrase phrase = given;
  if (phrase.joint != 0 || phrase.node == nullptr || phrase.headless) return std::nullopt;
  if (phrase.most != 0 || phrase.no) return std::nullopt;
  if (phrase.property != nullptr && !phrase.owned) {
    // Whose it is, is not said: anyone's, for relations between things.
    Phrases owned;
    for (const Phrase& antecedent : Antecedents(nullptr)) {
      if (owned.empty()) owned = Own(phrase, antecedent);
    }
    if (owned.empty()) owned = Own(phrase, Unknown(""));
    if (owned.empty()) return std::nullopt;
    const bool extreme = !phrase.extremes.empty();
    phrase = owned[0];
    const Property* property = schema().FindProperty(phrase.value_property);
    if (property == nullptr || (property->datatype && !extreme)) {
      if (failure_ != nullptr) failure_->left = given.node->words;
      return std::nullopt;
    }
    phrase.rank.implicit += 1;
  }
  for (const SymbolPtr& extreme : std::vector<SymbolPtr>(phrase.extremes)) {
    if (!ApplyExtreme(phrase, extreme)) return std::nullopt;
  }
  if (phrase.node->types.empty() && phrase.node->things.empty() &&
      phrase.node->conditions.empty()) {
    return std::nullopt;
  }
  Meaning meaning;
  meaning.language = language_;
  // What a yes/no question asks stands last in its clause.
  const NodePtr focus = HeldIfDenied(phrase.node);
  meaning.focus = syntax_.kind == QuestionKind::kYesNo ? focus : InOrder(focus, arabic());
  meaning.heading = phrase.node->words;
  meaning.asked = phrase.asked;
  meaning.kind = syntax_.kind;
  if (syntax_.degree != nullptr) meaning.kind_words = syntax_.degree->text;
  meaning.rank = phrase.rank;
  // A name for an answer says nothing.
  const bool listed = syntax_.kind == QuestionKind::kWhich || syntax_.kind == QuestionKind::kWho;
  if (listed && !phrase.node->things.empty() && phrase.node->conditions.empty()) {
    meaning.rank.trivial += 1;
  }
  meaning.rank.misspellings += path_.misspellings;
  meaning.rank.words = path_.content_arcs;
  meaning.rank.distance += path_.distance;
  const bool value = !phrase.value_property.is_undefined() &&
                     (schema().FindProperty(phrase.value_property)->datatype);
  if (syntax_.kind == QuestionKind::kYesNo) {
    meaning.form = AnswerForm::kYesNo;
  } else if (syntax_.kind == QuestionKind::kDescribe) {
    meaning.form = AnswerForm::kDescribe;
  } else if ((phrase.number_of && !value) ||
             (syntax_.kind == QuestionKind::kHowMany && IsCore(0) && !value)) {
    meaning.form = AnswerForm::kCount;
  } else if (!phrase.aggregate.empty()) {
    if (!value) return std::nullopt;
    meaning.form = AnswerForm::kAggregate;
    meaning.aggregate = AggregateName(phrase.aggregate);
  }
  TakeQuantity(meaning);
  TakeNumber(phrase, meaning);
  if (phrase.group.has_value()) {
    if (meaning.form != AnswerForm::kCount) return std::nullopt;
    meaning.form = AnswerForm::kGroup;
    meaning.group = phrase.group->second;
    meaning.group_relation = phrase.group->first;
  }
  return meaning;
}

bool Composer::TakeOrdering(Meaning& meaning) {
  if (end_ == items_.size()) return true;
  Ordering ordering;
  size_t at = end_;
  while (Is(at, Category::kComma)) ++at;
  if (Is(at, Category::kOrderBy)) {
    const bool date = items_[at].symbol->word == "order-date";
    ordering.words = items_[at].symbol->text;
    ++at;
    if (date) {
      auto dates = connector_.ToFamily(meaning.focus->types, LiteralFamily::kDate);
      if (dates.empty()) return false;
      ordering.by = dates[0].relation;
    } else {
      if (!IsCore(at)) return false;
      bool found = false;
      for (const Phrase& by : Phrases(Cores(items_[at]))) {
        if (by.property == nullptr) continue;
        for (const Link& link : by.property->links) {
          const Property* property = schema().FindProperty(link.term);
          if (found || property == nullptr) continue;
          if (schema().Fit(*property, meaning.focus->types, {}) < 0) continue;
          ordering.by.chains = {{Hop{property->iri, false, false}}};
          ordering.words += " " + by.property->text;
          found = true;
        }
      }
      if (!found) return false;
      ++at;
    }
  }
  while (Is(at, Category::kComma)) ++at;
  if (Is(at, Category::kDirection)) {
    ordering.descending = items_[at].symbol->direction > 0;
    ordering.words += ", " + items_[at].symbol->text;
    if (ordering.by.chains.empty()) {
      auto dates = connector_.ToFamily(meaning.focus->types, LiteralFamily::kDate);
      if (dates.empty()) return false;
      ordering.by = dates[0].relation;
    }
    ++at;
  }
  if (at < items_.size()) return false;
  meaning.ordering = ordering;
  return true;
}

void Composer::RememberWording(Meaning& meaning) const {
  for (const SymbolPtr& symbol : path_.symbols) {
    const std::string word = Normalise(symbol->text);
    switch (symbol->category) {
      case Category::kBe:
      case Category::kDo:
        meaning.past |= closed_words().IsWordFor("past", word);
        if (meaning.auxiliary.empty()) meaning.auxiliary = word;
        break;
      case Category::kVerb:
        for (const Link& link : symbol->links) meaning.past |= link.features.tense == Tense::kPast;
        break;
      case Category::kNegation:
        if (arabic()) meaning.negation = symbol->text;
        break;
      default:
        break;
    }
  }
}

// The meanings of what stands before `end`, values in `unit` if it is defined.
void Composer::TakeMeanings(size_t end, const Term& unit, std::vector<Meaning>& out) {
  end_ = end;
  memo_.clear();
  for (const Phrase& phrase : Answers()) {
    std::optional<Meaning> meaning = ToMeaning(phrase);
    if (!meaning.has_value() || !TakeUnit(unit, *meaning)) continue;
    if (unit.is_undefined() && !TakeOrdering(*meaning)) continue;
    RememberWording(*meaning);
    out.push_back(*std::move(meaning));
  }
}

std::vector<Meaning> Composer::Run() {
  std::vector<Meaning> out;
  const Term unit = UnitAsked();
  if (!unit.is_undefined()) TakeMeanings(items_.size() - 2, unit, out);
  // An ordering phrase ends the question.
  for (size_t at = 1; at < items_.size() && out.empty(); ++at) {
    if (!Is(at, Category::kOrderBy) && !Is(at, Category::kDirection)) continue;
    size_t end = at;
    while (end > 0 && Is(end - 1, Category::kComma)) --end;
    TakeMeanings(end, Term(), out);
    break;
  }
  if (out.empty()) TakeMeanings(items_.size(), Term(), out);
  std::stable_sort(out.begin(), out.end(),
                   [](const Meaning& a, const Meaning& b) { return a.rank < b.rank; });
  return out;
}

std::vector<Meaning> Compose(const Vocabulary& vocabulary, const std::string& language,
                             const LatticePath& path, const QuestionSyntax& syntax,
                             const Meaning* previous, Failure* failure) {
  return Composer(vocabulary, language, path, syntax, previous, failure).Run();
}

}  // namespace sanad::question
