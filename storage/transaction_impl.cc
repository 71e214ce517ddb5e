// See transaction_impl.h.

#include "storage/transaction_impl.h"

#include <algorithm>
#include <utility>

#include "storage/index/index_diff.h"
#include "storage/index/rising_lookup.h"
#include "storage/model/text.h"
#include "storage/quad_check.h"

namespace sanad::internal {
namespace {

constexpr size_t kFoundTermsKept = size_t{1} << 18;
// One more is kept for so much memory.
constexpr uint64_t kMemoryPerFound = 1024;
// What a change takes in memory: in the runs of the transaction and its view, and
// sorted into all orders while they are folded.
constexpr uint64_t kBytesPerChange = 640;
// The part of the memory that notes and terms may take.
constexpr uint64_t kNotesPart = 2, kTermsPart = 8;
// What a new term takes besides its text, which is held twice.
constexpr size_t kBytesPerTerm = 160;
// Notes that are looked up by walking through the index rather than one by one.
constexpr size_t kManyNotes = 4096;

size_t spill_size = 0;  // Set for tests.

}  // namespace

TransactionImpl::TransactionImpl(std::shared_ptr<StoreImpl> store,
                                 std::shared_ptr<const StoreState> state)
    : ViewSource(store->engine(), store->ready_indexes(), std::move(state)),
      store_(std::move(store)),
      view_(this->state().index),
      excluded_(*this->state().excluded) {}

TransactionImpl::~TransactionImpl() { Finish(); }

void TransactionImpl::SetSpillSizeForTesting(size_t changes) { spill_size = changes; }

size_t TransactionImpl::ChangesKept() const {
  if (spill_size != 0) return spill_size;
  return std::max<size_t>(store_->WriteMemory() / kBytesPerChange, kManyNotes);
}

void TransactionImpl::Finish() {
  if (finished_) return;
  finished_ = true;
  spill_.reset();
  store_->ReleaseWriter();
}

void TransactionImpl::Rollback() {
  pending_.clear();
  changes_ = DeltaVersion();
  view_ = state().index;
  excluded_ = *state().excluded;
  ++settled_;
  Finish();
}

absl::Status TransactionImpl::CheckOpen() const {
  if (!finished_) return absl::OkStatus();
  return absl::FailedPreconditionError("the transaction is finished; begin another");
}

absl::StatusOr<TermId> TransactionImpl::Intern(const Term& term) {
  if (std::optional<TermId> id = InlineTermId(term)) return *id;
  std::string text = TermText(term);
  std::string key = CanonicalTermText(text);
  if (auto it = new_terms_.find(key); it != new_terms_.end()) return it->second;
  if (auto it = found_terms_.find(key); it != found_terms_.end()) return it->second;
  SANAD_ASSIGN_OR_RETURN(TermId id, dictionary().Find(term, state().snapshot.get()));
  if (id.is_undefined() && spill_ != nullptr) {
    SANAD_ASSIGN_OR_RETURN(id, spill_->FindTerm(term));
  }
  if (!id.is_undefined()) {
    KeepFound(std::move(key), id);
    return id;
  }
  const uint64_t spilled = spill_ == nullptr ? 0 : spill_->terms();
  id = dictionary().MakeId(text, state().record.next_position + spilled + new_texts_.size());
  new_text_bytes_ += text.size();
  new_texts_.push_back(std::move(text));
  new_ids_.push_back(id);
  new_terms_.emplace(std::move(key), id);
  return id;
}

absl::StatusOr<TermId> TransactionImpl::InternAgain(const Term& term, KnownTerm& last) {
  if (last.id.is_undefined() || !(last.term == term)) {
    SANAD_ASSIGN_OR_RETURN(last.id, Intern(term));
    last.term = term;
  }
  return last.id;
}

absl::StatusOr<IdQuad> TransactionImpl::InternQuad(const Quad& quad) {
  SANAD_RETURN_IF_ERROR(CheckStorable(quad));
  IdQuad ids;
  ids.graph = TermId::DefaultGraph();
  SANAD_ASSIGN_OR_RETURN(ids.subject, InternAgain(quad.subject, last_subject_));
  SANAD_ASSIGN_OR_RETURN(ids.predicate, Intern(quad.predicate));
  SANAD_ASSIGN_OR_RETURN(ids.object, Intern(quad.object));
  if (!quad.graph.is_undefined()) {
    SANAD_ASSIGN_OR_RETURN(ids.graph, InternAgain(quad.graph, last_graph_));
  }
  return ids;
}

absl::StatusOr<TermId> TransactionImpl::FindKnown(const Term& term) {
  if (!TermIsStorable(term)) return TermId::Undefined();
  if (std::optional<TermId> id = InlineTermId(term)) return *id;
  std::string key = CanonicalTermText(TermText(term));
  if (auto it = found_terms_.find(key); it != found_terms_.end()) return it->second;
  SANAD_ASSIGN_OR_RETURN(const TermId id, Find(term));
  // New terms have a table of their own, and may yet be written out.
  if (!id.is_undefined() && !new_terms_.contains(key)) KeepFound(std::move(key), id);
  return id;
}

void TransactionImpl::KeepFound(std::string key, TermId id) {
  const size_t kept = std::min<size_t>(kFoundTermsKept, store_->WriteMemory() / kMemoryPerFound);
  if (found_terms_.size() >= kept) found_terms_.clear();
  found_terms_.emplace(std::move(key), id);
}

absl::StatusOr<IdQuad> TransactionImpl::FindQuad(const Quad& quad) {
  IdQuad ids;
  ids.graph = TermId::DefaultGraph();
  SANAD_ASSIGN_OR_RETURN(ids.subject, FindKnown(quad.subject));
  SANAD_ASSIGN_OR_RETURN(ids.predicate, FindKnown(quad.predicate));
  SANAD_ASSIGN_OR_RETURN(ids.object, FindKnown(quad.object));
  if (!quad.graph.is_undefined()) {
    SANAD_ASSIGN_OR_RETURN(ids.graph, FindKnown(quad.graph));
  }
  return ids;
}

absl::Status TransactionImpl::Note(const IdQuad& quad, bool insert) {
  pending_.insert_or_assign(quad, insert);
  const bool many_terms =
      2 * new_text_bytes_ + new_texts_.size() * kBytesPerTerm > store_->WriteMemory() / kTermsPart;
  if (many_terms || (spill_size != 0 && new_texts_.size() >= spill_size)) {
    SANAD_RETURN_IF_ERROR(SpillTerms());
  }
  if (pending_.size() < (ChangesKept() + kNotesPart - 1) / kNotesPart) return absl::OkStatus();
  SANAD_RETURN_IF_ERROR(Settle());
  return changes_.size() < ChangesKept() ? absl::OkStatus() : SpillChanges();
}

absl::Status TransactionImpl::Insert(const Quad& quad) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  SANAD_ASSIGN_OR_RETURN(const IdQuad ids, InternQuad(quad));
  return Note(ids, true);
}

