// Costs are nanoseconds, with figures measured on block scans: what matters is
// their ratio. A seek in an index costs as much as some 300 scanned rows; merge
// joins are several times cheaper a row than hash joins.

#include "query/plan/join_order.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "query/plan/join_builder.h"

namespace sanad {
namespace {

constexpr double kScanRow = 4;
constexpr double kMergeRow = 6;
constexpr double kBuildRow = 60;
constexpr double kProbeRow = 25;
constexpr double kOutputRow = 8;
constexpr double kSeek = 1500;
constexpr double kLookupRow = 20;  // Sorting a batch's keys.
constexpr double kSortRow = 60;    // Wrong order at the end, a row.
constexpr size_t kMaxDynamic = 12;
constexpr double kMinSteps = 300;    // Extensions tried by the dynamic program, at least
constexpr double kMaxSteps = 30000;  // and at most.

using Mask = uint32_t;

// A partial tree of the dynamic program.
struct State {
  double cost = std::numeric_limits<double>::infinity();
  double rows = 0;
  VariableId order = kNoVariable;
  int previous = -1;  // Index of the state it extends; -1: a member alone.
  size_t member = 0;  // The member added.
  PlanType method = PlanType::kScan;
  VariableId key = kNoVariable;
};

class Orderer {
 public:
  Orderer(PlannerContext& context, std::vector<JoinMember> members, std::vector<JoinFilter> filters,
          VariableId preferred)
      : context_(context),
        members_(std::move(members)),
        filters_(std::move(filters)),
        preferred_(preferred) {
    for (const auto& member : members_) {
      for (VariableId variable : member.plan->schema) {
        if (std::find(variables_.begin(), variables_.end(), variable) == variables_.end()) {
          variables_.push_back(variable);
        }
      }
    }
    for (const auto& member : members_) {
      auto& local = locals_.emplace_back();
      for (VariableId variable : member.plan->schema) local.push_back(Local(variable));
    }
  }

  PlanPtr Run();

 private:
  struct Set {  // A set of joined members, as estimates see it.
    double rows = 1;
    std::vector<double> distinct;  // By index in variables_; 0: absent.
    std::vector<bool> certain;     // By index in variables_; bound in every row.
  };

  size_t Local(VariableId variable) const {
    return static_cast<size_t>(std::find(variables_.begin(), variables_.end(), variable) -
                               variables_.begin());
  }
  Set Join(const Set& set, size_t member_index) const;
  void Extend(const State& state, int index, const Set& set, const Set& joined, size_t member,
              std::vector<State>& out) const;
  void Keep(std::vector<int>& candidates, const State& state);
  bool Connected(const Set& set, size_t member) const;
  PlanPtr Build(int state);
  PlanPtr ApplyFilters(PlanPtr plan);
  void Start(size_t member, std::vector<State>& out) const;
  int Dynamic();
  int Greedy();
  int Best(const std::vector<int>& candidates) const;

