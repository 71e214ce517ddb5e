// Validation: everything a store says twice is compared.
//
// Each order is read block by block: checksums, rising rows, and the facts of
// the directory against the rows. A sum over a hash of every quad, blocks and
// delta together, must come out alike in all seven orders. Every id must resolve
// to a term, and that term to the same id. Each derived index is made anew in memory
// and compared. Problems are reported, not repaired.

#include <xxhash.h>

#include <algorithm>

#include "storage/families.h"
#include "storage/index/block_directory.h"
#include "storage/model/text.h"
#include "storage/snapshot_impl.h"
#include "storage/store_impl.h"

namespace sanad::internal {
namespace {

constexpr size_t kMostProblems = 100;
// Distinct ids gathered before they are looked up.
constexpr size_t kIdsAtATime = size_t{1} << 20;

class Validator {
 public:
  Validator(kv::Engine& engine, const Dictionary& dictionary, const StoreState& state,
            ValidationReport& report)
      : engine_(engine), dictionary_(dictionary), state_(state), report_(report) {}

  void Run() {
    for (size_t o = 0; o < kOrderCount; ++o) {
      order_ = static_cast<Order>(o);
      hash_ = rows_ = 0;
      CheckBlocks(*state_.index.directories()[o]);
      const DeltaRange changes =
          state_.index.delta().Range(order_, Filled(TermId::Min()), Filled(TermId::Max()));
      for (size_t i = 0; i < changes.rows.size(); ++i) {
        const uint64_t sign = changes.signs[i] > 0 ? 1 : ~uint64_t{0};
        hash_ += sign * HashOf(changes.rows[i]);
        rows_ += sign;
        if (order_ == Order::kSpo && changes.signs[i] > 0) NoteIds(changes.rows[i]);
      }
      if (order_ == Order::kSpo) {
        spo_hash_ = hash_;
        report_.quads_checked = rows_;
        CheckIds();
      } else if (hash_ != spo_hash_ || rows_ != report_.quads_checked) {
        Problem(Concat("order ", o, " does not hold the quads that order 0 holds"));
      }
    }
  }

 private:
  static Row Filled(TermId id) { return {id, id, id, id}; }

  uint64_t HashOf(const Row& row) const {
    const IdQuad quad = QuadOf(row, order_);
    return XXH3_64bits(&quad, sizeof quad);
  }

  void Problem(std::string text) {
    if (report_.problems.size() < kMostProblems) report_.problems.push_back(std::move(text));
  }
  std::string Place(uint64_t number) const {
    return Concat("order ", static_cast<int>(order_), ", block ", number, ": ");
  }

  void CheckBlocks(const BlockDirectory& directory) {
    const kv::Snapshot* const snapshot = state_.index.snapshot().get();
    counter_ = RowCounter(order_);
    has_last_ = false;
    for (size_t p = 0; p < directory.top().nodes.size(); ++p) {
      const NodeInfo& page = directory.top().nodes[p];
      const absl::StatusOr<const NodeList*> blocks = directory.Page(p, engine_, snapshot);
      if (!blocks.ok()) {
        Problem(Concat("order ", static_cast<int>(order_), ", page ", page.number, ": ",
                       FromAbsl(blocks.status().message())));
        continue;
      }
      const Sums sums = (*blocks)->before.back();
      if (sums.rows != page.rows || sums.triples != page.triples || sums.pairs != page.pairs ||
          (*blocks)->nodes.front().first != page.first ||
          (*blocks)->nodes.back().last != page.last) {
        Problem(Concat("order ", static_cast<int>(order_), ", page ", page.number,
                       ": its sums are not those of its blocks"));
      }
      for (const NodeInfo& block : (*blocks)->nodes) {
        LoadedBlock loaded;
        const absl::Status status = directory.Load(block.number, engine_, snapshot, loaded);
        if (!status.ok()) {
          Problem(Concat(Place(block.number), FromAbsl(status.message())));
          has_last_ = false;
          continue;
        }
        CheckBlock(block, loaded.reader);
      }
    }
  }

