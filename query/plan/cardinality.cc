// A pattern with a constant predicate and no other constant uses the numbers the
// store keeps by predicate; with a subject or object too, the free position is
// distinct in every row.

#include "query/plan/cardinality.h"

#include <algorithm>
#include <cmath>

namespace sanad {

std::vector<double> DistinctCounts(const PlanNode& node, const QuadSource& source) {
  const ScanPlan& scan = node.scan;
  const double rows = std::max(1.0, node.rows);
  double by_position[4] = {rows, rows, rows, std::sqrt(rows)};
  const bool subject = !scan.pattern.subject.is_undefined();
  const bool object = !scan.pattern.object.is_undefined();
  if (scan.pattern.predicate.is_undefined()) {
    by_position[1] = subject || object ? std::min(rows, 20.0) : std::min(rows, 100.0);
    if (!subject && !object) {
      by_position[0] = rows / 5;
      by_position[2] = rows / 3;
    }
  } else if (!subject && !object) {
    const PredicateCounts counts = source.CountsOf(scan.pattern.predicate);
    if (counts.distinct_subjects > 0) {
      by_position[0] = std::min(rows, static_cast<double>(counts.distinct_subjects));
    }
    if (counts.distinct_objects > 0) {
      by_position[2] = std::min(rows, static_cast<double>(counts.distinct_objects));
    }
  }
  std::vector<double> distinct;
  for (VariableId variable : node.schema) {
    double count = rows;
    for (size_t position = 0; position < 4; ++position) {
      if (scan.variables[position] == variable) count = by_position[position];
    }
    distinct.push_back(std::max(1.0, count));
  }
  return distinct;
}

}  // namespace sanad
