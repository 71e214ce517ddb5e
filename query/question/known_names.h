// Known names: what stands in the store where a question has a word that
// nothing knows. For "which meetings addressed zeppelins" these are the topics
// that something addressed; the closest in spelling come first.

#ifndef SANAD_QUERY_QUESTION_KNOWN_NAMES_H_
#define SANAD_QUERY_QUESTION_KNOWN_NAMES_H_

#include <string>
#include <vector>

#include "query/question/linker.h"
#include "query/question/render.h"
#include "query/question/symbol.h"

namespace sanad::question {

// At most `limit` labels in the renderer's language where there is one. Empty
// where the other words name no relation and no class with known things.
std::vector<std::string> KnownNames(const Vocabulary& vocabulary, const Renderer& renderer,
                                    const Lattice& lattice, size_t unknown, size_t limit);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_KNOWN_NAMES_H_
