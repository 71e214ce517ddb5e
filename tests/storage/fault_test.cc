// A disk that fails: for every write and sync that a session of a store makes,
// that one fails, or that one and all behind it, or power is lost there. Each
// time errors are returned, nothing aborts, and a store opened afterwards holds
// every acknowledged change whole and is sound.
//
// SANAD_FAULT_STRIDE=1 tries every operation, n every n-th (40 is the default).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/index/order_writer.h"
#include "storage/rocks/rocks_engine.h"
#include "storage/store_impl.h"
#include "tests/storage/fault_file_system.h"
#include "tests/storage/load_test_util.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

constexpr int kItems = 6;
constexpr int kLoadItems = 40;

// The quads that change `number` adds; those of a bulk load are more.
std::vector<Quad> QuadsOf(int number, int items) {
  return NumberedQuads("change" + std::to_string(number), items);
}

struct Change {
  std::vector<Quad> added, removed;
  bool acknowledged = false;
};

// One use of a store, from its creation to its end. What fails is passed over, as
// by a program that goes on.
class Session {
 public:
  Session(const std::string& path, const std::string& backup, bool sync)
      : path_(path), backup_(backup) {
    options_.background_threads = 0;
    options_.sync = sync;
    options_.memory_budget = uint64_t{64} << 20;
  }

  void Run() {
    absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path_, options_);
    opened_ = store.ok();
    if (!opened_) return;
    store_ = *std::move(store);
    Commit(kItems, {});
    Commit(kItems, QuadsOf(0, 2));
    store_->impl().Fold().IgnoreError();
    Commit(kItems, QuadsOf(1, 3));
    Load();
    Commit(kItems, QuadsOf(2, 1));
    backed_up_ = store_->Backup(backup_).ok();
    acknowledged_at_backup_ = changes_.size();
    store_->Compact().IgnoreError();
    Commit(kItems, {});
    CheckOwnView();
    store_->Close().IgnoreError();
    store_.reset();
  }

  bool opened() const { return opened_; }
  bool backed_up() const { return backed_up_; }

  // Acknowledged changes are there, the others whole or not at all, and the store
  // is sound.
  void CheckAfter(const std::string& path, bool all_acknowledged) const {
    absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path, options_);
    ASSERT_TRUE(store.ok()) << store.status();
    {
      const Snapshot snapshot = (*store)->NewSnapshot();
      CheckChanges(snapshot, all_acknowledged);
    }
    const absl::StatusOr<ValidationReport> report = (*store)->Validate();
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_THAT(report->problems, testing::IsEmpty());
    // It takes changes again.
    InsertAll(**store, {Q("after", "the", "fault")});
  }

  void CheckBackup() const {
    absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(backup_, options_);
    ASSERT_TRUE(store.ok()) << store.status();
    const Snapshot snapshot = (*store)->NewSnapshot();
    for (size_t c = 0; c < acknowledged_at_backup_; ++c) {
      if (changes_[c].acknowledged) {
        EXPECT_TRUE(Holds(snapshot, changes_[c].added.back()));
      }
    }
    EXPECT_THAT((*store)->Validate()->problems, testing::IsEmpty());
  }

 private:
  void Commit(int items, const std::vector<Quad>& removed) {
    Change change{QuadsOf(static_cast<int>(changes_.size()), items), removed, false};
    auto transaction = store_->Begin();
    if (transaction.ok()) {
      absl::Status status;
      for (const Quad& quad : change.added) status.Update((*transaction)->Insert(quad));
      for (const Quad& quad : change.removed) status.Update((*transaction)->Remove(quad));
      if (status.ok()) status = (*transaction)->Commit();
      change.acknowledged = status.ok();
    }
    changes_.push_back(std::move(change));
  }

  void Load() {
    Change change{QuadsOf(static_cast<int>(changes_.size()), kLoadItems), {}, false};
    BulkLoadOptions options;
    options.small = 0;
    const auto report = BulkLoad(*store_, PullOf(change.added), options);
    change.acknowledged = report.ok();
    changes_.push_back(std::move(change));
  }

  // What the session itself sees: acknowledged changes and no others.
  void CheckOwnView() const {
    const Snapshot snapshot = store_->NewSnapshot();
    uint64_t quads = 0;
    for (const Change& change : changes_) {
      if (!change.acknowledged) continue;
      quads += change.added.size() - change.removed.size();
      EXPECT_TRUE(Holds(snapshot, change.added.back()));
    }
    EXPECT_EQ(snapshot.quad_count(), quads);
  }

  void CheckChanges(const Snapshot& snapshot, bool all_acknowledged) const {
    bool later_lost = false;
    for (size_t c = 0; c < changes_.size(); ++c) {
      const Change& change = changes_[c];
      // Quads that no later change took away.
      size_t present = 0, kept = 0;
      for (const Quad& quad : change.added) {
        bool removed = false;
        for (const Change& later : changes_) {
          for (const Quad& gone : later.removed) removed = removed || gone == quad;
        }
        kept += !removed;
        present += !removed && Holds(snapshot, quad);
      }
      EXPECT_TRUE(present == 0 || present == kept) << "change " << c << " is torn";
      if (change.acknowledged && all_acknowledged) {
        EXPECT_EQ(present, kept) << "change " << c << " was acknowledged and is lost";
        for (const Quad& quad : change.removed) EXPECT_FALSE(Holds(snapshot, quad));
      }
      // Without syncs the newest may be lost, but none before one that is there.
      EXPECT_FALSE(later_lost && present > 0 && change.acknowledged)
          << "change " << c << " is there and one before it is lost";
      later_lost = later_lost || (change.acknowledged && present == 0);
    }
  }

  const std::string path_, backup_;
  StoreOptions options_;
  std::unique_ptr<Store> store_;
  bool opened_ = false, backed_up_ = false;
  size_t acknowledged_at_backup_ = 0;
  std::vector<Change> changes_;
};

