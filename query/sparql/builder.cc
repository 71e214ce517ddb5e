// Terms, paths and triples of the syntax tree.

#include "query/sparql/builder.h"

#include "storage/model/lexical.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::sparql {
namespace {

// Namespaces that a message may offer although nobody declared them.
const std::pair<std::string_view, std::string_view> kWellKnown[] = {
    {"dcterms", SANAD_DCTERMS_NS}, {"kg", SANAD_KG_NS},     {"nif", SANAD_NIF_NS},
    {"ontolex", SANAD_ONTOLEX_NS}, {"owl", SANAD_OWL_NS},   {"prov", SANAD_PROV_NS},
    {"rdf", SANAD_RDF_NS},         {"rdfs", SANAD_RDFS_NS}, {"sanad", SANAD_NS},
    {"skos", SANAD_SKOS_NS},       {"xsd", SANAD_XSD_NS},
};

// More operators of one kind in a row than any person writes; the tree they
// make is as deep as they are many.
constexpr size_t kMaxChain = 1000;
// They become joins and unions that nest as deep; alternatives of a UNION do not
// add up.
constexpr size_t kMaxPatterns = 1000;

size_t CountSteps(const ast::Path& path) {
  if (path.parts.empty()) return 1;
  size_t count = 0;
  for (const ast::PathPtr& part : path.parts) count += CountSteps(*part);
  return count;
}

ast::PathPtr ClonePath(const ast::Path& path) {
  auto copy = std::make_unique<ast::Path>();
  copy->type = path.type;
  copy->iri = path.iri;
  copy->excluded = path.excluded;
  copy->excluded_inverse = path.excluded_inverse;
  for (const ast::PathPtr& part : path.parts) copy->parts.push_back(ClonePath(*part));
  return copy;
}

}  // namespace

Builder::Builder(std::string_view text, const ParseOptions& options)
    : text_(text), resolver_(options.base_iri) {
  for (const auto& [prefix, iri] : options.prefixes) prefixes_[prefix] = iri;
}

void Builder::Fail(size_t offset, std::string message) const {
  throw SyntaxError{offset, std::move(message)};
}

void Builder::CountChain() {
  if (++chain_length_ > kMaxChain) {
    Fail(node_offset_, Concat("the query is too large: more than ", kMaxChain,
                              " operators that nest into each other"));
  }
}

void Builder::CountPatterns(size_t count) {
  pattern_count_ += count;
  if (pattern_count_ > kMaxPatterns) {
    Fail(node_offset_, Concat("the query is too large: more than ", kMaxPatterns,
                              " triple patterns and steps of paths"));
  }
}

// ---- Prologue ----

void Builder::PrefixIri() {
  const std::string& iri = std::get<Term>(node_).value();
  prefixes_[prefix_name_] = iri;
  declared_.emplace_back(prefix_name_, iri);
}

std::string Builder::ResolvePrefix(std::string_view prefix, size_t offset) const {
  const auto found = prefixes_.find(prefix);
  if (found != prefixes_.end()) return found->second;
  std::string message = Concat("unknown prefix \"", prefix, ":\"");
  for (const auto& [name, iri] : kWellKnown) {
    if (name == prefix) {
      Fail(offset, Concat(message, "; add PREFIX ", prefix, ": <", iri, "> before the query"));
    }
  }
  std::vector<std::string> names;
  for (const auto& [name, iri] : prefixes_) names.push_back(name);
  const std::string nearest = Nearest(prefix, names);
  if (!nearest.empty()) {
    Fail(offset, Concat(message, "; did you mean \"", nearest, ":\"?"));
  }
  Fail(offset, Concat(message, "; declare it with PREFIX ", prefix, ": <…>"));
}

// ---- Terms ----

void Builder::Variable(std::string_view text) {
  node_offset_ = OffsetOf(text);
  if (!targets_.empty() && !targets_.back().allow_variables) {
    Fail(node_offset_,
         Concat("the variable ", text, " cannot stand in INSERT DATA or DELETE DATA"));
  }
  node_ = ast::Variable{std::string(text.substr(1))};
}

