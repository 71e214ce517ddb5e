// SPARQL 1.1 Query Results JSON Format.

#include "query/results/writer.h"
#include "storage/model/vocabulary.h"

namespace sanad::results {
namespace {

void AppendString(std::string_view text, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
          out += "\\u00";
          out += kDigits[byte >> 4];
          out += kDigits[byte & 15];
        } else {
          out += c;
        }
      }
    }
  }
  out += '"';
}

void AppendTerm(const Term& term, std::string& out) {
  const char* type = term.is_iri() ? "uri" : term.is_blank_node() ? "bnode" : "literal";
  out += "{\"type\":\"";
  out += type;
  out += "\",\"value\":";
  AppendString(term.value(), out);
  if (term.is_literal()) {
    if (!term.language().empty()) {
      out += ",\"xml:lang\":";
      AppendString(term.language(), out);
    } else if (term.datatype() != SANAD_XSD_NS "string") {
      out += ",\"datatype\":";
      AppendString(term.datatype(), out);
    }
  }
  out += '}';
}

class JsonWriter : public Writer {
 public:
  void Begin(const std::vector<std::string>& variables, std::string& out) override {
    variables_ = variables;
    out += "{\"head\":{\"vars\":[";
    for (size_t i = 0; i < variables.size(); ++i) {
      if (i > 0) out += ',';
      AppendString(variables[i], out);
    }
    out += "]},\"results\":{\"bindings\":[";
  }
  void Row(const Cursor& cursor, std::string& out) override {
    out += first_ ? "\n{" : ",\n{";
    first_ = false;
    bool first_value = true;
    for (size_t i = 0; i < variables_.size(); ++i) {
      const Term& value = cursor.value(i);
      if (value.is_undefined()) continue;
      if (!first_value) out += ',';
      first_value = false;
      AppendString(variables_[i], out);
      out += ':';
      AppendTerm(value, out);
    }
    out += '}';
  }
  void End(std::string& out) override { out += "\n]}}\n"; }
  void Boolean(bool value, std::string& out) override {
    out += "{\"head\":{},\"boolean\":";
    out += value ? "true}\n" : "false}\n";
  }

 private:
  std::vector<std::string> variables_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Writer> MakeJsonWriter() { return std::make_unique<JsonWriter>(); }

}  // namespace sanad::results
