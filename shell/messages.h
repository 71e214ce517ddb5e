// The few words that the program adds to answers, in the question's language.

#ifndef SANAD_SHELL_MESSAGES_H_
#define SANAD_SHELL_MESSAGES_H_

#include <string_view>

namespace sanad::shell {

enum class Message {
  kReadAs,
  kNothingFound,
  kReadings,
  kNotAnAnswer,
  kWhy,
  kSentence,
  kPromptHint,
};

// English for any language without a column.
std::string_view MessageText(Message message, std::string_view language);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_MESSAGES_H_
