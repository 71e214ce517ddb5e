// The store through its public interface: transactions, graph scopes, opening
// and closing, prefixes, backup.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/memory_quad_source.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

std::unique_ptr<Store> Open(const std::string& path, const StoreOptions& options = {}) {
  absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path, options);
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

uint64_t Count(const Store& store, const GraphScope& scope) {
  const Snapshot snapshot = store.NewSnapshot();
  const absl::StatusOr<uint64_t> count = snapshot.source().Count({}, scope);
  EXPECT_TRUE(count.ok()) << count.status();
  return count.ok() ? *count : 0;
}

// One fact in three graphs, and others around it.
const std::vector<Quad>& ThreeGraphs() {
  static const auto* quads = new std::vector<Quad>{
      Q("riyadh", "hosts", "talks"),         Q("riyadh", "hosts", "talks", "g1"),
      Q("riyadh", "hosts", "talks", "g2"),   Q("riyadh", "hosts", "summit", "g1"),
      Q("ankara", "hosts", "summit", "g2"),  Q("meta", "a", "x", "meta"),
      Q("riyadh", "hosts", "talks", "meta"), Q("only", "in", "meta", "meta")};
  return *quads;
}

std::vector<Quad> WithMeta() {
  std::vector<Quad> quads = ThreeGraphs();
  quads.push_back(
      {Iri("meta"), Term::Iri(iri::kRdfType), Term::Iri(iri::kLexiconGraph), Iri("meta")});
  return quads;
}

class ScopeTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<Store>> store = Store::OpenInMemory();
    ASSERT_TRUE(store.ok());
    store_ = *std::move(store);
    InsertAll(*store_, WithMeta());
    snapshot_ = std::make_unique<Snapshot>(store_->NewSnapshot());
    memory_ = MemoryQuadSource::FromQuads(WithMeta());
  }
  const QuadSource& source() {
    return GetParam() ? static_cast<const QuadSource&>(*memory_) : snapshot_->source();
  }
  std::unique_ptr<Store> store_;
  std::unique_ptr<Snapshot> snapshot_;
  std::unique_ptr<MemoryQuadSource> memory_;
};

TEST_P(ScopeTest, EachScopeCountsWhatItScans) {
  const TermId g1 = IdOf(source(), Iri("g1")), g2 = IdOf(source(), Iri("g2"));
  const struct {
    GraphScope scope;
    uint64_t rows;
  } cases[] = {
      {GraphScope::Default(), 1},
      {GraphScope::One(g1), 2},
      {GraphScope::One(g2), 2},
      {GraphScope::Set({g1, g2}), 3},
      {GraphScope::Set({TermId::DefaultGraph(), g1}), 2},
      {GraphScope::Set({}), 0},
      {GraphScope::Union(), 3},
      {GraphScope::Each(), 8},
      {GraphScope::EachOf({g1}), 2},
      {GraphScope::EachOf({g1, g2}), 4},
  };
  for (const auto& test : cases) {
    SCOPED_TRACE(testing::Message() << "scope " << static_cast<int>(test.scope.kind) << " with "
                                    << test.scope.graphs.size() << " graphs");
    EXPECT_EQ(source().Count({}, test.scope).value(), test.rows);
    for (const Order order :
         {Order::kSpo, Order::kSop, Order::kPso, Order::kPos, Order::kOsp, Order::kOps}) {
      for (const int columns : {1, 2, 3}) {
        const std::vector<Row> rows = Rows(
            source(),
            {.pattern = {}, .order = order, .scope = test.scope, .ranges = {}, .columns = columns});
        EXPECT_EQ(rows.size(), test.rows);
        const bool graph_only = test.scope.kind == GraphScope::Kind::kEach && columns < 3;
        EXPECT_TRUE(graph_only || std::is_sorted(rows.begin(), rows.end()));
      }
    }
  }
}

