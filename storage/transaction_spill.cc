// See transaction_spill.h.

#include "storage/transaction_spill.h"

#include <algorithm>
#include <utility>

#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/files/ingest_files.h"
#include "storage/model/text.h"

namespace sanad::internal {
namespace {

// Scratch keys written at a time.
constexpr size_t kBatchBytes = size_t{4} << 20;
constexpr uint64_t kMuchScratch = uint64_t{64} << 20;

uint64_t NumberOf(std::string_view block_key) {
  std::string_view number = block_key.substr(block_key.size() - sizeof(uint64_t));
  uint64_t value = 0;
  TakeBigEndian(number, value);
  return value;
}

}  // namespace

TransactionSpill::TransactionSpill(StoreImpl& store)
    : store_(store), base_(store.BeginSpill()), next_number_(base_->next_number) {}

TransactionSpill::~TransactionSpill() {
  if (!committed_) {
    const absl::Status status = store_.RemoveLeftovers(base_->record, base_->next_number);
    if (!status.ok()) {
      store_.Log(LogLevel::kWarning,
                 Concat("what a transaction spilled goes when the store is next opened: ",
                        FromAbsl(status.message())));
    }
  }
  store_.EndSpill();
  // Gives the disk space of many scratch keys back; without it, later.
  if (scratch_bytes_ >= kMuchScratch) {
    (void)store_.engine().CompactRange(kTermKeyFamily, kScratchPrefix, kScratchEnd);
  }
}

absl::StatusOr<IndexView> TransactionSpill::Fold(const IndexView& view) {
  if (view.delta().empty()) return view;
  return FoldWith(view, TermId());
}

absl::StatusOr<IndexView> TransactionSpill::DropGraph(const IndexView& view, TermId graph) {
  return FoldWith(view, graph);
}

absl::StatusOr<IndexView> TransactionSpill::FoldWith(const IndexView& view, TermId dropped_graph) {
  const IndexFoldInput input{.engine = store_.engine(),
                             .view = view,
                             .rows = nullptr,
                             .dropped_graph = dropped_graph,
                             .next_number = next_number_,
                             .threads = store_.options().background_threads > 0 ? 1 : 0,
                             .cancelled = {},
                             .beside = {}};
  std::vector<kv::IngestFiles> files;
  SANAD_ASSIGN_OR_RETURN(FoldedIndex folded, FoldIndex(input, files));
  if (!files.empty()) SANAD_RETURN_IF_ERROR(store_.engine().Ingest(std::move(files)));
  next_number_ = folded.next_number;
  SANAD_RETURN_IF_ERROR(Replace(std::move(folded.replaced)));
  return IndexView(store_.engine(), store_.block_cache(), store_.engine().NewSnapshot(),
                   std::move(folded.directories), DeltaVersion());
}

absl::StatusOr<IndexView> TransactionSpill::Clear(const IndexView& view) {
  SANAD_ASSIGN_OR_RETURN(std::vector<std::string> keys, BlockKeys(view, store_.engine()));
  SANAD_RETURN_IF_ERROR(Replace(std::move(keys)));
  return IndexView(store_.engine(), store_.block_cache(), store_.engine().NewSnapshot(),
                   EmptyDirectories(), DeltaVersion());
}

absl::Status TransactionSpill::Replace(std::vector<std::string> keys) {
  const std::unique_ptr<kv::Batch> batch = store_.engine().NewBatch();
  for (std::string& key : keys) {
    if (NumberOf(key) >= base_->next_number) {
      batch->Delete(kBlockFamily, key);
    } else {
      replaced_.push_back(std::move(key));
    }
  }
  return store_.engine().Write(*batch, false);
}

absl::Status TransactionSpill::WriteTerms(std::span<const std::string> texts,
                                          std::span<const TermId> ids) {
  kv::Engine& engine = store_.engine();
  // A file, so that they are on disk before the ingest that names them.
  IngestSink blocks(engine, kTermFamily);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const uint64_t first = base_->record.next_position + terms_;
  for (size_t i = 0; i < texts.size(); i += kTermsPerBlock) {
    const size_t size = std::min(kTermsPerBlock, texts.size() - i);
    SANAD_RETURN_IF_ERROR(
        blocks.Put(BigEndianKey(first + i), EncodeTermBlock(std::span(views).subspan(i, size))));
  }
  SANAD_RETURN_IF_ERROR(blocks.Finish());
  std::vector<kv::IngestFiles> files;
  blocks.MoveTo(files);
  if (!files.empty()) SANAD_RETURN_IF_ERROR(engine.Ingest(std::move(files)));
  terms_ += texts.size();

  std::unique_ptr<kv::Batch> batch = engine.NewBatch();
  for (size_t i = 0; i < texts.size(); ++i) {
    SANAD_ASSIGN_OR_RETURN(const std::string key, FreeKey(texts[i]));
    batch->Put(kTermKeyFamily, Concat(kScratchPrefix, key), BigEndianKey(ids[i].bits()));
    scratch_bytes_ += key.size();
    // The next long term must find this one.
    if (batch->byte_size() < kBatchBytes && !TermKeyIsHashed(texts[i])) continue;
    SANAD_RETURN_IF_ERROR(engine.Write(*batch, false));
    batch = engine.NewBatch();
  }
  return engine.Write(*batch, false);
}

absl::StatusOr<std::string> TransactionSpill::FreeKey(std::string_view text) const {
  std::string key = TermKey(text);
  if (!TermKeyIsHashed(text)) return key;
  kv::Engine& engine = store_.engine();
  for (int discriminator = 0; discriminator < 256; ++discriminator) {
    key = TermKey(text, static_cast<uint8_t>(discriminator));
    SANAD_ASSIGN_OR_RETURN(std::optional<std::string> taken,
                           engine.Get(kTermKeyFamily, key, nullptr));
    if (taken) continue;
    SANAD_ASSIGN_OR_RETURN(taken, engine.Get(kTermKeyFamily, Concat(kScratchPrefix, key), nullptr));
    if (!taken) return key;
  }
  return absl::InternalError("256 long terms share one hash");
}

absl::StatusOr<TermId> TransactionSpill::FindTerm(const Term& term) const {
  const std::string text = TermText(term);
  const bool hashed = TermKeyIsHashed(text);
  for (int discriminator = 0; discriminator < 256; ++discriminator) {
    const std::string key = TermKey(text, static_cast<uint8_t>(discriminator));
    SANAD_ASSIGN_OR_RETURN(
        const std::optional<std::string> value,
        store_.engine().Get(kTermKeyFamily, Concat(kScratchPrefix, key), nullptr));
    if (!value) {
      if (!hashed) return TermId();
      // The store may have this key, and another term of the transaction the next.
      SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> stored,
                             store_.engine().Get(kTermKeyFamily, key, nullptr));
      if (!stored) return TermId();
      continue;
    }
    std::string_view bytes = *value;
    uint64_t bits = 0;
    if (!TakeBigEndian(bytes, bits)) return absl::DataLossError("a term's id is damaged");
    const TermId id(bits);
    if (!hashed) return id;
    std::vector<Term> found;
    SANAD_RETURN_IF_ERROR(Materialize(std::span(&id, 1), found));
    if (found[0] == term) return id;
  }
  return absl::InternalError("256 long terms share one hash");
}

