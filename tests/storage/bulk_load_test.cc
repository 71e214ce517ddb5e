// Bulk loads with so little memory that every way to disk is taken, into empty
// and filled stores, whole and failing at every stage; each store is compared
// with the set of quads it must hold.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <thread>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/derived_index.h"
#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/index/order_writer.h"
#include "storage/kv/kv.h"
#include "storage/store_impl.h"
#include "tests/storage/leftovers.h"
#include "tests/storage/load_test_util.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

// Terms of every kind, shared between near and far quads.
Quad TestQuad(int i) {
  const std::string n = std::to_string(i);
  Quad quad = Q("s" + std::to_string(i * 7919 % 4000), "p" + std::to_string(i % 5), "o" + n,
                i % 3 == 0 ? "g" + std::to_string(i % 4) : "");
  if (i % 11 == 1) quad.object = Term::LangString("label " + n, i % 2 == 0 ? "en" : "ar-SA");
  if (i % 11 == 2) quad.object = Term::Literal(n, "http://example.org/type");
  if (i % 11 == 3) quad.object = Term::Integer(i);
  if (i % 11 == 4) quad.object = Term::String(std::string(600, 'x') + std::to_string(i % 50));
  if (i % 11 == 5) quad.object = Term::BlankNode("b" + n);
  if (i % 11 == 6) quad.object = Term::LangString("label", i % 2 == 0 ? "EN" : "en");
  return quad;
}

std::vector<Quad> TestQuads(int begin, int end) {
  std::vector<Quad> quads;
  for (int i = begin; i < end; ++i) quads.push_back(TestQuad(i));
  return quads;
}

std::set<std::string> Texts(const std::vector<Quad>& quads) {
  std::set<std::string> texts;
  for (const Quad& quad : quads) texts.insert(TextOf(quad));
  return texts;
}

void ExpectHolds(const Store& store, const std::set<std::string>& expected) {
  const Snapshot snapshot = store.NewSnapshot();
  for (int order = 0; order < 7; ++order) {
    EXPECT_EQ(QuadTexts(snapshot.source(), static_cast<Order>(order)).value(), expected)
        << "order " << order;
  }
  const ValidationReport report = store.Validate().value();
  EXPECT_THAT(report.problems, testing::IsEmpty());
  EXPECT_EQ(report.quads_checked, expected.size());
}

BulkLoadOptions Tiny() {
  BulkLoadOptions options;
  options.small = 0;
  options.memory = 100'000;
  return options;
}

std::unique_ptr<Store> Open(const std::string& path) {
  absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path);
  EXPECT_TRUE(store.ok()) << store.status();
  return *std::move(store);
}

// An index that sees labels and counts them, so that its entries must be looked
// up again while a load is under way.
class CountingIndex : public DerivedIndex {
 public:
  std::string_view name() const override { return "counting"; }
  uint32_t version() const override { return 1; }
  std::vector<Term> predicates() const override { return {Iri("p1"), Iri("p2")}; }
  absl::Status Update(std::span<const QuadChange> changes, DerivedWriter& writer) const override {
    for (const QuadChange& change : changes) {
      writer.Put("entry/" + TextOf(change.terms), "");
      const absl::StatusOr<std::optional<std::string>> count = writer.Get("count");
      if (!count.ok()) return count.status();
      const int before = *count ? std::stoi(**count) : 0;
      writer.Put("count", std::to_string(before + (change.added ? 1 : -1)));
    }
    return absl::OkStatus();
  }
};
const bool kRegistered = RegisterDerivedIndex(std::make_unique<CountingIndex>());

void ExpectCounted(const Store& store, const std::vector<Quad>& quads) {
  ASSERT_TRUE(kRegistered);
  std::set<std::string> seen;
  for (const Quad& quad : quads) {
    if (quad.predicate == Iri("p1") || quad.predicate == Iri("p2")) seen.insert(TextOf(quad));
  }
  const Snapshot snapshot = store.NewSnapshot();
  const DerivedReader* const reader = snapshot.source().Derived("counting");
  ASSERT_NE(reader, nullptr);
  EXPECT_EQ(reader->Get("count")->value_or("0"), std::to_string(seen.size()));
  size_t entries = 0;
  ASSERT_TRUE(reader
                  ->Scan("entry/",
                         [&](std::string_view, std::string_view) {
                           ++entries;
                           return true;
                         })
                  .ok());
  EXPECT_EQ(entries, seen.size());
}

