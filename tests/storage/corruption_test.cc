// Damaged files: a flipped byte anywhere in a small closed store gives DataLoss
// or the right answer; a log or manifest cut short gives DataLoss or an earlier
// commit, whole. Never another answer, and never a crash.
//
// SANAD_CORRUPTION_SAMPLES sets the bytes tried in each file (40 unless set).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "tests/storage/load_test_util.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

namespace fs = std::filesystem;

size_t Samples() {
  const char* const text = getenv("SANAD_CORRUPTION_SAMPLES");
  return text == nullptr ? 40 : static_cast<size_t>(std::max(1, atoi(text)));
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

void WriteFile(const fs::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

Quad VariedQuad(int i) {
  const std::string n = std::to_string(i);
  Quad quad = Q("subject" + std::to_string(i / 5), "p" + std::to_string(i % 3), "object" + n,
                i % 3 == 0 ? "g" + std::to_string(i % 2) : "");
  if (i % 7 == 1) quad.object = Term::LangString("label " + n, "en");
  if (i % 7 == 2) quad.object = Term::Literal(n, "http://example.org/type");
  if (i % 7 == 3) quad.object = Term::String(std::string(600, 'x') + n);
  return quad;
}

// A closed store of every layer: blocks of a load and of a fold, delta records in
// files and in the log. Remembers what each commit left.
class CorruptionTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = directory_ / "store";
    auto store = Store::Open(path_, Options()).value();
    states_.push_back(Contents(*store));
    for (int i = 0; i < 4; ++i) Commit(*store, 10);
    ASSERT_TRUE(store->Compact().ok());
    Load(*store);
    Commit(*store, 10);
    ASSERT_TRUE(store->Compact().ok());
    for (int i = 0; i < 6; ++i) Commit(*store, 10);
    ASSERT_EQ(store->NewSnapshot().commit_number() + 1, states_.size());
    ASSERT_TRUE(store->Close().ok());
  }

  static StoreOptions Options(OpenMode mode = OpenMode::kReadWrite) {
    StoreOptions options;
    options.mode = mode;
    options.background_threads = 0;
    options.memory_budget = uint64_t{64} << 20;
    return options;
  }

  static std::set<std::string> Contents(const Store& store) {
    const Snapshot snapshot = store.NewSnapshot();
    auto texts = QuadTexts(snapshot.source(), Order::kSpo);
    EXPECT_TRUE(texts.ok()) << texts.status();
    return *std::move(texts);
  }

  void Commit(Store& store, int quads) {
    auto transaction = store.Begin().value();
    for (int i = 0; i < quads; ++i) {
      ASSERT_TRUE(transaction->Insert(VariedQuad(next_++)).ok());
    }
    ASSERT_TRUE(transaction->Remove(VariedQuad(next_ - 12)).ok());
    ASSERT_TRUE(transaction->Commit().ok());
    states_.push_back(Contents(store));
  }

  void Load(Store& store) {
    BulkLoadOptions options;
    options.small = 0;
    std::vector<Quad> quads;
    for (int i = 0; i < 400; ++i) quads.push_back(VariedQuad(next_++));
    const auto report = BulkLoad(store, PullOf(std::move(quads)), options);
    ASSERT_TRUE(report.ok()) << report.status();
    states_.push_back(Contents(store));
  }

  // Reads a damaged copy in every way there is; the first error, if any. All that
  // is answered must be the state of one commit, of the newest unless
  // `may_be_earlier`.
  absl::Status ReadAll(const std::string& path, OpenMode mode, bool may_be_earlier) {
    absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path, Options(mode));
    if (!store.ok()) return store.status();
    const Snapshot snapshot = (*store)->NewSnapshot();
    const uint64_t commit = snapshot.commit_number();
    EXPECT_LT(commit, states_.size());
    if (!may_be_earlier) {
      EXPECT_EQ(commit + 1, states_.size());
    }
    if (commit >= states_.size()) return absl::OkStatus();
    const std::set<std::string>& expected = states_[commit];
    absl::Status first;
    for (size_t order = 0; order < kOrderCount; ++order) {
      const auto texts = QuadTexts(snapshot.source(), static_cast<Order>(order));
      first.Update(texts.status());
      if (texts.ok()) {
        EXPECT_EQ(*texts, expected) << "order " << order;
      }
    }
    for (int i = 0; i < next_; ++i) {
      const Quad quad = VariedQuad(i);
      const absl::StatusOr<TermId> object = snapshot.source().Find(quad.object);
      const absl::StatusOr<TermId> subject = snapshot.source().Find(quad.subject);
      first.Update(object.status());
      first.Update(subject.status());
      if (!object.ok() || !subject.ok()) continue;
      uint64_t count = 0;
      for (const GraphScope& scope : {GraphScope::Default(), GraphScope::Each()}) {
        if (subject->is_undefined() || object->is_undefined()) break;
        const auto quads = snapshot.source().Count({*subject, {}, *object}, scope);
        first.Update(quads.status());
        count += quads.ok() ? *quads : 0;
      }
      const std::string text = TextOf(quad);
      if (first.ok()) {
        EXPECT_EQ(count, expected.count(text)) << text.substr(0, 120);
      }
      const absl::StatusOr<bool> contains = snapshot.Contains(quad);
      first.Update(contains.status());
      if (contains.ok()) {
        EXPECT_EQ(*contains, expected.contains(text)) << text.substr(0, 120);
      }
    }
    const absl::StatusOr<ValidationReport> report = (*store)->Validate();
    if (!report.ok()) {
      first.Update(report.status());
    } else {
      EXPECT_EQ(report->commit_number, commit);
      if (!first.ok()) {
        EXPECT_THAT(report->problems, testing::Not(testing::IsEmpty()));
      }
      if (!report->problems.empty()) first.Update(absl::DataLossError(report->problems[0]));
    }
    return first;
  }

  // The bytes of a file to try: its ends and some between.
  std::vector<size_t> Offsets(size_t size) {
    std::vector<size_t> offsets;
    if (size <= Samples()) {
      for (size_t i = 0; i < size; ++i) offsets.push_back(i);
      return offsets;
    }
    for (size_t i = 0; i < Samples() / 4; ++i) {
      offsets.push_back(i);
      offsets.push_back(size - 1 - i);
    }
    while (offsets.size() < Samples()) offsets.push_back(random_() % size);
    return offsets;
  }

  std::vector<fs::path> Files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(path_)) {
      if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), path_));
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  // A copy of the store with one file's content replaced.
  std::string CopyWith(const fs::path& file, const std::string& content) {
    const std::string copy = directory_ / "copy";
    fs::remove_all(copy);
    fs::copy(path_, copy, fs::copy_options::recursive);
    WriteFile(fs::path(copy) / file, content);
    return copy;
  }

  TemporaryDirectory directory_;
  std::string path_;
  int next_ = 0;
  std::vector<std::set<std::string>> states_;  // By commit number.
  std::mt19937 random_{7};
};

