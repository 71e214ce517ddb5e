// Noun phrases: a core with what stands before it, the modifiers behind it, and
// phrases joined by "and" and "or". A chart over item positions; alternatives with
// one end are pruned by rank.

#include <algorithm>
#include <utility>

#include "language/normalise.h"
#include "query/question/composer.h"

namespace sanad::question {
namespace {

constexpr size_t kDeepest = 12;  // Nested noun phrases.
constexpr size_t kWidest = 24;   // Alternatives kept at one place.
constexpr size_t kPerEnd = 5;    // Of those, with the same end.

}  // namespace

void Composer::ApplyBefore(const Item& item, Phrase& phrase) {
  for (size_t i = 0; i < item.before.size(); ++i) {
    if (SymbolPtr superlative = TakeSuperlative(item.before, i)) {
      phrase.extremes.push_back(std::move(superlative));
      continue;
    }
    const SymbolPtr& symbol = item.before[i];
    switch (symbol->category) {
      case Category::kDeterminer: {
        // After a question they are pronouns: "its length".
        if (previous_ != nullptr && symbol->word == "their") phrase.rank.implicit += 2;
        auto node = std::make_shared<Node>(*phrase.node);
        node->definite = true;
        node->indefinite |= closed_words().IsWordFor("indefinite", Normalise(symbol->text));
        phrase.node = node;
        phrase.all |= closed_words().IsWordFor("universal", Normalise(symbol->text));
        break;
      }
      case Category::kEach:
        phrase.each = true;
        phrase.all |= closed_words().IsWordFor("universal", Normalise(symbol->text));
        break;
      case Category::kNegation:
        phrase.no = true;
        break;
      case Category::kMost:
        phrase.most = symbol->direction;  // "Most rivers".
        break;
      case Category::kBound:
      case Category::kNumber: {
        Comparison comparison = Comparison::kEqual;
        SymbolPtr number = symbol;
        if (symbol->category == Category::kBound && i + 1 < item.before.size()) {
          number = item.before[++i];
          comparison = symbol->comparator == Comparator::kMoreThan   ? Comparison::kGreater
                       : symbol->comparator == Comparator::kLessThan ? Comparison::kLess
                       : symbol->comparator == Comparator::kAtLeast  ? Comparison::kGreaterOrEqual
                       : symbol->comparator == Comparator::kAtMost   ? Comparison::kLessOrEqual
                                                                     : Comparison::kEqual;
        } else {
          phrase.counted = true;
        }
        phrase.bound = {comparison, static_cast<int64_t>(number->number.value)};
        phrase.first = phrase.bound->second;
        break;
      }
      case Category::kNumberOf:
        phrase.number_of = true;
        break;
      case Category::kAggregate:
        phrase.aggregate = symbol->word;
        break;
      case Category::kComing:
        phrase = Coming(phrase, symbol);
        break;
      case Category::kNameOf:
        phrase.name_of = true;
        break;
      default:
        break;
    }
  }
  if (!phrase.extremes.empty() && phrase.counted) {
    phrase.bound.reset();  // "three longest": top N.
  } else {
    phrase.first = 1;
  }
}

Phrases Composer::Cores(const Item& item) {
  Phrases out;
  if (item.heads.empty()) {
    Phrase phrase;
    phrase.node = std::make_shared<Node>();
    phrase.headless = true;
    ApplyBefore(item, phrase);
    return {phrase};
  }
  std::vector<SymbolPtr> heads = item.heads;
  SymbolPtr after_bound, pronoun;
  std::erase_if(heads, [&](const SymbolPtr& s) {
    if (s->category == Category::kBoundAfter) after_bound = s;
    return s->category == Category::kBoundAfter;
  });
  Phrases folded = arabic() ? FoldRight(heads) : FoldLeft(heads);
  std::vector<SymbolPtr> ordinals;
  for (size_t i = 0; i < item.before.size(); ++i) {
    if (TakeSuperlative(item.before, i) != nullptr) continue;
    if (item.before[i]->category == Category::kOrdinal) ordinals.push_back(item.before[i]);
  }
  if (heads.size() == 1 && heads[0]->category == Category::kAdjective) {
    // "the Russians": people of that country.
    const Types persons = PersonTypes();
    Phrases people;
    for (const Phrase& country : folded) {
      if (persons.empty()) break;
      Phrase person = Unknown(heads[0]->text);
      auto node = std::make_shared<Node>(*person.node);
      node->types = persons;
      node->said_class = true;
      person.node = node;
      for (Phrase& p : Attach(person, country, {.said = Said::kAdjective}))
        people.push_back(std::move(p));
    }
    for (Phrase& country : folded) country.rank.implicit += people.empty() ? 0 : 1;
    folded.insert(folded.end(), people.begin(), people.end());
  }
  for (const SymbolPtr& ordinal : ordinals) {
    Phrases next;
    for (const Phrase& phrase : folded) {
      for (Phrase& p : WithOrdinal(phrase, ordinal)) next.push_back(std::move(p));
    }
    folded = std::move(next);
  }
  for (Phrase& phrase : folded) {
    ApplyBefore(item, phrase);
    if (phrase.most != 0 && phrase.bound.has_value()) continue;  // "least three" is no phrase.
    // Nor is "seven Greece": a name is not counted, and a number is not dropped.
    if (phrase.counted && phrase.bound.has_value() && !phrase.node->things.empty()) continue;
    if (after_bound != nullptr && phrase.bound.has_value()) {
      phrase.bound->first = after_bound->comparator == Comparator::kAtLeast
                                ? Comparison::kGreaterOrEqual
                                : Comparison::kLessOrEqual;
    }
    // Degree adjectives with nothing to compare say nothing that can be checked.
    for (size_t i = 0; i < item.before.size(); ++i) {
      if (item.before[i]->category == Category::kDegree &&
          (i == 0 || item.before[i - 1]->category != Category::kMost)) {
        phrase.rank.trivial += 10;
      }
    }
    out.push_back(std::move(phrase));
  }
  return out;
}

Phrases Composer::Modified(Phrase start, size_t depth) {
  Phrases out = {start};
  Phrases frontier = {std::move(start)};
  for (size_t step = 0; step < kDeepest && !frontier.empty(); ++step) {
    Phrases next;
    for (const Phrase& phrase : frontier) {
      if (--budget_ < 0) break;
      Phrases grown;
      ModifiersOf(phrase, grown);
      for (Phrase& p : grown) next.push_back(std::move(p));
    }
    Prune(next);
    out.insert(out.end(), next.begin(), next.end());
    frontier = std::move(next);
  }
  (void)depth;
  Prune(out);
  return out;
}

const Phrases& Composer::PhrasesAt(size_t at) {
  auto it = memo_.find(at);
  if (it != memo_.end()) return it->second;
  static const Phrases& none = *new Phrases();
  if (in_progress_.size() >= kDeepest || at >= end_ || !IsCore(at)) return none;
  in_progress_.push_back(at);
  Phrases out;
  if (!items_[at].core) {
    out = PronounPhrases(at);
    Prune(out);
    in_progress_.pop_back();
    return memo_[at] = std::move(out);
  }
  for (Phrase& core : Cores(items_[at])) {
    core.next = at + 1;
    core.head_at = at;
    for (Phrase& phrase : Modified(core, in_progress_.size())) {
      for (Phrase& finished : Finish(phrase)) out.push_back(std::move(finished));
    }
  }
  Prune(out);
  Phrases joined = Coordinated(out);
  out.insert(out.end(), joined.begin(), joined.end());
  Prune(out);
  in_progress_.pop_back();
  return memo_[at] = std::move(out);
}

// X and Y, X, Y or Z.
Phrases Composer::Coordinated(const Phrases& firsts) {
  Phrases out;
  for (const Phrase& first : firsts) {
    if (first.joint != 0) continue;
    size_t at = first.next;
    if (!(Is(at, Category::kAnd) || Is(at, Category::kOr) || Is(at, Category::kComma))) continue;
    size_t next = at + 1;
    char joint = Is(at, Category::kOr) ? '|' : Is(at, Category::kAnd) ? '&' : ',';
    while (Is(next, Category::kAnd) || Is(next, Category::kOr)) {
      joint = Is(next, Category::kOr) ? '|' : '&';
      ++next;
    }
    if (Is(next, Category::kPreposition) && IsCore(next + 1)) {
      // "in Turkey or in Riyadh": the preposition is said again.
      if (at > 0 && first.next > 0) ++next;
    }
    if (!IsCore(next)) continue;
    for (const Phrase& rest : PhrasesAt(next)) {
      Phrase both;
      both.node = first.node;
      both.parts = {first};
      if (rest.joint != 0) {
        if (joint != ',' && rest.joint != joint) continue;
        both.joint = rest.joint;
        both.parts.insert(both.parts.end(), rest.parts.begin(), rest.parts.end());
      } else {
        if (joint == ',') continue;
        both.joint = joint;
        both.parts.push_back(rest);
      }
      // Things of a kind are joined: both values, both names or both classes.
      const bool alike = schema().Compatible(first.node->types, rest.node->types) ||
                         (first.property == nullptr) == (rest.property == nullptr);
      if (!alike) continue;
      // "cities or towns named …": two words of one class, with what follows.
      if (both.joint == '|' && rest.joint == 0 && first.node->said_class && rest.node->said_class &&
          first.node->types == rest.node->types && first.node->conditions.empty()) {
        Phrase one = rest;
        one.head_at = at;
        out.push_back(std::move(one));
        continue;
      }
      both.rank = rest.rank;
      both.rank.fuzzy += first.rank.fuzzy;
      both.rank.implicit += first.rank.implicit;
      both.rank.detours += first.rank.detours;
      both.rank.trivial += first.rank.trivial;
      both.rank.far += first.rank.far;
      both.head_at = at;
      both.next = rest.next;
      out.push_back(std::move(both));
    }
  }
  return out;
}

void Composer::Prune(Phrases& phrases) {
  std::stable_sort(phrases.begin(), phrases.end(),
                   [](const Phrase& a, const Phrase& b) { return a.rank < b.rank; });
  std::map<size_t, size_t> per_end;
  Phrases kept;
  for (Phrase& phrase : phrases) {
    if (kept.size() >= kWidest) break;
    if (++per_end[phrase.next] > kPerEnd) continue;
    kept.push_back(std::move(phrase));
  }
  phrases = std::move(kept);
}

}  // namespace sanad::question
