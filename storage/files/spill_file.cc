// See spill_file.h.

#include "storage/files/spill_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "storage/encoding/varint.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kWriteBytes = size_t{1} << 18;
constexpr size_t kReadBytes = size_t{1} << 16;
constexpr size_t kLongestVarint = 10;

absl::Status CutShort() { return absl::InternalError("a spill file ends inside an entry"); }

// A descriptor of a file without a name, or -1 with errno.
int OpenUnnamed(const std::string& directory) {
  const int descriptor = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) {
    return descriptor;
  }
  // A file system without O_TMPFILE.
  std::string path = directory + "/spill_XXXXXX";
  const int named = mkostemp(path.data(), O_CLOEXEC);
  if (named >= 0) unlink(path.c_str());
  return named;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SpillFile>> SpillFile::Create(const std::string& directory) {
  const int descriptor = OpenUnnamed(directory);
  if (descriptor < 0) {
    return MakeStatus(absl::StatusCode::kUnavailable, "cannot make a temporary file in ", directory,
                      ": ", std::generic_category().message(errno),
                      "; make the directory writable, or raise the memory budget");
  }
  return std::unique_ptr<SpillFile>(new SpillFile(directory, descriptor));
}

SpillFile::SpillFile(std::string directory, int descriptor)
    : directory_(std::move(directory)), descriptor_(descriptor) {
  buffer_.reserve(kWriteBytes);
}

SpillFile::~SpillFile() { close(descriptor_); }

absl::Status SpillFile::Error(std::string_view verb) const {
  const int error = errno;
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return MakeStatus(full ? absl::StatusCode::kResourceExhausted : absl::StatusCode::kUnavailable,
                    "cannot ", verb, " a temporary file in ", directory_, ": ",
                    std::generic_category().message(error));
}

absl::Status SpillFile::Append(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kWriteBytes) SANAD_RETURN_IF_ERROR(Flush());
  buffer_.append(bytes);
  return absl::OkStatus();
}

absl::Status SpillFile::Flush() {
  std::string_view rest(buffer_);
  while (!rest.empty()) {
    const ssize_t count =
        pwrite(descriptor_, rest.data(), rest.size(), static_cast<off_t>(written_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error("write");
    written_ += static_cast<uint64_t>(count);
    rest.remove_prefix(static_cast<size_t>(count));
  }
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status SpillFile::Read(uint64_t offset, size_t size, char* out) const {
  while (size > 0) {
    const ssize_t count = pread(descriptor_, out, size, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error("read");
    if (count == 0) return CutShort();
    out += count;
    offset += static_cast<uint64_t>(count);
    size -= static_cast<size_t>(count);
  }
  return absl::OkStatus();
}

absl::Status SpillReader::Fill(size_t size) {
  if (buffer_.size() - taken_ >= size || next_ == end_) return absl::OkStatus();
  buffer_.erase(0, taken_);
  taken_ = 0;
  const size_t old = buffer_.size();
  const auto more =
      static_cast<size_t>(std::min<uint64_t>(end_ - next_, std::max(size - old, kReadBytes)));
  buffer_.resize(old + more);
  SANAD_RETURN_IF_ERROR(file_->Read(next_, more, buffer_.data() + old));
  next_ += more;
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> SpillReader::Take(size_t size) {
  SANAD_RETURN_IF_ERROR(Fill(size));
  if (buffer_.size() - taken_ < size) return CutShort();
  const std::string_view bytes = std::string_view(buffer_).substr(taken_, size);
  taken_ += size;
  return bytes;
}

absl::Status SpillReader::TakeFixed(uint64_t& value) {
  SANAD_ASSIGN_OR_RETURN(const std::string_view bytes, Take(sizeof value));
  std::memcpy(&value, bytes.data(), sizeof value);
  return absl::OkStatus();
}

absl::Status SpillReader::TakeVarint(uint64_t& value) {
  SANAD_RETURN_IF_ERROR(Fill(kLongestVarint));
  std::string_view rest = std::string_view(buffer_).substr(taken_);
  const size_t before = rest.size();
  if (!sanad::TakeVarint(rest, value)) return CutShort();
  taken_ += before - rest.size();
  return absl::OkStatus();
}

}  // namespace sanad
