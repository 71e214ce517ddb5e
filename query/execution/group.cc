// See group.h. Without keys there is exactly one group, even of no rows.

#include "query/execution/group.h"

#include <algorithm>

namespace sanad {

Group::Group(QueryContext& context, OperatorPtr input, std::vector<Input> keys,
             std::vector<Measure> measures, std::vector<size_t> outputs, size_t input_width)
    : Operator(context),
      input_(std::move(input)),
      keys_(std::move(keys)),
      measures_(std::move(measures)),
      outputs_(std::move(outputs)),
      groups_(keys_.size()),
      distinct_rows_(input_width + 1),
      previous_(keys_.size()),
      memory_(context) {}

const TermId* Group::ValuesOf(const Batch& batch, Input& input) {
  if (input.column >= 0) return batch.columns[static_cast<size_t>(input.column)].data();
  input.expression->EvaluateColumn(batch, input.values);
  return input.values.data();
}

void Group::NumberRows(const Batch& batch) {
  numbers_.assign(batch.size, 0);
  if (keys_.empty()) return;
  columns_.clear();
  for (Input& key : keys_) columns_.push_back(ValuesOf(batch, key));
  for (size_t row = 0; row < batch.size; ++row) {
    bool same = previous_number_ != RowIndex::kMissing;
    for (size_t c = 0; c < columns_.size() && same; ++c) same = columns_[c][row] == previous_[c];
    if (!same) {
      previous_number_ = groups_.FindOrAdd(columns_, row);
      for (size_t c = 0; c < columns_.size(); ++c) previous_[c] = columns_[c][row];
    }
    numbers_[row] = previous_number_;
  }
}

void Group::AddRows(const Batch& batch, Measure& measure) {
  if (measure.distinct_rows) {
    std::vector<TermId> numbers(batch.size);
    for (size_t row = 0; row < batch.size; ++row) numbers[row] = TermId(uint64_t{numbers_[row]});
    std::vector<const TermId*> columns = {numbers.data()};
    for (const auto& column : batch.columns) columns.push_back(column.data());
    for (size_t row = 0; row < batch.size; ++row) {
      const uint32_t count = distinct_rows_.size();
      if (distinct_rows_.FindOrAdd(columns, row) == count) {
        measure.aggregate->Add(numbers_[row], TermId(), 1);
      }
    }
    return;
  }
  if (measure.input.column < 0 && measure.input.expression == nullptr) {
    return CountRows(batch, *measure.aggregate);
  }
  const TermId* values = ValuesOf(batch, measure.input);
  if (measure.aggregate->reads_terms()) context().terms().Prefetch({values, batch.size});
  for (size_t row = 0; row < batch.size; ++row) {
    measure.aggregate->Add(numbers_[row], values[row], batch.multiplicity_of(row));
    if (!context().status().ok()) return;
  }
}

// COUNT(*): neighbours of one group at once.
void Group::CountRows(const Batch& batch, Aggregate& count) {
  size_t row = 0;
  while (row < batch.size) {
    const uint32_t number = numbers_[row];
    uint64_t rows = 0;
    for (; row < batch.size && numbers_[row] == number; ++row) rows += batch.multiplicity_of(row);
    count.Add(number, TermId(), rows);
  }
}

bool Group::ReadAll() {
  Batch batch;
  while (!context().Interrupted() && input_->Next(batch)) {
    context().terms().Trim();
    NumberRows(batch);
    size_t bytes = groups_.bytes() + distinct_rows_.bytes();
    for (Measure& measure : measures_) {
      AddRows(batch, measure);
      bytes += measure.aggregate->bytes();
    }
    if (!memory_.Set(bytes)) return false;
  }
  return context().status().ok();
}

bool Group::Next(Batch& batch) {
  if (!read_) {
    read_ = true;
    if (!ReadAll()) return false;
  }
  const uint32_t total = keys_.empty() ? 1 : groups_.size();
  const uint32_t count = std::min<uint32_t>(Batch::kCapacity, total - next_);
  if (count == 0 || context().Interrupted()) return false;
  batch.Reset(outputs_.size());
  for (size_t c = 0; c < outputs_.size(); ++c) {
    auto& column = batch.columns[c];
    column.clear();
    for (uint32_t i = 0; i < count; ++i) {
      column.push_back(outputs_[c] < keys_.size()
                           ? groups_.keys()[outputs_[c]][next_ + i]
                           : measures_[outputs_[c] - keys_.size()].aggregate->Result(next_ + i));
    }
  }
  batch.size = count;
  next_ += count;
  return context().status().ok();
}

}  // namespace sanad
