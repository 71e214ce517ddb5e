// Opening: read-only file systems, creation cut short, families of different times,
// no background threads.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sanad/store.h>
#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/kv/kv.h"
#include "storage/store_impl.h"
#include "storage/store_state.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

namespace fs = std::filesystem;

StoreOptions Options(OpenMode mode, int background_threads = 1) {
  StoreOptions options;
  options.mode = mode;
  options.background_threads = background_threads;
  options.memory_budget = uint64_t{64} << 20;
  return options;
}

// A path that nothing can be written below while the object lives.
class ReadOnlyPath {
 public:
  explicit ReadOnlyPath(std::string path) : path_(std::move(path)) {
    if (geteuid() == 0) {
      mounted_ = mount(path_.c_str(), path_.c_str(), nullptr, MS_BIND, nullptr) == 0;
      good_ = mounted_ && mount(nullptr, path_.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY,
                                nullptr) == 0;
    } else {
      Permit(0500);
      good_ = true;
    }
  }
  ~ReadOnlyPath() {
    if (mounted_) umount(path_.c_str());
    if (geteuid() != 0) Permit(0700);
  }
  bool good() const { return good_; }

 private:
  void Permit(mode_t mode) {
    chmod(path_.c_str(), mode);
    for (const auto& entry : fs::recursive_directory_iterator(path_)) {
      if (entry.is_directory()) chmod(entry.path().c_str(), mode);
    }
  }
  std::string path_;
  bool mounted_ = false, good_ = false;
};

std::set<std::string> FilesBelow(const std::string& path) {
  std::set<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    files.insert(entry.path().string());
  }
  return files;
}

TEST(OpenModesTest, AReadOnlyFileSystemIsReadAndNotWritten) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  {
    auto store = Store::Open(path, Options(OpenMode::kReadWrite)).value();
    InsertAll(*store, {Q("a", "p", "b")});
    ASSERT_TRUE(store->Compact().ok());
    InsertAll(*store, {Q("in", "the", "log")});
  }
  // As shipped on a disk: no lock file of a writer.
  fs::remove(path + "/writer.lock");
  const std::set<std::string> files = FilesBelow(path);
  {
    const ReadOnlyPath frozen(path);
    if (!frozen.good()) GTEST_SKIP() << "skipped: this user can make no read-only file system";
    EXPECT_FALSE(std::ofstream(path + "/probe").good());
    EXPECT_EQ(Store::Open(path, Options(OpenMode::kReadWrite)).status().code(),
              absl::StatusCode::kUnavailable);
    absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path, Options(OpenMode::kReadOnly));
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_EQ((*store)->NewSnapshot().quad_count(), 2u);
    EXPECT_TRUE(Holds((*store)->NewSnapshot(), Q("in", "the", "log")));
    EXPECT_THAT((*store)->Validate()->problems, testing::IsEmpty());
    EXPECT_TRUE((*store)->Close().ok());
    EXPECT_EQ(FilesBelow(path), files);
  }
  EXPECT_TRUE(Store::Open(path, Options(OpenMode::kReadWrite)).ok());
}

TEST(OpenModesTest, NoPathIsInvalid) {
  for (const OpenMode mode : {OpenMode::kReadWrite, OpenMode::kReadOnly, OpenMode::kFollower}) {
    EXPECT_EQ(Store::Open("", Options(mode)).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(Restore("", "there").code(), absl::StatusCode::kInvalidArgument);
}

TEST(OpenModesTest, ACreationCutShortBeginsAnewAndALostFormatDoesNot) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  {
    auto store = Store::Open(path, Options(OpenMode::kReadWrite)).value();
    InsertAll(*store, {Q("a", "p", "b")});
  }
  // As a crash leaves it before the last step.
  fs::rename(path + "/FORMAT", path + "/FORMAT.new");
  EXPECT_EQ(Store::Open(path, Options(OpenMode::kReadOnly)).status().code(),
            absl::StatusCode::kNotFound);
  {
    auto store = Store::Open(path, Options(OpenMode::kReadWrite)).value();
    EXPECT_EQ(store->NewSnapshot().quad_count(), 0u);
    InsertAll(*store, {Q("a", "p", "b")});
  }
  EXPECT_FALSE(fs::exists(path + "/FORMAT.new"));
  fs::remove(path + "/FORMAT");
  EXPECT_EQ(Store::Open(path, Options(OpenMode::kReadWrite)).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

// Overwrites stamps of a store with two commits and opens it again.
absl::Status OpenWithStamps(const std::vector<kv::Family>& families, const std::string& stamp,
                            bool ingested) {
  TemporaryDirectory directory;
  {
    auto store = Store::Open(directory / "store").value();
    InsertAll(*store, {Q("a", "p", "b")});
    InsertAll(*store, {Q("c", "p", "d")});
    kv::Engine& engine = store->impl().engine();
    const std::unique_ptr<kv::Batch> batch = engine.NewBatch();
    for (const kv::Family family : families) batch->Put(family, kStampKey, stamp);
    if (ingested) batch->Put(kMetaFamily, kIngestedKey, BigEndianKey(2));
    EXPECT_TRUE(engine.Write(*batch, true).ok());
  }
  return Store::Open(directory / "store").status();
}

// Families of different commits, or all older than the state, are damage; the
// latter not behind an ingest, whose stamps are written after it.
TEST(OpenModesTest, StampsTellFamiliesOfDifferentTimes) {
  std::vector<kv::Family> all;
  for (kv::Family family = 0; family < StoreFamilies().size(); ++family) all.push_back(family);
  for (const kv::Family family : all) {
    EXPECT_EQ(OpenWithStamps({family}, StampOf(1, 1), false).code(), absl::StatusCode::kDataLoss)
        << family;
  }
  EXPECT_EQ(OpenWithStamps(all, StampOf(1, 1), false).code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(OpenWithStamps(all, StampOf(1, 1), true).ok());
  EXPECT_TRUE(OpenWithStamps(all, StampOf(2, 1), false).ok());
}

int Threads() {
  int threads = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/task")) threads += entry.exists();
  return threads;
}

TEST(OpenModesTest, WithoutBackgroundThreadsNoneStays) {
  TemporaryDirectory directory;
  // RocksDB's timer, one a process, lives while any database is open.
  const auto first = Store::Open(directory / "first", Options(OpenMode::kReadWrite, 0)).value();
  const int before = Threads();
  auto store = Store::Open(directory / "store", Options(OpenMode::kReadWrite, 0)).value();
  EXPECT_EQ(Threads(), before);
  for (int i = 0; i < 20; ++i) {
    InsertAll(*store, {Q("s" + std::to_string(i), "p", "o")});
    EXPECT_EQ(Threads(), before);
  }
  ASSERT_TRUE(store->Compact().ok());
  EXPECT_EQ(Threads(), before);
  ASSERT_TRUE(store->Backup(directory / "backup").ok());
  EXPECT_EQ(Threads(), before);
  EXPECT_THAT(store->Validate()->problems, testing::IsEmpty());
  ASSERT_TRUE(store->Close().ok());
  EXPECT_EQ(Threads(), before);
}

}  // namespace
}  // namespace sanad
