// Property paths evaluated node by node (SPARQL 1.1, section 18.4).
//
// A closure is a breadth-first search whose frontier is kept sorted, so that one
// step over a plain link is one index scan over the frontier's ids.

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

  // Appends the ends of `path` from `node` (backwards: the starts of paths that
  // end there), with the path's multiplicities.
  void From(const algebra::Path& path, TermId node, bool forward, std::vector<TermId>& out);
  // True when the path leads from `from` to `to`; a closure is searched from both
  // ends at once.
  bool Connects(const algebra::Path& path, TermId from, TermId to);
  // Every node that a path could start at: all subjects and objects, or fewer
  // where the path tells.
  std::vector<TermId> Starts(const algebra::Path& path);

 private:
  using Ids = std::vector<TermId>;
  void Step(const algebra::Path& path, const Ids& frontier, bool forward, Ids& out);
  void Scan(const IdPattern& pattern, int result, const Ids* frontier, int frontier_position,
            Ids& out);
  void Negated(const algebra::Path& path, const Ids& frontier, bool forward, Ids& out);
  // Distinct ends of zero or one or more steps. Stops once `goal` is found.
  void Closure(const algebra::Path& path, TermId node, bool forward, Ids& out, TermId goal);

  // True when one or more (or no) repetitions of the closure's part lead from
  // `from` to `to`.
  bool Meets(const algebra::Path& path, TermId from, TermId to);

  QueryContext& context_;
  GraphScope scope_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_PATH_SEARCH_H_