TEST(BulkLoadTest, RunsOnDiskGiveTheSameStore) {
  for (const int threads : {0, 1, 3}) {
    TemporaryDirectory directory;
    auto store = Open(directory / "store");
    // The same quads more than once, in runs far apart.
    std::vector<Quad> quads = TestQuads(0, 9000);
    for (const Quad& quad : TestQuads(0, 3000)) quads.push_back(quad);
    BulkLoadOptions options = Tiny();
    options.threads = threads;
    const BulkLoadReport report = BulkLoad(*store, PullOf(quads), options).value();
    const std::set<std::string> expected = Texts(quads);
    EXPECT_EQ(report.read, quads.size());
    EXPECT_EQ(report.added, expected.size());
    ExpectHolds(*store, expected);
    ExpectCounted(*store, quads);
    ExpectNothingLeft(*store, directory / "store");
  }
}

TEST(BulkLoadTest, RunsOnDiskMergeWithBlocksAndDelta) {
  TemporaryDirectory directory;
  OrderWriter::SetSizesForTesting(64, 4);
  auto store = Open(directory / "store");
  InsertAll(*store, TestQuads(0, 3000));
  ASSERT_TRUE(store->Compact().ok());
  InsertAll(*store, TestQuads(2000, 4000));
  const std::vector<Quad> quads = TestQuads(1000, 9000);
  const BulkLoadReport report = BulkLoad(*store, PullOf(quads), Tiny()).value();
  const std::vector<Quad> all = TestQuads(0, 9000);
  EXPECT_EQ(report.added, Texts(all).size() - Texts(TestQuads(0, 4000)).size());
  ExpectHolds(*store, Texts(all));
  ExpectCounted(*store, all);
  ExpectNothingLeft(*store, directory / "store");
  ASSERT_TRUE(store->Close().ok());
  store = Open(directory / "store");
  ExpectHolds(*store, Texts(all));
  OrderWriter::SetSizesForTesting(0, 0);
}

// A load that is small beside the store becomes one record of the delta.
TEST(BulkLoadTest, ASmallLoadIntoALargeStoreIsOneCommit) {
  TemporaryDirectory directory;
  auto store = Open(directory / "store");
  ASSERT_TRUE(BulkLoad(*store, PullOf(TestQuads(0, 20000)), Tiny()).ok());
  std::vector<Quad> quads = TestQuads(19500, 20500);
  quads.push_back(Q("s1", "p1", "o1", "new"));
  for (const Quad& quad : TestQuads(0, 20))
    quads.push_back({quad.subject, quad.predicate, quad.object, Iri("g9")});
  const uint64_t blocks = store->impl().state()->index.directories()[0]->total().rows;
  const BulkLoadReport report = BulkLoad(*store, PullOf(quads), Tiny()).value();
  std::vector<Quad> all = TestQuads(0, 20000);
  EXPECT_EQ(store->impl().state()->index.directories()[0]->total().rows, blocks);
  EXPECT_GT(store->impl().state()->index.delta().size(), 0u);
  const size_t before = Texts(all).size();
  all.insert(all.end(), quads.begin(), quads.end());
  EXPECT_EQ(report.added, Texts(all).size() - before);
  for (int reopened = 0; reopened < 2; ++reopened) {
    ExpectHolds(*store, Texts(all));
    ExpectCounted(*store, all);
    ASSERT_TRUE(store->Close().ok());
    store = Open(directory / "store");
  }
  ASSERT_TRUE(store->Compact().ok());
  ExpectHolds(*store, Texts(all));
}

TEST(BulkLoadTest, CancelAtEveryStageLeavesTheStoreAsItWas) {
  TemporaryDirectory directory;
  auto store = Open(directory / "store");
  InsertAll(*store, TestQuads(0, 500));
  const std::set<std::string> before = Texts(TestQuads(0, 500));
  const std::vector<Quad> quads = TestQuads(0, 8000);
  int answered = 0;
  bool finished = false;
  // The load is asked ever later, until it is asked no more.
  for (int patience = 0; !finished; patience += 1 + patience / 4) {
    ASSERT_LT(patience, 1'000'000);
    std::atomic<int> asked{0};
    BulkLoadOptions options = Tiny();
    options.cancelled = [&] { return asked++ >= patience; };
    const auto report = BulkLoad(*store, PullOf(quads), options);
    finished = report.ok();
    if (finished) break;
    ++answered;
    ASSERT_EQ(report.status().code(), absl::StatusCode::kCancelled) << report.status();
    ASSERT_EQ(store->NewSnapshot().quad_count(), before.size());
    ExpectNothingLeft(*store, directory / "store");
  }
  EXPECT_GT(answered, 10);
  ExpectHolds(*store, Texts(quads));
}

