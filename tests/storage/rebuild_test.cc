// Compaction that drops unused terms: the same quads in every order under new
// ids, the dictionary shorter, older snapshots undisturbed, derived indexes in
// step; and what validation says of derived indexes that are not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include <sanad/store.h>
#include "storage/derived/derived_store.h"
#include "storage/families.h"
#include "storage/store_impl.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

// Entries hold ids, as those of the label index do.
class NameIndex : public DerivedIndex {
 public:
  std::string_view name() const override { return "test-names"; }
  uint32_t version() const override { return 1; }
  std::vector<Term> predicates() const override { return {Iri("name")}; }
  absl::Status Update(std::span<const QuadChange> changes, DerivedWriter& writer) const override {
    for (const QuadChange& change : changes) {
      const std::string key =
          change.terms.object.value() + "/" + std::to_string(change.ids.subject.bits());
      if (change.added) {
        writer.Put(key, "");
      } else {
        writer.Delete(key);
      }
    }
    return absl::OkStatus();
  }
};

const bool kRegistered = RegisterDerivedIndex(std::make_unique<NameIndex>());

Quad Numbered(int i) {
  const std::string n = std::to_string(i);
  Quad quad = Q("s" + n, "p" + std::to_string(i % 3), "o" + n, i % 4 == 0 ? "g" + n : "");
  if (i % 6 == 1) quad.object = Term::LangString("label " + n, "en");
  if (i % 6 == 2) quad.object = Term::Literal(n, "http://example.org/type");
  if (i % 6 == 3) quad.object = Term::String(std::string(600, 'x') + n);
  if (i % 6 == 4) quad.predicate = Iri("name");
  return quad;
}

// What the index of names says, its ids as terms.
std::set<std::string> Names(const Snapshot& snapshot) {
  std::set<std::string> names;
  const DerivedReader* const reader = snapshot.source().Derived("test-names");
  EXPECT_NE(reader, nullptr);
  EXPECT_TRUE(reader
                  ->Scan("",
                         [&](std::string_view key, std::string_view) {
                           const size_t slash = key.rfind('/');
                           const TermId id(std::stoull(std::string(key.substr(slash + 1))));
                           std::vector<Term> terms;
                           EXPECT_TRUE(
                               snapshot.source().Materialize(std::span(&id, 1), terms).ok());
                           names.insert(std::string(key.substr(0, slash)) + terms[0].ToString());
                           return true;
                         })
                  .ok());
  return names;
}

class RebuildTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(kRegistered);
    Open();
    std::vector<Quad> quads;
    for (int i = 0; i < 900; ++i) quads.push_back(Numbered(i));
    InsertAll(*store_, quads);
    ASSERT_TRUE(store_->Compact().ok());
    auto transaction = store_->Begin().value();
    for (int i = 0; i < 900; ++i) {
      if (i % 7 >= 5) continue;
      ASSERT_TRUE(transaction->Remove(Numbered(i)).ok());
    }
    ASSERT_TRUE(transaction->Commit().ok());
  }

  void Open() {
    StoreOptions options;
    options.memory_budget = uint64_t{64} << 20;
    store_ = GetParam() ? Store::OpenInMemory(options).value()
                        : Store::Open(directory_ / "store", options).value();
  }

  void CheckSame(const std::set<std::string>& texts, const std::set<std::string>& names) {
    const Snapshot snapshot = store_->NewSnapshot();
    for (size_t order = 0; order < kOrderCount; ++order) {
      const auto now = QuadTexts(snapshot.source(), static_cast<Order>(order));
      ASSERT_TRUE(now.ok()) << now.status();
      EXPECT_EQ(*now, texts) << "order " << order;
    }
    EXPECT_EQ(Names(snapshot), names);
    for (int i = 0; i < 900; ++i) EXPECT_EQ(Holds(snapshot, Numbered(i)), i % 7 >= 5) << i;
    EXPECT_THAT(store_->Validate()->problems, testing::IsEmpty());
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
};