absl::Status TransactionImpl::Remove(const Quad& quad) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  SANAD_ASSIGN_OR_RETURN(const IdQuad ids, FindQuad(quad));
  if (ids.subject.is_undefined() || ids.predicate.is_undefined() || ids.object.is_undefined() ||
      ids.graph.is_undefined()) {
    return absl::OkStatus();
  }
  return Note(ids, false);
}

absl::Status TransactionImpl::InsertIds(const IdQuad& quad) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  return Note(quad, true);
}

absl::Status TransactionImpl::RemoveIds(const IdQuad& quad) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  return Note(quad, false);
}

absl::Status TransactionImpl::RemoveMatching(const ScanRequest& request) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan, Scan(request));
  QuadBatch batch;
  while (scan->Next(batch)) {
    for (size_t i = 0; i < batch.size; ++i) {
      const Row row = {batch.columns[0][i], batch.columns[1][i], batch.columns[2][i],
                       batch.columns[3][i]};
      SANAD_RETURN_IF_ERROR(Note(QuadOf(row, request.order), false));
    }
  }
  return scan->status();
}

absl::Status TransactionImpl::RemoveGraph(const Term& graph) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  TermId id = TermId::DefaultGraph();
  if (!graph.is_undefined()) {
    SANAD_ASSIGN_OR_RETURN(id, Find(graph));
    if (id.is_undefined()) return absl::OkStatus();
  }
  SANAD_RETURN_IF_ERROR(Settle());
  const Row low = {id, TermId::Min(), TermId::Min(), TermId::Min()};
  const Row high = {id, TermId::Max(), TermId::Max(), TermId::Max()};
  SANAD_ASSIGN_OR_RETURN(const RangeCounts quads, view_.CountRange(Order::kGspo, low, high));
  if (IsLarge(quads.rows)) {
    SANAD_RETURN_IF_ERROR(SpillChanges());
    SANAD_ASSIGN_OR_RETURN(view_, spill_->DropGraph(view_, id));
    ++settled_;
    SANAD_ASSIGN_OR_RETURN(excluded_, view_.ExcludedGraphs());
    return absl::OkStatus();
  }
  return RemoveMatching({.pattern = {},
                         .order = Order::kGspo,
                         .scope = GraphScope::One(id),
                         .ranges = {},
                         .columns = 3});
}

