// Noun phrases: heads side by side, what stands before them, and modifiers
// behind them. English compounds grow to the left of their head ("Riyadh talks"),
// Arabic constructs to the right (مدة اجتماع الرياض).

#include <algorithm>
#include <set>
#include <utility>

#include "language/label_index.h"
#include "query/question/composer.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kDeepest = 12;  // Nested noun phrases.
constexpr size_t kWidest = 24;   // Alternatives kept at one place.
constexpr size_t kPerEnd = 5;    // Of those, with the same end.

int QualityOf(const Link& link) {
  if (link.holding || link.closeness == Closeness::kFuzzy) return 3;
  if (link.closeness >= Closeness::kInflected) return 2;
  return link.preferred_label ? 0 : 1;
}

// Things a document made have no name of their own: whatever their labels say
// among other words is meant.
bool IsDocumentThing(const Term& term) {
  return term.is_iri() && term.value().find('#') != std::string::npos &&
         (term.value().starts_with("file:") || term.value().find("#topic-") != std::string::npos ||
          term.value().find("#event-") != std::string::npos ||
          term.value().find("#outcome-") != std::string::npos ||
          term.value().find("#proposal-") != std::string::npos);
}

Phrase Valued(const SymbolPtr& symbol, Term literal, std::string_view datatype) {
  Phrase phrase;
  auto node = std::make_shared<Node>();
  node->literal = std::move(literal);
  node->types = {Term::Iri(datatype)};
  node->words = symbol->text;
  phrase.node = std::move(node);
  return phrase;
}

}  // namespace

Phrases Composer::HeadPhrases(const SymbolPtr& symbol) {
  Phrases out;
  auto node = std::make_shared<Node>();
  node->words = symbol->text;
  node->definite = symbol->definite;
  Phrase phrase;
  switch (symbol->category) {
    case Category::kClass: {
      for (const Link& link : symbol->links) {
        // Of a class and its sub-class under one name the wider one is meant.
        bool covered = false;
        for (const Link& other : symbol->links) {
          covered |= other.term != link.term && schema().IsSubClass(link.term, other.term) &&
                     QualityOf(other) <= QualityOf(link);
        }
        if (!covered) node->types.push_back(link.term);
        node->plural |= link.features.number == Number::kPlural;
      }
      if (!arabic() && !node->words.empty() && node->words.back() == 's') node->plural = true;
      node->said_class = true;
      phrase.node = node;
      out.push_back(phrase);
      break;
    }
    case Category::kProperty: {
      if (!arabic() && !node->words.empty() && node->words.back() == 's') node->plural = true;
      phrase.node = node;
      phrase.property = symbol;
      out.push_back(phrase);
      break;
    }
    case Category::kEntity:
    case Category::kName: {
      int best = 10;
      bool document = false;
      for (const Link& link : symbol->links) {
        best = std::min(best, QualityOf(link));
        document |= IsDocumentThing(link.term);
      }
      for (const Link& link : symbol->links) {
        const int quality = QualityOf(link);
        // Labels that hold the words among others: for things without names of
        // their own always, for others only where nothing is named so.
        if (link.holding && best < 3 && !IsDocumentThing(link.term)) continue;
        NamedThing thing{link.term, Schema::TypesOf(reader_, reader_.Id(link.term)), quality};
        for (const Term& type : thing.types) {
          if (std::find(node->types.begin(), node->types.end(), type) == node->types.end()) {
            node->types.push_back(type);
          }
        }
        node->things.push_back(std::move(thing));
      }
      node->any_thing = symbol->category == Category::kName || best == 3;
      phrase.rank.fuzzy = best == 3 ? 1 : 0;
      phrase.node = node;
      if (!node->things.empty()) out.push_back(phrase);
      break;
    }
    case Category::kAdjective: {
      // "Russian": someone or something of that country.
      for (const Link& link : symbol->links) {
        NamedThing thing{link.term, Schema::TypesOf(reader_, reader_.Id(link.term)), 0};
        if (thing.types.empty() && vocabulary_.lexicon != nullptr) {
          thing.types = vocabulary_.lexicon->TypesOf(link.term);
        }
        for (const Term& type : thing.types) node->types.push_back(type);
        node->things.push_back(std::move(thing));
      }
      phrase.node = node;
      out.push_back(phrase);
      break;
    }
    case Category::kDate: {
      phrase = Valued(symbol, symbol->date.date.ToTerm(), SANAD_XSD_NS "date");
      auto dated = std::make_shared<Node>(*phrase.node);
      dated->date = symbol->date.date;
      dated->date_end = symbol->date.end;
      if (dated->literal.is_undefined()) {
        dated->literal = Term::String(symbol->text);  // A relative date: compared by its words.
      }
      phrase.node = dated;
      out.push_back(phrase);
      break;
    }
    case Category::kDuration: {
      phrase = Valued(symbol, symbol->duration.ToTerm(), SANAD_XSD_NS "duration");
      auto lasting = std::make_shared<Node>(*phrase.node);
      lasting->comparator = symbol->comparator;
      phrase.node = lasting;
      out.push_back(phrase);
      break;
    }
    case Category::kNumber: {
      out.push_back(Valued(symbol, symbol->number.ToTerm(), SANAD_XSD_NS "decimal"));
      break;
    }
    default:
      break;
  }
  return out;
}

