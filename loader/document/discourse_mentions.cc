// Words that stand for a person or organisation named before: pronouns, titles, and the
// noun that heads an organisation's name.

#include <algorithm>

#include "language/normalise.h"
#include "loader/document/discourse.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr uint32_t kTitleReach = 7;  // Atoms.

}  // namespace

// Its last mention is the antecedent.
void Discourse::AddMentionAgain(EntityId entity, Symbol type, uint32_t atom) {
  Mention mention;
  mention.type = type;
  mention.first = atom;
  mention.end = atom + 1;
  mention.sentence = text_.atoms[atom].sentence;
  mention.entity = entity;
  const auto& mentions = text_.entities[static_cast<size_t>(entity)].mentions;
  mention.antecedent = mentions.empty() ? kNoId : mentions.back();
  text_.AddMention(std::move(mention));
}

// "A asked for …, but he declined", "A said …, a charge which she denied": not A.
bool Discourse::AnswersOther(uint32_t first, uint32_t pronoun) const {
  const WellKnown& k = knowledge_.known;
  if (pronoun < first + 2) return false;
  const bool which = text_.InSet(pronoun - 1, k.relative) && !text_.InSet(pronoun - 1, k.that);
  const bool apposed = pronoun >= first + 4 && text_.InSet(pronoun - 3, k.article) &&
                       text_.atoms[pronoun - 4].norm == ",";
  const bool denies = which && (text_.InSet(pronoun + 1, k.deny) ||
                                (apposed && text_.InSet(pronoun + 1, k.reject)));
  const bool refuses = text_.InSet(pronoun - 1, k.barrier) && text_.InSet(pronoun + 1, k.reject);
  if (!denies && !refuses) return false;
  for (uint32_t a = first; a < pronoun; ++a) {
    if (text_.InSet(a, denies ? k.say : k.request)) return true;
  }
  return false;
}

// "The Thai minister turned it down; he …": of one whom the text does not name.
bool Discourse::FollowsUnnamed(const Sentence& s, uint32_t pronoun) const {
  const WellKnown& k = knowledge_.known;
  for (uint32_t a = pronoun; !s.arabic && a > s.first + 1;) {
    --a;
    if (MentionOf(a, k.t_person) != nullptr) return false;
    if (!text_.InSet(a, k.title) || NameStandsBy(a, s)) continue;
    const Mention* const nation = MentionOf(a - 1, k.t_nation);
    const uint32_t head = nation != nullptr ? a - 1 : a;
    const bool opens = head == s.first + 1 && text_.InSet(s.first, k.definite_article);
    if (opens) return HolderOf(a, nation, false) == kNoId;
  }
  return false;
}

// The person of a gender named last before a sentence, whom it does not name again.
EntityId Discourse::PersonOutside(uint32_t sentence, int gender) const {
  constexpr uint32_t kReach = 3;
  const Sentence& s = text_.sentences[sentence];
  const Symbol person = knowledge_.known.t_person;
  const Mention* const own =
      LastBetween(person, s.first, s.end, [](const Mention&) { return true; });
  const Mention* const before =
      LastBetween(person, SentencesBack(s.first, kReach), s.first, [&](const Mention& m) {
        const int known = text_.entities[static_cast<size_t>(m.entity)].gender;
        return (own == nullptr || m.entity != own->entity) && (known == 0 || known == gender);
      });
  return before == nullptr ? kNoId : before->entity;
}

void Discourse::AddPronouns(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  for (uint32_t a = s.first; a < s.end; ++a) {
    const bool he = text_.InSet(a, knowledge_.known.he), she = text_.InSet(a, knowledge_.known.she);
    if ((!he && !she) || FollowsUnnamed(s, a)) continue;
    const EntityId person = AnswersOther(s.first, a) ? PersonOutside(sentence, he ? 1 : 2)
                                                     : PersonBefore(a, he ? 1 : 2);
    if (person == kNoId) continue;
    text_.entities[static_cast<size_t>(person)].gender = he ? 1 : 2;
    AddMentionAgain(person, knowledge_.known.t_person, a);
  }
}

// بالعاصمة: the capital that the report was sent from.
void Discourse::AddCapital(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  const WellKnown& k = knowledge_.known;
  const EntityId place = text_.dateline_place;
  if (!s.arabic || place == kNoId) return;
  const Term city = text_.entities[static_cast<size_t>(place)].iri;
  if (knowledge_.lexicon->ObjectsOf(city, Term::Iri(SANAD_NS "capitalOf")).empty()) return;
  for (uint32_t a = std::max(s.first, text_.dateline_end); a < s.end; ++a) {
    if (!text_.InSet(a, k.capital) || MentionOf(a, k.t_city) != nullptr) continue;
    // العاصمة الليبية, العاصمة سراييفو
    const bool alone = a + 1 == s.end || text_.atoms[a + 1].is_punctuation() ||
                       text_.atoms[a + 1].clitic || text_.InSet(a + 1, k.preposition) ||
                       MentionOf(a + 1, k.t_date) != nullptr;
    if (alone) AddMentionAgain(place, k.t_city, a);
  }
}

// An Arabic word without its article.
std::string_view Discourse::Bare(uint32_t atom) const {
  const Atom& a = text_.atoms[atom];
  return a.definite ? WithoutArticle(a.norm) : std::string_view(a.norm);
}

