// Which quads a store takes.

#ifndef SANAD_STORAGE_QUAD_CHECK_H_
#define SANAD_STORAGE_QUAD_CHECK_H_

#include <absl/status/status.h>
#include <sanad/term.h>
#include "storage/model/term_view.h"

namespace sanad {

// OK for a quad of RDF 1.1 (blank nodes may name graphs), else InvalidArgument.
absl::Status CheckStorable(const QuadView& quad);
absl::Status CheckStorable(const Quad& quad);

}  // namespace sanad

#endif  // SANAD_STORAGE_QUAD_CHECK_H_
