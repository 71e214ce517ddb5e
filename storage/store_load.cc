// Installing a bulk load: ids for its terms, its rows folded with all orders,
// and one ingest over all families that makes it visible.
//
// Terms are sorted by key, looked up in that order, and the new ones get
// positions in it, so their blocks share prefixes and their keys are written as
// they come. Each order is folded once from the old blocks, the delta and the
// sorted rows into a file of its own; orders and dictionary are done on several
// threads. Directories, state and codes travel in the same ingest. A plain write
// then deletes what was replaced; were it lost, nothing would read that again.

#include <algorithm>
#include <atomic>
#include <deque>
#include <set>
#include <thread>

#include "storage/derived_store.h"
#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/fold.h"
#include "storage/model/text.h"
#include "storage/store_impl.h"

namespace sanad::internal {
namespace {

constexpr size_t kKeysAtATime = 4096;

Row Filled(TermId id) { return {id, id, id, id}; }

// A term of the load with the key it is found by.
struct KeyedTerm {
  std::string_view key;
  uint32_t number;
};

struct NewTerms {
  std::vector<KeyedTerm> sorted;  // New terms only, by key.
  std::deque<std::string> keys;   // Keys that are not the text itself.
  std::vector<TermId> ids;        // By number, of all terms.
  uint64_t first_position = 0;
};

absl::Status FindStored(const LoadTerms& terms, const Dictionary& dictionary, kv::Engine& engine,
                        NewTerms& all, std::vector<KeyedTerm> candidates) {
  std::vector<std::string_view> keys;
  std::vector<std::optional<std::string>> values;
  for (size_t i = 0; i < candidates.size(); i += kKeysAtATime) {
    const size_t end = std::min(candidates.size(), i + kKeysAtATime);
    keys.clear();
    for (size_t k = i; k < end; ++k) keys.push_back(candidates[k].key);
    SANAD_RETURN_IF_ERROR(engine.MultiGet(kTermKeyFamily, keys, nullptr, values));
    for (size_t k = i; k < end; ++k) {
      KeyedTerm term = candidates[k];
      const std::string_view text = terms.text(term.number);
      if (values[k - i] && TermKeyIsHashed(text)) {
        SANAD_ASSIGN_OR_RETURN(all.ids[term.number], dictionary.Find(*TermOfText(text), nullptr));
        if (!all.ids[term.number].is_undefined()) continue;
        SANAD_ASSIGN_OR_RETURN(all.keys.emplace_back(), dictionary.FreeKey(text));
        term.key = all.keys.back();
      } else if (values[k - i]) {
        std::string_view bytes = *values[k - i];
        uint64_t bits = 0;
        if (!TakeBigEndian(bytes, bits)) return absl::DataLossError("a term's id is damaged");
        all.ids[term.number] = TermId(bits);
        continue;
      }
      all.sorted.push_back(term);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<NewTerms> GiveIds(const LoadTerms& terms, Dictionary& dictionary, kv::Engine& engine,
                                 uint64_t first_position) {
  NewTerms all;
  all.first_position = first_position;
  all.ids.resize(terms.size());
  std::vector<KeyedTerm> candidates;
  candidates.reserve(terms.size());
  for (uint32_t n = 0; n < terms.size(); ++n) {
    if (!terms.in_dictionary(n)) {
      all.ids[n] = terms.id(n);
      continue;
    }
    std::string_view key = terms.text(n);
    if (key.front() == 'L' || TermKeyIsHashed(key)) key = all.keys.emplace_back(TermKey(key));
    candidates.push_back({key, n});
  }
  const auto by_key = [](const KeyedTerm& a, const KeyedTerm& b) { return a.key < b.key; };
  std::sort(candidates.begin(), candidates.end(), by_key);
  SANAD_RETURN_IF_ERROR(FindStored(terms, dictionary, engine, all, std::move(candidates)));
  // Keys of colliding hashes may have moved, and may collide among themselves.
  std::sort(all.sorted.begin(), all.sorted.end(), by_key);
  for (size_t i = 1; i < all.sorted.size(); ++i) {
    if (all.sorted[i].key == all.sorted[i - 1].key) {
      return absl::InternalError("two long terms of one load share a hash");
    }
  }
  uint64_t position = first_position;
  for (const KeyedTerm& term : all.sorted) {
    all.ids[term.number] = dictionary.MakeId(terms.text(term.number), position++);
  }
  return all;
}

// One file of a family, begun with its first entry.
class FileSink {
 public:
  FileSink(kv::Engine& engine, kv::Family family) : engine_(engine), family_(family) {}
  absl::Status Put(std::string_view key, std::string_view value) {
    SANAD_RETURN_IF_ERROR(Begin());
    return file_->Put(key, value);
  }
  absl::Status Delete(std::string_view key) {
    SANAD_RETURN_IF_ERROR(Begin());
    return file_->Delete(key);
  }
  absl::Status Finish() { return file_ == nullptr ? absl::OkStatus() : file_->Finish(); }
  void MoveTo(kv::IngestFiles& files) {
    if (file_ != nullptr) files.files.push_back(std::move(file_));
  }

 private:
  absl::Status Begin() {
    if (file_ != nullptr) return absl::OkStatus();
    SANAD_ASSIGN_OR_RETURN(file_, engine_.NewSortedFile(family_));
    return absl::OkStatus();
  }
  kv::Engine& engine_;
  kv::Family family_;
  std::unique_ptr<kv::SortedFileWriter> file_;
};

absl::Status WriteDictionary(const LoadTerms& terms, const NewTerms& all, FileSink& blocks,
                             FileSink& keys) {
  std::vector<std::string_view> texts;
  for (size_t i = 0; i < all.sorted.size(); i += kTermsPerBlock) {
    texts.clear();
    const size_t end = std::min(all.sorted.size(), i + kTermsPerBlock);
    for (size_t t = i; t < end; ++t) texts.push_back(terms.text(all.sorted[t].number));
    SANAD_RETURN_IF_ERROR(blocks.Put(BigEndianKey(all.first_position + i), EncodeTermBlock(texts)));
  }
  for (const KeyedTerm& term : all.sorted) {
    SANAD_RETURN_IF_ERROR(keys.Put(term.key, BigEndianKey(all.ids[term.number].bits())));
  }
  SANAD_RETURN_IF_ERROR(blocks.Finish());
  return keys.Finish();
}

// Runs tasks 0 .. count - 1 on this thread and `helpers` others; the first error
// stops tasks that have not begun.
absl::Status RunTasks(size_t count, int helpers, const std::function<absl::Status(size_t)>& task) {
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  std::vector<absl::Status> statuses(count);
  const auto work = [&] {
    for (size_t i = next++; i < count && !failed; i = next++) {
      statuses[i] = task(i);
      if (!statuses[i].ok()) failed = true;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < helpers; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  for (absl::Status& status : statuses) SANAD_RETURN_IF_ERROR(std::move(status));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BulkLoadReport> StoreImpl::InstallLoad(const LoadTerms& terms, LoadRowBuffer& rows,
                                                      const BulkLoadOptions& options) {
  const auto progress = [&](std::string_view stage, uint64_t quads) {
    if (options.progress) options.progress(stage, quads);
  };
  const absl::MutexLock fold_lock(&fold_mutex_);
  const std::shared_ptr<const StoreState> before = state();
  BulkLoadReport report;
  report.read = rows.size();
  progress("sort", 0);
  SANAD_ASSIGN_OR_RETURN(const NewTerms all,
                         GiveIds(terms, *dictionary_, *engine_, before->record.next_position));
  const std::unique_ptr<SortedLoad> sorted = SortedLoad::Make(rows, all.ids);
  progress("index", 0);

  // Tasks: the dictionary, then each order.
  FileSink term_blocks(*engine_, kTermFamily), term_keys(*engine_, kTermKeyFamily);
  std::deque<FileSink> blocks;
  for (size_t o = 0; o < kOrderCount; ++o) blocks.emplace_back(*engine_, kBlockFamily);
  std::array<FoldedOrder, kOrderCount> folded;
  const DeltaVersion& delta = before->index.delta();
  const FoldContext context{*engine_, before->index.snapshot().get(), options.cancelled};
  const auto fold = [&](size_t o) -> absl::Status {
    if (options.cancelled && options.cancelled()) {
      return absl::CancelledError("the load was cancelled; the store is as it was");
    }
    const auto order = static_cast<Order>(o);
    DeltaStream changes(delta.Range(order, Filled(TermId::Min()), Filled(TermId::Max())));
    const std::unique_ptr<ChangeStream> loaded = sorted->In(order);
    MergedStream merged(changes, *loaded);
    ChangeStream& stream = delta.empty() ? *loaded : static_cast<ChangeStream&>(merged);
    const OrderWriter::Sink sink = [&](std::string_view key, std::string_view value) {
      return blocks[o].Put(key, value);
    };
    SANAD_ASSIGN_OR_RETURN(folded[o], FoldOrder(*before->index.directories()[o], stream,
                                                before->next_number, sink, context));
    for (const auto& [key, value] : folded[o].written.page_entries) {
      SANAD_RETURN_IF_ERROR(blocks[o].Put(key, value));
    }
    return blocks[o].Finish();
  };
  SANAD_RETURN_IF_ERROR(
      RunTasks(kOrderCount + 1, std::max(0, options.threads), [&](size_t task) -> absl::Status {
        // The rarest order first: threads end together.
        if (task == kOrderCount) return WriteDictionary(terms, all, term_blocks, term_keys);
        return fold(kOrderCount - 1 - task);
      }));

  // The state after the load.
  FoldRecord fold_record;
  auto after = std::make_shared<StoreState>(*before);
  after->record.commit_number += 1;
  after->record.next_position += all.sorted.size();
  fold_record.folded_commit = after->record.commit_number;
  fold_record.next_number = before->next_number;
  for (size_t o = 0; o < kOrderCount; ++o) {
    fold_record.next_number = std::max(fold_record.next_number, folded[o].written.next_number);
    fold_record.directories[o] =
        BlockDirectory::FromPages(static_cast<Order>(o), std::move(folded[o].written.pages),
                                  before->index.directories()[o].get());
  }
  const DeltaSums delta_rows =
      delta.Sums(Order::kSpo, Filled(TermId::Min()), Filled(TermId::Max()));
  const uint64_t rows_before =
      before->index.directories()[0]->total().rows + static_cast<uint64_t>(delta_rows.rows);
  report.added = fold_record.directories[0]->total().rows - rows_before;
  report.commit_number = after->record.commit_number;

  FileSink derived(*engine_, kDerivedFamily);
  SANAD_RETURN_IF_ERROR(
      WriteLoadDerived(*before, terms, all.ids, *sorted,
                       [&](std::string_view key, const std::optional<std::string>& value) {
                         return value ? derived.Put(key, *value) : derived.Delete(key);
                       }));
  SANAD_RETURN_IF_ERROR(derived.Finish());
  FileSink meta(*engine_, kMetaFamily);
  std::map<std::string, std::string> meta_entries;
  for (auto& [key, name] : dictionary_->NewCodes()) meta_entries.emplace(key, std::move(name));
  meta_entries.emplace(kFoldKey, fold_record.Encode());
  meta_entries.emplace(kStateKey, after->record.Encode());
  for (const auto& [key, value] : meta_entries) SANAD_RETURN_IF_ERROR(meta.Put(key, value));
  SANAD_RETURN_IF_ERROR(meta.Finish());

  std::vector<kv::IngestFiles> files(5);
  files[0].family = kMetaFamily;
  files[1].family = kTermFamily;
  files[2].family = kTermKeyFamily;
  files[3].family = kBlockFamily;
  files[4].family = kDerivedFamily;
  meta.MoveTo(files[0]);
  term_blocks.MoveTo(files[1]);
  term_keys.MoveTo(files[2]);
  for (FileSink& file : blocks) file.MoveTo(files[3]);
  derived.MoveTo(files[4]);
  std::erase_if(files, [](const kv::IngestFiles& family) { return family.files.empty(); });
  if (options.cancelled && options.cancelled()) {
    return absl::CancelledError("the load was cancelled; the store is as it was");
  }
  progress("commit", report.added);

  const absl::MutexLock lock(&install_mutex_);
  SANAD_RETURN_IF_ERROR(engine_->Ingest(std::move(files)));
  dictionary_->CodesStored();
  after->folded_commit = fold_record.folded_commit;
  after->next_number = fold_record.next_number;
  after->snapshot = engine_->NewSnapshot();
  after->index = IndexView(*engine_, block_cache_.get(), after->snapshot, fold_record.directories,
                           DeltaVersion());
  SANAD_ASSIGN_OR_RETURN(std::vector<TermId> excluded, after->index.ExcludedGraphs());
  after->excluded = std::make_shared<const std::vector<TermId>>(std::move(excluded));
  Publish(after);

  const std::unique_ptr<kv::Batch> batch = engine_->NewBatch();
  for (const FoldedOrder& order : folded) {
    for (const std::string& key : order.replaced) batch->Delete(kBlockFamily, key);
  }
  for (uint64_t commit = before->folded_commit + 1; commit <= before->record.commit_number;
       ++commit) {
    batch->Delete(kDeltaFamily, BigEndianKey(commit));
  }
  batch->Put(kMetaFamily, "ingested", BigEndianKey(after->record.commit_number));
  if (absl::Status status = engine_->Write(*batch, options_.sync); !status.ok()) {
    Log(LogLevel::kWarning,
        Concat("replaced blocks could not be deleted: ", FromAbsl(status.message())));
  }
  return report;
}

absl::Status StoreImpl::WriteLoadDerived(
    const StoreState& before, const LoadTerms& terms, const std::vector<TermId>& ids,
    const SortedLoad& sorted,
    const std::function<absl::Status(std::string_view, const std::optional<std::string>&)>& put) {
  // Numbers of the load's terms by id, for those an index wants to see.
  std::set<std::string> wanted_texts;
  for (const DerivedIndex* index : indexes_) {
    for (const Term& predicate : index->predicates()) wanted_texts.insert(TermText(predicate));
  }
  std::set<TermId> wanted;
  for (uint32_t n = 0; n < terms.size(); ++n) {
    if (terms.in_dictionary(n) && terms.text(n).front() == 'I' &&
        wanted_texts.contains(std::string(terms.text(n)))) {
      wanted.insert(ids[n]);
    }
  }
  if (wanted.empty()) return absl::OkStatus();
  CommitRequest request;
  request.first_position = before.record.next_position;
  std::vector<TermId> graphs;
  const std::unique_ptr<ChangeStream> rows = sorted.In(Order::kSpo);
  while (rows->head() != nullptr) {
    const IdQuad quad = QuadOf(*rows->head(), Order::kSpo);
    SANAD_RETURN_IF_ERROR(rows->Advance());
    if (!wanted.contains(quad.predicate)) continue;
    SANAD_RETURN_IF_ERROR(before.index.GraphsOf(quad.subject, quad.predicate, quad.object, graphs));
    if (std::binary_search(graphs.begin(), graphs.end(), quad.graph)) continue;
    request.entries.push_back({quad, 1, 0});
  }
  // The new terms by position, as a commit has them.
  uint64_t count = 0;
  for (const TermId id : ids) {
    if (id.in_dictionary() && PositionOf(id) >= request.first_position) ++count;
  }
  request.new_texts.resize(count);
  request.new_ids.resize(count);
  for (uint32_t n = 0; n < terms.size(); ++n) {
    if (!ids[n].in_dictionary() || PositionOf(ids[n]) < request.first_position) continue;
    const uint64_t place = PositionOf(ids[n]) - request.first_position;
    request.new_texts[place] = terms.text(n);
    request.new_ids[place] = ids[n];
  }
  std::vector<QuadChange> changes;
  for (const DerivedIndex* index : indexes_) {
    SANAD_RETURN_IF_ERROR(DescribeChanges(*index, request.entries, &request, changes));
    if (changes.empty()) continue;
    StoredDerivedWriter writer(*engine_, index->name());
    SANAD_RETURN_IF_ERROR(index->Update(changes, writer));
    for (const auto& [key, value] : writer.changes()) SANAD_RETURN_IF_ERROR(put(key, value));
  }
  return absl::OkStatus();
}

}  // namespace sanad::internal
