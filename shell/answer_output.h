// An answer to a question, as people and as programs read it.

#ifndef SANAD_SHELL_ANSWER_OUTPUT_H_
#define SANAD_SHELL_ANSWER_OUTPUT_H_

#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <sanad/question.h>

#include "shell/console.h"

namespace sanad::shell {

struct AnswerStyle {
  bool why = false;     // The sentences of every row beneath the table.
  bool prompt = false;  // Say which commands of the prompt show more.
};

// The rows with the columns of the vocabulary, and the reading. A question
// that was not understood is pointed at instead.
absl::Status PrintAnswer(const Answer& answer, std::string_view question, const AnswerStyle& style,
                         Console& console);

// The sentences of one row (0-based), numbered as people count.
void PrintEvidence(const Answer& answer, size_t row, Console& console);

// A list of sentences with document and position.
void PrintSentences(const std::vector<Evidence>& sentences, std::string_view indent,
                    Console& console);

// The members of the JSON form, without braces, so that others can stand
// beside them: "question":…,"status":…,… . `why` adds the sentences' text.
std::string AnswerMembers(const Answer& answer, std::string_view question, bool why);
// The same for an error of running it.
std::string ErrorMembers(const absl::Status& status, std::string_view question);

// "ok", "nothing_found", "unknown_word", "ambiguous", "not_understood".
std::string_view StatusName(AnswerStatus status);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_ANSWER_OUTPUT_H_
