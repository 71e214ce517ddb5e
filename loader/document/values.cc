// Numbers, ordinals, dates and durations, and the dateline of a report.
//
// A date without a year gets one only from the document: from its own date (the
// nearest such day before it, or after it where the clause speaks of the
// future), else from the year last named in the text. With neither it stays
// without a year, and a relative date ("last month") becomes the duration it
// lies from the unknown day.

#include <algorithm>
#include <utility>

#include "language/dates.h"
#include "language/durations.h"
#include "language/normalise.h"
#include "language/numbers.h"
#include "loader/document/atoms.h"
#include "loader/document/clauses.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr uint32_t kDatelineAtoms = 14;

bool Before(const PartialDate& a, const PartialDate& b) {
  const std::optional<int> order = Compare(a, b);
  return order.has_value() && *order < 0;
}

class ValuePhase {
 public:
  ValuePhase(const Knowledge& knowledge, AnnotatedText& text)
      : knowledge_(knowledge), text_(text) {}

  void Run() {
    FindLeadDate();
    for (uint32_t s = 0; s < text_.sentences.size(); ++s) {
      taken_.assign(text_.sentences[s].tokens.size(), false);
      AddDates(s);
      AddDurations(s);
      AddNumbers(s);
    }
  }

 private:
  uint32_t FirstAtom(uint32_t s, size_t token) const {
    return text_.sentences[s].atom_of_token[token];
  }
  uint32_t EndAtom(uint32_t s, size_t token) const {
    return text_.sentences[s].atom_of_token[token] + 1;
  }

  Mention Make(uint32_t s, Symbol type, size_t first, size_t count) {
    Mention mention;
    mention.type = type;
    mention.sentence = s;
    mention.first = FirstAtom(s, first);
    mention.end = EndAtom(s, first + count - 1);
    for (size_t t = first; t < first + count; ++t) taken_[t] = true;
    return mention;
  }

  // جرت من … إلى …: not from when to when something was moved.
  bool IsOfEvent(uint32_t date) const {
    const StatementStatus status = StatusAt(knowledge_, text_, date, date + 1);
    if (status == StatementStatus::kPostponed) return false;
    for (uint32_t a = ClauseBegin(knowledge_, text_, date); a < date; ++a) {
      if (text_.InSet(a, knowledge_.known.happen) || text_.InSet(a, knowledge_.known.last))
        return true;
    }
    return false;
  }

  // من عام 2014 إلى عام 2017: one stretch of time, told by its first date.
  void JoinDates(std::span<const MentionId> dates) {
    for (size_t i = 1; i < dates.size(); ++i) {
      Mention& from = text_.mentions[static_cast<size_t>(dates[i - 1])];
      Mention& to = text_.mentions[static_cast<size_t>(dates[i])];
      const bool joined = text_.sentences[to.sentence].arabic && from.end + 1 == to.first &&
                          text_.InSet(from.end, knowledge_.known.until) && from.first > 0 &&
                          text_.InSet(from.first - 1, knowledge_.known.from);
      if (!joined || IsMovedFrom(from.first) || from.date.empty() || to.date.empty()) continue;
      if (!IsOfEvent(from.first)) continue;
      from.is_range = true;
      from.end_date = to.date;
      to.is_reported = true;  // No day of its own.
    }
  }

