// Ways through a lattice, likely ones first (A* with exact cost to go), and the
// first token that no way covers.

#include <algorithm>
#include <queue>
#include <set>
#include <utility>

#include "query/question/linker.h"

namespace sanad::question {
namespace {

// Whether one part of a verb in two places is taken and not the other.
bool HasHalfVerb(const std::vector<const Arc*>& arcs) {
  std::set<uint32_t> halves;
  for (const Arc* arc : arcs) {
    for (const SymbolPtr& symbol : arc->symbols) {
      if (symbol->pair != 0 && !halves.insert(symbol->pair).second) halves.erase(symbol->pair);
    }
  }
  return !halves.empty();
}

}  // namespace

std::optional<size_t> FirstUnknownToken(const Lattice& lattice) {
  const size_t n = lattice.tokens.size();
  std::vector<bool> reachable(n + 1, false), useful(n + 1, false);
  reachable[0] = true;
  for (size_t at = 0; at < n; ++at) {
    if (!reachable[at]) continue;
    for (const Arc& arc : lattice.arcs[at]) reachable[arc.end] = true;
  }
  if (reachable[n]) return std::nullopt;
  // The last place reached is where no word is known.
  for (size_t at = n; at-- > 0;) {
    if (reachable[at]) return at;
  }
  return 0;
}

std::vector<LatticePath> Paths(const Lattice& lattice, size_t limit) {
  const size_t n = lattice.tokens.size();
  // Cost to go, so that the search never enters a dead end.
  constexpr int kFar = 1 << 28;
  auto cost_of = [](const Arc& arc) {
    return arc.misspellings * 100000 + (arc.content ? 100 : 10) + arc.distance;
  };
  std::vector<int> to_go(n + 1, kFar);
  to_go[n] = 0;
  for (size_t at = n; at-- > 0;) {
    for (const Arc& arc : lattice.arcs[at]) {
      if (to_go[arc.end] < kFar) to_go[at] = std::min(to_go[at], cost_of(arc) + to_go[arc.end]);
    }
  }
  std::vector<LatticePath> out;
  if (n == 0 || to_go[0] >= kFar) return out;
  struct Partial {
    int estimate, cost;
    size_t at;
    int previous;  // Index into `steps`, -1 at the start.
    bool operator<(const Partial& o) const { return estimate > o.estimate; }
  };
  struct Step {
    const Arc* arc;
    int previous;
  };
  std::vector<Step> steps;
  std::priority_queue<Partial> queue;
  queue.push({to_go[0], 0, 0, -1});
  while (!queue.empty() && out.size() < limit && steps.size() < limit * 64) {
    Partial top = queue.top();
    queue.pop();
    if (top.at == n) {
      LatticePath path;
      std::vector<const Arc*> arcs;
      for (int s = top.previous; s >= 0; s = steps[static_cast<size_t>(s)].previous) {
        arcs.push_back(steps[static_cast<size_t>(s)].arc);
      }
      std::reverse(arcs.begin(), arcs.end());
      if (HasHalfVerb(arcs)) continue;
      for (const Arc* arc : arcs) {
        path.misspellings += arc->misspellings;
        path.content_arcs += arc->content ? 1 : 0;
        path.distance += arc->distance;
        for (const SymbolPtr& symbol : arc->symbols) {
          if (symbol->category == Category::kFiller) continue;
          path.symbols.push_back(symbol);
          path.categories.push_back(static_cast<char>(symbol->category));
        }
      }
      out.push_back(std::move(path));
      continue;
    }
    for (const Arc& arc : lattice.arcs[top.at]) {
      if (to_go[arc.end] >= kFar) continue;
      const int cost = top.cost + cost_of(arc);
      steps.push_back({&arc, top.previous});
      queue.push({cost + to_go[arc.end], cost, arc.end, static_cast<int>(steps.size()) - 1});
    }
  }
  return out;
}

}  // namespace sanad::question