TEST_P(ScopeTest, AFactOfThreeGraphsIsOneTripleAndThreeQuads) {
  const IdPattern fact{IdOf(source(), Iri("riyadh")), IdOf(source(), Iri("hosts")),
                       IdOf(source(), Iri("talks"))};
  EXPECT_EQ(source().Count(fact, GraphScope::Union()).value(), 1u);
  EXPECT_EQ(source().Count(fact, GraphScope::Each()).value(), 3u);
  EXPECT_EQ(source().Count(fact, GraphScope::Default()).value(), 1u);
  const IdPattern only{IdOf(source(), Iri("only")), {}, {}};
  EXPECT_EQ(source().Count(only, GraphScope::Union()).value(), 0u);
  EXPECT_EQ(source().Count(only, GraphScope::Each()).value(), 1u);
}

TEST_P(ScopeTest, RangesAndSkipToRestrictTheFirstFreeColumn) {
  const TermId hosts = IdOf(source(), Iri("hosts"));
  const TermId talks = IdOf(source(), Iri("talks")), summit = IdOf(source(), Iri("summit"));
  ScanRequest request{.pattern = {.subject = {}, .predicate = hosts, .object = {}},
                      .order = Order::kPos,
                      .scope = GraphScope::Union(),
                      .ranges = {{summit, summit}},
                      .columns = 3};
  EXPECT_EQ(Rows(source(), request).size(), 2u);
  request.ranges = {{TermId::Min(), std::min(talks, summit)}};
  const std::vector<Row> low = Rows(source(), request);
  ASSERT_FALSE(low.empty());
  EXPECT_EQ(low.front()[1], std::min(talks, summit));
  request.ranges.clear();
  auto scan = source().Scan(request);
  ASSERT_TRUE(scan.ok());
  (*scan)->SkipTo(std::max(talks, summit));
  QuadBatch batch;
  ASSERT_TRUE((*scan)->Next(batch));
  EXPECT_EQ(batch.columns[1][0], std::max(talks, summit));
}

TEST_P(ScopeTest, NamedGraphsLeaveOutThoseOutsideTheUnion) {
  EXPECT_EQ(source().NamedGraphs(false)->size(), 3u);
  EXPECT_EQ(source().NamedGraphs(true)->size(), 2u);
}

