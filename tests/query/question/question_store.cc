#include "tests/query/question/question_store.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <sanad/rdf.h>

#include "datasets/embedded.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question_test {
namespace {

absl::Status Load(Transaction& transaction, std::string_view text, RdfSyntax syntax,
                  const Term& graph) {
  RdfReadOptions options;
  options.base_iri = "http://base.example/";
  static int files = 0;
  const std::string scope = Concat("f", ++files, "_");
  auto scoped = [&](const Term& term) {
    return term.is_blank_node() ? Term::BlankNode(Concat(scope, term.value())) : term;
  };
  return ReadRdf(text, syntax, options, [&](const Quad& quad) {
    Quad copy{scoped(quad.subject), quad.predicate, scoped(quad.object), quad.graph};
    if (copy.graph.is_undefined()) copy.graph = graph;
    return transaction.Insert(copy);
  });
}

absl::Status LoadLexicon(Transaction& transaction, std::string_view name, std::string_view text) {
  const Term graph = Term::Iri(Concat(iri::kLexiconGraphPrefix, name));
  SANAD_RETURN_IF_ERROR(
      transaction.Insert({graph, Term::Iri(iri::kRdfType), Term::Iri(iri::kLexiconGraph), graph}));
  return Load(transaction, text, RdfSyntax::kTurtle, graph);
}

absl::Status LoadAll(Transaction& transaction, std::string_view graph_file,
                     std::string_view words_file) {
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    const bool units = file.path.ends_with("/units.ttl");
    if (!file.path.ends_with(".ttl") || (!words_file.empty() && !units)) continue;
    SANAD_RETURN_IF_ERROR(LoadLexicon(transaction, file.path, file.content));
  }
  if (!words_file.empty()) {
    SANAD_RETURN_IF_ERROR(LoadLexicon(transaction, words_file, ReadAll(GoldenPath(words_file))));
  }
  const RdfSyntax syntax = graph_file.ends_with(".ttl") ? RdfSyntax::kTurtle : RdfSyntax::kTriG;
  return Load(transaction, ReadAll(GoldenPath(graph_file)), syntax, Term());
}

}  // namespace

bool update_golden = false;

std::string GoldenPath(std::string_view name) {
  return Concat(SANAD_SOURCE_DIR, "/tests/golden/questions/", name);
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::unique_ptr<Store> StoreWith(std::string_view graph_file, std::string_view words_file) {
  auto store = Store::OpenInMemory({});
  EXPECT_TRUE(store.ok()) << store.status();
  if (!store.ok()) return nullptr;
  auto transaction = (*store)->Begin();
  EXPECT_TRUE(transaction.ok()) << transaction.status();
  if (!transaction.ok()) return nullptr;
  absl::Status status = LoadAll(**transaction, graph_file, words_file);
  if (status.ok()) status = (*transaction)->Commit();
  EXPECT_TRUE(status.ok()) << status;
  return status.ok() ? *std::move(store) : nullptr;
}

std::vector<QuestionLine> ReadQuestions(std::string_view file) {
  std::vector<QuestionLine> out;
  std::istringstream lines(ReadAll(GoldenPath(file)));
  std::string line, comment;
  while (std::getline(lines, line)) {
    if (line.empty()) continue;
    if (line[0] == '#') {
      comment += line + "\n";
      continue;
    }
    QuestionLine question;
    question.follow_up = line.starts_with("> ");
    question.asked_again = !line.starts_with("~ ");
    question.text = question.follow_up || !question.asked_again ? line.substr(2) : line;
    question.comment = std::move(comment);
    comment.clear();
    out.push_back(std::move(question));
  }
  EXPECT_FALSE(out.empty()) << file;
  return out;
}

std::string Describe(const Answer& answer, bool sparql) {
  static const char* const kStatus[] = {"ok", "nothing found", "unknown word", "ambiguous",
                                        "not understood"};
  std::string out = Concat(kStatus[static_cast<int>(answer.status)], "\n");
  if (!answer.reading.empty()) out += Concat("read as: ", answer.reading, "\n");
  for (const std::string& reading : answer.other_readings) out += Concat("or: ", reading, "\n");
  if (answer.unknown.has_value()) {
    out += Concat("unknown: ", answer.unknown->word, "\n");
    for (const std::string& near : answer.unknown->nearest) out += Concat("near: ", near, "\n");
  }
  if (!answer.message.empty()) out += Concat("says: ", answer.message, "\n");
  if (sparql && !answer.sparql.empty()) {
    std::istringstream lines(answer.sparql);
    std::string line;
    while (std::getline(lines, line)) out += Concat("  ", line, "\n");
  }
  for (const AnswerRow& row : answer.rows) {
    for (size_t i = 0; i < row.values.size(); ++i) {
      out += Concat(i == 0 ? "" : " | ", row.values[i].label);
    }
    for (const Evidence& evidence : row.evidence) {
      out += Concat(" [", evidence.begin, "-", evidence.end, "]");
    }
    out += "\n";
  }
  for (const Evidence& sentence : answer.sentences_with_words) {
    out += Concat("not an answer: ", sentence.text, "\n");
  }
  return out;
}

void ExpectGolden(const std::string& actual, std::string_view file) {
  if (update_golden) {
    std::ofstream(GoldenPath(file)) << actual;
    return;
  }
  EXPECT_EQ(actual, ReadAll(GoldenPath(file)));
}

}  // namespace sanad::question_test
