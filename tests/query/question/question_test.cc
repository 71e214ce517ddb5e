// Questions over a small graph that has the shape of a loaded document, with the
// shipped vocabulary and lexicons. The golden file holds question, status,
// reading, rows and sentences; --update rewrites it.

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <sanad/question.h>
#include <sanad/rdf.h>
#include <sanad/store.h>

#include "datasets/embedded.h"
#include "query/question/closed_words.h"
#include "query/question/syntax.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

bool update_golden = false;

std::string ReadAll(const std::string& path) {
  std::ifstream in(path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string GoldenPath(std::string_view name) {
  return Concat(SANAD_SOURCE_DIR, "/tests/golden/questions/", name);
}

class QuestionTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto opened = Store::OpenInMemory({});
    ASSERT_TRUE(opened.ok());
    store_ = opened->release();
    auto transaction = store_->Begin();
    ASSERT_TRUE(transaction.ok());
    for (const EmbeddedFile& file : EmbeddedFiles()) {
      if (!file.path.ends_with(".ttl")) continue;
      const Term graph = Term::Iri(Concat(iri::kLexiconGraphPrefix, file.path));
      ASSERT_TRUE(
          (*transaction)
              ->Insert({graph, Term::Iri(iri::kRdfType), Term::Iri(iri::kLexiconGraph), graph})
              .ok());
      Load(**transaction, file.content, RdfSyntax::kTurtle, graph);
    }
    Load(**transaction, ReadAll(GoldenPath("meetings.trig")), RdfSyntax::kTriG, Term());
    ASSERT_TRUE((*transaction)->Commit().ok());
  }
  static void TearDownTestSuite() { delete store_; }

  static void Load(Transaction& transaction, std::string_view text, RdfSyntax syntax,
                   const Term& graph) {
    RdfReadOptions options;
    options.base_iri = "http://base.example/";
    static int files = 0;
    const std::string scope = Concat("f", ++files, "_");
    auto scoped = [&](const Term& term) {
      return term.is_blank_node() ? Term::BlankNode(Concat(scope, term.value())) : term;
    };
    absl::Status status = ReadRdf(text, syntax, options, [&](const Quad& quad) {
      Quad copy{scoped(quad.subject), quad.predicate, scoped(quad.object), quad.graph};
      if (copy.graph.is_undefined()) copy.graph = graph;
      return transaction.Insert(copy);
    });
    ASSERT_TRUE(status.ok()) << status;
  }

  static std::string Describe(const std::string& question) {
    static const char* const kStatus[] = {"ok", "nothing found", "unknown word", "ambiguous",
                                          "not understood"};
    absl::StatusOr<Answer> answer = Ask(*store_, question, {});
    if (!answer.ok()) return Concat("? ", question, "\nerror\n\n");
    std::string out = Concat("? ", question, "\n", kStatus[static_cast<int>(answer->status)], "\n");
    if (!answer->reading.empty()) out += Concat("read as: ", answer->reading, "\n");
    if (answer->unknown.has_value()) out += Concat("unknown: ", answer->unknown->word, "\n");
    for (const AnswerRow& row : answer->rows) {
      for (size_t i = 0; i < row.values.size(); ++i) {
        out += Concat(i == 0 ? "" : " | ", row.values[i].label);
      }
      for (const Evidence& evidence : row.evidence) {
        out += Concat(" [", evidence.begin, "-", evidence.end, "]");
      }
      out += "\n";
    }
    return out + "\n";
  }

  static Store* store_;
};
Store* QuestionTest::store_ = nullptr;

TEST_F(QuestionTest, Golden) {
  std::istringstream questions(ReadAll(GoldenPath("questions.txt")));
  std::string line, actual;
  while (std::getline(questions, line)) {
    if (!line.empty()) actual += Describe(line);
  }
  if (update_golden) {
    std::ofstream(GoldenPath("questions.golden")) << actual;
    return;
  }
  EXPECT_EQ(actual, ReadAll(GoldenPath("questions.golden")));
}

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

TEST_F(QuestionTest, ReadingAskedAgainMeansTheSame) {
  for (const char* question :
       {"which meetings addressed harbour fees", "Which meetings did not address fishing quotas?",
        "What is the longest meeting?", "Which topics did the Oslo meeting address?"}) {
    absl::StatusOr<Answer> first = Ask(*store_, question, {});
    ASSERT_TRUE(first.ok());
    ASSERT_EQ(first->status, AnswerStatus::kOk) << question;
    absl::StatusOr<Answer> again = Ask(*store_, first->reading, {});
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->status, AnswerStatus::kOk) << first->reading << ": " << again->message;
    ASSERT_EQ(again->rows.size(), first->rows.size()) << first->reading;
    for (size_t i = 0; i < first->rows.size(); ++i) {
      EXPECT_EQ(again->rows[i].values[0].term, first->rows[i].values[0].term);
    }
  }
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
}  // namespace sanad

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) sanad::update_golden |= std::string(argv[i]) == "--update";
  return RUN_ALL_TESTS();
}
