// Sanad inside a program of yours: open a store, load documents, ask a question,
// print the answer and the sentence it rests on.
//
//   embed FOLDER-WITH-DOCUMENTS

#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <sanad/loader.h>
#include <sanad/question.h>
#include <sanad/store.h>

namespace {

int Fail(const absl::Status& status) {
  std::cerr << status.message() << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : "datasets/documents";
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  }

  absl::StatusOr<std::unique_ptr<sanad::Store>> store = sanad::Store::OpenInMemory();
  if (!store.ok()) return Fail(store.status());

  sanad::Loader loader(**store);
  absl::StatusOr<sanad::LoadReport> report = loader.LoadFiles(files);
  if (!report.ok()) return Fail(report.status());

  absl::StatusOr<sanad::Answer> answer = sanad::Ask(**store, "which meetings addressed flights");
  if (!answer.ok()) return Fail(answer.status());
  if (answer->status != sanad::AnswerStatus::kOk) {
    std::cerr << answer->message << "\n";
    return 1;
  }
  std::cout << "read as: " << answer->reading << "\n";
  for (const sanad::AnswerRow& row : answer->rows) {
    for (const sanad::AnswerValue& value : row.values) std::cout << value.label << "   ";
    std::cout << "\n";
    for (const sanad::Evidence& sentence : row.evidence) {
      std::cout << "  " << sentence.document.value() << "\n    " << sentence.text << "\n";
    }
  }
  return 0;
}
