// Readers, committing threads, folds and a follower at once: every state that
// anyone sees is that of a whole commit; over RocksDB and over the in-memory engine.
//
// Each commit replaces the quads of one subject by as many new ones, or adds a
// subject, so that counts and sums tell a torn state. SANAD_CONCURRENCY_COMMITS
// sets the commits of each writer (60 unless set).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/store_impl.h"
#include "tests/storage/load_test_util.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

constexpr int kItems = 5;
constexpr int kWriters = 3;

int Commits() {
  const char* const text = getenv("SANAD_CONCURRENCY_COMMITS");
  return text == nullptr ? 60 : std::max(1, atoi(text));
}

Quad Item(int writer, int commit, int item) {
  return Q("writer" + std::to_string(writer), "commit", std::to_string(commit * kItems + item),
           writer % 2 == 0 ? "g" : "");
}

// The last three commits of a writer stand; the one before goes.
void Commit(Store& store, int writer, int commit) {
  auto transaction = store.Begin();
  ASSERT_TRUE(transaction.ok()) << transaction.status();
  for (int i = 0; i < kItems; ++i) {
    ASSERT_TRUE((*transaction)->Insert(Item(writer, commit, i)).ok());
    if (commit >= 3) {
      ASSERT_TRUE((*transaction)->Remove(Item(writer, commit - 3, i)).ok());
    }
  }
  const absl::Status status = (*transaction)->Commit();
  ASSERT_TRUE(status.ok()) << status;
}

// The items of a writer are those of up to three consecutive whole commits, and
// every order and count agrees.
void CheckSnapshot(const Snapshot& snapshot) {
  const QuadSource& source = snapshot.source();
  const auto texts = QuadTexts(source, Order::kSpo);
  ASSERT_TRUE(texts.ok()) << texts.status();
  EXPECT_EQ(texts->size(), snapshot.quad_count());
  EXPECT_EQ(texts->size() % kItems, 0u) << "a commit is torn";
  const auto other = QuadTexts(source, static_cast<Order>(snapshot.commit_number() % kOrderCount));
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_EQ(*texts, *other);
  for (int writer = 0; writer < kWriters; ++writer) {
    const TermId subject = IdOf(source, Iri("writer" + std::to_string(writer)));
    if (subject.is_undefined()) continue;
    const ScanRequest request{.pattern = {.subject = subject, .predicate = {}, .object = {}},
                              .order = Order::kSpo,
                              .scope = GraphScope::Union(),
                              .ranges = {},
                              .columns = 3};
    const std::vector<Row> rows = Rows(source, request);
    EXPECT_EQ(rows.size(), source.Count(request.pattern, request.scope).value());
    std::vector<TermId> ids;
    for (const Row& row : rows) ids.push_back(row[2]);
    std::vector<Term> terms;
    ASSERT_TRUE(source.Materialize(ids, terms).ok());
    if (terms.empty()) continue;
    const int first = std::stoi(terms[0].value());
    EXPECT_EQ(first % kItems, 0);
    for (size_t i = 0; i < terms.size(); ++i) {
      EXPECT_EQ(std::stoi(terms[i].value()), first + static_cast<int>(i));
    }
  }
}

class Hub {
 public:
  explicit Hub(Store& store) : store_(store) {}

  void Run(const std::string& follower_path) {
    std::vector<std::thread> writers, others;
    for (int w = 0; w < kWriters; ++w) {
      writers.emplace_back([this, w] {
        for (int c = 0; c < Commits() && !testing::Test::HasFailure(); ++c) Commit(store_, w, c);
      });
    }
    for (int r = 0; r < 2; ++r) {
      others.emplace_back([this] {
        uint64_t newest = 0;
        while (!done_ && !testing::Test::HasFailure()) {
          const Snapshot snapshot = store_.NewSnapshot();
          EXPECT_GE(snapshot.commit_number(), newest) << "time runs back";
          newest = snapshot.commit_number();
          CheckSnapshot(snapshot);
        }
      });
    }
    others.emplace_back([this] {
      while (!done_) {
        const absl::Status status = store_.impl().Fold();
        EXPECT_TRUE(status.ok()) << status;
        EXPECT_TRUE(store_.Statistics().ok());
        absl::SleepFor(absl::Milliseconds(2));
      }
    });
    if (!follower_path.empty())
      others.emplace_back([this, follower_path] { Follow(follower_path); });
    for (std::thread& writer : writers) writer.join();
    done_ = true;
    for (std::thread& other : others) other.join();
  }

 private:
  void Follow(const std::string& path) {
    StoreOptions options;
    options.mode = OpenMode::kFollower;
    options.memory_budget = uint64_t{64} << 20;
    absl::StatusOr<std::unique_ptr<Store>> follower = Store::Open(path, options);
    // A writer that never rests may give no consistent view for a while.
    while (!follower.ok() && !done_) follower = Store::Open(path, options);
    if (!follower.ok()) return;
    while (!done_ && !testing::Test::HasFailure()) {
      CheckSnapshot((*follower)->NewSnapshot());
      const absl::Status status = (*follower)->Refresh();
      EXPECT_TRUE(status.ok() || status.code() == absl::StatusCode::kUnavailable) << status;
    }
  }

  Store& store_;
  std::atomic<bool> done_{false};
};

