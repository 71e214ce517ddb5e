// Terms stay known across batches up to a bound, since results repeat them.

#include "query/execution/terms_of_rows.h"

#include <algorithm>

namespace sanad {
namespace {

constexpr uint64_t kKeepBytes = uint64_t{32} << 20;

}  // namespace

bool TermsOfRows::Load(const Batch& batch) {
  if (bytes_ > std::min(kKeepBytes, context_.options().memory_limit / 8)) {
    known_.clear();
    terms_.clear();
    bytes_ = 0;
  }
  missing_.clear();
  for (const auto& column : batch.columns) {
    TermId previous;
    for (size_t row = 0; row < batch.size; ++row) {
      const TermId id = column[row];
      if (id == previous || !id.in_dictionary()) continue;
      previous = id;
      if (known_.try_emplace(id.bits(), nullptr).second) missing_.push_back(id);
    }
  }
  if (!missing_.empty()) {
    std::sort(missing_.begin(), missing_.end());
    absl::Status status = context_.source().Materialize(missing_, fetched_);
    if (!status.ok()) {
      context_.Fail(status);
      return false;
    }
    for (size_t i = 0; i < missing_.size(); ++i) {
      terms_.push_back(std::move(fetched_[i]));
      bytes_ += sizeof(Term) + 48 + terms_.back().value().size();
      known_[missing_[i].bits()] = &terms_.back();
    }
  }
  cells_.resize(batch.columns.size());
  for (size_t c = 0; c < batch.columns.size(); ++c) {
    auto& cells = cells_[c];
    cells.resize(batch.size);
    for (size_t row = 0; row < batch.size; ++row) {
      const TermId id = batch.columns[c][row];
      if (row > 0 && id == batch.columns[c][row - 1]) {
        cells[row] = cells[row - 1];
      } else if (id.kind() == TermKind::kNone) {
        cells[row] = &undefined_;
      } else if (id.kind() == TermKind::kQueryLocal) {
        cells[row] = &context_.terms().Get(id);
      } else {
        const Term*& known = known_[id.bits()];
        if (known == nullptr) {
          terms_.push_back(DecodeInlineTerm(id));
          bytes_ += sizeof(Term) + 48;
          known = &terms_.back();
        }
        cells[row] = known;
      }
    }
  }
  return memory_.Set(bytes_);
}

}  // namespace sanad
