// Random changes to a store against a set of quads that surely does the same:
// inserts, removals, graph drops, clears, rollbacks, folds, bulk loads, reopens
// and old snapshots; after each step every order, scope and count is compared.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>

#include <sanad/store.h>
#include "storage/bulk_load.h"
#include "storage/index/order_writer.h"
#include "storage/memory_quad_source.h"
#include "storage/transaction_impl.h"
#include "tests/storage/load_test_util.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

using Model = std::set<std::array<std::string, 4>>;

Quad QuadOf(const std::array<std::string, 4>& q) {
  Quad quad = Q(q[0], q[1], q[2], q[3]);
  if (q[2].starts_with("Lexicon")) quad.object = Term::Iri(iri::kLexiconGraph);
  return quad;
}

// A row of any order as terms, so that stores with other ids compare.
using TermRow = std::vector<std::string>;

std::vector<TermRow> TermRows(const QuadSource& source, const ScanRequest& request) {
  std::vector<TermRow> out;
  for (const Row& row : Rows(source, request)) {
    std::vector<Term> terms;
    EXPECT_TRUE(source.Materialize(row, terms).ok());
    TermRow text;
    for (const Term& term : terms) text.push_back(term.ToString());
    out.push_back(std::move(text));
  }
  std::sort(out.begin(), out.end());
  return out;
}

class ModelTest {
 public:
  explicit ModelTest(uint32_t seed, bool in_memory) : random_(seed), in_memory_(in_memory) {
    Reopen();
  }

  void Run(int steps) {
    for (int i = 0; i < steps && !testing::Test::HasFatalFailure(); ++i) {
      Step();
      if (i % 5 == 4) Check(store_->NewSnapshot(), model_);
      if (i % 10 == 9) {
        const ValidationReport report = store_->Validate().value();
        EXPECT_EQ(report.quads_checked, model_.size());
        EXPECT_THAT(report.problems, testing::IsEmpty());
      }
      if (old_ && i % 7 == 6) {
        Check(*old_, old_model_);
        old_.reset();
      }
    }
    Check(store_->NewSnapshot(), model_);
  }

