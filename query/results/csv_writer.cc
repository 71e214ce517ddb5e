// SPARQL 1.1 Query Results CSV and TSV Formats. CSV keeps the values only; TSV
// writes terms in Turtle syntax. Lines end in CRLF in CSV (RFC 4180), in LF in
// TSV.

#include <unordered_map>

#include "query/results/writer.h"
#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"

namespace sanad::results {
namespace {

// Blank nodes are _:b0, _:b1, … in order of appearance; their labels in the
// store may hold anything.
class BlankNodes {
 public:
  void Append(const Term& term, std::string& out) {
    const auto [entry, is_new] = numbers_.try_emplace(term.value(), numbers_.size());
    out += "_:b" + std::to_string(entry->second);
  }

 private:
  std::unordered_map<std::string, size_t> numbers_;
};

class CsvWriter : public Writer {
 public:
  void Begin(const std::vector<std::string>& variables, std::string& out) override {
    columns_ = variables.size();
    for (size_t i = 0; i < columns_; ++i) {
      if (i > 0) out += ',';
      out += variables[i];
    }
    out += "\r\n";
  }
  void Row(const Cursor& cursor, std::string& out) override {
    for (size_t i = 0; i < columns_; ++i) {
      if (i > 0) out += ',';
      const Term& value = cursor.value(i);
      if (value.is_blank_node()) {
        blank_nodes_.Append(value, out);
      } else {
        AppendField(value.value(), out);
      }
    }
    out += "\r\n";
  }
  void End(std::string&) override {}
  void Boolean(bool, std::string&) override {}

 private:
  static void AppendField(std::string_view text, std::string& out) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
      out += text;
      return;
    }
    out += '"';
    for (char c : text) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }

  size_t columns_ = 0;
  BlankNodes blank_nodes_;
};

class TsvWriter : public Writer {
 public:
  void Begin(const std::vector<std::string>& variables, std::string& out) override {
    columns_ = variables.size();
    for (size_t i = 0; i < columns_; ++i) {
      if (i > 0) out += '\t';
      out += '?';
      out += variables[i];
    }
    out += '\n';
  }
  void Row(const Cursor& cursor, std::string& out) override {
    for (size_t i = 0; i < columns_; ++i) {
      if (i > 0) out += '\t';
      const Term& value = cursor.value(i);
      if (value.is_blank_node()) {
        blank_nodes_.Append(value, out);
      } else if (value.is_literal() && IsNumberShorthand(value.value(), value.datatype())) {
        out += value.value();
      } else if (!value.is_undefined()) {
        out += value.ToString();
      }
    }
    out += '\n';
  }
  void End(std::string&) override {}
  void Boolean(bool, std::string&) override {}

 private:
  size_t columns_ = 0;
  BlankNodes blank_nodes_;
};

}  // namespace

std::unique_ptr<Writer> MakeCsvWriter() { return std::make_unique<CsvWriter>(); }
std::unique_ptr<Writer> MakeTsvWriter() { return std::make_unique<TsvWriter>(); }

}  // namespace sanad::results
