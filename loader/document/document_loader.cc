// Documents in a store. A document's graphs are found from its own graph: the
// sentences and derivations it lists, its labels, and itself.

#include "loader/document/document_loader.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "loader/document/document_links.h"
#include "loader/document/extractor.h"
#include "loader/document/knowledge.h"
#include "loader/document/store_reader.h"
#include "loader/document/stored_lexicons.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

bool QuadLess(const Quad& a, const Quad& b) {
  if (!(a.graph == b.graph)) return a.graph < b.graph;
  if (!(a.subject == b.subject)) return a.subject < b.subject;
  if (!(a.predicate == b.predicate)) return a.predicate < b.predicate;
  return a.object < b.object;
}

// The graphs of a loaded document, sorted; empty when it is not loaded.
absl::StatusOr<std::vector<Term>> GraphsOf(const QuadSource& source, const Term& document) {
  std::vector<Term> graphs;
  SANAD_ASSIGN_OR_RETURN(const bool loaded, IsLoaded(source, document));
  if (!loaded) return graphs;
  const Term type = Term::Iri(iri::kRdfType);
  graphs = {document, Term::Iri(document.value() + "#labels")};
  SANAD_ASSIGN_OR_RETURN(const std::vector<Quad> sentences,
                         ReadQuads(source, Term(), type, Term::Iri(iri::kNifSentence), document));
  SANAD_ASSIGN_OR_RETURN(
      const std::vector<Quad> derived,
      ReadQuads(source, Term(), Term::Iri(iri::kProvWasDerivedFrom), Term(), document));
  for (const std::vector<Quad>* quads : {&sentences, &derived}) {
    for (const Quad& quad : *quads) graphs.push_back(quad.subject);
  }
  std::sort(graphs.begin(), graphs.end());
  graphs.erase(std::unique(graphs.begin(), graphs.end()), graphs.end());
  return graphs;
}

absl::Status InsertAll(Transaction& transaction, const std::vector<Quad>& quads) {
  for (const Quad& quad : quads) SANAD_RETURN_IF_ERROR(transaction.Insert(quad));
  return absl::OkStatus();
}

bool Same(const Quad& a, const QuadView& b) {
  return ViewOf(a.subject) == b.subject && ViewOf(a.predicate) == b.predicate &&
         ViewOf(a.object) == b.object && ViewOf(a.graph) == b.graph;
}

bool Same(const std::vector<Quad>& a, const FlatQuads& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!Same(a[i], b.at(i))) return false;
  }
  return true;
}

void CountKinds(const Knowledge& knowledge, const FlatQuads& quads, LoadReport& report) {
  const Term meeting = Term::Iri(SANAD_KG_NS "Meeting");
  std::map<std::string_view, bool> is_meeting;  // By class.
  std::set<std::string_view> meetings, people, addressed;
  for (size_t i = 0; i < quads.size(); ++i) {
    const QuadView quad = quads.at(i);
    const std::string_view predicate = quad.predicate.value, object = quad.object.value;
    if (predicate == SANAD_KG_NS "addresses") addressed.insert(object);
    if (predicate != iri::kRdfType) continue;
    const auto [known, inserted] = is_meeting.emplace(object, false);
    if (inserted) known->second = knowledge.lexicon->IsSubOf(quad.object.ToTerm(), meeting);
    if (known->second) meetings.insert(quad.subject.value);
    if (object == SANAD_KG_NS "Person") people.insert(quad.subject.value);
    report.sentences += object == iri::kNifSentence;
  }
  report.meetings += meetings.size();
  report.people += people.size();
  report.topics += addressed.size();
}

