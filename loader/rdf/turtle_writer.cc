// The Turtle and TriG writer: prefixes first, then quads as they come, with
// equal neighbouring graphs, subjects and predicates written once.

#include <algorithm>

#include "loader/rdf/term_writer.h"
#include "storage/model/lexical.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

bool IsShorthand(const Term& literal) {
  if (literal.datatype() == iri::kXsdBoolean) {
    return literal.value() == "true" || literal.value() == "false";
  }
  return IsNumberShorthand(literal.value(), literal.datatype());
}

class TurtleWriter final : public RdfWriter {
 public:
  TurtleWriter(bool with_graphs, ByteSink sink,
               const std::vector<std::pair<std::string, std::string>>& prefixes)
      : with_graphs_(with_graphs), out_(std::move(sink)) {
    for (const auto& declared : prefixes) {
      // Not a structured binding: Clang's lambdas cannot capture those.
      const std::string& prefix = declared.first;
      const std::string& iri = declared.second;
      const bool known = std::any_of(prefixes_.begin(), prefixes_.end(),
                                     [&](const auto& other) { return other.first == prefix; });
      if (known || iri.empty() || !IsPrefixName(prefix)) continue;
      prefixes_.emplace_back(prefix, iri);
      out_.buffer().append("@prefix ").append(prefix).append(": ");
      AppendIriRef(out_.buffer(), iri);
      out_.buffer() += " .\n";
    }
    if (!prefixes_.empty()) out_.buffer() += '\n';
    // The longest namespace wins.
    std::stable_sort(prefixes_.begin(), prefixes_.end(), [](const auto& a, const auto& b) {
      return a.second.size() > b.second.size();
    });
  }

  absl::Status Write(const Quad& quad) override {
    if (absl::Status status = CheckWritable(quad, with_graphs_); !status.ok()) return status;
    std::string& out = out_.buffer();
    if (started_ && quad.graph == last_.graph && quad.subject == last_.subject) {
      if (quad.predicate == last_.predicate) {
        out += ", ";
      } else {
        out.append(" ;\n").append(Indent()).append("  ");
        AppendPredicate(quad.predicate);
      }
    } else {
      if (started_) out += " .\n";
      if (!started_ || quad.graph != last_.graph) {
        if (started_) CloseGraph(last_.graph);
        OpenGraph(quad.graph);
      }
      started_ = true;
      last_.graph = quad.graph;
      out += Indent();
      Append(quad.subject);
      out += ' ';
      AppendPredicate(quad.predicate);
      last_.subject = quad.subject;
    }
    last_.predicate = quad.predicate;
    Append(quad.object);
    return out_.FlushIfFull();
  }

  absl::Status Finish() override {
    if (started_) {
      out_.buffer() += " .\n";
      CloseGraph(last_.graph);
    }
    return out_.Flush();
  }

 private:
  std::string_view Indent() const { return last_.graph.is_undefined() ? "" : "  "; }

  void OpenGraph(const Term& graph) {
    if (graph.is_undefined()) return;
    Append(graph);
    out_.buffer() += " {\n";
  }
  void CloseGraph(const Term& graph) {
    if (!graph.is_undefined()) out_.buffer() += "}\n";
  }

  void AppendPredicate(const Term& predicate) {
    if (predicate.value() == iri::kRdfType) {
      out_.buffer() += 'a';
    } else {
      AppendIri(predicate.value());
    }
    out_.buffer() += ' ';
  }

  void Append(const Term& term) {
    std::string& out = out_.buffer();
    if (term.is_iri()) {
      AppendIri(term.value());
    } else if (!term.is_literal()) {
      AppendTerm(out, term);
    } else if (IsShorthand(term)) {
      out += term.value();
    } else {
      AppendQuoted(out, term.value());
      if (!term.language().empty()) {
        out.append("@").append(term.language());
      } else if (term.datatype() != iri::kXsdString) {
        out += "^^";
        AppendIri(term.datatype());
      }
    }
  }

  void AppendIri(std::string_view iri) {
    std::string& out = out_.buffer();
    for (const auto& [prefix, name_space] : prefixes_) {
      if (iri.starts_with(name_space) && IsPlainLocalName(iri.substr(name_space.size()))) {
        out.append(prefix).append(":").append(iri.substr(name_space.size()));
        return;
      }
    }
    AppendIriRef(out, iri);
  }

  const bool with_graphs_;
  BufferedSink out_;
  std::vector<std::pair<std::string, std::string>> prefixes_;
  bool started_ = false;
  Quad last_;  // But for the object.
};

}  // namespace

std::unique_ptr<RdfWriter> NewTurtleWriter(
    bool with_graphs, ByteSink sink,
    const std::vector<std::pair<std::string, std::string>>& prefixes) {
  return std::make_unique<TurtleWriter>(with_graphs, std::move(sink), prefixes);
}

}  // namespace sanad
