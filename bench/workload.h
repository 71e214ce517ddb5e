// What the benchmark programs share: loading a file, reading a folder of
// queries, running one to its last row, and the order-independent hash of its
// rows that oracle files hold.

#ifndef SANAD_BENCH_WORKLOAD_H_
#define SANAD_BENCH_WORKLOAD_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/statusor.h>
#include <absl/time/time.h>
#include <sanad/query.h>
#include <sanad/store.h>

namespace sanad::bench {

// Opens the store in `directory` (empty: in memory). With `file` not empty, its
// RDF is loaded and folded.
absl::StatusOr<std::unique_ptr<Store>> OpenStore(const std::string& directory,
                                                 const std::string& file);

struct QueryText {
  std::string name;  // The file's name without its ending.
  std::string text;
};
// The .rq and .sparql files of a folder, by name.
absl::StatusOr<std::vector<QueryText>> ReadQueries(const std::string& folder);

struct Expected {
  uint64_t rows = 0;
  std::string hash;  // Empty: not known.
};
// Lines of "query<TAB>rows<TAB>hash…"; "#" begins a comment.
absl::StatusOr<std::map<std::string, Expected>> ReadOracle(const std::string& file);

struct Measurement {
  double milliseconds = 0;  // From the query's text to its last row as terms.
  uint64_t rows = 0;
  std::string hash;  // Empty unless asked for.
};
// With `reuse`, a text that was measured before is not parsed and planned again.
absl::StatusOr<Measurement> Measure(const Store& store, const std::string& text,
                                    const QueryOptions& options, bool hash, bool reuse);

}  // namespace sanad::bench

#endif  // SANAD_BENCH_WORKLOAD_H_