  PlannerContext& context_;
  std::vector<JoinMember> members_;
  std::vector<JoinFilter> filters_;
  VariableId preferred_;
  std::vector<VariableId> variables_;
  std::vector<std::vector<size_t>> locals_;  // By member: its columns' indexes in variables_.
  std::vector<State> states_;
};

Orderer::Set Orderer::Join(const Set& set, size_t member_index) const {
  const JoinMember& member = members_[member_index];
  const auto& local = locals_[member_index];
  Set joined;
  joined.rows = set.rows * std::max(member.plan->rows, 1e-3);
  joined.distinct = set.distinct;
  joined.distinct.resize(variables_.size(), 0);
  joined.certain = set.certain;
  joined.certain.resize(variables_.size(), false);
  for (size_t c = 0; c < member.plan->schema.size(); ++c) {
    double& held = joined.distinct[local[c]];
    const double here = std::max(member.distinct[c], 1.0);
    if (member.plan->certain[c]) joined.certain[local[c]] = true;
    if (held > 0) {
      joined.rows /= std::max(held, here);
      held = std::min(held, here);
    } else {
      held = here;
    }
  }
  for (double& held : joined.distinct) {
    if (held > 0) held = std::max(1.0, std::min(held, joined.rows));
  }
  return joined;
}

bool Orderer::Connected(const Set& set, size_t member) const {
  for (size_t index : locals_[member]) {
    if (set.distinct[index] > 0) return true;
  }
  return false;
}

void Orderer::Start(size_t member, std::vector<State>& out) const {
  const JoinMember& m = members_[member];
  State state;
  state.member = member;
  state.rows = m.plan->rows;
  state.cost = m.plan->cost;
  if (!m.is_scan) {
    if (!m.plan->order.empty()) state.order = m.plan->order[0];
    out.push_back(state);
    return;
  }
  state.cost = kSeek + kScanRow * m.plan->rows;
  for (VariableId variable : m.plan->schema) {
    if (m.plan->scan.variables[3] == variable) continue;
    state.order = variable;
    out.push_back(state);
  }
  if (out.empty() || out.back().member != member) {
    state.order = kNoVariable;
    out.push_back(state);
  }
}

// The ways to join `member` to a state.
void Orderer::Extend(const State& state, int index, const Set& set, const Set& joined,
                     size_t member, std::vector<State>& out) const {
  const JoinMember& m = members_[member];
  const double right = m.plan->rows;
  const double scan_cost = m.is_scan ? kSeek + kScanRow * right : m.plan->cost;
  State next;
  next.previous = index;
  next.member = member;
  next.rows = joined.rows;
  const double output = kOutputRow * joined.rows;
  const auto forced = context_.options.force_join;
  bool may_index = false;
  for (size_t c = 0; c < m.plan->schema.size(); ++c) {
    const VariableId variable = m.plan->schema[c];
    if (set.distinct[locals_[member][c]] <= 0) continue;
    if (m.plan->scan.variables[3] == variable) continue;  // A graph leads no order.
    // A row where the key is unbound joins with every row of the other side.
    if (!set.certain[locals_[member][c]]) continue;
    const bool sorted = m.is_scan || (!m.plan->order.empty() && m.plan->order[0] == variable &&
                                      IsCertain(*m.plan, variable));
    if (state.order == variable && sorted && (!forced || *forced == PlanType::kMergeJoin)) {
      next.method = PlanType::kMergeJoin;
      next.key = variable;
      next.order = variable;
      next.cost = state.cost + scan_cost + kMergeRow * (state.rows + right) + output;
      out.push_back(next);
    }
    if (m.is_scan && (!forced || *forced == PlanType::kIndexJoin)) {
      may_index = true;
      const double keys = std::max(1.0, std::min(set.distinct[locals_[member][c]], state.rows));
      const double held = std::max(1.0, m.distinct[c]);
      const double matches = state.rows * right / std::max(held, keys);
      const double a_key = std::min(kSeek, 100 + kScanRow * right / keys);
      next.method = PlanType::kIndexJoin;
      next.key = variable;
      next.order = state.order;
      next.cost = state.cost + kSeek + kLookupRow * state.rows + a_key * keys +
                  kScanRow * std::min(matches, right * std::ceil(keys / held)) +
                  kOutputRow * matches + output;
      out.push_back(next);
    }
  }
  const bool merge_forced = forced == PlanType::kMergeJoin && !out.empty();
  if (merge_forced || (forced == PlanType::kIndexJoin && may_index)) return;
  next.method = PlanType::kHashJoin;
  next.key = kNoVariable;
  // A column that the join may fill in is not sorted any more.
  const bool filled = state.order != kNoVariable && !set.certain[Local(state.order)] &&
                      ColumnOf(*m.plan, state.order) >= 0;
  next.order = filled ? kNoVariable : state.order;
  next.cost = state.cost + scan_cost + kBuildRow * right + kProbeRow * state.rows + output;
  if (!Connected(set, member)) next.cost += output * 4;
  out.push_back(next);
  // The other way round: build what is joined so far and stream the member.
  next.key = m.plan->schema.empty() ? kNoVariable : m.plan->schema[0];
  if (m.is_scan && m.plan->scan.variables[3] != next.key) {
    next.order = next.key;
  } else {
    next.order = m.plan->order.empty() ? kNoVariable : m.plan->order[0];
  }
  if (next.order != kNoVariable && !IsCertain(*m.plan, next.order) &&
      set.distinct[Local(next.order)] > 0) {
    next.order = kNoVariable;
  }
  next.method = PlanType::kGroup;  // Stands for "hash join, sides swapped" here.
  next.cost = state.cost + scan_cost + kBuildRow * state.rows + kProbeRow * right + output;
  if (!Connected(set, member)) next.cost += output * 4;
  out.push_back(next);
}

// Keeps a state when no cheaper one of the same sort order is there.
void Orderer::Keep(std::vector<int>& candidates, const State& state) {
  for (int index : candidates) {
    State& held = states_[static_cast<size_t>(index)];
    if (held.order == state.order) {
      if (state.cost < held.cost) held = state;
      return;
    }
  }
  states_.push_back(state);
  candidates.push_back(static_cast<int>(states_.size()) - 1);
}

int Orderer::Best(const std::vector<int>& candidates) const {
  int best = -1;
  double best_cost = std::numeric_limits<double>::infinity();
  for (int index : candidates) {
    const State& state = states_[static_cast<size_t>(index)];
    double cost = state.cost;
    if (preferred_ != kNoVariable && state.order != preferred_) cost += kSortRow * state.rows;
    if (cost < best_cost) {
      best_cost = cost;
      best = index;
    }
  }
  return best;
}

int Orderer::Dynamic() {
  const size_t n = members_.size();
  const Mask full = (Mask{1} << n) - 1;
  std::vector<std::vector<int>> table(full + 1);
  std::vector<Set> sets(full + 1);
  std::vector<State> ways;
  Set empty;
  empty.distinct.assign(variables_.size(), 0);
  empty.certain.assign(variables_.size(), false);
  for (size_t m = 0; m < n; ++m) {
    ways.clear();
    Start(m, ways);
    for (const State& state : ways) Keep(table[Mask{1} << m], state);
    sets[Mask{1} << m] = Join(empty, m);
  }
  // Planning is worth a share of the work at stake: each step costs some 100 ns.
  double smallest = members_[0].plan->rows;
  for (const JoinMember& member : members_) smallest = std::min(smallest, member.plan->rows);
  const double budget = std::clamp(smallest * static_cast<double>(n), kMinSteps, kMaxSteps);
  double steps = 0;
  for (Mask mask = 1; mask < full; ++mask) {
    if (table[mask].empty()) continue;
    bool connected = false;
    for (size_t m = 0; m < n && !connected; ++m) {
      connected = (mask >> m & 1) == 0 && Connected(sets[mask], m);
    }
    for (size_t m = 0; m < n; ++m) {
      if ((mask >> m & 1) != 0) continue;
      if (connected && !Connected(sets[mask], m)) continue;
      const Mask joined = mask | Mask{1} << m;
      if (sets[joined].distinct.empty()) sets[joined] = Join(sets[mask], m);
      for (size_t i = 0; i < table[mask].size(); ++i) {
        if (++steps > budget) return -1;
        const int index = table[mask][i];
        ways.clear();
        Extend(State(states_[static_cast<size_t>(index)]), index, sets[mask], sets[joined], m,
               ways);
        for (const State& state : ways) Keep(table[joined], state);
      }
    }
  }
  return Best(table[full]);
}

// From the smallest member, always the join with the fewest rows, then the least
// cost.
int Orderer::Greedy() {
  const size_t n = members_.size();
  std::vector<bool> used(n, false);
  size_t first = 0;
  for (size_t m = 1; m < n; ++m) {
    if (members_[m].plan->rows < members_[first].plan->rows) first = m;
  }
  used[first] = true;
  Set set;
  set.distinct.assign(variables_.size(), 0);
  set.certain.assign(variables_.size(), false);
  set = Join(set, first);
  std::vector<State> ways;
  Start(first, ways);
  std::vector<int> current;
  for (const State& state : ways) Keep(current, state);
  for (size_t step = 1; step < n; ++step) {
    size_t best = n;
    bool best_connected = false;
    Set best_set;
    for (size_t m = 0; m < n; ++m) {
      if (used[m]) continue;
      const bool connected = Connected(set, m);
      Set joined = Join(set, m);
      if (best == n || (connected && !best_connected) ||
          (connected == best_connected && joined.rows < best_set.rows)) {
        best = m;
        best_connected = connected;
        best_set = std::move(joined);
      }
    }
    used[best] = true;
    std::vector<int> next;
    for (int index : current) {
      ways.clear();
      Extend(State(states_[static_cast<size_t>(index)]), index, set, best_set, best, ways);
      for (const State& state : ways) Keep(next, state);
    }
    current = std::move(next);
    set = std::move(best_set);
  }
  return Best(current);
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
    if (member.is_scan) SortScanBy(*right, state.order);
    return ApplyFilters(std::move(right));
  }
  PlanPtr left = Build(state.previous);
  PlanPtr joined;
  switch (state.method) {
    case PlanType::kMergeJoin:
      if (member.is_scan) SortScanBy(*right, state.key);
      right = ApplyFilters(std::move(right));
      joined = MakeMergeJoin(std::move(left), std::move(right), state.key, JoinMode::kInner);
      break;
    case PlanType::kIndexJoin:
      SortScanBy(*right, state.key);
      joined = MakeIndexJoin(std::move(left), std::move(right), state.key, JoinMode::kInner);
      break;
    case PlanType::kGroup:
      if (member.is_scan) SortScanBy(*right, state.key);
      right = ApplyFilters(std::move(right));
      joined = MakeHashJoin(std::move(right), std::move(left), JoinMode::kInner);
      break;
    default:
      if (member.is_scan) SortScanBy(*right, kNoVariable);
      right = ApplyFilters(std::move(right));
      joined = MakeHashJoin(std::move(left), std::move(right), JoinMode::kInner);
  }
  joined->rows = state.rows;
  joined->cost = state.cost;
  return ApplyFilters(std::move(joined));
}

PlanPtr Orderer::Run() {
  int best = -1;
  if (members_.size() <= kMaxDynamic) {
    best = Dynamic();
    if (best < 0) states_.clear();
  }
  if (best < 0) best = Greedy();
  PlanPtr plan = Build(best);
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

// Equality of a variable of each side, both always bound.
bool LinksByValue(PlannerContext& context, const algebra::Expression& condition,
                  const PlanNode& left, const PlanNode& right,
                  std::pair<VariableId, VariableId>& link) {
  if (condition.type != algebra::ExpressionType::kEqual) return false;
  for (const auto& argument : condition.arguments) {
    if (argument->type != algebra::ExpressionType::kVariable) return false;
  }
  VariableId a = context.Variable(condition.arguments[0]->variable.name);
  VariableId b = context.Variable(condition.arguments[1]->variable.name);
  if (!IsCertain(left, a)) std::swap(a, b);
  if (!IsCertain(left, a) || !IsCertain(right, b) || ColumnOf(left, b) >= 0) return false;
  link = {a, b};
  return true;
}

// A join of parts without shared variables: by an equality between their values
// where there is one. The larger streams past the smaller.
PlanPtr JoinComponents(PlannerContext& context, std::vector<PlanPtr> parts,
                       std::vector<JoinFilter> filters) {
  std::stable_sort(parts.begin(), parts.end(),
                   [](const PlanPtr& a, const PlanPtr& b) { return a->rows > b->rows; });
  PlanPtr plan = std::move(parts[0]);
  parts.erase(parts.begin());
  while (!parts.empty()) {
    size_t next = parts.size() - 1;
    std::pair<VariableId, VariableId> link;
    for (size_t i = 0; i < parts.size(); ++i) {
      const bool linked =
          std::any_of(filters.begin(), filters.end(), [&](const JoinFilter& filter) {
            return !filter.applied &&
                   LinksByValue(context, *filter.expression, *plan, *parts[i], link);
          });
      if (!linked) continue;
      next = i;
      break;
    }
    const double rows = plan->rows * parts[next]->rows;
    PlanPtr joined = MakeHashJoin(std::move(plan), std::move(parts[next]), JoinMode::kInner);
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(next));
    joined->rows = rows;
    joined->cost += kOutputRow * rows;
    for (JoinFilter& filter : filters) {
      if (filter.applied || !LinksByValue(context, *filter.expression, *joined->children[0],
                                          *joined->children[1], link)) {
        continue;
      }
      filter.applied = true;
      joined->value_keys.push_back(link);
      joined->conditions.push_back(filter.expression);
      joined->rows /= std::max(1.0, std::max(joined->children[0]->rows, joined->children[1]->rows));
    }
    plan = std::move(joined);
    std::vector<const algebra::Expression*> ready;
    for (JoinFilter& filter : filters) {
      if (filter.applied || !std::all_of(filter.variables.begin(), filter.variables.end(),
                                         [&](VariableId v) { return IsCertain(*plan, v); })) {
        continue;
      }
      filter.applied = true;
      ready.push_back(filter.expression);
    }
    plan = AddFilter(std::move(plan), std::move(ready));
  }
  std::vector<const algebra::Expression*> rest;
  for (const JoinFilter& filter : filters) {
    if (!filter.applied) rest.push_back(filter.expression);
  }
  return AddFilter(std::move(plan), std::move(rest));
}

}  // namespace

