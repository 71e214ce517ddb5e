// Derived indexes: in step with commits, drops and rollbacks; rebuilt when
// missing or of another version.

#include <gtest/gtest.h>

#include <atomic>

#include <sanad/store.h>
#include "storage/derived_index.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

std::atomic<uint32_t> index_version{1};

// Counts the quads of predicate "label" by object.
class LabelCounter : public DerivedIndex {
 public:
  std::string_view name() const override { return "test-labels"; }
  uint32_t version() const override { return index_version; }
  std::vector<Term> predicates() const override { return {Iri("label")}; }
  absl::Status Update(std::span<const QuadChange> changes, DerivedWriter& writer) const override {
    for (const QuadChange& change : changes) {
      EXPECT_EQ(change.terms.predicate, Iri("label"));
      const std::string key = change.terms.object.value();
      absl::StatusOr<std::optional<std::string>> before = writer.Get(key);
      if (!before.ok()) return before.status();
      const int count = (*before ? std::stoi(**before) : 0) + (change.added ? 1 : -1);
      if (count == 0) {
        writer.Delete(key);
      } else {
        writer.Put(key, std::to_string(count));
      }
    }
    return absl::OkStatus();
  }
};

const bool kRegistered = RegisterDerivedIndex(std::make_unique<LabelCounter>());

std::string Dump(const Snapshot& snapshot, std::string_view prefix = "") {
  const DerivedReader* const reader = snapshot.source().Derived("test-labels");
  if (reader == nullptr) return "none";
  std::string out;
  EXPECT_TRUE(reader
                  ->Scan(prefix,
                         [&](std::string_view key, std::string_view value) {
                           out.append(key).append("=").append(value).append(" ");
                           return true;
                         })
                  .ok());
  return out;
}

TEST(DerivedIndexTest, FollowsCommitsInTheSameBatch) {
  ASSERT_TRUE(kRegistered);
  EXPECT_FALSE(RegisterDerivedIndex(std::make_unique<LabelCounter>()));
  auto store = Store::OpenInMemory().value();
  EXPECT_EQ(Dump(store->NewSnapshot()), "");
  InsertAll(*store, {Q("a", "label", "\"talks\""), Q("b", "label", "\"talks\"", "g"),
                     Q("c", "label", "\"a much longer label\"", "g"), Q("c", "other", "\"x\"")});
  const Snapshot before = store->NewSnapshot();
  EXPECT_EQ(Dump(before), "a much longer label=1 talks=2 ");
  EXPECT_EQ(Dump(before, "t"), "talks=2 ");
  EXPECT_EQ(*before.source().Derived("test-labels")->Get("talks").value(), "2");
  EXPECT_EQ(before.source().Derived("unknown"), nullptr);
  {
    auto transaction = store->Begin().value();
    ASSERT_TRUE(transaction->Insert(Q("d", "label", "\"never\"")).ok());
    transaction->Rollback();
  }
  auto transaction = store->Begin().value();
  ASSERT_TRUE(transaction->RemoveGraph(Iri("g")).ok());
  ASSERT_TRUE(transaction->Commit().ok());
  EXPECT_EQ(Dump(store->NewSnapshot()), "talks=1 ");
  EXPECT_EQ(Dump(before), "a much longer label=1 talks=2 ");
}

TEST(DerivedIndexTest, IsRebuiltWhenItsVersionChanges) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  {
    auto store = Store::Open(path).value();
    InsertAll(*store, {Q("a", "label", "\"talks\""), Q("b", "label", "\"talks\"", "g")});
  }
  index_version = 2;
  StoreOptions read_only;
  read_only.mode = OpenMode::kReadOnly;
  std::vector<std::string> lines;
  read_only.log = [&](LogLevel, std::string_view line) { lines.emplace_back(line); };
  {
    auto store = Store::Open(path, read_only).value();
    EXPECT_EQ(Dump(store->NewSnapshot()), "none");
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_NE(lines[0].find("test-labels"), std::string::npos);
  }
  {
    auto store = Store::Open(path).value();
    EXPECT_EQ(Dump(store->NewSnapshot()), "talks=2 ");
  }
  auto store = Store::Open(path, read_only).value();
  EXPECT_EQ(Dump(store->NewSnapshot()), "talks=2 ");
  index_version = 1;
}

}  // namespace
}  // namespace sanad
