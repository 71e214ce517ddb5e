// Counts come from the store's statistics; labels from one query over the
// default graph and the named ones (a vocabulary's graph is a named one).

#include "shell/schema.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sanad/query.h>

#include "shell/table.h"

namespace sanad::shell {
namespace {

// IRI → "meeting · اجتماع".
using Labels = std::map<std::string, std::string>;

absl::StatusOr<Labels> ReadLabels(const Store& store, const StoreStatistics& statistics) {
  std::string values;
  for (const PredicateStatistics& p : statistics.predicates) {
    values += p.predicate.ToString() + " ";
  }
  for (const auto& [term, count] : statistics.classes) {
    if (term.is_iri()) values += term.ToString() + " ";
  }
  const std::string text =
      "SELECT DISTINCT ?term ?label WHERE { VALUES ?term { " + values +
      "} { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label } UNION "
      "{ GRAPH ?graph { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label } } }";
  absl::StatusOr<Query> query = Query::Parse(text);
  if (!query.ok()) return query.status();
  auto cursor = query->Execute(store.NewSnapshot());
  if (!cursor.ok()) return cursor.status();
  std::map<std::string, std::set<std::pair<std::string, std::string>>> found;
  while ((*cursor)->Next()) {
    const Term& label = (*cursor)->value(1);
    // By language, English before the others that follow it in the alphabet's
    // order would be a coincidence: it is put first by an empty key.
    const std::string language(label.language());
    found[(*cursor)->value(0).value()].emplace(language == "en" ? "" : language, label.value());
  }
  if (!(*cursor)->status().ok()) return (*cursor)->status();
  Labels labels;
  for (const auto& [iri, texts] : found) {
    std::string& joined = labels[iri];
    for (const auto& [language, label] : texts) joined += (joined.empty() ? "" : " · ") + label;
  }
  return labels;
}

}  // namespace

absl::Status PrintSchema(const Store& store, const Prefixes& prefixes, Console& console) {
  const absl::StatusOr<StoreStatistics> statistics = store.Statistics();
  if (!statistics.ok()) return statistics.status();
  const absl::StatusOr<Labels> labels = ReadLabels(store, *statistics);
  if (!labels.ok()) return labels.status();
  const auto words = [&](const Term& term) {
    const auto at = labels->find(term.value());
    return at == labels->end() ? std::string() : at->second;
  };
  const TableOptions options{TableStyle::kPlain, console.colour(), console.out_is_terminal(), "  "};
  TableWriter classes({"class", "instances", "in words"}, options, console.sink());
  for (const auto& [term, count] : statistics->classes) {
    absl::Status status =
        classes.AddRow({TermText(term, prefixes), std::to_string(count), words(term)});
    if (!status.ok()) return status;
  }
  if (absl::Status status = classes.Finish(); !status.ok()) return status;
  console.Out("\n");
  TableWriter relations({"relation", "statements", "in words"}, options, console.sink());
  for (const PredicateStatistics& p : statistics->predicates) {
    absl::Status status = relations.AddRow(
        {TermText(p.predicate, prefixes), std::to_string(p.quads), words(p.predicate)});
    if (!status.ok()) return status;
  }
  return relations.Finish();
}

}  // namespace sanad::shell
