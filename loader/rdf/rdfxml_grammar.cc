// A stack of frames, one an open element; what an element may be follows from the
// frame around it. Triples leave as soon as their parts are known.

#include "loader/rdf/rdfxml_grammar.h"

#include <algorithm>
#include <array>
#include <utility>

#include "storage/model/iri_resolver.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kXmlLiteral = SANAD_RDF_NS "XMLLiteral";

// Section 6.2.4: names of the rdf: namespace with a role of their own.
constexpr std::array<std::string_view, 7> kCoreSyntaxTerms = {
    "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"};
constexpr std::array<std::string_view, 3> kOldTerms = {"aboutEach", "aboutEachPrefix", "bagID"};

template <size_t n>
bool Contains(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The local name of an rdf: name, or empty.
std::string_view RdfName(std::string_view iri) {
  constexpr std::string_view kRdf = SANAD_RDF_NS;
  return iri.starts_with(kRdf) ? iri.substr(kRdf.size()) : std::string_view();
}

bool IsForbidden(std::string_view iri, std::string_view also) {
  const std::string_view name = RdfName(iri);
  return !name.empty() &&
         (Contains(kCoreSyntaxTerms, name) || Contains(kOldTerms, name) || name == also);
}

bool IsBlank(std::string_view text) { return TrimXmlSpace(text).empty(); }

// NCName, by the character classes of XML 1.0, which are those of Turtle's names
// and the dot.
bool IsNcName(std::string_view text) {
  if (text.empty() || !IsValidUtf8(text)) return false;
  size_t i = 0;
  if (!IsPnCharsU(NextCodePoint(text, i))) return false;
  while (i < text.size()) {
    const char32_t c = NextCodePoint(text, i);
    if (c != '.' && !IsPnChars(c)) return false;
  }
  return true;
}

void SetLiteral(TermBuffer& term, std::string_view text, std::string_view language,
                std::string_view datatype) {
  term.SetLiteral(datatype);
  term.value = text;
  if (datatype.empty() && !language.empty()) {
    term.has_language = true;
    term.suffix = language;
  }
  if (!term.has_language && term.suffix == iri::kXsdString) term.suffix.clear();
}

}  // namespace

RdfXmlGrammar::RdfXmlGrammar(const QuadReaderOptions& options, QuadViewSink sink)
    : sink_(sink), labels_(options.blank_node_scope) {
  frames_.emplace_back();
  frames_.back().base = options.base_iri;
}

bool RdfXmlGrammar::Fail(std::string message) {
  error_ = std::move(message);
  return false;
}

bool RdfXmlGrammar::Emit(const TermBuffer& subject, std::string_view predicate,
                         const TermBuffer& object) {
  status_ = sink_({subject.view(), TermView::Iri(predicate), object.view(), {}});
  return status_.ok();
}

// A property's triple and, if it has an rdf:ID, its reification.
bool RdfXmlGrammar::EmitReified(const Frame& property, const TermBuffer& subject,
                                const TermBuffer& object) {
  if (!Emit(subject, property.predicate, object)) return false;
  if (property.reification.empty()) return true;
  TermBuffer statement, predicate, type;
  statement.SetIri(property.reification);
  predicate.SetIri(property.predicate);
  type.SetIri(iri::kRdfStatement);
  return Emit(statement, iri::kRdfType, type) && Emit(statement, iri::kRdfSubject, subject) &&
         Emit(statement, iri::kRdfPredicate, predicate) && Emit(statement, iri::kRdfObject, object);
}

void RdfXmlGrammar::MakeNode(TermBuffer& node) {
  node = TermBuffer();
  node.type = TermType::kBlankNode;
  labels_.Fresh(node.value);
}

bool RdfXmlGrammar::NodeOfLabel(std::string_view label, TermBuffer& node) {
  if (!IsNcName(label)) return Fail(Concat("rdf:nodeID '", label, "' is no XML name"));
  node = TermBuffer();
  node.type = TermType::kBlankNode;
  std::string buffer;
  node.value = labels_.Named(label, buffer);
  return true;
}

