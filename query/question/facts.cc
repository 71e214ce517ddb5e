// Facts: what sentences say, in words, in order of document and sentence.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <sanad/question.h>
#include "query/question/context.h"
#include "query/question/evidence.h"
#include "query/question/messages.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using question::Context;
using question::EvidenceFinder;
using question::GraphReader;
using question::Messages;
using question::Renderer;

constexpr size_t kMostFacts = 10000;

// Reads the statements of the wanted things (all when none are named).
class FactReader {
 public:
  FactReader(const Context& context, const Renderer& renderer, std::set<TermId> wanted, bool all)
      : context_(context),
        reader_(context.vocabulary.reader()),
        renderer_(renderer),
        finder_(context.vocabulary, renderer),
        wanted_(std::move(wanted)),
        all_(all) {}

  absl::StatusOr<std::vector<StatementInWords>> Run();

 private:
  bool Wanted(TermId subject, TermId object) const {
    return all_ || wanted_.contains(subject) || wanted_.contains(object);
  }
  std::string Words(TermId subject, TermId predicate, TermId object) const {
    const Term relation = reader_.TermOf(predicate);
    return Concat(renderer_.Label(reader_.TermOf(subject)), " · ", renderer_.Label(relation), " · ",
                  renderer_.Label(relation, reader_.TermOf(object)));
  }
  void ReadSentence(TermId graph);
  void ReadDerived(TermId graph);
  void AddNode(TermId node, TermId graph);

  const Context& context_;
  GraphReader reader_;
  const Renderer& renderer_;
  EvidenceFinder finder_;
  std::set<TermId> wanted_;
  const bool all_;
  std::vector<StatementInWords> out_;
};

void FactReader::AddNode(TermId node, TermId graph) {
  auto one = [&](std::string_view predicate) {
    std::vector<TermId> ids = reader_.Objects(node, reader_.Id(predicate), true);
    return ids.empty() ? TermId() : ids[0];
  };
  const TermId s = one(iri::kRdfSubject), p = one(iri::kRdfPredicate), o = one(iri::kRdfObject);
  if (s.is_undefined() || !Wanted(s, o)) return;
  const Messages& messages = Messages::Of(renderer_.language());
  StatementInWords statement;
  statement.text = Words(s, p, o);
  std::vector<std::string> marks;
  if (const TermId status = one(iri::kStatus); !status.is_undefined()) {
    marks.push_back(messages.Get(reader_.TermOf(status).value()));
  }
  if (const TermId negated = one(iri::kNegated); !negated.is_undefined()) {
    if (reader_.TermOf(negated).value() == "true") marks.push_back(messages.Get("negated"));
  }
  if (const TermId who = one(iri::kAttributedTo); !who.is_undefined()) {
    marks.push_back(messages.Get("said-by", {renderer_.Label(reader_.TermOf(who))}));
  }
  for (const std::string& mark : marks) {
    statement.marking += Concat(statement.marking.empty() ? "" : ", ", mark);
  }
  if (auto info = finder_.Sentence(graph)) statement.evidence = finder_.ToEvidence(*info, "");
  out_.push_back(std::move(statement));
}

void FactReader::ReadSentence(TermId graph) {
  const TermId statement_class = reader_.Id(iri::kRdfStatement);
  const TermId type = reader_.Id(iri::kRdfType);
  std::set<TermId> nodes;
  std::vector<IdQuad> plain;
  reader_.Scan({}, GraphScope::One(graph), [&](const IdQuad& quad) {
    if (quad.predicate == type && quad.object == statement_class) {
      nodes.insert(quad.subject);
    } else {
      plain.push_back(quad);
    }
    return true;
  });
  const auto info = finder_.Sentence(graph);
  for (const IdQuad& quad : plain) {
    if (nodes.contains(quad.subject) || out_.size() >= kMostFacts) continue;
    if (!Wanted(quad.subject, quad.object)) continue;
    StatementInWords statement;
    statement.text = Words(quad.subject, quad.predicate, quad.object);
    if (info.has_value()) statement.evidence = finder_.ToEvidence(*info, "");
    out_.push_back(std::move(statement));
  }
  for (TermId node : nodes) AddNode(node, graph);
}

void FactReader::ReadDerived(TermId graph) {
  reader_.Scan({}, GraphScope::One(graph), [&](const IdQuad& quad) {
    if (!Wanted(quad.subject, quad.object)) return true;
    StatementInWords statement;
    statement.text = Words(quad.subject, quad.predicate, quad.object);
    statement.marking = Messages::Of(renderer_.language()).Get("derived");
    std::vector<Evidence> evidence;
    finder_.Add(quad.subject, quad.predicate, quad.object, evidence);
    if (!evidence.empty()) statement.evidence = evidence[0];
    out_.push_back(std::move(statement));
    return out_.size() < kMostFacts;
  });
}

absl::StatusOr<std::vector<StatementInWords>> FactReader::Run() {
  const TermId type = reader_.Id(iri::kRdfType);
  for (TermId graph : reader_.Subjects(type, reader_.Id(iri::kNifSentence), true)) {
    ReadSentence(graph);
  }
  std::set<TermId> derived;
  const TermId from = reader_.Id(iri::kProvWasDerivedFrom);
  if (!from.is_undefined()) {
    reader_.Scan({TermId(), from, TermId()}, GraphScope::Each(), [&](const IdQuad& quad) {
      derived.insert(quad.subject);
      return true;
    });
  }
  for (TermId graph : derived) ReadDerived(graph);
  SANAD_RETURN_IF_ERROR(context_.vocabulary.errors->status());
  std::stable_sort(out_.begin(), out_.end(),
                   [](const StatementInWords& a, const StatementInWords& b) {
                     return std::tie(a.evidence.document, a.evidence.begin) <
                            std::tie(b.evidence.document, b.evidence.begin);
                   });
  return std::move(out_);
}

}  // namespace

absl::StatusOr<std::vector<StatementInWords>> Facts(const Store& store, std::string_view name,
                                                    std::string_view language) {
  SANAD_ASSIGN_OR_RETURN(Context context, question::ContextOf(store));
  std::string chosen(language.empty() ? question::LanguageOf(name) : std::string(language));
  Renderer renderer(context.vocabulary, chosen);
  std::vector<Token> tokens = Tokenise(name);
  std::erase_if(tokens, [](const Token& token) { return token.is_punctuation(); });
  if (tokens.size() > question::kMostTokens) tokens.resize(question::kMostTokens);
  std::set<TermId> wanted;
  if (!tokens.empty() && context.vocabulary.labels.has_value()) {
    SANAD_ASSIGN_OR_RETURN(std::vector<LabelPosting> postings,
                           context.vocabulary.labels->Holding(tokens, 1000));
    for (const LabelPosting& posting : postings) wanted.insert(posting.subject);
  }
  return FactReader(context, renderer, std::move(wanted), tokens.empty()).Run();
}

}  // namespace sanad
