// DerivedIndex: key-value entries computed from triples, kept in step with them.
//
// From the quads that a commit, bulk load or graph drop adds and removes, an
// index yields changes to its own key space; they travel in the same atomic
// batch or ingest. An index has a name and a version: on open, a missing index
// or another version is reported through the log and rebuilt from the quads.
// The label index of questions is the first one (language/label_index.h).
//
// A quad is reported added when its triple enters its graph, removed when it
// leaves it; an index whose entries stand for triples keeps a count, or puts
// the graph in its key.

#ifndef SANAD_STORAGE_DERIVED_INDEX_H_
#define SANAD_STORAGE_DERIVED_INDEX_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "storage/quad_source.h"

namespace sanad {

struct QuadChange {
  IdQuad ids;
  Quad terms;
  bool added = true;
};

// Collects the changes of one index. Keys are the index's own, any bytes.
class DerivedWriter {
 public:
  virtual ~DerivedWriter() = default;
  virtual void Put(std::string_view key, std::string_view value) = 0;
  virtual void Delete(std::string_view key) = 0;
  // The value before this commit, changes of this commit included.
  virtual absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const = 0;
};

// Walks the entries of one index in key order. Single-threaded; many lookups in a
// row are cheaper through one cursor. Keys and values are valid until the next move.
class DerivedCursor {
 public:
  virtual ~DerivedCursor() = default;
  virtual void Seek(std::string_view key) = 0;  // First key >= key.
  virtual void Next() = 0;
  virtual bool Valid() const = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual absl::Status status() const = 0;
};

// Reads one index as of a snapshot. Thread-safe.
class DerivedReader {
 public:
  virtual ~DerivedReader() = default;
  virtual absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const = 0;
  // Ends before the reader does.
  virtual std::unique_ptr<DerivedCursor> NewCursor() const = 0;
  // Calls `visit` for each entry with the prefix in key order until it returns
  // false.
  virtual absl::Status Scan(
      std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;
};

// Thread-compatible; one object serves all stores.
class DerivedIndex {
 public:
  virtual ~DerivedIndex() = default;
  virtual std::string_view name() const = 0;
  virtual uint32_t version() const = 0;
  // The predicates whose quads it wants; only these are materialised for it.
  virtual std::vector<Term> predicates() const = 0;
  virtual absl::Status Update(std::span<const QuadChange> changes, DerivedWriter& writer) const = 0;
};

// Registers an index for every store opened afterwards; used by a static
// object in the index's .cc. Registering a name twice is ignored.
bool RegisterDerivedIndex(std::unique_ptr<DerivedIndex> index);
// All registered, in order of name.
std::vector<const DerivedIndex*> RegisteredDerivedIndexes();

}  // namespace sanad

#endif  // SANAD_STORAGE_DERIVED_INDEX_H_
