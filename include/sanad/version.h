// The library's version.

#ifndef SANAD_VERSION_H_
#define SANAD_VERSION_H_

#include <string_view>

#include <sanad/export.h>

namespace sanad {

inline constexpr int kVersionMajor = 0;
inline constexpr int kVersionMinor = 1;
inline constexpr int kVersionPatch = 0;
// "0.1.0", of the library linked, not of the headers compiled against.
SANAD_EXPORT std::string_view Version();

}  // namespace sanad

#endif  // SANAD_VERSION_H_