void CheckEnd(Store& store) {
  const Snapshot snapshot = store.NewSnapshot();
  EXPECT_EQ(snapshot.commit_number(), static_cast<uint64_t>(kWriters * Commits()));
  EXPECT_EQ(snapshot.quad_count(),
            static_cast<uint64_t>(kWriters * kItems * std::min(3, Commits())));
  EXPECT_THAT(store.Validate()->problems, testing::IsEmpty());
}

TEST(ConcurrencyTest, OnDisk) {
  TemporaryDirectory directory;
  StoreOptions options;
  options.memory_budget = uint64_t{64} << 20;
  auto store = Store::Open(directory / "store", options).value();
  Hub(*store).Run(directory / "store");
  CheckEnd(*store);
}

TEST(ConcurrencyTest, OnDiskWithoutBackgroundThreads) {
  TemporaryDirectory directory;
  StoreOptions options;
  options.memory_budget = uint64_t{64} << 20;
  options.background_threads = 0;
  auto store = Store::Open(directory / "store", options).value();
  Hub(*store).Run("");
  CheckEnd(*store);
}

TEST(ConcurrencyTest, InMemory) {
  auto store = Store::OpenInMemory().value();
  Hub(*store).Run("");
  CheckEnd(*store);
}

// What a writer made of each kind of operation, compared with a follower while
// commits go on: for every commit number both hold the same quads in every order.
TEST(FollowerTest, SeesWhatTheWriterHasAfterEveryKindOfOperation) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  StoreOptions options;
  options.memory_budget = uint64_t{64} << 20;
  auto writer = Store::Open(path, options).value();
  std::mutex mutex;
  std::map<uint64_t, std::set<std::string>> states;  // By commit number.
  std::atomic<bool> done{false};
  std::atomic<size_t> compared{0};  // Views that were compared.
  const auto note = [&] {
    const Snapshot snapshot = writer->NewSnapshot();
    auto texts = QuadTexts(snapshot.source(), Order::kSpo);
    ASSERT_TRUE(texts.ok()) << texts.status();
    const std::lock_guard lock(mutex);
    states.emplace(snapshot.commit_number(), *std::move(texts));
  };
  const auto change = [&](int operation, int round) {
    const std::string name = std::to_string(round) + "-" + std::to_string(operation);
    switch (operation) {
      case 0:
        InsertAll(*writer, {Q("s" + name, "p", "o" + name), Q("s" + name, "p", "o", "g")});
        break;
      case 1: {
        auto transaction = writer->Begin().value();
        ASSERT_TRUE(transaction->Remove(Q("s" + std::to_string(round) + "-0", "p", "o", "g")).ok());
        ASSERT_TRUE(transaction->Commit().ok());
        break;
      }
      case 2:
        ASSERT_TRUE(writer->impl().Fold().ok());
        break;
      case 3: {
        BulkLoadOptions bulk;
        bulk.small = 0;
        std::vector<Quad> quads;
        for (int i = 0; i < 200; ++i) {
          quads.push_back(Q("load" + name, "p", "o" + std::to_string(i)));
        }
        ASSERT_TRUE(BulkLoad(*writer, PullOf(std::move(quads)), bulk).ok());
        break;
      }
      case 4: {
        auto transaction = writer->Begin().value();
        ASSERT_TRUE(round % 3 == 2 ? transaction->Clear().ok()
                                   : transaction->RemoveGraph(Iri("g")).ok());
        ASSERT_TRUE(transaction->Commit().ok());
        break;
      }
      case 5:
        ASSERT_TRUE(writer->Compact(round % 2 == 1).ok());
        break;
      default:
        ASSERT_TRUE(writer->Backup(directory / ("backup" + name)).ok());
    }
  };
  note();
  std::thread work([&] {
    // Until the follower has seen enough, but not for ever.
    for (int round = 0; round < 6 || (compared < 5 && round < 60); ++round) {
      if (testing::Test::HasFailure()) break;
      for (int operation = 0; operation < 7; ++operation) {
        change(operation, round);
        note();
      }
    }
    done = true;
  });
  options.mode = OpenMode::kFollower;
  absl::StatusOr<std::unique_ptr<Store>> follower = Store::Open(path, options);
  while (!follower.ok() && !done) follower = Store::Open(path, options);
  const auto compare = [&] {
    const Snapshot snapshot = (*follower)->NewSnapshot();
    std::set<std::string> expected;
    {
      const std::lock_guard lock(mutex);
      const auto known = states.find(snapshot.commit_number());
      if (known == states.end()) return;  // The writer has not noted it yet.
      expected = known->second;
    }
    for (size_t order = 0; order < kOrderCount; ++order) {
      const auto texts = QuadTexts(snapshot.source(), static_cast<Order>(order));
      // All of a view's files are open: the writer may delete them.
      ASSERT_TRUE(texts.ok()) << texts.status();
      EXPECT_EQ(*texts, expected) << "commit " << snapshot.commit_number() << " order " << order;
    }
    EXPECT_THAT((*follower)->Validate()->problems, testing::IsEmpty());
    ++compared;
  };
  bool last = false;
  while (follower.ok() && !testing::Test::HasFailure() && !last) {
    last = done;
    const absl::Status status = (*follower)->Refresh();
    EXPECT_TRUE(status.ok() || (!last && status.code() == absl::StatusCode::kUnavailable))
        << status;
    compare();
  }
  work.join();
  EXPECT_GT(compared, 0u);
  ASSERT_TRUE(follower.ok());
  EXPECT_EQ((*follower)->NewSnapshot().commit_number(), writer->NewSnapshot().commit_number());
}

}  // namespace
}  // namespace sanad