bool RdfXmlGrammar::Resolve(const Frame& frame, std::string_view reference, std::string& iri) {
  if (!IriResolver(frame.base).Resolve(reference, iri)) {
    return Fail(Concat("the IRI '", reference, "' is relative, and no base is known"));
  }
  return IsAbsoluteIri(iri) || Fail(Concat("'", iri, "' is no IRI"));
}

bool RdfXmlGrammar::ResolveId(const Frame& frame, std::string_view id, std::string& iri) {
  if (!IsNcName(id)) return Fail(Concat("rdf:ID '", id, "' is no XML name"));
  if (!Resolve(frame, Concat('#', id), iri)) return false;
  return ids_.insert(iri).second || Fail(Concat("the rdf:ID '", id, "' was used before"));
}

// --- Attributes.

bool RdfXmlGrammar::SortAttributes(const std::vector<XmlAttribute>& attributes, Frame& frame,
                                   Attributes& sorted) {
  // Base and language first: they hold for the other attributes too.
  for (const XmlAttribute& attribute : attributes) {
    if (attribute.name.name_space != kXmlNamespace) continue;
    if (attribute.name.local == "lang") {
      if (!attribute.value.empty() && !IsLanguageTag(attribute.value)) {
        return Fail(Concat("xml:lang '", attribute.value, "' is no language tag"));
      }
      frame.language = attribute.value;
    }
    if (attribute.name.local == "base") {
      std::string base;
      if (!Resolve(frame, attribute.value, base)) return false;
      frame.base = std::move(base);
    }
  }
  for (const XmlAttribute& attribute : attributes) {
    const XmlName& name = attribute.name;
    const bool is_bare = name.name_space.empty();
    if (name.name_space == kXmlNamespace) continue;
    if (is_bare || name.name_space == SANAD_RDF_NS) {
      const XmlAttribute** const role = name.local == "ID"          ? &sorted.id
                                        : name.local == "about"     ? &sorted.about
                                        : name.local == "nodeID"    ? &sorted.node_id
                                        : name.local == "resource"  ? &sorted.resource
                                        : name.local == "parseType" ? &sorted.parse_type
                                        : name.local == "datatype"  ? &sorted.datatype
                                                                    : nullptr;
      if (role != nullptr) {
        *role = &attribute;
        continue;
      }
      // Names that begin with "xml" are reserved and skipped.
      if (is_bare && EqualsIgnoringCase(name.local.substr(0, 3), "xml")) continue;
      if (is_bare && name.local != "type") {
        return Fail(Concat("the attribute '", name.local, "' has no namespace"));
      }
    }
    if (!AddPropertyAttribute(name, attribute.value, sorted)) return false;
  }
  return true;
}

bool RdfXmlGrammar::AddPropertyAttribute(const XmlName& name, std::string_view value,
                                         Attributes& sorted) {
  std::string iri = Concat(name.name_space.empty() ? SANAD_RDF_NS : name.name_space, name.local);
  if (IsForbidden(iri, "Description") || RdfName(iri) == "li") {
    return Fail(Concat("rdf:", name.local, " is not allowed as an attribute"));
  }
  sorted.properties.emplace_back(std::move(iri), value);
  return true;
}

bool RdfXmlGrammar::EmitPropertyAttributes(const TermBuffer& subject, const Attributes& attributes,
                                           const Frame& frame) {
  for (const auto& [iri, value] : attributes.properties) {
    TermBuffer object;
    if (iri == iri::kRdfType) {
      object.SetIri({});
      if (!Resolve(frame, value, object.value)) return false;
    } else {
      SetLiteral(object, value, frame.language, {});
    }
    if (!Emit(subject, iri, object)) return false;
  }
  return true;
}

// --- Elements.

bool RdfXmlGrammar::StartElement(const XmlName& name, const std::vector<XmlAttribute>& attributes) {
  Frame& parent = frames_.back();
  if (parent.state == State::kLiteral) {
    parent.literal.Start(name, attributes);
    return true;
  }
  if (parent.state == State::kEmpty) return Fail("this property is complete; it takes no content");
  if (name.name_space.empty())
    return Fail(Concat("the element '", name.local, "' has no namespace"));
  Frame frame;
  frame.base = parent.base;
  frame.language = parent.language;
  Attributes sorted;
  if (!SortAttributes(attributes, frame, sorted)) return false;
  std::string iri = Concat(name.name_space, name.local);
  if (parent.state == State::kDocument && RdfName(iri) == "RDF") {
    frame.state = State::kRdf;
    frames_.push_back(std::move(frame));
    return true;
  }
  return parent.state == State::kNode ? StartProperty(std::move(iri), sorted, std::move(frame))
                                      : StartNode(iri, sorted, std::move(frame));
}

