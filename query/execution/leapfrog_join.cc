// Levels are searched depth first with the state kept in the parts, so that a
// full batch can stop the search anywhere between two bindings.

#include "query/execution/leapfrog_join.h"

#include <algorithm>

#include "query/execution/gallop.h"

namespace sanad {
namespace {

// The next id; the greatest has none and is no term's.
TermId After(TermId id) { return TermId(id.bits() + 1); }

}  // namespace

LeapfrogJoin::LeapfrogJoin(QueryContext& context, const PlanNode& node,
                           std::vector<OperatorPtr> inputs)
    : Operator(context),
      width_(node.schema.size()),
      levels_(node.keys.size()),
      keys_(node.keys.size()),
      memory_(context) {
  inputs_.resize(inputs.size());
  std::vector<bool> written(node.schema.size(), false);
  for (size_t level = 0; level < node.keys.size(); ++level) {
    const int output = ColumnOf(node, node.keys[level]);
    if (output < 0) continue;
    key_outputs_.emplace_back(static_cast<size_t>(output), level);
    written[static_cast<size_t>(output)] = true;
  }
  for (size_t i = 0; i < inputs.size(); ++i) {
    Input& input = inputs_[i];
    const PlanNode& child = *node.children[i];
    input.source = std::move(inputs[i]);
    input.held.Reset(child.schema.size());
    for (size_t level = 0; level < node.keys.size(); ++level) {
      const int column = ColumnOf(child, node.keys[level]);
      if (column < 0) continue;
      levels_[level].push_back({i, input.key_columns.size(), 0, static_cast<size_t>(column)});
      input.key_columns.push_back(static_cast<size_t>(column));
      input.streams = input.streams || level == 0;
    }
    input.ranges.resize(input.key_columns.size());
    for (size_t c = 0; c < child.schema.size(); ++c) {
      const int output = ColumnOf(node, child.schema[c]);
      if (output < 0 || written[static_cast<size_t>(output)]) continue;
      input.payloads.emplace_back(static_cast<size_t>(output), c);
    }
    for (const auto& payload : input.payloads) written[payload.first] = true;
    if (!input.payloads.empty()) product_.push_back(i);
  }
  for (auto& parts : levels_) {
    const auto looked_up = std::stable_partition(parts.begin(), parts.end(), [&](const Part& part) {
      return part.depth > 0 || inputs_[part.input].streams;
    });
    const auto drivers = static_cast<size_t>(looked_up - parts.begin());
    drivers_.push_back(drivers == 0 ? parts.size() : drivers);
  }
}

void LeapfrogJoin::SkipTo(TermId key) { least_ = std::max(least_, key); }

bool LeapfrogJoin::HoldMemory() {
  uint64_t bytes = 0;
  for (const Input& input : inputs_) {
    bytes += input.held.bytes() + input.index.bytes() + input.starts.size() * sizeof(uint32_t);
  }
  return memory_.Set(bytes);
}

bool LeapfrogJoin::ReadWhole() {
  read_whole_ = true;
  Batch batch;
  for (Input& input : inputs_) {
    if (input.streams) continue;
    while (input.source->Next(batch)) {
      input.held.AppendRange(batch, 0, batch.size);
      if (!HoldMemory()) return false;
    }
    input.rows = &input.held;
    if (input.held.size == 0) return false;
    IndexRows(input);
    if (!HoldMemory()) return false;
  }
  return context().status().ok();
}

void LeapfrogJoin::IndexRows(Input& input) {
  const std::vector<const TermId*> key = {input.held.columns[input.key_columns[0]].data()};
  for (size_t row = 0; row < input.held.size; ++row) {
    if (row > 0 && key[0][row] == key[0][row - 1]) continue;
    if ((++steps_ & 0xFFF) == 0 && context().Interrupted()) return;
    input.index.FindOrAdd(key, row);
    input.starts.push_back(static_cast<uint32_t>(row));
  }
  input.starts.push_back(static_cast<uint32_t>(input.held.size));
}

bool LeapfrogJoin::AdvanceTo(Input& input, TermId key) {
  const size_t first = input.key_columns[0];
  while (!input.ended) {
    if (input.position < input.window.size) {
      const auto& column = input.window.columns[first];
      if (column[input.position] >= key) return true;
      if (column[input.window.size - 1] >= key) {
        input.position = Gallop(column, input.position, input.window.size, key);
        return true;
      }
    }
    input.source->SkipTo(key);
    input.position = 0;
    input.window.size = 0;
    if (!input.source->Next(input.window)) input.ended = true;
  }
  return false;
}

// Points the input at the rows of `key`, which is at hand. A run that ends inside
// the window is left there.
void LeapfrogJoin::TakeRun(Input& input, TermId key) {
  const size_t first = input.key_columns[0];
  const size_t end =
      Gallop(input.window.columns[first], input.position, input.window.size, After(key));
  input.ranges[0] = {input.position, end};
  input.rows = &input.window;
  if (end < input.window.size) {
    input.position = end;
    return;
  }
  input.held.Reset(input.window.columns.size());
  size_t run_end = end;
  do {
    input.held.AppendRange(input.window, input.position, run_end - input.position);
    input.position = run_end;
    if (input.held.size > Batch::kCapacity && !HoldMemory()) return;
    if (!AdvanceTo(input, key)) break;
    run_end = Gallop(input.window.columns[first], input.position, input.window.size, After(key));
  } while (run_end > input.position);
  input.ranges[0] = {0, input.held.size};
  input.rows = &input.held;
}

// The next key not below `key` that all streams have.
bool LeapfrogJoin::SeekStreams(TermId key) {
  auto& parts = levels_[0];
  for (size_t agreeing = 0, i = 0; agreeing < parts.size(); i = (i + 1) % parts.size()) {
    if ((++steps_ & 0xFFF) == 0 && context().Interrupted()) return false;
    Input& input = inputs_[parts[i].input];
    if (!AdvanceTo(input, key)) return false;
    const TermId found = input.window.columns[input.key_columns[0]][input.position];
    agreeing = found == key ? agreeing + 1 : 1;
    key = found;
  }
  for (const Part& part : parts) TakeRun(inputs_[part.input], key);
  keys_[0] = key;
  return context().status().ok() && (read_whole_ || ReadWhole());
}

// Sets the parts of a level to the start of the rows that agree so far.
void LeapfrogJoin::OpenLevel(size_t level) {
  for (Part& part : levels_[level]) {
    const Input& input = inputs_[part.input];
    part.next = part.depth == 0 ? 0 : input.ranges[part.depth - 1].begin;
  }
}

// The next key not below `key` that the drivers of a level have; they stand on it.
bool LeapfrogJoin::Agree(size_t level, TermId& key) {
  auto& parts = levels_[level];
  const size_t drivers = drivers_[level];
  for (size_t agreeing = 0, i = 0; agreeing < drivers; i = i + 1 == drivers ? 0 : i + 1) {
    if ((++steps_ & 0xFFF) == 0 && context().Interrupted()) return false;
    Part& part = parts[i];
    const Input& input = inputs_[part.input];
    const size_t end = part.depth == 0 ? input.rows->size : input.ranges[part.depth - 1].end;
    const auto& column = input.rows->columns[part.column];
    part.next = Gallop(column, part.next, end, key);
    if (part.next == end) return false;
    agreeing = column[part.next] == key ? agreeing + 1 : 1;
    key = column[part.next];
  }
  return true;
}

// True when the inputs that are looked up have the key.
bool LeapfrogJoin::Probe(size_t level, TermId key) {
  const std::vector<Part>& parts = levels_[level];
  for (size_t i = drivers_[level]; i < parts.size(); ++i) {
    Input& input = inputs_[parts[i].input];
    probe_[0] = &key;
    const uint32_t number = input.index.Find(probe_, 0);
    if (number == RowIndex::kMissing) return false;
    input.ranges[0] = {input.starts[number], input.starts[number + 1]};
  }
  return true;
}

// The next key of a level that all its parts have.
bool LeapfrogJoin::SeekLevel(size_t level) {
  TermId key;
  while (true) {
    if (!Agree(level, key)) return false;
    if (Probe(level, key)) break;
    key = After(key);
  }
  auto& parts = levels_[level];
  for (size_t i = 0; i < drivers_[level]; ++i) {
    Part& part = parts[i];
    Input& input = inputs_[part.input];
    const size_t end = part.depth == 0 ? input.rows->size : input.ranges[part.depth - 1].end;
    const size_t run_end = Gallop(input.rows->columns[part.column], part.next, end, After(key));
    input.ranges[part.depth] = {part.next, run_end};
    part.next = run_end;
  }
  keys_[level] = key;
  return true;
}

bool LeapfrogJoin::NextBinding() {
  if (ended_) return false;
  size_t level = started_ ? levels_.size() - 1 : 0;
  while (context().status().ok()) {
    bool found;
    if (level > 0) {
      found = SeekLevel(level);
    } else {
      ended_ = started_ && keys_[0] == TermId::Max();
      if (ended_) return false;
      found = SeekStreams(std::max(least_, started_ ? After(keys_[0]) : TermId::Min()));
      started_ = true;
    }
    if (!found) {
      ended_ = level == 0;
      if (ended_) return false;
      --level;
    } else if (++level == levels_.size()) {
      return true;
    } else {
      OpenLevel(level);
    }
  }
  return false;
}

// Inputs without payloads multiply the binding; the others are combined.
bool LeapfrogJoin::StartProduct() {
  repeats_ = 1;
  for (Input& input : inputs_) {
    const Range range = input.ranges.back();
    if (!input.payloads.empty()) {
      input.next = range.begin;
    } else if (input.rows->multiplicity.empty()) {
      repeats_ *= range.end - range.begin;
    } else {
      uint64_t sum = 0;
      for (size_t row = range.begin; row < range.end; ++row) sum += input.rows->multiplicity[row];
      repeats_ *= sum;
    }
  }
  return repeats_ > 0;
}

// Writes combinations until the batch is full. True when none is left.
bool LeapfrogJoin::EmitProduct(Batch& batch) {
  while (batch.size < Batch::kCapacity) {
    uint64_t count = repeats_;
    for (const auto& [output, level] : key_outputs_) {
      batch.columns[output][batch.size] = keys_[level];
    }
    for (const size_t i : product_) {
      const Input& input = inputs_[i];
      count *= input.rows->multiplicity_of(input.next);
      for (const auto& [output, column] : input.payloads) {
        batch.columns[output][batch.size] = input.rows->columns[column][input.next];
      }
    }
    batch.multiplicity[batch.size++] = count;
    multiplied_ = multiplied_ || count != 1;
    size_t p = product_.size();
    for (; p > 0; --p) {
      Input& input = inputs_[product_[p - 1]];
      if (++input.next < input.ranges.back().end) break;
      input.next = input.ranges.back().begin;
    }
    if (p == 0) return true;
  }
  return false;
}

bool LeapfrogJoin::Next(Batch& batch) {
  if (context().Interrupted()) return false;
  batch.Reset(width_);
  for (auto& column : batch.columns) column.resize(Batch::kCapacity);
  batch.multiplicity.resize(Batch::kCapacity);
  multiplied_ = false;
  while (batch.size < Batch::kCapacity) {
    if (!in_product_) {
      if (!NextBinding()) break;
      in_product_ = StartProduct();
      if (!in_product_) continue;
    }
    in_product_ = !EmitProduct(batch);
  }
  if (multiplied_) {
    batch.multiplicity.resize(batch.size);
  } else {
    batch.multiplicity.clear();
  }
  return batch.size > 0 && context().status().ok();
}

}  // namespace sanad
