// See ingest_files.h. A writer keeps a file's index and the hashes of its keys
// until the file ends, so files of bounded size bound the memory too.

#include "storage/files/ingest_files.h"

#include <algorithm>
#include <iterator>

#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr uint64_t kFileBytes = uint64_t{128} << 20;
// A filter of some 10 bits a key is read whole.
constexpr uint64_t kFileEntries = uint64_t{1} << 21;

}  // namespace

absl::Status IngestSink::Begin() {
  if (open_ && (bytes_ >= kFileBytes || entries_ >= kFileEntries)) SANAD_RETURN_IF_ERROR(Finish());
  if (open_) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(std::unique_ptr<kv::SortedFileWriter> file,
                         engine_.NewSortedFile(family_));
  files_.push_back(std::move(file));
  bytes_ = entries_ = 0;
  open_ = true;
  return absl::OkStatus();
}

absl::Status IngestSink::Put(std::string_view key, std::string_view value) {
  SANAD_RETURN_IF_ERROR(Begin());
  bytes_ += key.size() + value.size();
  ++entries_;
  return files_.back()->Put(key, value);
}

absl::Status IngestSink::Delete(std::string_view key) {
  SANAD_RETURN_IF_ERROR(Begin());
  bytes_ += key.size();
  ++entries_;
  return files_.back()->Delete(key);
}

absl::Status IngestSink::Finish() {
  if (!open_) return absl::OkStatus();
  open_ = false;
  return files_.back()->Finish();
}

void IngestSink::MoveTo(std::vector<kv::IngestFiles>& all) {
  if (files_.empty()) return;
  auto family = std::find_if(all.begin(), all.end(),
                             [&](const kv::IngestFiles& files) { return files.family == family_; });
  if (family == all.end()) {
    all.emplace_back().family = family_;
    family = std::prev(all.end());
  }
  std::move(files_.begin(), files_.end(), std::back_inserter(family->files));
  files_.clear();
}

}  // namespace sanad
