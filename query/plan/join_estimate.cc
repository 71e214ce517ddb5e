// See join_estimate.h.

#include "query/plan/join_estimate.h"

#include <algorithm>
#include <cmath>

namespace sanad {

JoinEstimator::JoinEstimator(const std::vector<JoinMember>& members) : members_(members) {
  indexes_.reserve(members.size());
  for (const JoinMember& member : members) {
    auto& indexes = indexes_.emplace_back();
    for (size_t c = 0; c < member.plan->schema.size(); ++c) {
      const VariableId variable = member.plan->schema[c];
      const size_t index = IndexOf(variable);
      if (index == variables_.size()) {
        variables_.push_back(variable);
        most_distinct_.push_back(1);
      }
      most_distinct_[index] = std::max(most_distinct_[index], member.distinct[c]);
      indexes.push_back(index);
    }
  }
}

size_t JoinEstimator::IndexOf(VariableId variable) const {
  return static_cast<size_t>(std::find(variables_.begin(), variables_.end(), variable) -
                             variables_.begin());
}

JoinSet JoinEstimator::Empty() const {
  JoinSet set;
  set.columns.resize(variables_.size());
  return set;
}

double JoinEstimator::Rows(const JoinSet& set, size_t member) const {
  double rows = set.rows * std::max(members_[member].plan->rows * members_[member].kept, 1e-3);
  for (size_t c = 0; c < indexes_[member].size(); ++c) {
    const size_t index = indexes_[member][c];
    const double held = set.columns[index].distinct;
    if (held <= 0) continue;
    const double contained = std::max({held, members_[member].distinct[c], 1.0});
    rows /= std::sqrt(contained * std::max(contained, most_distinct_[index]));
  }
  return rows;
}

JoinSet JoinEstimator::Join(const JoinSet& set, size_t member) const {
  return Join(set, member, Rows(set, member));
}

JoinSet JoinEstimator::Join(const JoinSet& set, size_t member, double rows) const {
  JoinSet joined = set;
  joined.rows = rows;
  for (size_t c = 0; c < indexes_[member].size(); ++c) {
    JoinSet::Column& column = joined.columns[indexes_[member][c]];
    const double here = std::max(members_[member].distinct[c], 1.0);
    if (members_[member].plan->certain[c]) column.certain = true;
    column.distinct = column.distinct > 0 ? std::min(column.distinct, here) : here;
  }
  for (JoinSet::Column& column : joined.columns) {
    if (column.distinct > 0) column.distinct = std::max(1.0, std::min(column.distinct, rows));
  }
  return joined;
}

bool JoinEstimator::Connected(const JoinSet& set, size_t member) const {
  return std::any_of(indexes_[member].begin(), indexes_[member].end(),
                     [&](size_t index) { return set.columns[index].distinct > 0; });
}

}  // namespace sanad
