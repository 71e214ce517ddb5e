// The cyclic core is what is left of the group's hypergraph when variables of a
// single pattern and patterns inside others have been taken away in turn (Graham,
// Yu and Ozsoyoglu, 1979). The order of the variables is chosen greedily from
// each start, by the estimated number of partial bindings.

#include "query/plan/leapfrog.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "query/plan/join_costs.h"

namespace sanad {
namespace {

using join_costs::kOutputRow;
using join_costs::kScanRow;
using join_costs::kSeek;

// Nanoseconds.
constexpr double kHeldRow = 12;  // Copied, and its first key put into an index.
constexpr double kStep = 20;     // One input's search for the next key.
constexpr size_t kStarPatterns = 4;
// Binary joins of a cycle are estimated with even degrees; hubs make them cost more
// without bound, and leapfrog not.
constexpr double kCycleDiscount = 0.3;

using VariableSet = uint64_t;  // By position in Candidates::variables.

struct Candidates {
  std::vector<size_t> members;  // Scans that may take part.
  std::vector<VariableSet> sets;
  std::vector<VariableId> variables;
};

// Scans that read plain triples; their order may still be chosen.
Candidates CandidatesOf(const std::vector<JoinMember>& members) {
  Candidates out;
  for (size_t m = 0; m < members.size(); ++m) {
    const PlanNode& plan = *members[m].plan;
    if (!members[m].is_scan || plan.schema.empty() || !plan.scan.equal.empty() ||
        !plan.scan.ranges.empty() || plan.scan.variables[3] != kNoVariable) {
      continue;
    }
    VariableSet set = 0;
    for (VariableId variable : plan.schema) {
      const auto at = std::find(out.variables.begin(), out.variables.end(), variable);
      const auto index = static_cast<size_t>(at - out.variables.begin());
      if (at == out.variables.end()) out.variables.push_back(variable);
      if (index >= 64) return {};
      set |= VariableSet{1} << index;
    }
    out.members.push_back(m);
    out.sets.push_back(set);
  }
  return out;
}

// The variables that occur in at least two of the sets.
VariableSet Shared(const std::vector<VariableSet>& sets) {
  VariableSet once = 0, shared = 0;
  for (VariableSet set : sets) {
    shared |= once & set;
    once |= set;
  }
  return shared;
}

// The variables of the cyclic core; none where the sets are acyclic.
VariableSet CyclicCore(std::vector<VariableSet> sets) {
  for (bool changed = true; changed;) {
    changed = false;
    const VariableSet shared = Shared(sets);
    for (VariableSet& set : sets) {
      changed = changed || (set & ~shared) != 0;
      set &= shared;
    }
    for (size_t i = 0; i < sets.size(); ++i) {
      const bool inside = sets[i] == 0 || [&] {
        for (size_t j = 0; j < sets.size(); ++j) {
          if (j != i && (sets[i] & ~sets[j]) == 0) return true;
        }
        return false;
      }();
      if (!inside) continue;
      sets.erase(sets.begin() + static_cast<std::ptrdiff_t>(i--));
      changed = true;
    }
  }
  VariableSet core = 0;
  for (VariableSet set : sets) core |= set;
  return core;
}

// The candidates that one leapfrog join should take, by position; empty: none.
std::vector<size_t> Choose(const Candidates& candidates, bool everything, double& discount) {
  std::vector<size_t> chosen;
  const auto& sets = candidates.sets;
  if (everything) {
    VariableSet reached = 0;
    for (bool grown = true; grown;) {
      grown = false;
      for (size_t i = 0; i < sets.size(); ++i) {
        if (std::find(chosen.begin(), chosen.end(), i) != chosen.end()) continue;
        if (!chosen.empty() && (sets[i] & reached) == 0) continue;
        chosen.push_back(i);
        reached |= sets[i];
        grown = true;
      }
    }
    return chosen;
  }
  if (const VariableSet core = CyclicCore(sets); core != 0) {
    discount = kCycleDiscount;
    for (size_t i = 0; i < sets.size(); ++i) {
      if ((sets[i] & ~core) == 0) chosen.push_back(i);
    }
    return chosen;
  }
  for (size_t v = 0; v < candidates.variables.size(); ++v) {
    std::vector<size_t> star;
    for (size_t i = 0; i < sets.size(); ++i) {
      if ((sets[i] >> v & 1) != 0) star.push_back(i);
    }
    if (star.size() >= kStarPatterns && star.size() > chosen.size()) chosen = std::move(star);
  }
  return chosen;
}

// A set of scans to be joined, and what an order of their variables costs.
class Estimator {
 public:
  Estimator(const std::vector<JoinMember>& members, const std::vector<size_t>& chosen,
            double discount)
      : step_(kStep * discount) {
    for (size_t m : chosen) members_.push_back(&members[m]);
  }

