#include "shell/messages.h"

#include <array>

namespace sanad::shell {
namespace {

struct Entry {
  Message message;
  std::string_view english;
  std::string_view arabic;
};

constexpr std::array kMessages = {
    Entry{Message::kReadAs, "read as: ", "فُهِم السؤال: "},
    Entry{Message::kNothingFound, "nothing found", "لم يُعثر على شيء"},
    Entry{Message::kReadings, "it can be read as:", "يحتمل السؤال هذه القراءات:"},
    Entry{Message::kNotAnAnswer, "not an answer: sentences with these words",
          "ليس جوابًا: جمل وردت فيها هذه الكلمات"},
    Entry{Message::kWhy, "why", "السند"},
    Entry{Message::kSentence, "sentence", "الجملة"},
    Entry{Message::kPromptHint, "(.why 1 shows the sentences, .sparql the query)",
          "(‎.why 1‎ يعرض الجمل، و‎.sparql‎ الاستعلام)"},
};

}  // namespace

std::string_view MessageText(Message message, std::string_view language) {
  for (const Entry& entry : kMessages) {
    if (entry.message == message) return language == "ar" ? entry.arabic : entry.english;
  }
  return "";
}

}  // namespace sanad::shell
