// QuadSource: all that plans and operators see of a store.
//
// A scan names a pattern (undefined = any), a sort order and a graph scope, and
// yields column batches of term ids. Snapshot and Transaction implement it on
// disk; tests use an in-memory one (storage/memory_quad_source.h).
//
//   ScanRequest request{.pattern = {.predicate = held_in},
//                       .order = Order::kPso, .scope = GraphScope::Union()};
//   SANAD_ASSIGN_OR_RETURN(auto scan, source.Scan(request));
//   QuadBatch batch;
//   while (scan->Next(batch)) Use(batch.columns[1]);    // kPso: p, s, o
//   SANAD_RETURN_IF_ERROR(scan->status());

#ifndef SANAD_STORAGE_QUAD_SOURCE_H_
#define SANAD_STORAGE_QUAD_SOURCE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "storage/encoding/term_id.h"

namespace sanad {

// The sorted orders of the quad index. All but kGspo have the graph last.
enum class Order : uint8_t { kSpo, kSop, kPso, kPos, kOsp, kOps, kGspo };

struct IdQuad {
  TermId subject, predicate, object, graph;  // graph: TermId::DefaultGraph() when unnamed.
  friend constexpr auto operator<=>(const IdQuad&, const IdQuad&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const IdQuad& q) {
    return H::combine(std::move(h), q.subject, q.predicate, q.object, q.graph);
  }
};

// Positions bound to an id, undefined where anything matches.
struct IdPattern {
  TermId subject, predicate, object;
};

// Which graphs a scan reads, and what a row means.
//   kDefault  the unnamed graph; a row is a triple
//   kOne      one graph; a row is a triple
//   kSet      the merge of some graphs (FROM); a row is a distinct triple
//   kUnion    the merge of all graphs that hold statements: the unnamed graph
//             and every named graph but those that say of themselves that they
//             are document, provenance or lexicon graphs; distinct triples
//   kEach     every named graph but the unnamed one, or those listed in
//             `graphs` if `restricted`; a row is a quad and the graph a column
struct GraphScope {
  enum class Kind : uint8_t { kDefault, kOne, kSet, kUnion, kEach };
  Kind kind = Kind::kUnion;
  std::vector<TermId>
      graphs;  // kOne: one; kSet: any number, may hold DefaultGraph(); kEach: see above.
  bool restricted = false;  // kEach only: FROM NAMED was given.

  static GraphScope Default() { return {Kind::kDefault, {}, false}; }
  static GraphScope One(TermId graph) { return {Kind::kOne, {graph}, false}; }
  static GraphScope Set(std::vector<TermId> graphs) {
    return {Kind::kSet, std::move(graphs), false};
  }
  static GraphScope Union() { return {Kind::kUnion, {}, false}; }
  static GraphScope Each() { return {Kind::kEach, {}, false}; }
  static GraphScope EachOf(std::vector<TermId> graphs) {
    return {Kind::kEach, std::move(graphs), true};
  }
};

// An inclusive range of ids.
struct IdRange {
  TermId low = TermId::Min();
  TermId high = TermId::Max();
};

struct ScanRequest {
  IdPattern pattern;
  Order order = Order::kSpo;  // Its leading columns must be the pattern's bound ones, so that the
                              // rows are one range; other choices are InvalidArgument.
  GraphScope scope;
  // Restricts the first column after the bound ones (zone maps skip the rest).
  // Sorted, disjoint; empty: no restriction.
  std::vector<IdRange> ranges;
  // How many triple columns, from the left of the order, the caller reads. With
  // fewer than three, equal neighbours may come as one row with a multiplicity.
  int columns = 3;
};

// Rows of a scan, by column, in the scan's sort order. The columns are those of
// the order (kPso: p, s, o, g); constant ones are filled too. The graph column
// is filled in kEach scope only.
struct QuadBatch {
  static constexpr size_t kCapacity = 2048;
  std::array<std::vector<TermId>, 4> columns;
  // Rows stand for this many triples (kEach: quads) each; empty: one each.
  std::vector<uint64_t> multiplicity;
  size_t size = 0;
};

// A running scan. Single-threaded. Shares ownership of what it reads.
class QuadScan {
 public:
  virtual ~QuadScan() = default;
  // Replaces `batch` by the next rows. False at the end or on an error.
  virtual bool Next(QuadBatch& batch) = 0;
  // Skips to the first row whose first column after the bound ones is not below
  // `key` (never backwards). The next Next() starts there.
  virtual void SkipTo(TermId key) = 0;
  virtual const absl::Status& status() const = 0;
};

// Numbers kept by predicate; estimates unless `exact`.
struct PredicateCounts {
  uint64_t triples = 0;
  uint64_t distinct_subjects = 0;
  uint64_t distinct_objects = 0;
  bool exact = false;
};

// Thread-safe (Snapshot) or single-threaded (Transaction).
class QuadSource {
 public:
  virtual ~QuadSource() = default;

  virtual absl::StatusOr<std::unique_ptr<QuadScan>> Scan(const ScanRequest& request) const = 0;
  // The number of rows a scan of this pattern and scope stands for, exactly
  // (set and union: distinct triples; each: quads).
  virtual absl::StatusOr<uint64_t> Count(const IdPattern& pattern,
                                         const GraphScope& scope) const = 0;
  // Counts for the planner; over all graphs. Never slow, may be off.
  virtual PredicateCounts CountsOf(TermId predicate) const = 0;

  // The id of a term, or Undefined when the store does not hold it (an inlined
  // literal always has one).
  virtual absl::StatusOr<TermId> Find(const Term& term) const = 0;
  // The terms of ids, parallel to `ids`; undefined gives an undefined Term.
  // Cheapest with sorted ids. DataLoss for an id that does not resolve.
  virtual absl::Status Materialize(std::span<const TermId> ids, std::vector<Term>& terms) const = 0;
  // The language tag or datatype IRI behind a code in an id's payload; empty
  // for TermId::kCodeInDictionary.
  virtual std::string_view LanguageOfCode(uint32_t code) const = 0;
  virtual std::string_view DatatypeOfCode(uint32_t code) const = 0;

  // The named graphs that hold at least one quad, sorted. All of them, or (as
  // in GraphScope::kUnion) only those that hold statements.
  virtual absl::StatusOr<std::vector<TermId>> NamedGraphs(bool statements_only) const = 0;

  // The state's commit number; changes whenever the answers may.
  virtual uint64_t version() const = 0;
  // Stands for this state of this store, for what is remembered beside it: owned
  // by equal owners while it is the same state, expired when the state has gone.
  // Empty where nothing may be remembered.
  virtual std::weak_ptr<const void> state_token() const { return {}; }

  // A reader over a DerivedIndex's own entries as of this state, or null when
  // no index of that name is registered.
  virtual const class DerivedReader* Derived(std::string_view index_name) const = 0;
};

// Order helpers: position of subject, predicate, object (0..2) and graph (3) by
// column; kGspo starts with 3.
std::array<int, 4> ColumnsOf(Order order);
// The column that holds a position.
size_t ColumnOf(Order order, int position);

// The order whose leading columns are the pattern's bound positions and whose
// next column is `next` (0 subject, 1 predicate, 2 object; -1: any).
Order OrderFor(const IdPattern& pattern, int next = -1);

}  // namespace sanad

#endif  // SANAD_STORAGE_QUAD_SOURCE_H_
