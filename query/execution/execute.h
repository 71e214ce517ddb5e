// Runs an algebra over any QuadSource: the entry below Query::Execute and Ask.

#ifndef SANAD_QUERY_EXECUTION_EXECUTE_H_
#define SANAD_QUERY_EXECUTION_EXECUTE_H_

#include <memory>

#include <absl/status/statusor.h>
#include <sanad/query.h>
#include "query/algebra/algebra.h"
#include "storage/quad_source.h"

namespace sanad {

// `source_owner` keeps `source` alive for as long as the cursor lives.
absl::StatusOr<std::unique_ptr<Cursor>> ExecuteAlgebra(
    std::shared_ptr<const algebra::QueryAlgebra> query, const QuadSource& source,
    std::shared_ptr<const void> source_owner, const QueryOptions& options);

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_EXECUTE_H_
