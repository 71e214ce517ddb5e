// Reads OntoLex entries, labels and vocabulary declarations. Forms are gathered
// per entry; prepositions are known before verbs are read, since a verb's written
// form may end in one.

#include "language/lexicon_reader.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>

#include "language/inflection.h"
#include "language/normalise.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::internal {
namespace {

constexpr std::string_view kLexicalEntry = SANAD_ONTOLEX_NS "LexicalEntry";
constexpr std::string_view kCanonicalForm = SANAD_ONTOLEX_NS "canonicalForm";
constexpr std::string_view kOtherForm = SANAD_ONTOLEX_NS "otherForm";
constexpr std::string_view kWrittenRep = SANAD_ONTOLEX_NS "writtenRep";
constexpr std::string_view kDenotes = SANAD_ONTOLEX_NS "denotes";
constexpr std::string_view kSense = SANAD_ONTOLEX_NS "sense";
constexpr std::string_view kReference = SANAD_ONTOLEX_NS "reference";
constexpr std::string_view kDomainIncludes = "https://schema.org/domainIncludes";
constexpr std::string_view kRangeIncludes = "https://schema.org/rangeIncludes";
constexpr std::string_view kPartOfSpeech = SANAD_LEXINFO_NS "partOfSpeech";

std::string_view LocalName(std::string_view iri) {
  const size_t at = iri.find_last_of("#/");
  return at == std::string_view::npos ? iri : iri.substr(at + 1);
}

// "en-GB" → "en".
std::string PrimaryLanguage(std::string_view tag) {
  std::string out(tag.substr(0, tag.find('-')));
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool PartOfSpeechOf(std::string_view name, PartOfSpeech& out) {
  static constexpr std::array<std::pair<std::string_view, PartOfSpeech>, 11> kNames = {{
      {"noun", PartOfSpeech::kNoun},
      {"commonNoun", PartOfSpeech::kNoun},
      {"properNoun", PartOfSpeech::kNoun},
      {"verb", PartOfSpeech::kVerb},
      {"adjective", PartOfSpeech::kAdjective},
      {"adverb", PartOfSpeech::kAdverb},
      {"preposition", PartOfSpeech::kPreposition},
      {"conjunction", PartOfSpeech::kConjunction},
      {"determiner", PartOfSpeech::kDeterminer},
      {"pronoun", PartOfSpeech::kPronoun},
      {"particle", PartOfSpeech::kParticle},
  }};
  for (const auto& [n, pos] : kNames) {
    if (n == name) {
      out = pos;
      return true;
    }
  }
  return false;
}

template <typename Enum, size_t N>
bool Named(std::string_view value, const std::array<std::pair<std::string_view, Enum>, N>& names,
           Enum& out) {
  for (const auto& [n, e] : names) {
    if (n == value) {
      out = e;
      return true;
    }
  }
  return false;
}

// Sets one feature from a sanad: property of a form; false for an unknown value.
bool SetFeature(std::string_view property, std::string_view value, FormFeatures& f) {
  static constexpr std::array<std::pair<std::string_view, Tense>, 6> kTenses = {
      {{"base", Tense::kBase},
       {"past", Tense::kPast},
       {"present", Tense::kPresent},
       {"future", Tense::kFuture},
       {"participle", Tense::kParticiple},
       {"gerund", Tense::kGerund}}};
  static constexpr std::array<std::pair<std::string_view, Voice>, 3> kVoices = {
      {{"active", Voice::kActive}, {"passive", Voice::kPassive}, {"either", Voice::kEither}}};
  static constexpr std::array<std::pair<std::string_view, Number>, 3> kNumbers = {
      {{"singular", Number::kSingular}, {"dual", Number::kDual}, {"plural", Number::kPlural}}};
  static constexpr std::array<std::pair<std::string_view, Gender>, 2> kGenders = {
      {{"masculine", Gender::kMasculine}, {"feminine", Gender::kFeminine}}};
  static constexpr std::array<std::pair<std::string_view, Degree>, 3> kDegrees = {
      {{"positive", Degree::kPositive},
       {"comparative", Degree::kComparative},
       {"superlative", Degree::kSuperlative}}};
  if (property == "tense") return Named(value, kTenses, f.tense);
  if (property == "voice") return Named(value, kVoices, f.voice);
  if (property == "number") return Named(value, kNumbers, f.number);
  if (property == "gender") return Named(value, kGenders, f.gender);
  if (property == "degree") return Named(value, kDegrees, f.degree);
  return true;  // Not a feature of forms.
}

class Reader {
 public:
  explicit Reader(const TripleTable& triples) : triples_(triples) {}

  absl::StatusOr<LexiconContent> Run() {
    for (const Term& subject : triples_.subjects()) {
      if (IsPrepositionEntry(subject)) CollectPrepositions(subject);
    }
    for (const Term& subject : triples_.subjects()) {
      if (triples_.Has(subject, iri::kRdfType, Term::Iri(kLexicalEntry))) {
        SANAD_RETURN_IF_ERROR(ReadEntry(subject));
      } else {
        ReadLabels(subject);
      }
      ReadVocabulary(subject);
    }
    for (LexicalEntry& entry : out_.entries) AddClassSets(entry);
    return std::move(out_);
  }

 private:
  bool IsPrepositionEntry(const Term& subject) const {
    return triples_.Has(subject, kPartOfSpeech, Term::Iri(SANAD_LEXINFO_NS "preposition"));
  }

  void CollectPrepositions(const Term& subject) {
    for (const Term& form : triples_.ObjectsOf(subject, kCanonicalForm)) {
      for (const Term& rep : triples_.ObjectsOf(form, kWrittenRep)) {
        prepositions_.insert(Normalise(rep.value()));
      }
    }
  }

  static absl::Status Wrong(const Term& entry, std::string_view what) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "lexicon entry ", entry.ToString(), ": ",
                      what);
  }

