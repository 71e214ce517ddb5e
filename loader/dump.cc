// Dump: the default graph, then each named graph in order, by subject.

#include <sanad/loader.h>

#include "storage/model/text.h"
#include "storage/quad_source.h"

namespace sanad {
namespace {

absl::Status DumpGraph(const QuadSource& source, TermId graph_id, const Term& graph,
                       RdfWriter& writer) {
  ScanRequest request;
  request.order = Order::kSpo;
  request.scope = graph.is_undefined() ? GraphScope::Default() : GraphScope::One(graph_id);
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan, source.Scan(request));
  QuadBatch batch;
  std::array<std::vector<Term>, 3> terms;
  while (scan->Next(batch)) {
    for (size_t column = 0; column < terms.size(); ++column) {
      SANAD_RETURN_IF_ERROR(
          source.Materialize({batch.columns[column].data(), batch.size}, terms[column]));
    }
    for (size_t row = 0; row < batch.size; ++row) {
      SANAD_RETURN_IF_ERROR(writer.Write({terms[0][row], terms[1][row], terms[2][row], graph}));
    }
  }
  return scan->status();
}

}  // namespace

absl::Status Dump(const Snapshot& snapshot, RdfWriter& writer) {
  const QuadSource& source = snapshot.source();
  SANAD_RETURN_IF_ERROR(DumpGraph(source, TermId::DefaultGraph(), Term(), writer));
  SANAD_ASSIGN_OR_RETURN(const std::vector<TermId> graphs, source.NamedGraphs(false));
  std::vector<Term> names;
  SANAD_RETURN_IF_ERROR(source.Materialize(graphs, names));
  for (size_t i = 0; i < graphs.size(); ++i) {
    SANAD_RETURN_IF_ERROR(DumpGraph(source, graphs[i], names[i], writer));
  }
  return absl::OkStatus();
}

}  // namespace sanad