  void AddDates(uint32_t s) {
    const std::vector<DateSpan> spans = FindDates(text_.sentences[s].tokens);
    if (s <= 1) ReadDateline(s, spans);
    BeginEntry(s);
    std::vector<MentionId> dates;
    for (const DateSpan& span : spans) {
      Mention mention = Make(s, knowledge_.known.t_date, span.first, span.count);
      // What was called off was planned for a day like any other.
      const StatementStatus status = StatusAt(knowledge_, text_, mention.first, mention.end);
      const bool put_off = IsPutOffTo(mention.first), moved = IsMovedFrom(mention.first);
      const bool future =
          (IsFuture(knowledge_, text_, mention.first) && status != StatementStatus::kCancelled) ||
          (status == StatementStatus::kHoped && !text_.sentences[s].arabic) ||
          (put_off && !moved) || IsToCome(span, mention.first) || TakesEffectAt(mention.first);
      mention.date = DateOf(span, future, s);
      // "Planned for June, it was put off": the day it had lies near the writing.
      const bool dropped = moved || (!put_off && (status == StatementStatus::kPostponed ||
                                                  status == StatementStatus::kCancelled));
      const bool same_year = IsThatMonth(mention.first) && last_year_ != 0;
      if (same_year && span.date.year == 0 && span.date.month != 0) {
        mention.date = span.date;
        mention.date.year = last_year_;
      } else if (dropped && !span.relative() && span.direction == 0 && span.date.year == 0)
        mention.date = Nearest(mention.date);
      if (span.end) {
        mention.is_range = true;
        mention.end_date = *span.end;
        if (mention.end_date.year == 0) mention.end_date.year = mention.date.year;
        if (mention.end_date.month == 0) mention.end_date.month = mention.date.month;
      }
      mention.value = mention.date.ToTerm();
      if (mention.date.empty()) mention.value = Distance(span);
      if (mention.date.month == 0) NarrowYear(mention);
      if (AtMidnight(mention.first) && mention.date.full()) {
        mention.value =
            Term::Literal(mention.date.ToTerm().value() + "T00:00:00", SANAD_XSD_NS "dateTime");
      }
      mention.is_to_come = span.direction > 0 || span.offset > 0 ||
                           (DocumentDate().full() && Before(DocumentDate(), mention.date));
      mention.is_reported = IsReported(mention.first) || IsSince(mention.first);
      if (span.date.year != 0) last_year_ = span.date.year;
      if (mention.date.year != 0) year_ = mention.date.year;
      if (mention.date.full() && !future) told_ = mention.date;
      if (mention.date.full()) {
        last_ = mention.is_range ? mention.end_date : mention.date;
        last_sentence_ = s;
      }
      dates.push_back(text_.AddMention(std::move(mention)));
    }
    JoinDates(dates);
    const Sentence& sentence = text_.sentences[s];
    for (uint32_t a = sentence.first; a < sentence.end; ++a) {
      AddYearEnd(s, a);
      AddEndOfYear(s, a);
    }
  }

  // "the second quarter of 2025" is no whole year: Q2 of it; of a half the year says nothing.
  void NarrowYear(Mention& mention) const {
    constexpr uint32_t kReach = 4;
    const uint32_t first = text_.sentences[mention.sentence].first;
    for (uint32_t a = mention.first; a > first && mention.first - a < kReach;) {
      --a;
      if (text_.atoms[a].is_punctuation()) return;
      const bool quarter = text_.InSet(a, knowledge_.known.quarter);
      if (!quarter && !text_.InSet(a, knowledge_.known.half_year)) continue;
      mention.value = Term();
      for (const NumberSpan& span : FindNumbers(text_.sentences[mention.sentence].tokens)) {
        const uint32_t at = FirstAtom(mention.sentence, span.first);
        const bool beside = at + 1 == a || at == a + 1;
        if (quarter && span.ordinal && beside && span.value >= 1 && span.value <= 4) {
          mention.value =
              Term::String(Concat(mention.date.year, "-Q", static_cast<int>(span.value)));
        }
      }
      mention.date = {};
      return;
    }
  }

  // "before the end of 2024" bounds a date as well.
  void AddEndOfYear(uint32_t s, uint32_t atom) {
    const SetHit* hit = text_.HitAt(atom, knowledge_.known.year_end);
    if (hit == nullptr || atom + hit->count >= text_.sentences[s].end) return;
    const uint32_t at = atom + hit->count;
    const std::string& year = text_.atoms[at].norm;
    if (!text_.atoms[at].is_number() || year.size() != 4) return;
    Mention mention;
    mention.type = knowledge_.known.t_date;
    mention.sentence = s;
    mention.first = atom;
    mention.end = at + 1;
    mention.value = Term::String(Concat("before ", year, "-12-31"));
    text_.AddMention(std::move(mention));
  }

