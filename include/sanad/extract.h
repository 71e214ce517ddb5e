// What a document says, without a store: sentences, entities, statements.

#ifndef SANAD_EXTRACT_H_
#define SANAD_EXTRACT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/export.h>
#include <sanad/loader.h>
#include <sanad/term.h>

namespace sanad {

enum class StatementStatus { kAsserted, kPlanned, kHoped, kClaimed, kCancelled, kPostponed };
// "asserted", "planned", …
SANAD_EXPORT std::string_view StatementStatusName(StatementStatus status);

// An entity or a value with its labels (empty when not known).
struct ExtractedTerm {
  Term term;
  std::string label_en;
  std::string label_ar;
};

struct ExtractedStatement {
  ExtractedTerm subject;
  Term predicate;  // kg:heldIn …; classes are given with rdf:type.
  ExtractedTerm object;
  uint32_t sentence = 0;  // 0-based; headings count.
  uint32_t begin = 0;     // The sentence, in Unicode code points, end exclusive.
  uint32_t end = 0;
  bool negated = false;
  StatementStatus status = StatementStatus::kAsserted;
  Term attributed_to;  // Undefined when the text itself speaks.
};

struct Extraction {
  Term document;
  std::string text;      // As the offsets count it.
  std::string language;  // Of most of the text.
  std::vector<ExtractedStatement> statements;
  std::vector<Quad> quads;  // What loading the document would store.
  std::vector<std::string> warnings;
  std::string trace;  // With ExtractOptions::trace: rules fired and near misses, by sentence.
};

struct ExtractOptions {
  std::string document_iri;
  std::string document_date;
  std::vector<std::string> lexicon_files;
  std::vector<std::string> rule_files;
  bool trace = false;
  bool quads = true;  // False leaves Extraction::quads empty, which takes less time.
};

// The same input gives the same result, on any machine. Errors:
// InvalidArgument (not UTF-8; a rule or lexicon file with an error).
// Extract() reads lexicons and rules at each call; an Extractor keeps them.
SANAD_EXPORT absl::StatusOr<Extraction> Extract(std::string_view text, DocumentFormat format,
                                                const ExtractOptions& options = {});

// Many documents on all processors: calls `extract` with 0, 1, … count - 1, from
// several threads at a time, and `take` with each result in that order, on the
// calling thread. Results that wait are bounded in number and in bytes, so memory does
// not grow with `count`. Ends early, with what is running, when `take` returns false.
SANAD_EXPORT void ExtractInOrder(
    size_t count, const std::function<absl::StatusOr<Extraction>(size_t)>& extract,
    const std::function<bool(size_t, absl::StatusOr<Extraction>)>& take);

// Checks syntax and meaning; OK, or InvalidArgument with line and column.
SANAD_EXPORT absl::Status CheckRules(std::string_view text, std::string_view file_name);
SANAD_EXPORT absl::Status CheckLexicon(std::string_view text, std::string_view file_name);

}  // namespace sanad

#endif  // SANAD_EXTRACT_H_
