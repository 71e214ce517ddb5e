// Extraction of one document: the order of the phases.
//
//   input text → sentences and atoms → homographs → entries → values → mention rules
//   (persons, places) → parties → sentence by sentence: discourse, relation rules → lead
//   rules → closure → labels → statements and quads
//
// No phase reads a store; nothing depends on time, order of threads or hashes of
// pointers.

#include "loader/document/extractor.h"

#include <optional>
#include <utility>

#include "loader/document/atoms.h"
#include "loader/document/closure.h"
#include "loader/document/discourse.h"
#include "loader/document/entries.h"
#include "loader/document/event_labels.h"
#include "loader/document/finish.h"
#include "loader/document/homographs.h"
#include "loader/document/input_text.h"
#include "loader/document/noun_phrases.h"
#include "loader/document/quads.h"
#include "loader/document/rule_check.h"
#include "loader/document/rule_engine.h"
#include "loader/document/rule_parser.h"
#include "loader/document/statements.h"
#include "storage/model/vocabulary.h"
#include "storage/sync/run_in_order.h"

namespace sanad {
namespace {

constexpr std::string_view kDefaultIri = "urn:sanad:document";

std::string_view FormatName(DocumentFormat format) {
  switch (format) {
    case DocumentFormat::kMarkdown:
      return "markdown";
    case DocumentFormat::kHtml:
      return "html";
    case DocumentFormat::kPlainText:
      break;
  }
  return "text";
}

// A sentence, and its words with the sets and mentions found at them.
void TraceSentence(const Knowledge& knowledge, AnnotatedText& text, uint32_t s) {
  const SentenceSpan& span = text.sentences[s].span;
  text.trace += Concat(
      "sentence ", s, ": ",
      std::string_view(text.text).substr(span.begin_byte, span.end_byte - span.begin_byte), "\n");
  for (uint32_t a = text.sentences[s].first; a < text.sentences[s].end; ++a) {
    std::string line = Concat("    ", text.atoms[a].norm, text.atoms[a].definite ? " [def]" : "",
                              text.atoms[a].known ? "" : " [unknown]");
    for (const SetHit& hit : text.hits[a]) {
      line += Concat(" %", knowledge.symbols.NameOf(hit.set));
      if (hit.count > 1) line += Concat("/", hit.count);
      if (hit.form != nullptr) line += Concat("(", hit.form->text, ")");
    }
    for (const MentionId id : text.mentions_at[a]) {
      const Mention& m = text.mentions[static_cast<size_t>(id)];
      line += Concat(" @", knowledge.symbols.NameOf(m.type), "/", m.end - m.first);
    }
    text.trace += line + "\n";
  }
}

absl::StatusOr<PartialDate> DateOption(std::string_view date) {
  if (date.empty()) return PartialDate{};
  const std::optional<PartialDate> parsed = PartialDateOf(Term::Literal(date, SANAD_XSD_NS "date"));
  if (parsed && parsed->full()) return *parsed;
  return MakeStatus(absl::StatusCode::kInvalidArgument, "the document date \"", date,
                    "\" is no date; write it as 2025-02-18");
}

// Everything but the quads.
Extraction ExtractionOf(const Knowledge& knowledge, AnnotatedText& text) {
  Extraction extraction;
  WriteStatements(knowledge, text, extraction);
  extraction.document = Term::Iri(text.document_iri);
  extraction.text = std::move(text.text);
  extraction.language = std::move(text.language);
  extraction.warnings = std::move(text.warnings);
  extraction.trace = std::move(text.trace);
  return extraction;
}

// About what a result takes: its texts, and its quads, whose terms are strings.
size_t BytesOf(const absl::StatusOr<Extraction>& result) {
  if (!result.ok()) return 0;
  size_t bytes = result->text.size() + result->trace.size() +
                 result->statements.size() * sizeof(ExtractedStatement);
  for (const Quad& quad : result->quads) {
    bytes += sizeof(Quad);
    for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      bytes += term->value().size();
    }
  }
  return bytes;
}

}  // namespace

std::string_view StatementStatusName(StatementStatus status) {
  switch (status) {
    case StatementStatus::kAsserted:
      break;
    case StatementStatus::kPlanned:
      return "planned";
    case StatementStatus::kHoped:
      return "hoped";
    case StatementStatus::kClaimed:
      return "claimed";
    case StatementStatus::kCancelled:
      return "cancelled";
    case StatementStatus::kPostponed:
      return "postponed";
  }
  return "asserted";
}