void AddValueKey(PlannerContext& context, PlanNode& join, const algebra::Expression& condition) {
  std::pair<VariableId, VariableId> link;
  if (join.type == PlanType::kHashJoin &&
      LinksByValue(context, condition, *join.children[0], *join.children[1], link)) {
    join.value_keys.push_back(link);
  }
}

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

PlanPtr JoinPlans(PlannerContext& context, PlanPtr left, PlanPtr right, JoinMode mode,
                  bool right_is_scan, std::vector<const algebra::Expression*> conditions) {
  const std::vector<VariableId> shared = SharedVariables(*left, *right);
  VariableId key = kNoVariable;
  bool certain = !shared.empty();
  for (VariableId variable : shared) {
    if (!IsCertain(*left, variable) || !IsCertain(*right, variable)) {
      certain = false;
      continue;
    }
    if (right_is_scan && right->scan.variables[3] == variable) continue;
    if (key == kNoVariable || (!left->order.empty() && left->order[0] == variable)) key = variable;
  }
  const auto forced = context.options.force_join;
  const double rows = left->rows;
  PlanPtr joined;
  const bool left_sorted = !left->order.empty() && left->order[0] == key;
  const bool right_sorted = right_is_scan || (!right->order.empty() && right->order[0] == key);
  const bool merge = key != kNoVariable && left_sorted && right_sorted;
  const bool index = key != kNoVariable && right_is_scan;
  const double index_cost =
      rows * std::min(kSeek, 100 + kScanRow * right->rows / std::max(rows, 1.0));
  const double hash_cost = right->rows * (kScanRow + kBuildRow) + rows * kProbeRow;
  if (context.options.rewrite && merge && certain &&
      forced.value_or(PlanType::kMergeJoin) == PlanType::kMergeJoin &&
      (!index || index_cost > kMergeRow * (rows + right->rows) || forced)) {
    if (right_is_scan) SortScanBy(*right, key);
    joined = MakeMergeJoin(std::move(left), std::move(right), key, mode);
  } else if (context.options.rewrite && index && certain &&
             (forced ? *forced == PlanType::kIndexJoin : index_cost < hash_cost)) {
    SortScanBy(*right, key);
    joined = MakeIndexJoin(std::move(left), std::move(right), key, mode);
  } else {
    if (right_is_scan) SortScanBy(*right, key);
    joined = MakeHashJoin(std::move(left), std::move(right), mode);
  }
  for (const algebra::Expression* condition : conditions) AddValueKey(context, *joined, *condition);
  joined->conditions = std::move(conditions);
  joined->rows = mode == JoinMode::kLeft ? rows : rows / 2;
  return joined;
}

}  // namespace sanad
