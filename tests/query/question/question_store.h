// Stores for the tests of questions: the shipped words and vocabulary with a small
// graph beside them, and answers as text for golden files.

#ifndef SANAD_TESTS_QUERY_QUESTION_QUESTION_STORE_H_
#define SANAD_TESTS_QUERY_QUESTION_QUESTION_STORE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sanad/question.h>
#include <sanad/store.h>

namespace sanad::question_test {

// Set by --update: golden files are rewritten.
extern bool update_golden;

std::string GoldenPath(std::string_view name);
std::string ReadAll(const std::string& path);

// A store in memory with the shipped lexicons, or the words of a file and the units of
// measure, and the graphs of a file beside the golden files. Null, with a failed
// expectation, where it cannot be loaded.
std::unique_ptr<Store> StoreWith(std::string_view graph_file, std::string_view words_file = "");

// A case of a questions file: "? " is not written there, a line that begins with
// "> " goes on from the question before it, "#" begins a comment. The reading of one that
// begins with "~ " is not yet a question that means the same.
struct QuestionLine {
  std::string text;
  bool follow_up = false;
  bool asked_again = true;
  std::string comment;  // That stands before it.
};
std::vector<QuestionLine> ReadQuestions(std::string_view file);

// Status, reading, message of what was not understood, rows and sentences; with
// `sparql` the query, too.
std::string Describe(const Answer& answer, bool sparql);

// Compares with the golden file, or rewrites it.
void ExpectGolden(const std::string& actual, std::string_view file);

}  // namespace sanad::question_test

#endif  // SANAD_TESTS_QUERY_QUESTION_QUESTION_STORE_H_
