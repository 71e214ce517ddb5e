// Completion: words that may come next. A half-written word is completed from
// closed-class words and labels; a candidate stays when some question of the
// grammar can begin so.

#include <algorithm>
#include <set>

#include <sanad/question.h>
#include "language/normalise.h"
#include "query/question/context.h"
#include "query/question/syntax.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

using question::Context;

constexpr size_t kTried = 60;

// Whether the text so far, the candidate at its end, can begin a question.
bool CanStand(const Context& context, const std::string& text) {
  absl::StatusOr<question::Lattice> lattice = question::LinkWords(context.vocabulary, text);
  if (!lattice.ok() || question::FirstUnknownToken(*lattice).has_value()) return false;
  for (const question::LatticePath& path : question::Paths(*lattice, 40)) {
    // A phrase may still be open: all but its last word must stand.
    const size_t viable = question::LongestViablePrefix(path.categories);
    if (viable + 1 >= path.categories.size()) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> CompleteQuestion(const Store& store, std::string_view text,
                                                          size_t limit) {
  SANAD_ASSIGN_OR_RETURN(Context context, question::ContextOf(store));
  std::vector<Token> tokens = Tokenise(text);
  if (tokens.size() > 40) return std::vector<std::string>();
  const bool open = !tokens.empty() && tokens.back().end_byte == text.size();
  const std::string prefix = open ? tokens.back().normalised() : "";
  const std::string before(text.substr(0, open ? tokens.back().begin_byte : text.size()));
  std::vector<std::string> candidates;
  std::set<std::string> seen;
  auto add = [&](std::string_view word) {
    if (!std::string_view(word).starts_with(prefix) || !seen.insert(std::string(word)).second)
      return;
    candidates.emplace_back(word);
  };
  for (const std::string& phrase :
       question::ClosedWords::Of(question::LanguageOf(text)).Phrases(prefix)) {
    add(phrase);
  }
  if (context.vocabulary.labels.has_value() && !prefix.empty()) {
    SANAD_ASSIGN_OR_RETURN(std::vector<Completion> completions,
                           context.vocabulary.labels->Complete(prefix, kTried));
    for (const Completion& completion : completions) add(completion.normalised);
  }
  std::vector<std::string> out;
  size_t tried = 0;
  for (const std::string& candidate : candidates) {
    if (out.size() >= limit || ++tried > kTried) break;
    if (CanStand(context, Concat(before, candidate))) out.push_back(candidate);
  }
  return out;
}

}  // namespace sanad
