#include "loader/document/store_reader.h"

#include <array>
#include <utility>

#include "storage/model/text.h"

namespace sanad {
namespace {

// The id of a bound term; false when the store does not hold it.
absl::StatusOr<bool> Resolve(const QuadSource& source, const Term& term, TermId& id) {
  id = TermId::Undefined();
  if (term.is_undefined()) return true;
  SANAD_ASSIGN_OR_RETURN(id, source.Find(term));
  return !id.is_undefined();
}

}  // namespace

absl::StatusOr<std::vector<Quad>> ReadQuads(const QuadSource& source, const Term& subject,
                                            const Term& predicate, const Term& object,
                                            const Term& graph) {
  std::vector<Quad> out;
  ScanRequest request;
  TermId graph_id;
  const std::array<std::pair<const Term*, TermId*>, 4> bound = {
      {{&subject, &request.pattern.subject},
       {&predicate, &request.pattern.predicate},
       {&object, &request.pattern.object},
       {&graph, &graph_id}}};
  for (const auto& [term, id] : bound) {
    SANAD_ASSIGN_OR_RETURN(const bool there, Resolve(source, *term, *id));
    if (!there) return out;
  }
  request.order = OrderFor(request.pattern);
  request.scope = graph.is_undefined() ? GraphScope::Each() : GraphScope::One(graph_id);
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan, source.Scan(request));
  const std::array<int, 4> columns = ColumnsOf(request.order);
  QuadBatch batch;
  std::vector<TermId> ids;
  while (scan->Next(batch)) {
    for (size_t row = 0; row < batch.size; ++row) {
      std::array<TermId, 4> quad{};
      for (size_t column = 0; column < 4; ++column) {
        const auto position = static_cast<size_t>(columns[column]);
        if (position == 3) {
          quad[3] = graph.is_undefined() ? batch.columns[column][row] : graph_id;
        } else {
          quad[position] = batch.columns[column][row];
        }
      }
      ids.insert(ids.end(), quad.begin(), quad.end());
    }
  }
  SANAD_RETURN_IF_ERROR(scan->status());
  std::vector<Term> terms;
  SANAD_RETURN_IF_ERROR(source.Materialize(ids, terms));
  for (size_t i = 0; i + 3 < terms.size(); i += 4) {
    out.push_back({std::move(terms[i]), std::move(terms[i + 1]), std::move(terms[i + 2]),
                   std::move(terms[i + 3])});
  }
  return out;
}

}  // namespace sanad
