// Every form of question in both languages, and small graphs of several kinds: the
// golden file holds question, reading, SPARQL and answer. Every reading of every
// golden question is asked again and must mean the same. --update rewrites them.

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "storage/model/text.h"
#include "tests/query/question/question_store.h"

namespace sanad::question_test {
namespace {

struct GoldenFile {
  const char* name;
  const char* graph;
  const char* words;  // Empty: the shipped ones.
  bool sparql;
  std::string questions() const { return Concat(name, ".txt"); }
  std::string golden() const { return Concat(name, ".golden"); }
};
constexpr GoldenFile kFiles[] = {
    {"questions", "meetings.trig", "", false},
    {"forms", "forms.trig", "", true},
    // A graph that no shipped word was written for.
    {"graphs/islands", "graphs/islands.ttl", "graphs/islands.words.ttl", false},
    // What is planned, denied, said by someone or disputed.
    {"graphs/statuses", "graphs/statuses.trig", "", false},
    // A number of its own, an offer to someone, someone by a position only.
    {"graphs/offers", "graphs/offers.trig", "", false},
    // Names that several things share.
    {"graphs/ties", "graphs/ties.ttl", "graphs/ties.words.ttl", false},
};

class QuestionFiles : public testing::TestWithParam<GoldenFile> {};

TEST_P(QuestionFiles, AnswersAreGolden) {
  std::unique_ptr<Store> store = StoreWith(GetParam().graph, GetParam().words);
  ASSERT_NE(store, nullptr);
  std::string actual;
  std::optional<Answer> previous;
  for (const QuestionLine& line : ReadQuestions(GetParam().questions())) {
    AskOptions options;
    if (line.follow_up && previous.has_value()) options.previous = &*previous;
    absl::StatusOr<Answer> answer = Ask(*store, line.text, options);
    ASSERT_TRUE(answer.ok()) << line.text << ": " << answer.status();
    actual += Concat(line.comment, line.follow_up ? "> " : "? ", line.text, "\n",
                     Describe(*answer, GetParam().sparql), "\n");
    previous = *std::move(answer);
  }
  ExpectGolden(actual, GetParam().golden());
}

// The reading of a question is a question of the language, and means the same.
TEST_P(QuestionFiles, ReadingsAskedAgainMeanTheSame) {
  std::unique_ptr<Store> store = StoreWith(GetParam().graph, GetParam().words);
  ASSERT_NE(store, nullptr);
  std::optional<Answer> previous;
  for (const QuestionLine& line : ReadQuestions(GetParam().questions())) {
    AskOptions options;
    if (line.follow_up && previous.has_value()) options.previous = &*previous;
    absl::StatusOr<Answer> answer = Ask(*store, line.text, options);
    ASSERT_TRUE(answer.ok()) << line.text << ": " << answer.status();
    // What tells namesakes apart stands in parentheses and is for reading only.
    const bool told_apart = answer->reading.find('(') != std::string::npos;
    if (!answer->reading.empty() && !told_apart) {
      absl::StatusOr<Answer> again = Ask(*store, answer->reading);
      ASSERT_TRUE(again.ok()) << answer->reading << ": " << again.status();
      EXPECT_EQ(again->sparql == answer->sparql, line.asked_again)
          << line.text << "\nread as: " << answer->reading << "\nread again as: " << again->reading
          << " " << again->message;
    }
    previous = *std::move(answer);
  }
}

INSTANTIATE_TEST_SUITE_P(All, QuestionFiles, testing::ValuesIn(kFiles),
                         [](const testing::TestParamInfo<GoldenFile>& file) {
                           const std::string_view name = file.param.name;
                           return std::string(name.substr(name.find('/') + 1));
                         });

}  // namespace
}  // namespace sanad::question_test
