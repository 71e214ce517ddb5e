// Operations of SPARQL Update.

#include "query/sparql/builder.h"

namespace sanad::sparql {

template <typename T>
void Builder::AddOperation(T operation) {
  update_.operations.emplace_back(std::move(operation));
  chain_length_ = 0;
  pattern_count_ = 0;
}

void Builder::Target(ast::GraphTargetType type) {
  target_ = {type, Term()};
  if (type == ast::GraphTargetType::kGraph) target_.graph = std::get<Term>(node_);
  has_target_ = true;
}

void Builder::QuadsBegin(bool allow_variables, bool allow_blank_nodes, bool is_data) {
  TripleTarget target;
  target.kind = TripleTarget::Kind::kQuads;
  target.allow_variables = allow_variables;
  target.allow_blank_nodes = allow_blank_nodes;
  target.is_data = is_data;
  targets_.push_back(target);
  quads_.clear();
  quads_graph_.reset();
}

void Builder::QuadsGraph() { quads_graph_ = node_; }

void Builder::QuadsGraphEnd() { quads_graph_.reset(); }

void Builder::QuadsEnd() { targets_.pop_back(); }

void Builder::InsertDataEnd() { AddOperation(ast::InsertData{std::move(quads_)}); }

void Builder::DeleteDataEnd() { AddOperation(ast::DeleteData{std::move(quads_)}); }

void Builder::DeleteWhereEnd() {
  CountPatterns(quads_.size());
  AddOperation(ast::DeleteWhere{std::move(quads_)});
}

void Builder::ModifyBegin() {
  modify_ = {};
  dataset_ = {};
  selects_.push_back(std::make_unique<ast::SelectQuery>());
}

void Builder::ModifyEnd() {
  modify_.where = std::move(select().where);
  modify_.use = std::move(dataset_);
  selects_.pop_back();
  AddOperation(std::move(modify_));
}

void Builder::LoadEnd() {
  ast::Load load;
  load.silent = silent_;
  load.source = *load_source_;
  if (has_target_) load.into = target_.graph;
  AddOperation(std::move(load));
}

void Builder::ManagementEnd(ast::GraphManagementType type) {
  AddOperation(ast::GraphManagement{type, silent_, target_});
}

void Builder::TransferEnd(ast::GraphTransferType type) {
  AddOperation(ast::GraphTransfer{type, silent_, transfer_source_, target_});
}

void Builder::OperationEnd() {
  silent_ = false;
  has_target_ = false;
}

ast::Update Builder::TakeUpdate() {
  update_.prefixes = std::move(declared_);
  update_.base_iri = resolver_.base();
  return std::move(update_);
}

}  // namespace sanad::sparql