void Builder::IriRef(std::string_view text) {
  node_offset_ = OffsetOf(text);
  const std::string_view reference = text.substr(1, text.size() - 2);
  std::string iri;
  if (!resolver_.Resolve(reference, iri)) {
    Fail(node_offset_, Concat("the relative IRI ", text, " needs a BASE"));
  }
  node_ = Term::Iri(iri);
}

void Builder::PrefixedName(std::string_view text) {
  node_offset_ = OffsetOf(text);
  const size_t colon = text.find(':');
  std::string iri = ResolvePrefix(text.substr(0, colon), node_offset_);
  for (size_t i = colon + 1; i < text.size(); ++i) {
    if (text[i] == '\\') ++i;  // PN_LOCAL_ESC; the grammar has checked what follows.
    iri += text[i];
  }
  node_ = Term::Iri(iri);
}

void Builder::CheckLabelScope(const std::string& label, size_t offset) {
  if (targets_.empty()) return;
  const TripleTarget& target = targets_.back();
  if (target.kind == TripleTarget::Kind::kGroup) {
    const auto [entry, is_new] = pattern_labels_.emplace(label, target.basic_pattern);
    if (!is_new && entry->second != target.basic_pattern) {
      Fail(offset, Concat("the blank node label _:", label,
                          " is used in two different graph patterns; use a variable"));
    }
  } else if (target.is_data) {
    const size_t operation = update_.operations.size();
    const auto [entry, is_new] = data_labels_.emplace(label, operation);
    if (!is_new && entry->second != operation) {
      Fail(offset,
           Concat("the blank node label _:", label, " is used in two INSERT DATA operations"));
    }
  }
}

void Builder::BlankNodeLabel(std::string_view text) {
  node_offset_ = OffsetOf(text);
  if (!targets_.empty() && !targets_.back().allow_blank_nodes) {
    Fail(node_offset_, Concat("the blank node ", text, " cannot stand in a DELETE template"));
  }
  const std::string label(text.substr(2));
  CheckLabelScope(label, node_offset_);
  node_ = Term::BlankNode(label);
}

ast::Node Builder::FreshBlankNode(size_t offset) {
  if (!targets_.empty() && !targets_.back().allow_blank_nodes) {
    Fail(offset, "a blank node cannot stand in a DELETE template");
  }
  return Term::BlankNode(Concat('.', fresh_++));
}

void Builder::Anon(std::string_view text) {
  node_offset_ = OffsetOf(text);
  node_ = FreshBlankNode(node_offset_);
}

void Builder::RdfType() { node_ = Term::Iri(iri::kRdfType); }

void Builder::Nil() { node_ = Term::Iri(iri::kRdfNil); }

void Builder::String(std::string_view text) {
  node_offset_ = OffsetOf(text);
  const size_t quotes = text.size() >= 6 && text[0] == text[1] && text[1] == text[2] ? 3 : 1;
  string_.clear();
  AppendUnescaped(string_, text.substr(quotes, text.size() - 2 * quotes), /*allow_echar=*/true);
  node_ = Term::String(string_);
}

void Builder::Boolean(bool value) { node_ = Term::Boolean(value); }

void Builder::LanguageTag(std::string_view text) {
  node_ = Term::LangString(string_, text.substr(1));
}

void Builder::Datatype() {
  const std::string iri = std::get<Term>(node_).value();
  node_ = Term::Literal(string_, iri);
}

void Builder::Literal(std::string_view text, std::string_view datatype) {
  node_offset_ = OffsetOf(text);
  node_ = Term::Literal(text, datatype);
}

// ---- Paths ----

void Builder::PathIri() {
  auto path = std::make_unique<ast::Path>();
  path->iri = std::get<Term>(node_);
  paths_.push_back(std::move(path));
}

void Builder::PathNegationBegin() {
  auto path = std::make_unique<ast::Path>();
  path->type = ast::PathType::kNegatedSet;
  paths_.push_back(std::move(path));
}

