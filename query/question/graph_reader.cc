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

void ReadErrors::Keep(const absl::Status& status) {
  const MutexLock lock(&mutex_);
  first_.Update(status);
}

absl::Status ReadErrors::status() const {
  const MutexLock lock(&mutex_);
  return first_;
}

TermId GraphReader::Id(const Term& term) const { return errors_.ValueOrEmpty(source_.Find(term)); }

Term GraphReader::TermOf(TermId id) const { return TermsOf({id})[0]; }

std::vector<Term> GraphReader::TermsOf(const std::vector<TermId>& ids) const {
  std::vector<Term> terms;
  errors_.Keep(source_.Materialize(ids, terms));
  terms.resize(ids.size());
  return terms;
}

void GraphReader::Scan(const IdPattern& pattern, const GraphScope& scope,
                       const std::function<bool(const IdQuad&)>& visit) const {
  ScanRequest request;
  request.pattern = pattern;
  request.order = OrderFor(pattern);
  request.scope = scope;
  absl::StatusOr<std::unique_ptr<QuadScan>> scan = source_.Scan(request);
  if (!scan.ok()) return errors_.Keep(scan.status());
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
      if (!visit(quad)) return;
    }
  }
  errors_.Keep((*scan)->status());
}

std::vector<TermId> GraphReader::Objects(TermId subject, TermId predicate, bool all_graphs) const {
  std::vector<TermId> out;
  if (subject.is_undefined() || predicate.is_undefined()) return out;
  IdPattern pattern{subject, predicate, TermId()};
  auto add = [&](const IdQuad& quad) {
    out.push_back(quad.object);
    return true;
  };
  Scan(pattern, GraphScope::Union(), add);
  if (all_graphs) Scan(pattern, GraphScope::Each(), add);
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
  Scan(pattern, GraphScope::Union(), add);
  if (all_graphs) Scan(pattern, GraphScope::Each(), add);
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
  Scan({TermId(), TermId(), id}, GraphScope::Union(), [&](const IdQuad& quad) {
    add(quad.predicate);
    return out.size() < 8;
  });
  return out;
}

std::vector<TermId> GraphReader::GraphsOf(TermId subject, TermId predicate, TermId object) const {
  std::vector<TermId> out;
  if (subject.is_undefined() || predicate.is_undefined() || object.is_undefined()) return out;
  Scan({subject, predicate, object}, GraphScope::Each(), [&](const IdQuad& quad) {
    out.push_back(quad.graph);
    return true;
  });
  SortUnique(out);
  return out;
}

}  // namespace sanad::question
