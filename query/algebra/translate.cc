// The entry functions of the translation, and the templates of updates.

#include "query/algebra/translate.h"

#include <string>
#include <utility>

#include "query/algebra/translator.h"

namespace sanad::algebra {
namespace {

VarOrTerm ToTemplateNode(const ast::Node& node) {
  if (const auto* variable = std::get_if<ast::Variable>(&node)) return Variable{variable->name};
  return std::get<Term>(node);
}

}  // namespace

absl::StatusOr<QueryAlgebra> Translate(const ast::Query& query, std::string_view text) {
  Translator translator(text);
  QueryAlgebra result;
  result.form = query.form;
  result.base_iri = query.base_iri;
  result.dataset.default_graphs = query.dataset.default_graphs;
  result.dataset.named_graphs = query.dataset.named_graphs;
  if (query.form == QueryForm::kSelect) {
    result.root = translator.Select(query.select, result.projection);
  } else {
    std::vector<Variable> visible;
    result.root = translator.Solutions(query.select, /*is_select=*/false, visible);
    result.root = translator.Slice(query.select.modifier, std::move(result.root));
    if (query.form == QueryForm::kDescribe && query.select.star) {
      for (Variable& variable : visible) result.describe.emplace_back(std::move(variable));
    }
  }
  for (const ast::TriplePath& triple : query.construct) {
    result.construct.push_back({ToPatternNode(triple.subject),
                                ToPatternNode(std::get<ast::Node>(triple.verb)),
                                ToPatternNode(triple.object)});
  }
  for (const ast::Node& node : query.describe) result.describe.push_back(ToTemplateNode(node));
  if (!translator.status().ok()) return translator.status();
  return result;
}

absl::StatusOr<OperatorPtr> TranslateWhere(const ast::GroupGraphPattern& where,
                                           std::string_view text) {
  Translator translator(text);
  OperatorPtr pattern = translator.Group(where);
  if (!translator.status().ok()) return translator.status();
  return pattern;
}

OperatorPtr TranslateQuadPattern(const std::vector<ast::QuadPattern>& quads) {
  OperatorPtr pattern = MakeBgp({});
  for (size_t i = 0; i < quads.size();) {
    // Neighbours in one graph are one basic graph pattern.
    const std::optional<ast::Node> graph = quads[i].graph;
    std::vector<TriplePattern> triples;
    for (; i < quads.size() && quads[i].graph == graph; ++i) {
      const ast::TriplePath& triple = quads[i].triple;
      triples.push_back({ToPatternNode(triple.subject),
                         ToPatternNode(std::get<ast::Node>(triple.verb)),
                         ToPatternNode(triple.object)});
    }
    OperatorPtr part = MakeBgp(std::move(triples));
    if (graph) part = MakeGraph(ToPatternNode(*graph), std::move(part));
    pattern = Join(std::move(pattern), std::move(part));
  }
  return pattern;
}

std::vector<QuadTemplate> TranslateTemplate(const std::vector<ast::QuadPattern>& quads) {
  std::vector<QuadTemplate> result;
  for (const ast::QuadPattern& quad : quads) {
    QuadTemplate translated;
    if (quad.graph) translated.graph = ToTemplateNode(*quad.graph);
    translated.triple = {ToTemplateNode(quad.triple.subject),
                         ToTemplateNode(std::get<ast::Node>(quad.triple.verb)),
                         ToTemplateNode(quad.triple.object)};
    result.push_back(std::move(translated));
  }
  return result;
}

}  // namespace sanad::algebra
