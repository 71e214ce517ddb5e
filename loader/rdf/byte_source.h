// Where a reader's bytes come from: a text in memory, or a file, gzip and zstd
// looked through by their first bytes.

#ifndef SANAD_LOADER_RDF_BYTE_SOURCE_H_
#define SANAD_LOADER_RDF_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace sanad {

// Single-threaded.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads at most `size` bytes (size > 0); 0 only at the end.
  virtual absl::StatusOr<size_t> Read(char* buffer, size_t size) = 0;
  // Bytes taken from the file or text so far (compressed ones count as they
  // are), and their total, 0 when unknown.
  virtual uint64_t consumed() const = 0;
  virtual uint64_t total() const = 0;
};

// `text` must outlive the source.
std::unique_ptr<ByteSource> MemorySource(std::string_view text);
// Errors: NotFound, FailedPrecondition (a directory), PermissionDenied,
// Unavailable; reading also DataLoss for broken compressed data.
absl::StatusOr<std::unique_ptr<ByteSource>> FileSource(const std::string& path);

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_BYTE_SOURCE_H_