absl::StatusOr<AnnotatedText> Annotate(const Knowledge& knowledge, std::string_view bytes,
                                       DocumentFormat format, std::string_view document_iri,
                                       std::string_view document_date, bool trace) {
  SANAD_ASSIGN_OR_RETURN(InputText input, ReadInput(bytes, format));
  AnnotatedText text;
  text.document_iri = std::string(document_iri.empty() ? kDefaultIri : document_iri);
  text.text = std::move(input.text);
  text.tracing = trace;
  if (!input.warning.empty()) text.warnings.push_back(std::move(input.warning));
  SANAD_ASSIGN_OR_RETURN(
      text.document_date,
      DateOption(document_date.empty() ? std::string_view(input.date) : document_date));
  AnnotateAtoms(knowledge, text);
  ResolveHomographs(knowledge, text);
  FindEntries(knowledge, text);
  AnnotateValues(knowledge, text);
  NounPhrases phrases(knowledge, text);
  Discourse discourse(knowledge, text, phrases);
  RuleEngine engine(knowledge, text, phrases, discourse);
  for (uint32_t s = 0; s < text.sentences.size(); ++s) engine.RunMentionRules(s);
  discourse.Begin();
  for (uint32_t s = 0; s < text.sentences.size(); ++s) {
    if (trace) TraceSentence(knowledge, text, s);
    discourse.ReadSentence(s);
    engine.RunRelationRules(s);
    discourse.EndSentence(s);
  }
  engine.RunLeadRules();
  FinishStatements(knowledge, discourse, text);
  RunClosure(knowledge, text);
  LabelEvents(knowledge, text);
  return text;
}

absl::StatusOr<Extraction> ExtractWith(const Knowledge& knowledge, std::string_view bytes,
                                       DocumentFormat format, std::string_view document_iri,
                                       std::string_view document_date, const ExtractParts& parts) {
  SANAD_ASSIGN_OR_RETURN(AnnotatedText text, Annotate(knowledge, bytes, format, document_iri,
                                                      document_date, parts.trace));
  std::vector<Quad> quads;
  if (parts.quads) {
    const FlatQuads flat = WriteQuads(knowledge, text, FormatName(format));
    quads.reserve(flat.size());
    for (size_t i = 0; i < flat.size(); ++i) quads.push_back(flat.at(i).ToQuad());
  }
  Extraction extraction = ExtractionOf(knowledge, text);
  extraction.quads = std::move(quads);
  return extraction;
}

absl::StatusOr<ExtractedDocument> ExtractForStore(const Knowledge& knowledge,
                                                  std::string_view bytes, DocumentFormat format,
                                                  std::string_view document_iri,
                                                  std::string_view document_date) {
  SANAD_ASSIGN_OR_RETURN(AnnotatedText text,
                         Annotate(knowledge, bytes, format, document_iri, document_date, false));
  ExtractedDocument document;
  document.quads = WriteQuads(knowledge, text, FormatName(format));
  document.extraction = ExtractionOf(knowledge, text);
  return document;
}

absl::StatusOr<Extraction> Extract(std::string_view text, DocumentFormat format,
                                   const ExtractOptions& options) {
  SANAD_ASSIGN_OR_RETURN(std::shared_ptr<const Knowledge> knowledge,
                         BuildKnowledge(options.lexicon_files, options.rule_files));
  return ExtractWith(*knowledge, text, format, options.document_iri, options.document_date,
                     {options.quads, options.trace});
}

void ExtractInOrder(size_t count, const std::function<absl::StatusOr<Extraction>(size_t)>& extract,
                    const std::function<bool(size_t, absl::StatusOr<Extraction>)>& take) {
  RunInOrder<absl::StatusOr<Extraction>>({}, count, {extract, BytesOf, take});
}

absl::Status CheckRules(std::string_view text, std::string_view file_name) {
  SANAD_ASSIGN_OR_RETURN(RuleFile file, ParseRules(text, file_name));
  SANAD_ASSIGN_OR_RETURN(std::shared_ptr<const Knowledge> knowledge, BuildKnowledge({}, {}));
  SetNames sets = knowledge->set_names;
  AddSetNames(file, sets);
  return CheckRuleFile(file, text, *knowledge->lexicon, sets);
}

absl::Status CheckLexicon(std::string_view text, std::string_view file_name) {
  std::vector<Quad> quads;
  RdfReadOptions options;
  options.base_iri = "file:///lexicon";
  const absl::Status status = ReadRdf(text, RdfSyntax::kTurtle, options, [&](const Quad& quad) {
    quads.push_back(quad);
    return absl::OkStatus();
  });
  if (!status.ok()) return MakeStatus(status.code(), file_name, ": ", FromAbsl(status.message()));
  const auto lexicon = Lexicon::Build(quads);
  if (lexicon.ok()) return absl::OkStatus();
  return MakeStatus(lexicon.status().code(), file_name, ": ", FromAbsl(lexicon.status().message()));
}

}  // namespace sanad
