// The grammar of RDF/XML (RDF 1.1 XML Syntax, section 7) as a machine over XML
// events: elements and text in, quads out. Knows nothing of how XML is parsed.

#ifndef SANAD_LOADER_RDF_RDFXML_GRAMMAR_H_
#define SANAD_LOADER_RDF_RDFXML_GRAMMAR_H_

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <absl/status/status.h>
#include "loader/rdf/blank_nodes.h"
#include "loader/rdf/quad_reader.h"
#include "loader/rdf/turtle_lexer.h"
#include "loader/rdf/xml_literal.h"

namespace sanad {

// Single-threaded. After a function returned false, error() says what is wrong,
// or status() holds the sink's error; nothing more may be called.
class RdfXmlGrammar {
 public:
  RdfXmlGrammar(const QuadReaderOptions& options, QuadViewSink sink);

  bool StartElement(const XmlName& name, const std::vector<XmlAttribute>& attributes);
  bool EndElement(const XmlName& name);
  bool Text(std::string_view text);
  void Comment(std::string_view text);
  void Instruction(std::string_view target, std::string_view data);

  const std::string& error() const { return error_; }
  const absl::Status& status() const { return status_; }

 private:
  enum class State {
    kDocument,    // Outside the outermost element.
    kRdf,         // In rdf:RDF: nodes.
    kNode,        // In a node: properties.
    kProperty,    // In a property: one node, or text.
    kCollection,  // In a property of parseType Collection: nodes.
    kLiteral,     // In a property of parseType Literal: XML.
    kEmpty,       // In a property whose object its attributes gave: nothing.
  };
  struct Frame {
    State state = State::kDocument;
    std::string base, language;  // In scope here.
    TermBuffer subject;          // Node: itself. Property: its object, once known.
    int members = 0;             // Node: rdf:li so far.
    std::string predicate, datatype, reification;  // Property.
    std::string text;                              // Property: its text so far.
    XmlLiteralWriter literal;
    std::vector<TermBuffer> items;  // Collection.
  };
  // The attributes of an element that RDF/XML gives a meaning.
  struct Attributes {
    const XmlAttribute *id = nullptr, *about = nullptr, *node_id = nullptr, *resource = nullptr,
                       *parse_type = nullptr, *datatype = nullptr;
    std::vector<std::pair<std::string, std::string_view>> properties;  // IRI and value.
  };

  bool Fail(std::string message);
  bool Emit(const TermBuffer& subject, std::string_view predicate, const TermBuffer& object);
  bool EmitReified(const Frame& property, const TermBuffer& subject, const TermBuffer& object);
  bool SortAttributes(const std::vector<XmlAttribute>& attributes, Frame& frame,
                      Attributes& sorted);
  bool AddPropertyAttribute(const XmlName& name, std::string_view value, Attributes& sorted);
  bool StartNode(const std::string& iri, const Attributes& attributes, Frame frame);
  bool ReadSubject(const Attributes& attributes, Frame& frame);
  bool GiveNodeToParent(const TermBuffer& node);
  bool StartProperty(std::string iri, const Attributes& attributes, Frame frame);
  bool StartTypedProperty(const Attributes& attributes, Frame frame);
  bool StartEmptyProperty(const Attributes& attributes, Frame frame);
  bool EmitPropertyAttributes(const TermBuffer& subject, const Attributes& attributes,
                              const Frame& frame);
  bool EndProperty(Frame& property, const TermBuffer& subject);
  bool EndCollection(Frame& property, const TermBuffer& subject);
  bool Resolve(const Frame& frame, std::string_view reference, std::string& iri);
  bool ResolveId(const Frame& frame, std::string_view id, std::string& iri);
  bool NodeOfLabel(std::string_view label, TermBuffer& node);
  void MakeNode(TermBuffer& node);

  QuadViewSink sink_;
  BlankNodeLabels labels_;
  std::vector<Frame> frames_;
  std::unordered_set<std::string> ids_;  // rdf:ID must not come twice.
  std::string error_;
  absl::Status status_;
};

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_RDFXML_GRAMMAR_H_
