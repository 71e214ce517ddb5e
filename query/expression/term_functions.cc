// Functions on RDF terms (SPARQL 1.1, section 17.4.2). BOUND, IF and COALESCE
// look at unevaluated arguments and are the evaluator's own.

#include "query/expression/function.h"
#include "storage/model/iri_resolver.h"
#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

// What kind of term a value is, from its id where that tells.
TermType TypeOf(FunctionContext& context, const Value& value) {
  if (value.type() == Value::Type::kId) {
    const TermKind kind = value.id().kind();
    if (kind == TermKind::kIri) return TermType::kIri;
    if (kind == TermKind::kBlankNode) return TermType::kBlankNode;
    if (value.id().is_literal()) return TermType::kLiteral;
  }
  return value.AsTerm(context.query).type();
}

Value IsIri(FunctionContext& context, Arguments arguments) {
  return Value::Boolean(TypeOf(context, arguments[0]) == TermType::kIri);
}
Value IsBlank(FunctionContext& context, Arguments arguments) {
  return Value::Boolean(TypeOf(context, arguments[0]) == TermType::kBlankNode);
}
Value IsLiteral(FunctionContext& context, Arguments arguments) {
  return Value::Boolean(TypeOf(context, arguments[0]) == TermType::kLiteral);
}
Value IsNumeric(FunctionContext& context, Arguments arguments) {
  return Value::Boolean(arguments[0].AsNumeric(context.query).has_value());
}

Value Str(FunctionContext& context, Arguments arguments) {
  const Term& term = arguments[0].AsTerm(context.query);
  return term.is_blank_node() ? Value::Error() : Value::String(term.value());
}

Value Lang(FunctionContext& context, Arguments arguments) {
  if (arguments[0].type() == Value::Type::kId && arguments[0].id().is_literal()) {
    const TermId id = arguments[0].id();
    if (id.kind() != TermKind::kLangString) return Value::String("");
    const auto code = static_cast<uint32_t>(id.payload() >> 48);
    if (code != TermId::kCodeInDictionary) {
      return Value::String(context.query.source().LanguageOfCode(code));
    }
  }
  const Term& term = arguments[0].AsTerm(context.query);
  return term.is_literal() ? Value::String(term.language()) : Value::Error();
}

Value Datatype(FunctionContext& context, Arguments arguments) {
  const Term& term = arguments[0].AsTerm(context.query);
  return term.is_literal() ? Value::Of(Term::Iri(term.datatype())) : Value::Error();
}

Value Iri(FunctionContext& context, Arguments arguments) {
  const Term& term = arguments[0].AsTerm(context.query);
  if (term.is_iri()) return arguments[0];
  if (!IsSimpleLiteral(term)) return Value::Error();
  if (context.base_iri.empty()) {
    return IsAbsoluteIri(term.value()) ? Value::Of(Term::Iri(term.value())) : Value::Error();
  }
  const std::string resolved = ResolveIri(context.base_iri, term.value());
  return IsAbsoluteIri(resolved) ? Value::Of(Term::Iri(resolved)) : Value::Error();
}

// BNODE(label) gives one node a label within a solution, others in the next.
Value BlankNode(FunctionContext& context, Arguments arguments) {
  if (arguments.empty()) return Value::Of(Term::BlankNode(context.query.FreshBlankNodeLabel()));
  const Term& label = arguments[0].AsTerm(context.query);
  if (!IsSimpleLiteral(label)) return Value::Error();
  if (context.labels_of != context.solution) {
    context.labels.clear();
    context.labels_of = context.solution;
  }
  auto [entry, added] = context.labels.try_emplace(label.value());
  if (added) entry->second = Term::BlankNode(context.query.FreshBlankNodeLabel());
  return Value::Of(entry->second);
}

Value StrDt(FunctionContext& context, Arguments arguments) {
  const Term& text = arguments[0].AsTerm(context.query);
  const Term& datatype = arguments[1].AsTerm(context.query);
  if (!IsSimpleLiteral(text) || !datatype.is_iri()) return Value::Error();
  if (datatype.value() == iri::kRdfLangString) return Value::Error();
  return Value::Of(Term::Literal(text.value(), datatype.value()));
}

Value StrLang(FunctionContext& context, Arguments arguments) {
  const Term& text = arguments[0].AsTerm(context.query);
  const Term& language = arguments[1].AsTerm(context.query);
  if (!IsSimpleLiteral(text) || !IsSimpleLiteral(language)) return Value::Error();
  if (!IsLanguageTag(language.value())) return Value::Error();
  return Value::Of(Term::LangString(text.value(), language.value()));
}

Value SameTerm(FunctionContext& context, Arguments arguments) {
  return Value::Boolean(arguments[0].AsTerm(context.query) == arguments[1].AsTerm(context.query));
}

// RFC 4122, version 4.
std::string RandomUuid(FunctionContext& context) {
  static constexpr char kHex[] = "0123456789abcdef";
  uint64_t high = (context.query.NextRandom() & ~uint64_t{0xF000}) | 0x4000;
  uint64_t low = (context.query.NextRandom() & ~(uint64_t{3} << 62)) | uint64_t{1} << 63;
  std::string out;
  for (int i = 0; i < 32; ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
    const uint64_t half = i < 16 ? high : low;
    out += kHex[half >> (60 - 4 * (i % 16)) & 15];
  }
  return out;
}

Value Uuid(FunctionContext& context, Arguments) {
  return Value::Of(Term::Iri("urn:uuid:" + RandomUuid(context)));
}
Value StrUuid(FunctionContext& context, Arguments) { return Value::String(RandomUuid(context)); }

constexpr Function kFunctions[] = {
    {"ISIRI", 1, 1, IsIri},
    {"ISURI", 1, 1, IsIri},
    {"ISBLANK", 1, 1, IsBlank},
    {"ISLITERAL", 1, 1, IsLiteral},
    {"ISNUMERIC", 1, 1, IsNumeric},
    {"STR", 1, 1, Str},
    {"LANG", 1, 1, Lang},
    {"DATATYPE", 1, 1, Datatype},
    {"IRI", 1, 1, Iri},
    {"URI", 1, 1, Iri},
    {"BNODE", 0, 1, BlankNode, false},
    {"STRDT", 2, 2, StrDt},
    {"STRLANG", 2, 2, StrLang},
    {"SAMETERM", 2, 2, SameTerm},
    {"UUID", 0, 0, Uuid, false},
    {"STRUUID", 0, 0, StrUuid, false},
};

}  // namespace

std::span<const Function> TermFunctions() { return kFunctions; }

}  // namespace sanad
