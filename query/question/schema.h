// Schema: what a graph's vocabulary and its data say about which things a
// property connects.
//
// Declared: rdfs:domain, rdfs:range, sub-classes, sub-properties, owl:inverseOf,
// owl:SymmetricProperty, owl:TransitiveProperty, owl:propertyChainAxiom, from all
// graphs (vocabularies may lie in lexicon graphs). Observed: the pairs of classes
// that triples of a property connect, all of them in a small graph, a spread
// sample in a large one. Graphs without any declaration work from what is
// observed. Built once for a state of a store.

#ifndef SANAD_QUERY_QUESTION_SCHEMA_H_
#define SANAD_QUERY_QUESTION_SCHEMA_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "query/question/graph_reader.h"
#include "storage/model/xsd_number.h"

namespace sanad::question {

// What a thing may be: any of some classes, or a literal of any of some
// datatypes (as classes). Empty: not known.
using Types = std::vector<Term>;

// Families of literal datatypes; members of one family compare.
enum class LiteralFamily : uint8_t { kNone, kNumber, kDate, kDuration, kString, kBoolean };
LiteralFamily FamilyOf(std::string_view datatype);
// The value of a numeric literal; nullopt where it is none that Decimal holds.
std::optional<Decimal> DecimalOf(const Term& number);

struct Property {
  Term iri;
  Types domain, range;        // Declared.
  std::vector<Term> parents;  // rdfs:subPropertyOf.
  std::vector<Term> inverses;
  bool symmetric = false, transitive = false;
  std::vector<std::vector<Term>> chains;     // owl:propertyChainAxiom.
  std::set<std::pair<Term, Term>> observed;  // Classes; undefined: no class.
  bool used = false;                         // Has triples in the union.
  bool datatype = false;                     // Its values are literals.
  bool labelled = false;
  bool multivalued = false;  // A subject was seen with two values.
  int salience = 1000;       // Place in some class's sanad:shownWith.
  Term unit;                 // qudt:hasUnit: of its values; undefined: not said, or several.
};

// A unit of measure. An amount of it is (amount + offset) × multiplier of the base unit
// of its kinds.
struct Unit {
  std::vector<Term> kinds;  // qudt:hasQuantityKind
  Decimal multiplier;       // qudt:conversionMultiplier; 0: none, not convertible.
  Decimal offset;           // qudt:conversionOffset
};

// Immutable once built. Thread-safe.
class Schema {
 public:
  // Errors of reading are returned as they are.
  static absl::StatusOr<std::shared_ptr<const Schema>> Build(const QuadSource& source);

  bool IsClass(const Term& term) const { return classes_.contains(term); }
  const Property* FindProperty(const Term& term) const;
  const std::vector<const Property*>& properties() const { return property_list_; }

  // Reflexive and transitive.
  bool IsSubClass(const Term& term, const Term& ancestor) const;
  std::vector<Term> SubClasses(const Term& term) const;     // Itself first.
  std::vector<Term> SuperClasses(const Term& term) const;   // Itself first, nearest first.
  std::vector<Term> SubProperties(const Term& term) const;  // Itself first.
  std::vector<Term> ShownWith(const Types& types) const;
  bool IsUnit(const Term& term) const { return units_.contains(term); }
  // An amount of `from` in `to`; nullopt where no kind is of both, where one has no
  // multiplier, and beyond what Decimal holds.
  std::optional<Decimal> Convert(const Decimal& amount, const Term& from, const Term& to) const;

  // 0: some pair of the types is observed; 1: declared to fit; -1: does not fit.
  // Where nothing is known of the property: 2.
  int Fit(const Property& property, const Types& subject, const Types& object) const;
  // Whether some thing of both types may exist.
  bool Compatible(const Types& a, const Types& b) const;
  Types RangeOf(const Property& property, const Types& subject) const;
  Types DomainOf(const Property& property, const Types& object) const;

  // rdf:type of a thing in any graph.
  static Types TypesOf(const GraphReader& reader, TermId thing);

 private:
  bool CompatibleClasses(const Term& a, const Term& b) const;
  void ReadDeclarations(const GraphReader& reader);
  void ReadClassTree(const GraphReader& reader);
  void ReadUnits(const GraphReader& reader);
  void ReadUnitsOfProperties(const GraphReader& reader);
  void Observe(const GraphReader& reader);
  void ObserveProperty(const GraphReader& reader, TermId predicate, Property& property);
  void ObserveStatements(const GraphReader& reader);
  // Its types, one undefined where it has none; of a literal its datatype.
  Types KnownTypes(const GraphReader& reader, TermId thing);
  Property& Add(const Term& iri);

  absl::flat_hash_set<Term> classes_;
  std::map<Term, std::unique_ptr<Property>> properties_;
  std::vector<const Property*> property_list_;
  absl::flat_hash_map<Term, std::vector<Term>> parents_, children_;  // Of classes.
  absl::flat_hash_map<Term, std::vector<Term>> sub_properties_;
  absl::flat_hash_map<Term, Unit> units_;
  absl::flat_hash_map<Term, std::vector<Term>> shown_with_;
  absl::flat_hash_map<TermId, std::vector<Term>> types_cache_;  // While building.
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_SCHEMA_H_