absl::Status TransactionSpill::Materialize(std::span<const TermId> ids,
                                           std::vector<Term>& terms) const {
  std::vector<std::pair<uint64_t, size_t>> wanted;  // Position, index.
  for (size_t i = 0; i < ids.size(); ++i) wanted.emplace_back(PositionOf(ids[i]), i);
  std::sort(wanted.begin(), wanted.end());
  terms.assign(ids.size(), Term());
  const absl::Status damaged = absl::DataLossError("a term that a transaction wrote is damaged");
  auto it = store_.engine().NewIterator(kTermFamily, {}, {}, nullptr);
  uint64_t first = 0;
  TermBlockReader block;  // At `first`.
  for (const auto& [position, index] : wanted) {
    if (position < first || position - first >= block.size()) {
      it->SeekForPrev(BigEndianKey(position));
      SANAD_RETURN_IF_ERROR(it->status());
      if (!it->Valid()) return damaged;
      std::string_view key = it->key();
      if (!TakeBigEndian(key, first) || !block.Open(it->value())) return damaged;
    }
    if (!block.Seek(position - first)) return damaged;
    std::optional<Term> term = TermOfText(block.text());
    if (!term) return damaged;
    terms[index] = *std::move(term);
  }
  return absl::OkStatus();
}

absl::Status TransactionSpill::Commit(const IndexView& view, DerivedUpdater& derived) {
  kv::Engine& engine = store_.engine();
  IndexInstall install;
  install.before = base_;
  install.record = base_->record;
  install.record.commit_number += 1;
  install.record.next_position += terms_;
  install.scratch = true;
  install.folded.emplace();
  install.folded->directories = view.directories();
  install.folded->next_number = next_number_;
  install.folded->replaced = std::move(replaced_);
  IngestSink keys(engine, kTermKeyFamily);
  auto it = engine.NewIterator(kTermKeyFamily, kScratchPrefix, kScratchEnd, nullptr);
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    SANAD_RETURN_IF_ERROR(keys.Put(it->key().substr(kScratchPrefix.size()), it->value()));
  }
  SANAD_RETURN_IF_ERROR(it->status());
  it.reset();
  SANAD_RETURN_IF_ERROR(keys.Finish());
  keys.MoveTo(install.files);
  IngestSink entries(engine, kDerivedFamily);
  SANAD_RETURN_IF_ERROR(derived.WriteTo(entries));
  entries.MoveTo(install.files);
  const absl::Status status = store_.InstallIndex(install);
  committed_ = install.ingested;
  return status;
}

}  // namespace sanad::internal
