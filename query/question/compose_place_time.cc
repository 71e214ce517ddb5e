// "Where …" and "when …": what the place and date properties lead to from the
// subject.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {

// What a lexicon says that prepositions denote.
std::vector<Link> Composer::LinksOfPrepositions(const std::vector<std::string>& words) const {
  std::vector<Link> out;
  if (vocabulary_.lexicon == nullptr) return out;
  for (const std::string& word : words) {
    const std::vector<Token> tokens = Tokenise(word);
    for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(tokens, 0)) {
      if (match.entry->part_of_speech != PartOfSpeech::kPreposition) continue;
      for (const Term& reference : match.entry->references) {
        Link link;
        link.term = reference;
        out.push_back(std::move(link));
      }
    }
  }
  return out;
}

// Properties that "in" and "at" name: what "where" asks for.
std::vector<Link> Composer::PlaceLinks() {
  if (place_links_.has_value()) return *place_links_;
  std::vector<Link> out;
  const std::vector<std::string>& words = closed_words().WordsFor("in");
  auto add = [&](const Term& term) {
    if (schema().FindProperty(term) == nullptr) return;
    for (const Link& link : out) {
      if (link.term == term) return;
    }
    Link link;
    link.term = term;
    out.push_back(std::move(link));
  };
  for (const Link& link : LinksOfPrepositions(words)) add(link.term);
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
          if (closed_words().IsWordFor("in", tokens.back().normalised())) add(property->iri);
        }
      }
    }
  }
  place_links_ = out;
  return out;
}

// Whether all that a property is declared to lead to are places, as `place` has them.
bool Composer::LeadsToPlaces(const Property& property, const Term& place) const {
  const Property* known = schema().FindProperty(place);
  return known != nullptr && known->range.size() == 1 && !property.range.empty() &&
         std::all_of(property.range.begin(), property.range.end(),
                     [&](const Term& cls) { return schema().IsSubClass(cls, known->range[0]); });
}

// The verb's own links to what is asked for: dates, or places.
std::vector<Link> Composer::AskedOfVerb(const SymbolPtr& verb, bool time) {
  std::vector<Link> out;
  for (const Link& link : verb->links) {
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr) continue;
    bool fits = false;
    if (time) {
      for (const Term& range : schema().RangeOf(*property, {})) {
        fits |= FamilyOf(range.value()) == LiteralFamily::kDate;
      }
    } else {
      for (const Link& place : PlaceLinks()) {
        fits |= place.term == link.term || LeadsToPlaces(*property, place.term);
      }
    }
    if (!fits) continue;
    out.push_back(link);
    out.back().preposition.clear();
  }
  return out;
}

// Ways from things of some types to their dates or places by links; the place itself,
// not what that lies in.
std::vector<Connection> Composer::Direct(const std::vector<Link>& links, const Types& types) const {
  std::vector<Connection> out = connector_.ByLinks(links, types, {}, Role::kUnknown, "");
  for (Connection& c : out) {
    if (c.relation.chains[0].size() > 1) continue;
    std::erase_if(c.relation.chains, [](const Chain& chain) { return chain.size() > 1; });
  }
  return out;
}

bool Composer::SaysAnything(const SymbolPtr& verb, const Types& types) const {
  return verb->carrier ||
         std::any_of(verb->links.begin(), verb->links.end(), [&](const Link& link) {
           const Property* property = schema().FindProperty(link.term);
           return property != nullptr && (schema().Fit(*property, types, {}) >= 0 ||
                                          schema().Fit(*property, {}, types) >= 0);
         });
}

// Of what was discussed, agreed or rejected: the places or dates of the events whose
// verb says so ("where was the deal reached").
std::vector<Connection> Composer::OfDoingEvent(const SymbolPtr& verb, const Types& types,
                                               bool time) {
  std::vector<Connection> out;
  const std::vector<Connection> ways = connector_.ByLinks(verb->links, types, {}, Role::kOther, "");
  for (const Connection& way : ways) {
    // Its own events only, and not what has the subject in turn.
    const Chain& first = way.relation.chains[0];
    if (first.size() != 1 || !first[0].inverse || way.second.empty()) continue;
    std::vector<Connection> on = time ? connector_.ToFamily(way.second, LiteralFamily::kDate)
                                      : Direct(PlaceLinks(), way.second);
    for (const Connection& last : on) {
      const Hop& hop = last.relation.chains[0][0];
      const Property* property = schema().FindProperty(hop.property);
      const bool bounded = property != nullptr && !property->domain.empty() &&
                           schema().Compatible(property->domain, way.second);
      if (!bounded || hop.inverse) continue;
      Connection c;
      c.relation.chains = {{first[0], hop}};
      c.first = way.first;
      c.second = time ? Types{Term::Iri(SANAD_XSD_NS "date")} : last.second;
      out.push_back(std::move(c));
      break;
    }
  }
  return out;
}

