// A child writes to a store and is killed with SIGKILL at any moment: every
// commit it acknowledged is there, whole, and the store is sound.
//
// The child is this program started anew (a fork of a process that has run
// RocksDB lacks its threads). It writes one byte to a pipe when an operation
// begins, one when it ends and one when a commit was acknowledged. The parent
// kills it a random part of the operation's usual time after it saw it begin, and
// only kills inside an operation count: SANAD_CRASH_KILLS of each (40 unless set).
// Commit n inserts the quads (commit n, item i), so a torn commit shows.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <random>
#include <sstream>
#include <string>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/store_impl.h"
#include "tests/storage/leftovers.h"
#include "tests/storage/load_test_util.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

constexpr int kItems = 20;
constexpr const char* kChildVariable = "SANAD_CRASH_CHILD";

int Kills() {
  const char* const text = getenv("SANAD_CRASH_KILLS");
  return text == nullptr ? 40 : std::max(1, atoi(text));
}

std::vector<Quad> CommitQuads(int commit, int items) {
  return NumberedQuads("commit" + std::to_string(commit), items);
}

enum class Operation { kCommit, kFold, kBulkLoad, kSpillingLoad, kBackup, kCompact };

bool IsLoad(Operation operation) {
  return operation == Operation::kBulkLoad || operation == Operation::kSpillingLoad;
}

// Quads that a commit of an operation adds.
int ItemsOf(Operation operation) {
  switch (operation) {
    case Operation::kBulkLoad:
      return kItems * 50;
    case Operation::kSpillingLoad:
      return kItems * 100;
    default:
      return kItems;
  }
}

// Memory for a load that makes some ten runs of it.
constexpr uint64_t kSpillingMemory = 25'000;

void Signal(int pipe, char byte) {
  if (write(pipe, &byte, 1) != 1) _exit(2);
}

// Files that are open and have no name any more.
int UnnamedFiles() {
  int unnamed = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", ignored)) {
    const std::string target = std::filesystem::read_symlink(entry.path(), ignored).string();
    unnamed += target.ends_with(" (deleted)");
  }
  return unnamed;
}

void Load(Store& store, Operation operation, int commit) {
  BulkLoadOptions options;
  options.small = 0;
  if (operation == Operation::kSpillingLoad) {
    options.memory = kSpillingMemory;
    options.progress = [](std::string_view stage, uint64_t) {
      if (stage == "sort" && UnnamedFiles() < 2) _exit(10);
    };
  }
  const auto report = BulkLoad(store, PullOf(CommitQuads(commit, ItemsOf(operation))), options);
  if (!report.ok()) _exit(4);
}

// Runs in the child until it is killed.
void Write(const std::string& path, const std::string& backup, Operation operation, int first,
           int pipe) {
  StoreOptions small;
  small.memory_budget = uint64_t{64} << 20;
  auto store = Store::Open(path, small);
  if (!store.ok()) _exit(3);
  for (int commit = first;; ++commit) {
    if (IsLoad(operation)) {
      Signal(pipe, 'o');
      Load(**store, operation, commit);
      Signal(pipe, 'c');
      Signal(pipe, 'e');
      continue;
    }
    if (operation == Operation::kCommit) Signal(pipe, 'o');
    auto transaction = (*store)->Begin();
    for (const Quad& quad : CommitQuads(commit, kItems)) {
      if (!(*transaction)->Insert(quad).ok()) _exit(5);
    }
    if (!(*transaction)->Commit().ok()) _exit(6);
    Signal(pipe, 'c');
    if (operation == Operation::kCommit) Signal(pipe, 'e');
    if (commit % 4 != 0 || operation == Operation::kCommit) continue;
    Signal(pipe, 'o');
    absl::Status status;
    if (operation == Operation::kFold) status = (*store)->impl().Fold();
    if (operation == Operation::kCompact) status = (*store)->Compact();
    if (operation == Operation::kBackup) {
      status = (*store)->Backup(backup + std::to_string(commit));
    }
    if (!status.ok()) _exit(7);
    Signal(pipe, 'e');
  }
}

struct Killed {
  int acknowledged = 0;  // Commits.
  bool inside = false;   // An operation had begun and not ended.
};

