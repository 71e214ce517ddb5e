// Evidence: the sentences that triples rest on (docs/data_model.md, "Why").
//
// A triple's sentence graphs, the premises of its derived graphs, and the
// sentences that name what its subject and object are called by there, along the
// chain of antecedents.

#ifndef SANAD_QUERY_QUESTION_EVIDENCE_H_
#define SANAD_QUERY_QUESTION_EVIDENCE_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <sanad/question.h>
#include "language/text.h"
#include "query/question/render.h"

namespace sanad::question {

// One sentence of a loaded document.
struct SentenceInfo {
  TermId graph;  // Its own graph, also its node.
  TermId document;
  uint32_t begin = 0, end = 0;  // Code points.
  uint32_t number = 0;
};

// Keeps the texts it has read. Single-threaded; for one answer.
class EvidenceFinder {
 public:
  EvidenceFinder(const Vocabulary& vocabulary, const Renderer& renderer);

  // Adds the sentences of a triple to `out`, direct ones first; repeated
  // sentences are left out.
  void Add(TermId subject, TermId predicate, TermId object, std::vector<Evidence>& out);
  // The sentences that first mention a thing.
  void AddMentions(TermId thing, std::vector<Evidence>& out);
  // The sentence of a graph (a statement node's), with what it names.
  void AddGraph(TermId graph, std::span<const TermId> things, std::string_view note,
                std::vector<Evidence>& out);

  std::optional<SentenceInfo> Sentence(TermId graph) const;
  Evidence ToEvidence(const SentenceInfo& sentence, std::string_view note);

 private:
  void Put(const SentenceInfo& sentence, std::string_view note, std::vector<Evidence>& out);
  void AddAntecedents(const SentenceInfo& sentence, TermId thing, std::vector<Evidence>& out);
  struct Text {
    std::string text;
    OffsetMap offsets;
  };
  const Text& TextOf(TermId document);

  GraphReader reader_;
  const Renderer& renderer_;
  TermId in_sentence_, ident_, antecedent_, derived_from_, sentence_class_, type_, begin_, end_,
      context_, text_;
  absl::flat_hash_map<TermId, Text> texts_;
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_EVIDENCE_H_
