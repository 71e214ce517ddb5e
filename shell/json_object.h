// A JSON object read from one line: one member's text, the others as they stand.

#ifndef SANAD_SHELL_JSON_OBJECT_H_
#define SANAD_SHELL_JSON_OBJECT_H_

#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace sanad::shell {

struct QuestionObject {
  std::string question;
  std::string other_members;  // "\"id\":\"Q01\",\"lang\":\"en\"", or empty.
};

// InvalidArgument when `line` is no JSON object with a string "question".
absl::StatusOr<QuestionObject> ParseQuestionObject(std::string_view line);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_JSON_OBJECT_H_
