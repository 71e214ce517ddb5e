// The comparison that the suites rest on: it must tell what differs.

#include "isomorphism.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace sanad::w3c {
namespace {

Term T(const std::string& text) {
  if (text.starts_with("_:")) return Term::BlankNode(text.substr(2));
  return text.empty() ? Term() : Term::Iri(text);
}

TermRows Rows(const std::vector<std::vector<std::string>>& texts) {
  TermRows rows;
  for (const auto& row : texts) {
    rows.emplace_back();
    for (const std::string& text : row) rows.back().push_back(T(text));
  }
  return rows;
}

TEST(Isomorphism, TellsWhatDiffers) {
  EXPECT_TRUE(EqualUpToBlankNodes(Rows({{"_:a", "p", "_:b"}}), Rows({{"_:b", "p", "_:c"}})));
  EXPECT_FALSE(EqualUpToBlankNodes(Rows({{"_:a", "p", "_:a"}}), Rows({{"_:a", "p", "_:b"}})));
  EXPECT_FALSE(EqualUpToBlankNodes(Rows({{"a"}, {"a"}}), Rows({{"a"}})));
  EXPECT_FALSE(EqualUpToBlankNodes(Rows({{"a"}, {"a"}, {"b"}}), Rows({{"a"}, {"b"}, {"b"}})));
  EXPECT_FALSE(EqualUpToBlankNodes(Rows({{"a", ""}}), Rows({{"", "a"}})));
  EXPECT_FALSE(EqualUpToBlankNodes(Rows({{"_:a"}}), Rows({{"a"}})));
  EXPECT_TRUE(
      EqualUpToBlankNodes({{Term::LangString("x", "en")}}, {{Term::LangString("x", "EN")}}));
  EXPECT_FALSE(EqualUpToBlankNodes({{Term::LangString("x", "en")}}, {{Term::String("x")}}));
}

// Two triangles are no hexagon, though every node looks alike.
TEST(Isomorphism, SymmetricGraphsNeedTheSearch) {
  TermRows triangles, hexagon, renamed;
  for (int i = 0; i < 6; ++i) {
    const auto node = [](int n) { return "_:n" + std::to_string(n); };
    const int in_triangle = i / 3 * 3 + (i + 1) % 3;
    triangles.push_back({T(node(i)), T("p"), T(node(in_triangle))});
    hexagon.push_back({T(node(i)), T("p"), T(node((i + 1) % 6))});
    renamed.push_back({T(node(5 - i)), T("p"), T(node(5 - in_triangle))});
  }
  EXPECT_FALSE(EqualUpToBlankNodes(triangles, hexagon));
  EXPECT_TRUE(EqualUpToBlankNodes(triangles, renamed));
}

TEST(Isomorphism, RandomGraphsAreFoundAgain) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const int nodes = 2 + static_cast<int>(random() % 8);
    std::vector<int> names(static_cast<size_t>(nodes));
    for (int i = 0; i < nodes; ++i) names[static_cast<size_t>(i)] = i;
    std::shuffle(names.begin(), names.end(), random);
    TermRows a, b;
    for (int i = 0; i < 2 * nodes; ++i) {
      const size_t s = random() % names.size(), o = random() % names.size();
      a.push_back({T("_:x" + std::to_string(s)), T("p"), T("_:x" + std::to_string(o))});
      b.push_back(
          {T("_:y" + std::to_string(names[s])), T("p"), T("_:y" + std::to_string(names[o]))});
    }
    std::shuffle(b.begin(), b.end(), random);
    EXPECT_TRUE(EqualUpToBlankNodes(a, b));
    b.back()[1] = T("q");
    EXPECT_FALSE(EqualUpToBlankNodes(a, b));
  }
}

}  // namespace
}  // namespace sanad::w3c
