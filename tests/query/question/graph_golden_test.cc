// Questions over graphs that no shipped word was written for, and over statements
// that are planned, denied, said by someone or disputed. A case is NAME.ttl or
// NAME.trig below tests/golden/questions/graphs, its words (NAME.words.ttl) or the
// shipped ones, NAME.txt with a question a line and NAME.golden; --update rewrites it.

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <sanad/question.h>
#include <sanad/rdf.h>
#include <sanad/store.h>

#include "datasets/embedded.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

bool update_golden = false;

std::string PathOf(std::string_view name) {
  return Concat(SANAD_SOURCE_DIR, "/tests/golden/questions/graphs/", name);
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

// Each file's blank nodes are its own.
void LoadText(Transaction& transaction, std::string_view text, RdfSyntax syntax, Term graph) {
  static int files = 0;
  const std::string scope = Concat("f", ++files, "_");
  auto scoped = [&](const Term& term) {
    return term.is_blank_node() ? Term::BlankNode(Concat(scope, term.value())) : term;
  };
  RdfReadOptions options;
  options.base_iri = "http://base.example/";
  const absl::Status status = ReadRdf(text, syntax, options, [&](const Quad& quad) {
    Quad copy{scoped(quad.subject), quad.predicate, scoped(quad.object), quad.graph};
    if (copy.graph.is_undefined()) copy.graph = graph;
    return transaction.Insert(copy);
  });
  ASSERT_TRUE(status.ok()) << status;
}

void LoadLexicon(Transaction& transaction, std::string_view name, std::string_view text) {
  const Term graph = Term::Iri(Concat(iri::kLexiconGraphPrefix, name));
  ASSERT_TRUE(
      transaction.Insert({graph, Term::Iri(iri::kRdfType), Term::Iri(iri::kLexiconGraph), graph})
          .ok());
  LoadText(transaction, text, RdfSyntax::kTurtle, graph);
}

std::string Describe(const Store& store, const std::string& question) {
  static const char* const kStatus[] = {"ok", "nothing found", "unknown word", "ambiguous",
                                        "not understood"};
  absl::StatusOr<Answer> answer = Ask(store, question, {});
  if (!answer.ok()) return Concat("? ", question, "\nerror\n\n");
  std::string out = Concat("? ", question, "\n", kStatus[static_cast<int>(answer->status)], "\n");
  if (!answer->reading.empty()) out += Concat("read as: ", answer->reading, "\n");
  for (const std::string& reading : answer->other_readings) out += Concat("or: ", reading, "\n");
  if (answer->unknown.has_value()) out += Concat("unknown: ", answer->unknown->word, "\n");
  if (!answer->message.empty()) out += Concat("says: ", answer->message, "\n");
  for (const AnswerRow& row : answer->rows) {
    for (size_t i = 0; i < row.values.size(); ++i) {
      out += Concat(i == 0 ? "" : " | ", row.values[i].label);
    }
    for (const Evidence& evidence : row.evidence) {
      out += Concat(" [", evidence.begin, "-", evidence.end, "]");
    }
    out += "\n";
  }
  for (const Evidence& sentence : answer->sentences_with_words) {
    out += Concat("not an answer: ", sentence.text, "\n");
  }
  return out + "\n";
}

void AskAll(const std::string& name, RdfSyntax syntax, bool shipped_words) {
  absl::StatusOr<std::unique_ptr<Store>> store = Store::OpenInMemory({});
  ASSERT_TRUE(store.ok());
  absl::StatusOr<std::unique_ptr<Transaction>> transaction = (*store)->Begin();
  ASSERT_TRUE(transaction.ok());
  if (shipped_words) {
    for (const EmbeddedFile& file : EmbeddedFiles()) {
      if (file.path.ends_with(".ttl")) LoadLexicon(**transaction, file.path, file.content);
    }
  } else {
    LoadLexicon(**transaction, name, ReadAll(PathOf(name + ".words.ttl")));
  }
  const char* const ending = syntax == RdfSyntax::kTurtle ? ".ttl" : ".trig";
  LoadText(**transaction, ReadAll(PathOf(name + ending)), syntax, Term());
  ASSERT_TRUE((*transaction)->Commit().ok());
  std::istringstream questions(ReadAll(PathOf(name + ".txt")));
  std::string line, actual;
  while (std::getline(questions, line)) {
    if (!line.empty()) actual += Describe(**store, line);
  }
  if (update_golden) {
    std::ofstream(PathOf(name + ".golden")) << actual;
    return;
  }
  EXPECT_EQ(actual, ReadAll(PathOf(name + ".golden")));
}

TEST(QuestionGraphs, WordsOfItsOwn) { AskAll("islands", RdfSyntax::kTurtle, false); }
TEST(QuestionGraphs, WhatIsNotPlainlyAsserted) { AskAll("statuses", RdfSyntax::kTriG, true); }

}  // namespace
}  // namespace sanad

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) sanad::update_golden |= std::string(argv[i]) == "--update";
  return RUN_ALL_TESTS();
}
