// The commit figures of docs/performance.md, against RocksDB alone in one run:
//
//   commit_bench [--rounds N] [--triples N] [--batches N] [--directory DIR]
//
// 1. Commits of one quad, synced, against RocksDB's own synced put of one key.
// 2. Eight committing threads against one, synced.
// 3. Batches of 1,000 quads, relaxed, into a store of --triples, against one key
//    a triple in seven orders; both look terms up in a dictionary, add new ones
//    both ways, and look whether the triple is there.
//
// Contenders take turns, the first two one by one, since a kernel that waits for
// a disk learns from the waits before how to; the others round by round. Rates are
// medians of the rounds. Syncs are those of the disk below --directory: on one in
// memory they cost nothing.

#include <stdlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/store_impl.h"

namespace sanad {
namespace {

using Clock = std::chrono::steady_clock;

struct Settings {
  int rounds = 7;
  size_t triples = 1000000;
  size_t batches = 100;
  std::string directory;
};

double Seconds(const std::function<void()>& work) {
  const Clock::time_point start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Require(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "commit_bench: %s failed\n", what);
  exit(1);
}

std::string Text(const char* kind, uint64_t number) {
  return std::string("http://example.org/") + kind + std::to_string(number);
}

void CommitOne(Store& store, uint64_t number) {
  auto transaction = store.Begin();
  Require(transaction.ok(), "begin");
  const Quad quad{Term::Iri(Text("s", number)), Term::Iri(Text("p", 0)),
                  Term::Integer(static_cast<int64_t>(number)), Term()};
  Require((*transaction)->Insert(quad).ok(), "insert");
  Require((*transaction)->Commit().ok(), "commit");
}

constexpr uint64_t kCommits = 300;
constexpr int kThreads = 8;

void SingleCommits(const Settings& settings) {
  auto store = Store::Open(settings.directory + "/single").value();
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* raw = nullptr;
  Require(rocksdb::DB::Open(options, settings.directory + "/puts", &raw).ok(), "open");
  const std::unique_ptr<rocksdb::DB> db(raw);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  std::vector<double> puts, one, eight;
  uint64_t next = 0;
  for (int round = 0; round < settings.rounds; ++round) {
    double put_seconds = 0, commit_seconds = 0;
    for (uint64_t i = 0; i < kCommits; ++i) {
      const auto put = [&] {
        Require(db->Put(synced, Text("s", next + i), "value of one key").ok(), "put");
      };
      put_seconds += Seconds(put);
      commit_seconds += Seconds([&] { CommitOne(*store, next + i); });
    }
    next += kCommits;
    puts.push_back(kCommits / put_seconds);
    one.push_back(kCommits / commit_seconds);
    eight.push_back(kThreads * kCommits / Seconds([&] {
                      std::vector<std::thread> threads;
                      for (int t = 0; t < kThreads; ++t) {
                        threads.emplace_back(
                            [&store, first = next + static_cast<uint64_t>(t) * kCommits] {
                              for (uint64_t i = 0; i < kCommits; ++i) CommitOne(*store, first + i);
                            });
                      }
                      for (std::thread& thread : threads) thread.join();
                    }));
    next += kThreads * kCommits;
  }
  std::printf("synced puts of one key        %10.0f /s\n", Median(puts));
  std::printf("synced commits of one quad    %10.0f /s   %.2f x puts\n", Median(one),
              Median(one) / Median(puts));
  std::printf("the same by eight threads     %10.0f /s   %.2f x one thread\n", Median(eight),
              Median(eight) / Median(one));
}

// Triples of 16 predicates, dense subjects and skewed objects, by number.
struct Generator {
  size_t triples;
  std::mt19937_64 random{1};
  std::array<std::string, 3> Next(size_t number) {
    const uint64_t p = random() % 2 == 0 ? 0 : random() % 16;
    return {Text("s", number / 10), Text("p", p),
            Text("o", std::min(random(), random()) % (triples / 5))};
  }
};

// One key a triple in seven orders, with a dictionary both ways.
class KeyStore {
 public:
  explicit KeyStore(const std::string& path) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(size_t{1} << 29);
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    options.compression = rocksdb::kLZ4Compression;
    options.max_background_jobs = 2;
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    families.emplace_back(rocksdb::kDefaultColumnFamilyName, options);
    for (int f = 0; f < 8; ++f) families.emplace_back("f" + std::to_string(f), options);
    rocksdb::DB* raw = nullptr;
    Require(rocksdb::DB::Open(options, path, families, &families_, &raw).ok(), "open");
    db_.reset(raw);
  }
  ~KeyStore() {
    for (auto* family : families_) db_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }

