// Questions: what each kind of question asks of its phrases and clauses, and
// which of the results use every word.

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

Relation Reversed(const Relation& relation) {
  Relation out = relation;
  for (Chain& chain : out.chains) {
    std::reverse(chain.begin(), chain.end());
    for (Hop& hop : chain) hop.inverse = !hop.inverse;
  }
  return out;
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
  absl::StatusOr<std::vector<LabelPosting>> postings =
      vocabulary_.labels->LookUpExact("person", 16);
  if (!postings.ok()) return out;
  for (const LabelPosting& posting : *postings) {
    Term term = reader_.TermOf(posting.subject);
    if (schema().IsClass(term) && std::find(out.begin(), out.end(), term) == out.end()) {
      out.push_back(std::move(term));
    }
  }
  return out;
}

// Properties that "in" and "at" name: what "where" asks for.
std::vector<Link> Composer::PlaceLinks() {
  if (place_links_.has_value()) return *place_links_;
  std::vector<Link> out;
  const std::vector<std::string_view> words = arabic() ? std::vector<std::string_view>{"في", "in"}
                                                       : std::vector<std::string_view>{"in", "at"};
  auto add = [&](const Term& term) {
    if (schema().FindProperty(term) == nullptr) return;
    for (const Link& link : out) {
      if (link.term == term) return;
    }
    Link link;
    link.term = term;
    out.push_back(std::move(link));
  };
  if (vocabulary_.lexicon != nullptr) {
    for (std::string_view word : words) {
      std::vector<Token> tokens = Tokenise(word);
      for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(tokens, 0)) {
        if (match.entry->part_of_speech != PartOfSpeech::kPreposition) continue;
        for (const Term& reference : match.entry->references) add(reference);
      }
    }
  }
  // Without a lexicon: what a label calls "in", else what ends so.
  for (const bool whole : {true, false}) {
    if (!out.empty()) break;
    for (const Property* property : schema().properties()) {
      if (property->datatype) continue;
      for (std::string_view predicate : {iri::kRdfsLabel, iri::kSkosAltLabel}) {
        for (const Term& label : reader_.TermsOf(
                 reader_.Objects(reader_.Id(property->iri), reader_.Id(predicate), true))) {
          std::vector<Token> tokens = Tokenise(label.value());
          if (tokens.empty() || (whole && tokens.size() > 1)) continue;
          for (std::string_view word : words) {
            if (tokens.back().normalised() == word) add(property->iri);
          }
        }
      }
    }
  }
  place_links_ = out;
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

