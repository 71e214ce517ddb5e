#include "tests/language/turtle_quads.h"

#include <gtest/gtest.h>
#include <serd/serd.h>

#include "datasets/embedded.h"

namespace sanad::testing {
namespace {

struct Sink {
  SerdEnv* env;
  std::string name;
  std::vector<Quad> quads;
};

std::string Text(const SerdNode& node) {
  return std::string(reinterpret_cast<const char*>(node.buf), node.n_bytes);
}

std::string IriOf(const Sink& sink, const SerdNode* node) {
  SerdNode expanded = serd_env_expand_node(sink.env, node);
  std::string out = expanded.buf != nullptr ? Text(expanded) : Text(*node);
  serd_node_free(&expanded);
  return out;
}

Term TermOf(const Sink& sink, const SerdNode* node, const SerdNode* datatype,
            const SerdNode* language) {
  if (node->type == SERD_BLANK) return Term::BlankNode(sink.name + Text(*node));
  if (node->type != SERD_LITERAL) return Term::Iri(IriOf(sink, node));
  if (language != nullptr && language->buf != nullptr) {
    return Term::LangString(Text(*node), Text(*language));
  }
  if (datatype != nullptr && datatype->buf != nullptr) {
    return Term::Literal(Text(*node), IriOf(sink, datatype));
  }
  return Term::String(Text(*node));
}

SerdStatus OnBase(void* handle, const SerdNode* uri) {
  return serd_env_set_base_uri(static_cast<Sink*>(handle)->env, uri);
}
SerdStatus OnPrefix(void* handle, const SerdNode* name, const SerdNode* uri) {
  return serd_env_set_prefix(static_cast<Sink*>(handle)->env, name, uri);
}
SerdStatus OnStatement(void* handle, SerdStatementFlags, const SerdNode*, const SerdNode* subject,
                       const SerdNode* predicate, const SerdNode* object, const SerdNode* datatype,
                       const SerdNode* language) {
  Sink& sink = *static_cast<Sink*>(handle);
  sink.quads.push_back({TermOf(sink, subject, nullptr, nullptr),
                        TermOf(sink, predicate, nullptr, nullptr),
                        TermOf(sink, object, datatype, language), Term()});
  return SERD_SUCCESS;
}

}  // namespace

std::vector<Quad> ReadTurtle(const std::string& text, const std::string& name) {
  Sink sink{serd_env_new(nullptr), name, {}};
  SerdReader* reader =
      serd_reader_new(SERD_TURTLE, &sink, nullptr, OnBase, OnPrefix, OnStatement, nullptr);
  serd_reader_set_strict(reader, true);
  const SerdStatus status =
      serd_reader_read_string(reader, reinterpret_cast<const uint8_t*>(text.c_str()));
  EXPECT_EQ(status, SERD_SUCCESS) << name;
  serd_reader_free(reader);
  serd_env_free(sink.env);
  return std::move(sink.quads);
}

std::vector<Quad> ShippedLexicon() {
  std::vector<Quad> out;
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (!file.path.ends_with(".ttl")) continue;
    if (!file.path.starts_with("lexicons/") && !file.path.starts_with("vocabulary/")) continue;
    std::string name;
    for (char c : file.path) name += c == '/' || c == '.' ? '_' : c;
    const std::vector<Quad> quads = ReadTurtle(std::string(file.content), name);
    out.insert(out.end(), quads.begin(), quads.end());
  }
  return out;
}

std::string Prefixes() {
  return "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
         "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
         "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
         "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
         "@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .\n"
         "@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .\n"
         "@prefix kg: <https://sanad.example/kg#> .\n"
         "@prefix sanad: <https://sanad.example/ns#> .\n"
         "@prefix country: <https://sanad.example/id/country/> .\n"
         "@prefix lex: <https://sanad.example/lexicon/> .\n";
}

}  // namespace sanad::testing
