// Builds the Schema. Declarations are few and read whole; the classes that a
// property connects are observed over its first rows and then at doubling
// strides of subject ids, so that one early class does not hide the others.

#include "query/question/schema.h"

#include <algorithm>
#include <deque>

#include "storage/model/text.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_number.h"

#define QUDT(name) "http://qudt.org/schema/qudt/" name

namespace sanad::question {
namespace {

constexpr size_t kFullRows = 5000;   // Triples of a property read one by one.
constexpr int kStridedProbes = 400;  // Probes behind them.

bool IsStructural(std::string_view iri) {
  for (std::string_view prefix :
       {std::string_view(SANAD_RDF_NS), std::string_view(SANAD_RDFS_NS),
        std::string_view(SANAD_OWL_NS), std::string_view(SANAD_SKOS_NS),
        std::string_view(SANAD_PROV_NS), std::string_view(SANAD_NIF_NS),
        std::string_view(SANAD_ITSRDF_NS), std::string_view(SANAD_ONTOLEX_NS),
        std::string_view(SANAD_SYNSEM_NS), std::string_view(SANAD_LEXINFO_NS),
        std::string_view(QUDT("")), std::string_view(SANAD_NS)}) {
    if (iri.substr(0, prefix.size()) == prefix) return true;
  }
  return false;
}

std::vector<Term> Closure(const absl::flat_hash_map<Term, std::vector<Term>>& edges,
                          const Term& start) {
  std::vector<Term> out = {start};
  for (size_t i = 0; i < out.size(); ++i) {
    auto it = edges.find(out[i]);
    if (it == edges.end()) continue;
    for (const Term& next : it->second) {
      if (std::find(out.begin(), out.end(), next) == out.end()) out.push_back(next);
    }
  }
  return out;
}

std::vector<Term> ReadList(const GraphReader& reader, TermId head) {
  std::vector<Term> out;
  const TermId first = reader.Id(iri::kRdfFirst), rest = reader.Id(iri::kRdfRest),
               nil = reader.Id(iri::kRdfNil);
  while (!head.is_undefined() && head != nil && out.size() < 64) {
    std::vector<TermId> items = reader.Objects(head, first, true);
    if (items.empty()) break;
    out.push_back(reader.TermOf(items[0]));
    std::vector<TermId> next = reader.Objects(head, rest, true);
    head = next.empty() ? TermId() : next[0];
  }
  return out;
}

// All triples of a predicate, in whatever graph.
template <typename Visit>
void ForEachPair(const GraphReader& reader, std::string_view predicate, Visit visit) {
  const TermId id = reader.Id(predicate);
  if (id.is_undefined()) return;
  auto add = [&](const IdQuad& quad) {
    visit(reader.TermOf(quad.subject), reader.TermOf(quad.object), quad);
    return true;
  };
  reader.Scan({TermId(), id, TermId()}, GraphScope::Default(), add);
  reader.Scan({TermId(), id, TermId()}, GraphScope::Each(), add);
}

// The distinct ids of the first column that a scan does not bind, by skipping from one
// to the next.
std::vector<TermId> DistinctOf(const GraphReader& reader, const ScanRequest& request,
                               size_t column) {
  std::vector<TermId> out;
  const absl::StatusOr<std::unique_ptr<QuadScan>> scan = reader.source().Scan(request);
  if (!scan.ok()) {
    reader.errors().Keep(scan.status());
    return out;
  }
  QuadBatch batch;
  while ((*scan)->Next(batch)) {
    for (size_t row = 0; row < batch.size; ++row) {
      const TermId id = batch.columns[column][row];
      if (out.empty() || out.back() != id) out.push_back(id);
    }
    if (!out.empty()) (*scan)->SkipTo(TermId(out.back().bits() + 1));
  }
  reader.errors().Keep((*scan)->status());
  return out;
}

}  // namespace

LiteralFamily FamilyOf(std::string_view datatype) {
  constexpr std::string_view kXsd = SANAD_XSD_NS;
  if (datatype == iri::kRdfLangString) return LiteralFamily::kString;
  if (datatype.substr(0, kXsd.size()) != kXsd) return LiteralFamily::kNone;
  std::string_view name = datatype.substr(kXsd.size());
  if (name == "string" || name == "anyURI") return LiteralFamily::kString;
  if (name == "boolean") return LiteralFamily::kBoolean;
  if (name == "date" || name == "dateTime" || name == "time" || name.substr(0, 1) == "g") {
    return LiteralFamily::kDate;
  }
  if (name == "duration" || name == "dayTimeDuration" || name == "yearMonthDuration") {
    return LiteralFamily::kDuration;
  }
  return LiteralFamily::kNumber;
}

std::optional<Decimal> DecimalOf(const Term& number) {
  const std::optional<Numeric> value = ToNumeric(number);
  if (!value.has_value()) return std::nullopt;
  const std::optional<Numeric> exact = Cast(*value, NumericType::kDecimal);
  return exact.has_value() ? std::optional(exact->decimal) : std::nullopt;
}

const Property* Schema::FindProperty(const Term& term) const {
  auto it = properties_.find(term);
  return it == properties_.end() ? nullptr : it->second.get();
}

Property& Schema::Add(const Term& iri) {
  std::unique_ptr<Property>& slot = properties_[iri];
  if (slot == nullptr) {
    slot = std::make_unique<Property>();
    slot->iri = iri;
  }
  return *slot;
}

void Schema::ReadUnits(const GraphReader& reader) {
  ForEachPair(reader, QUDT("hasQuantityKind"),
              [&](const Term& unit, const Term& kind, const IdQuad&) {
                units_[unit].kinds.push_back(kind);
              });
  ForEachPair(reader, QUDT("conversionMultiplier"),
              [&](const Term& unit, const Term& value, const IdQuad&) {
                units_[unit].multiplier = DecimalOf(value).value_or(Decimal());
              });
  ForEachPair(reader, QUDT("conversionOffset"),
              [&](const Term& unit, const Term& value, const IdQuad&) {
                units_[unit].offset = DecimalOf(value).value_or(Decimal());
              });
}

// Quantity values say their unit as properties do, and are none: only known
// properties are asked.
void Schema::ReadUnitsOfProperties(const GraphReader& reader) {
  const TermId has_unit = reader.Id(QUDT("hasUnit"));
  if (has_unit.is_undefined()) return;
  for (auto& [iri, property] : properties_) {
    const std::vector<TermId> units = reader.Objects(reader.Id(iri), has_unit, true);
    if (units.size() == 1) property->unit = reader.TermOf(units[0]);
  }
}

std::optional<Decimal> Schema::Convert(const Decimal& amount, const Term& from,
                                       const Term& to) const {
  if (from == to) return amount;
  const auto a = units_.find(from), b = units_.find(to);
  if (a == units_.end() || b == units_.end()) return std::nullopt;
  const Unit &unit = a->second, &wanted = b->second;
  const bool one_kind =
      std::find_first_of(unit.kinds.begin(), unit.kinds.end(), wanted.kinds.begin(),
                         wanted.kinds.end()) != unit.kinds.end();
  if (!one_kind || unit.multiplier.is_zero() || wanted.multiplier.is_zero()) return std::nullopt;
  std::optional<Decimal> out = sanad::Add(amount, unit.offset);
  if (out.has_value()) out = Multiply(*out, unit.multiplier);
  if (out.has_value()) out = Divide(*out, wanted.multiplier);
  if (out.has_value()) out = Subtract(*out, wanted.offset);
  return out;
}

void Schema::ReadClassTree(const GraphReader& reader) {
  const auto pairs = [&](std::string_view predicate, auto&& visit) {
    ForEachPair(reader, predicate, visit);
  };
  pairs(iri::kRdfsSubClassOf, [&](const Term& child, const Term& parent, const IdQuad&) {
    classes_.insert(child);
    classes_.insert(parent);
    parents_[child].push_back(parent);
    children_[parent].push_back(child);
  });
  pairs(iri::kRdfsSubPropertyOf, [&](const Term& child, const Term& parent, const IdQuad&) {
    Add(child).parents.push_back(parent);
    Add(parent);
    sub_properties_[parent].push_back(child);
  });
  for (std::string_view predicate :
       {iri::kRdfsDomain, std::string_view("https://schema.org/domainIncludes"),
        std::string_view("http://schema.org/domainIncludes")}) {
    pairs(predicate, [&](const Term& property, const Term& cls, const IdQuad&) {
      Add(property).domain.push_back(cls);
    });
  }
  for (std::string_view predicate :
       {iri::kRdfsRange, std::string_view("https://schema.org/rangeIncludes"),
        std::string_view("http://schema.org/rangeIncludes")}) {
    pairs(predicate, [&](const Term& property, const Term& cls, const IdQuad&) {
      Property& p = Add(property);
      p.range.push_back(cls);
      if (FamilyOf(cls.value()) != LiteralFamily::kNone) p.datatype = true;
    });
  }
  pairs(iri::kOwlInverseOf, [&](const Term& a, const Term& b, const IdQuad&) {
    Add(a).inverses.push_back(b);
    Add(b).inverses.push_back(a);
  });
  pairs(SANAD_OWL_NS "propertyChainAxiom", [&](const Term& p, const Term&, const IdQuad& quad) {
    std::vector<Term> chain = ReadList(reader, quad.object);
    if (chain.size() >= 2) Add(p).chains.push_back(std::move(chain));
  });
  pairs(iri::kShownWith, [&](const Term& cls, const Term&, const IdQuad& quad) {
    std::vector<Term> shown = ReadList(reader, quad.object);
    for (size_t i = 0; i < shown.size(); ++i) {
      Property& p = Add(shown[i]);
      p.salience = std::min(p.salience, static_cast<int>(i));
    }
    shown_with_[cls] = std::move(shown);
  });
}

void Schema::ReadDeclarations(const GraphReader& reader) {
  const TermId type = reader.Id(iri::kRdfType);
  auto of_type = [&](std::string_view cls) {
    return reader.TermsOf(reader.Subjects(type, reader.Id(cls), true));
  };
  for (std::string_view cls : {SANAD_RDFS_NS "Class", SANAD_OWL_NS "Class"}) {
    for (Term& term : of_type(cls)) classes_.insert(std::move(term));
  }
  for (std::string_view cls : {SANAD_RDF_NS "Property", SANAD_OWL_NS "ObjectProperty"}) {
    for (const Term& term : of_type(cls)) Add(term);
  }
  for (const Term& term : of_type(SANAD_OWL_NS "DatatypeProperty")) Add(term).datatype = true;
  for (const Term& term : of_type(iri::kOwlSymmetricProperty)) Add(term).symmetric = true;
  for (const Term& term : of_type(SANAD_OWL_NS "TransitiveProperty")) Add(term).transitive = true;
}

Types Schema::TypesOf(const GraphReader& reader, TermId thing) {
  Types out;
  if (thing.is_undefined()) return out;
  for (Term& type : reader.TermsOf(reader.Objects(thing, reader.Id(iri::kRdfType), true))) {
    out.push_back(std::move(type));
  }
  return out;
}

// A copy: what is kept moves as more is.
Types Schema::KnownTypes(const GraphReader& reader, TermId thing) {
  if (thing.is_literal()) return {Term::Iri(reader.TermOf(thing).datatype())};
  auto [it, added] = types_cache_.try_emplace(thing);
  if (added) it->second = TypesOf(reader, thing);
  return it->second.empty() ? Types{Term()} : it->second;
}

void Schema::ObserveProperty(const GraphReader& reader, TermId predicate, Property& property) {
  TermId previous;
  auto observe = [&](const IdQuad& quad) {
    property.used = true;
    if (quad.subject == previous) property.multivalued = true;
    previous = quad.subject;
    if (quad.object.is_literal()) property.datatype = true;
    for (const Term& s : KnownTypes(reader, quad.subject)) {
      for (const Term& o : KnownTypes(reader, quad.object)) property.observed.emplace(s, o);
    }
  };
  ScanRequest request;
  request.pattern = {TermId(), predicate, TermId()};
  request.order = Order::kPso;
  const absl::StatusOr<std::unique_ptr<QuadScan>> scan = reader.source().Scan(request);
  if (!scan.ok()) return reader.errors().Keep(scan.status());
  QuadBatch batch;
  size_t rows = 0;
  uint64_t stride = 1024;
  for (int probe = 0; probe < kStridedProbes && (*scan)->Next(batch);) {
    const size_t take = rows < kFullRows ? batch.size : 1;
    for (size_t row = 0; row < take; ++row) {
      observe({batch.columns[1][row], predicate, batch.columns[2][row], TermId()});
    }
    rows += take;
    if (rows < kFullRows || batch.size == 0) continue;
    ++probe;
    stride += stride / 32;
    (*scan)->SkipTo(TermId(batch.columns[1][batch.size - 1].bits() + stride));
  }
  reader.errors().Keep((*scan)->status());
}

// What is denied, planned or claimed connects classes as what is asserted does.
void Schema::ObserveStatements(const GraphReader& reader) {
  const TermId said = reader.Id(iri::kRdfPredicate);
  const TermId subject = reader.Id(iri::kRdfSubject), object = reader.Id(iri::kRdfObject);
  if (said.is_undefined() || subject.is_undefined() || object.is_undefined()) return;
  size_t rows = 0;
  reader.Scan({TermId(), said, TermId()}, GraphScope::Union(), [&](const IdQuad& quad) {
    const auto found = properties_.find(reader.TermOf(quad.object));
    if (found == properties_.end()) return ++rows < kFullRows;
    Property& property = *found->second;
    for (TermId from : reader.Objects(quad.subject, subject, true)) {
      for (TermId to : reader.Objects(quad.subject, object, true)) {
        for (const Term& s : KnownTypes(reader, from)) {
          for (const Term& o : KnownTypes(reader, to)) property.observed.emplace(s, o);
        }
      }
    }
    return ++rows < kFullRows;
  });
}

void Schema::Observe(const GraphReader& reader) {
  const TermId label = reader.Id(iri::kRdfsLabel), pref = reader.Id(iri::kSkosPrefLabel);
  const TermId type = reader.Id(iri::kRdfType);
  ScanRequest request;
  request.order = Order::kPso;
  for (TermId predicate : DistinctOf(reader, request, 0)) {
    Term term = reader.TermOf(predicate);
    if (!term.is_iri() || IsStructural(term.value())) continue;
    ObserveProperty(reader, predicate, Add(term));
  }
  ObserveStatements(reader);
  for (auto& [iri, property] : properties_) {
    const TermId id = reader.Id(iri);
    property->labelled =
        !reader.Objects(id, label, true).empty() || !reader.Objects(id, pref, true).empty();
  }
  // Classes in use that nothing declares.
  if (!type.is_undefined()) {
    ScanRequest types;
    types.pattern = {TermId(), type, TermId()};
    types.order = Order::kPos;
    types.columns = 2;
    for (Term& cls : reader.TermsOf(DistinctOf(reader, types, 1))) {
      if (cls.is_iri() && !IsStructural(cls.value())) classes_.insert(std::move(cls));
    }
  }
}

absl::StatusOr<std::shared_ptr<const Schema>> Schema::Build(const QuadSource& source) {
  auto schema = std::make_shared<Schema>();
  ReadErrors errors;
  const GraphReader reader(source, errors);
  schema->ReadClassTree(reader);
  schema->ReadDeclarations(reader);
  schema->ReadUnits(reader);
  schema->Observe(reader);
  schema->ReadUnitsOfProperties(reader);
  SANAD_RETURN_IF_ERROR(errors.status());
  schema->types_cache_.clear();
  for (auto it = schema->properties_.begin(); it != schema->properties_.end();) {
    it = IsStructural(it->first.value()) ? schema->properties_.erase(it) : std::next(it);
  }
  for (const auto& [iri, property] : schema->properties_) {
    schema->property_list_.push_back(property.get());
  }
  return std::shared_ptr<const Schema>(std::move(schema));
}

bool Schema::IsSubClass(const Term& term, const Term& ancestor) const {
  if (term == ancestor) return true;
  if (!parents_.contains(term)) return false;
  std::vector<Term> all = Closure(parents_, term);
  return std::find(all.begin(), all.end(), ancestor) != all.end();
}

std::vector<Term> Schema::SubClasses(const Term& term) const { return Closure(children_, term); }
std::vector<Term> Schema::SuperClasses(const Term& term) const { return Closure(parents_, term); }
std::vector<Term> Schema::SubProperties(const Term& term) const {
  return Closure(sub_properties_, term);
}

std::vector<Term> Schema::ShownWith(const Types& types) const {
  for (const Term& type : types) {
    for (const Term& ancestor : SuperClasses(type)) {
      auto it = shown_with_.find(ancestor);
      if (it != shown_with_.end()) return it->second;
    }
  }
  return {};
}

bool Schema::CompatibleClasses(const Term& a, const Term& b) const {
  if (a.is_undefined() || b.is_undefined()) return true;
  const LiteralFamily family_a = FamilyOf(a.value()), family_b = FamilyOf(b.value());
  if (family_a != LiteralFamily::kNone || family_b != LiteralFamily::kNone) {
    return family_a == family_b;
  }
  return IsSubClass(a, b) || IsSubClass(b, a);
}

bool Schema::Compatible(const Types& a, const Types& b) const {
  if (a.empty() || b.empty()) return true;
  for (const Term& x : a) {
    for (const Term& y : b) {
      if (CompatibleClasses(x, y)) return true;
    }
  }
  return false;
}

int Schema::Fit(const Property& property, const Types& subject, const Types& object) const {
  auto member = [&](const Types& types, const Term& cls) {
    if (types.empty()) return true;
    return std::any_of(types.begin(), types.end(),
                       [&](const Term& type) { return CompatibleClasses(type, cls); });
  };
  for (const auto& [s, o] : property.observed) {
    if (member(subject, s) && member(object, o)) return 0;
  }
  const bool declared = !property.domain.empty() || !property.range.empty();
  if (declared) {
    // A declared side binds; the other side is as observed, or free.
    const bool domain_fits = property.domain.empty() ? property.observed.empty() || subject.empty()
                                                     : Compatible(property.domain, subject);
    const bool range_fits = property.range.empty() ? property.observed.empty() || object.empty()
                                                   : Compatible(property.range, object);
    return domain_fits && range_fits ? 1 : -1;
  }
  return property.observed.empty() ? 2 : -1;
}

Types Schema::RangeOf(const Property& property, const Types& subject) const {
  Types out;
  for (const auto& [s, o] : property.observed) {
    if (o.is_undefined()) continue;
    if (!subject.empty() && !Compatible(subject, {s})) continue;
    if (std::find(out.begin(), out.end(), o) == out.end()) out.push_back(o);
  }
  for (const Term& cls : property.range) {
    if (std::find(out.begin(), out.end(), cls) == out.end()) out.push_back(cls);
  }
  return out;
}

Types Schema::DomainOf(const Property& property, const Types& object) const {
  Types out;
  for (const auto& [s, o] : property.observed) {
    if (s.is_undefined()) continue;
    if (!object.empty() && !Compatible(object, {o})) continue;
    if (std::find(out.begin(), out.end(), s) == out.end()) out.push_back(s);
  }
  for (const Term& cls : property.domain) {
    if (std::find(out.begin(), out.end(), cls) == out.end()) out.push_back(cls);
  }
  return out;
}

}  // namespace sanad::question
