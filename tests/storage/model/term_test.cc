// Term: text in and out, equality, order and hashing.

#include <sanad/term.h>

#include <set>
#include <string>
#include <vector>

#include <absl/hash/hash_testing.h>
#include <gtest/gtest.h>
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

TEST(Term, ParseAndToStringRoundTrip) {
  const std::pair<const char*, const char*> cases[] = {
      {"<http://example.org/a>", nullptr},
      {"<http://example.org/\\u0631>", "<http://example.org/\xD8\xB1>"},
      {"_:b1.x", nullptr},
      {"\"\"", nullptr},
      {"\"a\\tb\\n\\\"\\\\\"", nullptr},
      {"\"\\u0001\\u007F\"", nullptr},
      {"\"\\U0001F600\"", "\"\xF0\x9F\x98\x80\""},
      {"\"x\"@en-GB", nullptr},
      {"\"x\"^^<http://example.org/t>", nullptr},
      {"\"x\"^^<http://www.w3.org/2001/XMLSchema#string>", "\"x\""},
      {"42", "\"42\"^^<http://www.w3.org/2001/XMLSchema#integer>"},
      {"-4.5", "\"-4.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>"},
      {".5e3", "\".5e3\"^^<http://www.w3.org/2001/XMLSchema#double>"},
      {"true", "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>"},
  };
  for (const auto& [text, expected] : cases) {
    const absl::StatusOr<Term> term = Term::Parse(text);
    ASSERT_TRUE(term.ok()) << text << ": " << term.status();
    EXPECT_EQ(term->ToString(), expected == nullptr ? text : expected);
    EXPECT_EQ(*Term::Parse(term->ToString()), *term);
  }
}

TEST(Term, ParseErrorsNameTheColumn) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "not a term: empty text at column 1"},
      {"<a b>", "not a term: a character that no IRI may hold at column 3"},
      {"<a>", "not a term: expected an absolute IRI at column 2"},
      {"<http://a\\u00ZZ>", "not a term: bad escape at column 10"},
      {"<http://a", "not a term: expected an IRI between '<' and '>' at column 1"},
      {"\"a", "not a term: missing closing quote at column 3"},
      {"\"a\\", "not a term: missing closing quote at column 4"},
      {"\"a\\q\"", "not a term: bad escape at column 3"},
      {"\"a\\uD800\"", "not a term: bad escape at column 3"},
      {"\"a\"@", "not a term: bad language tag at column 4"},
      {"\"a\"@e_n", "not a term: bad language tag at column 4"},
      {"\"a\"x", "not a term: unexpected text after a string at column 4"},
      {"\"a\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>",
       "not a term: rdf:langString without a language tag at column 4"},
      {"_:", "not a term: bad blank node label at column 3"},
      {"_:a.", "not a term: bad blank node label at column 3"},
      {"1.", "not a term: expected <iri>, _:label, \"text\", a number, true or false at column 1"},
      {"a\xFF", "not a term: not UTF-8 at column 2"},
  };
  for (const auto& [text, message] : cases) {
    const absl::StatusOr<Term> term = Term::Parse(text);
    ASSERT_FALSE(term.ok()) << text;
    EXPECT_EQ(term.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(FromAbsl(term.status().message()), message) << text;
  }
}

TEST(Term, EqualityFollowsRdfConcepts) {
  EXPECT_EQ(Term::LangString("x", "en-gb"), Term::LangString("x", "EN-GB"));
  EXPECT_NE(Term::LangString("x", "en"), Term::String("x"));
  EXPECT_NE(Term::Literal("01", iri::kXsdInteger), Term::Integer(1));
  EXPECT_EQ(Term::Literal("x", iri::kXsdString), Term::String("x"));
  EXPECT_NE(Term::Iri("x"), Term::BlankNode("x"));
  EXPECT_EQ(Term::String("x").datatype(), iri::kXsdString);
  EXPECT_EQ(Term::LangString("x", "en").datatype(), iri::kRdfLangString);
  EXPECT_EQ(Term::Iri("x").datatype(), "");
  EXPECT_EQ(Term::Double(0.1).value(), "1.0E-1");
}

TEST(Term, OrderAndHashAgreeWithEquality) {
  const std::vector<Term> terms = {Term(),
                                   Term::Iri("a"),
                                   Term::Iri("b"),
                                   Term::BlankNode("a"),
                                   Term::String(""),
                                   Term::String("en"),
                                   Term::Literal("", "en"),
                                   Term::LangString("", "en"),
                                   Term::LangString("", "EN"),
                                   Term::LangString("", "fr"),
                                   Term::Integer(1),
                                   Term::Literal("1", iri::kXsdDecimal)};
  EXPECT_TRUE(absl::VerifyTypeImplementsAbslHashCorrectly(terms));
  for (const Term& a : terms) {
    for (const Term& b : terms) {
      EXPECT_EQ(a == b, !(a < b) && !(b < a)) << a.ToString() << " " << b.ToString();
      for (const Term& c : terms) EXPECT_FALSE(a < b && b < c && !(a < c));
    }
  }
}

}  // namespace
}  // namespace sanad
