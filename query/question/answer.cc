// Runs a reading's algebra and makes the answer of its form: a list, one value,
// groups, yes or no, or the description of a thing.

#include "query/question/answer.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "query/execution/execute.h"
#include "query/question/evidence.h"
#include "query/question/messages.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_number.h"

namespace sanad::question {

// The query as it is shown, with the prefixes of the vocabulary.
std::string Answerer::ShownSparql(const algebra::QueryAlgebra& query) {
  static const auto& prefixes = *new std::vector<std::pair<std::string, std::string>>{
      {"kg", SANAD_KG_NS},     {"sanad", SANAD_NS},   {"rdf", SANAD_RDF_NS},
      {"rdfs", SANAD_RDFS_NS}, {"xsd", SANAD_XSD_NS},
  };
  return algebra::ToSparql(query, prefixes);
}

absl::StatusOr<std::vector<Solution>> Answerer::Execute(const algebra::QueryAlgebra& query,
                                                        bool* asked) {
  auto shared = std::make_shared<algebra::QueryAlgebra>();
  shared->form = query.form;
  shared->root = algebra::Clone(*query.root);
  shared->projection = query.projection;
  SANAD_ASSIGN_OR_RETURN(
      std::unique_ptr<Cursor> cursor,
      ExecuteAlgebra(std::move(shared), *vocabulary_.source, owner_, options_.query));
  std::vector<Solution> out;
  while (cursor->Next()) {
    if (query.form == QueryForm::kAsk) {
      *asked = cursor->ask_result();
      continue;
    }
    Solution row;
    for (size_t i = 0; i < cursor->variables().size(); ++i) row.push_back(cursor->value(i));
    out.push_back(std::move(row));
  }
  SANAD_RETURN_IF_ERROR(cursor->status());
  return out;
}

absl::Status Answerer::RunList(const Reading& reading, Answer& answer) {
  if (!reader_.Id(iri::kRdfStatement).is_undefined()) {
    answer.columns = {Heading(reading.meaning)};
    SANAD_RETURN_IF_ERROR(AddDenied(reading, answer));
    if (!answer.rows.empty()) {
      answer.status = AnswerStatus::kOk;
      return absl::OkStatus();
    }
  }
  const Translation& translation = reading.translation;
  SANAD_ASSIGN_OR_RETURN(std::vector<Solution> rows, Execute(translation.query, nullptr));
  std::map<Term, std::vector<Witness>> witnesses;
  if (options_.evidence && !rows.empty()) {
    SANAD_ASSIGN_OR_RETURN(witnesses, Witnesses(translation, translation.focus));
  }
  answer.columns = {Heading(reading.meaning)};
  for (const Solution& solution : rows) {
    if (solution.empty() || solution[0].is_undefined()) continue;
    AnswerRow row;
    row.values.push_back(ValueOf(reading.meaning, solution[0]));
    auto it = witnesses.find(solution[0]);
    if (it != witnesses.end()) AddEvidence(it->second, solution[0], row.evidence);
    answer.rows.push_back(std::move(row));
  }
  MergeSameEvents(answer);
  if (!reading.meaning.ordering.has_value()) {
    std::stable_sort(answer.rows.begin(), answer.rows.end(),
                     [](const AnswerRow& a, const AnswerRow& b) {
                       return a.values[0].label < b.values[0].label;
                     });
  }
  if (answer.rows.empty()) SANAD_RETURN_IF_ERROR(AddStatements(reading, answer));
  if (!answer.rows.empty() && answer.columns.size() == 1 &&
      answer.rows[0].values[0].term.is_iri()) {
    Types types = Schema::TypesOf(reader_, reader_.Id(answer.rows[0].values[0].term));
    AddColumns(types, answer);
  }
  answer.status = answer.rows.empty() ? AnswerStatus::kNothingFound : AnswerStatus::kOk;
  CompareNumber(reading.meaning, answer);
  return absl::OkStatus();
}

absl::Status Answerer::RunYesNo(const Reading& reading, Answer& answer) {
  const Messages& messages = Messages::Of(renderer_.language());
  const Translation& translation = reading.translation;
  bool yes = false;
  SANAD_ASSIGN_OR_RETURN(std::vector<Solution> ignored, Execute(translation.query, &yes));
  AnswerRow row;
  std::string verdict = yes ? "yes" : "no";
  if (yes) {
    if (options_.evidence) {
      SANAD_ASSIGN_OR_RETURN(auto witnesses, Witnesses(translation, translation.focus));
      for (const auto& [term, found] : witnesses) AddEvidence(found, term, row.evidence);
    }
  }
  if (!reader_.Id(iri::kRdfStatement).is_undefined()) {
    Translation said = Translate(*vocabulary_.schema, reader_, reading.meaning, true);
    if (!said.statements.empty()) {
      SANAD_ASSIGN_OR_RETURN(auto witnesses, Witnesses(said, said.focus));
      bool denied = false, claimed = false;
      std::string marking;
      for (const auto& [term, found] : witnesses) {
        std::vector<Witness> relevant;
        for (const Witness& witness : found) {
          if (witness.statements.empty()) continue;
          bool negated = false;
          for (TermId statement : witness.statements) {
            bool no = false;
            std::string mark = Marking(statement, &no);
            negated |= no;
            if (!no && !mark.empty()) marking = mark;
          }
          denied |= negated;
          claimed |= !negated;
          relevant.push_back(witness);
        }
        AddEvidence(relevant, term, row.evidence);
      }
      if ((yes || claimed) && denied) {
        verdict = "disputed";
      } else if (!yes && claimed) {
        verdict = "yes";
        answer.message = marking;
      }
    }
  }
  if (verdict == "no" && options_.evidence && row.evidence.empty()) {
    SANAD_RETURN_IF_ERROR(AddDenialEvidence(reading.meaning, row.evidence));
  }
  AnswerValue value;
  value.label = messages.Get(verdict);
  value.term = verdict == "disputed" ? Term::String("disputed") : Term::Boolean(verdict == "yes");
  row.values.push_back(std::move(value));
  answer.columns = {messages.Get("answer")};
  answer.rows.push_back(std::move(row));
  answer.single_value = true;
  answer.status = AnswerStatus::kOk;
  return absl::OkStatus();
}

absl::Status Answerer::RunSingle(const Reading& reading, Answer& answer) {
  const Messages& messages = Messages::Of(renderer_.language());
  const Translation& translation = reading.translation;
  SANAD_ASSIGN_OR_RETURN(std::vector<Solution> rows, Execute(translation.query, nullptr));
  AnswerRow row;
  Term value = rows.empty() || rows[0].empty() ? Term() : rows[0][0];
  const bool count = reading.meaning.form == AnswerForm::kCount;
  std::map<Term, std::vector<Witness>> witnesses;
  if (options_.evidence || count) {
    SANAD_ASSIGN_OR_RETURN(witnesses, Witnesses(translation, translation.focus));
  }
  if (count && !reader_.Id(iri::kSameEvent).is_undefined()) {
    std::set<Term> distinct;
    for (const auto& [term, found] : witnesses) distinct.insert(Same(term));
    if (witnesses.size() < kMostWitnesses)
      value = Term::Integer(static_cast<int64_t>(distinct.size()));
  }
  for (const auto& [term, found] : witnesses) AddEvidence(found, term, row.evidence);
  answer.columns = {count ? messages.Get("count")
                          : messages.Get(reading.meaning.aggregate == "AVG"   ? "average"
                                         : reading.meaning.aggregate == "SUM" ? "sum"
                                         : reading.meaning.aggregate == "MAX" ? "maximum"
                                                                              : "minimum")};
  answer.single_value = true;
  if (value.is_undefined() || (!count && witnesses.empty() && options_.evidence)) {
    answer.status = AnswerStatus::kNothingFound;
    return absl::OkStatus();
  }
  // Nothing of a name does it: that is no number of things.
  const Node& focus = *reading.meaning.focus;
  if (count && focus.any_thing && witnesses.empty() && !focus.things.empty()) {
    answer.status = AnswerStatus::kNothingFound;
    return absl::OkStatus();
  }
  row.values.push_back(count ? renderer_.Value(value) : ValueOf(reading.meaning, value));
  // An average of durations comes in seconds.
  if (!count && !reading.meaning.focus->types.empty() &&
      FamilyOf(reading.meaning.focus->types[0].value()) == LiteralFamily::kDuration) {
    const double seconds = ParseDouble(value.value()).value_or(0);
    const int64_t minutes = static_cast<int64_t>(seconds / 60 + 0.5);
    std::string lexical = "PT";
    if (minutes >= 60) lexical += Concat(minutes / 60, "H");
    if (minutes % 60 != 0 || minutes == 0) lexical += Concat(minutes % 60, "M");
    row.values[0] = renderer_.Value(Term::Literal(lexical, SANAD_XSD_NS "duration"));
  }
  answer.rows.push_back(std::move(row));
  answer.status = AnswerStatus::kOk;
  return absl::OkStatus();
}

absl::Status Answerer::RunGroups(const Reading& reading, Answer& answer) {
  const Translation& translation = reading.translation;
  SANAD_ASSIGN_OR_RETURN(std::vector<Solution> rows, Execute(translation.query, nullptr));
  std::map<Term, std::vector<Witness>> witnesses;
  if (options_.evidence) {
    SANAD_ASSIGN_OR_RETURN(witnesses, Witnesses(translation, translation.group));
  }
  std::string heading = reading.meaning.group->words;
  if (!reading.meaning.group->types.empty()) {
    std::string label = renderer_.OwnLabel(reading.meaning.group->types[0]);
    if (!label.empty()) heading = label;
  }
  answer.columns = {heading, Messages::Of(renderer_.language()).Get("count")};
  for (const Solution& solution : rows) {
    if (solution.size() < 2 || solution[0].is_undefined()) continue;
    AnswerRow row;
    row.values = {renderer_.Value(solution[0]), renderer_.Value(solution[1])};
    auto it = witnesses.find(solution[0]);
    if (it != witnesses.end()) AddEvidence(it->second, Term(), row.evidence);
    answer.rows.push_back(std::move(row));
  }
  std::stable_sort(answer.rows.begin(), answer.rows.end(),
                   [](const AnswerRow& a, const AnswerRow& b) {
                     const std::string &x = a.values[1].label, &y = b.values[1].label;
                     if (x.size() != y.size()) return x.size() > y.size();
                     if (x != y) return x > y;
                     return a.values[0].label < b.values[0].label;
                   });
  answer.status = answer.rows.empty() ? AnswerStatus::kNothingFound : AnswerStatus::kOk;
  return absl::OkStatus();
}

// Everything said of the things: property and value a row.
absl::Status Answerer::RunDescribe(const Reading& reading, Answer& answer) {
  Reading list;
  list.meaning = reading.meaning;
  list.meaning.form = AnswerForm::kList;
  Translation translation = Translate(*vocabulary_.schema, reader_, list.meaning);
  SANAD_ASSIGN_OR_RETURN(std::vector<Solution> things, Execute(translation.query, nullptr));
  EvidenceFinder finder(vocabulary_, renderer_);
  const TermId label = reader_.Id(iri::kRdfsLabel), type = reader_.Id(iri::kRdfType);
  answer.columns = {Heading(reading.meaning), Messages::Of(renderer_.language()).Get("relation"),
                    Messages::Of(renderer_.language()).Get("value")};
  std::set<std::array<TermId, 3>> seen;
  for (const Solution& thing : things) {
    if (thing.empty() || answer.rows.size() > 500) continue;
    const TermId id = reader_.Id(thing[0]);
    auto add = [&](const IdQuad& quad, bool inverse) {
      Term predicate = reader_.TermOf(quad.predicate);
      const bool kind = quad.predicate == type;
      if (quad.predicate == label ||
          (!kind && vocabulary_.schema->FindProperty(predicate) == nullptr)) {
        return true;
      }
      if (!seen.insert({quad.subject, quad.predicate, quad.object}).second) return true;
      AnswerRow row;
      const Term subject = reader_.TermOf(quad.subject), object = reader_.TermOf(quad.object);
      row.values = {renderer_.Value(subject),
                    {predicate, kind ? Messages::Of(renderer_.language()).Get("is-a")
                                     : renderer_.Label(predicate)},
                    {object, renderer_.Label(predicate, object)}};
      if (inverse) row.values[0] = renderer_.Value(subject);
      if (options_.evidence && !kind) {
        finder.Add(quad.subject, quad.predicate, quad.object, row.evidence);
      }
      answer.rows.push_back(std::move(row));
      return answer.rows.size() <= 500;
    };
    reader_.Scan({id, TermId(), TermId()}, GraphScope::Union(),
                 [&](const IdQuad& quad) { return add(quad, false); });
    reader_.Scan({TermId(), TermId(), id}, GraphScope::Union(),
                 [&](const IdQuad& quad) { return add(quad, true); });
  }
  answer.sparql = ShownSparql(translation.query);
  answer.status = answer.rows.empty() ? AnswerStatus::kNothingFound : AnswerStatus::kOk;
  return absl::OkStatus();
}

absl::Status Answerer::Run(const Reading& reading, Answer& answer) {
  answer.sparql = ShownSparql(reading.translation.query);
  switch (reading.meaning.form) {
    case AnswerForm::kYesNo:
      return RunYesNo(reading, answer);
    case AnswerForm::kCount:
      if (!reading.meaning.quantity.is_undefined()) return RunList(reading, answer);
      return RunSingle(reading, answer);
    case AnswerForm::kAggregate:
      return RunSingle(reading, answer);
    case AnswerForm::kGroup:
      return RunGroups(reading, answer);
    case AnswerForm::kDescribe:
      return RunDescribe(reading, answer);
    default:
      return RunList(reading, answer);
  }
}

}  // namespace sanad::question
