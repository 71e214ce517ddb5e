// A tool for developing: loads RDF files into a store in memory and answers the
// questions of a file, one a line (text or JSON objects with "question").
//   question_probe [--trace] FILE.ttl… -- QUESTIONS
// Prints one JSON object a line, as `sanad ask --file` does.

#include <sanad/question.h>
#include <sanad/rdf.h>
#include <sanad/store.h>
#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "storage/model/vocabulary.h"

int main(int argc, char** argv) {
  auto store = sanad::Store::OpenInMemory({});
  if (!store.ok()) return 1;
  int at = 1;
  bool trace = false;
  for (; at < argc && std::string(argv[at]) != "--"; ++at) {
    std::string file = argv[at];
    if (file == "--trace") {
      trace = true;
      continue;
    }
    sanad::Term graph;
    if (file.rfind("lexicon:", 0) == 0) {
      file = file.substr(8);
      graph = sanad::Term::Iri(std::string(sanad::iri::kLexiconGraphPrefix) +
                               file.substr(file.rfind('/') + 1));
    }
    auto transaction = (*store)->Begin();
    if (!transaction.ok()) return 1;
    if (!graph.is_undefined()) {
      (void)(*transaction)
          ->Insert({graph, sanad::Term::Iri(sanad::iri::kRdfType),
                    sanad::Term::Iri(sanad::iri::kLexiconGraph), graph});
    }
    absl::Status status = sanad::ReadRdfFile(file, *sanad::RdfSyntaxOf(file),
                                             {.base_iri = "http://base.example/", .on_prefix = {}},
                                             [&](const sanad::Quad& quad) {
                                               sanad::Quad copy = quad;
                                               if (copy.graph.is_undefined()) copy.graph = graph;
                                               return (*transaction)->Insert(copy);
                                             });
    if (!status.ok()) {
      std::cerr << file << ": " << status << "\n";
      return 1;
    }
    status = (*transaction)->Commit();
    if (!status.ok()) {
      std::cerr << status << "\n";
      return 1;
    }
  }
  std::ifstream in(argv[at + 1]);
  std::string line;
  double total = 0;
  size_t count = 0;
  while (std::getline(in, line)) {
    nlohmann::json out;
    std::string question = line;
    if (!line.empty() && line[0] == '{') {
      out = nlohmann::json::parse(line);
      question = out["question"];
      nlohmann::json kept;
      for (const char* key : {"id", "lang", "doc"}) {
        if (out.contains(key)) kept[key] = out[key];
      }
      out = kept;
    }
    auto begin = std::chrono::steady_clock::now();
    auto answer = sanad::Ask(**store, question, {});
    total += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    ++count;
    out["question"] = question;
    if (!answer.ok()) {
      out["status"] = "error";
      out["message"] = std::string(answer.status().message());
    } else {
      static const char* const kNames[] = {"ok", "nothing_found", "unknown_word", "ambiguous",
                                           "not_understood"};
      out["status"] = kNames[static_cast<int>(answer->status)];
      out["answers"] = nlohmann::json::array();
      out["iris"] = nlohmann::json::array();
      out["spans"] = nlohmann::json::array();
      std::set<std::pair<uint32_t, uint32_t>> spans;
      for (const auto& row : answer->rows) {
        const auto& value = row.values[0];
        out["answers"].push_back(
            value.term.is_literal() &&
                    value.term.datatype() !=
                        std::string_view("http://www.w3.org/2001/XMLSchema#boolean") &&
                    false
                ? value.term.value()
                : value.label);
        if (value.term.is_iri()) {
          out["iris"].push_back(value.term.value());
        } else {
          out["iris"].push_back(nullptr);
        }
        for (const auto& e : row.evidence) {
          if (spans.insert({e.begin, e.end}).second) out["spans"].push_back({e.begin, e.end});
        }
      }
      if (answer->status == sanad::AnswerStatus::kOk ||
          answer->status == sanad::AnswerStatus::kNothingFound) {
        bool all = true;
        for (const auto& iri : out["iris"]) all &= !iri.is_null();
        if (!all) out.erase("iris");
      } else {
        out.erase("answers");
        out.erase("iris");
      }
      out["reading"] = answer->reading;
      if (!answer->message.empty()) out["message"] = answer->message;
      if (!answer->other_readings.empty()) out["others"] = answer->other_readings;
      if (answer->unknown) out["unknown"] = answer->unknown->word;
      if (trace) out["sparql"] = answer->sparql;
    }
    std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  }
  std::cerr << "ms a question: " << total * 1000 / static_cast<double>(count) << "\n";
  return 0;
}
