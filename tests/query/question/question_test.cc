// Questions over a small graph that has the shape of a loaded document, with the
// shipped vocabulary and lexicons: evidence, hostile input, the grammar itself.

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/question.h>

#include "datasets/embedded.h"
#include "query/question/closed_words.h"
#include "query/question/syntax.h"
#include "storage/model/text.h"
#include "tests/query/question/question_store.h"

namespace sanad::question_test {
namespace {

class QuestionTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    store_ = StoreWith("meetings.trig").release();
    ASSERT_NE(store_, nullptr);
  }
  static void TearDownTestSuite() { delete store_; }

  static Store* store_;
};
Store* QuestionTest::store_ = nullptr;

// The headline case, spelled out: one meeting, its place and date, and the
// sentence that only the antecedent links to it.
TEST_F(QuestionTest, EvidenceFollowsAntecedents) {
  absl::StatusOr<Answer> answer = Ask(*store_, "which meeting addressed harbour fees", {});
  ASSERT_TRUE(answer.ok());
  ASSERT_EQ(answer->status, AnswerStatus::kOk);
  ASSERT_EQ(answer->rows.size(), 2u);
  ASSERT_EQ(answer->rows[0].values[0].label, "Lisbon meeting of 3 May 2024");
  ASSERT_EQ(answer->rows[0].evidence.size(), 2u);
  EXPECT_EQ(answer->rows[0].evidence[0].text, "That meeting dealt with harbour fees.");
  EXPECT_EQ(answer->rows[0].evidence[1].text, "The delegations met in Lisbon on 3 May 2024.");
}

TEST_F(QuestionTest, HostileQuestions) {
  std::string many;
  for (int i = 0; i < 10000; ++i) many += "meeting ";
  absl::StatusOr<Answer> answer = Ask(*store_, many, {});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, AnswerStatus::kNotUnderstood);
  for (std::string question :
       {std::string(), std::string("?"), std::string("\xff\xfe\x00 which", 9),
        std::string("which which which of of of and and"), std::string("و و و و ال ال"),
        std::string("which meetings in in in Oslo Oslo Oslo that that led led by by")}) {
    EXPECT_TRUE(Ask(*store_, question, {}).ok()) << question;
  }
  absl::StatusOr<Answer> before = Ask(*store_, "which meetings addressed harbour fees", {});
  ASSERT_TRUE(before.ok());
  AskOptions follow_up;
  follow_up.previous = &*before;
  for (const std::string& question :
       {std::string("\xe2\x80\xaewhich\xe2\x80\xac \xe2\x81\xa6meetings\xe2\x81\xa9"),
        std::string("\x01\x02\x1b[31m which \x7f meetings"), std::string("...,,,;;;()[]{}!!??"),
        std::string("«»\"\"''“”"), std::string("and and and in in them them"),
        std::string("which اجتماع led قاد by من ميتينغ"), std::string("only only those those"),
        std::string("them"), std::string("و"), std::string("وفي"), std::string("#$%^&*"),
        std::string("\xd9 \xd8\x9f \xf0\x9f\x98\x80 \xed\xa0\x80")}) {
    EXPECT_TRUE(Ask(*store_, question, {}).ok()) << question;
    EXPECT_TRUE(Ask(*store_, question, follow_up).ok()) << question;
    EXPECT_TRUE(CompleteQuestion(*store_, question).ok()) << question;
  }
  // A pseudo-random walk over the words the grammar knows.
  const char* const words[] = {"which", "meetings", "that", "led",     "in",        "Oslo",
                               "and",   "not",      "the",  "longest", "more than", "3",
                               "hours", "of",       "who",  "is"};
  uint32_t seed = 7;
  for (int round = 0; round < 300; ++round) {
    std::string question;
    for (int i = 0; i < 12; ++i) {
      seed = seed * 1664525u + 1013904223u;
      question += Concat(words[(seed >> 20) % std::size(words)], " ");
    }
    EXPECT_TRUE(Ask(*store_, question, {}).ok()) << question;
  }
}

std::vector<std::string> Completed(const Store& store, std::string_view text) {
  absl::StatusOr<std::vector<std::string>> words = CompleteQuestion(store, text, 6);
  EXPECT_TRUE(words.ok()) << words.status();
  return words.ok() ? *words : std::vector<std::string>();
}

bool Has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

TEST_F(QuestionTest, CompletionOffersWhatMayComeNext) {
  // What the relation leads to comes before other labels that begin so.
  const std::vector<std::string> topics = Completed(*store_, "which meetings addressed fi");
  ASSERT_FALSE(topics.empty());
  EXPECT_EQ(topics[0], "fishing quotas");
  const std::vector<std::string> arabic = Completed(*store_, "ما الاجتماعات التي تناولت رس");
  ASSERT_FALSE(arabic.empty());
  EXPECT_EQ(arabic[0], "رسوم الموانئ");
  // An article stays where it is.
  EXPECT_TRUE(Has(Completed(*store_, "ما الاجتماع"), "الاجتماعات"));
  EXPECT_TRUE(Has(Completed(*store_, "whi"), "which"));
  EXPECT_TRUE(Completed(*store_, "zqxv").empty());
}

// A question goes on from the answer given; without one it says so.
TEST_F(QuestionTest, FollowUpNeedsAnAnswer) {
  absl::StatusOr<Answer> alone = Ask(*store_, "and in Oslo?", {});
  ASSERT_TRUE(alone.ok());
  EXPECT_EQ(alone->status, AnswerStatus::kNotUnderstood);
  EXPECT_EQ(alone->message, "This goes on from an earlier question, but there is none.");
  absl::StatusOr<Answer> first = Ask(*store_, "which meetings addressed harbour fees", {});
  ASSERT_TRUE(first.ok());
  AskOptions options;
  options.previous = &*first;
  absl::StatusOr<Answer> second = Ask(*store_, "and in Oslo?", options);
  ASSERT_TRUE(second.ok());
  ASSERT_EQ(second->rows.size(), 1u) << second->reading;
  EXPECT_EQ(second->rows[0].values[0].label, "Oslo meeting of 7 June 2024");
}

TEST(QuestionGrammar, HasNoProblems) { EXPECT_EQ(question::AnalyseQuestionGrammar(), 0u); }

TEST(ClosedWordFiles, Parse) {
  int files = 0;
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (!file.path.starts_with("questions/") || !file.path.ends_with(".words")) continue;
    ++files;
    auto words = question::ClosedWords::Parse(file.content);
    EXPECT_TRUE(words.ok()) << file.path << ": " << words.status();
  }
  EXPECT_EQ(files, 2);
  EXPECT_FALSE(question::ClosedWords::Parse("no-such-category: a | b").ok());
}

}  // namespace
}  // namespace sanad::question_test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i)
    sanad::question_test::update_golden |= std::string(argv[i]) == "--update";
  return RUN_ALL_TESTS();
}
