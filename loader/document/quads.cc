#include "loader/document/quads.h"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <sanad/version.h>
#include <xxhash.h>
#include "loader/document/statements.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr std::string_view kNonNegative = SANAD_XSD_NS "nonNegativeInteger";

// Quads of terms that live elsewhere: they are sorted before any text is copied.
class QuadList {
 public:
  // The terms and `p` must outlive the list.
  void Add(const Term& s, std::string_view p, const Term& o, const Term& g) {
    quads_.push_back({&s, &Predicate(p), &o, &g});
  }
  // Keeps a term for quads to refer to.
  const Term& Keep(Term term) { return terms_.emplace_back(std::move(term)); }

  // Everything added, sorted, each once.
  FlatQuads Take() {
    std::sort(quads_.begin(), quads_.end(), [](const Entry& a, const Entry& b) {
      if (!Same(a.graph, b.graph)) return *a.graph < *b.graph;
      if (!Same(a.subject, b.subject)) return *a.subject < *b.subject;
      if (!Same(a.predicate, b.predicate)) return *a.predicate < *b.predicate;
      return *a.object < *b.object;
    });
    const auto end = std::unique(quads_.begin(), quads_.end(), [](const Entry& a, const Entry& b) {
      return Same(a.graph, b.graph) && Same(a.subject, b.subject) &&
             Same(a.predicate, b.predicate) && Same(a.object, b.object);
    });
    FlatQuads out;
    absl::flat_hash_map<const Term*, uint32_t> numbers;
    const auto number_of = [&](const Term* term) {
      const auto [it, added] = numbers.try_emplace(term, 0);
      if (added) it->second = out.AddTerm(ViewOf(*term));
      return it->second;
    };
    for (auto it = quads_.begin(); it != end; ++it) {
      out.AddRow({number_of(it->subject), number_of(it->predicate), number_of(it->object),
                  number_of(it->graph)});
    }
    return out;
  }

 private:
  struct Entry {
    const Term *subject, *predicate, *object, *graph;
  };
  static bool Same(const Term* a, const Term* b) { return a == b || *a == *b; }

  const Term& Predicate(std::string_view iri) {
    const Term*& term = predicates_[iri];
    if (term == nullptr) term = &Keep(Term::Iri(iri));
    return *term;
  }

  std::vector<Entry> quads_;
  std::deque<Term> terms_;
  absl::flat_hash_map<std::string_view, const Term*> predicates_;  // By IRI, as it was given.
};

class Writer {
 public:
  Writer(const Knowledge& knowledge, const AnnotatedText& text)
      : knowledge_(knowledge),
        text_(text),
        document_(quads_.Keep(Term::Iri(text.document_iri))),
        used_(UsedEntities(text)) {
    for (size_t n = 0; n < text.sentences.size(); ++n)
      sentences_.push_back(&Part(Concat("sentence-", n)));
  }

  FlatQuads Run(std::string_view format) {
    WriteDocument(format);
    WriteSentences();
    WriteEntities();
    statements_in_.assign(text_.sentences.size(), 0);
    for (const DocumentStatement& s : text_.statements) WriteStatement(s);
    WriteMentions();
    return quads_.Take();
  }

 private:
  const Entity& EntityOf(EntityId id) const { return text_.entities[static_cast<size_t>(id)]; }
  const Term& Part(std::string_view name) {
    return quads_.Keep(Term::Iri(Concat(text_.document_iri, "#", name)));
  }
  const Term& SentenceGraph(uint32_t n) const { return *sentences_[n]; }
  void Add(const Term& s, std::string_view p, const Term& o, const Term& g) {
    quads_.Add(s, p, o, g);
  }
  void Add(const Term& s, std::string_view p, Term&& o, const Term& g) {
    quads_.Add(s, p, quads_.Keep(std::move(o)), g);
  }
  void AddNumber(const Term& s, std::string_view p, uint64_t n, const Term& g) {
    Add(s, p, Term::Literal(std::to_string(n), kNonNegative), g);
  }

  void WriteDocument(std::string_view format) {
    const Term& d = document_;
    Add(d, iri::kRdfType, Term::Iri(iri::kDocumentGraph), d);
    Add(d, iri::kRdfType, Term::Iri(iri::kNifContext), d);
    Add(d, iri::kNifIsString, Term::String(text_.text), d);
    Add(d, iri::kDctermsLanguage, Term::String(text_.language), d);
    if (!text_.document_date.empty()) Add(d, iri::kDctermsDate, text_.document_date.ToTerm(), d);
    Add(d, SANAD_NS "documentFormat", Term::String(format), d);
    const Term& extraction = Part("extraction");
    Add(d, iri::kProvWasGeneratedBy, extraction, d);
    Add(extraction, SANAD_NS "extractorVersion", Term::String(Version()), d);
    Add(extraction, SANAD_NS "lexiconVersion", Term::String(knowledge_.lexicon_version), d);
    Add(extraction, SANAD_NS "rulesVersion", Term::String(knowledge_.rules_version), d);
  }

