// Rows of a growing join, sampled through the index while joins are ordered
// (index-based join sampling; Leis et al., CIDR 2017).
//
// The sample starts with rows of one pattern. How many rows a further pattern
// would give is the mean of its exact counts, each with the values of one sampled
// row put in; joining it replaces the sample by some of the rows so found. So
// the estimate along a chain or in a star knows how its patterns depend on each
// other, which counts of single patterns do not tell.

#ifndef SANAD_QUERY_PLAN_JOIN_SAMPLE_H_
#define SANAD_QUERY_PLAN_JOIN_SAMPLE_H_

#include <optional>
#include <vector>

#include "query/plan/join_estimate.h"

namespace sanad {

// Single-threaded.
class JoinSample {
 public:
  // `size`: rows of the sample. `counts`: the counts that may be asked for; shared
  // by several samples.
  JoinSample(const QuadSource& source, const JoinEstimator& estimator,
             const std::vector<JoinMember>& members, double size, double& counts)
      : source_(source), estimator_(estimator), members_(members), size_(size), counts_(counts) {}

  // Fills the sample from one member. False, and the sample gives no estimates,
  // when it is no plain pattern or has too many rows.
  bool Start(size_t member);
  // The rows of one more member for each row so far, or nullopt when not known:
  // the member is no plain pattern, the sample has run dry.
  std::optional<double> Fanout(size_t member);
  // Joins the sample with a member.
  void Join(size_t member);
  // True when an estimate was not given for want of counts.
  bool exhausted() const { return exhausted_; }
  // True when no row of the sample was left at some step: the estimates from
  // there on are bounds.
  bool dry() const { return rows_.empty(); }
  // True when the sample is the whole join, and its estimates are exact.
  bool whole() const { return whole_; }

 private:
  using Row = std::vector<TermId>;  // By the estimator's index of variables.

  bool IsPlain(size_t member) const;
  ScanRequest RequestFor(size_t member, const Row& row) const;
  double CountFor(size_t member, const Row& row);
  // Appends rows of a member that agree with `row`: every `step`th from `first`,
  // as far as one batch goes.
  void Read(size_t member, const Row& row, double first, double step, std::vector<Row>& out);

  const QuadSource& source_;
  const JoinEstimator& estimator_;
  const std::vector<JoinMember>& members_;
  const double size_;
  double& counts_;
  std::vector<Row> rows_;
  bool whole_ = false;  // rows_ are all there are, not a sample.
  bool exhausted_ = false;
};

}  // namespace sanad

#endif  // SANAD_QUERY_PLAN_JOIN_SAMPLE_H_
