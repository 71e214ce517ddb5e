// The sentences an answer rests on: which triples and statement nodes a solution
// was matched by (its witnesses), and what the evidence finder says of them.

#include "query/question/answer.h"

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "query/question/evidence.h"
#include "query/question/messages.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kMostSentences = 40;  // Evidence of one row.

}  // namespace

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

}  // namespace sanad::question
