// See row_runs.h. The merge keeps the runs in a heap by their next row; the run
// at its top goes on as long as its rows come first, which in a load whose input
// is sorted at all is long.

#include "storage/load/row_runs.h"

#include <algorithm>
#include <span>

#include "storage/encoding/block_codec.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

// Small, so that a merge of many runs takes little memory.
constexpr size_t kRunBlockRows = 512;

class RunReader {
 public:
  RunReader(const SpillFile& file, uint64_t begin, uint64_t end) : reader_(file, begin, end) {}

  bool at_end() const { return next_ == rows_.size(); }
  const Row& row() const { return rows_[next_]; }
  absl::Status Advance() { return ++next_ < rows_.size() ? absl::OkStatus() : Read(); }

  // Reads the next block, if there is one.
  absl::Status Read() {
    rows_.clear();
    next_ = 0;
    if (reader_.at_end()) return absl::OkStatus();
    uint64_t size = 0;
    SANAD_RETURN_IF_ERROR(reader_.TakeFixed(size));
    SANAD_ASSIGN_OR_RETURN(const std::string_view bytes, reader_.Take(size));
    BlockReader block;
    if (!block.Open(bytes) || !block.ChecksumMatches()) {
      return absl::InternalError("a spilled block of rows is damaged");
    }
    rows_.resize(block.rows());
    std::array<uint64_t, kRunBlockRows> column;
    for (size_t c = 0; c < 4; ++c) {
      block.Decode(c, 0, block.rows(), column.data());
      for (size_t i = 0; i < rows_.size(); ++i) rows_[i][c] = TermId(column[i]);
    }
    return absl::OkStatus();
  }

 private:
  SpillReader reader_;
  std::vector<Row> rows_;
  size_t next_ = 0;
};

class MergedRuns : public ChangeStream {
 public:
  absl::Status Open(const SpillFile& file, const std::vector<std::pair<uint64_t, uint64_t>>& runs) {
    for (const auto& [begin, end] : runs) {
      auto run = std::make_unique<RunReader>(file, begin, end);
      SANAD_RETURN_IF_ERROR(run->Read());
      if (!run->at_end()) heap_.push_back(std::move(run));
    }
    std::make_heap(heap_.begin(), heap_.end(), Later);
    if (!heap_.empty()) row_ = heap_.front()->row();
    return absl::OkStatus();
  }

  const Row* head() const override { return heap_.empty() ? nullptr : &row_; }
  int sign() const override { return 1; }
  absl::Status Advance() override {
    // Every run whose next row is the one at hand moves on.
    while (!heap_.empty() && heap_.front()->row() == row_) SANAD_RETURN_IF_ERROR(AdvanceFirst());
    if (!heap_.empty()) row_ = heap_.front()->row();
    return absl::OkStatus();
  }

 private:
  using Run = std::unique_ptr<RunReader>;
  static bool Later(const Run& a, const Run& b) { return b->row() < a->row(); }

  absl::Status AdvanceFirst() {
    SANAD_RETURN_IF_ERROR(heap_.front()->Advance());
    if (heap_.front()->at_end()) {
      std::swap(heap_.front(), heap_.back());
      heap_.pop_back();
    }
    Sink();
    return absl::OkStatus();
  }

  // Restores the heap after its first run has moved.
  void Sink() {
    size_t at = 0;
    while (true) {
      size_t least = at;
      for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < heap_.size(); ++child) {
        if (Later(heap_[least], heap_[child])) least = child;
      }
      if (least == at) return;
      std::swap(heap_[at], heap_[least]);
      at = least;
    }
  }

  std::vector<Run> heap_;
  Row row_{};
};

}  // namespace

absl::StatusOr<std::unique_ptr<RowRuns>> RowRuns::Create(const std::string& directory) {
  auto runs = std::make_unique<RowRuns>();
  for (OrderFile& order : runs->files_) {
    SANAD_ASSIGN_OR_RETURN(order.file, SpillFile::Create(directory));
  }
  return runs;
}

absl::Status RowRuns::Add(const LoadedRows& part, Order order) {
  OrderFile& to = files_[static_cast<size_t>(order)];
  const uint64_t begin = to.file->size();
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<ChangeStream> rows, part.In(order));
  std::array<std::vector<uint64_t>, 4> columns;
  while (rows->head() != nullptr) {
    for (auto& column : columns) column.clear();
    while (rows->head() != nullptr && columns[0].size() < kRunBlockRows) {
      for (size_t c = 0; c < 4; ++c) columns[c].push_back((*rows->head())[c].bits());
      SANAD_RETURN_IF_ERROR(rows->Advance());
    }
    const std::string block = EncodeBlock({columns[0], columns[1], columns[2], columns[3]});
    const uint64_t size = block.size();
    SANAD_RETURN_IF_ERROR(to.file->Append({reinterpret_cast<const char*>(&size), sizeof size}));
    SANAD_RETURN_IF_ERROR(to.file->Append(block));
  }
  SANAD_RETURN_IF_ERROR(to.file->Flush());
  to.runs.emplace_back(begin, to.file->size());
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<ChangeStream>> RowRuns::In(Order order) const {
  const OrderFile& from = files_[static_cast<size_t>(order)];
  auto merged = std::make_unique<MergedRuns>();
  SANAD_RETURN_IF_ERROR(merged->Open(*from.file, from.runs));
  return merged;
}

}  // namespace sanad