// A class noun and a name side by side: the name, when it is one of the class.
Phrases Composer::Apposition(const Phrase& noun, const Phrase& name) {
  if (name.node->things.empty() || !noun.node->things.empty()) return {};
  if (!noun.node->conditions.empty() || noun.owned) return {};
  Types wanted = noun.node->types;
  if (noun.property != nullptr) {
    for (const Link& link : noun.property->links) {
      if (const Property* property = schema().FindProperty(link.term)) {
        for (const Term& range : schema().RangeOf(*property, {})) wanted.push_back(range);
      }
    }
  }
  if (wanted.empty()) return {};
  NodePtr narrowed = Narrow(name.node, wanted);
  if (narrowed == nullptr) return {};
  bool all = true;
  for (const NamedThing& thing : narrowed->things) all &= !thing.types.empty();
  if (!all) return {};
  Phrase out = noun;
  auto node = std::make_shared<Node>(*narrowed);
  node->words = arabic() ? Concat(noun.node->words, " ", name.node->words) : name.node->words;
  out.node = node;
  out.rank.fuzzy += name.rank.fuzzy;
  return {out};
}

Phrases Composer::FoldLeft(const std::vector<SymbolPtr>& heads) {
  Phrases current;
  bool possessor = false;
  for (size_t i = 0; i < heads.size(); ++i) {
    const SymbolPtr& symbol = heads[i];
    if (symbol->category == Category::kPossessive) {
      possessor = true;
      continue;
    }
    if (symbol->category == Category::kOrdinal ||
        (symbol->category == Category::kNumber && !current.empty())) {
      Phrases next;
      for (const Phrase& phrase : current) {
        for (Phrase& p : WithOrdinal(phrase, symbol)) next.push_back(std::move(p));
      }
      current = std::move(next);
      continue;
    }
    if (symbol->category == Category::kSuperlative) {
      for (Phrase& phrase : current) phrase.extremes.push_back(symbol);
      continue;
    }
    if (symbol->category == Category::kComing) {
      for (Phrase& phrase : current) phrase = Coming(phrase, symbol);
      continue;
    }
    Phrases heads_here = HeadPhrases(symbol);
    if (i == 0) {
      current = std::move(heads_here);
      continue;
    }
    Phrases next;
    for (const Phrase& left : current) {
      for (const Phrase& right : heads_here) {
        if (possessor) {
          for (Phrase& p : Attach(right, left, {.said = Said::kOf})) next.push_back(std::move(p));
          continue;
        }
        const bool name = !right.node->things.empty() && right.property == nullptr;
        if (name) {
          // "capital austin", "texas state" the other way round: below.
          for (Phrase& p : Apposition(left, right)) next.push_back(std::move(p));
          if (left.node->things.empty() && next.empty() && left.property == nullptr) {
            for (Phrase& p : Attach(left, right, {.said = Said::kCompound})) {
              next.push_back(std::move(p));
            }
          }
          // "austin texas": the second says where the first is.
          if (!left.node->things.empty()) {
            for (Phrase& p : Attach(left, right, {.said = Said::kCompound})) {
              next.push_back(std::move(p));
            }
          }
        } else {
          Phrases said;
          if (!left.node->things.empty() && right.property == nullptr)
            said = Apposition(right, left);
          const bool adjective = heads[i - 1]->category == Category::kAdjective;
          if (said.empty()) {
            said = Attach(right, left, {.said = adjective ? Said::kAdjective : Said::kCompound});
          }
          for (Phrase& p : said) next.push_back(std::move(p));
        }
      }
    }
    possessor = false;
    current = std::move(next);
    Prune(current);
  }
  return current;
}

