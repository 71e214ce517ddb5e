// Counted over the default graph, so that what describes documents and lexicons
// stays out; labels come from any graph, since a vocabulary has its own.

#include "shell/schema.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sanad/query.h>

#include "shell/table.h"

namespace sanad::shell {
namespace {

using Row = std::vector<Term>;

absl::StatusOr<std::vector<Row>> RowsOf(const Store& store, std::string_view text) {
  absl::StatusOr<Query> query = Query::Parse(text);
  if (!query.ok()) return query.status();
  auto cursor = query->Execute(store.NewSnapshot());
  if (!cursor.ok()) return cursor.status();
  std::vector<Row> rows;
  while ((*cursor)->Next()) {
    Row row;
    for (size_t i = 0; i < (*cursor)->variables().size(); ++i) row.push_back((*cursor)->value(i));
    rows.push_back(std::move(row));
  }
  if (!(*cursor)->status().ok()) return (*cursor)->status();
  return rows;
}

// IRI → "meeting · اجتماع".
using Labels = std::map<std::string, std::string>;

absl::StatusOr<Labels> ReadLabels(const Store& store, const std::vector<Row>& counted) {
  std::string values;
  for (const Row& row : counted) {
    if (row[0].is_iri()) values += row[0].ToString() + " ";
  }
  const auto rows = RowsOf(
      store,
      "SELECT DISTINCT ?term ?label WHERE { VALUES ?term { " + values +
          "} { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label } UNION "
          "{ GRAPH ?graph { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label } } }");
  if (!rows.ok()) return rows.status();
  // English first, then by language.
  std::map<std::string, std::set<std::pair<std::string, std::string>>> found;
  for (const Row& row : *rows) {
    const std::string language(row[1].language());
    found[row[0].value()].emplace(language == "en" ? "" : language, row[1].value());
  }
  Labels labels;
  for (const auto& [iri, texts] : found) {
    std::string& joined = labels[iri];
    for (const auto& [language, label] : texts) joined += (joined.empty() ? "" : " · ") + label;
  }
  return labels;
}

absl::Status PrintCounts(const Store& store, std::string_view query,
                         std::vector<std::string> headings, const Prefixes& prefixes,
                         Console& console) {
  const auto counted = RowsOf(store, query);
  if (!counted.ok()) return counted.status();
  const absl::StatusOr<Labels> labels = ReadLabels(store, *counted);
  if (!labels.ok()) return labels.status();
  const TableOptions options{TableStyle::kPlain, console.colour(), console.out_is_terminal(), "  "};
  TableWriter table(std::move(headings), options, console.sink());
  for (const Row& row : *counted) {
    const auto at = labels->find(row[0].value());
    absl::Status status = table.AddRow({TermText(row[0], prefixes), row[1].value(),
                                        at == labels->end() ? std::string() : at->second});
    if (!status.ok()) return status;
  }
  return table.Finish();
}

}  // namespace

absl::Status PrintSchema(const Store& store, const Prefixes& prefixes, Console& console) {
  absl::Status status = PrintCounts(
      store, "SELECT ?c (COUNT(?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c",
      {"class", "instances", "in words"}, prefixes, console);
  if (!status.ok()) return status;
  console.Out("\n");
  return PrintCounts(
      store, "SELECT ?p (COUNT(?s) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p",
      {"relation", "statements", "in words"}, prefixes, console);
}

}  // namespace sanad::shell