  struct Result {
    std::vector<VariableId> keys;
    double cost = std::numeric_limits<double>::infinity();
    double rows = 0;
  };

  Result Best(const std::vector<VariableId>& shared) const {
    Result best;
    for (VariableId first : shared) {
      Result tried = From(first, shared);
      if (tried.cost < best.cost) best = std::move(tried);
    }
    return best;
  }

 private:
  double Distinct(const JoinMember& member, VariableId variable) const {
    return std::max(1.0, member.distinct[static_cast<size_t>(ColumnOf(*member.plan, variable))]);
  }

  // Binds one more variable; `prefixes`: distinct rows of each member by the
  // variables bound so far.
  double Bind(VariableId variable, std::vector<double>& prefixes, double& bindings) const {
    double least = std::numeric_limits<double>::infinity(), product = 1, domain = 1;
    size_t parts = 0;
    for (size_t i = 0; i < members_.size(); ++i) {
      if (ColumnOf(*members_[i]->plan, variable) < 0) continue;
      const double distinct = Distinct(*members_[i], variable);
      const double before = prefixes[i];
      prefixes[i] = std::min(std::max(1.0, members_[i]->plan->rows), before * distinct);
      const double fan_out = prefixes[i] / before;
      least = std::min(least, fan_out);
      product *= fan_out;
      domain = std::max(domain, distinct);
      ++parts;
    }
    const double steps = bindings * least * static_cast<double>(parts);
    const double matches = product / std::pow(domain, static_cast<double>(parts) - 1);
    bindings *= std::min(least, matches);
    return steps * step_;
  }

  Result From(VariableId first, std::vector<VariableId> shared) const {
    Result result;
    result.cost = 0;
    std::vector<double> prefixes(members_.size(), 1);
    double bindings = 1;
    double smallest = std::numeric_limits<double>::infinity();
    for (const JoinMember* member : members_) {
      if (ColumnOf(*member->plan, first) >= 0)
        smallest = std::min(smallest, Distinct(*member, first));
    }
    for (const JoinMember* member : members_) {
      const double rows = member->plan->rows;
      const bool streams = ColumnOf(*member->plan, first) >= 0;
      result.cost += kSeek + (streams ? std::min(kScanRow * rows, kSeek * smallest)
                                      : (kScanRow + kHeldRow) * rows);
    }
    VariableId next = first;
    while (true) {
      result.cost += Bind(next, prefixes, bindings);
      result.keys.push_back(next);
      std::erase(shared, next);
      if (shared.empty()) break;
      // The variable that leaves the fewest bindings.
      double fewest = std::numeric_limits<double>::infinity();
      for (VariableId variable : shared) {
        std::vector<double> tried_prefixes = prefixes;
        double tried = bindings;
        Bind(variable, tried_prefixes, tried);
        if (tried >= fewest) continue;
        fewest = tried;
        next = variable;
      }
    }
    result.rows = bindings;
    for (size_t i = 0; i < members_.size(); ++i) {
      result.rows *= std::max(1.0, members_[i]->plan->rows) / prefixes[i];
    }
    result.cost += kOutputRow * result.rows;
    return result;
  }

