// SPARQL Query Results XML Format (Second Edition).
//
// XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF; they
// become U+FFFD, so that the document stays well-formed.

#include "query/results/writer.h"
#include "storage/model/vocabulary.h"

namespace sanad::results {
namespace {

void AppendText(std::string_view text, std::string& out) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      // A parser would turn a bare one into a line feed or a blank.
      case '\r':
        out += "&#13;";
        break;
      case '\t':
        out += "&#9;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += kReplacement;
        } else if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
          out += kReplacement;
          i += 2;
        } else {
          out += c;
        }
    }
  }
}

void AppendTerm(const Term& term, std::string& out) {
  const char* element = term.is_iri() ? "uri" : term.is_blank_node() ? "bnode" : "literal";
  out += '<';
  out += element;
  if (term.is_literal()) {
    if (!term.language().empty()) {
      out += " xml:lang=\"";
      AppendText(term.language(), out);
      out += '"';
    } else if (term.datatype() != SANAD_XSD_NS "string") {
      out += " datatype=\"";
      AppendText(term.datatype(), out);
      out += '"';
    }
  }
  out += '>';
  AppendText(term.value(), out);
  out += "</";
  out += element;
  out += '>';
}

constexpr const char* kHead =
    "<?xml version=\"1.0\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n<head>";

class XmlWriter : public Writer {
 public:
  void Begin(const std::vector<std::string>& variables, std::string& out) override {
    variables_ = variables;
    out += kHead;
    for (const std::string& variable : variables) {
      out += "<variable name=\"";
      AppendText(variable, out);
      out += "\"/>";
    }
    out += "</head>\n<results>\n";
  }
  void Row(const Cursor& cursor, std::string& out) override {
    out += "<result>";
    for (size_t i = 0; i < variables_.size(); ++i) {
      const Term& value = cursor.value(i);
      if (value.is_undefined()) continue;
      out += "<binding name=\"";
      AppendText(variables_[i], out);
      out += "\">";
      AppendTerm(value, out);
      out += "</binding>";
    }
    out += "</result>\n";
  }
  void End(std::string& out) override { out += "</results>\n</sparql>\n"; }
  void Boolean(bool value, std::string& out) override {
    out += kHead;
    out += "</head>\n<boolean>";
    out += value ? "true" : "false";
    out += "</boolean>\n</sparql>\n";
  }

 private:
  std::vector<std::string> variables_;
};

}  // namespace

std::unique_ptr<Writer> MakeXmlWriter() { return std::make_unique<XmlWriter>(); }

}  // namespace sanad::results
