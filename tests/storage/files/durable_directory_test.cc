// Directories written whole: what is there before, after a failure, after a death
// and with others at it at once.

#include "storage/files/durable_directory.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

namespace fs = std::filesystem;

absl::Status WriteFile(const std::string& path, const std::string& content) {
  std::ofstream(path) << content;
  return absl::OkStatus();
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Names below a directory, sorted.
std::vector<std::string> Names(const std::string& path) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

class DurableDirectoryTest : public testing::Test {
 protected:
  absl::Status Write(const std::string& path, const std::string& content) {
    return WriteWholeDirectory(path, ".part", [&](const std::string& partial) {
      EXPECT_TRUE(fs::is_empty(partial));
      return WriteFile(partial + "/file", content);
    });
  }
  TemporaryDirectory directory_;
};

TEST_F(DurableDirectoryTest, MakesTheDirectoriesItLiesIn) {
  ASSERT_EQ(Write(directory_ / "a/b/c", "text"), absl::OkStatus());
  EXPECT_EQ(ReadFile(directory_ / "a/b/c/file"), "text");
  EXPECT_EQ(Names(directory_ / "a/b"), std::vector<std::string>{"c"});
}

TEST_F(DurableDirectoryTest, ASlashAtTheEndIsNoPartOfTheName) {
  ASSERT_EQ(Write(directory_ / "a/", "text"), absl::OkStatus());
  EXPECT_EQ(Names(directory_ / ""), std::vector<std::string>{"a"});
}

TEST_F(DurableDirectoryTest, WhatIsThereStays) {
  fs::create_directory(directory_ / "taken");
  fs::create_symlink(directory_ / "nowhere", directory_ / "link");
  for (const std::string name : {"taken", "link"}) {
    EXPECT_EQ(Write(directory_ / name, "text").code(), absl::StatusCode::kAlreadyExists) << name;
  }
  EXPECT_EQ(Names(directory_ / ""), (std::vector<std::string>{"link", "taken"}));
  EXPECT_TRUE(fs::is_empty(directory_ / "taken"));
}

TEST_F(DurableDirectoryTest, ADirectoryMadeMeanwhileStays) {
  const absl::Status status =
      WriteWholeDirectory(directory_ / "a", ".part", [&](const std::string& partial) {
        fs::create_directory(directory_ / "a");
        return WriteFile(partial + "/file", "ours");
      });
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists) << status;
  EXPECT_EQ(Names(directory_ / ""), std::vector<std::string>{"a"});
  EXPECT_TRUE(fs::is_empty(directory_ / "a"));
}

TEST_F(DurableDirectoryTest, AFailedAttemptLeavesNothing) {
  const absl::Status status =
      WriteWholeDirectory(directory_ / "a", ".part", [&](const std::string& partial) {
        WriteFile(partial + "/file", "half").IgnoreError();
        return absl::DataLossError("half");
      });
  EXPECT_EQ(status, absl::DataLossError("half"));
  EXPECT_TRUE(fs::is_empty(directory_ / ""));
}

TEST_F(DurableDirectoryTest, WhatADeadAttemptLeftIsRemoved) {
  fs::create_directories(directory_ / "a.part/below");
  WriteFile(directory_ / "a.part/below/old", "old").IgnoreError();
  ASSERT_EQ(Write(directory_ / "a", "new"), absl::OkStatus());
  EXPECT_EQ(Names(directory_ / "a"), std::vector<std::string>{"file"});
  EXPECT_EQ(Names(directory_ / ""), std::vector<std::string>{"a"});
}

TEST_F(DurableDirectoryTest, WhatIsNoDirectoryOfOursIsNotEmptied) {
  fs::create_directory(directory_ / "theirs");
  WriteFile(directory_ / "theirs/kept", "text").IgnoreError();
  fs::create_symlink(directory_ / "theirs", directory_ / "a.part");
  fs::create_symlink(directory_ / "nowhere", directory_ / "b.part");
  WriteFile(directory_ / "c.part", "text").IgnoreError();
  for (const std::string name : {"a", "b", "c"}) {
    EXPECT_EQ(Write(directory_ / name, "text").code(), absl::StatusCode::kUnavailable) << name;
  }
  EXPECT_EQ(Names(directory_ / ""),
            (std::vector<std::string>{"a.part", "b.part", "c.part", "theirs"}));
  EXPECT_EQ(ReadFile(directory_ / "theirs/kept"), "text");
  EXPECT_EQ(ReadFile(directory_ / "c.part"), "text");
}

TEST_F(DurableDirectoryTest, AnotherAttemptIsRefusedWhileOneLives) {
  const absl::Status status =
      WriteWholeDirectory(directory_ / "a", ".part", [&](const std::string& partial) {
        const absl::Status other = Write(directory_ / "a", "other");
        EXPECT_EQ(other.code(), absl::StatusCode::kUnavailable) << other;
        return WriteFile(partial + "/file", "ours");
      });
  ASSERT_EQ(status, absl::OkStatus());
  EXPECT_EQ(ReadFile(directory_ / "a/file"), "ours");
}

TEST_F(DurableDirectoryTest, OfManyAtOnceOneWins) {
  for (int round = 0; round < 50; ++round) {
    const std::string path = directory_ / std::to_string(round);
    std::atomic<int> winners{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        const absl::Status status =
            WriteWholeDirectory(path, ".part", [&](const std::string& partial) {
              return WriteFile(partial + "/" + std::to_string(t), "text");
            });
        if (status.ok()) ++winners;
        EXPECT_TRUE(status.ok() || status.code() == absl::StatusCode::kAlreadyExists ||
                    status.code() == absl::StatusCode::kUnavailable)
            << status;
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(winners, 1);
    ASSERT_EQ(Names(path).size(), 1u);
  }
  EXPECT_EQ(Names(directory_ / "").size(), 50u);
}

}  // namespace
}  // namespace sanad
