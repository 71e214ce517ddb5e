// Estimates of joined members of a join group: rows, and distinct ids by column.
//
// Two members that share a variable are taken to share as many of its ids as
// lie between two extremes: all ids of the one with fewer (containment), and
// what independent choices from the largest set of ids of the group would share.
// The geometric mean of both is used. In a chain, where a variable stands in two
// members, both are the same; in a star the second tells its members apart.

#ifndef SANAD_QUERY_PLAN_JOIN_ESTIMATE_H_
#define SANAD_QUERY_PLAN_JOIN_ESTIMATE_H_

#include <cstddef>
#include <vector>

#include "query/plan/join_order.h"

namespace sanad {

// A set of joined members, as estimates see it.
struct JoinSet {
  struct Column {
    double distinct = 0;   // 0: not bound by any member of the set.
    bool certain = false;  // Bound in every row.
  };
  double rows = 1;
  std::vector<Column> columns;  // By JoinEstimator's index of variables.
};

// Borrows the members, whose plans stay in place.
class JoinEstimator {
 public:
  explicit JoinEstimator(const std::vector<JoinMember>& members);

  // The variables of the group, and the index of one of them.
  const std::vector<VariableId>& variables() const { return variables_; }
  size_t IndexOf(VariableId variable) const;
  // By column of a member's schema: its variable's index.
  const std::vector<size_t>& IndexesOf(size_t member) const { return indexes_[member]; }

  JoinSet Empty() const;
  JoinSet Join(const JoinSet& set, size_t member) const;
  // The same where the number of rows is known from elsewhere.
  JoinSet Join(const JoinSet& set, size_t member, double rows) const;
  // The rows alone.
  double Rows(const JoinSet& set, size_t member) const;
  // True when they share a variable.
  bool Connected(const JoinSet& set, size_t member) const;

 private:
  const std::vector<JoinMember>& members_;
  std::vector<VariableId> variables_;
  std::vector<double> most_distinct_;  // By variable: of all members.
  std::vector<std::vector<size_t>> indexes_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_JOIN_ESTIMATE_H_