// "The Front", الجبهة: the organisation last named by that head.
void Discourse::AddOrganizations(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  const WellKnown& k = knowledge_.known;
  const auto capital = [&](uint32_t a) {
    return text_.atoms[a].word->capitalisation >= Capitalisation::kInitial;
  };
  for (uint32_t a = s.first; a < s.end; ++a) {
    if (!text_.InSet(a, k.org_head)) continue;
    const bool definite = s.arabic
                              ? text_.atoms[a].definite
                              : a > s.first && text_.InSet(a - 1, k.definite_article) && capital(a);
    if (!definite || MentionOf(a, k.t_organization) != nullptr) continue;
    // Behind it the rest of another name.
    const bool goes_on =
        a + 1 < s.end &&
        (s.arabic ? text_.atoms[a + 1].definite && !text_.InSet(a + 1, k.event) : capital(a + 1));
    if (goes_on) continue;
    const EntityId named = OrganizationOfHead(a);
    if (named != kNoId) AddMentionAgain(named, k.t_organization, a);
  }
}

EntityId Discourse::OrganizationOfHead(uint32_t atom) const {
  const std::string_view head = Bare(atom);
  EntityId named = kNoId;
  for (const Mention& m : text_.mentions) {
    if (m.type != knowledge_.known.t_organization || m.entity == kNoId || m.first >= atom) continue;
    for (uint32_t a = m.first; a < m.end; ++a) {
      if (Bare(a) == head) named = m.entity;
    }
  }
  return named;
}

// "The minister": the person last given that title.
void Discourse::AddTitles(uint32_t sentence) {
  const Sentence& s = text_.sentences[sentence];
  const WellKnown& k = knowledge_.known;
  for (uint32_t a = s.first; a < s.end; ++a) {
    if (!text_.InSet(a, k.title) || NameStandsBy(a, s)) continue;
    // "the minister", "the Japanese minister", الوزير الياباني
    const uint32_t beside = s.arabic ? a + 1 : a - 1;
    const Mention* const nation =
        beside >= s.first && beside < s.end ? MentionOf(beside, k.t_nation) : nullptr;
    const uint32_t head = !s.arabic && nation != nullptr ? a - 1 : a;
    const bool construct = s.arabic && IsConstructTitle(a);
    const bool definite = s.arabic ? text_.atoms[a].definite || construct
                                   : head > s.first && text_.InSet(head - 1, k.definite_article);
    if (!definite) continue;
    const EntityId person = HolderOf(a, construct ? nullptr : nation, construct);
    if (person == kNoId) continue;
    AddMentionAgain(person, k.t_person, a);
    if (construct) text_.mentions.back().end = a + 2;
  }
}

// نائبة الوزير, وكيل الوزارة: a title and the office it belongs to, no more.
bool Discourse::IsConstructTitle(uint32_t title) const {
  const Sentence& s = text_.sentences[text_.atoms[title].sentence];
  const uint32_t office = title + 1;
  if (text_.atoms[title].definite || office >= s.end || !text_.atoms[office].definite ||
      MentionOf(office, knowledge_.known.t_nation) != nullptr ||
      MentionOf(office, knowledge_.known.t_country) != nullptr) {
    return false;
  }
  const uint32_t behind = office + 1;
  return behind >= s.end || !text_.atoms[behind].definite;
}

// Whether the name of the person follows a title, or the title is a part of a name
// with title.
bool Discourse::NameStandsBy(uint32_t title, const Sentence& s) const {
  const uint32_t first = title > s.first + kTitleReach ? title - kTitleReach : s.first;
  for (uint32_t a = first; a < s.end && a < title + kTitleReach; ++a) {
    if (a > title && text_.InSet(a, knowledge_.known.separator)) return false;
    const Mention* m = MentionOf(a, knowledge_.known.t_person);
    if (m != nullptr && (a > title || m->end > title)) return true;
  }
  return false;
}

// The person last given a title, one of the nation where one is named.
EntityId Discourse::HolderOf(uint32_t title, const Mention* nation, bool construct) const {
  const uint32_t sentence = text_.atoms[title].sentence;
  const bool arabic = text_.sentences[sentence].arabic;
  const std::string_view word = Bare(title);
  const EntityId country = nation == nullptr ? kNoId : text_.Resolve(nation->entity);
  EntityId holder = kNoId;
  for (const DocumentStatement& statement : text_.statements) {
    if (statement.property != "holdsPosition" || statement.object == kNoId ||
        statement.sentence > sentence)
      continue;
    const EntityId own = text_.entities[static_cast<size_t>(statement.subject)].country;
    if (country != kNoId && own != kNoId && own != country) continue;
    const Entity& position = text_.entities[static_cast<size_t>(statement.object)];
    const std::string label = Normalise(arabic ? position.label_ar : position.label_en);
    const bool of_office = !construct || label.find(Bare(title + 1)) != std::string::npos;
    if (!label.empty() && label.find(word) != std::string::npos && of_office)
      holder = statement.subject;
  }
  if (country == kNoId) return holder;
  // The counterpart of a minister is one.
  for (const Mention& m : text_.mentions) {
    if (m.type == knowledge_.known.t_person && m.entity != kNoId && m.first < title &&
        IsCounterpart(m) && text_.entities[static_cast<size_t>(m.entity)].country == country)
      holder = m.entity;
  }
  return holder;
}

// "His counterpart X", "his Dutch counterpart X"
bool Discourse::IsCounterpart(const Mention& person) const {
  const Symbol colleague = knowledge_.known.colleague;
  return person.first > 1 &&
         (text_.InSet(person.first - 1, colleague) || text_.InSet(person.first - 2, colleague));
}

}  // namespace sanad
