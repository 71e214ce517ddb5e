#include "query/question/answer.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "query/execution/execute.h"
#include "query/question/evidence.h"
#include "query/question/messages.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kMostWitnesses = 20000;
constexpr size_t kMostSentences = 40;  // Evidence of one row.

const std::vector<std::pair<std::string, std::string>>& Prefixes() {
  static const auto& prefixes = *new std::vector<std::pair<std::string, std::string>>{
      {"kg", SANAD_KG_NS},     {"sanad", SANAD_NS},   {"rdf", SANAD_RDF_NS},
      {"rdfs", SANAD_RDFS_NS}, {"xsd", SANAD_XSD_NS},
  };
  return prefixes;
}

}  // namespace

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

absl::StatusOr<std::map<Term, std::vector<Answerer::Witness>>> Answerer::Witnesses(
    const Translation& translation, const std::string& key) {
  std::map<Term, std::vector<Witness>> out;
  algebra::QueryAlgebra query;
  query.root = algebra::MakeSlice(algebra::Clone(*translation.witnesses.root), 0, kMostWitnesses);
  query.projection = translation.witnesses.projection;
  SANAD_ASSIGN_OR_RETURN(std::vector<Solution> rows, Execute(query, nullptr));
  std::map<std::string, size_t> column;
  for (size_t i = 0; i < query.projection.size(); ++i) column[query.projection[i].name] = i;
  for (const Solution& row : rows) {
    auto value = [&](const algebra::VarOrTerm& term) -> Term {
      if (const auto* variable = std::get_if<algebra::Variable>(&term)) {
        auto it = column.find(variable->name);
        return it == column.end() || it->second >= row.size() ? Term() : row[it->second];
      }
      return std::get<Term>(term);
    };
    auto it = column.find(key);
    if (it == column.end() || it->second >= row.size()) continue;
    Witness witness;
    for (const algebra::TriplePattern& edge : translation.edges) {
      Term s = value(edge.subject), p = value(edge.predicate), o = value(edge.object);
      if (s.is_undefined() || p.is_undefined() || o.is_undefined()) continue;
      std::array<TermId, 3> ids = {reader_.Id(s), reader_.Id(p), reader_.Id(o)};
      if (ids[0].is_undefined() || ids[1].is_undefined() || ids[2].is_undefined()) continue;
      if (p.value() == iri::kRdfSubject) {
        witness.statements.push_back(ids[0]);
      } else {
        witness.triples.push_back(ids);
      }
    }
    out[row[it->second]].push_back(std::move(witness));
  }
  return out;
}

void Answerer::AddEvidence(const std::vector<Witness>& witnesses, const Term& focus,
                           std::vector<Evidence>& out) {
  if (!options_.evidence) return;
  EvidenceFinder finder(vocabulary_, renderer_);
  for (const Witness& witness : witnesses) {
    for (const auto& [s, p, o] : witness.triples) {
      if (out.size() >= kMostSentences) return;
      finder.Add(s, p, o, out);
    }
    for (TermId statement : witness.statements) {
      if (out.size() >= kMostSentences) return;
      std::vector<TermId> things = reader_.Objects(statement, reader_.Id(iri::kRdfSubject), true);
      for (TermId object : reader_.Objects(statement, reader_.Id(iri::kRdfObject), true)) {
        things.push_back(object);
      }
      bool negated = false;
      std::string note = Marking(statement, &negated);
      if (negated) note = Messages::Of(renderer_.language()).Get("negated");
      for (TermId subject : things) {
        for (TermId graph : reader_.GraphsOf(statement, reader_.Id(iri::kRdfSubject), subject)) {
          finder.AddGraph(graph, things, note, out);
        }
      }
    }
  }
  if (out.empty() && focus.is_iri()) finder.AddMentions(reader_.Id(focus), out);
}

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

std::string Answerer::Heading(const Meaning& meaning) const {
  const Node& focus = *meaning.focus;
  if (focus.said_class && !focus.types.empty()) {
    std::string label = renderer_.OwnLabel(focus.types[0]);
    if (!label.empty()) return label;
  }
  if (!meaning.heading.empty()) return meaning.heading;
  return Messages::Of(renderer_.language()).Get("answer");
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
  if (!answer.rows.empty()) answer.sparql = algebra::ToSparql(said.query, Prefixes());
  return absl::OkStatus();
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
    row.values.push_back(renderer_.Value(solution[0]));
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
  answer.sparql = algebra::ToSparql(translation.query, Prefixes());
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
  row.values.push_back(renderer_.Value(value));
  // An average of durations comes in seconds.
  if (!count && !reading.meaning.focus->types.empty() &&
      FamilyOf(reading.meaning.focus->types[0].value()) == LiteralFamily::kDuration) {
    double seconds = 0;
    try {
      seconds = std::stod(value.value());
    } catch (...) {
      seconds = 0;
    }
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
    SANAD_RETURN_IF_ERROR(reader_.Scan({id, TermId(), TermId()}, GraphScope::Union(),
                                       [&](const IdQuad& quad) { return add(quad, false); }));
    SANAD_RETURN_IF_ERROR(reader_.Scan({TermId(), TermId(), id}, GraphScope::Union(),
                                       [&](const IdQuad& quad) { return add(quad, true); }));
  }
  answer.sparql = algebra::ToSparql(translation.query, Prefixes());
  answer.status = answer.rows.empty() ? AnswerStatus::kNothingFound : AnswerStatus::kOk;
  return absl::OkStatus();
}

absl::Status Answerer::Run(const Reading& reading, Answer& answer) {
  answer.sparql = algebra::ToSparql(reading.translation.query, Prefixes());
  switch (reading.meaning.form) {
    case AnswerForm::kYesNo:
      return RunYesNo(reading, answer);
    case AnswerForm::kCount:
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
