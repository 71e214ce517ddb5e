#include "shell/term_text.h"

#include <algorithm>
#include <cctype>

namespace sanad::shell {
namespace {

constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

bool IsPlainLocalName(std::string_view name) {
  if (name.empty() || name.front() == '-') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
  });
}

// "12", "-1.5", "1.0E3": what Turtle reads back as the same term.
bool IsTurtleNumber(const Term& term) {
  const std::string_view type =
      term.datatype().substr(std::min(kXsd.size(), term.datatype().size()));
  std::string_view text = term.value();
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const bool digits = !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0;
  const bool dot = text.find('.') != std::string_view::npos;
  const bool exponent = text.find_first_of("eE") != std::string_view::npos;
  if (!digits || text.back() == '.') return false;
  if (type == "integer") return !dot && !exponent;
  if (type == "decimal") return dot && !exponent;
  return type == "double" && exponent;
}

}  // namespace

const Prefixes& WellKnownPrefixes() {
  static const Prefixes* prefixes = new Prefixes{
      {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
      {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
      {"xsd", std::string(kXsd)},
      {"owl", "http://www.w3.org/2002/07/owl#"},
      {"skos", "http://www.w3.org/2004/02/skos/core#"},
      {"prov", "http://www.w3.org/ns/prov#"},
      {"dcterms", "http://purl.org/dc/terms/"},
      {"nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"},
      {"ontolex", "http://www.w3.org/ns/lemon/ontolex#"},
      {"kg", "https://sanad.example/kg#"},
      {"sanad", "https://sanad.example/ns#"},
  };
  return *prefixes;
}

void AddPrefixes(Prefixes& prefixes, const Prefixes& more) {
  for (const auto& entry : more) {
    const bool known = std::any_of(prefixes.begin(), prefixes.end(),
                                   [&](const auto& p) { return p.first == entry.first; });
    if (!known) prefixes.push_back(entry);
  }
}

std::string CompactIri(std::string_view iri, const Prefixes& prefixes) {
  const std::pair<std::string, std::string>* best = nullptr;
  for (const auto& prefix : prefixes) {
    if (prefix.second.empty() || !iri.starts_with(prefix.second)) continue;
    if (!IsPlainLocalName(iri.substr(prefix.second.size()))) continue;
    if (best == nullptr || prefix.second.size() > best->second.size()) best = &prefix;
  }
  if (best == nullptr) return std::string(iri);
  return best->first + ":" + std::string(iri.substr(best->second.size()));
}

std::string TermText(const Term& term, const Prefixes& prefixes) {
  switch (term.type()) {
    case TermType::kUndefined:
      return "";
    case TermType::kBlankNode:
      return term.ToString();
    case TermType::kIri: {
      std::string text = CompactIri(term.value(), prefixes);
      return text == term.value() ? "<" + text + ">" : text;
    }
    case TermType::kLiteral:
      break;
  }
  const std::string_view type = term.datatype();
  if (type.starts_with(kXsd)) {
    const bool boolean = type.substr(kXsd.size()) == "boolean" &&
                         (term.value() == "true" || term.value() == "false");
    if (boolean || IsTurtleNumber(term)) return term.value();
    if (type.substr(kXsd.size()) != "string") {
      const std::string full = term.ToString();
      const size_t caret = full.rfind("^^<");
      const std::string name = CompactIri(type, prefixes);
      if (caret != std::string::npos && name != type) return full.substr(0, caret + 2) + name;
    }
  }
  return term.ToString();
}

}  // namespace sanad::shell
