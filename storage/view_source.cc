// See view_source.h.

#include "storage/view_source.h"

#include <algorithm>

#include "storage/model/text.h"

namespace sanad {

ViewSource::ViewSource(kv::Engine& engine, const std::vector<std::string>& indexes,
                       std::shared_ptr<const StoreState> state)
    : state_(std::move(state)) {
  for (const std::string& name : indexes) {
    derived_.try_emplace(name, engine, name, state_->snapshot);
  }
}

absl::StatusOr<std::unique_ptr<QuadScan>> ViewSource::Scan(const ScanRequest& request) const {
  return index().Scan(request, excluded(), pin());
}

absl::StatusOr<uint64_t> ViewSource::Count(const IdPattern& pattern,
                                           const GraphScope& scope) const {
  const bool whole_predicate = pattern.subject.is_undefined() &&
                               !pattern.predicate.is_undefined() && pattern.object.is_undefined();
  if (whole_predicate && predicate_counts() != nullptr && scope.kind == GraphScope::Kind::kUnion &&
      excluded().empty()) {
    SANAD_ASSIGN_OR_RETURN(const PredicateCounts counts,
                           predicate_counts()->Get(pattern.predicate, index()));
    return counts.triples;
  }
  return index().Count(pattern, scope, excluded());
}

PredicateCounts ViewSource::CountsOf(TermId predicate) const {
  absl::StatusOr<PredicateCounts> counts = predicate_counts() != nullptr
                                               ? predicate_counts()->Get(predicate, index())
                                               : index().CountPredicate(predicate, true);
  return counts.ok() ? *counts : PredicateCounts();
}

absl::StatusOr<TermId> ViewSource::Find(const Term& term) const {
  return dictionary().Find(term, state_->snapshot.get());
}

absl::Status ViewSource::Materialize(std::span<const TermId> ids, std::vector<Term>& terms) const {
  return dictionary().Materialize(ids, state_->snapshot.get(), terms);
}

std::string_view ViewSource::LanguageOfCode(uint32_t code) const {
  return dictionary().languages().Name(code);
}

std::string_view ViewSource::DatatypeOfCode(uint32_t code) const {
  return dictionary().datatypes().Name(code);
}

absl::StatusOr<std::vector<TermId>> ViewSource::NamedGraphs(bool statements_only) const {
  absl::StatusOr<std::vector<TermId>> graphs = index().NamedGraphs();
  if (graphs.ok() && statements_only) {
    std::erase_if(*graphs, [&](TermId graph) {
      return std::binary_search(excluded().begin(), excluded().end(), graph);
    });
  }
  return graphs;
}

const DerivedReader* ViewSource::Derived(std::string_view index_name) const {
  auto it = derived_.find(index_name);
  return it == derived_.end() ? nullptr : &it->second;
}

}  // namespace sanad
