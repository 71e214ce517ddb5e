// Step() maps a sorted set of nodes to the ends of one path from any of them;
// with a single node the ends keep their multiplicity.

#include "query/execution/path_search.h"

#include <algorithm>

#include <absl/container/flat_hash_set.h>

namespace sanad {
namespace {

using algebra::Path;
using algebra::PathType;

void SortUnique(std::vector<TermId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

// Appends the ids at `result` (0 subject, 2 object) of rows whose id at
// `frontier_position` is in the frontier.
void PathSearch::Scan(const IdPattern& pattern, int result, const Ids* frontier,
                      int frontier_position, Ids& out) {
  ScanRequest request;
  request.pattern = pattern;
  request.scope = scope_;
  request.order = OrderFor(pattern, frontier != nullptr ? frontier_position : result);
  if (frontier != nullptr) {
    for (TermId id : *frontier) {
      if (id.kind() != TermKind::kQueryLocal && !id.is_undefined())
        request.ranges.push_back({id, id});
    }
    if (request.ranges.empty()) return;
  }
  const auto columns = ColumnsOf(request.order);
  size_t column = 0;
  for (size_t c = 0; c < 3; ++c) {
    if (columns[c] == result) column = c;
  }
  auto scan = context_.source().Scan(request);
  if (!scan.ok()) return context_.Fail(scan.status());
  QuadBatch batch;
  MemoryHold memory(context_);
  while (!context_.Interrupted() && (*scan)->Next(batch)) {
    for (size_t row = 0; row < batch.size; ++row) {
      const uint64_t count = batch.multiplicity.empty() ? 1 : batch.multiplicity[row];
      for (uint64_t i = 0; i < count; ++i) out.push_back(batch.columns[column][row]);
    }
    if (!memory.Set(out.capacity() * sizeof(TermId))) return;
  }
  if (!(*scan)->status().ok()) context_.Fail((*scan)->status());
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
      const auto columns = ColumnsOf(request.order);
      const size_t end = columns[2] == 2 - from ? 2 : columns[0] == 2 - from ? 0 : 1;
      const size_t predicate = columns[1] == 1 ? 1 : columns[0] == 1 ? 0 : 2;
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

void PathSearch::Closure(const Path& path, TermId node, bool forward, Ids& out, TermId goal) {
  absl::flat_hash_set<uint64_t> visited;
  MemoryHold memory(context_);
  Ids frontier = {node};
  if (path.type != PathType::kOneOrMore) {
    visited.insert(node.bits());
    out.push_back(node);
    if (node == goal) return;
  }
  Ids reached;
  while (!frontier.empty() && !context_.Interrupted()) {
    reached.clear();
    Step(*path.parts[0], frontier, forward, reached);
    SortUnique(reached);
    frontier.clear();
    for (TermId id : reached) {
      if (!visited.insert(id.bits()).second) continue;
      out.push_back(id);
      frontier.push_back(id);
      if (id == goal) return;
    }
    if (!memory.Set(visited.size() * 18 + out.size() * 8)) return;
    if (path.type == PathType::kZeroOrOne) return;
  }
}

void PathSearch::Step(const Path& path, const Ids& frontier, bool forward, Ids& out) {
  if (frontier.empty() || context_.Interrupted()) return;
  switch (path.type) {
    case PathType::kLink: {
      const TermId predicate = context_.terms().Intern(path.iri);
      if (predicate.kind() == TermKind::kQueryLocal) return;
      IdPattern pattern;
      pattern.predicate = predicate;
      Scan(pattern, forward ? 2 : 0, &frontier, forward ? 0 : 2, out);
      return;
    }
    case PathType::kInverse:
      return Step(*path.parts[0], frontier, !forward, out);
    case PathType::kSequence: {
      if (frontier.size() == 1) {
        // Multiplicities of a single start survive.
        Ids nodes = frontier;
        for (size_t i = 0; i < path.parts.size(); ++i) {
          const Path& part = *path.parts[forward ? i : path.parts.size() - 1 - i];
          Ids next;
          for (TermId node : nodes) Step(part, {node}, forward, next);
          nodes = std::move(next);
          if (context_.Interrupted()) return;
        }
        out.insert(out.end(), nodes.begin(), nodes.end());
        return;
      }
      Ids nodes = frontier;
      for (size_t i = 0; i < path.parts.size(); ++i) {
        Ids next;
        Step(*path.parts[forward ? i : path.parts.size() - 1 - i], nodes, forward, next);
        SortUnique(next);
        nodes = std::move(next);
      }
      out.insert(out.end(), nodes.begin(), nodes.end());
      return;
    }
    case PathType::kAlternative:
      for (const auto& part : path.parts) Step(*part, frontier, forward, out);
      return;
    case PathType::kZeroOrMore:
    case PathType::kOneOrMore:
    case PathType::kZeroOrOne:
      for (TermId node : frontier) Closure(path, node, forward, out, TermId::Undefined());
      return;
    case PathType::kNegatedSet:
      return Negated(path, frontier, forward, out);
  }
}

void PathSearch::From(const Path& path, TermId node, bool forward, Ids& out) {
  Step(path, {node}, forward, out);
}

bool PathSearch::Connects(const Path& path, TermId from, TermId to) {
  if (path.type == PathType::kZeroOrMore || path.type == PathType::kOneOrMore) {
    return Meets(path, from, to);
  }
  Ids out;
  if (path.type == PathType::kZeroOrOne) {
    Closure(path, from, true, out, to);
  } else {
    From(path, from, true, out);
  }
  return std::find(out.begin(), out.end(), to) != out.end();
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
  Ids next;
  while (!context_.Interrupted()) {
    const size_t at = sides[0].frontier.size() <= sides[1].frontier.size() ? 0 : 1;
    Side& side = sides[at];
    const Side& other = sides[1 - at];
    if (side.frontier.empty()) return false;
    next.clear();
    Step(*path.parts[0], side.frontier, at == 0, next);
    SortUnique(next);
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

std::vector<TermId> PathSearch::Starts(const Path& path) {
  Ids nodes;
  MemoryHold memory(context_);
  auto collect = [&](const IdPattern& pattern, int position) {
    ScanRequest request;
    request.pattern = pattern;
    request.scope = scope_;
    request.order = OrderFor(pattern, position);
    // Only the leading column and what is bound before it are read.
    request.columns =
        scope_.kind == GraphScope::Kind::kEach ? 3 : (pattern.predicate.is_undefined() ? 1 : 2);
    const auto columns = ColumnsOf(request.order);
    size_t column = 0;
    for (size_t c = 0; c < 3; ++c) {
      if (columns[c] == position) column = c;
    }
    auto scan = context_.source().Scan(request);
    if (!scan.ok()) return context_.Fail(scan.status());
    QuadBatch batch;
    while (!context_.Interrupted() && (*scan)->Next(batch)) {
      for (size_t row = 0; row < batch.size; ++row) {
        if (nodes.empty() || nodes.back() != batch.columns[column][row]) {
          nodes.push_back(batch.columns[column][row]);
        }
      }
      if (!memory.Set(nodes.capacity() * sizeof(TermId))) return;
    }
    if (!(*scan)->status().ok()) context_.Fail((*scan)->status());
  };
  const Path* inner = &path;
  bool forward = true;
  while (inner->type == PathType::kOneOrMore || inner->type == PathType::kInverse) {
    if (inner->type == PathType::kInverse) forward = !forward;
    inner = inner->parts[0].get();
  }
  IdPattern pattern;
  if (inner->type == PathType::kLink) {
    pattern.predicate = context_.terms().Intern(inner->iri);
    if (pattern.predicate.kind() == TermKind::kQueryLocal) return nodes;
    collect(pattern, forward ? 0 : 2);
  } else {
    collect(pattern, 0);
    collect(pattern, 2);
  }
  SortUnique(nodes);
  return nodes;
}

}  // namespace sanad
