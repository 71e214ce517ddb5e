// Inside language/: the keys of a word under analysis (token.cc calls it once).

#ifndef SANAD_LANGUAGE_KEY_BUILDER_H_
#define SANAD_LANGUAGE_KEY_BUILDER_H_

#include <vector>

#include "language/token.h"

namespace sanad::internal {

// REQUIRES: every field of `word` but `keys` is set.
std::vector<Key> BuildKeys(const Word& word);

}  // namespace sanad::internal

#endif  // SANAD_LANGUAGE_KEY_BUILDER_H_
