// The greedy order is found first, since it costs little; what it is expected to
// cost bounds what the dynamic program may spend to better it, and whether joins
// are sampled.

#include "query/plan/join_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "query/plan/join_builder.h"
#include "query/plan/join_components.h"
#include "query/plan/join_costs.h"
#include "query/plan/join_estimate.h"
#include "query/plan/join_sample.h"
#include "query/plan/leapfrog.h"
#include "query/plan/value_ranges.h"

namespace sanad {
namespace {

using join_costs::kBuildRow;
using join_costs::kLookupRow;
using join_costs::kMergeRow;
using join_costs::kOutputRow;
using join_costs::kProbeRow;
using join_costs::kScanRow;
using join_costs::kSeek;
using join_costs::kSortRow;

constexpr size_t kMaxDynamic = 12;
// A step of the dynamic program, and a count of the sampling, in nanoseconds.
constexpr double kStep = 150;
constexpr double kCount = 1000;
// Of the expected cost that planning may take.
constexpr double kPlanningShare = 0.1;
constexpr double kMaxSteps = 30000;
constexpr double kSamplingShare = 0.2;
constexpr double kMaxCounts = 1500;
// Rows of a sample; a smaller one is not worth its while.
constexpr double kLeastSample = 8;
constexpr double kMostSample = 64;
// Counts that a row of a sample takes, for each member of the group.
constexpr double kCountsARow = 7;
// Of the rows of a pattern, where a filter leaves more than a batch of them.
constexpr double kLargeShare = 0.3;
constexpr size_t kSampledStarts = 3;  // Members that sampled orders start from.

// What the joins must be expected to cost for a leapfrog join to be considered.
constexpr double kLeapfrogWorth = 3e5;

using Mask = uint32_t;

// A partial tree.
struct State {
  double cost = std::numeric_limits<double>::infinity();
  double rows = 0;
  VariableId order = kNoVariable;
  int previous = -1;  // Index of the state it extends; -1: a member alone.
  int next = -1;      // Another state of the same members.
  size_t member = 0;  // The member added.
  PlanType method = PlanType::kScan;
  bool swapped = false;  // A hash join that builds what is joined so far.
  VariableId key = kNoVariable;
};

class Orderer {
 public:
  Orderer(PlannerContext& context, std::vector<JoinMember> members, std::vector<JoinFilter> filters,
          VariableId preferred)
      : context_(context),
        members_(std::move(members)),
        filters_(std::move(filters)),
        preferred_(preferred),
        estimator_(members_) {}

  PlanPtr Run();

 private:
  // The states of one set of members: the cheapest for each leading sort variable.
  using List = int;  // Index of the first; -1: none.

  void Extend(const State& state, int index, const JoinSet& set, const JoinSet& joined,
              size_t member);
  void ExtendByKeys(State next, const State& state, const JoinSet& set, const JoinSet& joined,
                    size_t member);
  void ExtendByHash(State next, const State& state, const JoinSet& set, const JoinSet& joined,
                    size_t member);
  void Start(size_t member);
  void Keep(List& list);
  double CostOf(const State& state) const;
  int Best(List list) const;
  double ScanCost(size_t member) const;
  // Finds the members whose objects filters compare with constants.
  void FindRanges();
  // Restricts a scan to its member's ranges where its order lets it.
  void UseRanges(const JoinMember& member, PlanNode& scan) const;

  List Dynamic(double steps);
  List Greedy(size_t first, JoinSample* sample);
  List Sampled(double counts);
  // An order that is likely to cost less than the greedy one, or -1.
  List Better(double greedy_cost);

  PlanPtr Build(int state);
  PlanPtr ApplyFilters(PlanPtr plan);
  int Search();
  PlanPtr Finish(int state);

