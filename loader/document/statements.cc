#include "loader/document/statements.h"

#include <algorithm>
#include <utility>

#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

const Entity& EntityOf(const AnnotatedText& text, EntityId id) {
  return text.entities[static_cast<size_t>(id)];
}

ExtractedTerm TermOf(const AnnotatedText& text, EntityId id) {
  const Entity& e = EntityOf(text, id);
  return {e.iri, e.label_en, e.label_ar};
}

void SetSentence(const AnnotatedText& text, uint32_t sentence, ExtractedStatement& row) {
  row.sentence = sentence;
  row.begin = text.sentences[sentence].span.begin;
  row.end = text.sentences[sentence].span.end;
}

uint32_t FirstSentence(const AnnotatedText& text, const Entity& e) {
  uint32_t first = 0xFFFFFFFF;
  for (const MentionId id : e.mentions)
    first = std::min(first, text.mentions[static_cast<size_t>(id)].sentence);
  return first == 0xFFFFFFFF ? 0 : first;
}

bool HasClassStated(const Entity& e) {
  return e.kind == "event" || e.type == "Agreement" || e.type == "Proposal";
}

ExtractedStatement ClassRow(const Knowledge& knowledge, const AnnotatedText& text, EntityId id) {
  const Entity& e = EntityOf(text, id);
  const Term type = Term::Iri(Concat(SANAD_KG_NS, e.type));
  ExtractedStatement row;
  row.subject = TermOf(text, id);
  row.predicate = Term::Iri(iri::kRdfType);
  row.object = {type, std::string(knowledge.lexicon->LabelOf(type, "en")),
                std::string(knowledge.lexicon->LabelOf(type, "ar"))};
  SetSentence(text, FirstSentence(text, e), row);
  return row;
}

ExtractedStatement Row(const AnnotatedText& text, const DocumentStatement& s) {
  ExtractedStatement row;
  row.subject = TermOf(text, s.subject);
  row.predicate = PropertyTerm(s.property);
  row.object =
      s.object != kNoId ? TermOf(text, s.object) : ExtractedTerm{s.value, s.value_en, s.value_ar};
  SetSentence(text, s.sentence, row);
  row.negated = s.negated;
  row.status = s.status;
  if (s.attributed_to != kNoId) row.attributed_to = EntityOf(text, s.attributed_to).iri;
  return row;
}

}  // namespace

Term PropertyTerm(std::string_view name) {
  return Term::Iri(name == "type" ? std::string(iri::kRdfType) : Concat(SANAD_KG_NS, name));
}

std::vector<bool> UsedEntities(const AnnotatedText& text) {
  std::vector<bool> used(text.entities.size(), false);
  for (const DocumentStatement& s : text.statements) {
    for (const EntityId e : {s.subject, s.object, s.attributed_to}) {
      if (e != kNoId) used[static_cast<size_t>(e)] = true;
    }
  }
  return used;
}

void WriteStatements(const Knowledge& knowledge, const AnnotatedText& text,
                     Extraction& extraction) {
  const std::vector<bool> used = UsedEntities(text);
  for (size_t i = 0; i < text.entities.size(); ++i) {
    const Entity& e = text.entities[i];
    if (used[i] && e.same_as == kNoId && HasClassStated(e))
      extraction.statements.push_back(ClassRow(knowledge, text, static_cast<EntityId>(i)));
  }
  for (const DocumentStatement& s : text.statements) extraction.statements.push_back(Row(text, s));
}

}  // namespace sanad
