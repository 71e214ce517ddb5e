// Sentences of loaded documents by their words: no answer, but a place to look.

#ifndef SANAD_QUERY_QUESTION_SENTENCES_H_
#define SANAD_QUERY_QUESTION_SENTENCES_H_

#include <span>
#include <vector>

#include <sanad/question.h>
#include "query/question/render.h"

namespace sanad::question {

// Sentences that hold most of the content words of `tokens`, best first.
std::vector<Evidence> SentencesHolding(const Vocabulary& vocabulary, const Renderer& renderer,
                                       std::span<const Token> tokens, size_t limit);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_SENTENCES_H_