 private:
  int Below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }

  std::array<std::string, 4> RandomQuad() {
    static const char* const kGraphs[] = {"", "g1", "g2", "g3"};
    const std::string graph = kGraphs[Below(4)];
    if (Below(40) == 0 && !graph.empty()) return {graph, "a", "Lexicon", graph};
    return {"s" + std::to_string(Below(12)), "p" + std::to_string(Below(4)),
            Below(3) == 0 ? std::to_string(Below(8)) : "o" + std::to_string(Below(12)), graph};
  }

  void Reopen() {
    if (in_memory_) {
      if (store_ == nullptr) store_ = Store::OpenInMemory().value();
      return;
    }
    old_.reset();
    if (store_ != nullptr) {
      if (Below(2) == 0) {
        ASSERT_TRUE(store_->Close().ok());
      }
      store_.reset();
    }
    absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(directory_ / "store");
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  void Step() {
    switch (Below(20)) {
      case 0:
        Reopen();
        break;
      case 1:
      case 2: {
        const absl::Status status = store_->Compact();
        ASSERT_TRUE(status.ok()) << status;
        break;
      }
      case 3:
        old_.emplace(store_->NewSnapshot());
        old_model_ = model_;
        break;
      case 4:
        Load();
        break;
      default:
        Transact();
    }
  }

  void Load() {
    std::vector<Quad> quads;
    const size_t before = model_.size();
    for (int n = Below(200); n > 0; --n) {
      const auto quad = RandomQuad();
      quads.push_back(QuadOf(quad));
      model_.insert(quad);
    }
    BulkLoadOptions options;
    options.small = Below(4) == 0 ? 20000 : 0;
    options.threads = Below(3);
    if (Below(2) == 0) {
      // Every few rows make a run on disk.
      options.memory = 1;
      options.spill_directory = directory_ / "";
    }
    const auto report = BulkLoad(*store_, PullOf(quads), options);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->added, model_.size() - before);
  }

  void Transact() {
    Model next = model_;
    // One in three spills, at any size.
    internal::TransactionImpl::SetSpillSizeForTesting(
        Below(3) == 0 ? static_cast<size_t>(1 + Below(30)) : 0);
    auto transaction = store_->Begin().value();
    for (int n = Below(60); n > 0; --n) {
      const int what = Below(100);
      if (what == 0) {
        ASSERT_TRUE(transaction->Clear().ok());
        next.clear();
      } else if (what < 3) {
        const std::string graph = Below(2) == 0 ? "g1" : "";
        ASSERT_TRUE(transaction->RemoveGraph(graph.empty() ? Term() : Iri(graph)).ok());
        std::erase_if(next, [&](const auto& quad) { return quad[3] == graph; });
      } else if (what < 65) {
        const auto quad = RandomQuad();
        ASSERT_TRUE(transaction->Insert(QuadOf(quad)).ok());
        next.insert(quad);
      } else {
        const auto quad = RandomQuad();
        ASSERT_TRUE(transaction->Remove(QuadOf(quad)).ok());
        next.erase(quad);
      }
      if (Below(30) == 0) {
        uint64_t added = 0, removed = 0;
        for (const auto& quad : next) added += !model_.contains(quad);
        for (const auto& quad : model_) removed += !next.contains(quad);
        EXPECT_EQ(transaction->added_count(), added);
        EXPECT_EQ(transaction->removed_count(), removed);
      }
      if (Below(60) == 0) CheckSource(transaction->source(), next);
    }
    if (Below(5) == 0) {
      transaction->Rollback();
      return;
    }
    const absl::Status status = transaction->Commit();
    ASSERT_TRUE(status.ok()) << status;
    model_ = std::move(next);
  }

  void Check(const Snapshot& snapshot, const Model& model) {
    EXPECT_EQ(snapshot.quad_count(), model.size());
    CheckSource(snapshot.source(), model);
  }

  void CheckSource(const QuadSource& source, const Model& model) {
    std::vector<Quad> quads;
    for (const auto& quad : model) quads.push_back(QuadOf(quad));
    const auto expected = MemoryQuadSource::FromQuads(quads);
    const Term g1 = Iri("g1"), g2 = Iri("g2");
    const auto scope_of = [&](const QuadSource& s, int kind) {
      TermId a = IdOf(s, g1), b = IdOf(s, g2);
      // A graph without an id holds nothing; any absent id stands for it.
      if (a.is_undefined()) a = TermId(TermKind::kIri, TermId::kPositionMask);
      if (b.is_undefined()) b = TermId(TermKind::kIri, TermId::kPositionMask);
      switch (kind) {
        case 0:
          return GraphScope::Default();
        case 1:
          return GraphScope::One(a);
        case 2:
          return GraphScope::Set({a, b});
        case 3:
          return GraphScope::Set({TermId::DefaultGraph(), b});
        case 4:
          return GraphScope::Union();
        case 5:
          return GraphScope::Each();
        default:
          return GraphScope::EachOf({b});
      }
    };
    for (int kind = 0; kind < 7; ++kind) {
      for (int o = 0; o < 7; ++o) {
        const auto order = static_cast<Order>(o);
        if (order == Order::kGspo && (kind == 2 || kind == 3 || kind == 4)) continue;
        ScanRequest requests[2];
        const QuadSource* const sources[2] = {&source, expected.get()};
        const int bound = Below(3);
        const auto quad = RandomQuad();
        const Quad terms = QuadOf(quad);
        const int columns = 1 + Below(3);
        const Term* const parts[3] = {&terms.subject, &terms.predicate, &terms.object};
        bool absent = false;
        for (int s = 0; s < 2; ++s) {
          requests[s] = {.pattern = {},
                         .order = order,
                         .scope = scope_of(*sources[s], kind),
                         .ranges = {},
                         .columns = columns};
          TermId* const slots[3] = {&requests[s].pattern.subject, &requests[s].pattern.predicate,
                                    &requests[s].pattern.object};
          const bool skip_graph = order == Order::kGspo;
          if (skip_graph && kind >= 4) continue;
          for (int c = 0; c < bound; ++c) {
            const int column = ColumnsOf(order)[static_cast<size_t>(c + (skip_graph ? 1 : 0))];
            *slots[column] = IdOf(*sources[s], *parts[column]);
            absent = absent || slots[column]->is_undefined();
          }
        }
        if (absent) continue;
        EXPECT_EQ(TermRows(source, requests[0]), TermRows(*expected, requests[1]))
            << "order " << o << " scope " << kind << " bound " << bound << " columns " << columns;
        const std::vector<Row> rows = Rows(source, requests[0]);
        EXPECT_TRUE((kind >= 5 && columns < 3) || std::is_sorted(rows.begin(), rows.end()));
        EXPECT_EQ(source.Count(requests[0].pattern, requests[0].scope).value(),
                  expected->Count(requests[1].pattern, requests[1].scope).value());
        CheckSkips(source, requests[0]);
      }
    }
    EXPECT_EQ(source.NamedGraphs(false)->size(), expected->NamedGraphs(false)->size());
    EXPECT_EQ(source.NamedGraphs(true)->size(), expected->NamedGraphs(true)->size());
  }

  // SkipTo and ranges against a full scan.
  void CheckSkips(const QuadSource& source, ScanRequest request) {
    request.columns = 3;
    const std::vector<Row> rows = Rows(source, request);
    if (rows.empty()) return;
    const size_t bound = !request.pattern.subject.is_undefined() +
                         !request.pattern.predicate.is_undefined() +
                         !request.pattern.object.is_undefined();
    if (bound >= 3 || request.order == Order::kGspo) return;
    const TermId key = rows[static_cast<size_t>(Below(static_cast<int>(rows.size())))][bound];
    auto scan = source.Scan(request).value();
    scan->SkipTo(key);
    size_t seen = 0;
    QuadBatch batch;
    while (scan->Next(batch)) seen += batch.size;
    const auto at_least =
        std::count_if(rows.begin(), rows.end(), [&](const Row& row) { return row[bound] >= key; });
    EXPECT_EQ(seen, static_cast<size_t>(at_least));
    request.ranges = {{key, key}};
    const auto equal =
        std::count_if(rows.begin(), rows.end(), [&](const Row& row) { return row[bound] == key; });
    EXPECT_EQ(Rows(source, request).size(), static_cast<size_t>(equal));
  }

  std::mt19937 random_;
  bool in_memory_;
  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
  Model model_, old_model_;
  std::optional<Snapshot> old_;
};

// More seeds and steps by SANAD_MODEL_SEEDS.
int Seeds() {
  const char* const text = getenv("SANAD_MODEL_SEEDS");
  return text == nullptr ? 6 : std::max(1, atoi(text));
}

// Little data in blocks of every size, so that folds keep, split and join them.
void UseSizesOf(int seed) {
  static constexpr size_t kRows[] = {4, 8, 16, 40, 128, 0};
  static constexpr size_t kBlocks[] = {4, 2, 8, 4, 0};
  OrderWriter::SetSizesForTesting(kRows[seed % 6], kBlocks[seed % 5]);
}

TEST(StoreModelTest, InMemory) {
  for (int seed = 0; seed < Seeds(); ++seed) {
    SCOPED_TRACE(seed);
    UseSizesOf(seed);
    ModelTest(static_cast<uint32_t>(seed), true).Run(60);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(StoreModelTest, OnDisk) {
  for (int seed = 100; seed < 100 + Seeds(); ++seed) {
    SCOPED_TRACE(seed);
    UseSizesOf(seed);
    ModelTest(static_cast<uint32_t>(seed), false).Run(60);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace sanad