  // What follows in an entry of a timeline is counted from the date at its head.
  void BeginEntry(uint32_t s) {
    const Sentence& sentence = text_.sentences[s];
    const PartialDate& date = sentence.entry_date;
    if (!sentence.opens_entry || date.empty()) return;
    last_ = date;
    if (date.year != 0) year_ = date.year;
    last_sentence_ = s;
    // "2021: …": a bare year is a date here.
    if (date.month != 0 || !FindDates(std::span(sentence.tokens).first(1)).empty()) return;
    if (!text_.atoms[sentence.first].is_number()) return;
    Mention mention = Make(s, knowledge_.known.t_date, 0, 1);
    mention.date = date;
    mention.value = date.ToTerm();
    text_.AddMention(std::move(mention));
  }

  // "has been put off until June": the day lies ahead.
  bool IsPutOffTo(uint32_t atom) const {
    constexpr uint32_t kReach = 5;
    const uint32_t first = text_.sentences[text_.atoms[atom].sentence].first;
    const bool until = atom > first && text_.InSet(atom - 1, knowledge_.known.until);
    for (uint32_t a = atom > first + kReach ? atom - kReach : first; a < atom; ++a) {
      if (text_.InSet(a, knowledge_.known.postpone)) return true;
      if (until && text_.InSet(a, knowledge_.known.put_off)) return true;
    }
    return false;
  }

  // "It enters into force on 1 January": in the present, of what lies ahead.
  bool TakesEffectAt(uint32_t atom) const {
    constexpr uint32_t kReach = 6;
    const uint32_t first = text_.sentences[text_.atoms[atom].sentence].first;
    for (uint32_t a = atom > first + kReach ? atom - kReach : first; a < atom; ++a) {
      if (text_.InSet(a, knowledge_.known.effect_ahead)) return true;
    }
    return false;
  }

  // "the first talks since 2013": no day of theirs.
  bool IsSince(uint32_t atom) const {
    return atom > text_.sentences[text_.atoms[atom].sentence].first &&
           text_.InSet(atom - 1, knowledge_.known.ever_since);
  }

  // تجتمع … يوم 6 مايو: an Arabic verb of the present before a day without its year.
  bool IsToCome(const DateSpan& span, uint32_t atom) const {
    constexpr uint32_t kReach = 9;
    const Sentence& sentence = text_.sentences[text_.atoms[atom].sentence];
    if (!sentence.arabic || span.date.year != 0 || span.date.month == 0) return false;
    const uint32_t clause = ClauseBegin(knowledge_, text_, atom);
    for (uint32_t a = atom; a > clause && atom - a < kReach;) {
      --a;
      const SetHit* verb = text_.HitAt(a, knowledge_.known.happen);
      if (verb == nullptr || verb->form == nullptr) continue;
      return verb->form->features.tense == Tense::kPresent &&
             !IsNegated(knowledge_, text_, a, a + 1);
    }
    return false;
  }

  // "that September": of the year named last.
  bool IsThatMonth(uint32_t atom) const {
    return atom > 0 && text_.InSet(atom - 1, knowledge_.known.demonstrative) &&
           !text_.InSet(atom - 1, knowledge_.known.proximal);
  }

  // "was moved from 5 May to …": the day it had.
  bool IsMovedFrom(uint32_t atom) const {
    return atom > 1 && text_.InSet(atom - 1, knowledge_.known.from) &&
           text_.InSet(atom - 2, knowledge_.known.put_off);
  }

  // "…, the minister said on Monday": only particles stand between verb and date.
  bool IsReported(uint32_t atom) const {
    const uint32_t first = text_.sentences[text_.atoms[atom].sentence].first;
    if (atom > first && text_.atoms[atom - 1].norm == "for") return false;  // "announced for May"
    for (uint32_t a = atom; a > first && atom - a < 4;) {
      --a;
      const SetHit* say = text_.HitAt(a, knowledge_.known.say);
      if (say != nullptr) return a + say->count <= atom;
      if (!text_.InSet(a, knowledge_.known.preposition) &&
          !text_.InSet(a, knowledge_.known.article) && !text_.InSet(a, knowledge_.known.audience))
        return false;
    }
    return false;
  }