  double step_;
  std::vector<const JoinMember*> members_;
};

// Sorts a scan by the join variables it has, then the rest.
void SortBy(PlanNode& scan, const std::vector<VariableId>& keys) {
  std::vector<VariableId> wanted;
  for (VariableId key : keys) {
    if (ColumnOf(scan, key) >= 0) wanted.push_back(key);
  }
  for (const Order order :
       {Order::kSpo, Order::kSop, Order::kPso, Order::kPos, Order::kOsp, Order::kOps}) {
    std::vector<VariableId> sorted;
    bool constants_first = true;
    for (int position : ColumnsOf(order)) {
      if (position == 3) continue;
      const VariableId variable = scan.scan.variables[static_cast<size_t>(position)];
      if (variable != kNoVariable) {
        sorted.push_back(variable);
      } else {
        constants_first = constants_first && sorted.empty();
      }
    }
    if (!constants_first || !std::equal(wanted.begin(), wanted.end(), sorted.begin())) continue;
    scan.scan.order = order;
    scan.order = std::move(sorted);
    return;
  }
}

JoinMember Combine(const std::vector<JoinMember>& members, const std::vector<size_t>& chosen,
                   Estimator::Result estimate) {
  JoinMember combined;
  auto node = std::make_unique<PlanNode>();
  node->type = PlanType::kLeapfrogJoin;
  node->rows = estimate.rows;
  node->cost = estimate.cost;
  for (size_t m : chosen) {
    PlanPtr scan = ClonePlan(*members[m].plan);
    SortBy(*scan, estimate.keys);
    for (size_t c = 0; c < scan->schema.size(); ++c) {
      const double distinct = std::max(1.0, std::min(members[m].distinct[c], estimate.rows));
      const int held = ColumnOf(*node, scan->schema[c]);
      if (held >= 0) {
        double& known = combined.distinct[static_cast<size_t>(held)];
        known = std::min(known, distinct);
        continue;
      }
      node->schema.push_back(scan->schema[c]);
      node->certain.push_back(true);
      combined.distinct.push_back(distinct);
    }
    node->children.push_back(std::move(scan));
  }
  node->order = estimate.keys;
  node->keys = std::move(estimate.keys);
  combined.plan = std::move(node);
  return combined;
}

}  // namespace

std::vector<JoinMember> WithLeapfrogJoin(const PlannerContext& context,
                                         const std::vector<JoinMember>& members) {
  const bool forced = context.options.force_join == PlanType::kLeapfrogJoin;
  if (members.size() < (forced ? 2 : 3) || (!forced && context.options.force_join)) return {};
  const Candidates candidates = CandidatesOf(members);
  double discount = 1;
  const std::vector<size_t> positions = Choose(candidates, forced, discount);
  if (positions.size() < (forced ? 2 : 3)) return {};
  std::vector<VariableSet> sets;
  std::vector<size_t> chosen;
  for (size_t i : positions) {
    sets.push_back(candidates.sets[i]);
    chosen.push_back(candidates.members[i]);
  }
  const VariableSet shared = Shared(sets);
  std::vector<VariableId> keys;
  for (size_t v = 0; v < candidates.variables.size(); ++v) {
    if ((shared >> v & 1) != 0) keys.push_back(candidates.variables[v]);
  }
  std::vector<JoinMember> out;
  Estimator::Result estimate = Estimator(members, chosen, discount).Best(keys);
  out.push_back(Combine(members, chosen, std::move(estimate)));
  for (size_t m = 0; m < members.size(); ++m) {
    if (std::find(chosen.begin(), chosen.end(), m) != chosen.end()) continue;
    JoinMember copy;
    copy.plan = ClonePlan(*members[m].plan);
    copy.is_scan = members[m].is_scan;
    copy.distinct = members[m].distinct;
    out.push_back(std::move(copy));
  }
  return out;
}

}  // namespace sanad
