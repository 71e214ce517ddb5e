// Splitting attached particles and pronouns off Arabic words.

#ifndef SANAD_LANGUAGE_CLITICS_H_
#define SANAD_LANGUAGE_CLITICS_H_

#include <string_view>
#include <vector>

#include "language/token.h"

namespace sanad::internal {

// All readings of an Arabic word, the unsplit one first, at most 14.
// `surface` is the word as written: its last letter tells ة from ه.
std::vector<CliticSplit> SplitClitics(std::string_view surface, std::string_view normalised);

}  // namespace sanad::internal

#endif  // SANAD_LANGUAGE_CLITICS_H_
