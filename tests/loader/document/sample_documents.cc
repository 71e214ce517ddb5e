#include "tests/loader/document/sample_documents.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sanad::document_test {

std::vector<Document> SampleDocuments() {
  std::vector<Document> documents;
  for (const auto& entry :
       std::filesystem::directory_iterator(SANAD_SOURCE_DIR "/datasets/documents")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    documents.push_back({"http://example.org/" + entry.path().stem().string(), text.str()});
  }
  std::sort(documents.begin(), documents.end(),
            [](const Document& a, const Document& b) { return a.iri < b.iri; });
  return documents;
}

}  // namespace sanad::document_test