// Where or when the subject is, or did what the verb says (null: no verb).
void Composer::PlaceOrTimeOf(const Phrase& subject, const SymbolPtr& verb, size_t next, bool time,
                             Phrases& out) {
  if (subject.role != nullptr || subject.node->is_value() || subject.joint != 0) return;
  const Types& types = subject.node->types;
  std::vector<Connection> connections;
  if (verb != nullptr) {
    connections = Direct(AskedOfVerb(verb, time), types);
    if (connections.empty() && !verb->carrier) connections = OfDoingEvent(verb, types, time);
    if (connections.empty() && !SaysAnything(verb, types)) return;
  }
  Phrase base = subject;
  if (connections.empty()) {
    if (verb != nullptr && !verb->carrier) base.rank.implicit += 1;
    if (time) {
      connections = connector_.ToFamily(types, LiteralFamily::kDate);
      if (connections.size() > 1) connections.resize(1);
      for (Connection& c : connections) c.detours = 0;
      for (Connection& c : connections) c.second = {Term::Iri(SANAD_XSD_NS "date")};
    } else {
      connections = Direct(PlaceLinks(), types);
    }
  }
  for (Connection& c : connections) {
    c.relation.said = Said::kPreposition;
    c.relation.words = verb == nullptr ? "" : verb->text;
  }
  Append(ValueOf(base, connections, next), out);
}

// "Where did the two sides meet in May": of the event that the verb stands for.
void Composer::PlaceOrTimeOfMeeting(const Phrase& subject, const SymbolPtr& verb, size_t next,
                                    bool time, Phrases& out) {
  for (Phrase& event : MeetingOf(subject, verb)) {
    event.next = next;
    for (const Phrase& modified : Modified(event, 0)) {
      if (modified.next < end_) continue;
      for (const Phrase& done : Finish(modified)) {
        PlaceOrTimeOf(done, nullptr, done.next, time, out);
      }
    }
  }
}

// The subject stands first: "where was the Bergen meeting held".
void Composer::PlaceOrTimeOfSubject(const Phrase& subject, bool time, Phrases& out) {
  size_t after = subject.next;
  while (Is(after, Category::kBe) || Is(after, Category::kAuxiliary)) ++after;
  if (after >= end_) {
    // A verb at the end is the question's own, not said of the subject.
    Phrase whole = subject;
    whole.rank.implicit += whole.last_verb != nullptr && Is(end_ - 1, Category::kVerb) ? 2 : 0;
    PlaceOrTimeOf(whole, nullptr, after, time, out);
    return;
  }
  if (!Is(after, Category::kVerb)) return;
  const SymbolPtr& verb = items_[after].symbol;
  // A noun before a verb is no verb.
  if (!Is(after + 1, Category::kVerb)) {
    PlaceOrTimeOfMeeting(subject, verb, after + 1, time, out);
  }
  // Modifiers behind the verb belong to its subject: "held in Rome".
  Phrase from = subject;
  from.next = after + 1;
  from.last_verb = verb;
  for (const Phrase& modified : Modified(from, 0)) {
    if (modified.next >= end_) PlaceOrTimeOf(modified, verb, modified.next, time, out);
  }
}

Phrases Composer::PlaceOrTimeAnswers(bool time) {
  Phrases out;
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
      if (subject.next >= end_) {
        PlaceOrTimeOf(subject, items_[next].symbol, subject.next, time, out);
      }
      PlaceOrTimeOfMeeting(subject, items_[next].symbol, subject.next, time, out);
    }
  }
  if (Is(next, Category::kVerb) && next + 1 >= end_) {
    auto thing = std::make_shared<Symbol>();
    thing->word = "thing";
    for (const Phrase& subject : Antecedents(thing)) {
      PlaceOrTimeOf(subject, items_[next].symbol, next + 1, time, out);
    }
  }
  if (IsCore(next)) {
    for (const Phrase& subject : Phrases(PhrasesAt(next))) PlaceOrTimeOfSubject(subject, time, out);
  }
  return Complete(out);
}

}  // namespace sanad::question
