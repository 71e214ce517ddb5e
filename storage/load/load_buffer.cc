// See load_buffer.h.

#include "storage/load/load_buffer.h"

#include <algorithm>

#include "storage/encoding/bit_packing.h"
#include "storage/load/row_runs.h"
#include "storage/model/text.h"
#include "storage/sync/tasks.h"

namespace sanad {
namespace {

// Memory is looked at once in this many rows.
constexpr uint64_t kRowsBetweenLooks = 64;
// Bytes a term takes besides its text: while keys are sorted, and while ids are
// ranked by column.
constexpr uint64_t kKeyBytes = 28;
constexpr uint64_t kRankBytes = 58;
constexpr uint32_t kUnknown = ~uint32_t{0};

}  // namespace

absl::Status LoadBuffer::Add(const FlatQuads& quads) {
  numbers_.assign(quads.term_count(), kUnknown);
  for (size_t i = 0; i < quads.size(); ++i) {
    const FlatQuads::Row& row = quads.row(i);
    rows_.Add({NumberOf(quads, row[0]), NumberOf(quads, row[1]), NumberOf(quads, row[2]),
               NumberOf(quads, row[3])});
    graphs_ = graphs_ || quads.term(row[3]).type != TermType::kUndefined;
    if (++size_ % kRowsBetweenLooks != 0) continue;
    if (terms_->size() > (uint64_t{1} << 32) - (uint64_t{1} << 21)) {
      return absl::ResourceExhaustedError(
          "a load in memory holds more than 4 billion distinct terms");
    }
    if (limits_.spill_directory.empty() || MemoryNeeded() <= limits_.memory) continue;
    SANAD_RETURN_IF_ERROR(Spill());
    numbers_.assign(quads.term_count(), kUnknown);
  }
  return absl::OkStatus();
}

uint32_t LoadBuffer::NumberOf(const FlatQuads& quads, uint32_t term) {
  uint32_t& number = numbers_[term];
  if (number == kUnknown) number = terms_->Intern(quads.term(term));
  return number;
}

uint64_t LoadBuffer::MemoryNeeded() const {
  const uint64_t terms = terms_->size(), rows = rows_.size();
  // Sorting holds the keys, and two more copies a thread. Keys of more than 63
  // bits take 16 bytes.
  const int bits = (graphs_ ? 3 : 2) * BitWidth(terms) + 8;
  const uint64_t key = bits <= 63 ? 8 : 16;
  const uint64_t sorting = (3 + 2 * static_cast<uint64_t>(std::max(0, limits_.threads))) * key;
  return std::max(terms_->memory_bytes() + terms * kKeyBytes + rows * sizeof(LoadRow),
                  terms * kRankBytes + rows * sorting);
}

absl::Status LoadBuffer::Spill() {
  SANAD_ASSIGN_OR_RETURN(std::unique_ptr<SpilledRun> run,
                         SpilledRun::Write(limits_.spill_directory, *terms_, rows_));
  runs_.push_back(std::move(run));
  terms_ = std::make_unique<LoadTerms>();
  rows_ = LoadRowBuffer();
  return absl::OkStatus();
}

absl::Status LoadBuffer::Finish() {
  return runs_.empty() || rows_.size() == 0 ? absl::OkStatus() : Spill();
}

absl::Status LoadBuffer::AssignIds(Dictionary& dictionary, kv::Engine& engine,
                                   NewTermSpool& spool) {
  std::vector<std::unique_ptr<TermRun>> runs;
  if (runs_.empty()) runs.push_back(std::make_unique<MemoryTermRun>(*terms_, ids_));
  for (const std::unique_ptr<SpilledRun>& spilled : runs_) {
    SANAD_ASSIGN_OR_RETURN(std::unique_ptr<TermRun> run, spilled->Terms());
    runs.push_back(std::move(run));
  }
  std::vector<TermRun*> pointers;
  for (const auto& run : runs) pointers.push_back(run.get());
  SANAD_RETURN_IF_ERROR(sanad::AssignIds(pointers, dictionary, engine, limits_.cancelled, spool));
  runs.clear();
  terms_.reset();
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<LoadedRows>> LoadBuffer::Sort() {
  if (runs_.empty()) return SortRows(rows_, std::exchange(ids_, {}));
  SANAD_ASSIGN_OR_RETURN(std::unique_ptr<RowRuns> sorted, RowRuns::Create(limits_.spill_directory));
  for (std::unique_ptr<SpilledRun>& run : runs_) {
    LoadRowBuffer rows;
    SANAD_RETURN_IF_ERROR(run->ReadRows(rows));
    SANAD_ASSIGN_OR_RETURN(const std::vector<TermId> ids, run->Ids());
    run.reset();  // Gives its disk space back.
    const std::unique_ptr<LoadedRows> part = SortRows(rows, ids);
    SANAD_RETURN_IF_ERROR(
        RunTasks(kOrderCount, std::max(0, limits_.threads), [&](size_t order) -> absl::Status {
          if (limits_.cancelled && limits_.cancelled()) {
            return absl::CancelledError("the load was cancelled; the store is as it was");
          }
          return sorted->Add(*part, static_cast<Order>(order));
        }));
  }
  return sorted;
}

}  // namespace sanad