Phrases Composer::FoldRight(const std::vector<SymbolPtr>& heads) {
  // Adjectives, ordinals and elatives wait for the nearest noun before them that
  // they fit.
  struct Partial {
    Phrase phrase;
    std::vector<SymbolPtr> waiting;
  };
  std::vector<Partial> current = {Partial{}};
  bool started = false;
  auto apply = [&](const Phrase& noun, const SymbolPtr& word) -> Phrases {
    if (word->category == Category::kAdjective) {
      Phrases out;
      for (const Phrase& adjective : HeadPhrases(word)) {
        for (Phrase& p : Attach(noun, adjective, {.said = Said::kAdjective}))
          out.push_back(std::move(p));
      }
      return out;
    }
    if (word->category == Category::kSuperlative) {
      Phrase p = noun;
      p.extremes.push_back(word);
      return {p};
    }
    if (word->category == Category::kComing) {
      if (noun.property != nullptr || !noun.node->things.empty()) return {};
      return {Coming(noun, word)};
    }
    return WithOrdinal(noun, word);
  };
  for (size_t k = heads.size(); k-- > 0;) {
    const SymbolPtr& symbol = heads[k];
    const bool describing = symbol->category == Category::kOrdinal ||
                            symbol->category == Category::kSuperlative ||
                            (symbol->category == Category::kAdjective && k > 0) ||
                            (symbol->category == Category::kNumber && k > 0 &&
                             heads[k - 1]->category == Category::kClass);
    std::vector<Partial> next;
    if (describing) {
      for (Partial& partial : current) {
        partial.waiting.push_back(symbol);
        next.push_back(std::move(partial));
      }
      current = std::move(next);
      continue;
    }
    Phrases heads_here = HeadPhrases(symbol);
    for (const Partial& partial : current) {
      for (const Phrase& head : heads_here) {
        // First what waits, as far as it fits this noun.
        std::vector<Partial> described = {{head, {}}};
        for (size_t w = partial.waiting.size(); w-- > 0;) {
          std::vector<Partial> step;
          for (const Partial& d : described) {
            Phrases applied = apply(d.phrase, partial.waiting[w]);
            for (Phrase& p : applied) step.push_back({std::move(p), d.waiting});
            if (applied.empty() || head.property != nullptr || !head.node->things.empty()) {
              Partial kept = d;
              kept.waiting.insert(kept.waiting.begin(), partial.waiting[w]);
              step.push_back(std::move(kept));
            }
          }
          described = std::move(step);
        }
        for (const Partial& d : described) {
          if (!started) {
            next.push_back(d);
            continue;
          }
          Phrases joined;
          if (d.phrase.property == nullptr) joined = Apposition(d.phrase, partial.phrase);
          if (joined.empty()) {
            joined = Attach(d.phrase, partial.phrase, {.said = Said::kCompound});
          }
          for (Phrase& p : joined) next.push_back({std::move(p), d.waiting});
        }
      }
    }
    started = true;
    current = std::move(next);
  }
  Phrases out;
  for (Partial& partial : current) {
    if (started && partial.waiting.empty()) out.push_back(std::move(partial.phrase));
  }
  return out;
}

