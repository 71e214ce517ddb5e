#include "shell/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sanad::shell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

template <typename T>
T Parsed(const std::vector<std::string>& arguments) {
  ParsedArguments parsed = ParseArguments(arguments);
  EXPECT_TRUE(parsed.command.has_value()) << parsed.err;
  if (!parsed.command || !std::holds_alternative<T>(*parsed.command)) {
    ADD_FAILURE() << "another command";
    return T();
  }
  return std::get<T>(*parsed.command);
}

TEST(Arguments, QueryOnAStore) {
  const auto query = Parsed<QueryArguments>({"query", "t.sanad", "ASK {}", "--format", "json",
                                             "--timeout", "30s", "--memory", "1GiB", "--param",
                                             "p=<http://e/?a=b>", "--param", "q=1"});
  EXPECT_EQ(query.dataset.store, "t.sanad");
  EXPECT_EQ(query.text, "ASK {}");
  EXPECT_EQ(query.format, "json");
  EXPECT_EQ(query.limits.timeout, absl::Seconds(30));
  EXPECT_EQ(query.limits.memory, uint64_t{1} << 30);
  EXPECT_THAT(query.parameters, ElementsAre(Pair("p", "<http://e/?a=b>"), Pair("q", "1")));
}

TEST(Arguments, QueryOnFilesEndsTheListAtTheQuery) {
  const auto query = Parsed<QueryArguments>({"query", "--data", "a.ttl", "b.nq.gz", "ASK {}"});
  EXPECT_THAT(query.dataset.data, ElementsAre("a.ttl", "b.nq.gz"));
  EXPECT_EQ(query.text, "ASK {}");
  EXPECT_EQ(query.dataset.store, "");
}

TEST(Arguments, NamedGraphsSplitAtTheLastEqualsSign) {
  const auto query =
      Parsed<QueryArguments>({"query", "--named-graph", "http://e/?x=1=a.ttl", "http://e/g=b.ttl",
                              "--data", "c.ttl", "--file", "q.rq"});
  EXPECT_THAT(query.dataset.named_graphs,
              ElementsAre(Pair("http://e/?x=1", "a.ttl"), Pair("http://e/g", "b.ttl")));
  EXPECT_THAT(query.dataset.data, ElementsAre("c.ttl"));
  EXPECT_EQ(query.file, "q.rq");
}

TEST(Arguments, WordsOfAQuestionAreNoCommands) {
  const auto ask = Parsed<AskArguments>({"ask", "t.sanad", "load"});
  EXPECT_EQ(ask.question, "load");
  EXPECT_EQ(ask.format, "table");
  EXPECT_FALSE(ask.why);
}

TEST(Arguments, LexiconsAndRulesBeforeTheDocument) {
  const auto extract = Parsed<ExtractArguments>(
      {"extract", "--lexicon", "a.ttl", "b.ttl", "--rules", "r.rules", "text.txt"});
  EXPECT_THAT(extract.document.lexicons, ElementsAre("a.ttl", "b.ttl"));
  EXPECT_THAT(extract.document.rules, ElementsAre("r.rules"));
  EXPECT_THAT(extract.files, ElementsAre("text.txt"));
  EXPECT_EQ(extract.format, "jsonl");
}

TEST(Arguments, LoadTakesManyFiles) {
  const auto load = Parsed<LoadArguments>({"load", "t.sanad", "a.txt", "b.ttl", "--document-date",
                                           "2025-03-01", "--graph", "http://e/g"});
  EXPECT_THAT(load.files, ElementsAre("a.txt", "b.ttl"));
  EXPECT_EQ(load.document.date, "2025-03-01");
  EXPECT_EQ(load.graph, "http://e/g");
}

TEST(Arguments, CareOfAStore) {
  EXPECT_TRUE(Parsed<CompactArguments>({"compact", "t.sanad", "--rebuild"}).rebuild);
  EXPECT_EQ(Parsed<ForgetArguments>({"forget", "t.sanad", "a.txt"}).document, "a.txt");
  EXPECT_EQ(Parsed<DumpArguments>({"dump", "t.sanad"}).format, "nquads");
  EXPECT_EQ(Parsed<RestoreArguments>({"restore", "new.sanad", "copy"}).directory, "copy");
}

struct WrongCase {
  std::vector<std::string> arguments;
  const char* message;
};

TEST(Arguments, WrongOnesAreUsageErrorsThatSayWhy) {
  const WrongCase cases[] = {
      {{}, "Usage: sanad"},
      {{"fetch"}, "no command fetch"},
      {{"query"}, "wants a STORE"},
      {{"query", "t.sanad"}, "wants either QUERY or --file"},
      {{"query", "t.sanad", "ASK {}", "--file", "q.rq"}, "wants either QUERY or --file"},
      {{"query", "--data", "a.ttl", "t.sanad", "ASK {}"}, "not both"},
      {{"query", "t.sanad", "ASK {}", "--format", "yaml"}, "yaml"},
      {{"query", "t.sanad", "ASK {}", "--timeout", "soon"}, "soon"},
      {{"query", "t.sanad", "ASK {}", "--param", "x"}, "NAME=VALUE"},
      {{"query", "t.sanad", "ASK {}", "more"}, "more"},
      {{"load", "t.sanad"}, "FILE"},
      {{"load", "t.sanad", "-"}, "--format"},
      {{"load", "t.sanad", "a.ttl", "--replace"}, "--graph"},
      {{"load", "t.sanad", "a.txt", "--document-date", "2025-02-30"}, "2025-02-30"},
      {{"load", "t.sanad", "a.txt", "b.txt", "--document-iri", "http://e/d"}, "one FILE"},
      {{"ask", "t.sanad"}, "QUESTION"},
      {{"convert", "a.ttl"}, "--to"},
      {{"check", "poem", "a.txt"}, "poem"},
  };
  for (const WrongCase& c : cases) {
    const ParsedArguments parsed = ParseArguments(c.arguments);
    EXPECT_FALSE(parsed.command.has_value()) << c.message;
    EXPECT_EQ(parsed.exit_status, 2) << c.message;
    EXPECT_THAT(parsed.err, HasSubstr(c.message));
    EXPECT_EQ(parsed.out, "");
  }
}

TEST(Arguments, HelpIsData) {
  for (const char* command :
       {"load", "query", "update", "ask", "extract", "convert", "check", "shell", "stats",
        "validate", "compact", "dump", "backup", "restore", "documents", "forget"}) {
    const ParsedArguments parsed = ParseArguments({command, "--help"});
    EXPECT_EQ(parsed.exit_status, 0) << command;
    EXPECT_THAT(parsed.out, HasSubstr("Usage: sanad " + std::string(command)));
  }
}

}  // namespace
}  // namespace sanad::shell
