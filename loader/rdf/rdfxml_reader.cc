// RDF/XML through raptor2, fed in chunks, with network, files and external
// entities switched off.
//
// Raptor asks for every blank node's identifier; the answer is marked "u" (of the
// text) or "g" (made here), so that the two never meet.

#include <raptor2/raptor2.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "loader/rdf/blank_nodes.h"
#include "loader/rdf/quad_reader.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 16;
// Raptor cannot do without a base; relative IRIs resolved against this one are
// found out again.
constexpr std::string_view kNoBase = "x-no-base:/";

std::string_view View(const unsigned char* text, size_t size) {
  return {reinterpret_cast<const char*>(text), size};
}

// Creating and freeing a world touches libxml2's global state.
std::mutex& WorldMutex() {
  static std::mutex mutex;
  return mutex;
}

struct WorldDeleter {
  void operator()(raptor_world* world) const {
    const std::lock_guard lock(WorldMutex());
    raptor_free_world(world);
  }
};
struct ParserDeleter {
  void operator()(raptor_parser* parser) const { raptor_free_parser(parser); }
};
struct UriDeleter {
  void operator()(raptor_uri* uri) const { raptor_free_uri(uri); }
};

class RdfXmlReader {
 public:
  RdfXmlReader(ByteSource& source, const QuadReaderOptions& options, QuadViewSink sink)
      : source_(source), options_(options), sink_(sink), labels_(options.blank_node_scope) {}

  absl::Status Run() {
    if (absl::Status status = Open(); !status.ok()) return status;
    std::string chunk(kChunkBytes, '\0');
    for (;;) {
      SANAD_ASSIGN_OR_RETURN(const size_t count, source_.Read(chunk.data(), chunk.size()));
      const bool is_end = count == 0;
      const int failed = raptor_parser_parse_chunk(
          parser_.get(), reinterpret_cast<const unsigned char*>(chunk.data()), count, is_end);
      if (!status_.ok()) return status_;
      if (failed) return Error("broken XML");
      if (is_end) return absl::OkStatus();
    }
  }

 private:
  absl::Status Open() {
    {
      const std::lock_guard lock(WorldMutex());
      world_.reset(raptor_new_world());
      if (world_ != nullptr) {
        raptor_world_set_flag(world_.get(), RAPTOR_WORLD_FLAG_WWW_SKIP_INIT_FINISH, 1);
        raptor_world_set_flag(world_.get(), RAPTOR_WORLD_FLAG_URI_INTERNING, 0);
        raptor_world_set_log_handler(world_.get(), this, &OnLog);
        raptor_world_set_generate_bnodeid_handler(world_.get(), this, &OnBlankNode);
        if (raptor_world_open(world_.get()) == 0) {
          parser_.reset(raptor_new_parser(world_.get(), "rdfxml"));
        }
      }
    }
    if (parser_ == nullptr) return absl::InternalError("the RDF/XML parser does not start");
    for (const raptor_option option : {RAPTOR_OPTION_NO_NET, RAPTOR_OPTION_NO_FILE}) {
      raptor_parser_set_option(parser_.get(), option, nullptr, 1);
    }
    raptor_parser_set_option(parser_.get(), RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, nullptr, 0);
    raptor_parser_set_statement_handler(parser_.get(), this, &OnStatement);
    raptor_parser_set_namespace_handler(parser_.get(), this, &OnNamespace);
    const std::string base(options_.base_iri.empty() ? kNoBase
                                                     : std::string_view(options_.base_iri));
    base_.reset(raptor_new_uri(world_.get(), reinterpret_cast<const unsigned char*>(base.c_str())));
    if (base_ == nullptr || raptor_parser_parse_start(parser_.get(), base_.get()) != 0) {
      return Error("the parser refuses this base IRI");
    }
    return absl::OkStatus();
  }

  absl::Status Error(std::string_view what) const {
    raptor_locator* const locator = raptor_parser_get_locator(parser_.get());
    return ErrorAt(locator, what);
  }

  static absl::Status ErrorAt(raptor_locator* locator, std::string_view what) {
    const int line = locator == nullptr ? 0 : raptor_locator_line(locator);
    const int column = locator == nullptr ? 0 : raptor_locator_column(locator);
    return MakeStatus(absl::StatusCode::kInvalidArgument, "line ", std::max(line, 1), ", column ",
                      std::max(column, 1), ": ", what);
  }

  void Fail(absl::Status status) {
    if (!status_.ok()) return;
    status_ = std::move(status);
    raptor_parser_parse_abort(parser_.get());
  }