  void Insert(const std::array<std::string, 3>& triple) {
    std::array<uint64_t, 4> ids{Id(triple[0]), Id(triple[1]), Id(triple[2]), 1};
    const std::string key = Key(ids, 0);
    if (db_->Get({}, families_[0], key, &value_).ok()) return;
    for (size_t order = 0; order < 7; ++order) batch_.Put(families_[order], Key(ids, order), "");
  }
  void Commit() {
    Require(db_->Write(rocksdb::WriteOptions(), &batch_).ok(), "write");
    batch_.Clear();
    young_.clear();
  }
  void Settle() {
    Require(db_->Flush({}, families_).ok(), "flush");
    for (auto* family : families_) {
      uint64_t waiting = 1;
      while (db_->GetIntProperty(family, "rocksdb.compaction-pending", &waiting) && waiting > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    }
  }

 private:
  static std::string Key(const std::array<uint64_t, 4>& ids, size_t order) {
    static constexpr int kOrders[7][4] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {1, 0, 2, 3}, {1, 2, 0, 3},
                                          {2, 0, 1, 3}, {2, 1, 0, 3}, {3, 0, 1, 2}};
    std::string key;
    for (const int column : kOrders[order]) PutNumber(key, ids[static_cast<size_t>(column)]);
    return key;
  }
  static void PutNumber(std::string& key, uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) key.push_back(static_cast<char>(value >> shift));
  }
  uint64_t Id(const std::string& text) {
    if (auto it = young_.find(text); it != young_.end()) return it->second;
    uint64_t id = 0;
    if (db_->Get({}, families_[7], text, &value_).ok()) {
      std::memcpy(&id, value_.data(), sizeof id);
    } else {
      id = next_id_++;
      std::string key;
      PutNumber(key, id);
      batch_.Put(families_[7], text, rocksdb::Slice(reinterpret_cast<const char*>(&id), sizeof id));
      batch_.Put(families_[8], key, text);
    }
    young_.emplace(text, id);
    return id;
  }

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  rocksdb::WriteBatch batch_;
  std::map<std::string, uint64_t> young_;  // Terms of the open batch.
  std::string value_;
  uint64_t next_id_ = 1;
};

void Batches(const Settings& settings) {
  constexpr size_t kBatch = 1000;
  StoreOptions options;
  options.sync = false;
  options.memory_budget = uint64_t{1} << 30;
  auto store = Store::Open(settings.directory + "/batches", options).value();
  KeyStore keys(settings.directory + "/keys");
  {
    auto loader = BulkLoader::Begin(*store).value();
    Generator generator{settings.triples};
    for (size_t i = 0; i < settings.triples; ++i) {
      const auto triple = generator.Next(i);
      Require(loader
                  ->Add({TermView::Iri(triple[0]),
                         TermView::Iri(triple[1]),
                         TermView::Iri(triple[2]),
                         {}})
                  .ok(),
              "load");
      keys.Insert(triple);
      if (i % kBatch == kBatch - 1) keys.Commit();
    }
    Require(loader->Finish().ok(), "load");
    keys.Commit();
    keys.Settle();
  }
  Generator ours{settings.triples, std::mt19937_64(2)}, theirs = ours;
  std::vector<double> our_rates, their_rates;
  double our_time = 0, their_time = 0;
  size_t number = settings.triples;
  const size_t a_round = std::max<size_t>(1, settings.batches / 10);
  for (size_t done = 0; done < settings.batches; done += a_round) {
    const size_t quads = a_round * kBatch;
    const double mine = Seconds([&] {
      for (size_t i = 0; i < quads;) {
        auto transaction = store->Begin().value();
        for (size_t end = i + kBatch; i < end; ++i) {
          const auto triple = ours.Next(number + i);
          Require(transaction
                      ->Insert({Term::Iri(triple[0]), Term::Iri(triple[1]), Term::Iri(triple[2]),
                                Term()})
                      .ok(),
                  "insert");
        }
        Require(transaction->Commit().ok(), "commit");
      }
    });
    const double other = Seconds([&] {
      for (size_t i = 0; i < quads;) {
        for (size_t end = i + kBatch; i < end; ++i) keys.Insert(theirs.Next(number + i));
        keys.Commit();
      }
    });
    number += quads;
    our_time += mine;
    their_time += other;
    our_rates.push_back(static_cast<double>(quads) / mine);
    their_rates.push_back(static_cast<double>(quads) / other);
  }
  std::printf("batches of 1,000 into %zu: %.0f quads/s, one key a triple %.0f quads/s, %.2f x\n",
              settings.triples, Median(our_rates), Median(their_rates),
              Median(our_rates) / Median(their_rates));
  our_time += Seconds([&] { Require(store->impl().Fold().ok(), "fold"); });
  their_time += Seconds([&] { keys.Settle(); });
  std::printf("the same with the work left behind (fold; flush and compaction): %.2f x\n",
              their_time / our_time);
}

int Main(int argc, char** argv) {
  Settings settings;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--rounds") settings.rounds = atoi(argv[i + 1]);
    if (name == "--triples") settings.triples = static_cast<size_t>(atoll(argv[i + 1]));
    if (name == "--batches") settings.batches = static_cast<size_t>(atoll(argv[i + 1]));
    if (name == "--directory") settings.directory = argv[i + 1];
  }
  const bool own = settings.directory.empty();
  if (own) {
    settings.directory = (std::filesystem::temp_directory_path() / "sanad_commit_XXXXXX").string();
    Require(mkdtemp(settings.directory.data()) != nullptr, "temporary directory");
  }
  if (settings.rounds > 0) SingleCommits(settings);
  if (settings.batches > 0) Batches(settings);
  if (own) std::filesystem::remove_all(settings.directory);
  return 0;
}

}  // namespace
}  // namespace sanad

int main(int argc, char** argv) { return sanad::Main(argc, argv); }