absl::Status TransactionImpl::Clear() {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  SANAD_RETURN_IF_ERROR(Settle());
  Row low, high;
  low.fill(TermId::Min());
  high.fill(TermId::Max());
  SANAD_ASSIGN_OR_RETURN(const RangeCounts quads, view_.CountRange(Order::kSpo, low, high));
  if (IsLarge(quads.rows)) {
    SANAD_RETURN_IF_ERROR(SpillChanges());
    SANAD_ASSIGN_OR_RETURN(view_, spill_->Clear(view_));
    excluded_.clear();
    ++settled_;
    return absl::OkStatus();
  }
  SANAD_RETURN_IF_ERROR(RemoveGraph(Term()));
  return RemoveMatching({.pattern = {},
                         .order = Order::kGspo,
                         .scope = GraphScope::Each(),
                         .ranges = {},
                         .columns = 3});
}

absl::Status TransactionImpl::Settle() const {
  if (pending_.empty()) return absl::OkStatus();
  std::vector<std::pair<IdQuad, bool>> notes(pending_.begin(), pending_.end());
  std::sort(notes.begin(), notes.end());
  std::vector<DeltaEntry> entries;
  std::vector<TermId> graphs;
  bool exclusions_changed = false;
  RisingLookup walk(view_);
  const bool walks = notes.size() >= kManyNotes;
  for (size_t i = 0; i < notes.size();) {
    const IdQuad& head = notes[i].first;
    SANAD_RETURN_IF_ERROR(walks
                              ? walk.GraphsOf(head.subject, head.predicate, head.object, graphs)
                              : view_.GraphsOf(head.subject, head.predicate, head.object, graphs));
    const size_t first = entries.size();
    int64_t after = static_cast<int64_t>(graphs.size());
    for (; i < notes.size() && notes[i].first.subject == head.subject &&
           notes[i].first.predicate == head.predicate && notes[i].first.object == head.object;
         ++i) {
      const auto& [quad, insert] = notes[i];
      if (std::binary_search(graphs.begin(), graphs.end(), quad.graph) == insert) continue;
      entries.push_back({quad, static_cast<int8_t>(insert ? 1 : -1), 0});
      after += insert ? 1 : -1;
      exclusions_changed = exclusions_changed || IsExclusion(quad);
    }
    if (first < entries.size() && (after > 0) == graphs.empty()) {
      entries[first].triple_sign = static_cast<int8_t>(after > 0 ? 1 : -1);
    }
  }
  pending_.clear();
  if (entries.empty()) return absl::OkStatus();
  auto run = std::make_shared<DeltaRun>(std::move(entries));
  changes_ = changes_.With(run);
  view_ = view_.With(run);
  ++settled_;
  if (exclusions_changed) {
    SANAD_ASSIGN_OR_RETURN(excluded_, view_.ExcludedGraphs());
  }
  return absl::OkStatus();
}