Phrases Composer::WhichAnswers() {
  Phrases out;
  if (items_.empty()) return out;
  if (IsCore(0)) {
    // "which state's capital": asks for the state, which is not what stands last.
    for (const SymbolPtr& head : items_[0].heads) {
      if (head->category == Category::kPossessive && syntax_.question_word != nullptr) return out;
    }
    for (const Phrase& phrase : Phrases(PhrasesAt(0))) {
      Close(phrase, out);
      if (phrase.next >= end_) continue;
      size_t next = phrase.next;
      while (Is(next, Category::kDo) || Is(next, Category::kAuxiliary) || Is(next, Category::kBe))
        ++next;
      if (syntax_.fronted_preposition != nullptr && IsCore(next)) {
        for (const Phrase& subject : Phrases(PhrasesAt(next))) {
          size_t end = subject.next;
          SymbolPtr verb;
          while (end < end_ && (Is(end, Category::kAuxiliary) || Is(end, Category::kBe) ||
                                (verb == nullptr && Is(end, Category::kVerb)))) {
            if (Is(end, Category::kVerb)) verb = items_[end].symbol;
            ++end;
          }
          if (end < end_) continue;
          const std::string word = Normalise(syntax_.fronted_preposition->text);
          Via via{.said = verb ? Said::kVerb : Said::kPreposition,
                  .symbol = verb ? verb : syntax_.fronted_preposition,
                  .preposition = word,
                  .head_role = Role::kDoer};
          for (const Connection& c : Connections(subject, phrase, via)) {
            NodePtr target = Narrow(subject.node, c.first);
            if (target == nullptr) continue;
            auto condition = std::make_shared<Condition>();
            condition->relation = Reversed(c.relation);
            condition->relation.object_gap = true;
            condition->relation.words = via.symbol->text;
            condition->target = target;
            Phrase p = phrase;
            p.node = With(phrase.node, condition);
            p.rank.implicit += c.implicit + subject.rank.implicit;
            p.rank.detours += c.detours + subject.rank.detours;
            p.rank.fuzzy += subject.rank.fuzzy;
            p.next = end;
            out.push_back(std::move(p));
          }
        }
      }
      // "which state is the largest city … in"
      if (Is(phrase.next, Category::kBe) || Is(phrase.next, Category::kDo)) {
        Phrases said = SubjectClause(phrase, phrase.next + 1, false);
        for (Phrase& p : Complete(said)) out.push_back(std::move(p));
      }
      // What length is the river; what position does X hold.
      if (phrase.property != nullptr && Is(phrase.next, Category::kBe) && IsCore(phrase.next + 1)) {
        for (const Phrase& owner : Phrases(PhrasesAt(phrase.next + 1))) {
          for (Phrase& p : Own(phrase, owner)) {
            for (Phrase& done : Finish(p)) out.push_back(std::move(done));
          }
        }
      }
    }
    return Complete(out);
  }
  size_t next = 0;
  while (Is(next, Category::kBe) || Is(next, Category::kAuxiliary) ||
         Is(next, Category::kRelative) || Is(next, Category::kThere)) {
    ++next;
  }
  if (IsCore(next) && (next > 0 || items_.size() > 0)) {
    for (const Phrase& phrase : Phrases(PhrasesAt(next))) Close(phrase, out);
  }
  Phrases said = Clauses(Unknown(""), 0, 0);
  if (next > 0 && Is(next, Category::kVerb)) {
    for (Phrase& p : Clauses(Unknown(""), next, 0)) said.push_back(std::move(p));
  }
  for (const Phrase& phrase : said) {
    for (Phrase& modified : Modified(phrase, 0)) {
      for (Phrase& done : Finish(modified)) out.push_back(std::move(done));
    }
  }
  return Complete(out);
}

