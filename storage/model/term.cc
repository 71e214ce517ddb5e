// Term: construction, N-Triples text, equality and order (<sanad/term.h>).
//
// A literal keeps its datatype IRI or its language tag in one string; the empty
// string stands for xsd:string, the most frequent datatype.

#include <sanad/term.h>

#include "storage/model/lexical.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_number.h"

namespace sanad {
namespace {

absl::Status ParseError(std::string_view what, size_t offset) {
  return MakeStatus(absl::StatusCode::kInvalidArgument, "not a term: ", what, " at column ",
                    offset + 1);
}

// Reads `<iri>` that fills the whole text. `offset` is added to columns.
absl::StatusOr<std::string> ParseIriRef(std::string_view text, size_t offset) {
  if (text.size() < 2 || text.front() != '<' || text.back() != '>') {
    return ParseError("expected an IRI between '<' and '>'", offset);
  }
  const std::string_view body = text.substr(1, text.size() - 2);
  std::string iri;
  const size_t bad = AppendUnescaped(iri, body, /*allow_echar=*/false);
  if (bad != std::string_view::npos) return ParseError("bad escape", offset + 1 + bad);
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\' && !IsIriByte(static_cast<unsigned char>(body[i]))) {
      return ParseError("a character that no IRI may hold", offset + 1 + i);
    }
  }
  return iri;
}

absl::StatusOr<Term> ParseLiteral(std::string_view text) {
  size_t end = 1;
  while (end < text.size() && text[end] != '"') {
    if (text[end] == '\n' || text[end] == '\r') return ParseError("line break in a string", end);
    end += text[end] == '\\' ? 2 : 1;
  }
  if (end >= text.size()) return ParseError("missing closing quote", text.size());
  std::string lexical;
  const size_t bad = AppendUnescaped(lexical, text.substr(1, end - 1), /*allow_echar=*/true);
  if (bad != std::string_view::npos) return ParseError("bad escape", 1 + bad);
  const size_t rest_begin = end + 1;
  const std::string_view rest = text.substr(rest_begin);
  if (rest.empty()) return Term::String(lexical);
  if (rest[0] == '@') {
    if (!IsLanguageTag(rest.substr(1))) return ParseError("bad language tag", rest_begin);
    return Term::LangString(lexical, rest.substr(1));
  }
  if (!rest.starts_with("^^")) return ParseError("unexpected text after a string", rest_begin);
  SANAD_ASSIGN_OR_RETURN(const std::string datatype, ParseIriRef(rest.substr(2), rest_begin + 2));
  if (datatype == iri::kRdfLangString) {
    return ParseError("rdf:langString without a language tag", rest_begin);
  }
  return Term::Literal(lexical, datatype);
}

}  // namespace

Term Term::Iri(std::string_view iri) {
  Term term;
  term.type_ = TermType::kIri;
  term.value_ = iri;
  return term;
}

Term Term::BlankNode(std::string_view label) {
  Term term;
  term.type_ = TermType::kBlankNode;
  term.value_ = label;
  return term;
}

Term Term::String(std::string_view value) {
  Term term;
  term.type_ = TermType::kLiteral;
  term.value_ = value;
  return term;
}

Term Term::LangString(std::string_view value, std::string_view language) {
  Term term = String(value);
  term.has_language_ = true;
  term.suffix_ = language;
  return term;
}

Term Term::Literal(std::string_view lexical, std::string_view datatype_iri) {
  Term term = String(lexical);
  if (datatype_iri != iri::kXsdString) term.suffix_ = datatype_iri;
  return term;
}

Term Term::Integer(int64_t value) { return Literal(std::to_string(value), iri::kXsdInteger); }

Term Term::Double(double value) { return Literal(CanonicalDouble(value), iri::kXsdDouble); }

Term Term::Boolean(bool value) { return Literal(value ? "true" : "false", iri::kXsdBoolean); }

absl::StatusOr<Term> Term::Parse(std::string_view text) {
  const size_t invalid = FindInvalidUtf8(text);
  if (invalid != std::string_view::npos) return ParseError("not UTF-8", invalid);
  if (text.empty()) return ParseError("empty text", 0);
  if (text[0] == '<') {
    SANAD_ASSIGN_OR_RETURN(const std::string iri, ParseIriRef(text, 0));
    if (!IsAbsoluteIri(iri)) return ParseError("expected an absolute IRI", 1);
    return Iri(iri);
  }
  if (text[0] == '"') return ParseLiteral(text);
  if (text.starts_with("_:")) {
    if (!IsBlankNodeLabel(text.substr(2))) return ParseError("bad blank node label", 2);
    return BlankNode(text.substr(2));
  }
  if (text == "true" || text == "false") return Literal(text, iri::kXsdBoolean);
  switch (ClassifyNumber(text)) {
    case NumberShorthand::kInteger:
      return Literal(text, iri::kXsdInteger);
    case NumberShorthand::kDecimal:
      return Literal(text, iri::kXsdDecimal);
    case NumberShorthand::kDouble:
      return Literal(text, iri::kXsdDouble);
    case NumberShorthand::kNone:
      break;
  }
  return ParseError("expected <iri>, _:label, \"text\", a number, true or false", 0);
}

std::string_view Term::datatype() const {
  if (type_ != TermType::kLiteral) return {};
  if (has_language_) return iri::kRdfLangString;
  return suffix_.empty() ? iri::kXsdString : std::string_view(suffix_);
}

std::string_view Term::language() const {
  return has_language_ ? std::string_view(suffix_) : std::string_view();
}

std::string Term::ToString() const {
  std::string out;
  switch (type_) {
    case TermType::kUndefined:
      return "UNDEF";
    case TermType::kIri:
      AppendIriRef(out, value_);
      break;
    case TermType::kBlankNode:
      out = Concat("_:", value_);
      break;
    case TermType::kLiteral:
      AppendQuoted(out, value_);
      if (has_language_) {
        out += '@';
        out += suffix_;
      } else if (!suffix_.empty()) {
        out += "^^";
        AppendIriRef(out, suffix_);
      }
  }
  return out;
}

bool operator==(const Term& a, const Term& b) {
  if (a.type_ != b.type_ || a.has_language_ != b.has_language_ || a.value_ != b.value_) {
    return false;
  }
  return a.has_language_ ? EqualsIgnoringCase(a.suffix_, b.suffix_) : a.suffix_ == b.suffix_;
}

bool operator<(const Term& a, const Term& b) {
  if (a.type_ != b.type_) return a.type_ < b.type_;
  if (const int order = a.value_.compare(b.value_); order != 0) return order < 0;
  if (a.has_language_ != b.has_language_) return b.has_language_;
  return a.has_language_ ? AsciiLower(a.suffix_) < AsciiLower(b.suffix_) : a.suffix_ < b.suffix_;
}

std::string Term::HashableSuffix() const {
  return has_language_ ? Concat('@', AsciiLower(suffix_)) : suffix_;
}

}  // namespace sanad