  // The first sentences of a report often carry the day it was written, or told of:
  // what stands for the document's date where it gives none.
  void FindLeadDate() {
    constexpr uint32_t kLead = 2;
    uint32_t read = 0;
    for (uint32_t s = 0; s < text_.sentences.size() && read < kLead; ++s) {
      read += !text_.sentences[s].span.is_heading;
      for (const DateSpan& span : FindDates(text_.sentences[s].tokens)) {
        // A day of the week with it is one near the writing.
        if (span.date.full() && span.weekday != 0 && !span.end && !lead_.full()) lead_ = span.date;
      }
    }
  }
  PartialDate DocumentDate() const {
    return text_.document_date.full() ? text_.document_date : lead_;
  }

  bool AtMidnight(uint32_t atom) const {
    for (uint32_t a = atom > 3 ? atom - 3 : 0; a < atom; ++a) {
      if (text_.InSet(a, knowledge_.known.midnight)) return true;
    }
    return false;
  }

  // "before the end of the year" bounds a date without giving one.
  void AddYearEnd(uint32_t s, uint32_t atom) {
    const SetHit* hit = text_.HitAt(atom, knowledge_.known.before_year_end);
    if (hit == nullptr || text_.document_date.year == 0) return;
    Mention mention;
    mention.type = knowledge_.known.t_date;
    mention.sentence = s;
    mention.first = atom;
    mention.end = atom + hit->count;
    mention.value = Term::String(Concat("before ", text_.document_date.year, "-12-31"));
    text_.AddMention(std::move(mention));
  }

  static Term Distance(const DateSpan& span) {
    if (!span.relative() || span.offset == 0) return Term();
    const std::string sign = span.offset < 0 ? "-P" : "P";
    const int n = std::abs(span.offset);
    switch (span.unit) {
      case DateUnit::kDay:
        return Term::Literal(Concat(sign, n, "D"), SANAD_XSD_NS "duration");
      case DateUnit::kWeek:
        return Term::Literal(Concat(sign, n * 7, "D"), SANAD_XSD_NS "duration");
      case DateUnit::kMonth:
        return Term::Literal(Concat(sign, n, "M"), SANAD_XSD_NS "duration");
      case DateUnit::kYear:
        return Term::Literal(Concat(sign, n, "Y"), SANAD_XSD_NS "duration");
      default:
        return Term();
    }
  }

  // "PLACE, May 12 – … on Monday …": a dateline without a year is still the day of the
  // week that its sentence names.
  bool IsDatelineDay(const DateSpan& span, bool future, uint32_t s) const {
    return span.unit == DateUnit::kWeekday && span.offset == 0 && !future &&
           dateline_day_.day != 0 && s == dateline_sentence_ && !DocumentDate().full();
  }

  PartialDate DateOf(const DateSpan& span, bool future, uint32_t s) const {
    PartialDate date = span.date;
    if (IsDatelineDay(span, future, s)) return dateline_day_;
    if (span.unit == DateUnit::kWeekday && span.offset == 0 && future) {
      DateSpan next = span;
      next.offset = 1;
      return DocumentDate().full() ? Resolve(next, DocumentDate()) : date;
    }
    if (span.relative()) return DocumentDate().full() ? Resolve(span, DocumentDate()) : date;
    if (span.same_as_before && year_ != 0) {
      if (date.year == 0) date.year = year_;
      if (date.month == 0 && last_.year == year_) date.month = last_.month;
      return date;
    }
    if (date.year != 0 || date.month == 0) return date;
    if (span.direction != 0 && DocumentDate().full()) return Resolve(span, DocumentDate());
    if (span.direction < 0) return date;
    return WithYear(date, future || span.direction > 0, s);
  }

