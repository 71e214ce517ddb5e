#include "shell/load_fetcher.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include <sanad/rdf.h>

#include "shell/files.h"

namespace sanad::shell {
namespace {

namespace fs = std::filesystem;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string PercentDecoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
    if (text[i] == '%' && high >= 0 && low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool LiesIn(const fs::path& file, const fs::path& folder) {
  auto [rest, at] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  (void)at;
  return rest == folder.end() || (std::next(rest) == folder.end() && rest->empty());
}

absl::Status Refused(std::string_view iri) {
  return absl::PermissionDeniedError("LOAD <" + std::string(iri) +
                                     ">: only files of the folders that --allow-load names");
}

}  // namespace

GraphFetcher FileFetcher(std::vector<std::string> folders) {
  return [folders = std::move(folders)](
             std::string_view iri,
             const std::function<absl::Status(const Quad&)>& sink) -> absl::Status {
    if (!iri.starts_with("file:///")) return Refused(iri);
    std::error_code error;
    const fs::path file = fs::weakly_canonical(PercentDecoded(iri.substr(7)), error);
    if (error) return Refused(iri);
    for (const std::string& folder : folders) {
      const fs::path allowed = fs::canonical(folder, error);
      if (error || !LiesIn(file, allowed)) continue;
      const auto syntax = RdfSyntaxOf(file.string());
      if (!syntax) {
        return absl::InvalidArgumentError("LOAD <" + std::string(iri) +
                                          ">: its ending names no RDF syntax");
      }
      RdfReadOptions options;
      options.base_iri = std::string(iri);
      return ReadRdfFile(file.string(), *syntax, options, sink);
    }
    return Refused(iri);
  };
}

}  // namespace sanad::shell
