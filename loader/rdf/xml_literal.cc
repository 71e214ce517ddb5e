// Exclusive C14N 1.0, section 3: an element declares just the prefixes that it or
// its attributes use and that no open element declares alike.

#include "loader/rdf/xml_literal.h"

#include <algorithm>
#include <map>

namespace sanad {
namespace {

void AppendEscaped(std::string& out, std::string_view text, bool in_attribute) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += in_attribute ? ">" : "&gt;";
        break;
      case '"':
        out += in_attribute ? "&quot;" : "\"";
        break;
      case '\t':
        out += in_attribute ? "&#x9;" : "\t";
        break;
      case '\n':
        out += in_attribute ? "&#xA;" : "\n";
        break;
      case '\r':
        out += "&#xD;";
        break;
      default:
        out += c;
    }
  }
}

void AppendName(std::string& out, const XmlName& name) {
  if (!name.prefix.empty()) out.append(name.prefix).append(":");
  out.append(name.local);
}

}  // namespace

void XmlLiteralWriter::DeclareNamespaces(const XmlName& name,
                                         const std::vector<XmlAttribute>& attributes) {
  std::map<std::string_view, std::string_view> used = {{name.prefix, name.name_space}};
  for (const XmlAttribute& attribute : attributes) {
    if (!attribute.name.prefix.empty() && attribute.name.prefix != "xml") {
      used[attribute.name.prefix] = attribute.name.name_space;
    }
  }
  for (const auto& entry : used) {
    // Not a structured binding: Clang's lambdas cannot capture those.
    const std::string_view prefix = entry.first;
    const std::string_view name_space = entry.second;
    const auto found = std::find_if(rendered_.rbegin(), rendered_.rend(),
                                    [&](const auto& known) { return known.first == prefix; });
    const bool is_known =
        found == rendered_.rend() ? name_space.empty() : found->second == name_space;
    if (is_known || prefix == "xml") continue;
    rendered_.emplace_back(prefix, name_space);
    out_ += prefix.empty() ? " xmlns" : " xmlns:";
    out_.append(prefix).append("=\"");
    AppendEscaped(out_, name_space, /*in_attribute=*/true);
    out_ += '"';
  }
}

void XmlLiteralWriter::Start(const XmlName& name, std::vector<XmlAttribute> attributes) {
  rendered_counts_.push_back(rendered_.size());
  out_ += '<';
  AppendName(out_, name);
  DeclareNamespaces(name, attributes);
  std::sort(attributes.begin(), attributes.end(), [](const XmlAttribute& a, const XmlAttribute& b) {
    return std::pair(a.name.name_space, a.name.local) < std::pair(b.name.name_space, b.name.local);
  });
  for (const XmlAttribute& attribute : attributes) {
    out_ += ' ';
    AppendName(out_, attribute.name);
    out_ += "=\"";
    AppendEscaped(out_, attribute.value, /*in_attribute=*/true);
    out_ += '"';
  }
  out_ += '>';
}

void XmlLiteralWriter::End(const XmlName& name) {
  out_ += "</";
  AppendName(out_, name);
  out_ += '>';
  rendered_.resize(rendered_counts_.back());
  rendered_counts_.pop_back();
}

void XmlLiteralWriter::Text(std::string_view text) { AppendEscaped(out_, text, false); }

void XmlLiteralWriter::Comment(std::string_view text) {
  out_.append("<!--").append(text).append("-->");
}

void XmlLiteralWriter::Instruction(std::string_view target, std::string_view data) {
  out_.append("<?").append(target);
  if (!data.empty()) out_.append(" ").append(data);
  out_ += "?>";
}

}  // namespace sanad
