// The storage figures of docs/performance.md: blocks against one key per triple
// on the same RocksDB and against flat sorted arrays in memory, in one run.
//
//   storage_bench [--benchmark_filter=…]        SANAD_BENCH_TRIPLES=10000000
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
#include <vector>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/quad_source.h"
#include "storage/row.h"

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

class Fixture {
 public:
  static Fixture& Get() {
    static Fixture* fixture = new Fixture;
    return *fixture;
  }

  const QuadSource& source() { return snapshot_->source(); }
  rocksdb::DB& keys() { return *keys_; }
  const std::array<std::vector<uint64_t>, 3>& arrays() const { return arrays_; }  // p, s, o.
  TermId predicate() const { return predicate_; }
  Store& store() { return *store_; }
  void Renew() { snapshot_ = std::make_unique<Snapshot>(store_->NewSnapshot()); }

  // Rows of the largest predicate.
  std::pair<size_t, size_t> PredicateRows() const {
    const auto [first, last] =
        std::equal_range(arrays_[0].begin(), arrays_[0].end(), predicate_.bits());
    return {static_cast<size_t>(first - arrays_[0].begin()),
            static_cast<size_t>(last - arrays_[0].begin())};
  }

 private:
  Fixture() {
    directory_ = (std::filesystem::temp_directory_path() / "sanad_bench_XXXXXX").string();
    if (mkdtemp(directory_.data()) == nullptr) abort();
    store_ = Store::Open(directory_ + "/store").value();
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
    Renew();
    predicate_ = source().Find(Term::Iri("http://example.org/p0")).value();
    FillArrays();
    FillKeys();
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
    if (!rocksdb::DB::Open(options, directory_ + "/keys", &db).ok()) abort();
    keys_.reset(db);
    rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options);
    if (!writer.Open(directory_ + "/keys.sst").ok()) abort();
    std::string key;
    for (size_t i = 0; i < arrays_[0].size(); ++i) {
      key.clear();
      for (size_t c = 0; c < 3; ++c) PutKey(key, arrays_[c][i]);
      if (!writer.Put(key, "").ok()) abort();
    }
    if (!writer.Finish().ok()) abort();
    if (!keys_->IngestExternalFile({directory_ + "/keys.sst"}, {}).ok()) abort();
  }

  std::string directory_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Snapshot> snapshot_;
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

void ScanBlocks(benchmark::State& state) {
  const QuadSource& source = Fixture::Get().source();
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

// One percent of the scanned predicate's rows changed and not yet folded: run
// last, since it changes the store.
void ScanWithDelta(benchmark::State& state) {
  Fixture& fixture = Fixture::Get();
  static const bool changed = [&] {
    const auto [first, last] = fixture.PredicateRows();
    auto transaction = fixture.store().Begin().value();
    std::vector<Term> terms;
    for (size_t i = first; i < last; i += 100) {
      const std::vector<TermId> ids = {TermId(fixture.arrays()[1][i])};
      if (!fixture.source().Materialize(ids, terms).ok()) abort();
      if (!transaction
               ->Insert({terms[0],
                         Term::Iri("http://example.org/p0"),
                         Term::Iri("http://example.org/new"),
                         {}})
               .ok()) {
        abort();
      }
    }
    return transaction->Commit().ok();
  }();
  if (!changed) abort();
  fixture.Renew();
  ScanBlocks(state);
}

BENCHMARK(ScanBlocks);
BENCHMARK(ScanKeys);
BENCHMARK(ScanArrays);
BENCHMARK(LookUpBlocks);
BENCHMARK(LookUpKeys);
BENCHMARK(CountRangeWarm)->Unit(benchmark::kMicrosecond);
BENCHMARK(SkipThroughSubjects);
BENCHMARK(MaterializeSorted);
BENCHMARK(ScanWithDelta);

}  // namespace
}  // namespace sanad

BENCHMARK_MAIN();
