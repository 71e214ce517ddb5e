// Modifiers behind a noun phrase: prepositions, times, relative and reduced
// clauses, exceptions, names, groups and comparisons.

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "query/question/composer.h"

namespace sanad::question {
namespace {

// A verb in the present, which has a subject of its own: not "bordering", "held".
bool IsFinite(const Symbol& verb) {
  return !verb.links.empty() &&
         std::all_of(verb.links.begin(), verb.links.end(), [](const Link& link) {
           return link.from_lexicon &&
                  (link.features.tense == Tense::kUnknown || link.features.tense == Tense::kBase ||
                   link.features.tense == Tense::kPresent);
         });
}

}  // namespace

bool Composer::SameKind(const Phrase& phrase, const Phrase& other) const {
  if (!phrase.node->said_class || !other.node->said_class || !other.node->conditions.empty() ||
      other.node->extreme.has_value() || !other.node->things.empty() || other.no || other.each) {
    return false;
  }
  for (const Term& a : phrase.node->types) {
    for (const Term& b : other.node->types) {
      std::vector<Term> up_a = schema().SuperClasses(a), up_b = schema().SuperClasses(b);
      if (up_a.size() < 3 || up_b.size() < 3) continue;  // Near the root all is alike.
      if (up_a[1] == up_b[1] || up_a[1] == b || up_b[1] == a) return true;
    }
  }
  return false;
}

int Composer::Between(const Phrase& phrase, size_t at) const {
  int cores = 0;
  for (size_t i = phrase.head_at + 1; i < at && i < items_.size(); ++i)
    cores += items_[i].core ? 1 : 0;
  return cores;
}

void Composer::ModifiersOf(const Phrase& phrase, Phrases& out) {
  Phrases found;
  CollectModifiers(phrase, found);
  const int far = Between(phrase, phrase.next);
  for (Phrase& p : found) {
    p.rank.far += far;
    p.head_at = phrase.head_at;
    out.push_back(std::move(p));
  }
}

// "مدة الاجتماعات مع …", "X's role in …": what follows a compound may be said of the
// owner inside it.
void Composer::ModifyOwner(const Phrase& phrase, Phrases& out) {
  if (!phrase.owned || phrase.node->conditions.empty() || --budget_ < 0) return;
  if (phrase.head_at >= items_.size() || items_[phrase.head_at].heads.size() < 2) return;
  const Condition& owned = *phrase.node->conditions.back();
  if (owned.type != Condition::kRelated || owned.relation.said != Said::kNoun) return;
  Phrase owner;
  owner.node = owned.target;
  owner.next = phrase.next;
  owner.head_at = phrase.head_at;
  Phrases found;
  CollectModifiers(owner, found);
  for (const Phrase& modified : found) {
    auto condition = std::make_shared<Condition>(owned);
    condition->target = modified.node;
    auto node = std::make_shared<Node>(*phrase.node);
    node->conditions.back() = condition;
    Phrase done = phrase;
    done.node = node;
    AddRank(done.rank, modified.rank);
    done.next = modified.next;
    done.last_verb = modified.last_verb;
    out.push_back(std::move(done));
  }
}

// "a meeting in Rome"; "the state of Texas" is Texas, and "a round of talks" a round.
void Composer::ModifyByPreposition(const Phrase& phrase, size_t at, Phrases& out) {
  const bool of = Is(at, Category::kOf) ||
                  closed_words().IsWordFor("of-too", Normalise(items_[at].symbol->text));
  const Via via{.said = Is(at, Category::kOf) ? Said::kOf : Said::kPreposition,
                .symbol = items_[at].symbol};
  for (const Phrase& modifier : Phrases(PhrasesAt(at + 1))) {
    Phrases same;
    if (of && phrase.property == nullptr && modifier.joint == 0 && modifier.property == nullptr) {
      same = Apposition(phrase, modifier);
      if (same.empty() && SameKind(phrase, modifier)) same = {phrase};
      for (Phrase& p : same) p.next = modifier.next;
    }
    Append(same.empty() ? Attach(phrase, modifier, via) : std::move(same), out);
  }
}

void Composer::ModifyByBetween(const Phrase& phrase, size_t at, Phrases& out) {
  for (const Phrase& both : Phrases(PhrasesAt(at + 1))) {
    if (both.joint != '&' || both.parts.size() != 2) continue;
    Append(AttachBetween(phrase, items_[at].symbol, both.parts[0], both.parts[1]), out);
  }
  for (Phrase& p : out) p.next = std::max(p.next, at + 2);
}

void Composer::ModifyByRelative(const Phrase& phrase, size_t at, Phrases& out) {
  Phrase related = phrase;
  if (arabic()) {
    auto node = std::make_shared<Node>(*phrase.node);
    node->relative = items_[at].symbol->text;
    related.node = node;
  }
  Append(Clauses(related, at + 1, 0), out);
}

// "states whose capital is Austin"
void Composer::ModifyByWhose(const Phrase& phrase, size_t at, Phrases& out) {
  for (const Phrase& owned : Phrases(PhrasesAt(at + 1))) {
    if (owned.property == nullptr) continue;
    for (const Phrase& said : BeClause(owned, owned.next, false)) {
      Phrase done = said;
      done.property = owned.property;
      Append(Attach(phrase, done, {.said = Said::kHave}), out);
    }
  }
}

// "except Turkey and Oman"
void Composer::ModifyByException(const Phrase& phrase, size_t at, Phrases& out) {
  for (const Phrase& other : Phrases(PhrasesAt(at + 1))) {
    const Phrases parts = other.joint != 0 ? other.parts : Phrases{other};
    Phrase without = phrase;
    for (const Phrase& part : parts) {
      NodePtr target = Narrow(part.node, phrase.node->types);
      // What is said behind a name is said of the head.
      const bool said = target != nullptr && !target->things.empty() &&
                        !target->conditions.empty() && !target->any_thing;
      if (target == nullptr || said || (target->things.empty() && target->types.empty())) {
        without.node = nullptr;
        break;
      }
      auto condition = std::make_shared<Condition>();
      condition->type = Condition::kDiffers;
      condition->target = target;
      condition->words = items_[at].symbol->text;
      without.node = With(without.node, condition);
    }
    if (without.node == nullptr) continue;
    without.next = other.next;
    without.rank.fuzzy += other.rank.fuzzy;
    // "the fewest states except …": of what is asked, not of what is counted.
    if (phrase.most != 0) without.rank.implicit += 1;
    out.push_back(std::move(without));
  }
}

// "named X": the very name; all things that bear it are meant.
void Composer::ModifyByName(const Phrase& phrase, size_t at, Phrases& out) {
  for (const Phrase& name : Phrases(PhrasesAt(at + 1))) {
    if (name.node->things.empty() || name.joint != 0) continue;
    for (Phrase& p : Apposition(phrase, name)) {
      auto node = std::make_shared<Node>(*p.node);
      node->any_thing = true;
      node->conditions.insert(node->conditions.begin(), phrase.node->conditions.begin(),
                              phrase.node->conditions.end());
      p.node = node;
      p.next = name.next;
      out.push_back(std::move(p));
    }
  }
}

// "per country": the phrase that begins at `at`.
void Composer::GroupBy(const Phrase& phrase, size_t at, Phrases& out) {
  for (const Phrase& group : Phrases(PhrasesAt(at))) {
    if (phrase.group.has_value() || group.joint != 0) continue;
    for (const Connection& c : Connections(phrase, group, {.said = Said::kOf})) {
      Phrase grouped = phrase;
      grouped.group = {c.relation, group.node};
      grouped.rank.detours += c.detours;
      grouped.next = group.next;
      out.push_back(std::move(grouped));
    }
  }
}

// Whether a verb, "have" or "with" may stand in a reduced clause of the phrase: in
// "cities in X have …" and "states that border X reach …" X is not the subject.
bool Composer::MayBeSaidOf(const Phrase& phrase, size_t at) const {
  const bool have = Is(at, Category::kHave);
  if (!have && !Is(at, Category::kVerb)) return false;
  const bool inner = phrase.head_at > 0 && !phrase.node->things.empty();
  if (!inner) return true;
  // Only a name of several things, "the Oslo meetings", is told apart by what they have.
  if (have && !phrase.node->any_thing) return false;
  return have ? !closed_words().IsWordFor("finite-have", Normalise(items_[at].symbol->text))
              : arabic() || !IsFinite(*items_[at].symbol);
}

void Composer::CollectModifiers(const Phrase& phrase, Phrases& out) {
  const size_t at = phrase.next;
  if (at >= end_) return;
  ModifyOwner(phrase, out);
  // "with" that names no relation says "having".
  const bool having = items_[at].symbol != nullptr && items_[at].symbol->links.empty() &&
                      closed_words().IsWordFor("having", items_[at].symbol->word);
  const bool preposition = (Is(at, Category::kPreposition) || Is(at, Category::kOf)) && !having;
  if (preposition && IsCore(at + 1)) ModifyByPreposition(phrase, at, out);
  if (preposition && Is(at + 1, Category::kRelative)) {
    // "through which the Mississippi runs"
    Phrase gap = phrase;
    gap.next = at + 2;
    Append(SubjectClause(gap, at + 2, false), out);
    Append(Clause(gap, at + 2, 0), out);
  }
  if (Is(at, Category::kTime) && IsCore(at + 1)) {
    for (const Phrase& time : Phrases(PhrasesAt(at + 1))) {
      Append(AttachTime(phrase, items_[at].symbol, time), out);
    }
  }
  if (Is(at, Category::kBetween) && IsCore(at + 1)) ModifyByBetween(phrase, at, out);
  if (Is(at, Category::kRelative)) ModifyByRelative(phrase, at, out);
  if (Is(at, Category::kWhose) && IsCore(at + 1)) ModifyByWhose(phrase, at, out);
  if (Is(at, Category::kExcept) && IsCore(at + 1)) ModifyByException(phrase, at, out);
  if (Is(at, Category::kWithout) && IsCore(at + 1)) {
    const Via via{.said = Said::kHave, .symbol = items_[at].symbol, .negated = true};
    for (const Phrase& other : Phrases(PhrasesAt(at + 1))) Append(Attach(phrase, other, via), out);
  }
  if (Is(at, Category::kNamed) && IsCore(at + 1)) ModifyByName(phrase, at, out);
  const bool each =
      IsCore(at) && !items_[at].before.empty() && items_[at].before[0]->category == Category::kEach;
  if (each) {
    GroupBy(phrase, at, out);
  } else if (Is(at, Category::kEach) && IsCore(at + 1)) {
    GroupBy(phrase, at + 1, out);
  }
  if (Is(at, Category::kComparative) && Is(at + 1, Category::kThan) && IsCore(at + 2)) {
    for (const Phrase& other : Phrases(PhrasesAt(at + 2))) {
      Append(Compare(phrase, items_[at].symbol, other), out);
    }
  }
  if (Is(at, Category::kMentioned)) {
    out.push_back(phrase);
    out.back().next = at + 1;
  }
  // Reduced clauses: "states bordering …", "اجتماع عُقد في …", "states the … runs through",
  // "with the largest population".
  if (MayBeSaidOf(phrase, at) || Is(at, Category::kNegation) ||
      (IsCore(at) && (Is(at + 1, Category::kVerb) || Is(at + 1, Category::kAuxiliary)))) {
    Append(Clauses(phrase, at, 0), out);
  }
}

}  // namespace sanad::question
