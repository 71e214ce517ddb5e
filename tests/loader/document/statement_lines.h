// Statements of an extraction as lines, for golden files.

#ifndef SANAD_TESTS_LOADER_DOCUMENT_STATEMENT_LINES_H_
#define SANAD_TESTS_LOADER_DOCUMENT_STATEMENT_LINES_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <sanad/extract.h>

namespace sanad {

inline std::string ShortIri(std::string_view iri) {
  const size_t at = iri.find_last_of("#/");
  return std::string(at == std::string_view::npos ? iri : iri.substr(at + 1));
}

inline std::string TermWords(const ExtractedTerm& term, std::string_view language) {
  if (term.term.is_literal()) return term.term.value();
  const std::string& first = language == "ar" ? term.label_ar : term.label_en;
  const std::string& second = language == "ar" ? term.label_en : term.label_ar;
  if (!first.empty()) return first;
  return second.empty() ? ShortIri(term.term.value()) : second;
}

// "3 subject | property | object [negated] [planned] [by someone]", by sentence.
inline std::vector<std::string> StatementLines(const Extraction& extraction) {
  static constexpr const char* kStatus[] = {"",        "planned",   "hoped",
                                            "claimed", "cancelled", "postponed"};
  std::vector<std::pair<uint32_t, std::string>> rows;
  for (const ExtractedStatement& s : extraction.statements) {
    std::string line =
        std::to_string(s.sentence) + " " + TermWords(s.subject, extraction.language) + " | " +
        ShortIri(s.predicate.value()) + " | " + TermWords(s.object, extraction.language);
    if (s.negated) line += " [negated]";
    if (s.status != StatementStatus::kAsserted)
      line += std::string(" [") + kStatus[static_cast<size_t>(s.status)] + "]";
    if (!s.attributed_to.is_undefined()) line += " [by " + ShortIri(s.attributed_to.value()) + "]";
    rows.emplace_back(s.sentence, std::move(line));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> lines;
  for (auto& row : rows) lines.push_back(std::move(row.second));
  return lines;
}

}  // namespace sanad

#endif  // SANAD_TESTS_LOADER_DOCUMENT_STATEMENT_LINES_H_
