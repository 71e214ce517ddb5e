// Paraphrase: the reading of a question, one sentence in its language, from the
// meaning alone. Asked again, it means the same.

#ifndef SANAD_QUERY_QUESTION_PARAPHRASE_H_
#define SANAD_QUERY_QUESTION_PARAPHRASE_H_

#include <string>

#include "query/question/meaning.h"
#include "query/question/render.h"

namespace sanad::question {

// With `distinguish`, names are followed by what kind of thing they are, for
// readings that would else look alike.
std::string Paraphrase(const Meaning& meaning, const Renderer& renderer, bool distinguish = false);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_PARAPHRASE_H_
