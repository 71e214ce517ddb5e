// The storage figures of docs/performance.md: blocks against one key per triple
// on the same RocksDB and against flat sorted arrays in memory, in one run.
//
//   storage_bench [--benchmark_filter=…]        SANAD_BENCH_TRIPLES=10000000
//
// The star join counts ?s p0 ?a . ?s p1 ?b . ?s p2 ?c by merging three scans
// sorted by subject, over blocks, over iterators of keys and over arrays.
//
// The data: triples of 16 predicates in the default graph, subjects dense,
// objects skewed, held as one bulk-loaded store, as one key a triple in PSO
// order, and as three sorted vectors.

#include <benchmark/benchmark.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/index/row.h"
#include "storage/quad_source.h"

namespace sanad {
namespace {

size_t Triples() {
  const char* const text = getenv("SANAD_BENCH_TRIPLES");
  return text == nullptr ? size_t{1000000} : static_cast<size_t>(atoll(text));
}

constexpr uint64_t kPredicates = 16;

void PutKey(std::string& key, uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(value >> shift));
}

uint64_t KeyPart(const char* data) {
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | static_cast<uint8_t>(data[i]);
  return value;
}

// A directory of its own, gone with the object.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    path_ = (std::filesystem::temp_directory_path() / "sanad_bench_XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) abort();
  }
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class Fixture {
 public:
  static Fixture& Get() {
    static Fixture fixture;
    return fixture;
  }

  const QuadSource& source() { return snapshot_->source(); }
  rocksdb::DB& keys() { return *keys_; }
  const std::array<std::vector<uint64_t>, 3>& arrays() const { return arrays_; }  // p, s, o.
  TermId predicate() const { return predicate_; }
  Store& store() { return *store_; }
  // The store with changes that are not folded.
  const QuadSource& changed() {
    if (changed_ == nullptr) Change();
    return changed_->source();
  }

  // Rows of the largest predicate.
  std::pair<size_t, size_t> PredicateRows() const {
    const auto [first, last] =
        std::equal_range(arrays_[0].begin(), arrays_[0].end(), predicate_.bits());
    return {static_cast<size_t>(first - arrays_[0].begin()),
            static_cast<size_t>(last - arrays_[0].begin())};
  }

 private:
  Fixture() {
    store_ = Store::Open(directory_.path() + "/store").value();
    auto loader = BulkLoader::Begin(*store_).value();
    std::mt19937_64 random(1);
    const size_t triples = Triples();
    for (size_t i = 0; i < triples; ++i) {
      const std::string s = "http://example.org/s" + std::to_string(i / 10);
      // Half of the triples have the first predicate.
      const uint64_t p = random() % 2 == 0 ? 0 : random() % kPredicates;
      const std::string predicate = "http://example.org/p" + std::to_string(p);
      const std::string o =
          "http://example.org/o" + std::to_string(std::min(random(), random()) % (triples / 5));
      const QuadView quad{TermView::Iri(s), TermView::Iri(predicate), TermView::Iri(o), {}};
      if (!loader->Add(quad).ok()) abort();
    }
    if (!loader->Finish().ok()) abort();
    loader.reset();
    snapshot_ = std::make_unique<Snapshot>(store_->NewSnapshot());
    predicate_ = source().Find(Term::Iri("http://example.org/p0")).value();
    FillArrays();
    FillKeys();
  }

  // One percent of the rows of the largest predicate come in among the others.
  void Change() {
    const auto [first, last] = PredicateRows();
    auto transaction = store_->Begin().value();
    std::vector<Term> terms;
    for (size_t i = first; i < last; i += 100) {
      const std::vector<TermId> ids = {TermId(arrays_[1][i])};
      if (!source().Materialize(ids, terms).ok()) abort();
      const Quad quad{terms[0], Term::Iri("http://example.org/p0"),
                      Term::Iri("http://example.org/new"), Term()};
      if (!transaction->Insert(quad).ok()) abort();
    }
    if (!transaction->Commit().ok()) abort();
    changed_ = std::make_unique<Snapshot>(store_->NewSnapshot());
  }

  void FillArrays() {
    auto scan = source().Scan({.pattern = {},
                               .order = Order::kPso,
                               .scope = GraphScope::Union(),
                               .ranges = {},
                               .columns = 3});
    QuadBatch batch;
    while ((*scan)->Next(batch)) {
      for (size_t i = 0; i < batch.size; ++i) {
        for (size_t c = 0; c < 3; ++c) arrays_[c].push_back(batch.columns[c][i].bits());
      }
    }
  }

  void FillKeys() {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(size_t{2} << 30);
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    options.compression = rocksdb::kLZ4Compression;
    rocksdb::DB* db = nullptr;
    if (!rocksdb::DB::Open(options, directory_.path() + "/keys", &db).ok()) abort();
    keys_.reset(db);
    rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options);
    if (!writer.Open(directory_.path() + "/keys.sst").ok()) abort();
    std::string key;
    for (size_t i = 0; i < arrays_[0].size(); ++i) {
      key.clear();
      for (size_t c = 0; c < 3; ++c) PutKey(key, arrays_[c][i]);
      if (!writer.Put(key, "").ok()) abort();
    }
    if (!writer.Finish().ok()) abort();
    if (!keys_->IngestExternalFile({directory_.path() + "/keys.sst"}, {}).ok()) abort();
  }

  ScratchDirectory directory_;  // First: it goes when the stores in it are closed.
  std::unique_ptr<Store> store_;
  std::unique_ptr<Snapshot> snapshot_, changed_;
  std::unique_ptr<rocksdb::DB> keys_;
  std::array<std::vector<uint64_t>, 3> arrays_;
  TermId predicate_;
};

