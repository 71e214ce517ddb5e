// Compose: from the syntax of one lattice path to meanings, by types.
//
// A chart over item positions: Phrases(i) is every noun phrase that begins at
// item i with its modifiers, each with where it ends; a clause adds conditions
// to the phrase it is said of. What modifies what is tried nearest first and kept
// only where some property joins the types. Alternatives are ranked, never
// weighted.

#ifndef SANAD_QUERY_QUESTION_COMPOSE_H_
#define SANAD_QUERY_QUESTION_COMPOSE_H_

#include <string>
#include <vector>

#include "query/question/linker.h"
#include "query/question/meaning.h"
#include "query/question/syntax.h"

namespace sanad::question {

// Why no meaning was found, for the message: two parts of the question that no
// relation joins.
struct Failure {
  std::string left, right;   // As asked.
  int progress = 0;          // How far composition got; the farthest is reported.
  bool no_previous = false;  // A follow-up of nothing.
};

// All meanings of the path that use every word, best first. `previous` is the
// meaning of the question before, for pronouns and fragments, or null.
std::vector<Meaning> Compose(const Vocabulary& vocabulary, const std::string& language,
                             const LatticePath& path, const QuestionSyntax& syntax,
                             const Meaning* previous, Failure* failure);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_COMPOSE_H_
