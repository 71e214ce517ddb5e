#include "shell/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace sanad::shell {
namespace {

absl::Status FileError(const std::string& path, int error) {
  std::string message = path + ": ";
  message += error == ENOENT ? "no such file" : std::strerror(error);
  return error == ENOENT ? absl::NotFoundError(message) : absl::FailedPreconditionError(message);
}

bool StaysInIri(unsigned char c) {
  return c >= 0x80 || std::isalnum(c) != 0 || std::strchr("-._~!$&'()*+,;=:@/", c) != nullptr;
}

}  // namespace

absl::Status CheckReadable(const std::string& path) {
  struct stat info;
  if (::stat(path.c_str(), &info) != 0) return FileError(path, errno);
  if (S_ISDIR(info.st_mode)) {
    return absl::FailedPreconditionError(path + ": is a directory; name the files in it");
  }
  return ::access(path.c_str(), R_OK) == 0 ? absl::OkStatus() : FileError(path, errno);
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const bool standard_input = path == "-";
  if (!standard_input) {
    if (absl::Status status = CheckReadable(path); !status.ok()) return status;
  }
  const int file = standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return FileError(path, errno);
  std::string text;
  constexpr size_t kPiece = 1 << 16;
  ssize_t got = 1;
  int error = 0;
  while (got > 0) {
    const size_t size = text.size();
    text.resize(size + kPiece);
    do {
      got = ::read(file, text.data() + size, kPiece);
    } while (got < 0 && errno == EINTR);
    if (got < 0) error = errno;
    text.resize(size + static_cast<size_t>(std::max<ssize_t>(got, 0)));
  }
  if (!standard_input) ::close(file);
  if (error != 0) return FileError(path, error);
  return text;
}

std::string FileIri(const std::string& path) {
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(path, error);
  if (error) absolute = path;
  const std::string normal = absolute.lexically_normal().string();
  std::string iri = "file://";
  for (const char c : normal) {
    if (StaysInIri(static_cast<unsigned char>(c))) {
      iri += c;
    } else {
      constexpr char kHex[] = "0123456789ABCDEF";
      iri += '%';
      iri += kHex[static_cast<unsigned char>(c) >> 4];
      iri += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  return iri;
}

bool HasScheme(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2) return false;
  return std::all_of(text.begin(), text.begin() + static_cast<ptrdiff_t>(colon), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.';
  });
}

std::optional<DocumentFormat> DocumentFormatOf(std::string_view path) {
  if (path.ends_with(".txt")) return DocumentFormat::kPlainText;
  if (path.ends_with(".md") || path.ends_with(".markdown")) return DocumentFormat::kMarkdown;
  if (path.ends_with(".html") || path.ends_with(".htm")) return DocumentFormat::kHtml;
  return std::nullopt;
}

std::optional<DocumentFormat> DocumentFormatByName(std::string_view name) {
  if (name == "text") return DocumentFormat::kPlainText;
  if (name == "markdown") return DocumentFormat::kMarkdown;
  if (name == "html") return DocumentFormat::kHtml;
  return std::nullopt;
}

}  // namespace sanad::shell