bool RdfXmlGrammar::StartNode(const std::string& iri, const Attributes& attributes, Frame frame) {
  if (IsForbidden(iri, "li"))
    return Fail(Concat("rdf:", RdfName(iri), " is not allowed as a node"));
  frame.state = State::kNode;
  if (!ReadSubject(attributes, frame)) return false;
  if (RdfName(iri) != "Description") {
    TermBuffer type;
    type.SetIri(iri);
    if (!IsAbsoluteIri(iri)) return Fail(Concat("'", iri, "' is no IRI"));
    if (!Emit(frame.subject, iri::kRdfType, type)) return false;
  }
  if (!EmitPropertyAttributes(frame.subject, attributes, frame)) return false;
  if (!GiveNodeToParent(frame.subject)) return false;
  frames_.push_back(std::move(frame));
  return true;
}

bool RdfXmlGrammar::ReadSubject(const Attributes& attributes, Frame& frame) {
  if (attributes.resource || attributes.parse_type || attributes.datatype) {
    return Fail("rdf:resource, rdf:parseType and rdf:datatype are not allowed on a node");
  }
  if ((attributes.id != nullptr) + (attributes.about != nullptr) + (attributes.node_id != nullptr) >
      1) {
    return Fail("a node takes only one of rdf:ID, rdf:about and rdf:nodeID");
  }
  if (attributes.node_id) return NodeOfLabel(attributes.node_id->value, frame.subject);
  if (!attributes.id && !attributes.about) {
    MakeNode(frame.subject);
    return true;
  }
  frame.subject.SetIri({});
  return attributes.id ? ResolveId(frame, attributes.id->value, frame.subject.value)
                       : Resolve(frame, attributes.about->value, frame.subject.value);
}

// The node just opened is the object of the property around it, if any.
bool RdfXmlGrammar::GiveNodeToParent(const TermBuffer& node) {
  Frame& parent = frames_.back();
  if (parent.state == State::kCollection) {
    parent.items.push_back(node);
    return true;
  }
  if (parent.state != State::kProperty) return true;
  if (parent.subject.type != TermType::kUndefined) return Fail("a property takes only one node");
  if (!IsBlank(parent.text)) return Fail("a property takes text or a node, not both");
  if (!parent.datatype.empty()) return Fail("rdf:datatype is for text, not for a node");
  parent.subject = node;
  return true;
}

bool RdfXmlGrammar::StartProperty(std::string iri, const Attributes& attributes, Frame frame) {
  if (IsForbidden(iri, "Description")) {
    return Fail(Concat("rdf:", RdfName(iri), " is not allowed as a property"));
  }
  if (RdfName(iri) == "li") iri = Concat(SANAD_RDF_NS "_", ++frames_.back().members);
  if (!IsAbsoluteIri(iri)) return Fail(Concat("'", iri, "' is no IRI"));
  if (attributes.about) return Fail("rdf:about is not allowed on a property");
  frame.predicate = std::move(iri);
  if (attributes.id && !ResolveId(frame, attributes.id->value, frame.reification)) return false;
  if (attributes.parse_type) return StartTypedProperty(attributes, std::move(frame));
  if (attributes.resource || attributes.node_id || !attributes.properties.empty()) {
    return StartEmptyProperty(attributes, std::move(frame));
  }
  frame.state = State::kProperty;
  if (attributes.datatype && !Resolve(frame, attributes.datatype->value, frame.datatype)) {
    return false;
  }
  frames_.push_back(std::move(frame));
  return true;
}