  absl::Status ReadEntry(const Term& subject) {
    LexicalEntry entry;
    entry.iri = subject;
    entry.part_of_speech = PartOfSpeech::kNoun;
    std::vector<const Term*> canonical;
    std::vector<const Term*> other;
    for (const TripleTable::Statement& s : triples_.Of(subject)) {
      if (s.predicate == kPartOfSpeech) {
        if (!PartOfSpeechOf(LocalName(s.object->value()), entry.part_of_speech)) {
          return Wrong(subject, Concat("unknown lexinfo:partOfSpeech ", s.object->ToString(),
                                       "; use noun, verb, adjective, adverb, preposition, "
                                       "conjunction, determiner, pronoun or particle"));
        }
      } else if (s.predicate == kCanonicalForm) {
        canonical.push_back(s.object);
      } else if (s.predicate == kOtherForm) {
        other.push_back(s.object);
      } else if (s.predicate == kDenotes) {
        entry.references.push_back(*s.object);
      } else if (s.predicate == kSense) {
        for (Term& t : triples_.ObjectsOf(*s.object, kReference)) entry.references.push_back(t);
      } else if (s.predicate.starts_with(SANAD_NS)) {
        SANAD_RETURN_IF_ERROR(ReadOwnProperty(s, entry));
      }
    }
    if (canonical.empty()) return Wrong(subject, "has no ontolex:canonicalForm");
    for (const Term* form : canonical) SANAD_RETURN_IF_ERROR(ReadForm(*form, true, entry));
    const size_t canonical_count = entry.forms.size();
    for (const Term* form : other) SANAD_RETURN_IF_ERROR(ReadForm(*form, false, entry));
    const auto by_text = [](const LexicalForm& a, const LexicalForm& b) {
      return std::tie(a.language, a.text, a.preposition) <
             std::tie(b.language, b.text, b.preposition);
    };
    const auto others = entry.forms.begin() + static_cast<ptrdiff_t>(canonical_count);
    std::sort(entry.forms.begin(), others, by_text);
    std::sort(others, entry.forms.end(), by_text);
    for (size_t i = canonical_count; i < entry.forms.size(); ++i) InheritPreposition(entry, i);
    Inflect(entry, canonical_count);
    std::sort(entry.features.begin(), entry.features.end());
    out_.entries.push_back(std::move(entry));
    return absl::OkStatus();
  }

  absl::Status ReadOwnProperty(const TripleTable::Statement& s, LexicalEntry& entry) {
    const std::string_view name = LocalName(s.predicate);
    const std::string& value = s.object->value();
    if (s.predicate == iri::kFrame) {
      entry.sets.push_back(value);
    } else if (name == "subjectIs") {
      if (value != "subject" && value != "object") {
        return Wrong(entry.iri, "sanad:subjectIs must be \"subject\" or \"object\"");
      }
      entry.subject_is = value == "object" ? RelationSide::kObject : RelationSide::kSubject;
    } else if (name == "direction") {
      if (value != "high" && value != "low") {
        return Wrong(entry.iri, "sanad:direction must be \"high\" or \"low\"");
      }
      entry.direction = value == "high" ? 1 : -1;
    } else {
      entry.features.emplace_back(std::string(name), value);
    }
    return absl::OkStatus();
  }

