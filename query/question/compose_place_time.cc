// "Where …" and "when …": what the place and date properties lead to from the
// subject.

#include <algorithm>
#include <functional>
#include <utility>

#include "query/question/composer.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {

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

Phrases Composer::PlaceOrTimeAnswers(bool time) {
  Phrases out;
  const std::vector<Link> places = time ? std::vector<Link>() : PlaceLinks();
  std::function<void(const Phrase&, const SymbolPtr&, size_t)> answer;
  // "Where did the two sides meet in May": of the event that the verb stands for.
  auto answer_event = [&](const Phrase& subject, const SymbolPtr& verb, size_t next) {
    for (Phrase& event : MeetingOf(subject, verb)) {
      event.next = next;
      for (const Phrase& modified : Modified(event, 0)) {
        if (modified.next < end_) continue;
        for (const Phrase& done : Finish(modified)) answer(done, nullptr, done.next);
      }
    }
  };
  answer = [&](const Phrase& subject, const SymbolPtr& verb, size_t next) {
    if (subject.role != nullptr) return;
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
      answer_event(subject, items_[next].symbol, subject.next);
    }
  }
  if (Is(next, Category::kVerb) && next + 1 >= end_) {
    auto thing = std::make_shared<Symbol>();
    thing->word = "thing";
    for (const Phrase& subject : Antecedents(thing)) {
      answer(subject, items_[next].symbol, next + 1);
    }
  }
  if (IsCore(next)) {
    for (const Phrase& subject : Phrases(PhrasesAt(next))) {
      size_t after = subject.next;
      while (Is(after, Category::kBe) || Is(after, Category::kAuxiliary)) ++after;
      if (after >= end_) {
        // A verb at the end is the question's own, not said of the subject.
        Phrase whole = subject;
        whole.rank.implicit += whole.last_verb != nullptr && Is(end_ - 1, Category::kVerb) ? 2 : 0;
        answer(whole, nullptr, after);
      } else if (Is(after, Category::kVerb)) {
        // "was the Bergen meeting held": a noun before a verb is no verb.
        if (!Is(after + 1, Category::kVerb)) {
          answer_event(subject, items_[after].symbol, after + 1);
        }
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

}  // namespace sanad::question
