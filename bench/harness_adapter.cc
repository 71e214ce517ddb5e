// The adapter that runs this library beside other stores in a benchmark harness:
// JSON lines on standard input and output.
//
//   {"cmd":"load","file":F,"dir":D,"fresh":true}   → {"ok":true,"load_s":S,"triples":N}
//   {"cmd":"query","sparql":Q,"timeout":S}         → {"ms":M,"rows":N,"hash":H} or {"error":E}
//
// With the argument --anew a text that came before is parsed and planned again.

#include <chrono>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "bench/workload.h"

namespace {

using nlohmann::json;

json Load(const json& command, std::unique_ptr<sanad::Store>& store) {
  const std::string directory = command.at("dir").get<std::string>() + "/sanad";
  const bool fresh = command.value("fresh", true);
  store.reset();
  if (fresh) std::filesystem::remove_all(directory);
  const auto start = std::chrono::steady_clock::now();
  auto opened =
      sanad::bench::OpenStore(directory, fresh ? command.at("file").get<std::string>() : "");
  if (!opened.ok()) return {{"error", opened.status().ToString()}};
  store = *std::move(opened);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {{"ok", true}, {"load_s", seconds}, {"triples", store->NewSnapshot().quad_count()}};
}

json RunQuery(const json& command, const sanad::Store& store, bool reuse) {
  const std::string text = command.at("sparql").get<std::string>();
  sanad::QueryOptions options;
  options.timeout = absl::Seconds(command.value("timeout", 60.0));
  auto measured = sanad::bench::Measure(store, text, options, false, reuse);
  // Hashing costs more than many queries: it is done on a second run.
  auto hashed = sanad::bench::Measure(store, text, options, true, reuse);
  if (!measured.ok()) return {{"error", measured.status().ToString()}};
  return {{"ms", measured->milliseconds},
          {"rows", measured->rows},
          {"hash", hashed.ok() ? hashed->hash : ""}};
}

}  // namespace

int main(int argc, char** argv) {
  const bool reuse = argc < 2 || std::string_view(argv[1]) != "--anew";
  std::unique_ptr<sanad::Store> store;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.empty()) continue;
    json answer;
    try {
      const json command = json::parse(line);
      if (command.at("cmd") == "load") {
        answer = Load(command, store);
      } else if (store == nullptr) {
        answer = {{"error", "nothing is loaded"}};
      } else {
        answer = RunQuery(command, *store, reuse);
      }
    } catch (const json::exception& error) {
      answer = {{"error", error.what()}};
    }
    std::cout << answer.dump() << std::endl;
  }
  return 0;
}