  absl::Status ReadForm(const Term& node, bool canonical, LexicalEntry& entry) {
    LexicalForm shape;
    shape.canonical = canonical;
    std::string form_of;
    std::vector<const Term*> reps;
    for (const TripleTable::Statement& s : triples_.Of(node)) {
      if (s.predicate == kWrittenRep) {
        reps.push_back(s.object);
      } else if (s.predicate == SANAD_NS "formOf") {
        form_of = s.object->value();
      } else if (s.predicate.starts_with(SANAD_NS)) {
        if (!SetFeature(LocalName(s.predicate), s.object->value(), shape.features)) {
          return Wrong(entry.iri, Concat("unknown value ", s.object->ToString(),
                                         " of sanad:", LocalName(s.predicate)));
        }
      }
    }
    if (reps.empty()) return Wrong(entry.iri, "a form has no ontolex:writtenRep");
    for (const Term* rep : reps) {
      if (!rep->is_literal() || rep->language().empty()) {
        return Wrong(entry.iri,
                     Concat("written form ", rep->ToString(), " needs a language tag (@en, @ar)"));
      }
      LexicalForm form = shape;
      form.language = PrimaryLanguage(rep->language());
      form.text = rep->value();
      if (entry.part_of_speech == PartOfSpeech::kVerb && canonical) TakePreposition(form);
      form.lemma = canonical ? form.text : form_of;
      entry.forms.push_back(std::move(form));
    }
    return absl::OkStatus();
  }

  // "focus on" → "focus", "on".
  void TakePreposition(LexicalForm& form) const {
    const size_t space = form.text.rfind(' ');
    if (space == std::string::npos) return;
    const std::string last = form.text.substr(space + 1);
    if (!prepositions_.contains(Normalise(last))) return;
    form.preposition = last;
    form.text.resize(space);
  }

  // An irregular form is a form of its lemma, or of the only canonical form of
  // its language; it takes that one's preposition.
  static void InheritPreposition(LexicalEntry& entry, size_t at) {
    LexicalForm& form = entry.forms[at];
    for (const LexicalForm& base : entry.forms) {
      if (!base.canonical || base.language != form.language) continue;
      if (form.lemma.empty()) form.lemma = base.text;
      if (form.lemma == base.text || form.lemma == Concat(base.text, " ", base.preposition)) {
        form.lemma = base.text;
        form.preposition = base.preposition;
        return;
      }
    }
  }

  static bool HasForm(const LexicalEntry& entry, const LexicalForm& base, Tense tense) {
    for (const LexicalForm& f : entry.forms) {
      // "looked" of "look at" says nothing of "look into": only given forms count.
      if (!f.canonical && !f.generated && f.lemma == base.text && f.features.tense == tense)
        return true;
    }
    return false;
  }

  static bool HasPlural(const LexicalEntry& entry, const LexicalForm& base) {
    for (const LexicalForm& f : entry.forms) {
      if (!f.canonical && f.lemma == base.text && f.features.number == Number::kPlural) return true;
    }
    return false;
  }

  static std::string_view GivenPresent(const LexicalEntry& entry, const LexicalForm& base) {
    for (const LexicalForm& f : entry.forms) {
      if (!f.canonical && f.lemma == base.text && f.features.tense == Tense::kPresent)
        return f.text;
    }
    return {};
  }

  static std::vector<InflectedForm> Inflections(const LexicalEntry& entry,
                                                const LexicalForm& base) {
    const bool arabic = base.language == "ar";
    if (!arabic && base.language != "en") return {};
    switch (entry.part_of_speech) {
      case PartOfSpeech::kVerb: {
        if (arabic) return InflectArabicVerb(base.text, GivenPresent(entry, base));
        std::vector<InflectedForm> forms = InflectEnglishVerb(base.text);
        if (HasForm(entry, base, Tense::kPast)) {
          std::erase_if(forms,
                        [](const InflectedForm& f) { return f.features.tense == Tense::kPast; });
        }
        return forms;
      }
      case PartOfSpeech::kNoun:
        if (arabic) return InflectArabicNoun(base.text);
        if (HasPlural(entry, base)) return {};
        return InflectEnglishNoun(base.text);
      case PartOfSpeech::kAdjective:
        return arabic                       ? InflectArabicAdjective(base.text)
               : entry.InSet("nationality") ? InflectEnglishNoun(base.text)
                                            : std::vector<InflectedForm>{};
      default:
        return {};
    }
  }