// rdf:parseType: Resource, Collection, and Literal, for which any other stands.
bool RdfXmlGrammar::StartTypedProperty(const Attributes& attributes, Frame frame) {
  if (attributes.resource || attributes.node_id || attributes.datatype ||
      !attributes.properties.empty()) {
    return Fail("with rdf:parseType a property takes no other attribute but rdf:ID");
  }
  const std::string_view type = attributes.parse_type->value;
  if (type == "Resource") {
    TermBuffer node;
    MakeNode(node);
    if (!EmitReified(frame, frames_.back().subject, node)) return false;
    frame.state = State::kNode;
    frame.subject = std::move(node);
  } else {
    frame.state = type == "Collection" ? State::kCollection : State::kLiteral;
  }
  frames_.push_back(std::move(frame));
  return true;
}

bool RdfXmlGrammar::StartEmptyProperty(const Attributes& attributes, Frame frame) {
  if (attributes.datatype) return Fail("rdf:datatype is for text, not for a node");
  if (attributes.resource && attributes.node_id) {
    return Fail("a property takes only one of rdf:resource and rdf:nodeID");
  }
  TermBuffer object;
  if (attributes.resource) {
    object.SetIri({});
    if (!Resolve(frame, attributes.resource->value, object.value)) return false;
  } else if (attributes.node_id) {
    if (!NodeOfLabel(attributes.node_id->value, object)) return false;
  } else {
    MakeNode(object);
  }
  if (!EmitReified(frame, frames_.back().subject, object)) return false;
  if (!EmitPropertyAttributes(object, attributes, frame)) return false;
  frame.state = State::kEmpty;
  frames_.push_back(std::move(frame));
  return true;
}

bool RdfXmlGrammar::EndElement(const XmlName& name) {
  if (frames_.back().state == State::kLiteral && frames_.back().literal.depth() > 0) {
    frames_.back().literal.End(name);
    return true;
  }
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  const TermBuffer& subject = frames_.back().subject;
  switch (frame.state) {
    case State::kProperty:
      return EndProperty(frame, subject);
    case State::kCollection:
      return EndCollection(frame, subject);
    case State::kLiteral: {
      TermBuffer object;
      SetLiteral(object, frame.literal.text(), {}, kXmlLiteral);
      return EmitReified(frame, subject, object);
    }
    default:
      return true;
  }
}

bool RdfXmlGrammar::EndProperty(Frame& property, const TermBuffer& subject) {
  if (property.subject.type != TermType::kUndefined) {
    return EmitReified(property, subject, property.subject);
  }
  if (property.datatype == iri::kRdfLangString) {
    return Fail("rdf:langString is made by xml:lang, not by rdf:datatype");
  }
  TermBuffer object;
  SetLiteral(object, property.text, property.language, property.datatype);
  return EmitReified(property, subject, object);
}

bool RdfXmlGrammar::EndCollection(Frame& property, const TermBuffer& subject) {
  TermBuffer node, next;
  if (property.items.empty()) {
    node.SetIri(iri::kRdfNil);
  } else {
    MakeNode(node);
  }
  if (!EmitReified(property, subject, node)) return false;
  for (size_t i = 0; i < property.items.size(); ++i) {
    if (!Emit(node, iri::kRdfFirst, property.items[i])) return false;
    if (i + 1 == property.items.size()) {
      next.SetIri(iri::kRdfNil);
    } else {
      MakeNode(next);
    }
    if (!Emit(node, iri::kRdfRest, next)) return false;
    node = next;
  }
  return true;
}

bool RdfXmlGrammar::Text(std::string_view text) {
  Frame& frame = frames_.back();
  switch (frame.state) {
    case State::kLiteral:
      frame.literal.Text(text);
      return true;
    case State::kProperty:
      frame.text += text;
      return frame.subject.type == TermType::kUndefined || IsBlank(text) ||
             Fail("a property takes text or a node, not both");
    default:
      return IsBlank(text) || Fail("text is not allowed here");
  }
}

void RdfXmlGrammar::Comment(std::string_view text) {
  if (frames_.back().state == State::kLiteral) frames_.back().literal.Comment(text);
}

void RdfXmlGrammar::Instruction(std::string_view target, std::string_view data) {
  if (frames_.back().state == State::kLiteral) frames_.back().literal.Instruction(target, data);
}

}  // namespace sanad
