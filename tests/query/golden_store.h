// Stores of golden cases: data in TriG in, quads and results as text out.

#ifndef SANAD_TESTS_QUERY_GOLDEN_STORE_H_
#define SANAD_TESTS_QUERY_GOLDEN_STORE_H_

#include <memory>
#include <string>

#include <absl/status/statusor.h>
#include <sanad/query.h>
#include <sanad/results.h>
#include <sanad/store.h>

namespace sanad::query_test {

// An in-memory store that holds the TriG text (prefix ":" is http://e/).
std::unique_ptr<Store> StoreOf(const std::string& trig);

// All quads, one N-Quads line each, sorted; http://e/x is written :x.
std::string QuadsOf(const Store& store);

// The whole result: a table in TSV (graphs: one line a triple, sorted), or the
// error. Rows are sorted unless the query orders them.
std::string ResultOf(const Store& store, const std::string& query, const QueryOptions& options);

ParseOptions GoldenPrefixes();
std::string Message(const absl::Status& status);

}  // namespace sanad::query_test

#endif  // SANAD_TESTS_QUERY_GOLDEN_STORE_H_
