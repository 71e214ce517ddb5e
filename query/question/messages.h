// The sentences and headings that answers use, from datasets/questions/*.messages.

#ifndef SANAD_QUERY_QUESTION_MESSAGES_H_
#define SANAD_QUERY_QUESTION_MESSAGES_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sanad::question {

// Immutable. Thread-safe.
class Messages {
 public:
  // "ar" or any other for English.
  static const Messages& Of(std::string_view language);
  explicit Messages(std::string_view file);

  // The text with {0}, {1} … filled in; the key itself where it is missing.
  std::string Get(std::string_view key, const std::vector<std::string>& parts = {}) const;
  bool Has(std::string_view key) const;
  // "four hours", "ساعتان": a counted noun.
  std::string Counted(std::string_view key, int64_t number) const;
  // "last month", "three weeks later": a distance of `number` units ("day",
  // "week", "month", "year") from the day of the text, back or ahead of it.
  std::string Distance(std::string_view unit, int64_t number, bool past) const;

 private:
  std::vector<std::string> Forms(std::string_view key) const;

  std::map<std::string, std::string, std::less<>> texts_;
  bool arabic_ = false;
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_MESSAGES_H_
