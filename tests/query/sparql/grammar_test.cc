// PEGTL's own analysis of the grammar: no rule loops without consuming input.

#include <gtest/gtest.h>
#include <tao/pegtl/contrib/analyze.hpp>

#include "query/sparql/grammar.h"

namespace sanad::sparql {
namespace {

TEST(GrammarTest, HasNoProblems) {
  EXPECT_EQ(tao::pegtl::analyze<grammar::QueryUnit>(1), 0u);
  EXPECT_EQ(tao::pegtl::analyze<grammar::UpdateUnit>(1), 0u);
}

}  // namespace
}  // namespace sanad::sparql