  static void Inflect(LexicalEntry& entry, size_t canonical_count) {
    std::sort(entry.sets.begin(), entry.sets.end());
    absl::flat_hash_set<std::string> known;
    for (const LexicalForm& f : entry.forms) {
      known.insert(Concat(f.language, f.preposition, " ", Normalise(f.text)));
    }
    for (size_t i = 0; i < canonical_count; ++i) {
      if (entry.part_of_speech == PartOfSpeech::kVerb) {
        FormFeatures& f = entry.forms[i].features;
        if (f.tense == Tense::kUnknown) {
          f.tense = entry.forms[i].language == "ar" ? Tense::kPast : Tense::kBase;
        }
      } else if (entry.forms[i].features.number == Number::kUnknown &&
                 entry.part_of_speech == PartOfSpeech::kNoun) {
        entry.forms[i].features.number = Number::kSingular;
      }
      const LexicalForm base = entry.forms[i];
      for (InflectedForm& inflected : Inflections(entry, base)) {
        const std::string normalised = Normalise(inflected.text);
        if (normalised == Normalise(base.text)) {
          // The lemma itself: it may be passive as well.
          if (entry.forms[i].features.voice == Voice::kUnknown) {
            entry.forms[i].features = inflected.features;
          }
          continue;
        }
        if (!known.insert(Concat(base.language, base.preposition, " ", normalised)).second)
          continue;
        LexicalForm form = base;
        form.text = std::move(inflected.text);
        form.features = inflected.features;
        form.canonical = false;
        form.generated = true;
        entry.forms.push_back(std::move(form));
      }
    }
  }

  void ReadLabels(const Term& subject) {
    LexicalEntry entry;
    entry.iri = subject;
    entry.part_of_speech = PartOfSpeech::kLabel;
    entry.references.push_back(subject);
    static constexpr std::array<std::string_view, 3> kLabels = {
        iri::kRdfsLabel, iri::kSkosPrefLabel, iri::kSkosAltLabel};
    for (std::string_view predicate : kLabels) {
      for (const TripleTable::Statement& s : triples_.Of(subject)) {
        if (s.predicate != predicate || !s.object->is_literal()) continue;
        LexicalForm form;
        form.text = s.object->value();
        form.lemma = form.text;
        form.language = PrimaryLanguage(s.object->language());
        form.canonical = predicate != iri::kSkosAltLabel;
        entry.forms.push_back(std::move(form));
      }
    }
    if (entry.forms.empty()) return;
    for (const TripleTable::Statement& s : triples_.Of(subject)) {
      if (s.predicate == iri::kFrame) {
        entry.sets.push_back(s.object->value());
      } else if (s.predicate.starts_with(SANAD_NS) && s.object->is_literal()) {
        entry.features.emplace_back(std::string(LocalName(s.predicate)), s.object->value());
      }
    }
    std::sort(entry.features.begin(), entry.features.end());
    if (IsClass(subject)) InflectLabels(entry);
    out_.entries.push_back(std::move(entry));
  }

  bool IsClass(const Term& subject) const {
    return triples_.Has(subject, iri::kRdfType, Term::Iri(SANAD_OWL_NS "Class")) ||
           triples_.Has(subject, iri::kRdfType, Term::Iri(SANAD_RDFS_NS "Class"));
  }

  // A class is a noun: "meetings" names kg:Meeting.
  static void InflectLabels(LexicalEntry& entry) {
    const std::vector<LexicalForm> labels = entry.forms;
    for (const LexicalForm& label : labels) {
      std::vector<InflectedForm> forms = label.language == "ar"   ? InflectArabicNoun(label.text)
                                         : label.language == "en" ? InflectEnglishNoun(label.text)
                                                                  : std::vector<InflectedForm>{};
      for (InflectedForm& inflected : forms) {
        LexicalForm form = label;
        form.text = std::move(inflected.text);
        form.features = inflected.features;
        form.canonical = false;
        form.generated = true;
        entry.forms.push_back(std::move(form));
      }
    }
  }

  bool IsProperty(const Term& subject) const {
    static const std::array<Term, 4> kPropertyTypes = {
        Term::Iri(SANAD_RDF_NS "Property"), Term::Iri(SANAD_OWL_NS "ObjectProperty"),
        Term::Iri(SANAD_OWL_NS "DatatypeProperty"), Term::Iri(iri::kOwlSymmetricProperty)};
    for (const Term& type : kPropertyTypes) {
      if (triples_.Has(subject, iri::kRdfType, type)) return true;
    }
    return false;
  }

