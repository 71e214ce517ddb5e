// Writes what documents say as the lines of `sanad extract --format jsonl`, for
// the scores of docs/extraction.md: extract_jsonl [--trace] [--lexicon F]… FILE OUT …

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <sanad/extract.h>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

constexpr std::string_view kKg = "https://sanad.example/kg#";

json LabelOrNull(const std::string& label) { return label.empty() ? json(nullptr) : json(label); }

json TermJson(const sanad::ExtractedTerm& term) {
  json out;
  if (term.term.is_literal()) {
    out["value"] = term.term.value();
    out["datatype"] = std::string(term.term.datatype());
  } else {
    out["iri"] = term.term.value();
  }
  out["en"] = LabelOrNull(term.label_en);
  out["ar"] = LabelOrNull(term.label_ar);
  return out;
}

const char* StatusName(sanad::StatementStatus status) {
  switch (status) {
    case sanad::StatementStatus::kPlanned:
      return "planned";
    case sanad::StatementStatus::kHoped:
      return "hoped";
    case sanad::StatementStatus::kClaimed:
      return "claimed";
    case sanad::StatementStatus::kCancelled:
      return "cancelled";
    case sanad::StatementStatus::kPostponed:
      return "postponed";
    case sanad::StatementStatus::kAsserted:
      break;
  }
  return "asserted";
}

std::string PropertyName(const std::string& iri) {
  if (iri.compare(0, kKg.size(), kKg) == 0) return "kg:" + iri.substr(kKg.size());
  return "kg:type";
}

}  // namespace

int main(int argc, char** argv) {
  sanad::ExtractOptions options;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--trace") {
      options.trace = true;
    } else if (argument == "--lexicon" && i + 1 < argc) {
      options.lexicon_files.emplace_back(argv[++i]);
    } else if (argument == "--rules" && i + 1 < argc) {
      options.rule_files.emplace_back(argv[++i]);
    } else {
      files.push_back(argument);
    }
  }
  for (size_t i = 0; i + 1 < files.size(); i += 2) {
    std::ifstream in(files[i], std::ios::binary);
    std::stringstream content;
    content << in.rdbuf();
    options.document_iri = "file:///" + files[i];
    const auto extraction =
        sanad::Extract(content.str(), sanad::DocumentFormat::kPlainText, options);
    if (!extraction.ok()) {
      std::cerr << extraction.status().ToString() << "\n";
      return 1;
    }
    if (options.trace) std::cerr << extraction->trace;
    std::ofstream out(files[i + 1]);
    for (const sanad::ExtractedStatement& s : extraction->statements) {
      json row;
      row["document"] = extraction->document.value();
      row["s"] = TermJson(s.subject);
      row["p"] = PropertyName(s.predicate.value());
      row["o"] = TermJson(s.object);
      row["sentence"] = s.sentence;
      row["start"] = s.begin;
      row["end"] = s.end;
      row["negated"] = s.negated;
      row["status"] = StatusName(s.status);
      row["attributed_to"] =
          s.attributed_to.is_undefined() ? json(nullptr) : json(s.attributed_to.value());
      out << row.dump(-1, ' ', false, json::error_handler_t::replace) << "\n";
    }
  }
  return 0;
}