  void WriteSentences() {
    for (uint32_t n = 0; n < text_.sentences.size(); ++n) {
      const SentenceSpan& span = text_.sentences[n].span;
      const Term& s = SentenceGraph(n);
      Add(s, iri::kRdfType, Term::Iri(iri::kNifSentence), document_);
      Add(s, iri::kNifReferenceContext, document_, document_);
      AddNumber(s, iri::kNifBeginIndex, span.begin, document_);
      AddNumber(s, iri::kNifEndIndex, span.end, document_);
      AddNumber(s, SANAD_NS "beginByte", span.begin_byte, document_);
      AddNumber(s, SANAD_NS "endByte", span.end_byte, document_);
    }
  }

  void WriteEntities() {
    for (size_t i = 0; i < text_.entities.size(); ++i) {
      const Entity& e = text_.entities[i];
      if (!used_[i] || e.same_as != kNoId) continue;
      const Term& labels = labels_;
      Add(e.iri, iri::kRdfType, Term::Iri(Concat(SANAD_KG_NS, e.type)), labels);
      if (!e.label_en.empty())
        Add(e.iri, iri::kRdfsLabel, Term::LangString(e.label_en, "en"), labels);
      if (!e.label_ar.empty())
        Add(e.iri, iri::kRdfsLabel, Term::LangString(e.label_ar, "ar"), labels);
      if (e.kind == "event") {
        for (const std::string_view language : {"en", "ar"}) {
          if (!(language == "en" ? e.label_en : e.label_ar).empty()) {
            Add(e.iri, SANAD_NS "generatedLabelLanguage", Term::String(language), document_);
          }
        }
      }
    }
  }

  void WriteStatement(const DocumentStatement& s) {
    const Term& subject = EntityOf(s.subject).iri;
    const Term& object = s.object != kNoId ? EntityOf(s.object).iri : s.value;
    const Term& predicate = Property(s.property);
    const Term& graph = s.premises.empty() ? SentenceGraph(s.sentence)
                                           : WriteDerivation(s, subject, predicate, object);
    const bool event_status = s.property == "status" && EntityOf(s.subject).kind == "event";
    const bool plain =
        !s.negated && s.status == StatementStatus::kAsserted && s.attributed_to == kNoId;
    if (plain || (event_status && !s.negated)) {
      Add(subject, predicate.value(), object, graph);
    } else {
      WriteNode(s, subject, predicate, object, graph);
    }
  }

  void WriteNode(const DocumentStatement& s, const Term& subject, const Term& predicate,
                 const Term& object, const Term& graph) {
    const Term& node = Part(Concat("statement-", s.sentence, "-", ++statements_in_[s.sentence]));
    Add(node, iri::kRdfType, Term::Iri(iri::kRdfStatement), graph);
    Add(node, iri::kRdfSubject, subject, graph);
    Add(node, iri::kRdfPredicate, predicate, graph);
    Add(node, iri::kRdfObject, object, graph);
    if (s.status != StatementStatus::kAsserted)
      Add(node, iri::kStatus, Term::String(StatementStatusName(s.status)), graph);
    if (s.negated) Add(node, iri::kNegated, Term::Boolean(true), graph);
    if (s.attributed_to != kNoId)
      Add(node, iri::kAttributedTo, EntityOf(s.attributed_to).iri, graph);
  }

  const Term& WriteDerivation(const DocumentStatement& s, const Term& subject,
                              const Term& predicate, const Term& object) {
    std::string key =
        Concat(s.rule, "\n", subject.ToString(), predicate.ToString(), object.ToString());
    std::set<uint32_t> sentences;
    for (const uint32_t p : s.premises) sentences.insert(text_.statements[p].sentence);
    for (const uint32_t n : sentences) key += Concat("\n", n);
    char hash[17];
    std::snprintf(hash, sizeof hash, "%016llx",
                  static_cast<unsigned long long>(XXH3_64bits(key.data(), key.size())));
    const Term& graph = Part(Concat("derived-", std::string_view(hash)));
    for (const uint32_t n : sentences)
      Add(graph, iri::kProvWasDerivedFrom, SentenceGraph(n), document_);
    Add(graph, iri::kRule, Term::String(s.rule), document_);
    return graph;
  }

  const Term& Property(const std::string& name) {
    const Term*& term = properties_[name];
    if (term == nullptr) term = &quads_.Keep(PropertyTerm(name));
    return *term;
  }