TEST(BulkLoadTest, CancelNamedStages) {
  for (const std::string_view wanted : {"read", "sort", "index", "commit"}) {
    TemporaryDirectory directory;
    auto store = Open(directory / "store");
    InsertAll(*store, TestQuads(0, 100));
    std::atomic<bool> stop{false};
    BulkLoadOptions options = Tiny();
    options.progress = [&](std::string_view stage, uint64_t) { stop = stop || stage == wanted; };
    options.cancelled = [&] { return stop.load(); };
    const std::vector<Quad> quads = TestQuads(0, 12000);
    const auto report = BulkLoad(*store, PullOf(quads), options);
    if (wanted == "commit") {
      // Too late: what is durable is not taken back.
      ASSERT_TRUE(report.ok()) << report.status();
      continue;
    }
    EXPECT_EQ(report.status().code(), absl::StatusCode::kCancelled) << wanted;
    ExpectHolds(*store, Texts(TestQuads(0, 100)));
    ExpectNothingLeft(*store, directory / "store");
  }
}

TEST(BulkLoadTest, AnErrorOfTheInputLoadsNothing) {
  TemporaryDirectory directory;
  auto store = Open(directory / "store");
  InsertAll(*store, TestQuads(0, 100));
  const std::vector<Quad> quads = TestQuads(0, 8000);
  const QuadPull pull = PullOf(quads);
  const QuadPull failing = [&](std::vector<Quad>& batch) -> absl::Status {
    const absl::Status status = pull(batch);
    return batch.empty() ? absl::InvalidArgumentError("line 8001: expected a subject") : status;
  };
  const auto report = BulkLoad(*store, failing, Tiny());
  EXPECT_EQ(report.status().message(), "line 8001: expected a subject");
  ExpectHolds(*store, Texts(TestQuads(0, 100)));
  ExpectNothingLeft(*store, directory / "store");
}

TEST(BulkLoadTest, ADirectoryThatCannotBeWrittenIsNamed) {
  TemporaryDirectory directory;
  auto store = Open(directory / "store");
  InsertAll(*store, TestQuads(0, 100));
  std::ofstream(directory / "file") << "no directory";
  for (const std::string name : {"file", "missing"}) {
    BulkLoadOptions options = Tiny();
    options.spill_directory = directory / name;
    const auto report = BulkLoad(*store, PullOf(TestQuads(0, 8000)), options);
    EXPECT_EQ(report.status().code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(std::string(report.status().message()), testing::HasSubstr(directory / name));
  }
  ExpectHolds(*store, Texts(TestQuads(0, 100)));
  // The writer slot is free again.
  EXPECT_TRUE(store->Begin(absl::Now()).ok());
}

TEST(BulkLoadTest, OthersWaitForTheWriterSlot) {
  TemporaryDirectory directory;
  auto store = Open(directory / "store");
  auto loader = BulkLoader::Begin(*store, Tiny()).value();
  const auto late = store->Begin(absl::Now() + absl::Milliseconds(20));
  EXPECT_EQ(late.status().code(), absl::StatusCode::kUnavailable);
  BulkLoadOptions second = Tiny();
  second.deadline = absl::Now() + absl::Milliseconds(20);
  EXPECT_EQ(BulkLoader::Begin(*store, second).status().code(), absl::StatusCode::kUnavailable);
  std::thread waiting([&] { InsertAll(*store, {Q("late", "p", "o")}); });
  for (const Quad& quad : TestQuads(0, 5000)) {
    ASSERT_TRUE(loader
                    ->Add({ViewOf(quad.subject), ViewOf(quad.predicate), ViewOf(quad.object),
                           ViewOf(quad.graph)})
                    .ok());
  }
  ASSERT_TRUE(loader->Finish().ok());
  loader.reset();
  waiting.join();
  std::vector<Quad> all = TestQuads(0, 5000);
  all.push_back(Q("late", "p", "o"));
  ExpectHolds(*store, Texts(all));
}

TEST(BulkLoadTest, AStoreInMemoryNeverSpills) {
  auto store = Store::OpenInMemory().value();
  const std::vector<Quad> quads = TestQuads(0, 5000);
  ASSERT_TRUE(BulkLoad(*store, PullOf(quads), Tiny()).ok());
  ExpectHolds(*store, Texts(quads));
  ExpectCounted(*store, quads);
}

}  // namespace
}  // namespace sanad