// "second round", "round 2", "first meeting": by a property that numbers things
// of the class, or for first and last by date.
Phrases Composer::WithOrdinal(const Phrase& phrase, const SymbolPtr& ordinal) {
  if (phrase.node == nullptr || phrase.property != nullptr) return {};
  Phrases out;
  bool declared = false;
  Term number = ordinal->number.ToTerm();
  const std::string_view marker = arabic() ? "رقم" : "number";
  for (const Property* property : schema().properties()) {
    if (!property->datatype || schema().Fit(*property, phrase.node->types, {}) < 0) continue;
    bool numbers = false;
    for (const Term& range : schema().RangeOf(*property, {})) {
      numbers |= FamilyOf(range.value()) == LiteralFamily::kNumber;
    }
    if (!numbers) continue;
    bool marked = false;
    for (std::string_view predicate : {iri::kRdfsLabel, iri::kSkosAltLabel}) {
      for (const Term& label : reader_.TermsOf(
               reader_.Objects(reader_.Id(property->iri), reader_.Id(predicate), true))) {
        for (const Token& token : Tokenise(label.value())) marked |= token.normalised() == marker;
      }
    }
    if (!marked) continue;
    // A number of things of this class before a number of anything.
    if (declared && property->domain.empty()) continue;
    if (!declared && !property->domain.empty()) {
      out.clear();
      declared = true;
    }
    auto target = std::make_shared<Node>();
    target->literal = number;
    target->types = {Term::Iri(SANAD_XSD_NS "integer")};
    target->words = ordinal->text;
    auto condition = std::make_shared<Condition>();
    condition->type = Condition::kRelated;
    condition->relation.chains = {{Hop{property->iri, false, false}}};
    condition->relation.said = Said::kAdjective;
    condition->relation.words = ordinal->text;
    condition->target = target;
    Phrase with = phrase;
    with.node = With(phrase.node, condition);
    out.push_back(std::move(with));
  }
  const bool first = ordinal->number.value == 1;
  if (first) {
    Phrase earliest = phrase;
    auto symbol = std::make_shared<Symbol>(*ordinal);
    symbol->category = Category::kSuperlative;
    symbol->word = "earliest";
    symbol->direction = -1;
    symbol->links.clear();
    earliest.extremes.push_back(symbol);
    earliest.rank.implicit += out.empty() ? 0 : 1;
    out.push_back(std::move(earliest));
  }
  return out;
}

// "next", "upcoming": what is planned, where the graph says of things of the kind
// that they are; else the latest.
Phrase Composer::Coming(const Phrase& phrase, const SymbolPtr& word) {
  Phrase out = phrase;
  const TermId planned = reader_.Id(Term::String("planned"));
  std::set<TermId> predicates;
  if (!planned.is_undefined()) {
    (void)reader_.Scan({TermId(), TermId(), planned}, GraphScope::Union(), [&](const IdQuad& quad) {
      predicates.insert(quad.predicate);
      return predicates.size() < 4;
    });
  }
  for (TermId predicate : predicates) {
    const Property* property = schema().FindProperty(reader_.TermOf(predicate));
    if (property == nullptr || schema().Fit(*property, phrase.node->types, {}) < 0) continue;
    auto target = std::make_shared<Node>();
    target->literal = Term::String("planned");
    target->types = {Term::Iri(target->literal.datatype())};
    target->words = word->text;
    auto condition = std::make_shared<Condition>();
    condition->relation.chains = {{Hop{property->iri, false, false}}};
    condition->relation.said = Said::kAdjective;
    condition->relation.words = word->text;
    condition->target = target;
    out.node = With(phrase.node, condition);
    return out;
  }
  auto latest = std::make_shared<Symbol>(*word);
  latest->category = Category::kSuperlative;
  latest->word = "latest";
  latest->direction = 1;
  out.extremes.push_back(latest);
  return out;
}

