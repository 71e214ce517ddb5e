// Insert, fold a part of the orders, delete, re-insert: in every interleaving of
// the changes of one quad with the steps of a fold, which may fail at its end.
//
// A fold takes the orders one after another and installs them together, while
// commits go on; what a commit changes after its order was folded must still be
// seen in it, before and after the fold and after a reopen.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include <sanad/store.h>
#include "storage/store_impl.h"
#include "tests/storage/store_test_util.h"

namespace sanad {
namespace {

const Quad& Watched() {
  static const Quad* const quad = new Quad(Q("s", "p", "o", "g"));
  return *quad;
}

void Change(Store& store, bool insert) {
  auto transaction = store.Begin();
  ASSERT_TRUE(transaction.ok()) << transaction.status();
  ASSERT_TRUE(
      (insert ? (*transaction)->Insert(Watched()) : (*transaction)->Remove(Watched())).ok());
  ASSERT_TRUE((*transaction)->Commit().ok());
}

// Every order, count and sum, against a plain set.
void Check(const Store& store, const std::set<std::string>& expected) {
  const Snapshot snapshot = store.NewSnapshot();
  EXPECT_EQ(snapshot.quad_count(), expected.size());
  for (size_t order = 0; order < kOrderCount; ++order) {
    const auto texts = QuadTexts(snapshot.source(), static_cast<Order>(order));
    ASSERT_TRUE(texts.ok()) << texts.status();
    EXPECT_EQ(*texts, expected) << "order " << order;
  }
  const TermId s = IdOf(snapshot.source(), Iri("s")), o = IdOf(snapshot.source(), Iri("o"));
  if (s.is_undefined() || o.is_undefined()) return;
  size_t triples = 0;
  for (const std::string& text : expected) triples += text.find("/s>") != std::string::npos;
  // The watched quad and its like in the default graph are one triple.
  EXPECT_EQ(snapshot.source().Count({s, {}, o}, GraphScope::Union()).value(), triples > 0 ? 1 : 0);
}

std::set<std::string> TextsOf(const std::vector<Quad>& quads) {
  std::set<std::string> texts;
  for (const Quad& quad : quads) {
    std::string text;
    for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      text += term->ToString() + " ";
    }
    texts.insert(text);
  }
  return texts;
}

// Steps: 0 before the fold, 1 to 7 after that many orders, 8 after the fold.
constexpr int kSteps = 9;

struct Case {
  std::array<int, 3> at;  // When the quad changes, three times in turn.
  bool present;           // In the blocks before all this.
  bool like;              // The same triple stands in another graph.
  bool fails;             // The fold does, at its end.
};

void RunCase(const Case& test, Store& store) {
  std::vector<Quad> quads = {Q("a", "p", "o"), Q("z", "p", "o", "g")};
  if (test.like) quads.push_back(Q("s", "p", "o"));
  std::vector<Quad> base = quads;
  if (test.present) base.push_back(Watched());
  InsertAll(store, base);
  ASSERT_TRUE(store.impl().Fold().ok());
  InsertAll(store, {Q("m", "p", "o")});  // So that there is something to fold.
  quads.push_back(Q("m", "p", "o"));
  bool present = test.present;
  const auto reach = [&](int step) {
    for (const int at : test.at) {
      if (at != step) continue;
      present = !present;
      Change(store, present);
    }
    std::vector<Quad> expected = quads;
    if (present) expected.push_back(Watched());
    Check(store, TextsOf(expected));
  };
  reach(0);
  int folded = 0;
  store.impl().SetFoldStepForTesting([&] {
    reach(++folded);
    return test.fails && folded == kOrderCount ? absl::UnavailableError("a fault")
                                               : absl::OkStatus();
  });
  EXPECT_EQ(store.impl().Fold().ok(), !test.fails);
  EXPECT_EQ(folded, static_cast<int>(kOrderCount));
  store.impl().SetFoldStepForTesting(nullptr);
  reach(8);
  EXPECT_THAT(store.Validate()->problems, testing::IsEmpty());
  ASSERT_TRUE(store.impl().Fold().ok());
  reach(-1);
  EXPECT_THAT(store.Validate()->problems, testing::IsEmpty());
}

TEST(FoldStepsTest, EveryInterleaving) {
  int cases = 0;
  for (int a = 0; a < kSteps; ++a) {
    for (int b = a; b < kSteps; ++b) {
      for (int c = b; c < kSteps; ++c) {
        for (int flags = 0; flags < 8; ++flags) {
          const Case test{{a, b, c}, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0};
          SCOPED_TRACE(testing::Message()
                       << "changes at " << a << " " << b << " " << c << " flags " << flags);
          StoreOptions options;
          options.background_threads = 0;
          auto store = Store::OpenInMemory(options).value();
          RunCase(test, *store);
          ++cases;
          if (testing::Test::HasFailure()) return;
        }
      }
    }
  }
  EXPECT_EQ(cases, 165 * 8);
}

// A sample of them over RocksDB, reopened.
TEST(FoldStepsTest, SomeOnDisk) {
  StoreOptions options;
  options.background_threads = 0;
  options.memory_budget = uint64_t{64} << 20;
  for (int i = 0; i < 12; ++i) {
    const Case test{{i % 4, 4 + i % 3, 7 + i % 2}, i % 2 == 0, i % 3 == 0, i % 5 == 0};
    TemporaryDirectory directory;
    auto store = Store::Open(directory / "store", options).value();
    RunCase(test, *store);
    const auto before = QuadTexts(store->NewSnapshot().source(), Order::kPos).value();
    ASSERT_TRUE(store->Close().ok());
    store = Store::Open(directory / "store", options).value();
    EXPECT_EQ(QuadTexts(store->NewSnapshot().source(), Order::kPos).value(), before);
    EXPECT_THAT(store->Validate()->problems, testing::IsEmpty());
  }
}

}  // namespace
}  // namespace sanad
