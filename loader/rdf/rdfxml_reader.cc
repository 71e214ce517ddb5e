// RDF/XML: libxml2's push parser turned into events for RdfXmlGrammar.
//
// Entities of the text itself are replaced, within libxml2's limits on nesting
// and growth; nothing outside the text is ever read.

#include <libxml/SAX2.h>
#include <libxml/globals.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "loader/rdf/quad_reader.h"
#include "loader/rdf/rdfxml_grammar.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 16;

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

struct ParserDeleter {
  void operator()(xmlParserCtxt* parser) const {
    if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }
};

// While it lives, libxml2 prints nothing on this thread: what it has to say about
// encodings goes past the parser's own handlers.
class QuietLibXml {
 public:
  QuietLibXml() : function_(xmlGenericError), context_(xmlGenericErrorContext) {
    xmlSetGenericErrorFunc(nullptr, &Ignore);
  }
  ~QuietLibXml() { xmlSetGenericErrorFunc(context_, function_); }
  QuietLibXml(const QuietLibXml&) = delete;
  QuietLibXml& operator=(const QuietLibXml&) = delete;

 private:
  static void Ignore(void*, const char*, ...) {}

  xmlGenericErrorFunc function_;
  void* context_;
};

// Bridges libxml2's callbacks, which get the parser, to the grammar behind its
// private pointer. (The default handlers need the parser as their own argument.)
class RdfXmlReader {
 public:
  RdfXmlReader(ByteSource& source, const QuadReaderOptions& options, QuadViewSink sink)
      : source_(source), options_(options), grammar_(options, sink) {}

  absl::Status Run() {
    static std::once_flag once;
    std::call_once(once, xmlInitParser);
    const QuietLibXml quiet;
    xmlSAXHandler handler = {};
    SetHandlers(handler);
    parser_.reset(xmlCreatePushParserCtxt(&handler, nullptr, nullptr, 0, nullptr));
    if (parser_ == nullptr) return absl::ResourceExhaustedError("no memory for an XML parser");
    parser_->_private = this;
    xmlCtxtUseOptions(parser_.get(),
                      XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    std::string chunk(kChunkBytes, '\0');
    for (;;) {
      SANAD_ASSIGN_OR_RETURN(const size_t count, Fill(chunk));
      xmlParseChunk(parser_.get(), chunk.data(), static_cast<int>(count), count == 0);
      if (!grammar_.status().ok()) return grammar_.status();
      if (!error_.ok()) return error_;
      if (parser_->wellFormed == 0) return XmlError();
      if (count == 0) return absl::OkStatus();
    }
  }

 private:
  // Reads a whole chunk, or what is left: the parser tells the encoding by the
  // first bytes of the first one.
  absl::StatusOr<size_t> Fill(std::string& chunk) {
    size_t filled = 0;
    while (filled < chunk.size()) {
      SANAD_ASSIGN_OR_RETURN(const size_t count,
                             source_.Read(chunk.data() + filled, chunk.size() - filled));
      if (count == 0) break;
      filled += count;
    }
    return filled;
  }

  static RdfXmlReader& Self(void* parser) {
    return *static_cast<RdfXmlReader*>(static_cast<xmlParserCtxt*>(parser)->_private);
  }

  static void SetHandlers(xmlSAXHandler& handler) {
    xmlSAXVersion(&handler, 2);
    handler.startElementNs = &OnStart;
    handler.endElementNs = &OnEnd;
    handler.characters = &OnText;
    handler.cdataBlock = &OnText;
    handler.ignorableWhitespace = &OnText;
    handler.comment = [](void* parser, const xmlChar* text) {
      Self(parser).grammar_.Comment(View(text));
    };
    handler.processingInstruction = [](void* parser, const xmlChar* target, const xmlChar* data) {
      Self(parser).grammar_.Instruction(View(target), View(data));
    };
    handler.reference = nullptr;
    handler.entityDecl = &OnEntityDeclaration;
    handler.externalSubset = nullptr;
    handler.resolveEntity = [](void*, const xmlChar*, const xmlChar*) -> xmlParserInput* {
      return nullptr;
    };
    handler.serror = [](void*, xmlError*) {};
    handler.error = nullptr;
    handler.warning = nullptr;
  }

  // Entities that lie outside the text are left undeclared.
  static void OnEntityDeclaration(void* parser, const xmlChar* name, int type,
                                  const xmlChar* public_id, const xmlChar* system_id,
                                  xmlChar* content) {
    if (type != XML_INTERNAL_GENERAL_ENTITY) return;
    xmlSAX2EntityDecl(parser, name, type, public_id, system_id, content);
  }

  // Five pointers an attribute: name, prefix, namespace, begin and end of value.
  static void OnStart(void* parser, const xmlChar* local, const xmlChar* prefix,
                      const xmlChar* name_space, int namespace_count, const xmlChar** namespaces,
                      int attribute_count, int, const xmlChar** attributes) {
    RdfXmlReader& self = Self(parser);
    for (int i = 0; i < namespace_count && self.options_.on_prefix; ++i) {
      self.options_.on_prefix(View(namespaces[2 * i]), View(namespaces[2 * i + 1]));
    }
    std::vector<XmlAttribute>& list = self.attributes_;
    list.clear();
    for (int i = 0; i < attribute_count; ++i) {
      const xmlChar** const a = attributes + 5 * i;
      list.push_back({{View(a[1]), View(a[0]), View(a[2])},
                      {reinterpret_cast<const char*>(a[3]), static_cast<size_t>(a[4] - a[3])}});
    }
    self.Check(self.grammar_.StartElement({View(prefix), View(local), View(name_space)}, list));
  }

  static void OnEnd(void* parser, const xmlChar* local, const xmlChar* prefix,
                    const xmlChar* name_space) {
    RdfXmlReader& self = Self(parser);
    self.Check(self.grammar_.EndElement({View(prefix), View(local), View(name_space)}));
  }

  static void OnText(void* parser, const xmlChar* text, int size) {
    RdfXmlReader& self = Self(parser);
    self.Check(self.grammar_.Text(
        {reinterpret_cast<const char*>(text), static_cast<size_t>(std::max(size, 0))}));
  }

  void Check(bool ok) {
    if (ok || !error_.ok()) return;
    if (grammar_.status().ok()) {
      error_ = ErrorAt(xmlSAX2GetLineNumber(parser_.get()), xmlSAX2GetColumnNumber(parser_.get()),
                       grammar_.error());
    }
    xmlStopParser(parser_.get());
  }

  absl::Status XmlError() const {
    const xmlError* const error = xmlCtxtGetLastError(parser_.get());
    if (error == nullptr) return ErrorAt(1, 1, "broken XML");
    std::string text = error->message == nullptr ? "broken XML" : error->message;
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return ErrorAt(error->line, error->int2, text);
  }

  static absl::Status ErrorAt(int line, int column, std::string_view what) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "line ", std::max(line, 1), ", column ",
                      std::max(column, 1), ": ", what);
  }

  ByteSource& source_;
  const QuadReaderOptions& options_;
  RdfXmlGrammar grammar_;
  std::vector<XmlAttribute> attributes_;
  absl::Status error_;
  std::unique_ptr<xmlParserCtxt, ParserDeleter> parser_;
};

}  // namespace

absl::Status ReadRdfXmlSyntax(ByteSource& source, const QuadReaderOptions& options,
                              QuadViewSink sink) {
  return RdfXmlReader(source, options, sink).Run();
}

}  // namespace sanad
