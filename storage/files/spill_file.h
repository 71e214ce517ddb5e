// Files for what does not fit in memory while a load or a transaction runs.
//
// A spill file has no name: it is unlinked before the first byte is written, so
// whatever way the process ends, nothing of it is left behind. It is written
// once from front to back, then read in any number of places at a time.

#ifndef SANAD_STORAGE_FILES_SPILL_FILE_H_
#define SANAD_STORAGE_FILES_SPILL_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace sanad {

// Writing is single-threaded; reading after Flush() is thread-safe.
class SpillFile {
 public:
  // Errors: Unavailable (no file can be made in `directory`).
  static absl::StatusOr<std::unique_ptr<SpillFile>> Create(const std::string& directory);
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  // Errors: ResourceExhausted (the disk is full), Unavailable.
  absl::Status Append(std::string_view bytes);
  // To be called before what was appended is read.
  absl::Status Flush();
  // Bytes appended so far.
  uint64_t size() const { return written_ + buffer_.size(); }

  // REQUIRES: [offset, offset + size) was flushed. Errors: Unavailable.
  absl::Status Read(uint64_t offset, size_t size, char* out) const;

 private:
  SpillFile(std::string directory, int descriptor);
  absl::Status Error(std::string_view verb) const;

  std::string directory_;  // For messages.
  int descriptor_;
  uint64_t written_ = 0;
  std::string buffer_;
};

// Reads [begin, end) of a spill file from front to back. Single-threaded. The
// file must outlive it.
class SpillReader {
 public:
  SpillReader(const SpillFile& file, uint64_t begin, uint64_t end)
      : file_(&file), next_(begin), end_(end) {}

  bool at_end() const { return taken_ == buffer_.size() && next_ == end_; }
  // The next `size` bytes, valid until the next call. DataLoss past the end.
  absl::StatusOr<std::string_view> Take(size_t size);
  // A number written as eight bytes, or as a varint.
  absl::Status TakeFixed(uint64_t& value);
  absl::Status TakeVarint(uint64_t& value);

 private:
  // Makes at least `size` bytes available where there are so many.
  absl::Status Fill(size_t size);

  const SpillFile* file_;
  uint64_t next_, end_;  // Not yet in the buffer.
  std::string buffer_;
  size_t taken_ = 0;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_FILES_SPILL_FILE_H_
