// A child writes to a store and is killed with SIGKILL at any moment: every
// commit it acknowledged is there, whole, and the store is sound.
//
// The child is this program started anew (a fork of a process that has run
// RocksDB lacks its threads); it writes one byte to a pipe when an operation begins and one when a
// commit was acknowledged. The parent kills it a random time after it saw the
// operation begin. Commit n inserts the quads (commit n, item i) for i below 20,
// so a torn commit shows. SANAD_CRASH_KILLS sets the kills an operation.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <sstream>
#include <string>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/store_impl.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

constexpr int kItems = 20;
constexpr const char* kChildVariable = "SANAD_CRASH_CHILD";

int Kills() {
  const char* const text = getenv("SANAD_CRASH_KILLS");
  return text == nullptr ? 8 : std::max(1, atoi(text));
}

std::vector<Quad> CommitQuads(int commit, int items) {
  std::vector<Quad> quads;
  for (int i = 0; i < items; ++i) {
    quads.push_back(Q("commit" + std::to_string(commit), "item", "n" + std::to_string(i),
                      commit % 2 == 0 ? "g" : ""));
  }
  return quads;
}

enum class Operation { kCommit, kFold, kBulkLoad, kBackup, kCompact };

void Signal(int pipe, char byte) {
  if (write(pipe, &byte, 1) != 1) _exit(2);
}

// Runs in the child until it is killed.
void Write(const std::string& path, const std::string& backup, Operation operation, int first,
           int pipe) {
  auto store = Store::Open(path);
  if (!store.ok()) _exit(3);
  for (int commit = first;; ++commit) {
    if (operation == Operation::kBulkLoad) {
      Signal(pipe, 'o');
      bool done = false;
      BulkLoadOptions options;
      options.small = 0;
      const auto report = BulkLoad(
          **store,
          [&](std::vector<Quad>& batch) {
            batch = done ? std::vector<Quad>() : CommitQuads(commit, kItems * 50);
            done = true;
            return absl::OkStatus();
          },
          options);
      if (!report.ok()) _exit(4);
      Signal(pipe, 'c');
      continue;
    }
    if (operation == Operation::kCommit) Signal(pipe, 'o');
    auto transaction = (*store)->Begin();
    for (const Quad& quad : CommitQuads(commit, kItems)) {
      if (!(*transaction)->Insert(quad).ok()) _exit(5);
    }
    if (!(*transaction)->Commit().ok()) _exit(6);
    Signal(pipe, 'c');
    if (commit % 4 != 0 || operation == Operation::kCommit) continue;
    Signal(pipe, 'o');
    absl::Status status;
    if (operation == Operation::kFold) status = (*store)->impl().Fold();
    if (operation == Operation::kCompact) status = (*store)->Compact();
    if (operation == Operation::kBackup) {
      status = (*store)->Backup(backup + std::to_string(commit));
    }
    if (!status.ok()) _exit(7);
  }
}

// Kills a child at work; returns the number of commits acknowledged by then.
int RunAndKill(const std::string& path, const std::string& backup, Operation operation, int first,
               std::mt19937& random) {
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
  int acknowledged = 0, begun = 0;
  const int operations = 1 + static_cast<int>(random() % 3);
  char byte = 0;
  while (begun < operations && read(ends[0], &byte, 1) == 1) {
    begun += byte == 'o';
    acknowledged += byte == 'c';
  }
  usleep(static_cast<useconds_t>(random() % 6000));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  while (read(ends[0], &byte, 1) == 1) acknowledged += byte == 'c';
  close(ends[0]);
  return acknowledged;
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

class CrashTest : public testing::TestWithParam<Operation> {};

TEST_P(CrashTest, AcknowledgedCommitsSurviveWhole) {
  std::mt19937 random(static_cast<uint32_t>(GetParam()) + 7);
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  const int items = GetParam() == Operation::kBulkLoad ? kItems * 50 : kItems;
  int commits = 0;
  for (int round = 0; round < Kills(); ++round) {
    const std::string backup = directory / ("backup" + std::to_string(round) + "-");
    const int acknowledged = RunAndKill(path, backup, GetParam(), commits, random);
    absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path);
    ASSERT_TRUE(store.ok()) << store.status();
    const Snapshot snapshot = (*store)->NewSnapshot();
    const uint64_t quads = snapshot.quad_count();
    ASSERT_EQ(quads % static_cast<uint64_t>(items), 0u) << "a commit is torn";
    const int present = static_cast<int>(quads) / items;
    // The last one may have become durable before it was acknowledged.
    EXPECT_GE(present, commits + acknowledged);
    EXPECT_LE(present, commits + acknowledged + 1);
    for (int commit = 0; commit < present; ++commit) {
      for (const Quad& quad : CommitQuads(commit, items)) ASSERT_TRUE(snapshot.Contains(quad));
    }
    const ValidationReport report = (*store)->Validate().value();
    EXPECT_THAT(report.problems, testing::IsEmpty());
    EXPECT_EQ(report.quads_checked, quads);
    commits = present;
  }
}

std::string OperationName(const testing::TestParamInfo<Operation>& test) {
  static const char* const kNames[] = {"Commit", "Fold", "BulkLoad", "Backup", "Compact"};
  return kNames[static_cast<int>(test.param)];
}

INSTANTIATE_TEST_SUITE_P(Operations, CrashTest,
                         testing::Values(Operation::kCommit, Operation::kFold, Operation::kBulkLoad,
                                         Operation::kBackup, Operation::kCompact),
                         OperationName);

}  // namespace
}  // namespace sanad
