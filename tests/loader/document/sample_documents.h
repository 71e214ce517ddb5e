// The sample documents that come with the program, for tests of loading.

#ifndef SANAD_TESTS_LOADER_DOCUMENT_SAMPLE_DOCUMENTS_H_
#define SANAD_TESTS_LOADER_DOCUMENT_SAMPLE_DOCUMENTS_H_

#include <string>
#include <vector>

namespace sanad::document_test {

struct Document {
  std::string iri, text;
};

// Those of datasets/documents, by IRI.
std::vector<Document> SampleDocuments();

}  // namespace sanad::document_test

#endif  // SANAD_TESTS_LOADER_DOCUMENT_SAMPLE_DOCUMENTS_H_
