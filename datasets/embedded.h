// The data files built into the library: lexicons, rules, vocabulary, closed-
// class words. Paths are relative to datasets/ ("lexicons/diplomacy.ttl").

#ifndef SANAD_DATASETS_EMBEDDED_H_
#define SANAD_DATASETS_EMBEDDED_H_

#include <span>
#include <string_view>

namespace sanad {

struct EmbeddedFile {
  std::string_view path;
  std::string_view content;
};

// All embedded files, by path.
std::span<const EmbeddedFile> EmbeddedFiles();

}  // namespace sanad

#endif  // SANAD_DATASETS_EMBEDDED_H_