// Questions that this document can answer, from its own labels.
void SuggestQuestions(const Knowledge& knowledge, const Extraction& extraction,
                      LoadReport& report) {
  if (report.example_questions.size() >= 2) return;
  const bool arabic = extraction.language == "ar";
  const auto label = [&](const ExtractedTerm& term) {
    return arabic ? term.label_ar : term.label_en;
  };
  for (const std::string_view property : {"addresses", "heldIn"}) {
    for (const ExtractedStatement& s : extraction.statements) {
      if (s.predicate.value() != Concat(SANAD_KG_NS, property) || s.negated ||
          s.status != StatementStatus::kAsserted)
        continue;
      const std::string object = label(s.object);
      if (object.empty() || object.size() > 60 || report.example_questions.size() >= 2) continue;
      LabelSlots slots;
      slots.name = object;
      const std::string asked[] = {std::string(property)};
      for (const LabelPatterns& patterns : knowledge.question_patterns) {
        if (patterns.language() != extraction.language) continue;
        std::string question = patterns.Make(asked, slots);
        if (!question.empty()) report.example_questions.push_back(std::move(question));
      }
      break;
    }
  }
}

}  // namespace

struct DocumentLoader::Impl {
  std::vector<std::string> lexicon_files, rule_files;
  std::shared_ptr<const Knowledge> knowledge;
};

DocumentLoader::DocumentLoader(std::vector<std::string> lexicon_files,
                               std::vector<std::string> rule_files)
    : impl_(std::make_unique<Impl>()) {
  impl_->lexicon_files = std::move(lexicon_files);
  impl_->rule_files = std::move(rule_files);
}

DocumentLoader::~DocumentLoader() = default;

absl::Status DocumentLoader::Prepare() {
  if (impl_->knowledge != nullptr) return absl::OkStatus();
  SANAD_ASSIGN_OR_RETURN(impl_->knowledge, BuildKnowledge(impl_->lexicon_files, impl_->rule_files));
  return absl::OkStatus();
}

absl::StatusOr<ExtractedDocument> DocumentLoader::Extract(std::string_view text,
                                                          DocumentFormat format,
                                                          std::string_view document_iri,
                                                          std::string_view document_date) const {
  return ExtractForStore(*impl_->knowledge, text, format, document_iri, document_date);
}

absl::Status DocumentLoader::Store(Transaction& transaction, const ExtractedDocument& document,
                                   LoadReport& report) {
  SANAD_ASSIGN_OR_RETURN(const std::vector<Term> graphs,
                         GraphsOf(transaction.source(), document.extraction.document));
  std::vector<Quad> old;
  for (const Term& graph : graphs) {
    SANAD_ASSIGN_OR_RETURN(std::vector<Quad> quads,
                           ReadQuads(transaction.source(), Term(), Term(), Term(), graph));
    old.insert(old.end(), std::make_move_iterator(quads.begin()),
               std::make_move_iterator(quads.end()));
  }
  std::sort(old.begin(), old.end(), QuadLess);
  const FlatQuads& quads = document.quads;
  if (!graphs.empty() && Same(old, quads)) {
    ++report.documents_unchanged;
    report.quads_unchanged += old.size();
  } else {
    for (const Term& graph : graphs) SANAD_RETURN_IF_ERROR(transaction.RemoveGraph(graph));
    for (size_t i = 0; i < quads.size(); ++i) {
      SANAD_RETURN_IF_ERROR(transaction.Insert(quads.at(i).ToQuad()));
    }
    ++(graphs.empty() ? report.documents_added : report.documents_replaced);
  }
  Report(document, report);
  return absl::OkStatus();
}

void DocumentLoader::Report(const ExtractedDocument& document, LoadReport& report) {
  CountKinds(*impl_->knowledge, document.quads, report);
  SuggestQuestions(*impl_->knowledge, document.extraction, report);
  for (const std::string& warning : document.extraction.warnings) {
    report.warnings.push_back(Concat(document.extraction.document.value(), ": ", warning));
  }
}

absl::Status DocumentLoader::Finish(Transaction& transaction, LoadReport& report) {
  const uint64_t added = transaction.added_count(), removed = transaction.removed_count();
  if (report.documents_added + report.documents_replaced + report.documents_unchanged > 0) {
    SANAD_RETURN_IF_ERROR(
        StoreLexicons(transaction, impl_->knowledge->lexicon_files, LexiconOwner::kDocuments));
    report.lexicon_quads_added += transaction.added_count() - added;
  }
  report.quads_added += added;
  report.quads_removed += removed;
  return absl::OkStatus();
}

