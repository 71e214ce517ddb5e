// A left row's end is marked by a pair without a right row where the mode asks
// what became of the row; the state of a row survives a full batch.

#include "query/execution/probe_join.h"

#include <algorithm>

namespace sanad {
namespace {

void Gather(const std::vector<TermId>& from, const std::vector<uint32_t>& rows,
            std::vector<TermId>& to) {
  to.resize(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) to[i] = from[rows[i]];
}

}  // namespace

ProbeJoin::ProbeJoin(QueryContext& context, const PlanNode& node, OperatorPtr left)
    : Operator(context), node_(node), left_(std::move(left)) {
  const PlanNode& l = *node.children[0];
  const PlanNode& r = *node.children[1];
  check_overlap_ = node.mode == JoinMode::kMinus;
  for (size_t c = 0; c < l.schema.size(); ++c) {
    const int other = ColumnOf(r, l.schema[c]);
    if (other < 0) continue;
    checks_.emplace_back(c, static_cast<size_t>(other));
    if (l.certain[c] && r.certain[static_cast<size_t>(other)]) check_overlap_ = false;
  }
  shared_ = checks_;
  for (VariableId variable : node.schema)
    outputs_.emplace_back(ColumnOf(l, variable), ColumnOf(r, variable));
  right_.Reset(r.schema.size());
}

absl::Status ProbeJoin::Prepare(BuildScope& scope) {
  if (node_.conditions.empty()) return absl::OkStatus();
  const PlanNode& l = *node_.children[0];
  const PlanNode& r = *node_.children[1];
  std::vector<VariableId> schema = l.schema;
  for (VariableId variable : r.schema) {
    if (ColumnOf(l, variable) < 0) schema.push_back(variable);
  }
  for (VariableId variable : schema) {
    condition_columns_.emplace_back(ColumnOf(l, variable), ColumnOf(r, variable));
  }
  for (const auto* condition : node_.conditions) {
    auto compiled = CompileExpression(*condition, schema, scope);
    if (!compiled.ok()) return compiled.status();
    conditions_.push_back(*std::move(compiled));
  }
  return absl::OkStatus();
}

void ProbeJoin::Matched(VariableId variable) {
  const int column = ColumnOf(*node_.children[0], variable);
  std::erase_if(checks_, [&](const auto& pair) { return static_cast<int>(pair.first) == column; });
}

bool ProbeJoin::Compatible(size_t left_row, size_t right_row) const {
  for (const auto& [l, r] : checks_) {
    const TermId a = left_batch_.columns[l][left_row];
    const TermId b = right_.columns[r][right_row];
    if (a != b && !a.is_undefined() && !b.is_undefined()) return false;
  }
  if (!check_overlap_) return true;
  return std::any_of(shared_.begin(), shared_.end(), [&](const auto& pair) {
    return !left_batch_.columns[pair.first][left_row].is_undefined() &&
           !right_.columns[pair.second][right_row].is_undefined();
  });
}

bool ProbeJoin::NextLeftBatch() {
  if (done_ || !left_->Next(left_batch_)) return false;
  ranges_.assign(left_batch_.size, Range());
  if (!FindCandidates(left_batch_, ranges_)) {
    done_ = true;
    return false;
  }
  row_ = 0;
  row_started_ = false;
  matched_ = false;
  return true;
}

void ProbeJoin::CollectPairs() {
  left_rows_.clear();
  right_rows_.clear();
  most_pairs_ = ramp_.Next();
  const bool ends = node_.mode != JoinMode::kInner;
  const bool plain = checks_.empty() && !check_overlap_;
  const bool first_only = ends && node_.mode != JoinMode::kLeft && conditions_.empty();
  size_t steps = 0;
  while (row_ < left_batch_.size && left_rows_.size() < most_pairs_) {
    const Range range = ranges_[row_];
    if (!row_started_) {
      candidate_ = range.begin;
      row_started_ = true;
    }
    const auto row = static_cast<uint32_t>(row_);
    while (candidate_ < range.end && left_rows_.size() < most_pairs_) {
      if ((++steps & 0xFFF) == 0 && context().Interrupted()) return;
      const uint32_t candidate = candidate_++;
      if (!plain && !Compatible(row, candidate)) continue;
      left_rows_.push_back(row);
      right_rows_.push_back(candidate);
      if (first_only) candidate_ = range.end;
    }
    if (candidate_ < range.end) return;
    if (ends) {
      left_rows_.push_back(row);
      right_rows_.push_back(kNone);
    }
    ++row_;
    row_started_ = false;
    if ((row_ & 0x3FFF) == 0 && context().Interrupted()) return;
  }
}

// Keeps pairs that pass the conditions, and row ends.
void ProbeJoin::FilterPairs() {
  candidates_.clear();
  for (size_t i = 0; i < left_rows_.size(); ++i) {
    if (right_rows_[i] != kNone) candidates_.push_back(static_cast<uint32_t>(i));
  }
  for (auto& condition : conditions_) {
    condition_batch_.Reset(condition_columns_.size());
    condition_batch_.size = candidates_.size();
    for (size_t c = 0; c < condition_columns_.size(); ++c) {
      auto& column = condition_batch_.columns[c];
      column.resize(candidates_.size());
      const auto [l, r] = condition_columns_[c];
      for (size_t i = 0; i < candidates_.size(); ++i) {
        TermId id;
        if (l >= 0) id = left_batch_.columns[static_cast<size_t>(l)][left_rows_[candidates_[i]]];
        if (id.is_undefined() && r >= 0) {
          id = right_.columns[static_cast<size_t>(r)][right_rows_[candidates_[i]]];
        }
        column[i] = id;
      }
    }
    condition->Select(condition_batch_, selection_);
    for (size_t i = 0; i < selection_.size(); ++i) candidates_[i] = candidates_[selection_[i]];
    candidates_.resize(selection_.size());
  }
  size_t kept = 0, next = 0;
  for (size_t i = 0; i < left_rows_.size(); ++i) {
    const bool passes = next < candidates_.size() && candidates_[next] == i;
    if (passes) ++next;
    if (!passes && right_rows_[i] != kNone) continue;
    left_rows_[kept] = left_rows_[i];
    right_rows_[kept++] = right_rows_[i];
  }
  left_rows_.resize(kept);
  right_rows_.resize(kept);
}

void ProbeJoin::ResolvePairs(Batch& batch) {
  if (node_.mode == JoinMode::kInner) {
    kept_left_.swap(left_rows_);
    kept_right_.swap(right_rows_);
    return Emit(batch);
  }
  kept_left_.clear();
  kept_right_.clear();
  const bool wants_match = node_.mode == JoinMode::kSemi;
  for (size_t i = 0; i < left_rows_.size(); ++i) {
    const bool end = right_rows_[i] == kNone;
    bool emit;
    if (node_.mode == JoinMode::kLeft) {
      emit = !end || !matched_;
    } else {
      emit = end && matched_ == wants_match;
    }
    if (emit) {
      kept_left_.push_back(left_rows_[i]);
      kept_right_.push_back(right_rows_[i]);
    }
    matched_ = !end;
  }
  Emit(batch);
}

void ProbeJoin::Emit(Batch& batch) {
  batch.Reset(outputs_.size());
  batch.size = kept_left_.size();
  const bool optional = node_.mode != JoinMode::kInner;
  for (size_t c = 0; c < outputs_.size(); ++c) {
    const auto [l, r] = outputs_[c];
    auto& column = batch.columns[c];
    if (l >= 0) {
      Gather(left_batch_.columns[static_cast<size_t>(l)], kept_left_, column);
    } else if (!optional) {
      Gather(right_.columns[static_cast<size_t>(r)], kept_right_, column);
      continue;
    } else {
      column.assign(kept_left_.size(), TermId::Undefined());
    }
    const bool fill = r >= 0 && (l < 0 || !node_.children[0]->certain[static_cast<size_t>(l)]);
    if (!fill) continue;
    const auto& from = right_.columns[static_cast<size_t>(r)];
    for (size_t i = 0; i < column.size(); ++i) {
      if (column[i].is_undefined() && kept_right_[i] != kNone) column[i] = from[kept_right_[i]];
    }
  }
  const bool use_right = !right_.multiplicity.empty() &&
                         (node_.mode == JoinMode::kInner || node_.mode == JoinMode::kLeft);
  if (left_batch_.multiplicity.empty() && !use_right) return;
  batch.multiplicity.resize(batch.size);
  for (size_t i = 0; i < batch.size; ++i) {
    uint64_t count = left_batch_.multiplicity_of(kept_left_[i]);
    if (use_right && kept_right_[i] != kNone) count *= right_.multiplicity_of(kept_right_[i]);
    batch.multiplicity[i] = count;
  }
}

// Whole left batches, less the rows that have (or have not) a candidate.
bool ProbeJoin::NextByExistence(Batch& batch) {
  const bool wants_match = node_.mode == JoinMode::kSemi;
  while (!context().Interrupted() && NextLeftBatch()) {
    selection_.clear();
    for (size_t row = 0; row < left_batch_.size; ++row) {
      const bool match = ranges_[row].begin < ranges_[row].end;
      if (match == wants_match) selection_.push_back(static_cast<uint32_t>(row));
    }
    if (selection_.empty()) continue;
    batch.Reset(outputs_.size());
    for (size_t c = 0; c < outputs_.size(); ++c) {
      const int from = outputs_[c].first;
      if (from >= 0) {
        batch.columns[c].swap(left_batch_.columns[static_cast<size_t>(from)]);
      } else {
        batch.columns[c].assign(left_batch_.size, TermId::Undefined());
      }
    }
    batch.multiplicity.swap(left_batch_.multiplicity);
    batch.size = left_batch_.size;
    if (selection_.size() < batch.size) batch.Keep(selection_);
    return context().status().ok();
  }
  return false;
}

bool ProbeJoin::Next(Batch& batch) {
  if (only_existence()) return NextByExistence(batch);
  while (!context().Interrupted()) {
    if (row_ >= left_batch_.size && !NextLeftBatch()) return false;
    CollectPairs();
    if (!conditions_.empty()) FilterPairs();
    if (left_rows_.empty()) continue;
    ResolvePairs(batch);
    if (batch.size > 0) return context().status().ok();
  }
  return false;
}

void ProbeJoin::SkipTo(TermId key) { left_->SkipTo(key); }

}  // namespace sanad
