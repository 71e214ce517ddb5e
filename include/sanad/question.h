// Plain questions in English and Arabic.
//
//   absl::StatusOr<sanad::Answer> answer = sanad::Ask(*store, "which meetings addressed flights");
//   for (const sanad::AnswerRow& row : answer->rows) Use(row.values[0], row.evidence);

#ifndef SANAD_QUESTION_H_
#define SANAD_QUESTION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/export.h>
#include <sanad/query.h>
#include <sanad/store.h>
#include <sanad/term.h>

namespace sanad {

namespace question {
struct Meaning;
}

enum class AnswerStatus { kOk, kNothingFound, kUnknownWord, kAmbiguous, kNotUnderstood };

// A sentence that supports an answer. Offsets are Unicode code points into the
// document's text, end exclusive.
struct Evidence {
  Term document;
  uint32_t sentence = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string text;
  // What the sentence is there for: the statement it makes, in words, or the
  // antecedent it names.
  std::string note;
};

// A value with its label in the question's language.
struct AnswerValue {
  Term term;          // Undefined in an empty cell.
  std::string label;  // What to show; the lexical form where there is no label.
};

struct AnswerRow {
  std::vector<AnswerValue> values;  // Parallel to Answer::columns; the answer first.
  std::vector<Evidence> evidence;   // Best first; antecedents included.
};

// An unknown word; offsets are code points into the question.
struct UnknownWord {
  std::string word;
  uint32_t begin = 0;
  uint32_t end = 0;
  std::vector<std::string> nearest;  // Labels known to the store.
};

struct Answer {
  AnswerStatus status = AnswerStatus::kOk;
  std::string language;              // "en", "ar": of the question, reading and labels.
  std::vector<std::string> columns;  // Headings in the question's language.
  std::vector<AnswerRow> rows;
  std::string reading;  // The question as understood, one sentence.
  std::string sparql;   // The query it was answered by.
  std::string message;  // For statuses other than kOk: what, where, what to do.
  std::optional<UnknownWord> unknown;
  std::vector<std::string> other_readings;  // kAmbiguous: the readings that tie.
  // Not an answer: sentences that hold most of the known words.
  std::vector<Evidence> sentences_with_words;
  // The question was yes/no, a count, …: rows hold one value.
  bool single_value = false;
  // What was understood, for a question that goes on from this one
  // (AskOptions::previous). Holds nothing of the store.
  std::shared_ptr<const question::Meaning> meaning;
};

struct AskOptions {
  QueryOptions query;
  bool evidence = true;  // Fill AnswerRow::evidence.
  // The answer that a follow-up ("and in Turkey?", "who led them?") goes on from:
  // pronouns mean its things, fragments change or narrow its question. Needed
  // during the call only.
  const Answer* previous = nullptr;
  // Two-letter language to answer in; empty: the question's.
  std::string language;
};

// Errors are those of running the query (deadline, memory, data loss); a
// question that is not understood is an Answer, not an error.
// Thread-safe.
SANAD_EXPORT absl::StatusOr<Answer> Ask(const Store& store, std::string_view question,
                                        const AskOptions& options = {});

// Sentences of loaded documents that hold most of `words`, best first.
SANAD_EXPORT absl::StatusOr<std::vector<Evidence>> FindSentences(const Store& store,
                                                                 std::string_view words,
                                                                 size_t limit = 10);

// A statement in words, for people (`.facts`).
struct StatementInWords {
  std::string text;     // "Muscat session of 3 June · held in · Muscat"
  std::string marking;  // Empty, or "planned", "negated", "said by …", "derived".
  Evidence evidence;
};
// The statements about an entity whose label matches `name` (empty: all), in
// order of document and sentence.
SANAD_EXPORT absl::StatusOr<std::vector<StatementInWords>> Facts(const Store& store,
                                                                 std::string_view name,
                                                                 std::string_view language);

// Words that may come next in a question, for completion; best first.
SANAD_EXPORT absl::StatusOr<std::vector<std::string>> CompleteQuestion(const Store& store,
                                                                       std::string_view text,
                                                                       size_t limit = 20);

}  // namespace sanad

#endif  // SANAD_QUESTION_H_
