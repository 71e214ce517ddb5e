// The hash of a row is the first 8 bytes of the MD5 of its "name=value" pairs in
// order of name; rows are summed. Terms are canonical: no xsd:string, language
// tags in lower case, blank nodes "_:".

#include "bench/workload.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <openssl/evp.h>
#include <sanad/rdf.h>
#include "storage/bulk_load.h"

namespace sanad::bench {
namespace {

std::string Canonical(const Term& term) {
  switch (term.type()) {
    case TermType::kUndefined:
      return "";
    case TermType::kIri:
      return "<" + term.value() + ">";
    case TermType::kBlankNode:
      return "_:";
    case TermType::kLiteral:
      break;
  }
  std::string out = "\"" + term.value() + "\"";
  if (!term.language().empty()) {
    out += '@';
    for (char c : term.language()) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  } else if (term.datatype() != "http://www.w3.org/2001/XMLSchema#string") {
    out += "^^<" + std::string(term.datatype()) + ">";
  }
  return out;
}

uint64_t HashOfRow(std::vector<std::pair<std::string, std::string>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  std::string text;
  for (const auto& [name, value] : pairs) {
    if (value.empty()) continue;
    if (!text.empty()) text += '\x1f';
    text += name + "=" + value;
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_md5(), nullptr);
  uint64_t hash = 0;
  for (int i = 0; i < 8; ++i) hash = hash << 8 | digest[i];
  return hash;
}

// Reads the whole file, then loads it in bulk.
absl::Status Load(Store& store, const std::string& file) {
  auto syntax = RdfSyntaxOf(file);
  if (!syntax) return absl::InvalidArgumentError("no RDF file by its name: " + file);
  std::vector<Quad> quads;
  absl::Status status = ReadRdfFile(file, *syntax, {}, [&](const Quad& quad) {
    quads.push_back(quad);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  constexpr size_t kBatch = 8192;
  size_t next = 0;
  auto report = BulkLoad(store, [&](std::vector<Quad>& batch) {
    batch.clear();
    for (; next < quads.size() && batch.size() < kBatch; ++next)
      batch.push_back(std::move(quads[next]));
    return absl::OkStatus();
  });
  return report.status();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenStore(const std::string& directory,
                                                 const std::string& file) {
  StoreOptions options;
  options.memory_budget = uint64_t{2} << 30;
  auto store = directory.empty() ? Store::OpenInMemory(options) : Store::Open(directory, options);
  if (!store.ok() || file.empty()) return store;
  absl::Status status = Load(**store, file);
  if (!status.ok()) return status;
  return store;
}

absl::StatusOr<std::vector<QueryText>> ReadQueries(const std::string& folder) {
  std::vector<QueryText> queries;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto ending = entry.path().extension();
    if (ending != ".rq" && ending != ".sparql") continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    queries.push_back({entry.path().stem().string(), text.str()});
  }
  if (error) return absl::NotFoundError(folder + ": " + error.message());
  std::sort(queries.begin(), queries.end(),
            [](const QueryText& a, const QueryText& b) { return a.name < b.name; });
  return queries;
}

absl::StatusOr<std::map<std::string, Expected>> ReadOracle(const std::string& file) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError("no oracle file " + file);
  std::map<std::string, Expected> oracle;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::stringstream fields(line);
    std::string name, rows, hash;
    std::getline(fields, name, '\t');
    std::getline(fields, rows, '\t');
    std::getline(fields, hash, '\t');
    Expected expected;
    expected.rows = std::strtoull(rows.c_str(), nullptr, 10);
    expected.hash = hash;
    oracle[name] = expected;
  }
  return oracle;
}

absl::StatusOr<Measurement> Measure(const Store& store, const std::string& text,
                                    const QueryOptions& options, bool hash, bool reuse) {
  Measurement measurement;
  ParseOptions parsing;
  parsing.reuse = reuse;
  const auto start = std::chrono::steady_clock::now();
  auto query = Query::Parse(text, parsing);
  if (!query.ok()) return query.status();
  auto cursor = query->Execute(store.NewSnapshot(), options);
  if (!cursor.ok()) return cursor.status();
  uint64_t sum = 0;
  bool answer = false;
  const auto& variables = (*cursor)->variables();
  size_t touched = 0;
  while ((*cursor)->Next()) {
    ++measurement.rows;
    answer = (*cursor)->ask_result();
    for (size_t c = 0; c < variables.size(); ++c) touched += (*cursor)->value(c).value().size();
    if (!hash) continue;
    std::vector<std::pair<std::string, std::string>> pairs;
    for (size_t c = 0; c < variables.size(); ++c) {
      pairs.emplace_back(variables[c], Canonical((*cursor)->value(c)));
    }
    sum += HashOfRow(std::move(pairs));
  }
  if (!(*cursor)->status().ok()) return (*cursor)->status();
  measurement.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  if (!hash) return measurement;
  if ((*cursor)->form() == QueryForm::kAsk) {
    measurement.hash = answer ? "true" : "false";
  } else {
    std::stringstream hex;
    hex << std::hex << sum;
    measurement.hash = hex.str();
  }
  // Keeps the reading of values from being optimised away.
  if (touched == ~size_t{0}) measurement.rows = 0;
  return measurement;
}

}  // namespace sanad::bench