TEST_P(ScopeTest, AScanWhoseOrderDoesNotFitIsRefused) {
  const ScanRequest request{
      .pattern = {.subject = {}, .predicate = {}, .object = IdOf(source(), Iri("talks"))},
      .order = Order::kSpo,
      .scope = GraphScope::Union(),
      .ranges = {},
      .columns = 3};
  EXPECT_EQ(source().Scan(request).status().code(), absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(Sources, ScopeTest, testing::Bool(),
                         [](const auto& test) { return test.param ? "Memory" : "Store"; });

TEST(StoreTest, TransactionsSeeTheirOwnChangesAndOthersDoNot) {
  auto store = Store::OpenInMemory().value();
  InsertAll(*store, {Q("a", "p", "b"), Q("a", "p", "c", "g")});
  auto transaction = store->Begin().value();
  ASSERT_TRUE(transaction->Insert(Q("a", "p", "new")).ok());
  ASSERT_TRUE(transaction->Insert(Q("a", "p", "b")).ok());  // There already.
  ASSERT_TRUE(transaction->Remove(Q("a", "p", "c", "g")).ok());
  ASSERT_TRUE(transaction->Remove(Q("a", "p", "absent")).ok());
  EXPECT_EQ(transaction->added_count(), 1u);
  EXPECT_EQ(transaction->removed_count(), 1u);
  EXPECT_EQ(*transaction->source().Count({}, GraphScope::Union()), 2u);
  EXPECT_EQ(store->NewSnapshot().quad_count(), 2u);
  const Snapshot before = store->NewSnapshot();
  ASSERT_TRUE(transaction->Commit().ok());
  EXPECT_EQ(transaction->Commit().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(Holds(before, Q("a", "p", "c", "g")));
  EXPECT_FALSE(Holds(store->NewSnapshot(), Q("a", "p", "c", "g")));
  EXPECT_TRUE(Holds(store->NewSnapshot(), Q("a", "p", "new")));
  EXPECT_EQ(store->NewSnapshot().commit_number(), before.commit_number() + 1);
}

TEST(StoreTest, RollbackLeavesNothingAndFreesTheWriter) {
  auto store = Store::OpenInMemory().value();
  {
    auto transaction = store->Begin().value();
    ASSERT_TRUE(transaction->Insert(Q("a", "p", "b")).ok());
    const auto other = store->Begin(absl::Now() + absl::Milliseconds(10));
    EXPECT_EQ(other.status().code(), absl::StatusCode::kUnavailable);
    transaction->Rollback();
  }
  EXPECT_EQ(store->NewSnapshot().quad_count(), 0u);
  InsertAll(*store, {Q("x", "p", "y")});
  EXPECT_TRUE(Holds(store->NewSnapshot(), Q("x", "p", "y")));
  EXPECT_FALSE(Holds(store->NewSnapshot(), Q("a", "p", "b")));
}

TEST(StoreTest, RemovingAGraphAndClearing) {
  auto store = Store::OpenInMemory().value();
  InsertAll(*store, WithMeta());
  auto transaction = store->Begin().value();
  ASSERT_TRUE(transaction->RemoveGraph(Iri("g1")).ok());
  ASSERT_TRUE(transaction->RemoveGraph(Iri("never")).ok());
  EXPECT_EQ(transaction->removed_count(), 2u);
  ASSERT_TRUE(transaction->RemoveGraph(Iri("meta")).ok());
  ASSERT_TRUE(transaction->Insert(Q("s", "p", "o", "meta")).ok());
  ASSERT_TRUE(transaction->Commit().ok());
  // The graph no longer says what it is, so its new quad is in the union.
  EXPECT_EQ(Count(*store, GraphScope::Union()), 3u);
  transaction = store->Begin().value();
  ASSERT_TRUE(transaction->Insert(Q("s", "p", "o2")).ok());
  ASSERT_TRUE(transaction->Clear().ok());
  ASSERT_TRUE(transaction->Commit().ok());
  EXPECT_EQ(store->NewSnapshot().quad_count(), 0u);
}

TEST(StoreTest, TermsKeepTheirFormsThroughAReopen) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  const std::string long_value(100000, 'x');
  const std::vector<Term> objects = {
      Term::String("short"),
      Term::String(""),
      Term::String(std::string("nul\0inside", 10)),
      Term::String("longer than seven bytes"),
      Term::String(long_value + "1"),
      Term::String(long_value + "2"),
      Term::LangString("مرحبا", "ar"),
      Term::LangString("hello", "en-GB"),
      Term::Literal("01", SANAD_XSD_NS "integer"),
      Term::Literal("1", SANAD_XSD_NS "integer"),
      Term::Literal("1.50", SANAD_XSD_NS "decimal"),
      Term::Literal("anything", "http://example.org/type"),
      Term::Literal("2025-02-18", SANAD_XSD_NS "date"),
      Term::BlankNode("b0"),
      Iri("الرياض"),
  };
  {
    auto store = Open(path);
    auto transaction = store->Begin().value();
    for (const Term& object : objects) {
      ASSERT_TRUE(transaction->Insert({Iri("s"), Iri("p"), object, {}}).ok());
    }
    ASSERT_TRUE(transaction->Insert({Iri("s"), Iri("p"), Term::LangString("hello", "EN-gb"), {}})
                    .ok());  // The same term.
    ASSERT_TRUE(transaction->Commit().ok());
    ASSERT_TRUE(store->Close().ok());
  }
  auto store = Open(path);
  const Snapshot snapshot = store->NewSnapshot();
  EXPECT_EQ(snapshot.quad_count(), objects.size());
  for (const Term& object : objects) {
    EXPECT_TRUE(Holds(snapshot, {Iri("s"), Iri("p"), object, {}})) << object.ToString();
    const TermId id = IdOf(snapshot.source(), object);
    std::vector<Term> terms;
    ASSERT_TRUE(snapshot.source().Materialize(std::span(&id, 1), terms).ok());
    EXPECT_EQ(terms[0], object);
    EXPECT_EQ(terms[0].value(), object.value());
  }
  const TermId english = IdOf(snapshot.source(), Term::LangString("hello", "en-gb"));
  EXPECT_EQ(snapshot.source().LanguageOfCode(static_cast<uint32_t>(english.payload() >> 48)),
            "en-GB");
}

TEST(StoreTest, ManyCommitsSurviveAReopen) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  {
    auto store = Open(path);
    for (int i = 0; i < 50; ++i) InsertAll(*store, {Q("s" + std::to_string(i), "p", "o")});
  }
  auto store = Open(path);
  EXPECT_EQ(store->NewSnapshot().quad_count(), 50u);
  EXPECT_EQ(store->NewSnapshot().commit_number(), 50u);
  EXPECT_TRUE(store->Validate()->problems.empty());
}

TEST(StoreTest, AStoreOpenElsewhereIsRefusedWithThePid) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  auto store = Open(path);
  const auto again = Store::Open(path);
  EXPECT_EQ(again.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(std::string(again.status().message()).find(std::to_string(getpid())),
            std::string::npos);
  const pid_t child = fork();
  if (child == 0) {
    const auto other = Store::Open(path);
    const bool named =
        std::string(other.status().message()).find(std::to_string(getppid())) != std::string::npos;
    _exit(other.status().code() == absl::StatusCode::kUnavailable && named ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  ASSERT_TRUE(store->Close().ok());
  EXPECT_TRUE(Store::Open(path).ok());
}

TEST(StoreTest, WhatIsNoStoreIsRefused) {
  TemporaryDirectory directory;
  StoreOptions existing;
  existing.create_if_missing = false;
  EXPECT_EQ(Store::Open(directory / "missing", existing).status().code(),
            absl::StatusCode::kNotFound);
  std::ofstream(directory / "file") << "text";
  EXPECT_EQ(Store::Open(directory / "file").status().code(), absl::StatusCode::kFailedPrecondition);
  std::filesystem::create_directory(directory / "folder");
  std::ofstream(directory / "folder/other") << "text";
  EXPECT_EQ(Store::Open(directory / "folder").status().code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_NE(Open(directory / "store"), nullptr);
  std::ofstream(directory / "store/FORMAT") << "sanad store\nformat 99\n";
  const auto other = Store::Open(directory / "store");
  EXPECT_EQ(other.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(std::string(other.status().message()).find("99"), std::string::npos);
  std::ofstream(directory / "store/FORMAT") << "garbage";
  EXPECT_EQ(Store::Open(directory / "store").status().code(), absl::StatusCode::kDataLoss);
}

TEST(StoreTest, AReadOnlyStoreReadsAndRefusesWrites) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  {
    auto store = Open(path);
    InsertAll(*store, ThreeGraphs());
  }
  StoreOptions options;
  options.mode = OpenMode::kReadOnly;
  auto store = Open(path, options);
  ASSERT_NE(store, nullptr);
  EXPECT_TRUE(store->read_only());
  EXPECT_EQ(store->NewSnapshot().quad_count(), ThreeGraphs().size());
  EXPECT_EQ(store->Begin().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(store->SetPrefix("a", "b").code(), absl::StatusCode::kFailedPrecondition);
  // Two readers at once, and no writer beside them.
  EXPECT_TRUE(Store::Open(path, options).ok());
  EXPECT_EQ(Store::Open(path).status().code(), absl::StatusCode::kUnavailable);
}

TEST(StoreTest, AFollowerSeesWhatTheWriterCommitted) {
  TemporaryDirectory directory;
  const std::string path = directory / "store";
  auto writer = Open(path);
  InsertAll(*writer, ThreeGraphs());
  StoreOptions options;
  options.mode = OpenMode::kFollower;
  auto follower = Open(path, options);
  ASSERT_NE(follower, nullptr);
  EXPECT_EQ(follower->Begin().status().code(), absl::StatusCode::kFailedPrecondition);
  const Snapshot first = follower->NewSnapshot();
  EXPECT_EQ(first.quad_count(), ThreeGraphs().size());
  uint64_t expected = ThreeGraphs().size();
  for (int round = 0; round < 4; ++round) {
    if (round == 1) {
      ASSERT_TRUE(writer->Compact().ok());
    }
    if (round == 2) {
      BulkLoadOptions bulk;
      bulk.small = 0;
      bool done = false;
      const QuadPull pull = [&](std::vector<Quad>& batch) {
        batch.clear();
        for (int i = 0; !done && i < 5000; ++i) {
          batch.push_back(Q("b" + std::to_string(i), "p", "o"));
        }
        done = true;
        return absl::OkStatus();
      };
      ASSERT_TRUE(BulkLoad(*writer, pull, bulk).ok());
      expected += 5000;
    }
    InsertAll(*writer, {Q("round" + std::to_string(round), "p", "o", "g1")});
    ++expected;
    const absl::Status refreshed = follower->Refresh();
    ASSERT_TRUE(refreshed.ok()) << refreshed;
    const Snapshot snapshot = follower->NewSnapshot();
    EXPECT_EQ(snapshot.quad_count(), expected);
    EXPECT_EQ(snapshot.commit_number(), writer->NewSnapshot().commit_number());
    EXPECT_TRUE(Holds(snapshot, Q("round" + std::to_string(round), "p", "o", "g1")));
    EXPECT_THAT(follower->Validate()->problems, testing::IsEmpty());
    EXPECT_EQ(first.quad_count(), ThreeGraphs().size());
    EXPECT_TRUE(Holds(first, ThreeGraphs()[0]));
  }
  EXPECT_EQ(writer->Refresh().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(StoreTest, CloseWaitsForNoOne) {
  TemporaryDirectory directory;
  auto store = Open(directory / "store");
  InsertAll(*store, {Q("a", "p", "b")});
  {
    const Snapshot snapshot = store->NewSnapshot();
    EXPECT_EQ(store->Close().code(), absl::StatusCode::kFailedPrecondition);
  }
  {
    auto scan = store->NewSnapshot().source().Scan({.pattern = {},
                                                    .order = Order::kSpo,
                                                    .scope = GraphScope::Union(),
                                                    .ranges = {},
                                                    .columns = 3});
    EXPECT_EQ(store->Close().code(), absl::StatusCode::kFailedPrecondition);
  }
  {
    auto transaction = store->Begin().value();
    EXPECT_EQ(store->Close().code(), absl::StatusCode::kFailedPrecondition);
  }
  EXPECT_TRUE(store->Close().ok());
  EXPECT_TRUE(store->Close().ok());
  EXPECT_EQ(store->Begin().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(store->NewSnapshot().quad_count(), 0u);
}

TEST(StoreTest, PrefixesAreRemembered) {
  TemporaryDirectory directory;
  {
    auto store = Open(directory / "store");
    ASSERT_TRUE(store->SetPrefix("ex", "http://example.org/").ok());
    ASSERT_TRUE(store->SetPrefix("", "http://example.org/default#").ok());
    ASSERT_TRUE(store->SetPrefix("gone", "http://example.org/gone").ok());
    ASSERT_TRUE(store->SetPrefix("gone", "").ok());
  }
  auto store = Open(directory / "store");
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"", "http://example.org/default#"}, {"ex", "http://example.org/"}};
  EXPECT_EQ(store->Prefixes(), expected);
}

TEST(StoreTest, ABackupOpensAsTheStoreItWas) {
  TemporaryDirectory directory;
  auto store = Open(directory / "store");
  InsertAll(*store, ThreeGraphs());
  ASSERT_TRUE(store->Backup(directory / "backup").ok());
  InsertAll(*store, {Q("later", "p", "o")});
  EXPECT_EQ(store->Backup(directory / "backup").code(), absl::StatusCode::kAlreadyExists);
  ASSERT_TRUE(Restore(directory / "backup", directory / "restored").ok());
  auto restored = Open(directory / "restored");
  EXPECT_EQ(restored->NewSnapshot().quad_count(), ThreeGraphs().size());
  EXPECT_TRUE(restored->Validate()->problems.empty());
  InsertAll(*restored, {Q("another", "p", "o")});
}

TEST(StoreTest, ABackupCutShortIsReplacedByTheNext) {
  TemporaryDirectory directory;
  auto store = Open(directory / "store");
  InsertAll(*store, ThreeGraphs());
  std::filesystem::create_directories(directory / "backups/monday.backing-up/db/left");
  ASSERT_TRUE(store->Backup(directory / "backups/monday/").ok());
  EXPECT_FALSE(std::filesystem::exists(directory / "backups/monday.backing-up"));
  EXPECT_EQ(Open(directory / "backups/monday")->NewSnapshot().quad_count(), ThreeGraphs().size());
}

TEST(StoreTest, StatisticsCountPredicatesAndClasses) {
  auto store = Store::OpenInMemory().value();
  InsertAll(*store, {Q("m1", "a", "Meeting", "g1"), Q("m1", "a", "Meeting", "g2"),
                     Q("m2", "a", "Meeting"), Q("m2", "at", "riyadh"), Q("m1", "at", "riyadh")});
  const StoreStatistics statistics = store->Statistics().value();
  EXPECT_EQ(statistics.quads, 5u);
  EXPECT_EQ(statistics.distinct_triples, 4u);
  EXPECT_EQ(statistics.named_graphs, 2u);
  ASSERT_EQ(statistics.predicates.size(), 2u);
  EXPECT_EQ(statistics.predicates[0].predicate, Term::Iri(iri::kRdfType));
  EXPECT_EQ(statistics.predicates[0].quads, 3u);
  EXPECT_EQ(statistics.predicates[0].distinct_triples, 2u);
  EXPECT_EQ(statistics.predicates[0].distinct_subjects, 2u);
  EXPECT_EQ(statistics.predicates[0].distinct_objects, 1u);
  ASSERT_EQ(statistics.classes.size(), 1u);
  EXPECT_EQ(statistics.classes[0].second, 2u);
}

TEST(StoreTest, MalformedQuadsAreRefused) {
  auto store = Store::OpenInMemory().value();
  auto transaction = store->Begin().value();
  const Quad bad[] = {{Term::String("s"), Iri("p"), Iri("o"), {}},
                      {Iri("s"), Term::BlankNode("p"), Iri("o"), {}},
                      {Iri("s"), Iri("p"), {}, {}},
                      {Iri("s"), Iri("p"), Iri("o"), Term::String("g")},
                      {Iri("s"), Iri("p"), Term::LangString("x", std::string("e\0n", 3)), {}}};
  for (const Quad& quad : bad) {
    EXPECT_EQ(transaction->Insert(quad).code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(transaction->added_count(), 0u);
}

TEST(StoreTest, BulkLoadAddsAllOrNothing) {
  auto store = Store::OpenInMemory().value();
  InsertAll(*store, {Q("there", "p", "o")});
  int calls = 0;
  const QuadPull pull = [&](std::vector<Quad>& batch) {
    batch.clear();
    if (calls++ < 3) batch = {Q("s" + std::to_string(calls), "p", "o"), Q("there", "p", "o")};
    return absl::OkStatus();
  };
  const BulkLoadReport report = BulkLoad(*store, pull).value();
  EXPECT_EQ(report.read, 6u);
  EXPECT_EQ(report.added, 3u);
  EXPECT_EQ(store->NewSnapshot().quad_count(), 4u);
  const QuadPull failing = [&](std::vector<Quad>& batch) {
    batch = {Q("never", "p", "o")};
    return ++calls > 6 ? absl::InvalidArgumentError("line 3") : absl::OkStatus();
  };
  EXPECT_EQ(BulkLoad(*store, failing).status().code(), absl::StatusCode::kInvalidArgument);
  BulkLoadOptions cancelled;
  cancelled.cancelled = [] { return true; };
  calls = 0;
  EXPECT_EQ(BulkLoad(*store, pull, cancelled).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(store->NewSnapshot().quad_count(), 4u);
}

// Every kind of term, in ids old and new, in one ingest over a store that holds
// some of it in blocks, some in the delta.
TEST(StoreTest, ALargeBulkLoadMergesWithWhatIsThere) {
  TemporaryDirectory directory;
  const auto quad = [](int i) {
    const std::string n = std::to_string(i);
    Quad q = Q("s" + std::to_string(i / 7), "p" + std::to_string(i % 5), "o" + n,
               i % 3 == 0 ? "g" + std::to_string(i % 4) : "");
    if (i % 11 == 1) q.object = Term::LangString("label " + n, i % 2 == 0 ? "en" : "ar-SA");
    if (i % 11 == 2) q.object = Term::Literal(n, "http://example.org/type");
    if (i % 11 == 3) q.object = Term::Integer(i);
    if (i % 11 == 4) q.object = Term::String(std::string(600, 'x') + n);
    if (i % 11 == 5) q.object = Term::BlankNode("b" + n);
    return q;
  };
  std::vector<Quad> quads;
  for (int i = 0; i < 30000; ++i) quads.push_back(quad(i));
  auto store = Open(directory / "store");
  InsertAll(*store, {quads.begin(), quads.begin() + 2000});
  ASSERT_TRUE(store->Compact().ok());
  InsertAll(*store, {quads.begin() + 2000, quads.begin() + 3000});
  std::optional<Snapshot> before(store->NewSnapshot());
  size_t next = 1000;
  std::vector<std::string> stages;
  BulkLoadOptions options;
  options.progress = [&](std::string_view stage, uint64_t) {
    if (stages.empty() || stages.back() != stage) stages.emplace_back(stage);
  };
  const QuadPull pull = [&](std::vector<Quad>& batch) {
    batch.clear();
    while (next < quads.size() && batch.size() < 3000) batch.push_back(quads[next++]);
    if (batch.empty() && next++ == quads.size()) batch.push_back(quads[5000]);
    return absl::OkStatus();
  };
  const BulkLoadReport report = BulkLoad(*store, pull, options).value();
  EXPECT_EQ(report.read, 29001u);
  EXPECT_EQ(report.added, 27000u);
  EXPECT_EQ(stages, (std::vector<std::string>{"read", "sort", "index", "commit"}));
  const auto expected = MemoryQuadSource::FromQuads(quads);
  for (int reopened = 0; reopened < 2; ++reopened) {
    {
      const Snapshot snapshot = store->NewSnapshot();
      EXPECT_EQ(snapshot.quad_count(), quads.size());
      EXPECT_EQ(snapshot.commit_number(), 3u);
      EXPECT_EQ(snapshot.source().Count({}, GraphScope::Union()).value(),
                expected->Count({}, GraphScope::Union()).value());
      for (size_t i = 0; i < quads.size(); i += 97) EXPECT_TRUE(Holds(snapshot, quads[i])) << i;
    }
    const ValidationReport validation = store->Validate().value();
    EXPECT_THAT(validation.problems, testing::IsEmpty());
    EXPECT_EQ(validation.quads_checked, quads.size());
    if (reopened == 0) {
      EXPECT_EQ(before->quad_count(), 3000u);
      EXPECT_TRUE(Holds(*before, quads[2500]));
      EXPECT_FALSE(Holds(*before, quads[3500]));
      before.reset();
      ASSERT_TRUE(store->Close().ok());
      store = Open(directory / "store");
    }
  }
}

}  // namespace
}  // namespace sanad
