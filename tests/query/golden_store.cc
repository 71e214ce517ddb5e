#include "tests/query/golden_store.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/rdf.h>
#include "storage/model/text.h"
#include "storage/quad_source.h"

namespace sanad::query_test {
namespace {

std::string Shortened(std::string text) {
  for (size_t at; (at = text.find("<http://e/")) != std::string::npos;) {
    const size_t end = text.find('>', at);
    text = text.substr(0, at) + ":" + text.substr(at + 10, end - at - 10) + text.substr(end + 1);
  }
  for (const auto& [iri, prefix] :
       {std::pair<std::string, std::string>{"<http://www.w3.org/2001/XMLSchema#", "xsd:"}}) {
    for (size_t at; (at = text.find(iri)) != std::string::npos;) {
      const size_t end = text.find('>', at);
      text = text.substr(0, at) + prefix + text.substr(at + iri.size(), end - at - iri.size()) +
             text.substr(end + 1);
    }
  }
  return text;
}

std::string Lines(std::vector<std::string> lines, bool sort) {
  if (sort) std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

std::string Message(const absl::Status& status) { return std::string(FromAbsl(status.message())); }

ParseOptions GoldenPrefixes() {
  ParseOptions options;
  options.base_iri = "http://e/";
  options.prefixes = {{"", "http://e/"}, {"xsd", "http://www.w3.org/2001/XMLSchema#"}};
  return options;
}

std::unique_ptr<Store> StoreOf(const std::string& trig) {
  auto store = *Store::OpenInMemory();
  auto transaction = *store->Begin();
  RdfReadOptions options;
  options.base_iri = "http://e/";
  const absl::Status status = ReadRdf(
      "PREFIX : <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" + trig,
      RdfSyntax::kTriG, options, [&](const Quad& quad) { return transaction->Insert(quad); });
  EXPECT_TRUE(status.ok()) << Message(status);
  EXPECT_TRUE(transaction->Commit().ok());
  return store;
}

std::string QuadsOf(const Store& store) {
  std::vector<std::string> lines;
  for (const char* text :
       {"SELECT ?s ?p ?o { ?s ?p ?o }", "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"}) {
    QueryOptions options;
    options.default_graph = DefaultGraph::kStrict;
    auto cursor = *Query::Parse(text)->Execute(store.NewSnapshot(), options);
    while (cursor->Next()) {
      std::string line;
      for (size_t i = 0; i < cursor->variables().size(); ++i) {
        const Term& value = cursor->value(i);
        line += (value.is_blank_node() ? "_:blank" : value.ToString()) + " ";
      }
      lines.push_back(Shortened(line) + ".");
    }
    EXPECT_TRUE(cursor->status().ok()) << Message(cursor->status());
  }
  return Lines(std::move(lines), /*sort=*/true);
}

std::string ResultOf(const Store& store, const std::string& text, const QueryOptions& options) {
  const auto query = Query::Parse(text, GoldenPrefixes());
  if (!query.ok()) return Message(query.status());
  auto cursor = query->Execute(store.NewSnapshot(), options);
  if (!cursor.ok()) return Message(cursor.status());
  if (query->form() == QueryForm::kAsk) {
    if (!(*cursor)->Next()) return Message((*cursor)->status());
    return (*cursor)->ask_result() ? "true" : "false";
  }
  std::vector<std::string> lines;
  while ((*cursor)->Next()) {
    std::string line;
    for (size_t i = 0; i < (*cursor)->variables().size(); ++i) {
      const Term& value = (*cursor)->value(i);
      if (i > 0) line += "\t";
      line += value.is_undefined() ? "-" : value.is_blank_node() ? "_:blank" : value.ToString();
    }
    lines.push_back(Shortened(line));
  }
  if (!(*cursor)->status().ok()) return Message((*cursor)->status());
  std::string head;
  if (query->form() == QueryForm::kSelect) {
    for (const std::string& name : (*cursor)->variables()) {
      head += (head.empty() ? "?" : "\t?") + name;
    }
    head += "\n";
  }
  return head + Lines(std::move(lines), text.find("ORDER BY") == std::string::npos);
}

}  // namespace sanad::query_test
