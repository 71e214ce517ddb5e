// Runs of a bulk load that did not fit in memory.
//
// A run's terms are written in order of key, its rows as ranks in that order;
// inlined terms rank behind them. Once the runs' terms are merged, the ids of a
// run stand in a file by rank, and its rows can be read back.
//
//   terms   varint count, then each: varint bytes shared with the text before ·
//           varint rest length · rest
//   inline  eight bytes an id
//   rows    four times four bytes a row

#ifndef SANAD_STORAGE_LOAD_LOAD_SPILL_H_
#define SANAD_STORAGE_LOAD_LOAD_SPILL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include "storage/files/spill_file.h"
#include "storage/load/load_dictionary.h"
#include "storage/load/load_rows.h"
#include "storage/load/load_terms.h"

namespace sanad {

// Single-threaded.
class SpilledRun {
 public:
  // Takes the rows out of `rows`.
  static absl::StatusOr<std::unique_ptr<SpilledRun>> Write(const std::string& directory,
                                                           const LoadTerms& terms,
                                                           LoadRowBuffer& rows);

  // Its terms, to be given ids once. The run must outlive them.
  absl::StatusOr<std::unique_ptr<TermRun>> Terms();
  // The ids by rank. REQUIRES: all terms were given ids.
  absl::StatusOr<std::vector<TermId>> Ids();
  // Its rows, as ranks.
  absl::Status ReadRows(LoadRowBuffer& rows) const;

 private:
  SpilledRun() = default;
  absl::Status WriteTerms(const LoadTerms& terms, const SortedTerms& sorted);

  std::string directory_;
  std::unique_ptr<SpillFile> file_;  // Terms, inlined ids, rows.
  std::unique_ptr<SpillFile> ids_;   // Of the terms.
  uint64_t terms_ = 0;
  uint64_t terms_end_ = 0, inlined_end_ = 0;  // Offsets in file_.
};

}  // namespace sanad

#endif  // SANAD_STORAGE_LOAD_LOAD_SPILL_H_
