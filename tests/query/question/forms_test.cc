// Every form of question in both languages: the golden file holds question,
// reading, SPARQL and answer. Every reading of every golden question is asked
// again and must mean the same.

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "storage/model/text.h"
#include "tests/query/question/question_store.h"

namespace sanad::question_test {
namespace {

struct GoldenFile {
  const char* graph;
  const char* questions;
  const char* golden;
  bool sparql;
};
constexpr GoldenFile kFiles[] = {
    {"meetings.trig", "questions.txt", "questions.golden", false},
    {"forms.trig", "forms.txt", "forms.golden", true},
};

class QuestionFiles : public testing::TestWithParam<GoldenFile> {};

TEST_P(QuestionFiles, AnswersAreGolden) {
  std::unique_ptr<Store> store = StoreWith(GetParam().graph);
  ASSERT_NE(store, nullptr);
  std::string actual;
  std::optional<Answer> previous;
  for (const QuestionLine& line : ReadQuestions(GetParam().questions)) {
    AskOptions options;
    if (line.follow_up && previous.has_value()) options.previous = &*previous;
    absl::StatusOr<Answer> answer = Ask(*store, line.text, options);
    ASSERT_TRUE(answer.ok()) << line.text << ": " << answer.status();
    actual += Concat(line.comment, line.follow_up ? "> " : "? ", line.text, "\n",
                     Describe(*answer, GetParam().sparql), "\n");
    previous = *std::move(answer);
  }
  ExpectGolden(actual, GetParam().golden);
}

// The reading of a question is a question of the language, and means the same.
TEST_P(QuestionFiles, ReadingsAskedAgainMeanTheSame) {
  std::unique_ptr<Store> store = StoreWith(GetParam().graph);
  ASSERT_NE(store, nullptr);
  std::optional<Answer> previous;
  for (const QuestionLine& line : ReadQuestions(GetParam().questions)) {
    AskOptions options;
    if (line.follow_up && previous.has_value()) options.previous = &*previous;
    absl::StatusOr<Answer> answer = Ask(*store, line.text, options);
    ASSERT_TRUE(answer.ok()) << line.text << ": " << answer.status();
    if (!answer->reading.empty()) {
      absl::StatusOr<Answer> again = Ask(*store, answer->reading);
      ASSERT_TRUE(again.ok()) << answer->reading << ": " << again.status();
      EXPECT_EQ(again->sparql, answer->sparql)
          << line.text << "\nread as: " << answer->reading << "\nread again as: " << again->reading
          << " " << again->message;
    }
    previous = *std::move(answer);
  }
}

INSTANTIATE_TEST_SUITE_P(All, QuestionFiles, testing::ValuesIn(kFiles),
                         [](const testing::TestParamInfo<GoldenFile>& file) {
                           std::string name = file.param.questions;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace sanad::question_test