absl::Status TransactionImpl::SpillChanges() {
  if (spill_ == nullptr) {
    spill_ = std::make_unique<TransactionSpill>(*store_);
    if (&spill_->base() != &state()) {
      // The same quads, folded since this transaction began.
      view_ = spill_->base().index.With(std::make_shared<DeltaRun>(changes_.Entries()));
    }
  }
  SANAD_ASSIGN_OR_RETURN(view_, spill_->Fold(view_));
  changes_ = DeltaVersion();
  return absl::OkStatus();
}

absl::Status TransactionImpl::SpillTerms() {
  if (new_texts_.empty()) return absl::OkStatus();
  if (spill_ == nullptr) {
    // The view must stand on the state that the spill stands on.
    SANAD_RETURN_IF_ERROR(Settle());
    SANAD_RETURN_IF_ERROR(SpillChanges());
  }
  SANAD_RETURN_IF_ERROR(spill_->WriteTerms(new_texts_, new_ids_));
  new_terms_.clear();
  new_texts_.clear();
  new_ids_.clear();
  new_text_bytes_ = 0;
  return absl::OkStatus();
}

absl::Status TransactionImpl::Commit() {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  absl::Status status = uncounted_;
  if (status.ok()) status = Settle();
  if (status.ok() && spill_ != nullptr) {
    status = CommitSpilled();
  } else if (status.ok()) {
    CommitRequest request;
    request.entries = changes_.Entries();
    request.first_position = state().record.next_position;
    request.new_texts = std::move(new_texts_);
    request.new_ids = std::move(new_ids_);
    const absl::StatusOr<uint64_t> ticket = store_->WriteCommit(request);
    // The next writer need not wait for the disk.
    Finish();
    status = ticket.ok() ? store_->AwaitDurable(*ticket) : ticket.status();
  }
  Finish();
  if (status.ok()) store_->FoldIfDue();
  return status;
}

absl::Status TransactionImpl::CommitSpilled() {
  SANAD_RETURN_IF_ERROR(SpillChanges());
  SANAD_RETURN_IF_ERROR(SpillTerms());
  const auto materialize = [this](std::span<const TermId> ids, std::vector<Term>& terms) {
    return Materialize(ids, terms);
  };
  SANAD_ASSIGN_OR_RETURN(
      const std::unique_ptr<DerivedUpdater> derived,
      DerivedUpdater::Make(
          store_->engine(), store_->indexes(), {store_->path(), store_->WriteMemory() / 8},
          [this](const Term& term) { return Find(term); }, materialize));
  for (const TermId predicate : derived->predicates()) {
    SANAD_RETURN_IF_ERROR(DiffViews(
        spill_->base().index, view_, {.subject = {}, .predicate = predicate, .object = {}},
        Order::kPso, [&](const IdQuad& quad, bool added) { return derived->Add(quad, added); }));
  }
  return spill_->Commit(view_, *derived);
}

absl::Status TransactionImpl::CountChanges() const {
  const absl::Status status = ReadCounts();
  uncounted_.Update(status);
  return status;
}

