// See join_sample.h. Errors of the source end the sampling; the query itself will
// meet them again.

#include "query/plan/join_sample.h"

#include <algorithm>

namespace sanad {
namespace {

constexpr double kMostToStart = 1 << 15;  // Rows of a pattern that a sample may start from.

}  // namespace

bool JoinSample::IsPlain(size_t member) const {
  const JoinMember& m = members_[member];
  return m.is_scan && m.plan->scan.equal.empty() && m.plan->scan.ranges.empty() &&
         m.plan->scan.variables[3] == kNoVariable;
}

ScanRequest JoinSample::RequestFor(size_t member, const Row& row) const {
  const ScanPlan& scan = members_[member].plan->scan;
  ScanRequest request;
  request.pattern = scan.pattern;
  request.scope = scan.scope;
  TermId* const ids[] = {&request.pattern.subject, &request.pattern.predicate,
                         &request.pattern.object};
  for (size_t position = 0; position < 3; ++position) {
    const VariableId variable = scan.variables[position];
    if (variable == kNoVariable) continue;
    const TermId value = row[estimator_.IndexOf(variable)];
    if (!value.is_undefined()) *ids[position] = value;
  }
  request.order = OrderFor(request.pattern);
  return request;
}

double JoinSample::CountFor(size_t member, const Row& row) {
  --counts_;
  const ScanRequest request = RequestFor(member, row);
  const auto count = source_.Count(request.pattern, request.scope);
  if (count.ok()) return static_cast<double>(*count);
  whole_ = false;
  return 0;
}

void JoinSample::Read(size_t member, const Row& row, double first, double step,
                      std::vector<Row>& out) {
  const ScanRequest request = RequestFor(member, row);
  auto scan = source_.Scan(request);
  if (!scan.ok()) return;
  const ScanPlan& plan = members_[member].plan->scan;
  const auto columns = ColumnsOf(request.order);
  QuadBatch batch;
  double before = 0;
  while (first < before + QuadBatch::kCapacity && (*scan)->Next(batch)) {
    for (; first < before + static_cast<double>(batch.size); first += step) {
      const auto i = static_cast<size_t>(first - before);
      Row next = row;
      for (size_t c = 0; c < 3; ++c) {
        const VariableId variable = plan.variables[static_cast<size_t>(columns[c])];
        if (variable != kNoVariable) next[estimator_.IndexOf(variable)] = batch.columns[c][i];
      }
      out.push_back(std::move(next));
    }
    before += static_cast<double>(batch.size);
  }
}

bool JoinSample::Start(size_t member) {
  rows_.clear();
  const double size = members_[member].plan->rows;
  if (!IsPlain(member) || size > kMostToStart) return false;
  counts_ -= size / 100;
  Read(member, Row(estimator_.variables().size()), 0, std::max(1.0, size / size_), rows_);
  whole_ = static_cast<double>(rows_.size()) == size;
  return !rows_.empty();
}

std::optional<double> JoinSample::Fanout(size_t member) {
  const auto size = static_cast<double>(rows_.size());
  if (rows_.empty() || !IsPlain(member)) return std::nullopt;
  exhausted_ = exhausted_ || counts_ < size;
  if (exhausted_) return std::nullopt;
  double found = 0;
  for (const Row& row : rows_) found += CountFor(member, row);
  // None found: fewer than one in as many rows as were looked at.
  return std::max(found, 0.5) / size;
}

// Evenly spread over all rows of the join, so that a row that grows to many has
// its share.
void JoinSample::Join(size_t member) {
  std::vector<Row> joined;
  double total = 0;
  whole_ = whole_ && IsPlain(member);
  if (IsPlain(member)) {
    std::vector<double> counts;
    for (const Row& row : rows_) total += counts.emplace_back(CountFor(member, row));
    const double step = std::max(1.0, total / size_);
    whole_ = whole_ && step == 1;
    double next = step == 1 ? 0 : step / 2, before = 0;
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (next < before + counts[i]) Read(member, rows_[i], next - before, step, joined);
      before += counts[i];
      while (next < before) next += step;
    }
  }
  rows_ = std::move(joined);
  whole_ = whole_ && static_cast<double>(rows_.size()) == total;
}

}  // namespace sanad
