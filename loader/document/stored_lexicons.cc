// A lexicon's graph names the hash of its content, and whether it came with documents.

#include "loader/document/stored_lexicons.h"

#include <vector>

#include "loader/document/store_reader.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr std::string_view kContentHash = SANAD_NS "contentHash";
constexpr std::string_view kStoredFor = SANAD_NS "storedFor";

absl::Status StoreLexicon(Transaction& transaction, const LexiconFile& file, LexiconOwner owner) {
  const Term graph = Term::Iri(Concat(iri::kLexiconGraphPrefix, file.name));
  const Term hash = Term::String(file.hash);
  const Quad mark = {graph, Term::Iri(kStoredFor), Term::Iri(iri::kDocumentGraph), graph};
  SANAD_ASSIGN_OR_RETURN(
      const std::vector<Quad> known,
      ReadQuads(transaction.source(), graph, Term::Iri(kContentHash), Term(), graph));
  SANAD_ASSIGN_OR_RETURN(
      const std::vector<Quad> marks,
      ReadQuads(transaction.source(), graph, mark.predicate, mark.object, graph));
  const bool marked = owner == LexiconOwner::kDocuments && (known.empty() || !marks.empty());
  if (!marked && !marks.empty()) SANAD_RETURN_IF_ERROR(transaction.Remove(mark));
  if (known.size() == 1 && known.front().object == hash) return absl::OkStatus();
  if (!known.empty()) SANAD_RETURN_IF_ERROR(transaction.RemoveGraph(graph));
  SANAD_RETURN_IF_ERROR(
      transaction.Insert({graph, Term::Iri(iri::kRdfType), Term::Iri(iri::kLexiconGraph), graph}));
  SANAD_RETURN_IF_ERROR(transaction.Insert({graph, Term::Iri(kContentHash), hash, graph}));
  if (marked) SANAD_RETURN_IF_ERROR(transaction.Insert(mark));
  for (const Quad& quad : file.quads) {
    SANAD_RETURN_IF_ERROR(transaction.Insert({quad.subject, quad.predicate, quad.object, graph}));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status StoreLexicons(Transaction& transaction, std::span<const LexiconFile> files,
                           LexiconOwner owner) {
  for (const LexiconFile& file : files)
    SANAD_RETURN_IF_ERROR(StoreLexicon(transaction, file, owner));
  return absl::OkStatus();
}

absl::Status RemoveUnusedLexicons(Transaction& transaction) {
  const Term document = Term::Iri(iri::kDocumentGraph);
  SANAD_ASSIGN_OR_RETURN(
      const std::vector<Quad> documents,
      ReadQuads(transaction.source(), Term(), Term::Iri(iri::kRdfType), document, Term()));
  if (!documents.empty()) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(
      const std::vector<Quad> marks,
      ReadQuads(transaction.source(), Term(), Term::Iri(kStoredFor), document, Term()));
  for (const Quad& mark : marks) SANAD_RETURN_IF_ERROR(transaction.RemoveGraph(mark.graph));
  return absl::OkStatus();
}

}  // namespace sanad
