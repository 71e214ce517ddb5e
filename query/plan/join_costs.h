// What the planner takes operators to cost.
//
// Nanoseconds, with figures measured on block scans: what matters is their
// ratio. A seek in an index costs as much as some 150 scanned rows; merge joins
// are several times cheaper a row than hash joins.

#ifndef SANAD_QUERY_PLAN_JOIN_COSTS_H_
#define SANAD_QUERY_PLAN_JOIN_COSTS_H_

namespace sanad::join_costs {

inline constexpr double kScanRow = 4;
inline constexpr double kMergeRow = 6;
inline constexpr double kBuildRow = 60;
inline constexpr double kProbeRow = 25;
inline constexpr double kOutputRow = 8;
inline constexpr double kSeek = 1500;
inline constexpr double kLookupRow = 20;  // Sorting a batch's keys.
inline constexpr double kSortRow = 60;    // Wrong order at the end, a row.

}  // namespace sanad::join_costs

#endif  // SANAD_QUERY_PLAN_JOIN_COSTS_H_
