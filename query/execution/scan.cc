// Column vectors are swapped with the store's batch, never copied, where each
// quad column is read once.

#include "query/execution/scan.h"

#include <algorithm>
#include <utility>

namespace sanad {

ScanReader::ScanReader(QueryContext& context, const PlanNode& node)
    : context_(context), node_(node) {
  for (VariableId variable : node.schema) {
    for (int position = 0; position < 4; ++position) {
      if (node.scan.variables[static_cast<size_t>(position)] == variable) {
        columns_.push_back(ColumnOf(node.scan.order, position));
        break;
      }
    }
  }
  for (const auto& [a, b] : node.scan.equal)
    equal_.emplace_back(ColumnOf(node.scan.order, a), ColumnOf(node.scan.order, b));
}

bool ScanReader::Open(const std::vector<IdRange>& ranges) {
  ScanRequest request;
  request.pattern = node_.scan.pattern;
  request.order = node_.scan.order;
  request.scope = node_.scan.scope;
  request.ranges = ranges.empty() ? node_.scan.ranges : ranges;
  request.columns = node_.scan.columns;
  auto scan = context_.source().Scan(request);
  if (!scan.ok()) {
    context_.Fail(scan.status());
    return false;
  }
  scan_ = *std::move(scan);
  return true;
}

bool ScanReader::Next(Batch& batch) {
  while (!context_.Interrupted()) {
    if (!scan_->Next(quads_)) {
      if (!scan_->status().ok()) context_.Fail(scan_->status());
      return false;
    }
    batch.Reset(columns_.size());
    selection_.clear();
    if (!equal_.empty()) {
      for (size_t row = 0; row < quads_.size; ++row) {
        bool agree = true;
        for (const auto& [a, b] : equal_)
          agree = agree && quads_.columns[a][row] == quads_.columns[b][row];
        if (agree) selection_.push_back(static_cast<uint32_t>(row));
      }
      if (selection_.empty()) continue;
    }
    for (size_t c = 0; c < columns_.size(); ++c) batch.columns[c].swap(quads_.columns[columns_[c]]);
    batch.multiplicity.swap(quads_.multiplicity);
    batch.size = quads_.size;
    if (!equal_.empty()) batch.Keep(selection_);
    if (batch.size > 0) return true;
  }
  return false;
}

void ScanReader::SkipTo(TermId key) { scan_->SkipTo(key); }

bool Scan::Next(Batch& batch) {
  if (!open_) {
    if (!reader_.Open({})) return false;
    open_ = true;
    if (!skip_.is_undefined()) reader_.SkipTo(skip_);
  }
  return ramp_.full() && given_ == read_.size ? reader_.Next(batch) : NextSmall(batch);
}

// A part of the rows read last. Rows that a hint has made needless may be among
// them, which a hint allows.
bool Scan::NextSmall(Batch& batch) {
  if (given_ == read_.size) {
    given_ = 0;
    if (!reader_.Next(read_)) {
      read_.size = 0;
      return false;
    }
  }
  const size_t count = std::min(ramp_.Next(), read_.size - given_);
  batch.Reset(read_.columns.size());
  batch.AppendRange(read_, given_, count);
  given_ += count;
  return true;
}

void Scan::SkipTo(TermId key) {
  if (open_) {
    reader_.SkipTo(key);
  } else {
    skip_ = key;
  }
}

bool CountScan::Next(Batch& batch) {
  if (done_ || context().Interrupted()) return false;
  done_ = true;
  auto count = context().source().Count(node_.scan.pattern, node_.scan.scope);
  if (!count.ok()) {
    context().Fail(count.status());
    return false;
  }
  batch.Reset(node_.schema.size());
  for (auto& column : batch.columns) {
    column.assign(1, context().terms().Intern(Term::Integer(static_cast<int64_t>(*count))));
  }
  batch.size = 1;
  return true;
}

}  // namespace sanad
