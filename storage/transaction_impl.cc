// See transaction_impl.h.

#include "storage/transaction_impl.h"

#include <algorithm>
#include <utility>

#include "storage/model/text.h"
#include "storage/quad_check.h"

namespace sanad::internal {
namespace {

constexpr size_t kFoundTermsKept = size_t{1} << 18;

}  // namespace

TransactionImpl::TransactionImpl(std::shared_ptr<StoreImpl> store,
                                 std::shared_ptr<const StoreState> state)
    : ViewSource(store->engine(), store->dictionary(), store->ready_indexes(), std::move(state)),
      store_(std::move(store)),
      view_(this->state().index),
      excluded_(*this->state().excluded) {}

TransactionImpl::~TransactionImpl() { Finish(); }

void TransactionImpl::Finish() {
  if (finished_) return;
  finished_ = true;
  store_->ReleaseWriter();
}

void TransactionImpl::Rollback() {
  pending_.clear();
  changes_ = DeltaVersion();
  view_ = state().index;
  excluded_ = *state().excluded;
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
  if (!id.is_undefined()) {
    if (found_terms_.size() >= kFoundTermsKept) found_terms_.clear();
    found_terms_.emplace(std::move(key), id);
    return id;
  }
  id = dictionary().MakeId(text, state().record.next_position + new_texts_.size());
  new_texts_.push_back(std::move(text));
  new_ids_.push_back(id);
  new_terms_.emplace(std::move(key), id);
  return id;
}

absl::StatusOr<IdQuad> TransactionImpl::InternQuad(const Quad& quad) {
  SANAD_RETURN_IF_ERROR(CheckStorable(quad));
  IdQuad ids;
  ids.graph = TermId::DefaultGraph();
  SANAD_ASSIGN_OR_RETURN(ids.subject, Intern(quad.subject));
  SANAD_ASSIGN_OR_RETURN(ids.predicate, Intern(quad.predicate));
  SANAD_ASSIGN_OR_RETURN(ids.object, Intern(quad.object));
  if (!quad.graph.is_undefined()) {
    SANAD_ASSIGN_OR_RETURN(ids.graph, Intern(quad.graph));
  }
  return ids;
}

absl::StatusOr<IdQuad> TransactionImpl::FindQuad(const Quad& quad) const {
  IdQuad ids;
  ids.graph = TermId::DefaultGraph();
  SANAD_ASSIGN_OR_RETURN(ids.subject, Find(quad.subject));
  SANAD_ASSIGN_OR_RETURN(ids.predicate, Find(quad.predicate));
  SANAD_ASSIGN_OR_RETURN(ids.object, Find(quad.object));
  if (!quad.graph.is_undefined()) {
    SANAD_ASSIGN_OR_RETURN(ids.graph, Find(quad.graph));
  }
  return ids;
}

absl::Status TransactionImpl::Insert(const Quad& quad) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  SANAD_ASSIGN_OR_RETURN(const IdQuad ids, InternQuad(quad));
  pending_.insert_or_assign(ids, true);
  return absl::OkStatus();
}

absl::Status TransactionImpl::Remove(const Quad& quad) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  SANAD_ASSIGN_OR_RETURN(const IdQuad ids, FindQuad(quad));
  if (ids.subject.is_undefined() || ids.predicate.is_undefined() || ids.object.is_undefined() ||
      ids.graph.is_undefined()) {
    return absl::OkStatus();
  }
  pending_.insert_or_assign(ids, false);
  return absl::OkStatus();
}

absl::Status TransactionImpl::InsertIds(const IdQuad& quad) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  pending_.insert_or_assign(quad, true);
  return absl::OkStatus();
}

absl::Status TransactionImpl::RemoveIds(const IdQuad& quad) {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  pending_.insert_or_assign(quad, false);
  return absl::OkStatus();
}

absl::Status TransactionImpl::RemoveMatching(const ScanRequest& request) {
  SANAD_ASSIGN_OR_RETURN(const std::unique_ptr<QuadScan> scan, Scan(request));
  QuadBatch batch;
  while (scan->Next(batch)) {
    for (size_t i = 0; i < batch.size; ++i) {
      const Row row = {batch.columns[0][i], batch.columns[1][i], batch.columns[2][i],
                       batch.columns[3][i]};
      pending_.insert_or_assign(QuadOf(row, request.order), false);
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
  return RemoveMatching({.pattern = {},
                         .order = Order::kGspo,
                         .scope = GraphScope::One(id),
                         .ranges = {},
                         .columns = 3});
}

absl::Status TransactionImpl::Clear() {
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
  for (size_t i = 0; i < notes.size();) {
    const IdQuad& head = notes[i].first;
    SANAD_RETURN_IF_ERROR(view_.GraphsOf(head.subject, head.predicate, head.object, graphs));
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

absl::Status TransactionImpl::Commit() {
  SANAD_RETURN_IF_ERROR(CheckOpen());
  absl::Status status = Settle();
  if (status.ok()) {
    CommitRequest request;
    request.entries = changes_.Entries();
    request.first_position = state().record.next_position;
    request.new_texts = std::move(new_texts_);
    request.new_ids = std::move(new_ids_);
    status = store_->Commit(request);
  }
  Finish();
  if (status.ok()) store_->FoldIfDue();
  return status;
}

uint64_t TransactionImpl::added_count() const {
  if (!Settle().ok()) return 0;
  return changes_.Added();
}

uint64_t TransactionImpl::removed_count() const {
  if (!Settle().ok()) return 0;
  return changes_.Removed();
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
  return ViewSource::Find(term);
}

absl::Status TransactionImpl::Materialize(std::span<const TermId> ids,
                                          std::vector<Term>& terms) const {
  const uint64_t first = state().record.next_position;
  std::vector<TermId> stored(ids.begin(), ids.end());
  std::vector<std::pair<size_t, uint64_t>> own;  // Index, place among the new terms.
  for (size_t i = 0; i < stored.size(); ++i) {
    if (!stored[i].in_dictionary()) continue;
    const uint64_t position = PositionOf(stored[i]);
    if (position < first || position - first >= new_texts_.size()) continue;
    own.emplace_back(i, position - first);
    stored[i] = TermId::Undefined();
  }
  SANAD_RETURN_IF_ERROR(ViewSource::Materialize(stored, terms));
  for (const auto& [i, place] : own) terms[i] = *TermOfText(new_texts_[place]);
  return absl::OkStatus();
}

uint64_t TransactionImpl::version() const {
  const absl::Status settled = Settle();
  return uint64_t{1} << 63 | state().record.commit_number << 24 |
         (settled.ok() ? settled_ & 0xFFFFFF : 0);
}

}  // namespace sanad::internal
