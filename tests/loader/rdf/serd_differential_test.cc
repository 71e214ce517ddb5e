// Against serd: random Turtle texts, made from the grammar, give the same triples.

#include <serd/serd.h>

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include "isomorphism.h"
#include "read_all.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr char kBase[] = "http://base.example/dir/file";

// Collects serd's statements as terms.
struct SerdResult {
  SerdEnv* env;
  std::vector<Quad> quads;
};

std::string Text(const SerdNode* node) {
  return {reinterpret_cast<const char*>(node->buf), node->n_bytes};
}

Term ToTerm(SerdEnv* env, const SerdNode* node, const SerdNode* datatype,
            const SerdNode* language) {
  if (node->type == SERD_BLANK) return Term::BlankNode(Text(node));
  if (node->type == SERD_LITERAL) {
    if (language != nullptr && language->type != SERD_NOTHING) {
      return Term::LangString(Text(node), Text(language));
    }
    if (datatype != nullptr && datatype->type != SERD_NOTHING) {
      return Term::Literal(Text(node), ToTerm(env, datatype, nullptr, nullptr).value());
    }
    return Term::String(Text(node));
  }
  SerdNode expanded = serd_env_expand_node(env, node);
  const Term iri = Term::Iri(Text(expanded.buf == nullptr ? node : &expanded));
  serd_node_free(&expanded);
  return iri;
}

bool ReadBySerd(const std::string& text, std::vector<Quad>& quads) {
  SerdURI uri;
  SerdNode base =
      serd_node_new_uri_from_string(reinterpret_cast<const uint8_t*>(kBase), nullptr, &uri);
  SerdResult result{serd_env_new(&base), {}};
  SerdReader* const reader = serd_reader_new(
      SERD_TURTLE, &result, nullptr,
      [](void* handle, const SerdNode* node) {
        return serd_env_set_base_uri(static_cast<SerdResult*>(handle)->env, node);
      },
      [](void* handle, const SerdNode* name, const SerdNode* node) {
        return serd_env_set_prefix(static_cast<SerdResult*>(handle)->env, name, node);
      },
      [](void* handle, SerdStatementFlags, const SerdNode*, const SerdNode* subject,
         const SerdNode* predicate, const SerdNode* object, const SerdNode* datatype,
         const SerdNode* language) {
        auto& out = *static_cast<SerdResult*>(handle);
        out.quads.push_back({ToTerm(out.env, subject, nullptr, nullptr),
                             ToTerm(out.env, predicate, nullptr, nullptr),
                             ToTerm(out.env, object, datatype, language), Term()});
        return SERD_SUCCESS;
      },
      nullptr);
  serd_reader_set_strict(reader, true);
  serd_reader_set_error_sink(
      reader, [](void*, const SerdError*) { return SERD_SUCCESS; }, nullptr);
  const SerdStatus status =
      serd_reader_read_string(reader, reinterpret_cast<const uint8_t*>(text.c_str()));
  serd_reader_free(reader);
  serd_env_free(result.env);
  serd_node_free(&base);
  quads = std::move(result.quads);
  return status == SERD_SUCCESS;
}

// Writes random texts of the Turtle grammar.
class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  std::string Document() {
    std::string text = "@prefix e: <http://example.org/ns#> .\n@prefix : <sub/> .\n";
    for (uint64_t i = 0, n = 1 + Below(6); i < n; ++i) {
      if (Below(8) == 0)
        text += "@base <" + Pick({"http://other.example/x/", "../y", "?q"}) + "> .\n";
      text += Below(6) == 0   ? "[ " + Predicates(2) + " ] " + Predicates(2)
              : Below(6) == 0 ? "( " + Objects(2, " ") + ") " + Predicates(2)
                              : Node() + " " + Predicates(0);
      text += Space() + ".\n";
    }
    return text;
  }

 private:
  uint64_t Below(uint64_t n) { return random_() % n; }
  std::string Pick(std::initializer_list<const char*> choices) {
    return *(choices.begin() + Below(choices.size()));
  }
  std::string Space() { return Pick({" ", "  ", "\n", "\t", " # a comment . ;\n"}); }

  std::string Iri() {
    return Pick({"<a>", "<#f>", "<>", "<../up>", "<?q=1>", "<http://abs.example/x>", "<\\u0061b>",
                 "e:name", "e:", ":x", "e:a.b", "e:a%41", "e:a\\~b", "e:\xD8\xB3\xD9\x86\xD8\xAF",
                 "e:1", "<\xD8\xB3>", "e:a:b"});
  }
  std::string Node() { return Below(4) ? Iri() : Pick({"_:b1", "_:b2", "_:x.y", "_:1"}); }

  std::string Literal() {
    const std::string quoted =
        Pick({"\"\"", "\"a b\"", "'x'", "\"\\t\\n\\\"\\\\\"", "\"\\u0633\\U0001F600\"",
              "\"\"\"a \"b\" \nc\"\"\"", "'''it''s'''", "\"\xD8\xB3\xD9\x86\xD8\xAF\""});
    switch (Below(4)) {
      case 0:
        return quoted + Pick({"@en", "@ar-EG", "@en-Latn-x-y"});
      case 1:
        return quoted + "^^" + Iri();
      case 2:
        return Pick({"1", "-2", "+03", "1.5", "-.5", "1e3", "2.5E-3", "4.e1", "true", "false"}) +
               " ";
      default:
        return quoted;
    }
  }

  std::string Object(int depth) {
    if (depth < 4 && Below(5) == 0) return "[" + Space() + Predicates(depth + 1) + "]";
    if (depth < 4 && Below(6) == 0) return "(" + Objects(depth + 1, " ") + ")";
    if (Below(9) == 0) return Pick({"[]", "()", "[ ]", "( )"});
    return Below(2) ? Node() : Literal();
  }

  std::string Objects(int depth, const std::string& separator) {
    std::string text = Object(depth);
    for (uint64_t n = Below(3); n > 0; --n) text += Space() + separator + Space() + Object(depth);
    return text + " ";
  }

  std::string Predicates(int depth) {
    std::string text = (Below(5) ? Iri() : "a") + Space() + Objects(depth, ",");
    for (uint64_t n = Below(3); n > 0; --n) {
      text += Pick({";", "; ;"}) + Space() + Iri() + Space() + Objects(depth, ",");
    }
    if (Below(4) == 0) text += "; ";
    return text;
  }

  std::mt19937_64 random_;
};

TEST(SerdDifferential, RandomTurtleGivesTheSameTriples) {
  int compared = 0;
  for (uint64_t seed = 0; seed < 4000; ++seed) {
    const std::string text = Generator(seed).Document();
    std::vector<Quad> theirs, ours;
    RdfReadOptions options;
    options.base_iri = kBase;
    const absl::Status status = ReadRdf(text, RdfSyntax::kTurtle, options, [&](const Quad& quad) {
      ours.push_back(quad);
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status << "\n" << text;
    if (!ReadBySerd(text, theirs)) continue;  // serd 0.30 refuses some valid forms.
    ++compared;
    ASSERT_TRUE(w3c::EqualUpToBlankNodes(w3c::RowsOfQuads(ours), w3c::RowsOfQuads(theirs))) << text;
  }
  EXPECT_GT(compared, 2000);
}

}  // namespace
}  // namespace sanad