ScanRequest PredicateScan() {
  return {.pattern = {.subject = {}, .predicate = Fixture::Get().predicate(), .object = {}},
          .order = Order::kPso,
          .scope = GraphScope::Union(),
          .ranges = {},
          .columns = 3};
}

void ScanPredicate(benchmark::State& state, const QuadSource& source) {
  uint64_t rows = 0;
  for (auto _ : state) {
    auto scan = source.Scan(PredicateScan());
    QuadBatch batch;
    uint64_t sum = 0;
    while ((*scan)->Next(batch)) {
      rows += batch.size;
      for (size_t i = 0; i < batch.size; ++i) {
        sum += batch.columns[1][i].bits() ^ batch.columns[2][i].bits();
      }
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(static_cast<int64_t>(rows));
}

void ScanBlocks(benchmark::State& state) { ScanPredicate(state, Fixture::Get().source()); }
void ScanWithDelta(benchmark::State& state) { ScanPredicate(state, Fixture::Get().changed()); }

void ScanKeys(benchmark::State& state) {
  Fixture& fixture = Fixture::Get();
  uint64_t rows = 0;
  for (auto _ : state) {
    std::unique_ptr<rocksdb::Iterator> it(fixture.keys().NewIterator(rocksdb::ReadOptions()));
    std::string low;
    PutKey(low, fixture.predicate().bits());
    uint64_t sum = 0;
    for (it->Seek(low); it->Valid() && KeyPart(it->key().data()) == fixture.predicate().bits();
         it->Next()) {
      sum += KeyPart(it->key().data() + 8) ^ KeyPart(it->key().data() + 16);
      ++rows;
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(static_cast<int64_t>(rows));
}

void ScanArrays(benchmark::State& state) {
  Fixture& fixture = Fixture::Get();
  const auto [first, last] = fixture.PredicateRows();
  QuadBatch batch;
  for (auto& column : batch.columns) column.resize(QuadBatch::kCapacity);
  uint64_t rows = 0;
  for (auto _ : state) {
    uint64_t sum = 0;
    // Through batches as well: what an operator over arrays would be handed.
    for (size_t i = first; i < last; i += QuadBatch::kCapacity) {
      const size_t size = std::min(QuadBatch::kCapacity, last - i);
      for (size_t c = 0; c < 3; ++c) {
        std::copy_n(reinterpret_cast<const TermId*>(fixture.arrays()[c].data()) + i, size,
                    batch.columns[c].data());
      }
      for (size_t r = 0; r < size; ++r) {
        sum += batch.columns[1][r].bits() ^ batch.columns[2][r].bits();
      }
      rows += size;
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(static_cast<int64_t>(rows));
}

void LookUpBlocks(benchmark::State& state) {
  Fixture& fixture = Fixture::Get();
  const auto [first, last] = fixture.PredicateRows();
  std::mt19937_64 random(2);
  QuadBatch batch;
  for (auto _ : state) {
    const size_t row = first + random() % (last - first);
    ScanRequest request = PredicateScan();
    request.pattern.subject = TermId(fixture.arrays()[1][row]);
    auto scan = fixture.source().Scan(request);
    while ((*scan)->Next(batch)) benchmark::DoNotOptimize(batch.columns[2][0]);
  }
  state.SetItemsProcessed(state.iterations());
}

void LookUpKeys(benchmark::State& state) {
  Fixture& fixture = Fixture::Get();
  const auto [first, last] = fixture.PredicateRows();
  std::mt19937_64 random(2);
  for (auto _ : state) {
    const size_t row = first + random() % (last - first);
    std::string low;
    PutKey(low, fixture.predicate().bits());
    PutKey(low, fixture.arrays()[1][row]);
    std::unique_ptr<rocksdb::Iterator> it(fixture.keys().NewIterator(rocksdb::ReadOptions()));
    for (it->Seek(low); it->Valid() && it->key().starts_with(low); it->Next()) {
      benchmark::DoNotOptimize(KeyPart(it->key().data() + 16));
    }
  }
  state.SetItemsProcessed(state.iterations());
}

void CountRangeWarm(benchmark::State& state) {
  Fixture& fixture = Fixture::Get();
  const IdPattern pattern{.subject = {}, .predicate = fixture.predicate(), .object = {}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(fixture.source().Count(pattern, GraphScope::Union()).value());
  }
}

void SkipThroughSubjects(benchmark::State& state) {
  Fixture& fixture = Fixture::Get();
  const auto [first, last] = fixture.PredicateRows();
  QuadBatch batch;
  uint64_t skips = 0;
  for (auto _ : state) {
    auto scan = fixture.source().Scan(PredicateScan());
    for (size_t row = first; row < last; row += 5000) {
      (*scan)->SkipTo(TermId(fixture.arrays()[1][row]));
      (*scan)->Next(batch);
      ++skips;
    }
  }
  state.SetItemsProcessed(static_cast<int64_t>(skips));
}

void MaterializeSorted(benchmark::State& state) {
  Fixture& fixture = Fixture::Get();
  const auto [first, last] = fixture.PredicateRows();
  std::vector<TermId> ids;
  for (size_t i = 0; i < 2000; ++i) {
    ids.push_back(TermId(fixture.arrays()[1][first + i * ((last - first) / 2000)]));
  }
  std::vector<Term> terms;
  for (auto _ : state) {
    if (!fixture.source().Materialize(ids, terms).ok()) abort();
  }
  state.SetItemsProcessed(static_cast<int64_t>(ids.size()) * state.iterations());
}

// Subjects of one predicate in order, each with its number of rows. A cursor
// stands on a subject, or at its end on ~0.
class BlockCursor {
 public:
  BlockCursor(const QuadSource& source, TermId predicate)
      : scan_(*source.Scan({.pattern = {.subject = {}, .predicate = predicate, .object = {}},
                            .order = Order::kPso,
                            .scope = GraphScope::Union(),
                            .ranges = {},
                            .columns = 3})) {
    Fill();
  }
  uint64_t subject() const { return at_ < batch_.size ? batch_.columns[1][at_].bits() : ~0ull; }
  // Passes the rows of this subject and counts them.
  uint64_t Take() {
    const TermId key = batch_.columns[1][at_];
    uint64_t rows = 0;
    while (at_ < batch_.size && batch_.columns[1][at_] == key) {
      ++rows;
      if (++at_ == batch_.size) Fill();
    }
    return rows;
  }
  void SkipTo(uint64_t subject) {
    const auto& keys = batch_.columns[1];
    if (keys[batch_.size - 1].bits() < subject) {
      scan_->SkipTo(TermId(subject));
      Fill();
      if (batch_.size == 0) return;
    }
    size_t step = 1;
    while (at_ + step < batch_.size && keys[at_ + step].bits() < subject) step *= 2;
    const auto first = keys.begin() + static_cast<ptrdiff_t>(at_ + step / 2);
    const auto last = keys.begin() + static_cast<ptrdiff_t>(std::min(at_ + step + 1, batch_.size));
    at_ = static_cast<size_t>(std::lower_bound(first, last, TermId(subject)) - keys.begin());
    if (at_ == batch_.size) Fill();
  }

 private:
  void Fill() {
    at_ = 0;
    if (!scan_->Next(batch_)) batch_.size = 0;
  }
  std::unique_ptr<QuadScan> scan_;
  QuadBatch batch_;
  size_t at_ = 0;
};

class KeyCursor {
 public:
  KeyCursor(rocksdb::DB& db, uint64_t predicate)
      : predicate_(predicate), it_(db.NewIterator(rocksdb::ReadOptions())) {
    Seek(0);
  }
  uint64_t subject() const {
    return it_->Valid() && KeyPart(it_->key().data()) == predicate_ ? KeyPart(it_->key().data() + 8)
                                                                    : ~0ull;
  }
  uint64_t Take() {
    const uint64_t key = subject();
    uint64_t rows = 0;
    for (; subject() == key; it_->Next()) ++rows;
    return rows;
  }
  void SkipTo(uint64_t subject_wanted) {
    // A few steps cost less than a search.
    for (int step = 0; step < 16; ++step) {
      it_->Next();
      if (subject() >= subject_wanted) return;
    }
    Seek(subject_wanted);
  }

 private:
  void Seek(uint64_t subject_wanted) {
    std::string key;
    PutKey(key, predicate_);
    PutKey(key, subject_wanted);
    it_->Seek(key);
  }
  uint64_t predicate_;
  std::unique_ptr<rocksdb::Iterator> it_;
};

class ArrayCursor {
 public:
  ArrayCursor(const std::array<std::vector<uint64_t>, 3>& arrays, uint64_t predicate)
      : subjects_(arrays[1]) {
    const auto [first, last] = std::equal_range(arrays[0].begin(), arrays[0].end(), predicate);
    at_ = static_cast<size_t>(first - arrays[0].begin());
    end_ = static_cast<size_t>(last - arrays[0].begin());
  }
  uint64_t subject() const { return at_ < end_ ? subjects_[at_] : ~0ull; }
  uint64_t Take() {
    const uint64_t key = subject();
    uint64_t rows = 0;
    for (; subject() == key; ++at_) ++rows;
    return rows;
  }
  void SkipTo(uint64_t subject_wanted) {
    size_t step = 1;
    while (at_ + step < end_ && subjects_[at_ + step] < subject_wanted) step *= 2;
    const auto first = subjects_.begin() + static_cast<ptrdiff_t>(at_ + step / 2);
    const auto last = subjects_.begin() + static_cast<ptrdiff_t>(std::min(at_ + step + 1, end_));
    at_ = static_cast<size_t>(std::lower_bound(first, last, subject_wanted) - subjects_.begin());
  }

 private:
  const std::vector<uint64_t>& subjects_;
  size_t at_ = 0, end_ = 0;
};

// Rows of the join of three cursors on their subject.
template <typename Cursor>
uint64_t StarRows(std::array<Cursor, 3> cursors) {
  uint64_t rows = 0;
  while (true) {
    uint64_t most = 0;
    for (const Cursor& cursor : cursors) most = std::max(most, cursor.subject());
    if (most == ~0ull) return rows;
    bool same = true;
    // The rarest first, so that it leads.
    for (size_t c = 3; c-- > 0;) {
      if (cursors[c].subject() == most) continue;
      same = false;
      cursors[c].SkipTo(most);
      most = cursors[c].subject();
      if (most == ~0ull) return rows;
    }
    if (!same) continue;
    uint64_t product = 1;
    for (Cursor& cursor : cursors) product *= cursor.Take();
    rows += product;
  }
}

std::array<TermId, 3> StarPredicates() {
  const QuadSource& source = Fixture::Get().source();
  return {source.Find(Term::Iri("http://example.org/p0")).value(),
          source.Find(Term::Iri("http://example.org/p1")).value(),
          source.Find(Term::Iri("http://example.org/p2")).value()};
}

template <typename Cursor, typename Source>
void Star(benchmark::State& state, Source& source) {
  const std::array<TermId, 3> p = StarPredicates();
  uint64_t rows = 0;
  for (auto _ : state) {
    if constexpr (std::is_same_v<Cursor, BlockCursor>) {
      rows = StarRows<Cursor>({Cursor(source, p[0]), Cursor(source, p[1]), Cursor(source, p[2])});
    } else {
      rows = StarRows<Cursor>(
          {Cursor(source, p[0].bits()), Cursor(source, p[1].bits()), Cursor(source, p[2].bits())});
    }
  }
  state.counters["rows"] = static_cast<double>(rows);
}

void StarBlocks(benchmark::State& state) { Star<BlockCursor>(state, Fixture::Get().source()); }
void StarKeys(benchmark::State& state) { Star<KeyCursor>(state, Fixture::Get().keys()); }
void StarArrays(benchmark::State& state) { Star<ArrayCursor>(state, Fixture::Get().arrays()); }

BENCHMARK(ScanBlocks);
BENCHMARK(ScanWithDelta);
BENCHMARK(ScanKeys);
BENCHMARK(ScanArrays);
BENCHMARK(LookUpBlocks);
BENCHMARK(LookUpKeys);
BENCHMARK(CountRangeWarm)->Unit(benchmark::kMicrosecond);
BENCHMARK(SkipThroughSubjects);
BENCHMARK(MaterializeSorted);
BENCHMARK(StarBlocks)->Unit(benchmark::kMillisecond);
BENCHMARK(StarKeys)->Unit(benchmark::kMillisecond);
BENCHMARK(StarArrays)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sanad

BENCHMARK_MAIN();
