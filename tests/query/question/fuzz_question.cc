// Any bytes are a question and, behind a line feed, one that goes on from it, over
// a store that holds a document; and any bytes can be completed.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <sanad/loader.h>
#include <sanad/question.h>
#include <sanad/store.h>

namespace {

constexpr std::string_view kDocument =
    "The second round of talks was held in Lisbon on 3 May 2024. The meeting addressed harbour "
    "fees and lasted four hours. Ines Duarte led the Portuguese delegation.";

const sanad::Store& TheStore() {
  static const sanad::Store& store = *[] {
    auto opened = sanad::Store::OpenInMemory({});
    if (!opened.ok()) std::abort();
    sanad::LoadOptions options;
    options.document_iri = "file:///fuzz.txt";
    auto report =
        sanad::Loader(**opened).LoadDocument(kDocument, sanad::DocumentFormat::kPlainText, options);
    if (!report.ok()) std::abort();
    return opened->release();
  }();
  return store;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t end = text.find('\n');
  const auto answer = sanad::Ask(TheStore(), text.substr(0, end));
  if (answer.ok() && end != std::string_view::npos) {
    sanad::AskOptions options;
    options.previous = &*answer;
    sanad::Ask(TheStore(), text.substr(end + 1), options).status().IgnoreError();
  }
  if (size < 64) sanad::CompleteQuestion(TheStore(), text, 5).status().IgnoreError();
  return 0;
}