// Kills a child at work. `usual` is how long an operation takes, kept up to date.
Killed RunAndKill(const std::string& path, const std::string& backup, Operation operation,
                  int first, std::mt19937& random, absl::Duration& usual) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const std::string arguments[] = {path, backup, std::to_string(static_cast<int>(operation)),
                                     std::to_string(first), std::to_string(ends[1])};
    std::string joined;
    for (const std::string& argument : arguments) joined += argument + "\n";
    setenv(kChildVariable, joined.c_str(), 1);
    if (freopen("/dev/null", "w", stdout) == nullptr) _exit(8);
    execl("/proc/self/exe", "crash_child", "--gtest_filter=CrashChild.Run", nullptr);
    _exit(9);
  }
  close(ends[1]);
  Killed killed;
  int begun = 0;
  const int operations = 2 + static_cast<int>(random() % 3);
  char byte = 0;
  absl::Time began;
  while (begun < operations && read(ends[0], &byte, 1) == 1) {
    if (byte == 'o') began = absl::Now();
    if (byte == 'e') usual = std::min(2 * usual, 0.7 * usual + 0.3 * (absl::Now() - began));
    begun += byte == 'o';
    killed.acknowledged += byte == 'c';
  }
  absl::SleepFor(usual * std::uniform_real_distribution<>(0, 1)(random));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  killed.inside = true;
  while (read(ends[0], &byte, 1) == 1) {
    killed.acknowledged += byte == 'c';
    killed.inside = byte == 'o' || (killed.inside && byte != 'e');
  }
  close(ends[0]);
  return killed;
}

TEST(CrashChild, Run) {
  const char* const text = getenv(kChildVariable);
  if (text == nullptr) GTEST_SKIP() << "run by the tests of this file only";
  std::istringstream lines(text);
  std::string path, backup;
  int operation = 0, first = 0, end = 0;
  std::getline(lines, path);
  std::getline(lines, backup);
  lines >> operation >> first >> end;
  Write(path, backup, static_cast<Operation>(operation), first, end);
}

class CrashTest : public testing::TestWithParam<Operation> {
 protected:
  // Quads a commit.
  int items() const { return ItemsOf(GetParam()); }

  // Every commit of a store is whole, and it is sound; returns how many there are.
  int CheckStore(const std::string& path) {
    absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path);
    EXPECT_TRUE(store.ok()) << store.status();
    if (!store.ok()) return -1;
    const Snapshot snapshot = (*store)->NewSnapshot();
    const uint64_t quads = snapshot.quad_count();
    EXPECT_EQ(quads % static_cast<uint64_t>(items()), 0u) << "a commit is torn";
    const int present = static_cast<int>(quads) / items();
    for (int commit = 0; commit < present; ++commit) {
      for (const Quad& quad : CommitQuads(commit, items())) {
        EXPECT_TRUE(Holds(snapshot, quad)) << "commit " << commit << " is torn or lost";
      }
    }
    const ValidationReport report = (*store)->Validate().value();
    EXPECT_THAT(report.problems, testing::IsEmpty());
    EXPECT_EQ(report.quads_checked, quads);
    ExpectNothingLeft(**store, path);
    return present;
  }

  // What stands under a backup's name is as good as its store; a backup cut short
  // has another name.
  void CheckBackups(const std::string& directory) {
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
      const std::string name = entry.path().filename().string();
      if (!name.starts_with("backup")) continue;
      if (!name.ends_with(".backing-up")) {
        EXPECT_GT(CheckStore(entry.path().string()), 0);
      }
      std::filesystem::remove_all(entry.path());
    }
  }
};

TEST_P(CrashTest, AcknowledgedCommitsSurviveWhole) {
  constexpr int kRoundsAStore = 8;  // Then another, so that stores stay small.
  std::mt19937 random(static_cast<uint32_t>(GetParam()) + 7);
  std::optional<TemporaryDirectory> directory;
  int commits = 0, kills = 0;
  absl::Duration usual = absl::Milliseconds(3);
  for (int round = 0; kills < Kills() && !HasFailure(); ++round) {
    ASSERT_LT(round, 10 * Kills()) << "too few kills fell inside an operation";
    if (round % kRoundsAStore == 0) {
      directory.emplace();
      commits = 0;
    }
    const std::string path = *directory / "store";
    const std::string backup = *directory / ("backup" + std::to_string(round) + "-");
    const auto [acknowledged, inside] =
        RunAndKill(path, backup, GetParam(), commits, random, usual);
    kills += inside;
    const int present = CheckStore(path);
    // The last one may have become durable before it was acknowledged.
    EXPECT_GE(present, commits + acknowledged);
    EXPECT_LE(present, commits + acknowledged + 1);
    commits = present;
    CheckBackups(*directory / "");
  }
}

std::string OperationName(const testing::TestParamInfo<Operation>& test) {
  static const char* const kNames[] = {"Commit",       "Fold",   "BulkLoad",
                                       "SpillingLoad", "Backup", "Compact"};
  return kNames[static_cast<int>(test.param)];
}

INSTANTIATE_TEST_SUITE_P(Operations, CrashTest,
                         testing::Values(Operation::kCommit, Operation::kFold, Operation::kBulkLoad,
                                         Operation::kSpillingLoad, Operation::kBackup,
                                         Operation::kCompact),
                         OperationName);

}  // namespace
}  // namespace sanad
