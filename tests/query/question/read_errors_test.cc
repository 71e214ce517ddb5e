// A read that fails is an error of the whole question, whichever read it is: never a
// shorter answer, and never a schema that lacks what could not be read.

#include <string_view>

#include <gtest/gtest.h>

#include "query/question/context.h"
#include "query/question/understand.h"
#include "tests/query/question/failing_source.h"
#include "tests/query/question/question_store.h"

namespace sanad::question_test {
namespace {

// Early reads one by one, later ones in growing steps.
size_t After(size_t reads) { return reads + 1 + reads / 16; }

class ReadErrorsTest : public testing::Test {
 protected:
  ReadErrorsTest() : store_(StoreWith("graphs/islands.ttl", "graphs/islands.words.ttl")) {}

  std::unique_ptr<Store> store_;
  const Snapshot snapshot_ = store_->NewSnapshot();
};

TEST_F(ReadErrorsTest, NoSchemaIsBuiltWithoutWhatCouldNotBeRead) {
  size_t failures = 0;
  for (size_t reads = 0;; reads = After(reads)) {
    const FailingSource source(snapshot_.source(), reads);
    const bool built = question::Schema::Build(source).ok();
    EXPECT_EQ(built, !source.failed()) << "after " << reads << " reads";
    if (!source.failed()) break;
    ++failures;
  }
  EXPECT_GT(failures, 50u);
}

TEST_F(ReadErrorsTest, EveryFailedReadOfAQuestionIsItsError) {
  absl::StatusOr<question::Vocabulary> whole = question::VocabularyOf(snapshot_.source());
  ASSERT_TRUE(whole.ok()) << whole.status();
  // By labels and words, by words within names, by a name's spelling, by no word known.
  for (const std::string_view text :
       {"which towns lie on the largest island", "hills named \"Hill\"", "is Cairn Hil on Morvin",
        "where is سكل", "which islands have a zqxv"}) {
    size_t failures = 0;
    for (size_t reads = 0;; reads = After(reads)) {
      const FailingSource source(snapshot_.source(), reads);
      question::Vocabulary vocabulary = *whole;
      vocabulary.source = &source;
      vocabulary.errors = std::make_shared<question::ReadErrors>();
      vocabulary.labels = *LabelIndexReader::Open(source);
      const absl::StatusOr<question::Understanding> understanding =
          question::Understand(vocabulary, text);
      EXPECT_EQ(understanding.ok(), !source.failed()) << text << " after " << reads << " reads";
      if (!source.failed()) break;
      ++failures;
    }
    EXPECT_GT(failures, 20u) << text;
  }
}

}  // namespace
}  // namespace sanad::question_test
