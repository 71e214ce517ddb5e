// Ends() maps a sorted set of nodes to the sorted set of the ends of a path from
// any of them. Sets all the way down: inside a closure it does not matter in how
// many ways a node is reached, and the ways may be exponentially many.

#include "query/execution/path_search.h"

#include <algorithm>

#include <absl/container/flat_hash_set.h>

namespace sanad {
namespace {

using algebra::Path;
using algebra::PathType;

// Ids gathered before those that came twice are dropped.
constexpr size_t kCompactAt = size_t{1} << 16;

void SortUnique(std::vector<TermId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

// The ids at `result` (0 subject, 2 object) of triples of a predicate whose other
// end is in the frontier.
PathSearch::Ids PathSearch::Follow(TermId predicate, const Ids& frontier, int result) {
  Ids out;
  IdPattern pattern;
  pattern.predicate = predicate;
  ScanRequest request;
  request.pattern = pattern;
  request.scope = scope_;
  request.order = OrderFor(pattern, 2 - result);
  for (TermId id : frontier) {
    if (id.kind() != TermKind::kQueryLocal && !id.is_undefined())
      request.ranges.push_back({id, id});
  }
  if (request.ranges.empty()) return out;
  const size_t column = ColumnOf(request.order, result);
  auto scan = context_.source().Scan(request);
  if (!scan.ok()) {
    context_.Fail(scan.status());
    return out;
  }
  QuadBatch batch;
  MemoryHold memory(context_);
  size_t compact_at = kCompactAt;
  while (!context_.Interrupted() && (*scan)->Next(batch)) {
    const auto begin = batch.columns[column].begin();
    out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(batch.size));
    if (out.size() >= compact_at) {
      SortUnique(out);
      compact_at = std::max(kCompactAt, 2 * out.size());
    }
    if (!memory.Set(out.capacity() * sizeof(TermId))) break;
  }
  if (!(*scan)->status().ok()) context_.Fail((*scan)->status());
  SortUnique(out);
  return out;
}

void PathSearch::Negated(const Path& path, const Ids& frontier, bool forward, Ids& out) {
  auto ids_of = [&](const std::vector<Term>& terms) {
    Ids ids;
    for (const Term& term : terms) ids.push_back(context_.terms().Intern(term));
    return ids;
  };
  // One direction: triples of any predicate but the excluded ones.
  auto follow = [&](const Ids& excluded, bool along) {
    const int from = along ? 0 : 2;
    for (TermId node : frontier) {
      if (node.kind() == TermKind::kQueryLocal || context_.Interrupted()) continue;
      ScanRequest request;
      (from == 0 ? request.pattern.subject : request.pattern.object) = node;
      request.scope = scope_;
      request.order = OrderFor(request.pattern, 1);
      const size_t end = ColumnOf(request.order, 2 - from);
      const size_t predicate = ColumnOf(request.order, 1);
      auto scan = context_.source().Scan(request);
      if (!scan.ok()) return context_.Fail(scan.status());
      QuadBatch batch;
      while (!context_.Interrupted() && (*scan)->Next(batch)) {
        for (size_t row = 0; row < batch.size; ++row) {
          const TermId id = batch.columns[predicate][row];
          if (std::find(excluded.begin(), excluded.end(), id) == excluded.end()) {
            out.push_back(batch.columns[end][row]);
          }
        }
      }
      if (!(*scan)->status().ok()) return context_.Fail((*scan)->status());
    }
  };
  if (!path.excluded.empty() || path.excluded_inverse.empty())
    follow(ids_of(path.excluded), forward);
  if (!path.excluded_inverse.empty()) follow(ids_of(path.excluded_inverse), !forward);
}

// A search from all nodes at once: what is reached from one is reached.
PathSearch::Ids PathSearch::Closure(const Path& path, const Ids& nodes, bool forward, TermId goal) {
  absl::flat_hash_set<uint64_t> visited;
  MemoryHold memory(context_);
  Ids out;
  Ids frontier = nodes;
  if (path.type != PathType::kOneOrMore) {
    for (TermId node : nodes) visited.insert(node.bits());
    out = nodes;
    if (std::binary_search(nodes.begin(), nodes.end(), goal)) return out;
  }
  while (!frontier.empty() && !context_.Interrupted()) {
    const Ids reached = Ends(*path.parts[0], frontier, forward);
    frontier.clear();
    for (TermId id : reached) {
      if (!visited.insert(id.bits()).second) continue;
      out.push_back(id);
      frontier.push_back(id);
    }
    if (!memory.Set(visited.size() * 18 + out.size() * 8)) break;
    if (std::binary_search(frontier.begin(), frontier.end(), goal)) break;
    if (path.type == PathType::kZeroOrOne) break;
  }
  std::sort(out.begin(), out.end());
  return out;
}

PathSearch::Ids PathSearch::Ends(const Path& path, const Ids& frontier, bool forward) {
  Ids out;
  if (frontier.empty() || context_.Interrupted()) return out;
  switch (path.type) {
    case PathType::kLink: {
      const TermId predicate = context_.terms().Intern(path.iri);
      if (predicate.kind() == TermKind::kQueryLocal) return out;
      return Follow(predicate, frontier, forward ? 2 : 0);
    }
    case PathType::kInverse:
      return Ends(*path.parts[0], frontier, !forward);
    case PathType::kSequence:
      out = frontier;
      for (size_t i = 0; i < path.parts.size(); ++i) {
        out = Ends(*path.parts[forward ? i : path.parts.size() - 1 - i], out, forward);
      }
      return out;
    case PathType::kAlternative:
      for (const auto& part : path.parts) {
        const Ids ends = Ends(*part, frontier, forward);
        out.insert(out.end(), ends.begin(), ends.end());
      }
      SortUnique(out);
      return out;
    case PathType::kZeroOrMore:
    case PathType::kOneOrMore:
    case PathType::kZeroOrOne:
      return Closure(path, frontier, forward, TermId::Undefined());
    case PathType::kNegatedSet:
      Negated(path, frontier, forward, out);
      SortUnique(out);
      return out;
  }
  return out;
}

PathSearch::Ids PathSearch::From(const Path& path, TermId node, bool forward) {
  if (path.type != PathType::kNegatedSet) return Ends(path, {node}, forward);
  Ids out;
  Negated(path, {node}, forward, out);
  return out;
}

bool PathSearch::Connects(const Path& path, TermId from, TermId to) {
  if (path.type == PathType::kZeroOrMore || path.type == PathType::kOneOrMore) {
    return Meets(path, from, to);
  }
  const Ids ends = Closure(path, {from}, true, to);
  return std::binary_search(ends.begin(), ends.end(), to);
}

// Bidirectional search: the side whose frontier is smaller takes the next step,
// until a node is reached from both ends or one side has nowhere to go.
bool PathSearch::Meets(const Path& path, TermId from, TermId to) {
  if (path.type == PathType::kZeroOrMore && from == to) return true;
  struct Side {
    absl::flat_hash_set<uint64_t> reached;
    Ids frontier;
  };
  // A side's start counts as reached, so that the sides meet after one step at
  // the earliest: that step is what One or More asks for.
  Side sides[2] = {{{from.bits()}, {from}}, {{to.bits()}, {to}}};
  MemoryHold memory(context_);
  while (!context_.Interrupted()) {
    const size_t at = sides[0].frontier.size() <= sides[1].frontier.size() ? 0 : 1;
    Side& side = sides[at];
    const Side& other = sides[1 - at];
    if (side.frontier.empty()) return false;
    const Ids next = Ends(*path.parts[0], side.frontier, at == 0);
    side.frontier.clear();
    for (TermId id : next) {
      if (other.reached.contains(id.bits())) return context_.status().ok();
      if (side.reached.insert(id.bits()).second) side.frontier.push_back(id);
    }
    const size_t held = sides[0].reached.size() + sides[1].reached.size();
    if (!memory.Set(held * 26 + next.capacity() * sizeof(TermId))) return false;
  }
  return false;
}

// Appends the subjects (position 0) or objects (2) of a pattern's triples.
void PathSearch::Collect(const IdPattern& pattern, int position, Ids& nodes) {
  ScanRequest request;
  request.pattern = pattern;
  request.scope = scope_;
  request.order = OrderFor(pattern, position);
  // Only the leading column and what is bound before it are read.
  request.columns =
      scope_.kind == GraphScope::Kind::kEach ? 3 : (pattern.predicate.is_undefined() ? 1 : 2);
  const size_t column = ColumnOf(request.order, position);
  auto scan = context_.source().Scan(request);
  if (!scan.ok()) return context_.Fail(scan.status());
  QuadBatch batch;
  MemoryHold memory(context_);
  while (!context_.Interrupted() && (*scan)->Next(batch)) {
    for (size_t row = 0; row < batch.size; ++row) {
      if (nodes.empty() || nodes.back() != batch.columns[column][row]) {
        nodes.push_back(batch.columns[column][row]);
      }
    }
    if (!memory.Set(nodes.capacity() * sizeof(TermId))) return;
  }
  if (!(*scan)->status().ok()) context_.Fail((*scan)->status());
}

void PathSearch::CollectStarts(const Path& path, bool forward, Ids& nodes) {
  switch (path.type) {
    case PathType::kLink: {
      IdPattern pattern;
      pattern.predicate = context_.terms().Intern(path.iri);
      if (pattern.predicate.kind() == TermKind::kQueryLocal) return;
      return Collect(pattern, forward ? 0 : 2, nodes);
    }
    case PathType::kInverse:
      return CollectStarts(*path.parts[0], !forward, nodes);
    case PathType::kOneOrMore:
      return CollectStarts(*path.parts[0], forward, nodes);
    case PathType::kSequence:
      return CollectStarts(forward ? *path.parts.front() : *path.parts.back(), forward, nodes);
    case PathType::kAlternative:
      for (const auto& part : path.parts) CollectStarts(*part, forward, nodes);
      return;
    case PathType::kZeroOrMore:
    case PathType::kZeroOrOne:
    case PathType::kNegatedSet:
      Collect(IdPattern(), 0, nodes);
      return Collect(IdPattern(), 2, nodes);
  }
}

std::vector<TermId> PathSearch::Starts(const Path& path) {
  Ids nodes;
  CollectStarts(path, true, nodes);
  SortUnique(nodes);
  return nodes;
}

}  // namespace sanad
