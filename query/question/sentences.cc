// Reads the documents' texts sentence by sentence and compares by keys. It is
// asked for only when a question is not answered, so it scans.

#include "query/question/sentences.h"

#include <algorithm>

#include "query/question/closed_words.h"
#include "query/question/evidence.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kMostSentencesRead = 20000;

}  // namespace

std::vector<Evidence> SentencesHolding(const Vocabulary& vocabulary, const Renderer& renderer,
                                       std::span<const Token> tokens, size_t limit) {
  std::vector<Evidence> out;
  if (tokens.empty()) return out;
  // Content words: those no closed-class phrase covers.
  std::vector<bool> closed(tokens.size(), false);
  std::string text;
  for (const Token& token : tokens) text += token.surface() + " ";
  const ClosedWords& words = ClosedWords::Of(LanguageOf(text));
  for (size_t at = 0; at < tokens.size(); ++at) {
    for (const ClosedMatch& match : words.MatchAt(tokens, at)) {
      for (uint32_t k = 0; k < match.count; ++k) closed[at + k] = true;
    }
    if (tokens[at].is_punctuation()) closed[at] = true;
  }
  std::vector<const Token*> content;
  for (size_t at = 0; at < tokens.size(); ++at) {
    if (!closed[at]) content.push_back(&tokens[at]);
  }
  if (content.empty()) return out;
  const GraphReader reader = vocabulary.reader();
  EvidenceFinder finder(vocabulary, renderer);
  struct Found {
    size_t held;
    Evidence evidence;
  };
  std::vector<Found> found;
  size_t read = 0;
  for (TermId id : reader.Subjects(reader.Id(iri::kRdfType), reader.Id(iri::kNifSentence), true)) {
    if (++read > kMostSentencesRead) break;
    std::optional<SentenceInfo> info = finder.Sentence(id);
    if (!info.has_value()) continue;
    Evidence evidence = finder.ToEvidence(*info, "");
    std::vector<Token> sentence = Tokenise(evidence.text);
    size_t held = 0;
    for (const Token* word : content) {
      const bool there = std::any_of(sentence.begin(), sentence.end(), [&](const Token& token) {
        Closeness closeness;
        return KeysMeet(word->word->keys, token.word->keys, &closeness);
      });
      held += there ? 1 : 0;
    }
    if (held > 0) found.push_back({held, std::move(evidence)});
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    if (a.held != b.held) return a.held > b.held;
    return std::tie(a.evidence.document, a.evidence.begin) <
           std::tie(b.evidence.document, b.evidence.begin);
  });
  // Most of the words, or as many as the best sentence holds.
  for (Found& f : found) {
    if (out.size() >= limit || (f.held * 2 < content.size() && f.held < found[0].held)) break;
    out.push_back(std::move(f.evidence));
  }
  return out;
}

}  // namespace sanad::question