uint64_t Stride() {
  const char* const text = getenv("SANAD_FAULT_STRIDE");
  return text == nullptr ? 40 : static_cast<uint64_t>(std::max(1, atoi(text)));
}

// SANAD_FAULT_FIRST begins with a later operation, to look at one.
uint64_t First() {
  const char* const text = getenv("SANAD_FAULT_FIRST");
  return text == nullptr ? 1 : static_cast<uint64_t>(std::max(1, atoi(text)));
}

class FaultTest : public testing::Test {
 protected:
  FaultTest()
      : faults_(std::make_shared<FaultFileSystem>()), env_(rocksdb::NewCompositeEnv(faults_)) {
    kv::SetEnvForTesting(env_.get());
  }
  ~FaultTest() override { kv::SetEnvForTesting(nullptr); }

  // Runs a session with a fault at each of its operations in turn.
  void EachOperation(Fault fault, bool lose_power, bool sync) {
    for (uint64_t number = First();; number += Stride()) {
      SCOPED_TRACE(testing::Message() << "operation " << number);
      TemporaryDirectory directory;
      faults_->Arm(fault, number);
      Session session(directory / "store", directory / "backup", sync);
      session.Run();
      const bool reached = faults_->operations() >= number;
      faults_->Arm(Fault::kNone, 0);
      if (lose_power) faults_->LosePower();
      session.CheckAfter(directory / "store", sync);
      if (session.backed_up()) session.CheckBackup();
      if (testing::Test::HasFailure()) return;
      // The last session met no fault.
      if (!reached) {
        EXPECT_TRUE(session.opened());
        EXPECT_GT(number, 100u) << "the session did too little to be a test";
        return;
      }
    }
  }

  std::shared_ptr<FaultFileSystem> faults_;
  std::unique_ptr<rocksdb::Env> env_;
};

TEST_F(FaultTest, OneOperationFails) { EachOperation(Fault::kOnce, false, true); }
TEST_F(FaultTest, OneOperationFailsAndPowerIsLost) { EachOperation(Fault::kOnce, true, true); }
TEST_F(FaultTest, TheDiskDiesAndPowerIsLost) { EachOperation(Fault::kOnward, true, true); }
TEST_F(FaultTest, ARelaxedStoreLosesOnlyItsNewestCommits) {
  EachOperation(Fault::kOnward, true, false);
}

// What cannot be read is not absent, and is there again when it can be read.
TEST_F(FaultTest, AReadThatFailsIsAnErrorAndPasses) {
  TemporaryDirectory directory;
  StoreOptions options;
  options.background_threads = 0;
  constexpr int kQuads = 6000;
  {
    OrderWriter::SetSizesForTesting(16, 8);
    auto store = Store::Open(directory / "store", options).value();
    InsertAll(*store, QuadsOf(0, kQuads));
    ASSERT_TRUE(store->Compact().ok());
    OrderWriter::SetSizesForTesting(0, 0);
  }
  // Opened anew, it remembers little.
  auto store = Store::Open(directory / "store", options).value();
  const Snapshot snapshot = store->NewSnapshot();
  faults_->SetReadsFail(true);
  const std::vector<Quad> quads = QuadsOf(0, kQuads);
  int unreadable = 0;
  for (const Quad& quad : quads) {
    const absl::StatusOr<bool> contains = snapshot.Contains(quad);
    unreadable += contains.status().code() == absl::StatusCode::kUnavailable;
    EXPECT_TRUE(!contains.ok() || *contains);
  }
  EXPECT_GT(unreadable, kQuads / 2);
  for (size_t order = 0; order < kOrderCount; ++order) {
    EXPECT_EQ(QuadTexts(snapshot.source(), static_cast<Order>(order)).status().code(),
              absl::StatusCode::kUnavailable);
  }
  faults_->SetReadsFail(false);
  for (const Quad& quad : quads) ASSERT_TRUE(Holds(snapshot, quad));
  for (size_t order = 0; order < kOrderCount; ++order) {
    const auto texts = QuadTexts(snapshot.source(), static_cast<Order>(order));
    ASSERT_TRUE(texts.ok()) << texts.status();
    EXPECT_EQ(texts->size(), quads.size());
  }
}

// The test itself: on a disk whose syncs do nothing acknowledged commits are
// lost, and only these tests' checks can tell.
TEST_F(FaultTest, SyncsThatDoNothingLoseCommits) {
  TemporaryDirectory directory;
  StoreOptions options;
  options.background_threads = 0;
  {
    auto store = Store::Open(directory / "store", options).value();
    InsertAll(*store, {Q("a", "p", "b")});
    faults_->SetSyncsLie(true);
    InsertAll(*store, {Q("c", "p", "d")});
  }
  faults_->LosePower();
  auto store = Store::Open(directory / "store", options).value();
  EXPECT_TRUE(Holds(store->NewSnapshot(), Q("a", "p", "b")));
  EXPECT_FALSE(Holds(store->NewSnapshot(), Q("c", "p", "d")));
}

}  // namespace
}  // namespace sanad