absl::StatusOr<bool> IsLoaded(const QuadSource& source, const Term& document_iri) {
  // A look at the dictionary tells a new document; reading quads would sort in what
  // a transaction has noted so far, for every document anew.
  SANAD_ASSIGN_OR_RETURN(const TermId id, source.Find(document_iri));
  if (id.is_undefined()) return false;
  SANAD_ASSIGN_OR_RETURN(const std::vector<Quad> self,
                         ReadQuads(source, document_iri, Term::Iri(iri::kRdfType),
                                   Term::Iri(iri::kDocumentGraph), document_iri));
  return !self.empty();
}

absl::Status UpdateLinks(Transaction& transaction) {
  SANAD_ASSIGN_OR_RETURN(std::vector<Quad> links, ComputeLinks(transaction.source()));
  const Term graph = Term::Iri(iri::kLinksGraph);
  SANAD_ASSIGN_OR_RETURN(std::vector<Quad> old,
                         ReadQuads(transaction.source(), Term(), Term(), Term(), graph));
  std::sort(links.begin(), links.end(), QuadLess);
  links.erase(std::unique(links.begin(), links.end()), links.end());
  std::sort(old.begin(), old.end(), QuadLess);
  if (links == old) return absl::OkStatus();
  SANAD_RETURN_IF_ERROR(transaction.RemoveGraph(graph));
  return InsertAll(transaction, links);
}

absl::Status ForgetDocument(Transaction& transaction, const Term& document_iri) {
  SANAD_ASSIGN_OR_RETURN(const std::vector<Term> graphs,
                         GraphsOf(transaction.source(), document_iri));
  if (graphs.empty()) {
    return MakeStatus(absl::StatusCode::kNotFound, "no document ", document_iri.ToString(),
                      " is loaded; `documents` lists those that are");
  }
  for (const Term& graph : graphs) SANAD_RETURN_IF_ERROR(transaction.RemoveGraph(graph));
  SANAD_RETURN_IF_ERROR(UpdateLinks(transaction));
  return RemoveUnusedLexicons(transaction);
}

absl::StatusOr<std::vector<DocumentInfo>> ListDocuments(const QuadSource& source) {
  SANAD_ASSIGN_OR_RETURN(
      const std::vector<Quad> documents,
      ReadQuads(source, Term(), Term::Iri(iri::kRdfType), Term::Iri(iri::kDocumentGraph), Term()));
  std::vector<DocumentInfo> out;
  for (const Quad& quad : documents) {
    if (!(quad.subject == quad.graph)) continue;
    DocumentInfo info;
    info.iri = quad.subject;
    for (const auto& [property, member] :
         {std::pair{iri::kDctermsDate, &DocumentInfo::date},
          std::pair{iri::kDctermsLanguage, &DocumentInfo::language}}) {
      SANAD_ASSIGN_OR_RETURN(
          const std::vector<Quad> values,
          ReadQuads(source, quad.subject, Term::Iri(property), Term(), quad.subject));
      if (!values.empty()) info.*member = values.front().object.value();
    }
    SANAD_ASSIGN_OR_RETURN(const std::vector<Term> graphs, GraphsOf(source, quad.subject));
    for (const Term& graph : graphs) {
      const std::string_view part =
          std::string_view(graph.value())
              .substr(std::min(quad.subject.value().size(), graph.value().size()));
      info.sentences += part.starts_with("#sentence-");
      if (!part.starts_with("#sentence-") && !part.starts_with("#derived-")) continue;
      SANAD_ASSIGN_OR_RETURN(const TermId id, source.Find(graph));
      if (id.is_undefined()) continue;
      SANAD_ASSIGN_OR_RETURN(const uint64_t count, source.Count(IdPattern{}, GraphScope::One(id)));
      info.statements += count;
    }
    out.push_back(std::move(info));
  }
  std::sort(out.begin(), out.end(),
            [](const DocumentInfo& a, const DocumentInfo& b) { return a.iri < b.iri; });
  return out;
}

}  // namespace sanad
