// File reading with zlib and zstd on top. Both decompressors stream with fixed
// buffers and accept several members or frames one after another.

#include "loader/rdf/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kInputBytes = size_t{1} << 17;

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text) {}

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    const size_t count = std::min(size, text_.size() - position_);
    if (count > 0) std::memcpy(buffer, text_.data() + position_, count);
    position_ += count;
    return count;
  }
  uint64_t consumed() const override { return position_; }
  uint64_t total() const override { return text_.size(); }

 private:
  std::string_view text_;
  size_t position_ = 0;
};

absl::Status FileError(const std::string& path, int error) {
  const std::string reason = std::generic_category().message(error);
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return MakeStatus(absl::StatusCode::kNotFound, "there is no file ", path);
    case EISDIR:
      return MakeStatus(absl::StatusCode::kFailedPrecondition, path,
                        " is a directory; name a file");
    case EACCES:
      return MakeStatus(absl::StatusCode::kPermissionDenied, "cannot read ", path, ": ", reason);
    default:
      return MakeStatus(absl::StatusCode::kUnavailable, "cannot read ", path, ": ", reason);
  }
}

class PlainFile final : public ByteSource {
 public:
  PlainFile(std::string path, int descriptor, uint64_t total)
      : path_(std::move(path)), descriptor_(descriptor), total_(total) {}
  ~PlainFile() override { ::close(descriptor_); }
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    if (!head_.empty()) {
      const size_t count = std::min(size, head_.size());
      std::memcpy(buffer, head_.data(), count);
      head_.erase(0, count);
      consumed_ += count;
      return count;
    }
    for (;;) {
      const ssize_t count = ::read(descriptor_, buffer, size);
      if (count >= 0) {
        consumed_ += static_cast<uint64_t>(count);
        return static_cast<size_t>(count);
      }
      if (errno != EINTR) return FileError(path_, errno);
    }
  }

  // The first bytes, to be read again by Read().
  absl::StatusOr<std::string_view> Peek(size_t size) {
    std::string head(size, '\0');
    size_t have = 0;
    while (have < size) {
      SANAD_ASSIGN_OR_RETURN(const size_t count, Read(head.data() + have, size - have));
      if (count == 0) break;
      have += count;
    }
    head.resize(have);
    head_ = std::move(head);
    consumed_ = 0;
    return std::string_view(head_);
  }

  uint64_t consumed() const override { return consumed_; }
  uint64_t total() const override { return total_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int descriptor_;
  uint64_t total_;
  uint64_t consumed_ = 0;
  std::string head_;
};

// Feeds a decompressor from a file through one buffer.
class CompressedFile : public ByteSource {
 public:
  explicit CompressedFile(std::unique_ptr<PlainFile> file)
      : file_(std::move(file)), input_(kInputBytes, '\0') {}
  uint64_t consumed() const override { return file_->consumed(); }
  uint64_t total() const override { return file_->total(); }

 protected:
  // Sets `available` to fresh input bytes at input(); 0 at the end.
  absl::StatusOr<size_t> Fill() { return file_->Read(input_.data(), input_.size()); }
  char* input() { return input_.data(); }
  absl::Status Broken(std::string_view kind, std::string_view what) const {
    return MakeStatus(absl::StatusCode::kDataLoss, file_->path(), ": the ", kind, " data ", what,
                      "; get the file again");
  }

 private:
  std::unique_ptr<PlainFile> file_;
  std::string input_;
};

class GzipFile final : public CompressedFile {
 public:
  explicit GzipFile(std::unique_ptr<PlainFile> file) : CompressedFile(std::move(file)) {
    ok_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  ~GzipFile() override {
    if (ok_) inflateEnd(&stream_);
  }
  GzipFile(const GzipFile&) = delete;
  GzipFile& operator=(const GzipFile&) = delete;

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    if (!ok_) return absl::ResourceExhaustedError("no memory to decompress");
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(std::min<size_t>(size, 1u << 30));
    const uInt wanted = stream_.avail_out;
    while (stream_.avail_out == wanted) {
      if (stream_.avail_in == 0) {
        SANAD_ASSIGN_OR_RETURN(const size_t count, Fill());
        stream_.next_in = reinterpret_cast<Bytef*>(input());
        stream_.avail_in = static_cast<uInt>(count);
        if (count == 0) {
          if (between_members_) return size_t{0};
          return Broken("gzip", "ends too early");
        }
      }
      if (between_members_) {
        inflateReset(&stream_);
        between_members_ = false;
      }
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_STREAM_END) {
        between_members_ = true;
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        return Broken("gzip", "is damaged");
      }
    }
    return size_t{wanted - stream_.avail_out};
  }

 private:
  z_stream stream_ = {};
  bool ok_ = false;
  bool between_members_ = false;
};

class ZstdFile final : public CompressedFile {
 public:
  explicit ZstdFile(std::unique_ptr<PlainFile> file)
      : CompressedFile(std::move(file)), stream_(ZSTD_createDStream()) {}
  ~ZstdFile() override { ZSTD_freeDStream(stream_); }
  ZstdFile(const ZstdFile&) = delete;
  ZstdFile& operator=(const ZstdFile&) = delete;

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    if (stream_ == nullptr) return absl::ResourceExhaustedError("no memory to decompress");
    ZSTD_outBuffer out = {buffer, size, 0};
    while (out.pos == 0) {
      if (pending_.pos == pending_.size && !more_output_) {
        SANAD_ASSIGN_OR_RETURN(const size_t count, Fill());
        pending_ = {input(), count, 0};
        if (count == 0) {
          if (frame_done_) return size_t{0};
          return Broken("zstd", "ends too early");
        }
      }
      const size_t result = ZSTD_decompressStream(stream_, &out, &pending_);
      if (ZSTD_isError(result)) return Broken("zstd", "is damaged");
      frame_done_ = result == 0;
      // A full output buffer may hide bytes that the stream still holds.
      more_output_ = !frame_done_ && out.pos == out.size;
    }
    return out.pos;
  }

 private:
  ZSTD_DStream* stream_;
  ZSTD_inBuffer pending_ = {nullptr, 0, 0};
  bool frame_done_ = true;
  bool more_output_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> MemorySource(std::string_view text) {
  return std::make_unique<TextSource>(text);
}

absl::StatusOr<std::unique_ptr<ByteSource>> FileSource(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return FileError(path, errno);
  struct stat info = {};
  const bool known = ::fstat(descriptor, &info) == 0;
  auto file = std::make_unique<PlainFile>(
      path, descriptor, known && S_ISREG(info.st_mode) ? static_cast<uint64_t>(info.st_size) : 0);
  if (known && S_ISDIR(info.st_mode)) return FileError(path, EISDIR);
  SANAD_ASSIGN_OR_RETURN(const std::string_view head, file->Peek(4));
  if (head.starts_with("\x1F\x8B")) return std::make_unique<GzipFile>(std::move(file));
  if (head == "\x28\xB5\x2F\xFD") return std::make_unique<ZstdFile>(std::move(file));
  return file;
}

}  // namespace sanad
