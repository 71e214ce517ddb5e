#include "loader/document/event_labels.h"

#include <string>
#include <utility>
#include <vector>

#include "language/label_patterns.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr size_t kMaxClasses = 8;

// The local names of a class and of those above it, nearest first.
std::vector<std::string> ClassesAbove(const Knowledge& knowledge, const std::string& type) {
  std::vector<std::string> classes{type};
  for (size_t i = 0; i < classes.size() && i < kMaxClasses; ++i) {
    const VocabularyTerm* term =
        knowledge.lexicon->Vocabulary(Term::Iri(Concat(SANAD_KG_NS, classes[i])));
    if (term == nullptr) continue;
    for (const Term& parent : term->parents)
      classes.push_back(parent.value().substr(parent.value().find_last_of("#/") + 1));
  }
  return classes;
}

const std::string& LabelOf(const AnnotatedText& text, EntityId id, std::string_view language) {
  const Entity& e = text.entities[static_cast<size_t>(id)];
  return language == "en" ? e.label_en : e.label_ar;
}

LabelSlots SlotsOf(const Knowledge& knowledge, const AnnotatedText& text, const Entity& e,
                   std::string_view language) {
  LabelSlots slots;
  slots.class_label =
      std::string(knowledge.lexicon->LabelOf(Term::Iri(Concat(SANAD_KG_NS, e.type)), language));
  if (e.place != kNoId) slots.place = LabelOf(text, e.place, language);
  slots.date = e.date;
  slots.number = e.ordinal;
  std::vector<std::string> names;
  for (const EntityId p : e.participants) {
    const std::string& name = LabelOf(text, p, language);
    if (text.entities[static_cast<size_t>(p)].type == "Country" && !name.empty())
      names.push_back(name);
  }
  slots.participants = JoinInWords(names, language);
  return slots;
}

std::string MakeLabel(const std::vector<LabelPatterns>& patterns,
                      const std::vector<std::string>& classes, const LabelSlots& slots) {
  for (const LabelPatterns& pattern : patterns) {
    std::string label = pattern.Make(classes, slots);
    if (!label.empty()) return label;
  }
  return slots.class_label;
}

}  // namespace

void LabelEvents(const Knowledge& knowledge, AnnotatedText& text) {
  for (Entity& e : text.entities) {
    if (e.kind != "event" || e.same_as != kNoId) continue;
    const std::vector<std::string> classes = ClassesAbove(knowledge, e.type);
    if (!e.name.empty()) e.label_en = e.name;
    if (e.name.empty())
      e.label_en = MakeLabel(knowledge.patterns_en, classes, SlotsOf(knowledge, text, e, "en"));
    e.label_ar = MakeLabel(knowledge.patterns_ar, classes, SlotsOf(knowledge, text, e, "ar"));
  }
}

}  // namespace sanad
