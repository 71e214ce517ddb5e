#include "query/question/graph_reader.h"

#include <algorithm>
#include <memory>
#include <span>

#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

void SortUnique(std::vector<TermId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

TermId GraphReader::Id(const Term& term) const {
  absl::StatusOr<TermId> id = source_.Find(term);
  return id.ok() ? *id : TermId::Undefined();
}

Term GraphReader::TermOf(TermId id) const {
  std::vector<Term> terms;
  if (!source_.Materialize(std::span<const TermId>(&id, 1), terms).ok() || terms.empty()) {
    return Term();
  }
  return terms[0];
}

std::vector<Term> GraphReader::TermsOf(const std::vector<TermId>& ids) const {
  std::vector<Term> terms;
  if (!source_.Materialize(ids, terms).ok()) terms.assign(ids.size(), Term());
  return terms;
}

absl::Status GraphReader::Scan(const IdPattern& pattern, const GraphScope& scope,
                               const std::function<bool(const IdQuad&)>& visit) const {
  ScanRequest request;
  request.pattern = pattern;
  request.order = OrderFor(pattern);
  request.scope = scope;
  absl::StatusOr<std::unique_ptr<QuadScan>> scan = source_.Scan(request);
  if (!scan.ok()) return scan.status();
  const std::array<int, 4> position = ColumnsOf(request.order);
  QuadBatch batch;
  while ((*scan)->Next(batch)) {
    for (size_t row = 0; row < batch.size; ++row) {
      IdQuad quad;
      TermId* const slots[4] = {&quad.subject, &quad.predicate, &quad.object, &quad.graph};
      for (size_t column = 0; column < 4; ++column) {
        if (row < batch.columns[column].size()) {
          *slots[static_cast<size_t>(position[column])] = batch.columns[column][row];
        }
      }
      if (!visit(quad)) return absl::OkStatus();
    }
  }
  return (*scan)->status();
}

std::vector<TermId> GraphReader::Objects(TermId subject, TermId predicate, bool all_graphs) const {
  std::vector<TermId> out;
  if (subject.is_undefined() || predicate.is_undefined()) return out;
  IdPattern pattern{subject, predicate, TermId()};
  auto add = [&](const IdQuad& quad) {
    out.push_back(quad.object);
    return true;
  };
  // A failed scan leaves fewer rows; the query itself reports the error.
  (void)Scan(pattern, GraphScope::Union(), add);
  if (all_graphs) (void)Scan(pattern, GraphScope::Each(), add);
  SortUnique(out);
  return out;
}

std::vector<TermId> GraphReader::Subjects(TermId predicate, TermId object, bool all_graphs) const {
  std::vector<TermId> out;
  if (object.is_undefined() || predicate.is_undefined()) return out;
  IdPattern pattern{TermId(), predicate, object};
  auto add = [&](const IdQuad& quad) {
    out.push_back(quad.subject);
    return true;
  };
  (void)Scan(pattern, GraphScope::Union(), add);
  if (all_graphs) (void)Scan(pattern, GraphScope::Each(), add);
  SortUnique(out);
  return out;
}

std::vector<TermId> GraphReader::PropertiesTaking(const Term& value) const {
  std::vector<TermId> out;
  const TermId id = Id(value);
  if (id.is_undefined()) return out;
  auto add = [&](TermId property) {
    if (std::find(out.begin(), out.end(), property) == out.end()) out.push_back(property);
  };
  const TermId takes = Id(SANAD_NS "takesValue");
  if (!takes.is_undefined()) {
    for (TermId property : Subjects(takes, id, true)) add(property);
  }
  (void)Scan({TermId(), TermId(), id}, GraphScope::Union(), [&](const IdQuad& quad) {
    add(quad.predicate);
    return out.size() < 8;
  });
  return out;
}

std::vector<TermId> GraphReader::GraphsOf(TermId subject, TermId predicate, TermId object) const {
  std::vector<TermId> out;
  if (subject.is_undefined() || predicate.is_undefined() || object.is_undefined()) return out;
  (void)Scan({subject, predicate, object}, GraphScope::Each(), [&](const IdQuad& quad) {
    out.push_back(quad.graph);
    return true;
  });
  SortUnique(out);
  return out;
}

}  // namespace sanad::question
