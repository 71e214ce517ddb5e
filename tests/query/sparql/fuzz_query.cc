// Any bytes are a query or are refused with a place. A query prints as algebra;
// what is written back from the algebra parses; it runs within its limits, with
// and without rewrites, and every result format takes its rows.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <sanad/query.h>
#include <sanad/results.h>
#include <sanad/store.h>
#include "query/algebra/algebra.h"
#include "query/algebra/translate.h"
#include "query/sparql/parser.h"
#include "tests/query/sparql/fuzz_dataset.h"

namespace sanad::query_test {
namespace {

const Store& FuzzStore() {
  static const Store& store = *[] {
    auto opened = *Store::OpenInMemory();
    auto transaction = *opened->Begin();
    for (const Quad& quad : FuzzQuads()) {
      if (!transaction->Insert(quad).ok()) std::abort();
    }
    if (!transaction->Commit().ok()) std::abort();
    return opened.release();
  }();
  return store;
}

void CheckText(std::string_view text) {
  const auto tree = sparql::ParseQuery(text, FuzzParseOptions());
  if (!tree.ok()) return;
  const auto query = algebra::Translate(*tree, text);
  if (!query.ok()) return;
  const std::string written = algebra::ToSparql(*query, {{"", "http://e/"}});
  const absl::Status again = sparql::ParseQuery(written, FuzzParseOptions()).status();
  // What nested just enough may nest too deep with the parentheses that are written.
  if (!again.ok() && again.message().find("nests too deep") == std::string::npos) std::abort();
}

void Run(const Query& query, bool rewrite, ResultFormat format) {
  auto options = FuzzLimits<QueryOptions>();
  options.rewrite = rewrite;
  auto cursor = query.Execute(FuzzStore().NewSnapshot(), options);
  if (!cursor.ok()) return;
  const bool is_triples =
      query.form() == QueryForm::kConstruct || query.form() == QueryForm::kDescribe;
  if (is_triples) {
    while ((*cursor)->Next()) continue;
    return;
  }
  WriteResults(**cursor, format, [](std::string_view) { return absl::OkStatus(); }).IgnoreError();
}

}  // namespace
}  // namespace sanad::query_test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sanad;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ParseOptions options = query_test::FuzzParseOptions();
  ClassifyInput(text, options.prefixes);
  IsUpdate(text);
  const auto query = Query::Parse(text, options);
  if (!query.ok()) {
    if (query.status().message().empty()) std::abort();
    return 0;
  }
  query->AlgebraText(/*rewritten=*/true);
  query_test::CheckText(text);
  constexpr ResultFormat kFormats[] = {ResultFormat::kJson, ResultFormat::kXml, ResultFormat::kCsv,
                                       ResultFormat::kTsv};
  query_test::Run(*query, /*rewrite=*/true, kFormats[size % 4]);
  query_test::Run(*query, /*rewrite=*/false, kFormats[(size + 1) % 4]);
  return 0;
}
