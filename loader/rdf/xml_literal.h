// The value of rdf:parseType="Literal": XML text in Exclusive Canonical XML, with
// comments (RDF/XML, section 7.2.17).

#ifndef SANAD_LOADER_RDF_XML_LITERAL_H_
#define SANAD_LOADER_RDF_XML_LITERAL_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sanad {

struct XmlName {
  std::string_view prefix, local, name_space;
};
struct XmlAttribute {
  XmlName name;
  std::string_view value;
};

// Collects the events inside one element. Single-threaded.
class XmlLiteralWriter {
 public:
  void Start(const XmlName& name, std::vector<XmlAttribute> attributes);
  void End(const XmlName& name);
  void Text(std::string_view text);
  void Comment(std::string_view text);
  void Instruction(std::string_view target, std::string_view data);

  // Open elements.
  size_t depth() const { return rendered_counts_.size(); }
  const std::string& text() const { return out_; }

 private:
  void DeclareNamespaces(const XmlName& name, const std::vector<XmlAttribute>& attributes);

  std::string out_;
  // Prefixes and namespaces that open elements declare, innermost last, and how
  // many each element found there.
  std::vector<std::pair<std::string, std::string>> rendered_;
  std::vector<size_t> rendered_counts_;
};

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_XML_LITERAL_H_