void Composer::ApplyBefore(const Item& item, Phrase& phrase) {
  for (size_t i = 0; i < item.before.size(); ++i) {
    const SymbolPtr& symbol = item.before[i];
    switch (symbol->category) {
      case Category::kDeterminer: {
        auto node = std::make_shared<Node>(*phrase.node);
        node->definite = true;
        phrase.node = node;
        break;
      }
      case Category::kEach:
        phrase.each = true;
        break;
      case Category::kNegation:
        phrase.no = true;
        break;
      case Category::kSuperlative:
        phrase.extremes.push_back(symbol);
        break;
      case Category::kMost:
        // "most populous" is a superlative, "most rivers" a count.
        if (i + 1 < item.before.size() && item.before[i + 1]->category == Category::kDegree) {
          auto extreme = std::make_shared<Symbol>(*item.before[i + 1]);
          extreme->category = Category::kSuperlative;
          extreme->direction =
              static_cast<int8_t>(symbol->direction * (extreme->direction < 0 ? -1 : 1));
          extreme->text = Concat(symbol->text, " ", extreme->text);
          phrase.extremes.push_back(extreme);
          ++i;
        } else {
          phrase.most = symbol->direction;
        }
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
  bool superlative_before = false;
  for (const SymbolPtr& symbol : item.before) {
    if (symbol->category == Category::kOrdinal) ordinals.push_back(symbol);
    superlative_before |= symbol->category == Category::kSuperlative;
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
  if (in_progress_.size() >= kDeepest || at >= end_ || !items_[at].core) return none;
  in_progress_.push_back(at);
  Phrases out;
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

void Composer::CollectModifiers(const Phrase& phrase, Phrases& out) {
  const size_t at = phrase.next;
  if (at >= end_) return;
  auto keep = [&](Phrases&& phrases) {
    for (Phrase& p : phrases) out.push_back(std::move(p));
  };
  bool preposition = Is(at, Category::kPreposition) || Is(at, Category::kOf);
  // "with" that names no relation says "having".
  if (preposition && items_[at].symbol->links.empty() && items_[at].symbol->word == "with") {
    preposition = false;
  }
  if (preposition && IsCore(at + 1)) {
    for (const Phrase& modifier : Phrases(PhrasesAt(at + 1))) {
      Via via{.said = Is(at, Category::kOf) ? Said::kOf : Said::kPreposition,
              .symbol = items_[at].symbol};
      // "the state of Texas" is Texas.
      Phrases same;
      const bool of = Is(at, Category::kOf) || (arabic() && items_[at].symbol->text == "من");
      if (of && phrase.property == nullptr && modifier.joint == 0 && modifier.property == nullptr) {
        same = Apposition(phrase, modifier);
        for (Phrase& p : same) p.next = modifier.next;
        // "a round of talks" is a round: kinds of one kind.
        if (same.empty() && SameKind(phrase, modifier)) {
          Phrase p = phrase;
          p.next = modifier.next;
          same = {p};
        }
      }
      keep(same.empty() ? Attach(phrase, modifier, via) : std::move(same));
    }
  }
  // "through which the Mississippi runs"
  if (preposition && (Is(at + 1, Category::kRelative))) {
    Phrase gap = phrase;
    gap.next = at + 2;
    for (Phrase& p : SubjectClause(gap, at + 2, false)) keep({p});
    Phrases direct = Clause(gap, at + 2, 0);
    keep(std::move(direct));
  }
  if (Is(at, Category::kTime) && IsCore(at + 1)) {
    for (const Phrase& time : Phrases(PhrasesAt(at + 1))) {
      keep(AttachTime(phrase, items_[at].symbol, time));
    }
  }
  if (Is(at, Category::kBetween) && IsCore(at + 1)) {
    for (const Phrase& both : Phrases(PhrasesAt(at + 1))) {
      if (both.joint == '&' && both.parts.size() == 2) {
        keep(AttachBetween(phrase, items_[at].symbol, both.parts[0], both.parts[1]));
      }
    }
    for (Phrase& p : out) p.next = std::max(p.next, at + 2);
  }
  if (Is(at, Category::kRelative)) keep(Clauses(phrase, at + 1, 0));
  if (Is(at, Category::kWhose) && IsCore(at + 1)) {
    for (const Phrase& owned : Phrases(PhrasesAt(at + 1))) {
      if (owned.property == nullptr) continue;
      for (const Phrase& said : BeClause(owned, owned.next, false)) {
        Phrase done = said;
        done.property = owned.property;
        for (Phrase& p : Attach(phrase, done, {.said = Said::kHave})) keep({p});
      }
    }
  }
  if (Is(at, Category::kExcept) && IsCore(at + 1)) {
    for (const Phrase& other : Phrases(PhrasesAt(at + 1))) {
      std::vector<Phrase> parts = other.joint != 0 ? other.parts : std::vector<Phrase>{other};
      Phrase without = phrase;
      for (const Phrase& part : parts) {
        NodePtr target = Narrow(part.node, phrase.node->types);
        if (target == nullptr || (target->things.empty() && target->types.empty())) {
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
      keep({without});
    }
  }
  if (Is(at, Category::kWithout) && IsCore(at + 1)) {
    for (const Phrase& other : Phrases(PhrasesAt(at + 1))) {
      keep(Attach(phrase, other,
                  {.said = Said::kHave, .symbol = items_[at].symbol, .negated = true}));
    }
  }
  if (Is(at, Category::kNamed) && IsCore(at + 1)) {
    // The very name: all things that bear it are meant.
    for (const Phrase& name : Phrases(PhrasesAt(at + 1))) {
      if (name.node->things.empty() || name.joint != 0) continue;
      for (Phrase p : Apposition(phrase, name)) {
        auto node = std::make_shared<Node>(*p.node);
        node->any_thing = true;
        node->conditions.insert(node->conditions.begin(), phrase.node->conditions.begin(),
                                phrase.node->conditions.end());
        p.node = node;
        p.next = name.next;
        keep({p});
      }
    }
  }
  if (Is(at, Category::kEach) && IsCore(at + 1)) {
    for (const Phrase& group : Phrases(PhrasesAt(at + 1))) {
      if (phrase.group.has_value() || group.joint != 0) continue;
      for (const Connection& c : Connections(phrase, group, {.said = Said::kOf})) {
        Phrase grouped = phrase;
        grouped.group = {c.relation, group.node};
        grouped.rank.detours += c.detours;
        grouped.next = group.next;
        keep({grouped});
      }
    }
  }
  if (Is(at, Category::kComparative) && Is(at + 1, Category::kThan) && IsCore(at + 2)) {
    for (const Phrase& other : Phrases(PhrasesAt(at + 2))) {
      keep(Compare(phrase, items_[at].symbol, other));
    }
  }
  // Reduced clauses: "states bordering …", "اجتماع عُقد في …", "states the … runs through",
  // "with the largest population".
  const bool adverb = Is(at, Category::kMentioned);
  if (adverb) {
    Phrase p = phrase;
    p.next = at + 1;
    keep({p});
  }
  if (Is(at, Category::kVerb) || Is(at, Category::kHave) || Is(at, Category::kNegation) ||
      (IsCore(at) && (Is(at + 1, Category::kVerb) || Is(at + 1, Category::kAuxiliary)))) {
    keep(Clauses(phrase, at, 0));
  }
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

NodePtr Composer::With(const NodePtr& node, ConditionPtr condition) {
  auto out = std::make_shared<Node>(*node);
  out->conditions.push_back(std::move(condition));
  return out;
}

ConditionPtr Composer::Negate(ConditionPtr condition) {
  auto out = std::make_shared<Condition>();
  out->type = Condition::kNot;
  out->parts = {std::move(condition)};
  return out;
}

NodePtr Composer::Narrow(const NodePtr& node, const Types& types) const {
  if (node == nullptr) return nullptr;
  if (node->is_value()) return node;
  if (node->things.empty()) {
    if (!node->types.empty() || types.empty()) {
      return schema().Compatible(node->types, types) ? node : nullptr;
    }
    return node;
  }
  auto out = std::make_shared<Node>(*node);
  std::erase_if(out->things, [&](const NamedThing& thing) {
    return !thing.types.empty() && !schema().Compatible(thing.types, types);
  });
  if (out->things.empty()) return nullptr;
  if (!out->any_thing) {
    // The best way of naming wins where types leave several.
    int best = 10;
    bool document = false;
    for (const NamedThing& thing : out->things) {
      best = std::min(best, thing.quality);
      document |= IsDocumentThing(thing.term);
    }
    if (document) {
      out->any_thing = true;
    } else {
      std::erase_if(out->things, [&](const NamedThing& thing) { return thing.quality > best; });
    }
  }
  out->types.clear();
  for (const NamedThing& thing : out->things) {
    for (const Term& type : thing.types) {
      if (std::find(out->types.begin(), out->types.end(), type) == out->types.end()) {
        out->types.push_back(type);
      }
    }
  }
  return out;
}

}  // namespace sanad::question
