// Small bridges between std::string_view and Abseil, whose string_view is a
// type of its own in the packaged build. Everything else in the project speaks
// std::string_view.

#ifndef SANAD_STORAGE_MODEL_TEXT_H_
#define SANAD_STORAGE_MODEL_TEXT_H_

#include <concepts>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/strings/string_view.h>

namespace sanad {

// Compiles whether or not absl::string_view is std::string_view.
inline absl::string_view ToAbsl(std::string_view s) {
  return absl::string_view(s.data(), s.size());
}
inline std::string_view FromAbsl(absl::string_view s) {
  return std::string_view(s.data(), s.size());
}

namespace internal {
inline void AppendPiece(std::string& out, std::string_view piece) { out.append(piece); }
inline void AppendPiece(std::string& out, char piece) { out.push_back(piece); }
template <typename T>
requires(std::integral<T> && !std::same_as<T, char> &&
         !std::same_as<T, bool>) void AppendPiece(std::string& out, T piece) {
  out.append(std::to_string(piece));
}
}  // namespace internal

// Joins strings, characters and integers: Concat("line ", 3, ": ", what).
template <typename... Pieces>
std::string Concat(const Pieces&... pieces) {
  std::string out;
  (internal::AppendPiece(out, pieces), ...);
  return out;
}

// A Status whose message is the joined pieces.
template <typename... Pieces>
absl::Status MakeStatus(absl::StatusCode code, const Pieces&... pieces) {
  return absl::Status(code, Concat(pieces...));
}

// A transparent hash for unordered containers with std::string keys that are
// looked up by std::string_view.
struct TransparentStringHash {
  using is_transparent = void;
  size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};
struct TransparentStringEq {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return a == b; }
};

}  // namespace sanad

#define SANAD_RETURN_IF_ERROR(expression)          \
  do {                                             \
    absl::Status sanad_status_ = (expression);     \
    if (!sanad_status_.ok()) return sanad_status_; \
  } while (false)

#define SANAD_CONCAT_INNER_(a, b) a##b
#define SANAD_CONCAT_(a, b) SANAD_CONCAT_INNER_(a, b)
// SANAD_ASSIGN_OR_RETURN(auto x, Compute());
#define SANAD_ASSIGN_OR_RETURN(declaration, expression)                \
  auto SANAD_CONCAT_(sanad_result_, __LINE__) = (expression);          \
  if (!SANAD_CONCAT_(sanad_result_, __LINE__).ok())                    \
    return std::move(SANAD_CONCAT_(sanad_result_, __LINE__)).status(); \
  declaration = *std::move(SANAD_CONCAT_(sanad_result_, __LINE__))

#endif  // SANAD_STORAGE_MODEL_TEXT_H_