TEST_P(RebuildTest, DropsUnusedTermsAndNothingElse) {
  std::optional<Snapshot> before(store_->NewSnapshot());
  const std::set<std::string> texts = QuadTexts(before->source(), Order::kSpo).value();
  const std::set<std::string> names = Names(*before);
  EXPECT_FALSE(names.empty());
  ASSERT_TRUE(store_->Compact(true).ok());
  CheckSame(texts, names);
  EXPECT_EQ(store_->NewSnapshot().commit_number(), before->commit_number() + 1);
  const TermId gone = IdOf(store_->NewSnapshot().source(), Iri("s0"));
  EXPECT_TRUE(gone.is_undefined()) << "a term without quads is still there";
  // Older snapshots go on with their ids.
  EXPECT_EQ(QuadTexts(before->source(), Order::kOps).value(), texts);
  EXPECT_EQ(Names(*before), names);
  EXPECT_FALSE(IdOf(before->source(), Iri("s0")).is_undefined());
  before.reset();
  // Changes go on, with old terms and new.
  InsertAll(*store_, {Numbered(0), Q("s5", "new", "term")});
  EXPECT_TRUE(Holds(store_->NewSnapshot(), Numbered(0)));
  auto transaction = store_->Begin().value();
  ASSERT_TRUE(transaction->Remove(Numbered(0)).ok());
  ASSERT_TRUE(transaction->Remove(Q("s5", "new", "term")).ok());
  ASSERT_TRUE(transaction->Commit().ok());
  transaction.reset();
  ASSERT_TRUE(store_->Compact(true).ok());
  CheckSame(texts, names);
  if (GetParam()) return;
  ASSERT_TRUE(store_->Close().ok());
  Open();
  CheckSame(texts, names);
}

TEST_P(RebuildTest, AnEmptyStoreStaysOne) {
  auto transaction = store_->Begin().value();
  ASSERT_TRUE(transaction->Clear().ok());
  ASSERT_TRUE(transaction->Commit().ok());
  ASSERT_TRUE(store_->Compact(true).ok());
  EXPECT_EQ(store_->NewSnapshot().quad_count(), 0u);
  EXPECT_THAT(store_->Validate()->problems, testing::IsEmpty());
  InsertAll(*store_, {Numbered(1)});
  EXPECT_TRUE(Holds(store_->NewSnapshot(), Numbered(1)));
}

TEST_P(RebuildTest, ValidationComparesDerivedIndexes) {
  kv::Engine& engine = store_->impl().engine();
  const auto [begin, end] = DerivedKeyRange("test-names");
  const auto first = engine.NewIterator(kDerivedFamily, begin, end, nullptr);
  first->SeekToFirst();
  ASSERT_TRUE(first->Valid());
  const auto batch = engine.NewBatch();
  batch->Delete(kDerivedFamily, first->key());
  batch->Put(kDerivedFamily, begin + "nobody/1", "");
  ASSERT_TRUE(engine.Write(*batch, true).ok());
  // A commit, so that a snapshot sees it.
  InsertAll(*store_, {Q("a", "b", "c")});
  const ValidationReport report = store_->Validate().value();
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_THAT(report.problems[0], testing::HasSubstr("test-names"));
  EXPECT_THAT(report.problems[0], testing::HasSubstr("1 entries are missing, 1 are too many"));
}

TEST_P(RebuildTest, StatisticsTellWhatSnapshotsKeep) {
  EXPECT_EQ(store_->Statistics()->pinned_bytes, 0u);
  std::optional<Snapshot> old(store_->NewSnapshot());
  absl::SleepFor(absl::Milliseconds(2));
  ASSERT_TRUE(store_->Compact().ok());
  const StoreStatistics statistics = store_->Statistics().value();
  EXPECT_EQ(statistics.live_snapshots, 1u);
  EXPECT_GE(statistics.oldest_snapshot_age, absl::Milliseconds(2));
  EXPECT_GT(statistics.pinned_bytes, 1000u);
  old.reset();
  EXPECT_EQ(store_->Statistics()->pinned_bytes, 0u);
  EXPECT_EQ(store_->Statistics()->live_snapshots, 0u);
}

INSTANTIATE_TEST_SUITE_P(Engines, RebuildTest, testing::Bool(),
                         [](const auto& test) { return test.param ? "InMemory" : "OnDisk"; });

}  // namespace
}  // namespace sanad