absl::Status TransactionImpl::ReadCounts() const {
  SANAD_RETURN_IF_ERROR(Settle());
  if (counts_ && counts_->settled == settled_) return absl::OkStatus();
  Counts counts{settled_, 0, 0};
  if (spill_ == nullptr) {
    counts.added = changes_.Added();
    counts.removed = changes_.Removed();
  } else {
    SANAD_RETURN_IF_ERROR(
        DiffViews(spill_->base().index, view_, {}, Order::kSpo, [&](const IdQuad&, bool added) {
          ++(added ? counts.added : counts.removed);
          return absl::OkStatus();
        }));
  }
  counts_ = counts;
  return absl::OkStatus();
}

uint64_t TransactionImpl::added_count() const { return CountChanges().ok() ? counts_->added : 0; }

uint64_t TransactionImpl::removed_count() const {
  return CountChanges().ok() ? counts_->removed : 0;
}

absl::StatusOr<std::unique_ptr<QuadScan>> TransactionImpl::Scan(const ScanRequest& request) const {
  SANAD_RETURN_IF_ERROR(Settle());
  return ViewSource::Scan(request);
}

absl::StatusOr<uint64_t> TransactionImpl::Count(const IdPattern& pattern,
                                                const GraphScope& scope) const {
  SANAD_RETURN_IF_ERROR(Settle());
  return ViewSource::Count(pattern, scope);
}

PredicateCounts TransactionImpl::CountsOf(TermId predicate) const {
  if (!Settle().ok()) return {};
  return ViewSource::CountsOf(predicate);
}

absl::StatusOr<std::vector<TermId>> TransactionImpl::NamedGraphs(bool statements_only) const {
  SANAD_RETURN_IF_ERROR(Settle());
  return ViewSource::NamedGraphs(statements_only);
}

absl::StatusOr<TermId> TransactionImpl::Find(const Term& term) const {
  if (!TermIsStorable(term)) return TermId::Undefined();
  if (!new_terms_.empty()) {
    auto it = new_terms_.find(CanonicalTermText(TermText(term)));
    if (it != new_terms_.end()) return it->second;
  }
  SANAD_ASSIGN_OR_RETURN(const TermId id, ViewSource::Find(term));
  if (!id.is_undefined() || spill_ == nullptr) return id;
  return spill_->FindTerm(term);
}

absl::Status TransactionImpl::Materialize(std::span<const TermId> ids,
                                          std::vector<Term>& terms) const {
  const uint64_t first = state().record.next_position;
  const uint64_t spilled = spill_ == nullptr ? 0 : spill_->terms();
  std::vector<TermId> stored(ids.begin(), ids.end());
  std::vector<std::pair<size_t, uint64_t>> own;  // Index, place among the new terms.
  std::vector<TermId> written;                   // Written before the commit,
  std::vector<size_t> written_at;                // and their indexes.
  for (size_t i = 0; i < stored.size(); ++i) {
    if (!stored[i].in_dictionary()) continue;
    const uint64_t position = PositionOf(stored[i]);
    if (position < first || position - first >= spilled + new_texts_.size()) continue;
    if (position - first < spilled) {
      written.push_back(stored[i]);
      written_at.push_back(i);
    } else {
      own.emplace_back(i, position - first - spilled);
    }
    stored[i] = TermId::Undefined();
  }
  SANAD_RETURN_IF_ERROR(ViewSource::Materialize(stored, terms));
  for (const auto& [i, place] : own) terms[i] = *TermOfText(new_texts_[place]);
  if (written.empty()) return absl::OkStatus();
  std::vector<Term> read;
  SANAD_RETURN_IF_ERROR(spill_->Materialize(written, read));
  for (size_t i = 0; i < read.size(); ++i) terms[written_at[i]] = std::move(read[i]);
  return absl::OkStatus();
}

uint64_t TransactionImpl::version() const {
  const absl::Status settled = Settle();
  return uint64_t{1} << 63 | state().record.commit_number << 24 |
         (settled.ok() ? settled_ & 0xFFFFFF : 0);
}

}  // namespace sanad::internal
