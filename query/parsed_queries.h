// Queries parsed lately, by their text.
//
// Who asks over a wire or from a program sends the same texts again and again, and
// parsing and planning cost more than the answer of a small query. So the queries of
// the last texts are kept, with their plans (query/execution/plan_cache.h); what
// depends on a state of a store is checked there.

#ifndef SANAD_QUERY_PARSED_QUERIES_H_
#define SANAD_QUERY_PARSED_QUERIES_H_

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <sanad/query.h>

namespace sanad {

// Thread-safe. Forgets the query that was asked for longest ago.
class ParsedQueries {
 public:
  using Parsed = std::shared_ptr<const internal::ParsedQuery>;

  static constexpr size_t kQueries = 256;
  static constexpr size_t kLongest = 8192;  // Bytes of a key; longer ones are not kept.

  // Those of the process.
  static ParsedQueries& Instance();

  // Two texts with the same key parse to the same query.
  static std::string KeyOf(std::string_view text, const ParseOptions& options);

  // Null where none is kept.
  Parsed Find(std::string_view key);
  void Keep(std::string key, Parsed query);

 private:
  using Entries = std::list<std::pair<const std::string, Parsed>>;

  std::mutex mutex_;  // Guards the rest.
  Entries entries_;   // The one asked for last in front.
  std::unordered_map<std::string_view, Entries::iterator> index_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_PARSED_QUERIES_H_
