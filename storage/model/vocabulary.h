// IRIs that the code itself must know: RDF, XSD and provenance vocabularies and
// the store's own terms. Words of a domain never stand here.

#ifndef SANAD_STORAGE_MODEL_VOCABULARY_H_
#define SANAD_STORAGE_MODEL_VOCABULARY_H_

#include <string_view>

#define SANAD_RDF_NS "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define SANAD_RDFS_NS "http://www.w3.org/2000/01/rdf-schema#"
#define SANAD_XSD_NS "http://www.w3.org/2001/XMLSchema#"
#define SANAD_OWL_NS "http://www.w3.org/2002/07/owl#"
#define SANAD_SKOS_NS "http://www.w3.org/2004/02/skos/core#"
#define SANAD_PROV_NS "http://www.w3.org/ns/prov#"
#define SANAD_NIF_NS "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
#define SANAD_ITSRDF_NS "http://www.w3.org/2005/11/its/rdf#"
#define SANAD_DCTERMS_NS "http://purl.org/dc/terms/"
#define SANAD_ONTOLEX_NS "http://www.w3.org/ns/lemon/ontolex#"
#define SANAD_SYNSEM_NS "http://www.w3.org/ns/lemon/synsem#"
#define SANAD_LEXINFO_NS "http://www.lexinfo.net/ontology/3.0/lexinfo#"
#define SANAD_NS "https://sanad.example/ns#"
#define SANAD_KG_NS "https://sanad.example/kg#"
#define SANAD_ID_NS "https://sanad.example/id/"
#define SANAD_GRAPH_NS "https://sanad.example/graph/"

namespace sanad::iri {

inline constexpr std::string_view kXsdString = SANAD_XSD_NS "string";
inline constexpr std::string_view kXsdBoolean = SANAD_XSD_NS "boolean";
inline constexpr std::string_view kXsdInteger = SANAD_XSD_NS "integer";
inline constexpr std::string_view kXsdDecimal = SANAD_XSD_NS "decimal";
inline constexpr std::string_view kXsdFloat = SANAD_XSD_NS "float";
inline constexpr std::string_view kXsdDouble = SANAD_XSD_NS "double";
inline constexpr std::string_view kXsdDate = SANAD_XSD_NS "date";
inline constexpr std::string_view kXsdTime = SANAD_XSD_NS "time";
inline constexpr std::string_view kXsdDateTime = SANAD_XSD_NS "dateTime";
inline constexpr std::string_view kXsdDateTimeStamp = SANAD_XSD_NS "dateTimeStamp";
inline constexpr std::string_view kXsdDuration = SANAD_XSD_NS "duration";
inline constexpr std::string_view kXsdYearMonthDuration = SANAD_XSD_NS "yearMonthDuration";
inline constexpr std::string_view kXsdDayTimeDuration = SANAD_XSD_NS "dayTimeDuration";
inline constexpr std::string_view kXsdGYear = SANAD_XSD_NS "gYear";
inline constexpr std::string_view kXsdGYearMonth = SANAD_XSD_NS "gYearMonth";
inline constexpr std::string_view kXsdGMonth = SANAD_XSD_NS "gMonth";
inline constexpr std::string_view kXsdGMonthDay = SANAD_XSD_NS "gMonthDay";
inline constexpr std::string_view kXsdGDay = SANAD_XSD_NS "gDay";
inline constexpr std::string_view kXsdAnyURI = SANAD_XSD_NS "anyURI";
inline constexpr std::string_view kRdfType = SANAD_RDF_NS "type";
inline constexpr std::string_view kRdfLangString = SANAD_RDF_NS "langString";
inline constexpr std::string_view kRdfFirst = SANAD_RDF_NS "first";
inline constexpr std::string_view kRdfRest = SANAD_RDF_NS "rest";
inline constexpr std::string_view kRdfNil = SANAD_RDF_NS "nil";
inline constexpr std::string_view kRdfStatement = SANAD_RDF_NS "Statement";
inline constexpr std::string_view kRdfSubject = SANAD_RDF_NS "subject";
inline constexpr std::string_view kRdfPredicate = SANAD_RDF_NS "predicate";
inline constexpr std::string_view kRdfObject = SANAD_RDF_NS "object";
inline constexpr std::string_view kRdfsLabel = SANAD_RDFS_NS "label";
inline constexpr std::string_view kRdfsSubClassOf = SANAD_RDFS_NS "subClassOf";
inline constexpr std::string_view kRdfsSubPropertyOf = SANAD_RDFS_NS "subPropertyOf";
inline constexpr std::string_view kRdfsDomain = SANAD_RDFS_NS "domain";
inline constexpr std::string_view kRdfsRange = SANAD_RDFS_NS "range";
inline constexpr std::string_view kSkosPrefLabel = SANAD_SKOS_NS "prefLabel";
inline constexpr std::string_view kSkosAltLabel = SANAD_SKOS_NS "altLabel";
inline constexpr std::string_view kOwlInverseOf = SANAD_OWL_NS "inverseOf";
inline constexpr std::string_view kOwlSymmetricProperty = SANAD_OWL_NS "SymmetricProperty";
inline constexpr std::string_view kProvWasDerivedFrom = SANAD_PROV_NS "wasDerivedFrom";
inline constexpr std::string_view kProvWasGeneratedBy = SANAD_PROV_NS "wasGeneratedBy";
inline constexpr std::string_view kNifContext = SANAD_NIF_NS "Context";
inline constexpr std::string_view kNifSentence = SANAD_NIF_NS "Sentence";
inline constexpr std::string_view kNifPhrase = SANAD_NIF_NS "Phrase";
inline constexpr std::string_view kNifIsString = SANAD_NIF_NS "isString";
inline constexpr std::string_view kNifBeginIndex = SANAD_NIF_NS "beginIndex";
inline constexpr std::string_view kNifEndIndex = SANAD_NIF_NS "endIndex";
inline constexpr std::string_view kNifReferenceContext = SANAD_NIF_NS "referenceContext";
inline constexpr std::string_view kItsTaIdentRef = SANAD_ITSRDF_NS "taIdentRef";
inline constexpr std::string_view kDctermsDate = SANAD_DCTERMS_NS "date";
inline constexpr std::string_view kDctermsLanguage = SANAD_DCTERMS_NS "language";

inline constexpr std::string_view kDocumentGraph = SANAD_NS "DocumentGraph";
inline constexpr std::string_view kProvenanceGraph = SANAD_NS "ProvenanceGraph";
inline constexpr std::string_view kLexiconGraph = SANAD_NS "LexiconGraph";
inline constexpr std::string_view kInSentence = SANAD_NS "inSentence";
inline constexpr std::string_view kAntecedent = SANAD_NS "antecedent";
inline constexpr std::string_view kRule = SANAD_NS "rule";
inline constexpr std::string_view kStatus = SANAD_NS "status";
inline constexpr std::string_view kNegated = SANAD_NS "negated";
inline constexpr std::string_view kAttributedTo = SANAD_NS "attributedTo";
inline constexpr std::string_view kSameEvent = SANAD_NS "sameEvent";
inline constexpr std::string_view kMaybeSame = SANAD_NS "maybeSame";
inline constexpr std::string_view kShownWith = SANAD_NS "shownWith";
inline constexpr std::string_view kFrame = SANAD_NS "frame";
inline constexpr std::string_view kLinksGraph = SANAD_GRAPH_NS "links";
inline constexpr std::string_view kLexiconGraphPrefix = SANAD_GRAPH_NS "lexicon/";

}  // namespace sanad::iri

#endif  // SANAD_STORAGE_MODEL_VOCABULARY_H_
