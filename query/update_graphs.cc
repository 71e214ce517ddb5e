// LOAD and the operations on whole graphs (SPARQL 1.1 Update, 3.1.4 and 3.2).
//
// The store does not record empty graphs: creating one changes nothing, and
// clearing or dropping one that is not there is no error. Copying from a graph
// that is not there is one, since a misspelt name would wipe the destination.

#include <vector>

#include "query/update_internal.h"
#include "storage/model/text.h"
#include "storage/quad_source.h"

namespace sanad::internal {
namespace {

std::string NameOf(const ast::GraphTarget& target) {
  return target.type == ast::GraphTargetType::kDefault ? "the default graph"
                                                       : Concat("<", target.graph.value(), ">");
}

bool SameGraph(const ast::GraphTarget& a, const ast::GraphTarget& b) {
  return a.type == b.type && a.graph == b.graph;
}

absl::Status ReadGraph(const QuadSource& source, const ast::GraphTarget& graph,
                       std::vector<Quad>& quads) {
  GraphScope scope = GraphScope::Default();
  if (graph.type == ast::GraphTargetType::kGraph) {
    SANAD_ASSIGN_OR_RETURN(const TermId id, source.Find(graph.graph));
    if (id.is_undefined()) return absl::OkStatus();
    scope = GraphScope::One(id);
  }
  ScanRequest request;
  request.order = Order::kSpo;
  request.scope = scope;
  SANAD_ASSIGN_OR_RETURN(auto scan, source.Scan(request));
  QuadBatch batch;
  while (scan->Next(batch)) {
    std::array<std::vector<Term>, 3> terms;
    for (size_t column = 0; column < 3; ++column) {
      SANAD_RETURN_IF_ERROR(source.Materialize(
          std::span<const TermId>(batch.columns[column].data(), batch.size), terms[column]));
    }
    for (size_t i = 0; i < batch.size; ++i) {
      quads.push_back(
          {std::move(terms[0][i]), std::move(terms[1][i]), std::move(terms[2][i]), Term()});
    }
  }
  return scan->status();
}

absl::Status RemoveTarget(const ast::GraphTarget& target, Transaction& transaction) {
  return transaction.RemoveGraph(target.type == ast::GraphTargetType::kGraph ? target.graph
                                                                             : Term());
}

absl::Status RemoveNamedGraphs(Transaction& transaction) {
  const QuadSource& source = transaction.source();
  SANAD_ASSIGN_OR_RETURN(const std::vector<TermId> ids,
                         source.NamedGraphs(/*statements_only=*/false));
  std::vector<Term> graphs;
  SANAD_RETURN_IF_ERROR(source.Materialize(ids, graphs));
  for (const Term& graph : graphs) SANAD_RETURN_IF_ERROR(transaction.RemoveGraph(graph));
  return absl::OkStatus();
}

absl::Status Transfer(const ast::GraphTransfer& operation, UpdateRun& run) {
  std::vector<Quad> quads;
  SANAD_RETURN_IF_ERROR(ReadGraph(run.transaction.source(), operation.source, quads));
  if (quads.empty() && operation.source.type == ast::GraphTargetType::kGraph) {
    return MakeStatus(absl::StatusCode::kNotFound, "there is no graph ", NameOf(operation.source),
                      " to read from");
  }
  // Onto itself every one of the three leaves the graph as it is.
  if (SameGraph(operation.source, operation.destination)) return absl::OkStatus();
  if (operation.type != ast::GraphTransferType::kAdd) {
    SANAD_RETURN_IF_ERROR(RemoveTarget(operation.destination, run.transaction));
  }
  for (Quad& quad : quads) {
    quad.graph = operation.destination.graph;
    SANAD_RETURN_IF_ERROR(run.transaction.Insert(quad));
  }
  if (operation.type == ast::GraphTransferType::kMove) {
    return RemoveTarget(operation.source, run.transaction);
  }
  return absl::OkStatus();
}

// Collected before any is inserted, so that a failure half-way inserts nothing.
absl::Status Fetch(const ast::Load& operation, const UpdateRun& run, std::vector<Quad>& quads) {
  if (!run.options.fetcher) {
    return MakeStatus(absl::StatusCode::kPermissionDenied, "LOAD <", operation.source.value(),
                      "> is not allowed here; the caller decides what may be loaded");
  }
  return run.options.fetcher(operation.source.value(), [&](const Quad& quad) {
    quads.push_back(quad);
    if (operation.into && quad.graph.is_undefined()) quads.back().graph = *operation.into;
    return absl::OkStatus();
  });
}

}  // namespace

absl::Status Run(const ast::Load& operation, UpdateRun& run) {
  std::vector<Quad> quads;
  if (absl::Status status = Fetch(operation, run, quads); !status.ok()) {
    return operation.silent ? absl::OkStatus() : status;
  }
  for (const Quad& quad : quads) SANAD_RETURN_IF_ERROR(run.transaction.Insert(quad));
  return absl::OkStatus();
}

absl::Status Run(const ast::GraphManagement& operation, UpdateRun& run) {
  if (operation.type == ast::GraphManagementType::kCreate) {
    std::vector<Quad> quads;
    SANAD_RETURN_IF_ERROR(ReadGraph(run.transaction.source(), operation.target, quads));
    if (!quads.empty() && !operation.silent) {
      return MakeStatus(absl::StatusCode::kAlreadyExists, "the graph ", NameOf(operation.target),
                        " exists already");
    }
    return absl::OkStatus();
  }
  switch (operation.target.type) {
    case ast::GraphTargetType::kDefault:
    case ast::GraphTargetType::kGraph:
      return RemoveTarget(operation.target, run.transaction);
    case ast::GraphTargetType::kNamed:
      return RemoveNamedGraphs(run.transaction);
    case ast::GraphTargetType::kAll:
      return run.transaction.Clear();
  }
  return absl::OkStatus();
}

absl::Status Run(const ast::GraphTransfer& operation, UpdateRun& run) {
  const absl::Status status = Transfer(operation, run);
  return operation.silent && absl::IsNotFound(status) ? absl::OkStatus() : status;
}

}  // namespace sanad::internal
