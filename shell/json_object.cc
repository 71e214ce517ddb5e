#include "shell/json_object.h"

#include <nlohmann/json.hpp>

namespace sanad::shell {

absl::StatusOr<QuestionObject> ParseQuestionObject(std::string_view line) {
  // The library's parser recurses over nested values only as a state machine
  // with a heap stack, so depth is bounded by the line's length.
  const auto object = nlohmann::ordered_json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object() || !object.contains("question") || !object["question"].is_string()) {
    return absl::InvalidArgumentError("not a JSON object with a string member \"question\"");
  }
  QuestionObject parsed;
  parsed.question = object["question"].get<std::string>();
  for (const auto& [key, value] : object.items()) {
    if (key == "question") continue;
    constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
    if (!parsed.other_members.empty()) parsed.other_members += ',';
    parsed.other_members += nlohmann::ordered_json(key).dump(-1, ' ', false, kReplace);
    parsed.other_members += ':';
    parsed.other_members += value.dump(-1, ' ', false, kReplace);
  }
  return parsed;
}

}  // namespace sanad::shell