  void CheckBlock(const NodeInfo& block, const BlockReader& reader) {
    if (!reader.ChecksumMatches()) Problem(Place(block.number) + "its checksum is wrong");
    const size_t rows = reader.rows();
    for (size_t c = 0; c < 4; ++c) {
      columns_[c].resize(rows);
      reader.Decode(c, 0, rows, columns_[c].data());
    }
    counter_.Reset(has_last_ ? &last_ : nullptr);
    TermId least = TermId::Max(), most = TermId::Min();
    Row row{};
    bool rises = true;
    for (size_t i = 0; i < rows; ++i) {
      for (size_t c = 0; c < 4; ++c) row[c] = TermId(columns_[c][i]);
      rises = rises && (!has_last_ || last_ < row);
      if (i == 0 && row != block.first) Problem(Place(block.number) + "its first row is another");
      counter_.Add(row);
      least = std::min(least, row[GraphColumn(order_)]);
      most = std::max(most, row[GraphColumn(order_)]);
      hash_ += HashOf(row);
      if (order_ == Order::kSpo) NoteIds(row);
      last_ = row;
      has_last_ = true;
    }
    rows_ += rows;
    if (!rises) Problem(Place(block.number) + "its rows do not rise");
    const Sums& sums = counter_.sums();
    if (sums.rows != block.rows || sums.triples != block.triples || sums.pairs != block.pairs) {
      Problem(Place(block.number) + "the directory counts its rows otherwise");
    }
    if (row != block.last || least != block.least_graph || most != block.most_graph) {
      Problem(Place(block.number) + "the directory gives it other bounds");
    }
  }

  void NoteIds(const Row& row) {
    for (const TermId id : row) {
      if (id.in_dictionary()) ids_.push_back(id);
    }
    if (ids_.size() >= 4 * kIdsAtATime) CheckIds();
  }

  void CheckIds() {
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    const kv::Snapshot* const snapshot = state_.index.snapshot().get();
    std::vector<Term> terms;
    const absl::Status status = dictionary_.Materialize(ids_, snapshot, terms);
    if (!status.ok()) {
      Problem(std::string(FromAbsl(status.message())));
    } else {
      for (size_t i = 0; i < ids_.size(); ++i) {
        const absl::StatusOr<TermId> found = dictionary_.Find(terms[i], snapshot);
        if (!found.ok() || *found != ids_[i]) {
          Problem(Concat("the term ", terms[i].ToString().substr(0, 200),
                         " is not found under its own id"));
        }
      }
    }
    report_.terms_checked += ids_.size();
    ids_.clear();
  }

  kv::Engine& engine_;
  const Dictionary& dictionary_;
  const StoreState& state_;
  ValidationReport& report_;
  Order order_ = Order::kSpo;
  uint64_t hash_ = 0, rows_ = 0, spo_hash_ = 0;
  RowCounter counter_{Order::kSpo};
  bool has_last_ = false;
  Row last_{};
  std::array<std::vector<uint64_t>, 4> columns_;
  std::vector<TermId> ids_;
};

}  // namespace

absl::StatusOr<ValidationReport> StoreImpl::Validate() {
  ValidationReport report;
  const std::shared_ptr<const SnapshotImpl> snapshot = NewSnapshot();
  report.commit_number = snapshot->version();
  // Whole files are opened anew for this, and a writer may have deleted those
  // that a follower holds open.
  if (options_.mode != OpenMode::kFollower) {
    if (absl::Status status = engine_->VerifyChecksums(); !status.ok()) {
      report.problems.emplace_back(FromAbsl(status.message()));
    }
  }
  const StoreState& state = snapshot->state();
  Validator(*engine_, *state.dictionary, state, report).Run();
  for (const DerivedIndex* index : indexes_) {
    const bool ready = std::find(ready_indexes_.begin(), ready_indexes_.end(), index->name()) !=
                       ready_indexes_.end();
    if (!ready) continue;
    const absl::Status status = ValidateDerivedIndex(*index, state, report.problems);
    if (!status.ok()) report.problems.emplace_back(FromAbsl(status.message()));
  }
  return report;
}

}  // namespace sanad::internal
