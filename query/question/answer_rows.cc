// What is done to rows once they are found: their heading, the columns that the
// vocabulary shows beside them, and one row for events that are the same.

#include "query/question/answer.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "query/question/messages.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {

std::string Answerer::Heading(const Meaning& meaning) const {
  const Node& focus = *meaning.focus;
  if (focus.said_class && !focus.types.empty()) {
    std::string label = renderer_.OwnLabel(focus.types[0]);
    if (!label.empty()) return label;
  }
  if (!meaning.heading.empty()) return meaning.heading;
  return Messages::Of(renderer_.language()).Get("answer");
}

AnswerValue Answerer::ValueOf(const Meaning& meaning, const Term& term) const {
  const Term property = ValueProperty(*meaning.focus);
  if (!term.is_literal() || property.is_undefined()) return renderer_.Value(term);
  return {term, renderer_.Measured(property, term, meaning.unit)};
}

void Answerer::CompareNumber(const Meaning& meaning, Answer& answer) const {
  const int64_t asked = meaning.focus->number;
  const int64_t found = static_cast<int64_t>(answer.rows.size());
  if (asked == 0 || found == 0 || asked == found || !answer.message.empty()) return;
  answer.message = Messages::Of(renderer_.language())
                       .Get("other-number", {std::to_string(asked), std::to_string(found)});
}

// The columns that the vocabulary shows beside things of this class.
void Answerer::AddColumns(const Types& types, Answer& answer) {
  for (const Term& shown : vocabulary_.schema->ShownWith(types)) {
    std::vector<TermId> predicates;
    for (const Term& sub : vocabulary_.schema->SubProperties(shown)) {
      TermId id = reader_.Id(sub);
      if (!id.is_undefined()) predicates.push_back(id);
    }
    bool any = false;
    std::vector<AnswerValue> column;
    for (const AnswerRow& row : answer.rows) {
      AnswerValue cell;
      const TermId subject = row.values.empty() ? TermId() : reader_.Id(row.values[0].term);
      for (TermId predicate : predicates) {
        for (const Term& value : reader_.TermsOf(reader_.Objects(subject, predicate))) {
          std::string label = renderer_.Label(reader_.TermOf(predicate), value);
          if (cell.term.is_undefined()) {
            cell.term = value;
            cell.label = label;
          } else if (cell.label.find(label) == std::string::npos) {
            cell.label += Concat(renderer_.language() == "ar" ? "، " : ", ", label);
          }
        }
      }
      any |= !cell.term.is_undefined();
      column.push_back(std::move(cell));
    }
    if (!any) continue;
    std::string heading = renderer_.OwnLabel(shown);
    // A column of places is headed "place" where the range says so.
    if (const Property* property = vocabulary_.schema->FindProperty(shown)) {
      for (const Term& range : property->range) {
        if (FamilyOf(range.value()) == LiteralFamily::kNone) {
          std::string label = renderer_.OwnLabel(range);
          if (!label.empty()) {
            heading = label;
            break;
          }
        }
        if (FamilyOf(range.value()) == LiteralFamily::kDate) {
          const Messages& messages = Messages::Of(renderer_.language());
          if (messages.Has("date")) heading = messages.Get("date");
          break;
        }
      }
    }
    answer.columns.push_back(heading.empty() ? renderer_.Label(shown) : heading);
    for (size_t i = 0; i < answer.rows.size(); ++i) answer.rows[i].values.push_back(column[i]);
  }
}

Term Answerer::Same(const Term& term) {
  if (!term.is_iri()) return term;
  auto [it, added] = same_.try_emplace(term, term);
  if (!added) return it->second;
  const TermId same_event = reader_.Id(iri::kSameEvent);
  if (same_event.is_undefined()) return term;
  // The least of the linked events stands for all.
  std::set<TermId> group = {reader_.Id(term)};
  std::vector<TermId> open(group.begin(), group.end());
  while (!open.empty()) {
    TermId at = open.back();
    open.pop_back();
    for (const auto& linked :
         {reader_.Objects(at, same_event, true), reader_.Subjects(same_event, at, true)}) {
      for (TermId id : linked) {
        if (group.size() < 256 && group.insert(id).second) open.push_back(id);
      }
    }
  }
  it->second = reader_.TermOf(*group.begin());
  return it->second;
}

void Answerer::MergeSameEvents(Answer& answer) {
  std::vector<AnswerRow> merged;
  std::map<Term, size_t> at;
  for (AnswerRow& row : answer.rows) {
    const Term key = row.values.empty() ? Term() : Same(row.values[0].term);
    auto [it, added] = at.try_emplace(key, merged.size());
    if (added || key.is_undefined()) {
      merged.push_back(std::move(row));
      continue;
    }
    AnswerRow& into = merged[it->second];
    // A label of the question's own document language is better than one made.
    if (!renderer_.OwnLabel(row.values[0].term).empty() &&
        renderer_.OwnLabel(into.values[0].term).empty()) {
      into.values[0] = row.values[0];
    }
    for (Evidence& evidence : row.evidence) {
      bool known = false;
      for (const Evidence& old : into.evidence) {
        known |= old.document == evidence.document && old.begin == evidence.begin;
      }
      if (!known) into.evidence.push_back(std::move(evidence));
    }
  }
  answer.rows = std::move(merged);
}

}  // namespace sanad::question
