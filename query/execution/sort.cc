// Values are ranked once per distinct id; rows are then ordered by their ranks
// with one stable counting sort a condition, the last condition first. With a
// limit, rows past it are thrown away whenever many have gathered.

#include "query/execution/sort.h"

#include <algorithm>
#include <atomic>
#include <span>

#include <absl/container/flat_hash_map.h>

#include "query/execution/parallel_sort.h"
#include "query/expression/compare.h"

namespace sanad {
namespace {

constexpr size_t kTermsAtOnce = 16384;

// False when a limit was met while the column grew: all columns grow in the same
// batch, and a large one takes long.
bool Append(std::vector<TermId>& column, const std::vector<TermId>& from, size_t count,
            QueryContext& context) {
  const size_t room = column.capacity();
  column.insert(column.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
  return column.capacity() == room || !context.Interrupted();
}

}  // namespace

Sort::Sort(QueryContext& context, const PlanNode& node, OperatorPtr input,
           std::vector<Condition> conditions)
    : Operator(context),
      node_(node),
      input_(std::move(input)),
      conditions_(std::move(conditions)),
      keys_(conditions_.size()),
      memory_(context) {
  for (VariableId variable : node.schema) {
    outputs_.push_back(static_cast<size_t>(ColumnOf(*node.children[0], variable)));
  }
  rows_.Reset(outputs_.size());
}

bool Sort::ReadAll() {
  Batch batch;
  std::vector<TermId> values;
  const uint64_t enough =
      node_.limit < (uint64_t{1} << 30) ? std::max<uint64_t>(node_.limit * 2, 16384) : ~uint64_t{0};
  while (input_->Next(batch)) {
    context().terms().Trim();
    for (size_t i = 0; i < conditions_.size(); ++i) {
      conditions_[i].expression->EvaluateColumn(batch, values);
      if (!Append(keys_[i], values, values.size(), context())) return false;
    }
    for (size_t c = 0; c < outputs_.size(); ++c) {
      const auto& from = batch.columns[outputs_[c]];
      if (!Append(rows_.columns[c], from, batch.size, context())) return false;
    }
    if (!batch.multiplicity.empty() || !rows_.multiplicity.empty()) {
      rows_.multiplicity.resize(rows_.size, 1);
      for (size_t row = 0; row < batch.size; ++row)
        rows_.multiplicity.push_back(batch.multiplicity_of(row));
    }
    rows_.size += batch.size;
    if (rows_.size >= enough) CutToLimit();
    if (!memory_.Set(rows_.bytes() + rows_.size * (8 * conditions_.size() + 8))) return false;
  }
  return context().status().ok();
}

bool Sort::RankColumn(const std::vector<TermId>& ids, std::vector<uint32_t>& ranks,
                      uint32_t& count) {
  absl::flat_hash_map<uint64_t, uint32_t> numbers;
  std::vector<TermId> distinct;
  ranks.resize(ids.size());
  for (size_t row = 0; row < ids.size(); ++row) {
    if ((row & 0x3FFFF) == 0x3FFFF && context().Interrupted()) return false;
    const auto [entry, added] =
        numbers.try_emplace(ids[row].bits(), static_cast<uint32_t>(distinct.size()));
    if (added) distinct.push_back(ids[row]);
    ranks[row] = entry->second;
  }
  MemoryHold memory(context());
  const auto charge = [&](uint64_t text) {
    return memory.Set(distinct.size() * (sizeof(SortKey) + 40) + text);
  };
  if (!charge(0)) return false;
  std::vector<SortKey> keys;
  keys.reserve(distinct.size());
  uint64_t text = 0;
  const std::span<const TermId> all = distinct;
  for (size_t begin = 0; begin < all.size(); begin += kTermsAtOnce) {
    const auto some = all.subspan(begin, std::min(kTermsAtOnce, all.size() - begin));
    context().terms().Trim();
    context().terms().Prefetch(some);
    for (TermId id : some) {
      keys.push_back(SortKeyOf(Value::Of(id), context()));
      text += keys.back().text.capacity() + keys.back().suffix.capacity();
    }
    if (context().Interrupted() || !charge(text)) return false;
  }
  std::vector<uint32_t> order(distinct.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::atomic<bool> stopped = false;
  // Once stopped every comparison is false, which ends the sort at once.
  StableSort(order, context().options().threads > 0, [&] {
    return [&, steps = uint64_t{0}](uint32_t a, uint32_t b) mutable {
      if ((++steps & 0xFFF) == 0 && context().PastLimit()) stopped = true;
      return !stopped.load(std::memory_order_relaxed) && Compare(keys[a], keys[b]) < 0;
    };
  });
  if (stopped) return !context().Interrupted();
  std::vector<uint32_t> rank_of(distinct.size());
  count = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && Compare(keys[order[i - 1]], keys[order[i]]) < 0) ++count;
    rank_of[order[i]] = count;
  }
  ++count;
  for (uint32_t& rank : ranks) rank = rank_of[rank];
  return true;
}

void Sort::Order(std::vector<uint32_t>& rows) {
  MemoryHold memory(context());
  if (!memory.Set(rows_.size * 3 * sizeof(uint32_t))) return;
  rows.resize(rows_.size);
  for (uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::vector<uint32_t> ranks, next(rows.size());
  for (size_t i = conditions_.size(); i-- > 0;) {
    uint32_t count = 0;
    if (!RankColumn(keys_[i], ranks, count)) return;
    if (conditions_[i].descending) {
      for (uint32_t& rank : ranks) rank = count - 1 - rank;
    }
    std::vector<uint32_t> starts(size_t{count} + 1, 0);
    for (uint32_t rank : ranks) ++starts[rank + 1];
    for (size_t r = 1; r < starts.size(); ++r) starts[r] += starts[r - 1];
    if (context().Interrupted()) return;
    for (uint32_t row : rows) next[starts[ranks[row]]++] = row;
    rows.swap(next);
  }
}

void Sort::CutToLimit() {
  std::vector<uint32_t> order;
  Order(order);
  if (!context().status().ok()) return;
  order.resize(std::min<size_t>(order.size(), node_.limit));
  auto pick = [&](auto& column) {
    if (column.empty()) return;
    auto old = column;
    column.resize(order.size());
    for (size_t i = 0; i < order.size(); ++i) column[i] = old[order[i]];
  };
  for (auto& column : rows_.columns) pick(column);
  for (auto& column : keys_) pick(column);
  pick(rows_.multiplicity);
  rows_.size = order.size();
}

bool Sort::Next(Batch& batch) {
  if (!sorted_) {
    sorted_ = true;
    if (!ReadAll()) return false;
    Order(order_);
    if (!context().status().ok()) return false;
    if (order_.size() > node_.limit) order_.resize(node_.limit);
    input_.reset();
  }
  if (context().Interrupted()) return false;
  const size_t count = std::min(Batch::kCapacity, order_.size() - next_);
  if (count == 0) return false;
  batch.Reset(outputs_.size());
  batch.size = count;
  for (size_t c = 0; c < outputs_.size(); ++c) {
    batch.columns[c].resize(count);
    for (size_t i = 0; i < count; ++i) batch.columns[c][i] = rows_.columns[c][order_[next_ + i]];
  }
  if (!rows_.multiplicity.empty()) {
    for (size_t i = 0; i < count; ++i)
      batch.multiplicity.push_back(rows_.multiplicity[order_[next_ + i]]);
  }
  next_ += count;
  return true;
}

}  // namespace sanad