  PartialDate WithYear(PartialDate date, bool future, uint32_t s) const {
    const bool entry = text_.sentences[s].entry_date.year != 0;
    const bool recent = last_.year != 0 && (entry || s - last_sentence_ <= 2) &&
                        !(DocumentDate().full() && LooksBack(s));
    const PartialDate written = DocumentDate();
    if (written.full() && (future || !recent)) {
      date.year = written.year;
      if (future && Before(date, written)) ++date.year;
      if (!future && Before(written, date)) --date.year;
    } else if (last_.year != 0) {
      // What is to come is counted from what has been, not from another day to come.
      const PartialDate& from = future && told_.full() ? told_ : last_;
      date.year = from.year;
      if (future && Before(date, from)) ++date.year;
      // What has happened lies before the writing.
      if (!future && written.full() && Before(written, date)) --date.year;
    }
    return date;
  }

  // The same day in the year that brings it nearest to the writing.
  PartialDate Nearest(PartialDate date) const {
    const PartialDate written = DocumentDate();
    if (!written.full() || date.year == 0 || date.month == 0) return date;
    const auto distance = [&](int year) {
      return std::abs((year - written.year) * 365 + (date.month - written.month) * 30 +
                      (date.day == 0 ? 0 : date.day - written.day));
    };
    date.year = written.year;
    for (const int year : {written.year - 1, written.year + 1}) {
      if (distance(year) < distance(date.year)) date.year = year;
    }
    return date;
  }

  // "Its previous session": counted from the writing, not from the day named last.
  bool LooksBack(uint32_t s) const {
    const Sentence& sentence = text_.sentences[s];
    for (uint32_t a = sentence.first; a < sentence.end; ++a) {
      if (text_.InSet(a, knowledge_.known.previous)) return true;
    }
    return false;
  }

  // "a second round", "a second ministerial meeting": no second of time.
  bool CountsEvent(uint32_t s, const DurationSpan& span) const {
    constexpr uint32_t kReach = 2;
    const uint32_t end = EndAtom(s, span.first + span.count - 1);
    if (text_.atoms[end - 1].norm != "second") return false;
    for (uint32_t a = end; a < text_.sentences[s].end && a < end + kReach; ++a) {
      if (text_.InSet(a, knowledge_.known.event)) return true;
      if (!text_.atoms[a].is_word()) return false;
    }
    return false;
  }

  void AddDurations(uint32_t s) {
    for (const DurationSpan& span : FindDurations(text_.sentences[s].tokens)) {
      if (taken_[span.first + span.count - 1] || CountsEvent(s, span)) continue;
      Mention mention = Make(s, knowledge_.known.t_duration, span.first, span.count);
      mention.value = span.ToTerm();
      mention.comparator = static_cast<int>(span.comparator);
      text_.AddMention(std::move(mention));
    }
  }

  void AddNumbers(uint32_t s) {
    for (const NumberSpan& span : FindNumbers(text_.sentences[s].tokens)) {
      if (taken_[span.first]) continue;
      Mention mention =
          Make(s, span.ordinal ? knowledge_.known.t_ordinal : knowledge_.known.t_number, span.first,
               span.count);
      mention.value = span.ToTerm();
      mention.ordinal = span.ordinal ? static_cast<int>(span.value) : 0;
      text_.AddMention(std::move(mention));
    }
  }

  // A dateline names a city: تونس and "Kuwait" are then the capitals called like their states.
  EntityId CityOfSameName(EntityId place) {
    const Entity& state = text_.entities[static_cast<size_t>(place)];
    const auto it = knowledge_.capital_of.find(state.iri.value());
    if (it == knowledge_.capital_of.end()) return place;
    const std::string name = Normalise(state.label_ar);
    const EntityId capital = LexiconEntity(knowledge_, text_, it->second);
    const std::string own = Normalise(text_.entities[static_cast<size_t>(capital)].label_ar);
    return !name.empty() && own.find(name) != std::string::npos ? capital : place;
  }

