// Graph patterns, inline data and the forms of queries.

#include <algorithm>
#include <limits>

#include "query/sparql/builder.h"
#include "storage/model/text.h"

namespace sanad::sparql {
namespace {

uint64_t ParseCount(std::string_view digits) {
  constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
  uint64_t value = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') break;  // White space after the token.
    const auto digit = static_cast<uint64_t>(c - '0');
    if (value > (kMax - digit) / 10) return kMax;
    value = value * 10 + digit;
  }
  return value;
}

}  // namespace

// ---- Inline data ----

void Builder::DataBegin() {
  data_ = {};
  data_row_.clear();
  data_offset_ = node_offset_;
}

void Builder::DataVariable() {
  const ast::Variable& variable = std::get<ast::Variable>(node_);
  for (const ast::Variable& other : data_.variables) {
    if (other == variable) {
      Fail(node_offset_, Concat("the variable ?", variable.name, " stands twice in VALUES"));
    }
  }
  data_.variables.push_back(variable);
}

void Builder::DataValue() { data_row_.push_back(std::get<Term>(node_)); }

void Builder::DataUndef() { data_row_.emplace_back(); }

void Builder::DataRowEnd() {
  if (data_row_.size() != data_.variables.size()) {
    Fail(node_offset_, Concat("a row of VALUES holds ", data_row_.size(), " values for ",
                              data_.variables.size(), " variables"));
  }
  data_.rows.push_back(std::move(data_row_));
  data_row_.clear();
}

// ---- Groups ----

void Builder::GroupBegin() {
  groups_.push_back(std::make_unique<ast::GroupGraphPattern>());
  TripleTarget target;
  target.basic_pattern = ++basic_patterns_;
  targets_.push_back(target);
}

void Builder::GroupEnd() {
  done_group_ = std::move(groups_.back());
  groups_.pop_back();
  targets_.pop_back();
}

template <typename T>
void Builder::AddElement(T element) {
  group().elements.emplace_back(std::move(element));
  // A filter does not end the basic graph pattern around it (section 5.1), and
  // the filters of a group become one.
  if constexpr (!std::is_same_v<T, ast::Filter>) {
    targets_.back().basic_pattern = ++basic_patterns_;
    CountChain();
  }
}

void Builder::AddFilter() { AddElement(ast::Filter{PopExpression()}); }

void Builder::AddBind() { AddElement(ast::Bind{PopExpression(), bind_variable_, node_offset_}); }

void Builder::AddOptional() { AddElement(ast::Optional{TakeGroup()}); }

void Builder::AddMinus() { AddElement(ast::Minus{TakeGroup()}); }

void Builder::AddGraph() {
  ast::Node graph = std::move(names_.back());
  names_.pop_back();
  AddElement(ast::GraphPattern{std::move(graph), TakeGroup()});
}

void Builder::ServiceBegin() {
  services_.emplace_back();
  silent_ = false;
}

void Builder::ServiceEndpoint() {
  services_.back().endpoint = node_;
  services_.back().silent = silent_;
  silent_ = false;
}

void Builder::AddService(std::string_view pattern_text) {
  ast::Service service = std::move(services_.back());
  services_.pop_back();
  if (!resolver_.base().empty()) service.text += Concat("BASE <", resolver_.base(), ">\n");
  for (const auto& [prefix, iri] : prefixes_) {
    service.text += Concat("PREFIX ", prefix, ": <", iri, ">\n");
  }
  service.text += Concat("SELECT * WHERE ", pattern_text);
  service.pattern = TakeGroup();
  AddElement(std::move(service));
}

void Builder::UnionPart() {
  UnionFrame& frame = unions_.back();
  frame.parts.push_back(TakeGroup());
  frame.patterns_most = std::max(frame.patterns_most, pattern_count_);
  pattern_count_ = frame.patterns_before;
}

void Builder::AddUnion() {
  pattern_count_ = unions_.back().patterns_most;
  ast::GroupOrUnion element{std::move(unions_.back().parts)};
  unions_.pop_back();
  AddElement(std::move(element));
}

void Builder::AddData() { AddElement(std::move(data_)); }

void Builder::AddSubSelect() {
  ast::SubSelect element{std::move(selects_.back())};
  selects_.pop_back();
  AddElement(std::move(element));
}

// ---- Queries ----

void Builder::QueryBegin(QueryForm form, std::string_view text) {
  if (selects_.empty()) query_.form = form;
  selects_.push_back(std::make_unique<ast::SelectQuery>());
  select().offset = OffsetOf(text);
}

void Builder::SelectVariable() {
  select().items.push_back({std::get<ast::Variable>(node_), nullptr, node_offset_});
}

void Builder::SelectAsVariable() {
  select().items.push_back({std::get<ast::Variable>(node_), PopExpression(), node_offset_});
}

void Builder::WherePattern() { select().where = std::move(*TakeGroup()); }

void Builder::DatasetGraph(bool named) {
  (named ? dataset_.named_graphs : dataset_.default_graphs).push_back(std::get<Term>(node_));
}

void Builder::TemplateBegin() {
  TripleTarget target;
  target.kind = TripleTarget::Kind::kTemplate;
  targets_.push_back(target);
}

void Builder::TemplateEnd() { targets_.pop_back(); }

void Builder::ShortTemplate() {
  ast::TriplesBlock block;
  for (const ast::TriplePath& triple : query_.construct) {
    block.triples.push_back({triple.subject, std::get<ast::Node>(triple.verb), triple.object});
  }
  if (!block.triples.empty()) select().where.elements.emplace_back(std::move(block));
}

void Builder::GroupCondition() {
  select().modifier.group_by.push_back({PopExpression(), std::move(group_as_), node_offset_});
  group_as_.reset();
}

void Builder::Having() { select().modifier.having.push_back(PopExpression()); }

void Builder::OrderCondition() {
  select().modifier.order_by.push_back({PopExpression(), descending_});
  descending_ = false;
}

void Builder::Limit(std::string_view text) { select().modifier.limit = ParseCount(text); }

void Builder::Offset(std::string_view text) { select().modifier.offset = ParseCount(text); }

void Builder::ValuesAfterQuery() { select().values = std::move(data_); }

ast::Query Builder::TakeQuery() {
  query_.select = std::move(*selects_.back());
  query_.dataset = std::move(dataset_);
  query_.prefixes = std::move(declared_);
  query_.base_iri = resolver_.base();
  return std::move(query_);
}

}  // namespace sanad::sparql
