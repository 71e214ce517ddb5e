// The main job on the user's article, by the command line: load, ask in both
// languages, see the sentences. Reads the article and its gold from the folder
// that SANAD_SHARED names (default: shared, beside the checkout).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "tests/shell/golden_cases.h"

namespace sanad::shell_test {
namespace {

using nlohmann::json;

std::string SharedFolder() {
  const char* named = std::getenv("SANAD_SHARED");
  return named != nullptr && *named != '\0' ? named : SANAD_SOURCE_DIR "/../shared";
}

// Lower-case words of ASCII letters and digits, or runs of other bytes.
std::multiset<std::string> WordsOf(const std::string& text) {
  std::multiset<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0) {
      word += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
    } else if (!word.empty()) {
      words.insert(word);
      word.clear();
    }
  }
  return words;
}

double TokenF1(const std::string& a, const std::string& b) {
  const auto x = WordsOf(a);
  auto y = WordsOf(b);
  const size_t total = x.size() + y.size();
  size_t shared = 0;
  for (const std::string& word : x) {
    if (const auto at = y.find(word); at != y.end()) {
      y.erase(at);
      ++shared;
    }
  }
  return total == 0 ? 0 : 2.0 * static_cast<double>(shared) / static_cast<double>(total);
}

class Article : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string documents = SharedFolder() + "/documents";
    const std::string article = documents + "/000_9c41e276d7bae207.txt";
    if (!std::filesystem::exists(article)) return;
    folder_ = new TemporaryFolder();
    loaded_ = Run("sanad load t.sanad " + article);
    std::ifstream lines(documents + "/seed_questions.jsonl");
    for (std::string line; std::getline(lines, line);) {
      const json question = json::parse(line);
      (*gold_)[question["en"]] = question;
    }
  }

  static void TearDownTestSuite() { delete folder_; }

  void SetUp() override {
    if (folder_ == nullptr) GTEST_SKIP() << "no documents below " << SharedFolder();
    ASSERT_EQ(loaded_.status, 0) << loaded_.err;
  }

  static Observed Run(const std::string& command) {
    return RunCommand(command, folder_->path(),
                      std::filesystem::path(SANAD_PROGRAM).parent_path().string());
  }

  static json Ask(const std::string& question) {
    const Observed observed = Run("sanad ask t.sanad --format json --why '" + question + "'");
    EXPECT_EQ(observed.status, 0) << question << "\n" << observed.out << observed.err;
    return json::parse(observed.out, nullptr, false);
  }

  // The gold question's answers, each matched by one answer and no more.
  static void ExpectGold(const std::string& english) {
    const json& gold = (*gold_)[english];
    ASSERT_TRUE(gold.is_object()) << english;
    for (const char* language : {"en", "ar"}) {
      const std::string question = gold[language];
      const json answer = Ask(question);
      ASSERT_TRUE(answer.is_object()) << question;
      const json& expected = gold[std::string("answer_") + language];
      EXPECT_EQ(answer["answers"].size(), expected.size()) << question << "\n" << answer.dump();
      // A name the Arabic text alone gives has no English label to be shown by.
      const json& in_text = gold["answer_ar"];
      for (size_t i = 0; i < expected.size(); ++i) {
        bool found = false;
        for (const json& got : answer["answers"]) {
          found = found || TokenF1(got, expected[i]) >= 0.5 || TokenF1(got, in_text[i]) >= 0.5;
        }
        EXPECT_TRUE(found) << question << "\n" << expected[i] << "\n" << answer.dump();
      }
      ExpectSpan(gold["spans"], answer["spans"], question);
    }
  }

  // One of the gold's sentences at least is shown.
  static void ExpectSpan(const json& gold, const json& spans, const std::string& question) {
    bool overlaps = gold.empty();
    for (const json& a : gold) {
      for (const json& b : spans) overlaps = overlaps || (a[0] < b[1] && b[0] < a[1]);
    }
    EXPECT_TRUE(overlaps) << question << "\n" << spans;
  }

  static inline TemporaryFolder* folder_ = nullptr;
  static inline Observed loaded_;
  static inline std::map<std::string, json>* gold_ = new std::map<std::string, json>();
};

TEST_F(Article, MeetingsThatAddressedFlights) {
  ExpectGold("which meetings addressed flights");
  for (const char* question :
       {"which meetings addressed flights", "أي الاجتماعات تناولت الرحلات الجوية؟"}) {
    const json answer = Ask(question);
    ASSERT_EQ(answer["answers"].size(), 1u) << answer.dump();
    // The proposal, the session it was made at, and the Riyadh talks.
    for (const json& span : (*gold_)["which meetings addressed flights"]["spans"]) {
      EXPECT_THAT(answer["spans"], ::testing::Contains(span)) << question;
    }
    const Observed table = Run(std::string("sanad ask t.sanad '") + question + "'");
    EXPECT_EQ(table.status, 0);
    EXPECT_THAT(table.out,
                ::testing::AnyOf(::testing::HasSubstr("Riyadh"), ::testing::HasSubstr("الرياض")));
    EXPECT_THAT(table.out, ::testing::HasSubstr("18"));
  }
}

TEST_F(Article, MeetingsInTurkey) { ExpectGold("Which meetings took place in Turkey?"); }
TEST_F(Article, LeaderOfTheSecondRound) { ExpectGold("Who led the second round of talks?"); }
TEST_F(Article, PlaceOfTheTalks) { ExpectGold("Where were the talks of 18 February held?"); }
TEST_F(Article, NumberOfMeetings) { ExpectGold("How many meetings were held in Turkey?"); }

TEST_F(Article, AnUnknownWordIsPointedAt) {
  const Observed json_form =
      Run("sanad ask t.sanad --format json 'Which meetings addressed zeppelins?'");
  EXPECT_EQ(json_form.status, 1);
  const json answer = json::parse(json_form.out, nullptr, false);
  ASSERT_TRUE(answer.is_object()) << json_form.out;
  EXPECT_EQ(answer["status"], "unknown_word");
  EXPECT_EQ(answer["answers"], json::array());
  EXPECT_EQ(answer["unknown"]["word"], "zeppelins");
  EXPECT_EQ(answer["unknown"]["start"], 25);
  EXPECT_EQ(answer["unknown"]["end"], 34);
  EXPECT_FALSE(answer["unknown"]["nearest"].empty());
  const Observed table = Run("sanad ask t.sanad 'Which meetings addressed zeppelins?'");
  EXPECT_EQ(table.status, 1);
  EXPECT_THAT(table.out, ::testing::HasSubstr("^^^^^^^^^"));
}

TEST_F(Article, TheUnionHoldsStatementsTypesAndLabelsOnly) {
  const Observed count =
      Run("sanad query t.sanad --format csv 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'");
  const Observed outside =
      Run("sanad query t.sanad --format csv 'SELECT (COUNT(*) AS ?n) { ?s "
          "<http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString> ?o }'");
  EXPECT_EQ(outside.out, "n\r\n0\r\n");
  EXPECT_NE(count.out, "n\r\n0\r\n");
}

TEST_F(Article, ForgettingItLeavesNothing) {
  const std::string article = SharedFolder() + "/documents/000_9c41e276d7bae207.txt";
  const Observed forgotten = Run("cp -r t.sanad f.sanad && sanad forget f.sanad " + article);
  EXPECT_EQ(forgotten.status, 0) << forgotten.err;
  EXPECT_EQ(Run("sanad query f.sanad --format csv 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'").out,
            "n\r\n0\r\n");
}

}  // namespace
}  // namespace sanad::shell_test
