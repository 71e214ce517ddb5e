// Runs folders of queries over a file and checks them against an oracle:
//
//   sanad_bench --data data.nt.zst --queries DIR [--oracle expected.tsv]
//               [--store DIR] [--runs 5] [--threads 0] [--timeout 60] [--only NAME]
//               [--json OUT] [--plan] [--anew]
//
// --anew: every run parses and plans; else only the first does.
// The first run of a query is a warm-up that hashes its rows. Prints medians as
// a table; exit status 1 when a row count or hash differs from the oracle.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "bench/workload.h"

namespace {

using sanad::bench::Expected;

struct Arguments {
  std::string data, store, oracle, json, only;
  std::vector<std::string> queries;
  int runs = 5;
  int threads = 0;
  double timeout = 60;
  bool plan = false, anew = false;
};

bool Parse(int argc, char** argv, Arguments& arguments) {
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--plan" || name == "--anew") {
      (name == "--plan" ? arguments.plan : arguments.anew) = true;
      continue;
    }
    if (i + 1 >= argc) return false;
    const char* value = argv[++i];
    if (name == "--data")
      arguments.data = value;
    else if (name == "--store")
      arguments.store = value;
    else if (name == "--queries")
      arguments.queries.push_back(value);
    else if (name == "--oracle")
      arguments.oracle = value;
    else if (name == "--json")
      arguments.json = value;
    else if (name == "--only")
      arguments.only = value;
    else if (name == "--runs")
      arguments.runs = std::atoi(value);
    else if (name == "--threads")
      arguments.threads = std::atoi(value);
    else if (name == "--timeout")
      arguments.timeout = std::atof(value);
    else
      return false;
  }
  return !arguments.queries.empty() && (!arguments.data.empty() || !arguments.store.empty());
}

struct Result {
  std::string name;
  double median = 0;
  uint64_t rows = 0;
  std::string hash;
  std::string verdict;  // "ok", "-" (no oracle), "rows", "hash" or an error.
};

Result RunQuery(const sanad::Store& store, const sanad::bench::QueryText& query,
                const Arguments& arguments, const std::map<std::string, Expected>& oracle) {
  Result result;
  result.name = query.name;
  sanad::QueryOptions options;
  options.timeout = absl::Seconds(arguments.timeout);
  options.threads = arguments.threads;
  std::vector<double> times;
  for (int run = 0; run <= arguments.runs; ++run) {
    auto measured = sanad::bench::Measure(store, query.text, options, run == 0, !arguments.anew);
    if (!measured.ok()) {
      result.verdict = measured.status().ToString();
      return result;
    }
    result.rows = measured->rows;
    if (run == 0) {
      result.hash = measured->hash;
    } else {
      times.push_back(measured->milliseconds);
    }
    if (run > 0 && measured->milliseconds > 10000) break;
  }
  std::sort(times.begin(), times.end());
  result.median = times.empty() ? 0 : times[times.size() / 2];
  auto expected = oracle.find(query.name);
  if (expected == oracle.end()) {
    result.verdict = "-";
  } else if (expected->second.rows != result.rows) {
    result.verdict = "rows, expected " + std::to_string(expected->second.rows);
  } else if (!expected->second.hash.empty() && expected->second.hash != result.hash &&
             !(result.rows == 0 && expected->second.hash == "0")) {
    result.verdict = "hash";
  } else {
    result.verdict = "ok";
  }
  return result;
}

void WriteJson(const std::string& path, const std::vector<Result>& results) {
  std::ofstream out(path);
  out << "[\n";
  for (size_t i = 0; i < results.size(); ++i) {
    out << "  {\"query\":\"" << results[i].name << "\",\"ms\":" << results[i].median
        << ",\"rows\":" << results[i].rows << ",\"hash\":\"" << results[i].hash << "\",\"check\":\""
        << (results[i].verdict.size() > 4 ? "differs" : results[i].verdict) << "\"}"
        << (i + 1 < results.size() ? ",\n" : "\n");
  }
  out << "]\n";
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!Parse(argc, argv, arguments)) {
    std::fprintf(stderr,
                 "usage: sanad_bench --data FILE --queries DIR [--oracle FILE] [--store DIR] "
                 "[--runs N] [--threads N] [--timeout S] [--only NAME] [--json FILE] [--plan]\n");
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  auto store = sanad::bench::OpenStore(arguments.store, arguments.data);
  if (!store.ok()) {
    std::fprintf(stderr, "sanad_bench: %s\n", store.status().ToString().c_str());
    return 1;
  }
  std::printf("loaded %llu quads in %.2f s\n",
              static_cast<unsigned long long>((*store)->NewSnapshot().quad_count()),
              std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  std::map<std::string, Expected> oracle;
  if (!arguments.oracle.empty()) {
    auto read = sanad::bench::ReadOracle(arguments.oracle);
    if (!read.ok()) {
      std::fprintf(stderr, "sanad_bench: %s\n", read.status().ToString().c_str());
      return 1;
    }
    oracle = *std::move(read);
  }
  std::vector<Result> results;
  int failures = 0;
  double log_sum = 0;
  for (const std::string& folder : arguments.queries) {
    auto queries = sanad::bench::ReadQueries(folder);
    if (!queries.ok()) {
      std::fprintf(stderr, "sanad_bench: %s\n", queries.status().ToString().c_str());
      return 1;
    }
    for (const auto& query : *queries) {
      if (!arguments.only.empty() && query.name.find(arguments.only) == std::string::npos) continue;
      results.push_back(RunQuery(**store, query, arguments, oracle));
      const Result& result = results.back();
      failures += result.verdict != "ok" && result.verdict != "-";
      log_sum += std::log(std::max(result.median, 1e-3));
      std::printf("%-56s %12.3f ms %10llu rows  %s\n", result.name.c_str(), result.median,
                  static_cast<unsigned long long>(result.rows), result.verdict.c_str());
      std::fflush(stdout);
      if (arguments.plan) {
        auto parsed = sanad::Query::Parse(query.text);
        sanad::QueryOptions options;
        options.profile = true;
        auto cursor = parsed->Execute((*store)->NewSnapshot(), options);
        if (!cursor.ok()) continue;
        while ((*cursor)->Next()) continue;
        std::printf("%s", (*cursor)->Profile(sanad::PlanFormat::kText).c_str());
      }
    }
  }
  if (!results.empty()) {
    std::printf("geometric mean %.3f ms over %zu queries, %d differ\n",
                std::exp(log_sum / static_cast<double>(results.size())), results.size(), failures);
  }
  if (!arguments.json.empty()) WriteJson(arguments.json, results);
  return failures == 0 ? 0 : 1;
}
