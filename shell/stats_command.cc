// sanad stats: what a store holds, by predicate and by class.

#include "shell/commands.h"
#include "shell/exit_status.h"
#include "shell/json_text.h"
#include "shell/open_store.h"
#include "shell/table.h"
#include "shell/term_text.h"
#include "shell/units.h"

namespace sanad::shell {
namespace {

std::string Distinct(uint64_t count, bool exact) {
  return (exact ? "" : "~") + std::to_string(count);
}

absl::Status PrintTable(const StoreStatistics& s, const Prefixes& prefixes, Console& console) {
  const TableOptions options{TableStyle::kPlain, console.colour(), console.out_is_terminal(), ""};
  TableWriter totals({}, options, console.sink());
  const std::vector<std::vector<std::string>> rows = {
      {"commit", std::to_string(s.commit_number)},
      {"statements", std::to_string(s.quads)},
      {"distinct triples", std::to_string(s.distinct_triples)},
      {"terms", std::to_string(s.terms)},
      {"named graphs", std::to_string(s.named_graphs)},
      {"on disk", SizeText(s.bytes_on_disk)},
      {"snapshots",
       std::to_string(s.live_snapshots) +
           (s.live_snapshots == 0 ? ""
                                  : ", the oldest for " + DurationText(s.oldest_snapshot_age))},
      {"pinned", SizeText(s.pinned_bytes)}};
  for (const auto& row : rows) {
    if (absl::Status status = totals.AddRow(row); !status.ok()) return status;
  }
  if (absl::Status status = totals.Finish(); !status.ok()) return status;

  console.Out("\n");
  TableWriter predicates({"predicate", "statements", "triples", "subjects", "objects"}, options,
                         console.sink());
  for (const PredicateStatistics& p : s.predicates) {
    absl::Status status = predicates.AddRow(
        {TermText(p.predicate, prefixes), std::to_string(p.quads),
         std::to_string(p.distinct_triples), Distinct(p.distinct_subjects, p.distinct_counts_exact),
         Distinct(p.distinct_objects, p.distinct_counts_exact)});
    if (!status.ok()) return status;
  }
  if (absl::Status status = predicates.Finish(); !status.ok()) return status;

  console.Out("\n");
  TableWriter classes({"class", "instances"}, options, console.sink());
  for (const auto& [term, count] : s.classes) {
    absl::Status status = classes.AddRow({TermText(term, prefixes), std::to_string(count)});
    if (!status.ok()) return status;
  }
  return classes.Finish();
}

std::string Json(const StoreStatistics& s) {
  JsonText json;
  json.BeginObject();
  json.Key("commit").Value(s.commit_number).Key("statements").Value(s.quads);
  json.Key("distinct_triples").Value(s.distinct_triples).Key("terms").Value(s.terms);
  json.Key("named_graphs").Value(s.named_graphs).Key("bytes_on_disk").Value(s.bytes_on_disk);
  json.Key("live_snapshots").Value(s.live_snapshots).Key("pinned_bytes").Value(s.pinned_bytes);
  json.Key("predicates").BeginArray();
  for (const PredicateStatistics& p : s.predicates) {
    json.BeginObject().Key("predicate").Value(p.predicate.value());
    json.Key("statements").Value(p.quads).Key("triples").Value(p.distinct_triples);
    json.Key("subjects").Value(p.distinct_subjects).Key("objects").Value(p.distinct_objects);
    json.Key("exact").Bool(p.distinct_counts_exact).EndObject();
  }
  json.EndArray().Key("classes").BeginArray();
  for (const auto& [term, count] : s.classes) {
    json.BeginObject().Key("class").Value(term.value()).Key("instances").Value(count).EndObject();
  }
  return json.EndArray().EndObject().text() + "\n";
}

}  // namespace

int Run(const StatsArguments& arguments, Console& console) {
  const std::unique_ptr<Store> store = OpenStore(arguments.store, Access::kExisting, console);
  if (store == nullptr) return kStoreNotOpened;
  const absl::StatusOr<StoreStatistics> statistics = store->Statistics();
  absl::Status status = statistics.status();
  if (status.ok() && arguments.format == "json") {
    console.Out(Json(*statistics));
  } else if (status.ok()) {
    Prefixes prefixes = store->Prefixes();
    AddPrefixes(prefixes, WellKnownPrefixes());
    status = PrintTable(*statistics, prefixes, console);
  }
  if (!status.ok() && !console.closed()) console.Error(status);
  return ExitStatusOf(status);
}

}  // namespace sanad::shell