  // PLACE, DATE – or PLACE — at the start of the first lines.
  void ReadDateline(uint32_t s, const std::vector<DateSpan>& spans) {
    const Sentence& sentence = text_.sentences[s];
    const uint32_t end = std::min(sentence.end, sentence.first + kDatelineAtoms);
    uint32_t dash = sentence.first;
    while (dash < end && !text_.InSet(dash, knowledge_.known.dash)) ++dash;
    // PLACE – DATE – or PLACE – DATE (AGENCY) –: the line ends at the dash behind its date.
    for (const DateSpan& span : spans) {
      const uint32_t date = FirstAtom(s, span.first);
      if (dash + 1 >= end || date != dash + 1) continue;
      uint32_t next = date + 1;
      while (next < end && !text_.InSet(next, knowledge_.known.dash)) ++next;
      if (next < end) dash = next;
    }
    if (IsDatelineAlone(s, spans)) {
      dash = sentence.end;
    } else if (dash == end || dash == sentence.first) {
      return;
    } else if (!text_.atoms[dash].space_before && text_.atoms[dash].norm == "-") {
      return;  // "Qatar-brokered talks": no dateline.
    }
    const uint32_t places = dash == sentence.end ? sentence.end : sentence.first + 1;
    for (uint32_t a = sentence.first; a < places; ++a) {
      for (const MentionId id : text_.mentions_at[a]) {
        const Mention& mention = text_.mentions[static_cast<size_t>(id)];
        const bool place =
            mention.type == knowledge_.known.t_city || mention.type == knowledge_.known.t_country;
        if (place && text_.dateline_place == kNoId)
          text_.dateline_place = CityOfSameName(mention.entity);
      }
    }
    text_.dateline_end = dash;
    for (const DateSpan& span : spans) {
      if (FirstAtom(s, span.first) >= dash || text_.document_date.full()) continue;
      if (span.date.full()) {
        text_.document_date = span.date;
      } else if (span.date.month != 0 && span.date.day != 0) {
        dateline_day_ = span.date;
        dateline_sentence_ = s;
      }
    }
  }

  // "Lima, Monday, 8 July 2024", "Ministry of Trade, Lima, 8 July 2024" as a line of its own:
  // names and a full date, no sentence.
  bool IsDatelineAlone(uint32_t s, const std::vector<DateSpan>& spans) const {
    const Sentence& sentence = text_.sentences[s];
    bool place = false, full = false;
    std::vector<bool> covered(sentence.end - sentence.first, false);
    const auto cover = [&](uint32_t first, uint32_t end) {
      for (uint32_t a = first; a < end && a < sentence.end; ++a) covered[a - sentence.first] = true;
    };
    for (const DateSpan& span : spans) {
      full = full || (span.date.full() && !span.end);
      cover(FirstAtom(s, span.first), EndAtom(s, span.first + span.count - 1));
    }
    for (uint32_t a = sentence.first; a < sentence.end; ++a) {
      for (const MentionId id : text_.mentions_at[a]) {
        const Mention& m = text_.mentions[static_cast<size_t>(id)];
        if (m.type != knowledge_.known.t_city && m.type != knowledge_.known.t_country) continue;
        place = true;
        cover(a, m.end);
      }
      const Atom& atom = text_.atoms[a];
      const bool name = atom.is_word() && atom.word->script == Script::kLatin &&
                        (atom.word->capitalisation >= Capitalisation::kInitial ||
                         text_.InSet(a, knowledge_.known.preposition));
      if (!covered[a - sentence.first] && !atom.is_punctuation() && !name) return false;
    }
    return place && full && covered.back();
  }

  const Knowledge& knowledge_;
  AnnotatedText& text_;
  std::vector<bool> taken_;
  PartialDate last_, lead_;
  int year_ = 0;              // Last named.
  PartialDate told_;          // The last full one that is not to come.
  PartialDate dateline_day_;  // Without a year.
  int last_year_ = 0;         // That the text names itself.
  uint32_t last_sentence_ = 0, dateline_sentence_ = 0;
};

}  // namespace

void AnnotateValues(const Knowledge& knowledge, AnnotatedText& text) {
  ValuePhase(knowledge, text).Run();
}

}  // namespace sanad