void Builder::PathNegated(bool inverse) {
  ast::Path& path = *paths_.back();
  (inverse ? path.excluded_inverse : path.excluded).push_back(std::get<Term>(node_));
}

void Builder::PathUnary(ast::PathType type) {
  auto path = std::make_unique<ast::Path>();
  path->type = type;
  path->parts.push_back(std::move(paths_.back()));
  paths_.back() = std::move(path);
}

void Builder::PathBinary(ast::PathType type) {
  ast::PathPtr right = std::move(paths_.back());
  paths_.pop_back();
  if (paths_.back()->type != type) PathUnary(type);
  paths_.back()->parts.push_back(std::move(right));
}

// ---- Triples ----

void Builder::SubjectBegin() { subjects_.push_back({node_, {}}); }

void Builder::SubjectEnd() { subjects_.pop_back(); }

void Builder::VerbVariable() { subjects_.back().verb = node_; }

void Builder::VerbPath() {
  ast::PathPtr path = std::move(paths_.back());
  paths_.pop_back();
  if (path->type == ast::PathType::kIri) {
    subjects_.back().verb = ast::Node(path->iri);
    return;
  }
  if (targets_.back().kind != TripleTarget::Kind::kGroup) {
    Fail(node_offset_, "a property path cannot stand in a template or in data");
  }
  subjects_.back().verb = std::move(path);
}

void Builder::EmitTriple(ast::Node subject, const std::variant<ast::Node, ast::PathPtr>& verb,
                         ast::Node object) {
  ast::TriplePath triple{std::move(subject), {}, std::move(object)};
  if (const auto* path = std::get_if<ast::PathPtr>(&verb)) {
    triple.verb = ClonePath(**path);
  } else {
    triple.verb = std::get<ast::Node>(verb);
  }
  switch (targets_.back().kind) {
    case TripleTarget::Kind::kTemplate:
      query_.construct.push_back(std::move(triple));
      return;
    case TripleTarget::Kind::kQuads:
      quads_.push_back({quads_graph_, std::move(triple)});
      return;
    case TripleTarget::Kind::kGroup: {
      const auto* path = std::get_if<ast::PathPtr>(&triple.verb);
      CountPatterns(path == nullptr ? 1 : CountSteps(**path));
      auto& elements = group().elements;
      if (elements.empty() || !std::holds_alternative<ast::TriplesBlock>(elements.back())) {
        elements.emplace_back(ast::TriplesBlock{});
      }
      std::get<ast::TriplesBlock>(elements.back()).triples.push_back(std::move(triple));
      return;
    }
  }
}

void Builder::Object() {
  const SubjectFrame& frame = subjects_.back();
  EmitTriple(frame.subject, frame.verb, node_);
}

void Builder::PropertyListOpen() {
  node_ = FreshBlankNode(node_offset_);
  SubjectBegin();
}

void Builder::PropertyListClose() {
  node_ = subjects_.back().subject;
  SubjectEnd();
}

void Builder::CollectionOpen() { collections_.emplace_back(); }

void Builder::CollectionItem() { collections_.back().push_back(node_); }

void Builder::CollectionClose() {
  const std::vector<ast::Node> items = std::move(collections_.back());
  collections_.pop_back();
  const std::variant<ast::Node, ast::PathPtr> first = ast::Node(Term::Iri(iri::kRdfFirst));
  const std::variant<ast::Node, ast::PathPtr> rest = ast::Node(Term::Iri(iri::kRdfRest));
  const ast::Node head = FreshBlankNode(node_offset_);
  ast::Node cell = head;
  for (size_t i = 0; i < items.size(); ++i) {
    EmitTriple(cell, first, items[i]);
    ast::Node next =
        i + 1 < items.size() ? FreshBlankNode(node_offset_) : ast::Node(Term::Iri(iri::kRdfNil));
    EmitTriple(cell, rest, next);
    cell = std::move(next);
  }
  node_ = head;
}

}  // namespace sanad::sparql
