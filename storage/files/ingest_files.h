// Sorted files for one family, begun with their first entry, ended at a size.

#ifndef SANAD_STORAGE_FILES_INGEST_FILES_H_
#define SANAD_STORAGE_FILES_INGEST_FILES_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include "storage/kv/kv.h"

namespace sanad {

// Takes entries in rising order of key. Single-threaded. Files that were not
// taken go with the object.
class IngestSink {
 public:
  IngestSink(kv::Engine& engine, kv::Family family) : engine_(engine), family_(family) {}

  absl::Status Put(std::string_view key, std::string_view value);
  absl::Status Delete(std::string_view key);
  absl::Status Finish();
  // Adds the finished files to those of the family in `all`.
  void MoveTo(std::vector<kv::IngestFiles>& all);

 private:
  absl::Status Begin();

  kv::Engine& engine_;
  kv::Family family_;
  uint64_t bytes_ = 0, entries_ = 0;  // Put into the last file.
  bool open_ = false;                 // The last file takes more.
  std::vector<std::unique_ptr<kv::SortedFileWriter>> files_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_FILES_INGEST_FILES_H_
