// The JSON form of answers, against answers made by hand.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "shell/answer_output.h"

namespace sanad::shell {
namespace {

using nlohmann::json;

constexpr char kXsd[] = "http://www.w3.org/2001/XMLSchema#";

json Members(const Answer& answer, bool why = false) {
  return json::parse("{" + AnswerMembers(answer, "q?", why) + "}");
}

Evidence Sentence(const char* document, uint32_t begin, uint32_t end) {
  Evidence evidence;
  evidence.document = Term::Iri(document);
  evidence.begin = begin;
  evidence.end = end;
  evidence.text = "text";
  return evidence;
}

TEST(AnswerMembers, RunsAnswersIrisAndEvidenceInParallel) {
  Answer answer;
  answer.reading = "meetings";
  answer.sparql = "SELECT";
  const AnswerValue meeting{Term::Iri("http://e/m"), "Geneva talks"};
  answer.rows.push_back(
      {{meeting}, {Sentence("http://e/d", 10, 20), Sentence("http://e/d", 0, 9)}});
  // The same meeting in another row, with one sentence more.
  answer.rows.push_back(
      {{meeting}, {Sentence("http://e/d", 10, 20), Sentence("http://e/f", 5, 9)}});
  EXPECT_EQ(Members(answer, true), json::parse(R"({
    "question":"q?", "status":"ok", "answers":["Geneva talks"], "iris":["http://e/m"],
    "spans":[[10,20],[0,9],[5,9]],
    "evidence":[
      {"answer":0,"document":"http://e/d","start":10,"end":20,"text":"text"},
      {"answer":0,"document":"http://e/d","start":0,"end":9,"text":"text"},
      {"answer":0,"document":"http://e/f","start":5,"end":9,"text":"text"}],
    "reading":"meetings", "sparql":"SELECT", "unknown":null})"));
}

TEST(AnswerMembers, GivesValuesBare) {
  struct Case {
    const char* lexical;
    const char* type;
    const char* label;
    const char* expected;
  };
  const Case cases[] = {
      {"1234.5", "decimal", "1,234.5 km", "1234.5"},
      {"1.5E3", "double", "1500", "1500"},
      {"2", "integer", "two", "2"},
      {"2025-02-18", "date", "2025-02-18", "2025-02-18"},
      {"--02-18", "gMonthDay", "18 February", "18 February"},
      {"true", "boolean", "yes", "yes"},
  };
  for (const Case& c : cases) {
    Answer answer;
    const Term term = Term::Literal(c.lexical, std::string(kXsd) + c.type);
    answer.rows.push_back({{AnswerValue{term, c.label}}, {}});
    const json members = Members(answer);
    EXPECT_EQ(members["answers"], json::array({c.expected}));
    EXPECT_EQ(members["iris"], json::array({nullptr}));
  }
}

TEST(AnswerMembers, PointsAtAnUnknownWord) {
  Answer answer;
  answer.status = AnswerStatus::kUnknownWord;
  answer.unknown = UnknownWord{"zeppelins", 25, 34, {"sessions"}};
  const json members = Members(answer);
  EXPECT_EQ(members["status"], "unknown_word");
  EXPECT_EQ(members["answers"], json::array());
  EXPECT_EQ(members["unknown"],
            json::parse(R"({"word":"zeppelins","start":25,"end":34,"nearest":["sessions"]})"));
}

}  // namespace
}  // namespace sanad::shell
