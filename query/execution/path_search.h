// Property paths that are not joins or unions of patterns: closures and negated
// sets (SPARQL 1.1, section 18.4).
//
// A closure is a breadth-first search over sets of nodes (ALP): the frontier is
// kept sorted, so that one step over a plain link is one index scan over the
// frontier's ids, and what lies inside the closure yields distinct nodes as well.

#ifndef SANAD_QUERY_EXECUTION_PATH_SEARCH_H_
#define SANAD_QUERY_EXECUTION_PATH_SEARCH_H_

#include <vector>

#include "query/algebra/algebra.h"
#include "query/expression/query_context.h"
#include "storage/quad_source.h"

namespace sanad {

// Single-threaded. Errors and limits become the context's status.
class PathSearch {
 public:
  PathSearch(QueryContext& context, const GraphScope& scope) : context_(context), scope_(scope) {}

  // The ends of `path` from `node` (backwards: the starts of paths that end
  // there): of a negated set one for each triple, of a closure distinct.
  // REQUIRES here and below: `path` is a closure or a negated set.
  std::vector<TermId> From(const algebra::Path& path, TermId node, bool forward);
  // True when a closure leads from `from` to `to`; repetitions are searched from
  // both ends at once.
  bool Connects(const algebra::Path& path, TermId from, TermId to);
  // Every node that a path could start at, sorted: all subjects and objects, or
  // fewer where the path tells.
  std::vector<TermId> Starts(const algebra::Path& path);

 private:
  using Ids = std::vector<TermId>;
  // The ends of any path from any of `nodes`, both sorted and distinct.
  Ids Ends(const algebra::Path& path, const Ids& nodes, bool forward);
  Ids Follow(TermId predicate, const Ids& frontier, int result);
  // Appends an end for each triple.
  void Negated(const algebra::Path& path, const Ids& frontier, bool forward, Ids& out);
  // Ends() of a closure. Stops once `goal` is found.
  Ids Closure(const algebra::Path& path, const Ids& nodes, bool forward, TermId goal);
  void Collect(const IdPattern& pattern, int position, Ids& nodes);
  void CollectStarts(const algebra::Path& path, bool forward, Ids& nodes);

  // True when one or more (or no) repetitions of the closure's part lead from
  // `from` to `to`.
  bool Meets(const algebra::Path& path, TermId from, TermId to);

  QueryContext& context_;
  GraphScope scope_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_PATH_SEARCH_H_