Phrases Composer::WhoAnswers() {
  Phrases out;
  size_t next = 0;
  while (Is(next, Category::kBe) || Is(next, Category::kAuxiliary)) ++next;
  // "من الأشخاص الذين …", "who are the people who …", "who is the ambassador".
  if (IsCore(next)) {
    const Types persons = PersonTypes();
    for (const Phrase& phrase : Phrases(PhrasesAt(next))) {
      Phrases closed;
      Close(phrase, closed);
      for (Phrase& p : Complete(closed)) {
        const bool named = !p.node->things.empty() && p.node->conditions.empty();
        if (named) {
          // A name for a name says nothing; who holds it does.
          Phrase who = Unknown(p.node->words);
          auto typed = std::make_shared<Node>(*who.node);
          typed->types = persons;
          who.node = typed;
          if (!persons.empty()) {
            for (Phrase& holder : Attach(who, p, {.said = Said::kBe})) {
              holder.next = p.next;
              out.push_back(std::move(holder));
              p.rank.trivial = 1;
            }
          }
        } else if (!persons.empty() && !p.node->types.empty() &&
                   !schema().Compatible(p.node->types, persons)) {
          p.rank.implicit += 1;
        }
        out.push_back(std::move(p));
      }
    }
  }
  Phrases said = Clauses(Unknown(""), 0, 0);
  for (const Phrase& phrase : said) {
    for (Phrase& modified : Modified(phrase, 0)) {
      for (Phrase& done : Finish(modified)) out.push_back(std::move(done));
    }
  }
  return Complete(out);
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

Phrases Composer::PlaceOrTimeAnswers(bool time) {
  Phrases out;
  const std::vector<Link> places = time ? std::vector<Link>() : PlaceLinks();
  auto answer = [&](const Phrase& subject, const SymbolPtr& verb, size_t next) {
    if (subject.node->is_value() || subject.joint != 0) return;
    std::vector<Connection> connections;
    const Types& types = subject.node->types;
    if (verb != nullptr) {
      std::vector<Link> links;
      for (const Link& link : verb->links) {
        const Property* property = schema().FindProperty(link.term);
        if (property == nullptr) continue;
        bool fits = false;
        if (time) {
          for (const Term& range : schema().RangeOf(*property, {})) {
            fits |= FamilyOf(range.value()) == LiteralFamily::kDate;
          }
        } else {
          for (const Link& place : places) fits |= place.term == link.term;
        }
        if (!fits) continue;
        links.push_back(link);
        links.back().preposition.clear();
      }
      connections = connector_.ByLinks(links, types, {}, Role::kUnknown, "");
      for (Connection& c : connections) {
        if (c.relation.chains[0].size() > 1) continue;
        std::erase_if(c.relation.chains, [](const Chain& chain) { return chain.size() > 1; });
      }
      if (connections.empty()) {
        bool says = verb->carrier;
        for (const Link& link : verb->links) {
          const Property* property = schema().FindProperty(link.term);
          says |= property != nullptr && (schema().Fit(*property, types, {}) >= 0 ||
                                          schema().Fit(*property, {}, types) >= 0);
        }
        if (!says) return;
      }
    }
    Phrase base = subject;
    if (connections.empty()) {
      if (verb != nullptr) base.rank.implicit += 1;
      if (time) {
        connections = connector_.ToFamily(types, LiteralFamily::kDate);
        if (connections.size() > 1) connections.resize(1);
        for (Connection& c : connections) c.detours = 0;
        for (Connection& c : connections) c.second = {Term::Iri(SANAD_XSD_NS "date")};
      } else {
        connections = connector_.ByLinks(places, types, {}, Role::kUnknown, "");
        // The place itself, not what that lies in.
        for (Connection& c : connections) {
          if (c.relation.chains[0].size() > 1) continue;
          std::erase_if(c.relation.chains, [](const Chain& chain) { return chain.size() > 1; });
        }
      }
    }
    for (Connection& c : connections) {
      c.relation.said = Said::kPreposition;
      c.relation.words = verb == nullptr ? "" : verb->text;
    }
    for (Phrase& p : ValueOf(base, connections, next)) out.push_back(std::move(p));
  };
  size_t next = 0;
  bool negated = false;
  while (Is(next, Category::kBe) || Is(next, Category::kDo) || Is(next, Category::kAuxiliary) ||
         Is(next, Category::kHave) || Is(next, Category::kNegation)) {
    negated ^= Is(next, Category::kNegation);
    ++next;
  }
  if (negated) return out;
  if (Is(next, Category::kVerb) && IsCore(next + 1)) {
    for (const Phrase& subject : Phrases(PhrasesAt(next + 1))) {
      if (subject.next >= end_) answer(subject, items_[next].symbol, subject.next);
    }
  }
  if (IsCore(next)) {
    for (const Phrase& subject : Phrases(PhrasesAt(next))) {
      size_t after = subject.next;
      while (Is(after, Category::kBe) || Is(after, Category::kAuxiliary)) ++after;
      if (after >= end_) {
        answer(subject, nullptr, after);
      } else if (Is(after, Category::kVerb)) {
        Phrase from = subject;
        size_t end = after + 1;
        // Modifiers behind the verb belong to its subject: "held in Rome".
        from.next = end;
        from.last_verb = items_[after].symbol;
        for (const Phrase& modified : Modified(from, 0)) {
          if (modified.next >= end_) answer(modified, items_[after].symbol, modified.next);
        }
      }
    }
  }
  return Complete(out);
}

Phrases Composer::HowManyAnswers() {
  Phrases out;
  if (IsCore(0)) {
    for (const Phrase& phrase : Phrases(PhrasesAt(0))) {
      Close(phrase, out);
      if (phrase.next < end_ &&
          (Is(phrase.next, Category::kDo) || Is(phrase.next, Category::kBe))) {
        for (Phrase& p : SubjectClause(phrase, phrase.next + 1, false)) {
          for (Phrase& modified : Modified(p, 0)) out.push_back(std::move(modified));
        }
      }
      if (phrase.property != nullptr && Is(phrase.next, Category::kDo) && IsCore(phrase.next + 1)) {
        for (const Phrase& owner : Phrases(PhrasesAt(phrase.next + 1))) {
          if (!Is(owner.next, Category::kHave)) continue;
          for (Phrase& p : Own(phrase, owner)) {
            p.next = owner.next + 1;
            out.push_back(std::move(p));
          }
        }
      }
    }
    return Complete(out);
  }
  // "كم استمر الاجتماع": a value that the verb says.
  Phrases said = Clauses(Unknown(""), 0, 0);
  for (Phrase& phrase : said) {
    for (Phrase& modified : Modified(phrase, 0)) out.push_back(std::move(modified));
  }
  return Complete(out);
}

Phrases Composer::HowAnswers() {
  Phrases out;
  size_t next = 0;
  while (Is(next, Category::kBe) || Is(next, Category::kDo) || Is(next, Category::kAuxiliary))
    ++next;
  SymbolPtr verb;
  if (Is(next, Category::kVerb)) verb = items_[next++].symbol;
  if (!IsCore(next)) return out;
  for (const Phrase& subject : Phrases(PhrasesAt(next))) {
    size_t end = subject.next;
    while (Is(end, Category::kAuxiliary) || Is(end, Category::kBe)) ++end;
    SymbolPtr said = verb;
    if (said == nullptr && Is(end, Category::kVerb)) said = items_[end++].symbol;
    Phrase from = subject;
    from.next = end;
    for (const Phrase& owner : Modified(from, 0)) {
      size_t last = owner.next;
      // "in miles": the unit is not converted, so it must not be dropped either.
      if (last < end_) continue;
      std::vector<Connection> connections;
      if (syntax_.degree != nullptr) {
        std::vector<Link> links;
        for (const Link& link : syntax_.degree->links) {
          if (link.said_of.empty() || schema().Compatible(link.said_of, owner.node->types)) {
            links.push_back(link);
          }
        }
        for (const Link& link : links) {
          const Property* property = schema().FindProperty(link.term);
          if (property == nullptr || schema().Fit(*property, owner.node->types, {}) < 0) continue;
          Connection c;
          c.relation.chains = {{Hop{property->iri, false, false}}};
          c.first = schema().DomainOf(*property, {});
          c.second = schema().RangeOf(*property, owner.node->types);
          connections.push_back(std::move(c));
          break;
        }
      } else if (said != nullptr) {
        std::vector<Link> links;
        for (const Link& link : said->links) {
          const Property* property = schema().FindProperty(link.term);
          if (property != nullptr && property->datatype && link.value.is_undefined()) {
            links.push_back(link);
          }
        }
        connections = connector_.ByLinks(links, owner.node->types, {}, Role::kUnknown, "");
      } else {
        connections = connector_.ToFamily(owner.node->types, LiteralFamily::kDuration);
        if (connections.size() > 1) connections.resize(1);
        for (Connection& c : connections) c.detours = 50;
      }
      for (Connection& c : connections) {
        c.relation.said = Said::kNoun;
        c.relation.words = said == nullptr ? "" : said->text;
      }
      for (Phrase& p : ValueOf(owner, connections, last)) out.push_back(std::move(p));
    }
  }
  return Complete(out);
}

// What is said of a subject behind it.
Phrases Composer::Predicates(const Phrase& subject, size_t at, bool passive) {
  Phrases out;
  auto keep = [&](Phrases&& phrases) {
    for (const Phrase& phrase : phrases) {
      for (Phrase& modified : Modified(phrase, 0)) out.push_back(std::move(modified));
    }
  };
  if (at >= end_) return {subject};
  if (Is(at, Category::kVerb)) {
    keep(VerbClause(subject, at, at + 1, false, passive));
    if (passive) keep(VerbClause(subject, at, at + 1, false, false));
  } else {
    keep(Clauses(subject, at, 0));
  }
  if ((Is(at, Category::kComparative)) && IsCore(at + 2)) {
    for (const Phrase& other : Phrases(PhrasesAt(at + 2))) {
      keep(Compare(subject, items_[at].symbol, other));
    }
  }
  if (IsCore(at) && passive) {
    for (const Phrase& other : Phrases(PhrasesAt(at))) keep(Equate(subject, other, false));
  }
  Phrases modified;
  Phrase from = subject;
  from.next = at;
  ModifiersOf(from, modified);
  keep(std::move(modified));
  return out;
}

Phrases Composer::YesNoAnswers() {
  Phrases out;
  size_t next = 0;
  bool be = false, there = false, negated = false;
  while (next < end_ && (Is(next, Category::kBe) || Is(next, Category::kDo) ||
                         Is(next, Category::kAuxiliary) || Is(next, Category::kHave) ||
                         Is(next, Category::kThere) || Is(next, Category::kNegation))) {
    be |= Is(next, Category::kBe);
    there |= Is(next, Category::kThere);
    negated ^= Is(next, Category::kNegation);
    ++next;
  }
  if (negated) return out;  // "Didn't …?" expects an answer by its tone.
  if (IsCore(next)) {
    for (const Phrase& subject : Phrases(PhrasesAt(next))) {
      if (subject.next >= end_) {
        if (there) out.push_back(subject);
        continue;
      }
      for (Phrase& p : Predicates(subject, subject.next, be || !arabic()))
        out.push_back(std::move(p));
    }
  }
  if (Is(next, Category::kVerb) && IsCore(next + 1)) {
    // Arabic: verb, subject, the rest.
    for (const Phrase& subject : Phrases(PhrasesAt(next + 1))) {
      for (Phrase& p : VerbClause(subject, next, subject.next, false, false)) {
        for (Phrase& modified : Modified(p, 0)) out.push_back(std::move(modified));
      }
      if (subject.next >= end_) {
        for (Phrase& p : BareVerb(subject, items_[next].symbol, false, true)) {
          p.next = subject.next;
          out.push_back(std::move(p));
        }
      }
    }
  }
  return Complete(out);
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
    default:
      return WhichAnswers();
  }
}

