// Each distinct id gets a number, cells hold numbers, and terms are kept by
// number, across batches up to a bound, since results repeat them.

#include "query/execution/terms_of_rows.h"

#include <algorithm>

namespace sanad {
namespace {

constexpr uint64_t kKeepBytes = uint64_t{32} << 20;

}  // namespace

void TermsOfRows::Number(const Batch& batch) {
  cells_.resize(batch.columns.size());
  std::vector<const TermId*> key(1);
  for (size_t c = 0; c < batch.columns.size(); ++c) {
    auto& cells = cells_[c];
    cells.resize(batch.size);
    key[0] = batch.columns[c].data();
    for (size_t row = 0; row < batch.size; ++row) {
      const bool repeated = row > 0 && key[0][row] == key[0][row - 1];
      cells[row] = repeated ? cells[row - 1] : numbers_.FindOrAdd(key, row);
    }
  }
}

// Reads the terms of the numbers from `first` on.
bool TermsOfRows::Read(size_t first) {
  const auto& ids = numbers_.keys()[0];
  terms_.resize(ids.size());
  missing_.clear();
  for (size_t number = first; number < ids.size(); ++number) {
    const TermId id = ids[number];
    if (id.in_dictionary()) {
      missing_.emplace_back(id, static_cast<uint32_t>(number));
    } else if (id.kind() == TermKind::kNone) {
      terms_[number] = &undefined_;
    } else if (id.kind() == TermKind::kQueryLocal) {
      terms_[number] = &context_.terms().Get(id);
    } else {
      owned_.push_back(DecodeInlineTerm(id));
      terms_[number] = &owned_.back();
      bytes_ += sizeof(Term) + 48;
    }
  }
  if (missing_.empty()) return true;
  std::sort(missing_.begin(), missing_.end());
  ids_.clear();
  for (const auto& [id, number] : missing_) ids_.push_back(id);
  absl::Status status = context_.source().Materialize(ids_, fetched_);
  if (!status.ok()) {
    context_.Fail(status);
    return false;
  }
  for (size_t i = 0; i < missing_.size(); ++i) {
    owned_.push_back(std::move(fetched_[i]));
    terms_[missing_[i].second] = &owned_.back();
    bytes_ += sizeof(Term) + 48 + owned_.back().value().size();
  }
  return true;
}

bool TermsOfRows::Load(const Batch& batch) {
  if (bytes_ > std::min(kKeepBytes, context_.options().memory_limit / 8)) {
    numbers_ = RowIndex(1);
    terms_.clear();
    owned_.clear();
    bytes_ = 0;
  }
  const size_t known = terms_.size();
  Number(batch);
  return Read(known) && memory_.Set(bytes_ + numbers_.bytes());
}

}  // namespace sanad
