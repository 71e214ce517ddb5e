#include "loader/document/finish.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

Entity& At(AnnotatedText& text, EntityId id) { return text.entities[static_cast<size_t>(id)]; }

uint32_t FirstSentence(const AnnotatedText& text, const Entity& entity) {
  uint32_t first = 0xFFFFFFFF;
  for (const MentionId id : entity.mentions)
    first = std::min(first, text.mentions[static_cast<size_t>(id)].sentence);
  return first == 0xFFFFFFFF ? 0 : first;
}

// Statements that are not denied, by subject.
using StatementsOf = absl::flat_hash_map<EntityId, std::vector<uint32_t>>;

bool States(const AnnotatedText& text, const std::vector<uint32_t>& own,
            std::string_view property) {
  return std::any_of(own.begin(), own.end(),
                     [&](uint32_t i) { return text.statements[i].property == property; });
}

// Whether the text asserts where, when, how long or on what an event was, or says
// so only of the future.
bool TellsOf(const AnnotatedText& text, const std::vector<uint32_t>& own, StatementStatus status) {
  static constexpr std::string_view kTelling[] = {
      "heldIn", "heldOn", "startedOn", "endedOn", "duration", "resultedIn", "scheduledFor"};
  return std::any_of(own.begin(), own.end(), [&](uint32_t i) {
    const DocumentStatement& s = text.statements[i];
    return s.status == status &&
           std::find(std::begin(kTelling), std::end(kTelling), s.property) != std::end(kTelling);
  });
}

// Whether the text asserts what only an event that took place can have.
bool Happened(const AnnotatedText& text, const std::vector<uint32_t>& own) {
  static constexpr std::string_view kHappened[] = {"heldOn", "startedOn", "endedOn", "duration",
                                                   "resultedIn"};
  return std::any_of(own.begin(), own.end(), [&](uint32_t i) {
    const DocumentStatement& s = text.statements[i];
    return s.status == StatementStatus::kAsserted &&
           std::find(std::begin(kHappened), std::end(kHappened), s.property) != std::end(kHappened);
  });
}

void AddStatus(AnnotatedText& text, EntityId event, std::string_view status,
               std::string_view arabic) {
  DocumentStatement s;
  s.subject = event;
  s.property = "status";
  s.value = Term::String(status);
  s.value_en = std::string(status);
  s.value_ar = std::string(arabic);
  s.sentence = FirstSentence(text, At(text, event));
  s.rule = "event-status";
  if (status == "planned") s.status = StatementStatus::kPlanned;
  if (status == "cancelled") s.status = StatementStatus::kCancelled;
  if (status == "postponed") s.status = StatementStatus::kPostponed;
  text.statements.push_back(std::move(s));
}

// planned, cancelled, postponed, else held once its place, time or outcome is asserted.
void AddEventStatus(AnnotatedText& text) {
  StatementsOf statements;
  for (uint32_t i = 0; i < text.statements.size(); ++i) {
    if (!text.statements[i].negated) statements[text.statements[i].subject].push_back(i);
  }
  for (size_t i = 0; i < text.entities.size(); ++i) {
    const Entity& e = text.entities[i];
    const auto id = static_cast<EntityId>(i);
    if (e.kind != "event" || e.same_as != kNoId || e.series) continue;
    const std::vector<uint32_t>& own = statements[id];
    if (States(text, own, "status")) continue;
    if (e.cancelled) {
      AddStatus(text, id, "cancelled", "أُلغي");
    } else if (e.planned) {
      AddStatus(text, id, "planned", "مقرر");
    } else if (e.postponed) {
      AddStatus(text, id, "postponed", "مؤجل");
    } else if (States(text, own, "postponedTo") && !Happened(text, own)) {
      AddStatus(text, id, "postponed", "مؤجل");
    } else if (TellsOf(text, own, StatementStatus::kAsserted)) {
      AddStatus(text, id, "held", "عُقد");
    } else if (TellsOf(text, own, StatementStatus::kPlanned)) {
      AddStatus(text, id, "planned", "مقرر");
    }
  }
}

// Whether the text first names an event only to date something else: "after talks
// that lasted two years".
bool IsAside(const Knowledge& knowledge, const AnnotatedText& text, EntityId event) {
  constexpr uint32_t kReach = 2;
  const std::vector<MentionId>& mentions = text.entities[static_cast<size_t>(event)].mentions;
  if (mentions.empty()) return false;
  uint32_t first = text.mentions[static_cast<size_t>(mentions.front())].first;
  for (const MentionId id : mentions)
    first = std::min(first, text.mentions[static_cast<size_t>(id)].first);
  for (uint32_t a = first; a > 0 && first - a < kReach;) {
    if (text.InSet(--a, knowledge.known.aside)) return true;
  }
  return false;
}

// A report's dateline is where its main event was held, when the text names no
// other city for it.
void AddDatelinePlace(const Knowledge& knowledge, const Discourse& discourse, AnnotatedText& text) {
  const EntityId main = discourse.MainEvent();
  if (text.dateline_place == kNoId || main == kNoId || FirstSentence(text, At(text, main)) > 1)
    return;
  for (const DocumentStatement& s : text.statements) {
    if (s.subject == main && s.property == "heldIn" && s.object != kNoId &&
        At(text, s.object).type != "Venue" && At(text, s.object).type != "Organization") {
      return;
    }
  }
  const Entity& event = At(text, main);
  if (event.planned || event.cancelled || event.postponed || IsAside(knowledge, text, main)) return;
  for (const MentionId id : At(text, main).mentions) {
    if (text.InSet(text.mentions[static_cast<size_t>(id)].first, knowledge.known.call)) return;
  }
  DocumentStatement s;
  s.subject = main;
  s.property = "heldIn";
  s.object = text.dateline_place;
  s.sentence = FirstSentence(text, At(text, main));
  s.rule = "dateline-place";
  const EntityId place = At(text, main).place;
  if (place == kNoId || At(text, place).type == "Venue") At(text, main).place = s.object;
  text.statements.push_back(std::move(s));
}

// Two sources that say different things of what can be only one: both claim.
void MarkContradictions(AnnotatedText& text) {
  static constexpr std::string_view kSingle[] = {"duration", "roundNumber", "heldOn", "quantity"};
  absl::flat_hash_map<EntityId, std::vector<uint32_t>> attributed;  // By subject.
  for (uint32_t i = 0; i < text.statements.size(); ++i) {
    DocumentStatement& b = text.statements[i];
    if (b.attributed_to == kNoId) continue;
    std::vector<uint32_t>& before = attributed[b.subject];
    for (const uint32_t earlier : before) {
      DocumentStatement& a = text.statements[earlier];
      if (a.property != b.property || a.attributed_to == b.attributed_to) continue;
      const bool single =
          std::find(std::begin(kSingle), std::end(kSingle), a.property) != std::end(kSingle);
      const bool same_object = a.object == b.object && a.value == b.value;
      if ((single && !same_object && a.negated == b.negated) ||
          (same_object && a.negated != b.negated)) {
        a.status = b.status = StatementStatus::kClaimed;
      }
    }
    before.push_back(i);
  }
}

}  // namespace

void FinishStatements(const Knowledge& knowledge, const Discourse& discourse, AnnotatedText& text) {
  for (DocumentStatement& s : text.statements) {
    s.subject = text.Resolve(s.subject);
    s.object = text.Resolve(s.object);
  }
  AddDatelinePlace(knowledge, discourse, text);
  MarkContradictions(text);
  AddEventStatus(text);
}

}  // namespace sanad
