// Any bytes are an update request or are refused with a place. A request runs
// within its limits on a small store; whatever comes of it, the store answers
// afterwards, and a failed request has changed nothing.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <sanad/query.h>
#include <sanad/store.h>
#include "tests/query/sparql/fuzz_dataset.h"

namespace sanad::query_test {
namespace {

std::unique_ptr<Store> NewStore() {
  auto store = *Store::OpenInMemory();
  auto transaction = *store->Begin();
  for (const Quad& quad : FuzzQuads()) {
    if (!transaction->Insert(quad).ok()) std::abort();
  }
  if (!transaction->Commit().ok()) std::abort();
  return store;
}

size_t CountQuads(const Store& store) {
  static const auto& query =
      *new Query(*Query::Parse("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"));
  QueryOptions options;
  options.default_graph = DefaultGraph::kStrict;
  auto cursor = query.Execute(store.NewSnapshot(), options);
  if (!cursor.ok()) std::abort();
  size_t count = 0;
  while ((*cursor)->Next()) ++count;
  if (!(*cursor)->status().ok()) std::abort();
  return count;
}

}  // namespace
}  // namespace sanad::query_test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sanad;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  IsUpdate(text);
  const auto update = Update::Parse(text, query_test::FuzzParseOptions());
  if (!update.ok()) {
    if (update.status().message().empty()) std::abort();
    return 0;
  }
  const auto store = query_test::NewStore();
  auto options = query_test::FuzzLimits<UpdateOptions>();
  options.fetcher = [](std::string_view, const std::function<absl::Status(const Quad&)>& sink) {
    return sink(query_test::FuzzQuads()[0]);
  };
  const size_t before = query_test::CountQuads(*store);
  const auto result = update->Execute(*store, options);
  const size_t after = query_test::CountQuads(*store);
  if (result.ok() ? after != before + result->added - result->removed : after != before) {
    std::abort();
  }
  return 0;
}
