// Answers by what is not plainly asserted: planned, claimed or attributed
// statements where nothing is asserted, and what is denied.

#include "query/question/answer.h"

#include <string>
#include <utility>
#include <vector>

#include "query/question/evidence.h"
#include "query/question/messages.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {

std::string Answerer::Marking(TermId statement, bool* negated) {
  const Messages& messages = Messages::Of(renderer_.language());
  for (const Term& value :
       reader_.TermsOf(reader_.Objects(statement, reader_.Id(iri::kNegated), true))) {
    *negated = value.value() == "true" || value.value() == "1";
  }
  std::string out;
  for (const Term& who :
       reader_.TermsOf(reader_.Objects(statement, reader_.Id(iri::kAttributedTo), true))) {
    out = messages.Get("said-by", {renderer_.Label(who)});
  }
  for (const Term& status :
       reader_.TermsOf(reader_.Objects(statement, reader_.Id(iri::kStatus), true))) {
    const std::string word = messages.Get(status.value());
    out = out.empty() ? word : Concat(word, ", ", out);
  }
  return out;
}

// "Which topics did the meeting not address": what is there to address has no end, so
// what the store says was not addressed answers. Empty where nothing is so said.
absl::Status Answerer::AddDenied(const Reading& reading, Answer& answer) {
  const Node& focus = *reading.meaning.focus;
  if (focus.conditions.empty() || focus.extreme.has_value()) return absl::OkStatus();
  const Condition& last = *focus.conditions.back();
  if (last.type != Condition::kNot || last.parts[0]->type != Condition::kRelated ||
      last.parts[0]->relation.chains.empty() ||
      !last.parts[0]->relation.chains[0].front().inverse) {
    return absl::OkStatus();
  }
  Reading asserted;
  asserted.meaning = reading.meaning;
  auto node = std::make_shared<Node>(focus);
  node->conditions.back() = last.parts[0];
  asserted.meaning.focus = node;
  Translation said = Translate(*vocabulary_.schema, reader_, asserted.meaning, true);
  if (said.statements.empty()) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(auto witnesses, Witnesses(said, said.focus));
  for (const auto& [term, found] : witnesses) {
    std::vector<Witness> denying;
    for (const Witness& witness : found) {
      bool negated = false;
      for (TermId statement : witness.statements) {
        bool denied = false;
        (void)Marking(statement, &denied);
        negated |= denied;
      }
      if (negated) denying.push_back(witness);
    }
    if (denying.empty() || term.is_undefined()) continue;
    AnswerRow row;
    row.values.push_back(renderer_.Value(term));
    AddEvidence(denying, term, row.evidence);
    answer.rows.push_back(std::move(row));
  }
  if (!answer.rows.empty()) answer.sparql = ShownSparql(said.query);
  return absl::OkStatus();
}

// Nothing is plainly asserted: what is planned, claimed or said by someone, with
// a column that says so.
absl::Status Answerer::AddStatements(const Reading& reading, Answer& answer) {
  if (reader_.Id(iri::kRdfStatement).is_undefined()) return absl::OkStatus();
  Translation translation =
      Translate(*vocabulary_.schema, reader_, reading.meaning, /*statements=*/true);
  if (translation.statements.empty()) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(auto witnesses, Witnesses(translation, translation.focus));
  bool marked = false;
  for (const auto& [term, found] : witnesses) {
    if (term.is_undefined()) continue;
    std::vector<Witness> kept;
    std::string marking;
    bool contradicted = false;
    for (const Witness& witness : found) {
      bool negated = false;
      for (TermId statement : witness.statements) {
        bool denied = false;
        std::string mark = Marking(statement, &denied);
        negated |= denied;
        if (!denied && !mark.empty()) marking = mark;
      }
      if (!negated) kept.push_back(witness);
      contradicted |= negated;
    }
    if (kept.empty()) continue;
    if (contradicted) {
      const std::string disputed = Messages::Of(renderer_.language()).Get("disputed");
      marking = marking.empty() ? disputed : Concat(disputed, ", ", marking);
    }
    AnswerRow row;
    row.values.push_back(renderer_.Value(term));
    AnswerValue mark;
    mark.label = marking;
    row.values.push_back(mark);
    marked |= !marking.empty();
    AddEvidence(kept, term, row.evidence);
    answer.rows.push_back(std::move(row));
  }
  if (answer.rows.empty()) return absl::OkStatus();
  answer.sparql = ShownSparql(translation.query);
  if (marked) {
    answer.columns.push_back(Messages::Of(renderer_.language()).Get("status"));
  } else {
    for (AnswerRow& row : answer.rows) row.values.resize(1);
  }
  return absl::OkStatus();
}

// What the store does say of the subject in the respect asked, else where it is named.
absl::Status Answerer::AddDenialEvidence(const Meaning& meaning, std::vector<Evidence>& out) {
  constexpr size_t kMostSubjects = 3;
  EvidenceFinder finder(vocabulary_, renderer_);
  std::vector<Chain> asked = meaning.asked.chains;
  auto add = [&](const Term& subject) {
    const TermId id = reader_.Id(subject);
    for (const Chain& chain : asked) {
      for (const Term& way : vocabulary_.schema->SubProperties(chain[0].property)) {
        const TermId property = reader_.Id(way);
        for (TermId object : reader_.Objects(id, property)) finder.Add(id, property, object, out);
      }
    }
  };
  for (const NamedThing& thing : meaning.focus->things) {
    add(thing.term);
    if (out.empty()) finder.AddMentions(reader_.Id(thing.term), out);
  }
  // The subject without what was asked of it: conditions go from the last on until
  // some subject is left.
  Reading subject;
  subject.meaning = meaning;
  subject.meaning.form = AnswerForm::kList;
  auto node = std::make_shared<Node>(*meaning.focus);
  while (out.empty() && !node->conditions.empty()) {
    for (const Chain& chain : node->conditions.back()->relation.chains) asked.push_back(chain);
    node->conditions.pop_back();
    if (node->things.empty() && node->conditions.empty() && !node->said_class) break;
    subject.meaning.focus = node;
    Translation without = Translate(*vocabulary_.schema, reader_, subject.meaning);
    SANAD_ASSIGN_OR_RETURN(auto witnesses, Witnesses(without, without.focus));
    size_t shown = 0;
    for (const auto& [term, found] : witnesses) {
      if (++shown > kMostSubjects) break;
      add(term);
      AddEvidence(found, term, out);
    }
    node = std::make_shared<Node>(*node);
  }
  return absl::OkStatus();
}

}  // namespace sanad::question
