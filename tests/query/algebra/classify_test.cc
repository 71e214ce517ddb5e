// What a prompt asks of a line being typed.

#include <string>

#include <gtest/gtest.h>
#include <sanad/query.h>

namespace sanad {
namespace {

struct Line {
  const char* text;
  InputState state;
};

TEST(ClassifyTest, Lines) {
  const Line lines[] = {
      {"", InputState::kNotSparql},
      {"# only a comment", InputState::kNotSparql},
      {"which meetings addressed flights", InputState::kNotSparql},
      {"أي الاجتماعات تناولت الرحلات الجوية؟", InputState::kNotSparql},
      // Questions and requests whose first word is a keyword.
      {"describe the talks in Riyadh", InputState::kNotSparql},
      {"select the longest meeting", InputState::kNotSparql},
      {"ask who led the talks", InputState::kNotSparql},
      {"with whom did the minister meet?", InputState::kNotSparql},
      {"load of which ports?", InputState::kNotSparql},
      {"move on", InputState::kNotSparql},
      {"add it up", InputState::kNotSparql},
      {"base of the delegation", InputState::kNotSparql},
      {"prefix of the number", InputState::kNotSparql},
      {"selected meetings", InputState::kNotSparql},
      // Going on.
      {"SELECT", InputState::kIncomplete},
      {"select ?x", InputState::kIncomplete},
      {"SELECT * WHERE {", InputState::kIncomplete},
      {"SELECT * WHERE { ?s ?p", InputState::kIncomplete},
      {"PREFIX ex: <http://e/>", InputState::kIncomplete},
      {"PREFIX ex: <http://e/> ASK {", InputState::kIncomplete},
      {"BASE <http://e/>", InputState::kIncomplete},
      {"INSERT DATA { <a> <b>", InputState::kIncomplete},
      {"DELETE WHERE", InputState::kIncomplete},
      {"SELECT * { ?s ?p \"\"\"long", InputState::kIncomplete},
      // Whole.
      {"SELECT * { ?s ?p ?o }", InputState::kComplete},
      {"# a comment\nASK { ?s ex:p 1 }", InputState::kComplete},
      {"describe <http://e/a>", InputState::kComplete},
      {"DESCRIBE ex:a", InputState::kComplete},
      {"construct where { ?s ?p ?o }", InputState::kComplete},
      {"CLEAR ALL", InputState::kComplete},
      {"LOAD <file>", InputState::kComplete},
      {"COPY DEFAULT TO <g>", InputState::kComplete},
      {"WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", InputState::kComplete},
      // Errors that more text cannot mend.
      {"SELECT * { ?s ?p ?o } }", InputState::kComplete},
      {"SELECT ?x WHERE { ?x foo bar }", InputState::kComplete},
      {"SELECT * { ?s unknown:p ?o", InputState::kComplete},
  };
  for (const Line& line : lines) {
    EXPECT_EQ(ClassifyInput(line.text, {{"ex", "http://e/"}}), line.state) << line.text;
  }
}

TEST(ClassifyTest, Updates) {
  EXPECT_TRUE(IsUpdate("PREFIX ex: <http://e/> # note\n insert data { }"));
  EXPECT_TRUE(IsUpdate("clear all"));
  EXPECT_FALSE(IsUpdate("PREFIX insert: <http://e/> SELECT * {}"));
  EXPECT_FALSE(IsUpdate("ASK {}"));
  EXPECT_FALSE(IsUpdate("who led the talks"));
  EXPECT_FALSE(IsUpdate(""));
}

}  // namespace
}  // namespace sanad