  static void OnLog(void* self, raptor_log_message* message) {
    auto& reader = *static_cast<RdfXmlReader*>(self);
    if (message->level < RAPTOR_LOG_LEVEL_ERROR || !reader.status_.ok()) return;
    std::string text = message->text == nullptr ? "broken RDF/XML" : message->text;
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    reader.status_ = ErrorAt(message->locator, text);
  }

  static void OnNamespace(void* self, raptor_namespace* name) {
    auto& reader = *static_cast<RdfXmlReader*>(self);
    const unsigned char* const prefix = raptor_namespace_get_prefix(name);
    raptor_uri* const uri = raptor_namespace_get_uri(name);
    if (!reader.options_.on_prefix || uri == nullptr) return;
    size_t size = 0;
    const unsigned char* const text = raptor_uri_as_counted_string(uri, &size);
    reader.options_.on_prefix(prefix == nullptr ? "" : reinterpret_cast<const char*>(prefix),
                              View(text, size));
  }

  // Takes over `given` and returns memory of raptor's.
  static unsigned char* OnBlankNode(void* self, unsigned char* given) {
    auto& reader = *static_cast<RdfXmlReader*>(self);
    std::string label;
    if (given != nullptr) {
      label = Concat('u', reinterpret_cast<const char*>(given));
      raptor_free_memory(given);
    } else {
      reader.labels_.Fresh(label);
      label.insert(0, 1, 'g');
    }
    auto* const copy = static_cast<unsigned char*>(raptor_alloc_memory(label.size() + 1));
    if (copy != nullptr) std::copy_n(label.c_str(), label.size() + 1, copy);
    return copy;
  }

  static void OnStatement(void* self, raptor_statement* statement) {
    auto& reader = *static_cast<RdfXmlReader*>(self);
    if (!reader.status_.ok()) return;
    QuadView quad;
    if (!reader.Convert(statement->subject, quad.subject, reader.subject_) ||
        !reader.Convert(statement->predicate, quad.predicate, reader.object_) ||
        !reader.Convert(statement->object, quad.object, reader.object_)) {
      return;
    }
    if (absl::Status status = reader.sink_(quad); !status.ok()) reader.Fail(std::move(status));
  }

  bool Convert(const raptor_term* term, TermView& view, std::string& buffer) {
    switch (term->type) {
      case RAPTOR_TERM_TYPE_URI: {
        view = TermView::Iri({});
        return ConvertIri(term->value.uri, view.value);
      }
      case RAPTOR_TERM_TYPE_BLANK: {
        const std::string_view marked =
            View(term->value.blank.string, term->value.blank.string_len);
        const std::string_view label = marked.substr(1);
        view = TermView::BlankNode(marked.starts_with('u') ? labels_.Named(label, buffer) : label);
        return true;
      }
      case RAPTOR_TERM_TYPE_LITERAL: {
        const raptor_term_literal_value& literal = term->value.literal;
        view = {TermType::kLiteral, false, View(literal.string, literal.string_len), {}};
        if (literal.language != nullptr) {
          view.has_language = true;
          view.suffix = View(literal.language, literal.language_len);
        } else if (literal.datatype != nullptr) {
          if (!ConvertIri(literal.datatype, view.suffix)) return false;
          if (view.suffix == iri::kXsdString) view.suffix = {};
        }
        return true;
      }
      default:
        Fail(Error("a term of no known kind"));
        return false;
    }
  }

  bool ConvertIri(raptor_uri* uri, std::string_view& iri) {
    size_t size = 0;
    const unsigned char* const text = raptor_uri_as_counted_string(uri, &size);
    iri = View(text, size);
    if (iri.starts_with(kNoBase)) {
      Fail(Error("a relative IRI, and no base is known"));
      return false;
    }
    if (!IsAbsoluteIri(iri)) {
      Fail(Error(Concat("<", iri, "> is no absolute IRI")));
      return false;
    }
    return true;
  }

  ByteSource& source_;
  const QuadReaderOptions& options_;
  QuadViewSink sink_;
  BlankNodeLabels labels_;
  absl::Status status_;
  std::string subject_, object_;
  // In the order of creation: each needs the one before.
  std::unique_ptr<raptor_world, WorldDeleter> world_;
  std::unique_ptr<raptor_uri, UriDeleter> base_;
  std::unique_ptr<raptor_parser, ParserDeleter> parser_;
};

}  // namespace

absl::Status ReadRdfXmlSyntax(ByteSource& source, const QuadReaderOptions& options,
                              QuadViewSink sink) {
  return RdfXmlReader(source, options, sink).Run();
}

}  // namespace sanad
