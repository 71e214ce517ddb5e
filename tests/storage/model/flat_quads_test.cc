// Quads in flat memory: what goes in comes out, however alike neighbours are.

#include "storage/model/flat_quads.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace sanad {
namespace {

// Terms that share their value, or value and suffix, and are different ones.
std::vector<Term> LikeTerms() {
  const std::string text = "en";
  return {Term::Iri(text),
          Term::BlankNode(text),
          Term::String(text),
          Term::LangString(text, "en"),
          Term::LangString(text, "ar"),
          Term::Literal(text, "en"),
          Term::Literal(text, "http://www.w3.org/2001/XMLSchema#date"),
          Term::String(""),
          Term()};
}

TEST(FlatQuadsTest, NeighboursThatDifferInOneMemberStayApart) {
  const std::vector<Term> terms = LikeTerms();
  FlatQuads quads;
  std::vector<Quad> expected;
  for (int round = 0; round < 2; ++round) {
    for (size_t column = 0; column < 4; ++column) {
      for (const Term& first : terms) {
        for (const Term& second : terms) {
          for (const Term& term : {first, second}) {
            Quad quad{terms[0], terms[0], terms[0], terms[0]};
            (column == 0   ? quad.subject
             : column == 1 ? quad.predicate
             : column == 2 ? quad.object
                           : quad.graph) = term;
            quads.Add({ViewOf(quad.subject), ViewOf(quad.predicate), ViewOf(quad.object),
                       ViewOf(quad.graph)});
            expected.push_back(quad);
          }
        }
      }
    }
    ASSERT_EQ(quads.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(quads.at(i).ToQuad(), expected[i]) << i;
    }
    quads.Clear();
    expected.clear();
    EXPECT_TRUE(quads.empty());
    EXPECT_EQ(quads.term_count(), 0u);
  }
}

TEST(FlatQuadsTest, ATermOfTheQuadBeforeIsKeptOnce) {
  FlatQuads quads;
  for (const char* object : {"a", "b", "b"}) {
    quads.Add({TermView::Iri("s"), TermView::Iri("p"), TermView::Iri(object), TermView()});
  }
  EXPECT_EQ(quads.term_count(), 5u);  // s, p, the default graph, a, b.
  EXPECT_EQ(quads.row(1), quads.row(2));
  EXPECT_NE(quads.row(0), quads.row(1));
}

}  // namespace
}  // namespace sanad