  void ReadVocabulary(const Term& subject) {
    VocabularyTerm term;
    term.iri = subject;
    term.is_class = IsClass(subject);
    if (!term.is_class && !IsProperty(subject)) return;
    term.symmetric = triples_.Has(subject, iri::kRdfType, Term::Iri(iri::kOwlSymmetricProperty));
    for (const TripleTable::Statement& s : triples_.Of(subject)) {
      if (s.predicate == iri::kRdfsSubClassOf || s.predicate == iri::kRdfsSubPropertyOf) {
        term.parents.push_back(*s.object);
      } else if (s.predicate == iri::kRdfsDomain || s.predicate == kDomainIncludes) {
        term.domain.push_back(*s.object);
      } else if (s.predicate == iri::kRdfsRange || s.predicate == kRangeIncludes) {
        term.range.push_back(*s.object);
      } else if (s.predicate == iri::kOwlInverseOf) {
        term.inverse = *s.object;
      } else if (s.predicate == iri::kShownWith) {
        term.shown_with = triples_.ListOf(*s.object);
        if (term.shown_with.empty()) term.shown_with.push_back(*s.object);
      }
    }
    out_.vocabulary.push_back(std::move(term));
  }

  // Adds the local names of a class and its ancestors.
  void AddClass(const Term& cls, LexicalEntry& entry, int depth) const {
    if (depth > 32) return;  // A cycle of subclasses.
    const std::string name(LocalName(cls.value()));
    if (std::find(entry.sets.begin(), entry.sets.end(), name) == entry.sets.end()) {
      entry.sets.push_back(name);
    }
    for (const Term& parent : triples_.ObjectsOf(cls, iri::kRdfsSubClassOf)) {
      AddClass(parent, entry, depth + 1);
    }
  }

  void AddClassSets(LexicalEntry& entry) const {
    for (const Term& reference : entry.references) {
      if (IsClass(reference)) {
        AddClass(reference, entry, 0);
        continue;
      }
      if (IsProperty(reference)) {
        entry.sets.emplace_back(LocalName(reference.value()));
        continue;
      }
      // A noun or adjective for a thing is not the thing: only labels are.
      if (entry.part_of_speech != PartOfSpeech::kLabel) continue;
      for (const Term& type : triples_.ObjectsOf(reference, iri::kRdfType)) {
        if (!type.value().starts_with(SANAD_OWL_NS) && !type.value().starts_with(SANAD_RDFS_NS)) {
          AddClass(type, entry, 0);
        }
      }
    }
    std::sort(entry.sets.begin(), entry.sets.end());
    entry.sets.erase(std::unique(entry.sets.begin(), entry.sets.end()), entry.sets.end());
  }

  const TripleTable& triples_;
  absl::flat_hash_set<std::string> prepositions_;
  LexiconContent out_;
};

}  // namespace

TripleTable::TripleTable(std::span<const Quad> quads) : quads_(quads.begin(), quads.end()) {
  for (const Quad& quad : quads_) {
    const auto [at, added] = by_subject_.try_emplace(quad.subject);
    if (added) subjects_.push_back(quad.subject);
    at->second.push_back({quad.predicate.value(), &quad.object});
  }
  // A store gives its triples in an order of its own: nothing may depend on it.
  std::sort(subjects_.begin(), subjects_.end());
  for (auto& [subject, statements] : by_subject_) {
    std::sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) {
      return a.predicate != b.predicate ? a.predicate < b.predicate : *a.object < *b.object;
    });
  }
}

std::span<const TripleTable::Statement> TripleTable::Of(const Term& subject) const {
  const auto found = by_subject_.find(subject);
  if (found == by_subject_.end()) return {};
  return found->second;
}

std::vector<Term> TripleTable::ObjectsOf(const Term& subject, std::string_view predicate) const {
  std::vector<Term> out;
  for (const Statement& s : Of(subject)) {
    if (s.predicate == predicate) out.push_back(*s.object);
  }
  return out;
}

bool TripleTable::Has(const Term& subject, std::string_view predicate, const Term& object) const {
  for (const Statement& s : Of(subject)) {
    if (s.predicate == predicate && *s.object == object) return true;
  }
  return false;
}

std::vector<Term> TripleTable::ListOf(const Term& head) const {
  constexpr size_t kLongest = 1000;
  std::vector<Term> out;
  Term node = head;
  while (out.size() < kLongest) {
    const std::vector<Term> first = ObjectsOf(node, iri::kRdfFirst);
    const std::vector<Term> rest = ObjectsOf(node, iri::kRdfRest);
    if (first.empty() || rest.empty()) break;
    out.push_back(first[0]);
    node = rest[0];
  }
  return out;
}

absl::StatusOr<LexiconContent> ReadLexicon(const TripleTable& triples) {
  return Reader(triples).Run();
}

}  // namespace sanad::internal
