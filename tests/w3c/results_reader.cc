#include "results_reader.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>

#include <nlohmann/json.hpp>

#include "manifest.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

#define SANAD_RS_NS "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

namespace sanad::w3c {
namespace {

absl::Status Bad(const std::string& what) {
  return absl::InvalidArgumentError("result file: " + what);
}

// ---- JSON ----

absl::StatusOr<Term> JsonTerm(const nlohmann::json& value) {
  const std::string type = value.at("type");
  const std::string text = value.at("value");
  if (type == "uri") return Term::Iri(text);
  if (type == "bnode") return Term::BlankNode(text);
  if (value.contains("xml:lang")) {
    return Term::LangString(text, value.at("xml:lang").get<std::string>());
  }
  if (value.contains("datatype")) {
    return Term::Literal(text, value.at("datatype").get<std::string>());
  }
  return Term::String(text);
}

absl::StatusOr<ResultTable> ReadJson(std::string_view text) {
  const nlohmann::json document = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) return Bad("not JSON");
  ResultTable table;
  if (document.contains("boolean")) {
    table.is_boolean = true;
    table.boolean = document["boolean"].get<bool>();
    return table;
  }
  for (const auto& name : document.at("head").at("vars")) table.variables.push_back(name);
  for (const auto& binding : document.at("results").at("bindings")) {
    std::vector<Term> row(table.variables.size());
    for (size_t i = 0; i < table.variables.size(); ++i) {
      if (!binding.contains(table.variables[i])) continue;
      SANAD_ASSIGN_OR_RETURN(row[i], JsonTerm(binding[table.variables[i]]));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

// ---- XML ----

std::string Name(const xmlNode* node) { return reinterpret_cast<const char*>(node->name); }

std::string Content(xmlNode* node) {
  xmlChar* text = xmlNodeGetContent(node);
  std::string copy = text == nullptr ? "" : reinterpret_cast<const char*>(text);
  xmlFree(text);
  return copy;
}

std::string Attribute(xmlNode* node, const char* name) {
  xmlChar* text = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name));
  std::string copy = text == nullptr ? "" : reinterpret_cast<const char*>(text);
  xmlFree(text);
  return copy;
}

std::vector<xmlNode*> Children(xmlNode* node) {
  std::vector<xmlNode*> children;
  for (xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) children.push_back(child);
  }
  return children;
}

Term XmlTerm(xmlNode* node) {
  const std::string text = Content(node);
  if (Name(node) == "uri") return Term::Iri(text);
  if (Name(node) == "bnode") return Term::BlankNode(text);
  xmlChar* language = xmlNodeGetLang(node);
  if (language != nullptr) {
    const std::string tag = reinterpret_cast<const char*>(language);
    xmlFree(language);
    return Term::LangString(text, tag);
  }
  const std::string datatype = Attribute(node, "datatype");
  return datatype.empty() ? Term::String(text) : Term::Literal(text, datatype);
}

void ReadXmlRows(xmlNode* results, ResultTable& table) {
  for (xmlNode* result : Children(results)) {
    std::vector<Term> row(table.variables.size());
    for (xmlNode* binding : Children(result)) {
      const auto column =
          std::find(table.variables.begin(), table.variables.end(), Attribute(binding, "name"));
      const std::vector<xmlNode*> values = Children(binding);
      if (column == table.variables.end() || values.empty()) continue;
      row[static_cast<size_t>(column - table.variables.begin())] = XmlTerm(values[0]);
    }
    table.rows.push_back(std::move(row));
  }
}

absl::StatusOr<ResultTable> ReadXml(std::string_view text) {
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(text.data(), static_cast<int>(text.size()), "", nullptr, XML_PARSE_NONET),
      &xmlFreeDoc);
  if (!document) return Bad("not XML");
  ResultTable table;
  for (xmlNode* node : Children(xmlDocGetRootElement(document.get()))) {
    if (Name(node) == "head") {
      for (xmlNode* child : Children(node)) {
        if (Name(child) == "variable") table.variables.push_back(Attribute(child, "name"));
      }
    } else if (Name(node) == "boolean") {
      table.is_boolean = true;
      table.boolean = Content(node) == "true";
    } else if (Name(node) == "results") {
      ReadXmlRows(node, table);
    }
  }
  return table;
}

// ---- CSV and TSV ----

std::vector<std::vector<std::string>> SplitCsv(std::string_view text) {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::string> line;
  std::string field;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      line.push_back(std::move(field));
      field.clear();
    } else if (c == '\n') {
      line.push_back(std::move(field));
      field.clear();
      lines.push_back(std::move(line));
      line.clear();
    } else if (c != '\r') {
      field += c;
    }
  }
  if (!field.empty() || !line.empty()) {
    line.push_back(std::move(field));
    lines.push_back(std::move(line));
  }
  return lines;
}