TEST_F(CorruptionTest, AFlippedByteIsDataLossOrChangesNothing) {
  size_t lost = 0, same = 0;
  for (const fs::path& file : Files()) {
    const std::string content = ReadFile(path_ / file);
    for (const size_t offset : Offsets(content.size())) {
      std::string damaged = content;
      // One bit, or all of the byte.
      const auto flip = static_cast<char>(random_() % 2 == 0 ? 1 << random_() % 8 : 0xFF);
      damaged[offset] = static_cast<char>(damaged[offset] ^ flip);
      SCOPED_TRACE(testing::Message() << file << " byte " << offset << " of " << content.size()
                                      << " flipped by " << static_cast<int>(flip));
      const OpenMode mode = (lost + same) % 3 == 0 ? OpenMode::kReadWrite : OpenMode::kReadOnly;
      const absl::Status status = ReadAll(CopyWith(file, damaged), mode, false);
      lost += !status.ok();
      same += status.ok();
      if (!status.ok() && file != "FORMAT") {
        EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
      }
      if (HasFailure()) return;
    }
  }
  // Most bytes of a store carry something.
  EXPECT_GT(lost, same);
}

// A block whose one restart seems to have a hash index behind it: RocksDB reads the
// properties of a table so before it looks at their checksum.
TEST_F(CorruptionTest, AFalseHashIndexIsDataLoss) {
  constexpr size_t kEnd = 256;  // Holds the ends of the properties and of what names them.
  const std::string one_restart("\1\0\0\0", 4);
  size_t tried = 0;
  for (const fs::path& file : Files()) {
    if (file.extension() != ".sst") continue;
    const std::string content = ReadFile(path_ / file);
    size_t at = content.size() > kEnd ? content.size() - kEnd : 0;
    for (; (at = content.find(one_restart, at)) != std::string::npos; ++at, ++tried) {
      SCOPED_TRACE(testing::Message() << file << " byte " << at + 3);
      std::string damaged = content;
      damaged[at + 3] = static_cast<char>(0x80);
      for (const OpenMode mode : {OpenMode::kReadOnly, OpenMode::kReadWrite}) {
        const absl::Status status = ReadAll(CopyWith(file, damaged), mode, false);
        EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
      }
    }
  }
  EXPECT_GT(tried, 5u);
}

TEST_F(CorruptionTest, ATruncatedLogOpensAtAnEarlierCommitOrNotAtAll) {
  size_t earlier = 0;
  for (const fs::path& file : Files()) {
    const bool manifest = file.filename().string().starts_with("MANIFEST");
    if (file.extension() != ".log" && !manifest) continue;
    const std::string content = ReadFile(path_ / file);
    const size_t step = std::max<size_t>(1, content.size() / (4 * Samples()));
    for (size_t size = 0; size < content.size(); size += step) {
      SCOPED_TRACE(testing::Message() << file << " cut to " << size << " of " << content.size());
      const std::string copy = CopyWith(file, content.substr(0, size));
      const absl::Status status = ReadAll(copy, OpenMode::kReadOnly, true);
      EXPECT_TRUE(status.ok() || status.code() == absl::StatusCode::kDataLoss) << status;
      const absl::Status written = ReadAll(copy, OpenMode::kReadWrite, true);
      EXPECT_EQ(written.code(), status.code()) << written;
      earlier += status.ok();
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(earlier, 0u);
}

TEST_F(CorruptionTest, AMissingFileIsDataLoss) {
  for (const fs::path& file : Files()) {
    const std::string name = file.filename().string();
    const bool needed = name == "CURRENT" || name.starts_with("MANIFEST") ||
                        file.extension() == ".sst" || file.extension() == ".log";
    if (!needed) continue;
    SCOPED_TRACE(file);
    const std::string copy = CopyWith(file, "");
    fs::remove(fs::path(copy) / file);
    for (const OpenMode mode : {OpenMode::kReadOnly, OpenMode::kReadWrite}) {
      const absl::Status status = ReadAll(copy, mode, file.extension() == ".log");
      if (file.extension() != ".log") {
        EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
      }
    }
  }
}

}  // namespace
}  // namespace sanad
