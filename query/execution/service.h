// SERVICE: solutions that the caller's client fetches. With SILENT a failure is
// one empty solution (SPARQL 1.1 Federated Query, section 2.2).

#ifndef SANAD_QUERY_EXECUTION_SERVICE_H_
#define SANAD_QUERY_EXECUTION_SERVICE_H_

#include <string>
#include <vector>

#include "query/execution/operator.h"

namespace sanad {

class Service : public Operator {
 public:
  Service(QueryContext& context, const PlanNode& node, const Plan& plan);
  bool Next(Batch& batch) override;

 private:
  bool Fetch();

  const PlanNode& node_;
  std::vector<std::string> variables_;
  std::vector<std::vector<Term>> rows_;
  size_t next_ = 0;
  bool fetched_ = false;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_SERVICE_H_