absl::StatusOr<ResultTable> ReadCsv(std::string_view text) {
  const auto lines = SplitCsv(text);
  if (lines.empty()) return Bad("an empty CSV file");
  ResultTable table;
  table.variables = lines[0];
  if (table.variables == std::vector<std::string>{""}) table.variables.clear();
  for (size_t i = 1; i < lines.size(); ++i) {
    std::vector<Term> row;
    for (const std::string& field : lines[i]) {
      row.push_back(field.empty()               ? Term()
                    : field.rfind("_:", 0) == 0 ? Term::BlankNode(field.substr(2))
                                                : Term::String(field));
    }
    row.resize(table.variables.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

absl::StatusOr<ResultTable> ReadTsv(std::string_view text) {
  ResultTable table;
  bool head = true;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    std::vector<Term> row;
    for (;;) {
      const size_t tab = std::min(line.find('\t'), line.size());
      const std::string_view field = line.substr(0, tab);
      if (head) {
        if (!field.empty()) table.variables.emplace_back(field.substr(1));
      } else if (field.empty()) {
        row.emplace_back();
      } else {
        SANAD_ASSIGN_OR_RETURN(Term term, Term::Parse(field));
        row.push_back(std::move(term));
      }
      if (tab == line.size()) break;
      line.remove_prefix(tab + 1);
    }
    if (!head) {
      row.resize(table.variables.size());
      table.rows.push_back(std::move(row));
    }
    head = false;
  }
  return table;
}

// ---- Comparison ----

// Numbers in one form a value and datatype; other terms unchanged.
Term Canonical(const Term& term) {
  if (!term.is_literal()) return term;
  const std::string_view datatype = term.datatype();
  const std::string_view local = datatype.substr(0, sizeof(SANAD_XSD_NS) - 1) == SANAD_XSD_NS
                                     ? datatype.substr(sizeof(SANAD_XSD_NS) - 1)
                                     : std::string_view();
  if (local != "integer" && local != "decimal" && local != "double" && local != "float") {
    return term;
  }
  char* end = nullptr;
  const double value = std::strtod(term.value().c_str(), &end);
  if (end == term.value().c_str() || *end != '\0') return term;
  char text[64];
  std::snprintf(text, sizeof(text), local == "float" ? "%.7g" : "%.15g", value);
  return Term::Literal(text, datatype);
}

TermRows CanonicalRows(const TermRows& rows) {
  TermRows canonical = rows;
  for (std::vector<Term>& row : canonical) {
    for (Term& term : row) term = Canonical(term);
  }
  return canonical;
}

// Rows with columns in the order of the sorted names, numbered if asked.
TermRows Aligned(const ResultTable& table, bool numbered) {
  std::map<std::string, size_t> columns;
  for (size_t i = 0; i < table.variables.size(); ++i) columns[table.variables[i]] = i;
  TermRows rows;
  for (const std::vector<Term>& row : table.rows) {
    std::vector<Term> aligned;
    for (const auto& [name, column] : columns) aligned.push_back(row[column]);
    if (numbered) aligned.push_back(Term::Integer(static_cast<int64_t>(rows.size())));
    rows.push_back(std::move(aligned));
  }
  return rows;
}

bool SameRows(const TermRows& a, const TermRows& b) {
  return EqualUpToBlankNodes(a, b) || EqualUpToBlankNodes(CanonicalRows(a), CanonicalRows(b));
}

}  // namespace

absl::StatusOr<ResultTable> ReadResults(std::string_view text, ResultFormat format) {
  switch (format) {
    case ResultFormat::kJson:
      return ReadJson(text);
    case ResultFormat::kXml:
      return ReadXml(text);
    case ResultFormat::kCsv:
      return ReadCsv(text);
    case ResultFormat::kTsv:
      break;
  }
  return ReadTsv(text);
}

absl::StatusOr<ResultTable> ReadRdfResults(const std::string& path) {
  SANAD_ASSIGN_OR_RETURN(const Graph graph, Graph::Load(path));
  const std::vector<Term> sets = graph.Subjects(iri::kRdfType, Term::Iri(SANAD_RS_NS "ResultSet"));
  if (sets.empty()) return absl::NotFoundError("no result set in " + path);
  ResultTable table;
  const Term boolean = graph.Object(sets[0], SANAD_RS_NS "boolean");
  if (!boolean.is_undefined()) {
    table.is_boolean = true;
    table.boolean = boolean.value() == "true";
    return table;
  }
  for (const Term& name : graph.Objects(sets[0], SANAD_RS_NS "resultVariable")) {
    table.variables.push_back(name.value());
  }
  std::vector<std::pair<int, std::vector<Term>>> rows;
  for (const Term& solution : graph.Objects(sets[0], SANAD_RS_NS "solution")) {
    std::vector<Term> row(table.variables.size());
    for (const Term& binding : graph.Objects(solution, SANAD_RS_NS "binding")) {
      const std::string name = graph.Object(binding, SANAD_RS_NS "variable").value();
      const auto column = std::find(table.variables.begin(), table.variables.end(), name);
      if (column == table.variables.end()) return Bad("a binding of ?" + name);
      row[static_cast<size_t>(column - table.variables.begin())] =
          graph.Object(binding, SANAD_RS_NS "value");
    }
    const Term index = graph.Object(solution, SANAD_RS_NS "index");
    if (!index.is_undefined()) table.ordered = true;
    rows.emplace_back(std::atoi(index.value().c_str()), std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [index, row] : rows) table.rows.push_back(std::move(row));
  return table;
}

bool SameResults(const ResultTable& expected, const ResultTable& actual) {
  if (expected.is_boolean || actual.is_boolean) {
    return expected.is_boolean == actual.is_boolean && expected.boolean == actual.boolean;
  }
  std::vector<std::string> a = expected.variables;
  std::vector<std::string> b = actual.variables;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b && SameRows(Aligned(expected, expected.ordered), Aligned(actual, expected.ordered));
}

bool SameQuads(const std::vector<Quad>& expected, const std::vector<Quad>& actual) {
  return SameRows(RowsOfQuads(expected), RowsOfQuads(actual));
}

}  // namespace sanad::w3c