std::optional<Meaning> Composer::ToMeaning(const Phrase& given) {
  Phrase phrase = given;
  if (phrase.joint != 0 || phrase.node == nullptr || phrase.headless) return std::nullopt;
  if (phrase.most != 0 || phrase.no) return std::nullopt;
  if (phrase.property != nullptr && !phrase.owned) {
    // Whose it is, is not said: anyone's, for relations between things.
    auto owner = Unknown("");
    Phrases owned = Own(phrase, owner);
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
  meaning.focus = phrase.node;
  meaning.heading = phrase.node->words;
  meaning.asked = phrase.asked;
  meaning.kind = syntax_.kind;
  if (syntax_.degree != nullptr) meaning.kind_words = syntax_.degree->text;
  meaning.rank = phrase.rank;
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

std::vector<Meaning> Composer::Run() {
  std::vector<Meaning> out;
  // An ordering phrase ends the question.
  std::vector<size_t> ends;
  for (size_t at = 1; at < items_.size(); ++at) {
    if (Is(at, Category::kOrderBy) || Is(at, Category::kDirection)) {
      size_t end = at;
      while (end > 0 && Is(end - 1, Category::kComma)) --end;
      ends.push_back(end);
      break;
    }
  }
  ends.push_back(items_.size());
  for (size_t end : ends) {
    end_ = end;
    memo_.clear();
    for (const Phrase& phrase : Answers()) {
      std::optional<Meaning> meaning = ToMeaning(phrase);
      if (!meaning.has_value() || !TakeOrdering(*meaning)) continue;
      out.push_back(*std::move(meaning));
    }
    if (!out.empty()) break;
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Meaning& a, const Meaning& b) { return a.rank < b.rank; });
  return out;
}

std::vector<Meaning> Compose(const Vocabulary& vocabulary, const std::string& language,
                             const LatticePath& path, const QuestionSyntax& syntax,
                             Failure* failure) {
  return Composer(vocabulary, language, path, syntax, failure).Run();
}

}  // namespace sanad::question