  PlannerContext& context_;
  std::vector<JoinMember> members_;
  std::vector<JoinFilter> filters_;
  VariableId preferred_;
  JoinEstimator estimator_;
  std::vector<State> states_;
  bool empty_ = false;       // The join is known to have no rows.
  std::vector<State> ways_;  // To reach a set; Keep() sorts them into its list.
};

double Orderer::ScanCost(size_t member) const {
  const JoinMember& m = members_[member];
  return m.is_scan ? kSeek + kScanRow * m.plan->rows : m.plan->cost;
}

void Orderer::FindRanges() {
  for (JoinMember& member : members_) {
    const VariableId object = member.plan->scan.variables[2];
    if (!member.is_scan || object == kNoVariable) continue;
    std::vector<const algebra::Expression*> conditions;
    for (const JoinFilter& filter : filters_) {
      if (filter.variables.size() == 1 && filter.variables[0] == object) {
        conditions.push_back(filter.expression);
      }
    }
    if (conditions.empty()) continue;
    member.ranges = ValueRanges(conditions, context_.names[object]);
    if (member.ranges.empty()) continue;
    ScanRequest request;
    request.pattern = member.plan->scan.pattern;
    request.scope = member.plan->scan.scope;
    request.order = OrderFor(request.pattern, 2);
    request.ranges = member.ranges;
    auto scan = context_.query.source().Scan(request);
    if (!scan.ok()) continue;
    // A look at the first rows tells small shares from large ones.
    QuadBatch batch;
    const bool some = (*scan)->Next(batch);
    empty_ = empty_ || (!some && (*scan)->status().ok());
    const double share = static_cast<double>(batch.size) / std::max(1.0, member.plan->rows);
    member.kept =
        std::min(1.0, batch.size < QuadBatch::kCapacity ? share : std::max(share, kLargeShare));
  }
}

void Orderer::UseRanges(const JoinMember& member, PlanNode& scan) const {
  if (member.ranges.empty() || scan.order.empty() || scan.order[0] != scan.scan.variables[2]) {
    return;
  }
  scan.scan.ranges = member.ranges;
  scan.rows *= member.kept;
}

void Orderer::Start(size_t member) {
  const JoinMember& m = members_[member];
  State state;
  state.member = member;
  state.rows = m.plan->rows * m.kept;
  state.cost = ScanCost(member);
  ways_.clear();
  if (m.is_scan) {
    for (VariableId variable : m.plan->schema) {
      if (m.plan->scan.variables[3] == variable) continue;
      state.order = variable;
      const bool ranged = !m.ranges.empty() && variable == m.plan->scan.variables[2];
      state.cost = ranged ? kSeek + kScanRow * state.rows : ScanCost(member);
      ways_.push_back(state);
    }
  } else if (!m.plan->order.empty()) {
    state.order = m.plan->order[0];
  }
  if (ways_.empty()) ways_.push_back(state);
}

// The ways to join `member` to a state.
void Orderer::Extend(const State& state, int index, const JoinSet& set, const JoinSet& joined,
                     size_t member) {
  State next;
  next.previous = index;
  next.member = member;
  next.rows = joined.rows;
  ways_.clear();
  ExtendByKeys(next, state, set, joined, member);
  const auto forced = context_.options.force_join;
  const bool has_forced = forced && *forced != PlanType::kHashJoin &&
                          std::any_of(ways_.begin(), ways_.end(),
                                      [&](const State& way) { return way.method == *forced; });
  if (has_forced) return;
  ExtendByHash(next, state, set, joined, member);
}

// Merge and index joins.
void Orderer::ExtendByKeys(State next, const State& state, const JoinSet& set,
                           const JoinSet& joined, size_t member) {
  const JoinMember& m = members_[member];
  const double right = m.plan->rows;
  const double output = kOutputRow * joined.rows;
  const auto allowed = [&](PlanType method) {
    return !context_.options.force_join || *context_.options.force_join == method;
  };
  for (size_t c = 0; c < m.plan->schema.size(); ++c) {
    const VariableId variable = m.plan->schema[c];
    const JoinSet::Column& column = set.columns[estimator_.IndexesOf(member)[c]];
    // A row where the key is unbound joins with every row of the other side; a
    // graph leads no order.
    if (column.distinct <= 0 || !column.certain) continue;
    if (m.plan->scan.variables[3] == variable) continue;
    next.key = variable;
    const bool sorted = m.is_scan || (!m.plan->order.empty() && m.plan->order[0] == variable &&
                                      IsCertain(*m.plan, variable));
    if (state.order == variable && sorted && allowed(PlanType::kMergeJoin)) {
      next.method = PlanType::kMergeJoin;
      next.order = variable;
      next.cost = state.cost + ScanCost(member) + kMergeRow * (state.rows + right) + output;
      ways_.push_back(next);
    }
    if (m.is_scan && allowed(PlanType::kIndexJoin)) {
      const double keys = std::max(1.0, std::min(column.distinct, state.rows));
      const double held = std::max(1.0, m.distinct[c]);
      const double matches = state.rows * right / std::max(held, keys);
      const double a_key = std::min(kSeek, 100 + kScanRow * right / keys);
      next.method = PlanType::kIndexJoin;
      next.order = state.order;
      next.cost = state.cost + kSeek + kLookupRow * state.rows + a_key * keys +
                  kScanRow * std::min(matches, right * std::ceil(keys / held)) +
                  kOutputRow * matches + output;
      ways_.push_back(next);
    }
  }
}

void Orderer::ExtendByHash(State next, const State& state, const JoinSet& set,
                           const JoinSet& joined, size_t member) {
  const JoinMember& m = members_[member];
  const double right = m.plan->rows;
  double fixed = state.cost + ScanCost(member) + kOutputRow * joined.rows;
  if (!estimator_.Connected(set, member)) fixed += 4 * kOutputRow * joined.rows;
  next.method = PlanType::kHashJoin;
  next.key = kNoVariable;
  // A column that the join may fill in is not sorted any more.
  const bool filled = state.order != kNoVariable &&
                      !set.columns[estimator_.IndexOf(state.order)].certain &&
                      ColumnOf(*m.plan, state.order) >= 0;
  next.order = filled ? kNoVariable : state.order;
  next.cost = fixed + kBuildRow * right + kProbeRow * state.rows;
  ways_.push_back(next);
  // The other way round: build what is joined so far and stream the member.
  next.swapped = true;
  next.key = m.plan->schema.empty() ? kNoVariable : m.plan->schema[0];
  if (m.is_scan && m.plan->scan.variables[3] != next.key) {
    next.order = next.key;
  } else {
    next.order = m.plan->order.empty() ? kNoVariable : m.plan->order[0];
  }
  if (next.order != kNoVariable && !IsCertain(*m.plan, next.order) &&
      set.columns[estimator_.IndexOf(next.order)].distinct > 0) {
    next.order = kNoVariable;
  }
  next.cost = fixed + kBuildRow * state.rows + kProbeRow * right;
  ways_.push_back(next);
}

// Takes each of ways_ into a list unless a cheaper one of the same sort order is
// there.
void Orderer::Keep(List& list) {
  for (State& way : ways_) {
    int index = list;
    while (index >= 0 && states_[static_cast<size_t>(index)].order != way.order) {
      index = states_[static_cast<size_t>(index)].next;
    }
    if (index < 0) {
      way.next = list;
      list = static_cast<int>(states_.size());
      states_.push_back(way);
    } else if (State& held = states_[static_cast<size_t>(index)]; way.cost < held.cost) {
      way.next = held.next;
      held = way;
    }
  }
}

double Orderer::CostOf(const State& state) const {
  const bool wrong = preferred_ != kNoVariable && state.order != preferred_;
  return state.cost + (wrong ? kSortRow * state.rows : 0);
}

int Orderer::Best(List list) const {
  int best = list;
  for (int index = list; index >= 0; index = states_[static_cast<size_t>(index)].next) {
    if (CostOf(states_[static_cast<size_t>(index)]) < CostOf(states_[static_cast<size_t>(best)])) {
      best = index;
    }
  }
  return best;
}

// -1 when it takes more steps than it may.
Orderer::List Orderer::Dynamic(double steps) {
  const size_t n = members_.size();
  if (steps < static_cast<double>(n * n)) return -1;
  const Mask full = (Mask{1} << n) - 1;
  std::vector<List> table(size_t{full} + 1, -1);
  std::vector<JoinSet> sets(size_t{full} + 1);
  for (size_t m = 0; m < n; ++m) {
    Start(m);
    Keep(table[Mask{1} << m]);
    sets[Mask{1} << m] = estimator_.Join(estimator_.Empty(), m);
  }
  for (Mask mask = 1; mask < full; ++mask) {
    if (table[mask] < 0) continue;
    bool connected = false;
    for (size_t m = 0; m < n && !connected; ++m) {
      connected = (mask >> m & 1) == 0 && estimator_.Connected(sets[mask], m);
    }
    for (size_t m = 0; m < n; ++m) {
      if ((mask >> m & 1) != 0) continue;
      if (connected && !estimator_.Connected(sets[mask], m)) continue;
      const Mask joined = mask | Mask{1} << m;
      if (sets[joined].columns.empty()) sets[joined] = estimator_.Join(sets[mask], m);
      for (int index = table[mask]; index >= 0; index = states_[static_cast<size_t>(index)].next) {
        if (--steps < 0) return -1;
        const State state = states_[static_cast<size_t>(index)];
        Extend(state, index, sets[mask], sets[joined], m);
        Keep(table[joined]);
      }
    }
    sets[mask] = JoinSet();
  }
  return table[full];
}

// From a first member, always the join with the fewest rows, connected ones
// before others. -1 when the sample ends before.
Orderer::List Orderer::Greedy(size_t first, JoinSample* sample) {
  const size_t n = members_.size();
  std::vector<bool> used(n, false);
  used[first] = true;
  JoinSet set = estimator_.Join(estimator_.Empty(), first);
  List current = -1;
  Start(first);
  Keep(current);
  for (size_t step = 1; step < n; ++step) {
    size_t best = n;
    bool best_connected = false;
    double best_rows = 0;
    for (size_t m = 0; m < n; ++m) {
      if (used[m]) continue;
      const bool connected = estimator_.Connected(set, m);
      if (best_connected && !connected) continue;
      std::optional<double> fanout;
      if (sample != nullptr && connected) fanout = sample->Fanout(m);
      const double rows = fanout ? set.rows * *fanout * members_[m].kept : estimator_.Rows(set, m);
      if (best < n && connected == best_connected && rows >= best_rows) continue;
      best = m;
      best_connected = connected;
      best_rows = rows;
    }
    used[best] = true;
    if (sample != nullptr) {
      if (sample->exhausted()) return -1;
      sample->Join(best);
      empty_ = empty_ || (sample->whole() && sample->dry());
    }
    JoinSet joined = estimator_.Join(set, best, best_rows);
    List next = -1;
    for (int index = current; index >= 0; index = states_[static_cast<size_t>(index)].next) {
      const State state = states_[static_cast<size_t>(index)];
      Extend(state, index, set, joined, best);
      Keep(next);
    }
    current = next;
    set = std::move(joined);
  }
  return current;
}

// Greedy orders from some of the smallest members, with joins sampled; -1 when
// none can be. All of them join the same members: one that expects fewer rows than
// another has missed some on its way, as small samples do where a few ids have most
// of the rows, and its cost is raised accordingly.
Orderer::List Orderer::Sampled(double counts) {
  const double size =
      std::min(kMostSample, counts / (kCountsARow * static_cast<double>(members_.size())));
  if (size < kLeastSample) return -1;
  std::vector<size_t> starts(members_.size());
  for (size_t m = 0; m < starts.size(); ++m) starts[m] = m;
  std::sort(starts.begin(), starts.end(),
            [&](size_t a, size_t b) { return members_[a].plan->rows < members_[b].plan->rows; });
  struct Candidate {
    List list;
    bool exact;
  };
  std::vector<Candidate> candidates;
  double most_rows = 1;
  for (size_t i = 0; i < std::min(starts.size(), kSampledStarts); ++i) {
    const size_t start = starts[i];
    JoinSample sample(context_.query.source(), estimator_, members_, size, counts);
    const List list = sample.Start(start) ? Greedy(start, &sample) : -1;
    if (empty_) return list;
    if (list < 0) continue;
    candidates.push_back({list, sample.whole()});
    const double rows = states_[static_cast<size_t>(list)].rows;
    if (!sample.dry()) most_rows = std::max(most_rows, rows);
  }
  const auto cost = [&](const Candidate& candidate) {
    const State& state = states_[static_cast<size_t>(Best(candidate.list))];
    const double missed =
        candidate.exact ? 1 : std::max(1.0, most_rows / std::max(1.0, state.rows));
    return CostOf(state) * std::sqrt(missed);
  };
  const auto best =
      std::min_element(candidates.begin(), candidates.end(),
                       [&](const auto& a, const auto& b) { return cost(a) < cost(b); });
  return best == candidates.end() ? -1 : best->list;
}

Orderer::List Orderer::Better(double greedy_cost) {
  using Ordering = PlannerOptions::Ordering;
  const Ordering ordering = context_.options.ordering;
  if (ordering == Ordering::kGreedy || members_.size() < 2) return -1;
  const bool by_cost = ordering == Ordering::kByCost;
  List list = -1;
  if (members_.size() > 2 && ordering != Ordering::kDynamic) {
    const double counts = by_cost ? greedy_cost * kSamplingShare / kCount : kMaxCounts;
    list = Sampled(std::min(counts, kMaxCounts));
  }
  if (list < 0 && members_.size() <= kMaxDynamic) {
    const double steps = by_cost ? greedy_cost * kPlanningShare / kStep : kMaxSteps;
    list = Dynamic(std::min(steps, kMaxSteps));
  }
  return list;
}

PlanPtr Orderer::ApplyFilters(PlanPtr plan) {
  std::vector<const algebra::Expression*> conditions;
  for (JoinFilter& filter : filters_) {
    if (filter.applied) continue;
    const bool ready = std::all_of(filter.variables.begin(), filter.variables.end(),
                                   [&](VariableId v) { return IsCertain(*plan, v); });
    if (!ready) continue;
    filter.applied = true;
    conditions.push_back(filter.expression);
  }
  return AddFilter(std::move(plan), std::move(conditions));
}

PlanPtr Orderer::Build(int index) {
  const State state = states_[static_cast<size_t>(index)];
  JoinMember& member = members_[state.member];
  PlanPtr right = std::move(member.plan);
  if (state.previous < 0) {
    if (member.is_scan) {
      SortScanBy(*right, state.order);
      UseRanges(member, *right);
    }
    return ApplyFilters(std::move(right));
  }
  PlanPtr left = Build(state.previous);
  PlanPtr joined;
  if (member.is_scan) {
    SortScanBy(*right, state.key);
    UseRanges(member, *right);
  }
  if (state.method == PlanType::kIndexJoin) {
    joined = MakeIndexJoin(std::move(left), std::move(right), state.key, JoinMode::kInner);
  } else {
    right = ApplyFilters(std::move(right));
    if (state.method == PlanType::kMergeJoin) {
      joined = MakeMergeJoin(std::move(left), std::move(right), state.key, JoinMode::kInner);
    } else if (state.swapped) {
      joined = MakeHashJoin(std::move(right), std::move(left), JoinMode::kInner);
    } else {
      joined = MakeHashJoin(std::move(left), std::move(right), JoinMode::kInner);
    }
  }
  joined->rows = state.rows;
  joined->cost = state.cost;
  return ApplyFilters(std::move(joined));
}

// The index of the best state, or -1 where the joins were seen to give no rows.
int Orderer::Search() {
  FindRanges();
  if (empty_) return -1;
  const auto fewer = [](const JoinMember& a, const JoinMember& b) {
    return a.plan->rows * a.kept < b.plan->rows * b.kept;
  };
  const auto smallest = std::min_element(members_.begin(), members_.end(), fewer);
  List list = Greedy(static_cast<size_t>(smallest - members_.begin()), nullptr);
  const List other = Better(CostOf(states_[static_cast<size_t>(Best(list))]));
  if (empty_) return -1;
  return Best(other >= 0 ? other : list);
}

PlanPtr Orderer::Run() {
  const int best = Search();
  if (best < 0) return MakeNothing(estimator_.variables());
  const double cost = CostOf(states_[static_cast<size_t>(best)]);
  if (cost >= kLeapfrogWorth || context_.options.force_join) {
    if (auto members = WithLeapfrogJoin(context_, members_); !members.empty()) {
      Orderer other(context_, std::move(members), filters_, preferred_);
      const int with = other.Search();
      if (with >= 0 && (context_.options.force_join ||
                        other.CostOf(other.states_[static_cast<size_t>(with)]) < cost)) {
        return other.Finish(with);
      }
    }
  }
  return Finish(best);
}

PlanPtr Orderer::Finish(int state) {
  PlanPtr plan = Build(state);
  std::vector<const algebra::Expression*> rest;
  for (const JoinFilter& filter : filters_) {
    if (!filter.applied) rest.push_back(filter.expression);
  }
  return AddFilter(std::move(plan), std::move(rest));
}

// Sets of members that share variables, directly or through others.
std::vector<std::vector<JoinMember>> Components(std::vector<JoinMember> members) {
  std::vector<std::vector<JoinMember>> components;
  for (JoinMember& member : members) {
    std::vector<JoinMember> joined;
    for (auto& component : components) {
      const bool touches =
          std::any_of(component.begin(), component.end(), [&](const JoinMember& other) {
            return !SharedVariables(*other.plan, *member.plan).empty();
          });
      if (!touches) continue;
      std::move(component.begin(), component.end(), std::back_inserter(joined));
      component.clear();
    }
    joined.push_back(std::move(member));
    components.push_back(std::move(joined));
    std::erase_if(components, [](const auto& component) { return component.empty(); });
  }
  return components;
}

}  // namespace

PlanPtr OrderJoins(PlannerContext& context, std::vector<JoinMember> members,
                   std::vector<JoinFilter> filters, VariableId preferred) {
  auto components = Components(std::move(members));
  if (components.size() == 1) {
    return Orderer(context, std::move(components[0]), std::move(filters), preferred).Run();
  }
  std::vector<PlanPtr> parts;
  for (auto& component : components) {
    std::vector<JoinFilter> own;
    for (JoinFilter& filter : filters) {
      const bool inside =
          !filter.applied && !filter.variables.empty() &&
          std::all_of(filter.variables.begin(), filter.variables.end(), [&](VariableId variable) {
            return std::any_of(component.begin(), component.end(), [&](const JoinMember& member) {
              return ColumnOf(*member.plan, variable) >= 0;
            });
          });
      if (!inside) continue;
      own.push_back(filter);
      filter.applied = true;
    }
    parts.push_back(Orderer(context, std::move(component), std::move(own), preferred).Run());
  }
  return JoinComponents(context, std::move(parts), std::move(filters));
}

}  // namespace sanad
