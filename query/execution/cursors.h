// The cursors of the query forms.

#ifndef SANAD_QUERY_EXECUTION_CURSORS_H_
#define SANAD_QUERY_EXECUTION_CURSORS_H_

#include <memory>

#include "query/execution/running_query.h"

namespace sanad {

std::unique_ptr<Cursor> MakeSelectCursor(std::unique_ptr<RunningQuery> running);
std::unique_ptr<Cursor> MakeAskCursor(std::unique_ptr<RunningQuery> running);
// CONSTRUCT: the template for each solution, blank nodes fresh (section 16.2).
std::unique_ptr<Cursor> MakeConstructCursor(std::unique_ptr<RunningQuery> running);
// DESCRIBE: the concise bounded description of each resource: its triples, and
// those of the blank nodes they lead to.
std::unique_ptr<Cursor> MakeDescribeCursor(std::unique_ptr<RunningQuery> running);

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_CURSORS_H_