  const Term& MentionIri(const Mention& m) {
    const Term*& term = mentions_[{m.first, m.end}];
    if (term == nullptr) {
      term = &Part(Concat("mention-", text_.atoms[m.first].begin, "-", text_.atoms[m.end - 1].end));
    }
    return *term;
  }

  // "The preparatory meeting" is called so, though its label is made of class, place
  // and date: the adjectives beside a mention, with it, are a label to find it by.
  void WriteDescription(const Mention& m, const Term& entity) {
    constexpr size_t kAround = 96;  // Bytes looked at beside the mention.
    constexpr uint32_t kLongestNoun = 3;
    if (m.end - m.first > kLongestNoun) return;
    const SentenceSpan& sentence = text_.sentences[m.sentence].span;
    const bool arabic = text_.language == "ar";
    size_t begin = text_.atoms[m.first].begin_byte, end = text_.atoms[m.end - 1].end_byte;
    const size_t from =
        arabic ? end : std::max<size_t>(sentence.begin_byte, begin > kAround ? begin - kAround : 0);
    const size_t to = arabic ? std::min<size_t>(sentence.end_byte, end + kAround) : begin;
    if (from >= to || to > text_.text.size()) return;
    const std::vector<Token> tokens =
        Tokenise(std::string_view(text_.text).substr(from, to - from));
    auto describes = [&](size_t at) {
      for (const LexiconMatch& match :
           knowledge_.lexicon->MatchSet(tokens, at, "conceptAdjective")) {
        const auto& splits = tokens[at].word->splits;
        const bool bare =
            match.split >= splits.size() || splits[match.split].proclitics.empty() ||
            (splits[match.split].proclitics.size() == 1 && splits[match.split].definite());
        if (match.count == 1 && bare && match.enclitic.empty()) return true;
      }
      return false;
    };
    bool described = false;
    for (size_t k = 0; k < tokens.size() && k < 2; ++k) {
      const size_t at = arabic ? k : tokens.size() - 1 - k;
      if (!describes(at)) break;
      described = true;
      (arabic ? end : begin) = from + (arabic ? tokens[at].end_byte : tokens[at].begin_byte);
    }
    if (!described) return;
    Add(entity, SANAD_SKOS_NS "hiddenLabel",
        Term::LangString(text_.text.substr(begin, end - begin), text_.language), labels_);
  }

  void WriteMentions() {
    std::vector<bool> wanted(text_.mentions.size(), false);
    for (size_t i = 0; i < text_.mentions.size(); ++i) {
      const Mention& m = text_.mentions[i];
      const EntityId e = text_.Resolve(m.entity);
      wanted[i] = e != kNoId && used_[static_cast<size_t>(e)] && m.end > m.first;
    }
    std::set<const Term*> written;
    for (size_t i = 0; i < text_.mentions.size(); ++i) {
      if (!wanted[i]) continue;
      const Mention& m = text_.mentions[i];
      const Term& mention = MentionIri(m);
      const Term& entity = EntityOf(text_.Resolve(m.entity)).iri;
      if (written.insert(&mention).second) {
        Add(mention, iri::kRdfType, Term::Iri(iri::kNifPhrase), document_);
        Add(mention, iri::kNifReferenceContext, document_, document_);
        Add(mention, iri::kInSentence, SentenceGraph(m.sentence), document_);
        AddNumber(mention, iri::kNifBeginIndex, text_.atoms[m.first].begin, document_);
        AddNumber(mention, iri::kNifEndIndex, text_.atoms[m.end - 1].end, document_);
      }
      Add(mention, iri::kItsTaIdentRef, entity, document_);
      const std::string_view kind = EntityOf(text_.Resolve(m.entity)).kind;
      if (kind == "event" || kind == "outcome" || kind == "proposal") WriteDescription(m, entity);
      if (m.antecedent == kNoId || !wanted[static_cast<size_t>(m.antecedent)]) continue;
      const Mention& antecedent = text_.mentions[static_cast<size_t>(m.antecedent)];
      if (antecedent.sentence != m.sentence || antecedent.first != m.first) {
        Add(mention, iri::kAntecedent, MentionIri(antecedent), document_);
      }
    }
  }

  const Knowledge& knowledge_;
  const AnnotatedText& text_;
  QuadList quads_;
  const Term& document_;
  const Term& labels_ = Part("labels");
  std::vector<const Term*> sentences_;  // Their graphs.
  std::map<std::pair<uint32_t, uint32_t>, const Term*> mentions_;
  absl::flat_hash_map<std::string, const Term*> properties_;
  std::vector<bool> used_;
  std::vector<uint32_t> statements_in_;
};

}  // namespace

FlatQuads WriteQuads(const Knowledge& knowledge, const AnnotatedText& text,
                     std::string_view format) {
  return Writer(knowledge, text).Run(format);
}

}  // namespace sanad
