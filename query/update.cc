// Update: parse, and run a whole request in one transaction.
//
// Every operation sees what those before it did. An operation first collects
// the quads that its solutions remove and insert, and only then changes the
// transaction, removals first (SPARQL 1.1 Update, section 4.3.1).

#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include <sanad/query.h>
#include "query/algebra/parameters.h"
#include "query/execution/execute.h"
#include "query/expression/query_context.h"
#include "query/sparql/parser.h"
#include "query/update_internal.h"
#include "storage/model/text.h"

namespace sanad {
namespace internal {
namespace {

void AddVariable(const algebra::VarOrTerm& node, std::set<std::string>& names) {
  if (const auto* variable = std::get_if<algebra::Variable>(&node)) names.insert(variable->name);
}

// Wraps a pattern into the query that yields what the templates need.
algebra::QueryAlgebra MakeWhere(algebra::OperatorPtr pattern, const PatternOperation& operation) {
  std::set<std::string> names;
  for (const auto* quads : {&operation.remove, &operation.insert}) {
    for (const algebra::QuadTemplate& quad : *quads) {
      if (quad.graph) AddVariable(*quad.graph, names);
      AddVariable(quad.triple.subject, names);
      AddVariable(quad.triple.predicate, names);
      AddVariable(quad.triple.object, names);
    }
  }
  algebra::QueryAlgebra query;
  query.form = QueryForm::kSelect;
  for (const std::string& name : names) query.projection.push_back({name});
  query.root = algebra::MakeProject(std::move(pattern), query.projection);
  return query;
}

absl::StatusOr<PatternOperation> Compile(const ast::Modify& modify, std::string_view text) {
  PatternOperation operation;
  operation.with = modify.with;
  operation.remove = algebra::TranslateTemplate(modify.remove);
  operation.insert = algebra::TranslateTemplate(modify.insert);
  SANAD_ASSIGN_OR_RETURN(auto pattern, algebra::TranslateWhere(modify.where, text));
  operation.where = MakeWhere(std::move(pattern), operation);
  algebra::DatasetClause& dataset = operation.where.dataset;
  dataset.default_graphs = modify.use.default_graphs;
  dataset.named_graphs = modify.use.named_graphs;
  // USING overrides WITH for the pattern (section 3.1.3).
  if (modify.with && dataset.empty()) {
    dataset.default_graphs = {*modify.with};
    dataset.keep_named = true;
  }
  return operation;
}

PatternOperation CompileData(const std::vector<ast::QuadPattern>& quads, bool insert) {
  PatternOperation operation;
  operation.counts_rows = false;
  (insert ? operation.insert : operation.remove) = algebra::TranslateTemplate(quads);
  operation.where = MakeWhere(algebra::MakeBgp({}), operation);
  return operation;
}

absl::StatusOr<UpdateOperation> Compile(ast::UpdateOperation& tree, std::string_view text) {
  if (const auto* modify = std::get_if<ast::Modify>(&tree)) return Compile(*modify, text);
  if (const auto* data = std::get_if<ast::InsertData>(&tree)) {
    return UpdateOperation(CompileData(data->quads, /*insert=*/true));
  }
  if (const auto* data = std::get_if<ast::DeleteData>(&tree)) {
    return UpdateOperation(CompileData(data->quads, /*insert=*/false));
  }
  if (const auto* where = std::get_if<ast::DeleteWhere>(&tree)) {
    PatternOperation operation;
    operation.remove = algebra::TranslateTemplate(where->quads);
    operation.where = MakeWhere(algebra::TranslateQuadPattern(where->quads), operation);
    return UpdateOperation(std::move(operation));
  }
  if (auto* load = std::get_if<ast::Load>(&tree)) return UpdateOperation(std::move(*load));
  if (auto* graphs = std::get_if<ast::GraphManagement>(&tree)) {
    return UpdateOperation(std::move(*graphs));
  }
  return UpdateOperation(std::move(std::get<ast::GraphTransfer>(tree)));
}

// Makes quads of templates, one solution at a time.
class Instantiator {
 public:
  Instantiator(const PatternOperation& operation, const Cursor& cursor, QueryContext& labels)
      : operation_(operation), labels_(labels) {
    for (size_t i = 0; i < cursor.variables().size(); ++i) columns_[cursor.variables()[i]] = i;
  }

  // The quads of the cursor's row that are well-formed; the others are not
  // part of the result (section 3.1.3).
  void Add(const std::vector<algebra::QuadTemplate>& quads, const Cursor& cursor,
           std::vector<Quad>& out) {
    fresh_.clear();
    for (const algebra::QuadTemplate& quad : quads) {
      Quad made{Value(quad.triple.subject, cursor), Value(quad.triple.predicate, cursor),
                Value(quad.triple.object, cursor), Term()};
      if (quad.graph) {
        made.graph = Value(*quad.graph, cursor);
        if (!made.graph.is_iri()) continue;
      } else if (operation_.with) {
        made.graph = *operation_.with;
      }
      const bool well_formed = (made.subject.is_iri() || made.subject.is_blank_node()) &&
                               made.predicate.is_iri() && !made.object.is_undefined();
      if (well_formed) out.push_back(std::move(made));
    }
  }

 private:
  Term Value(const algebra::VarOrTerm& node, const Cursor& cursor) {
    if (const auto* variable = std::get_if<algebra::Variable>(&node)) {
      const auto column = columns_.find(variable->name);
      return column == columns_.end() ? Term() : cursor.value(column->second);
    }
    const Term& term = std::get<Term>(node);
    if (!term.is_blank_node()) return term;
    // A blank node of a template is a new one in every solution.
    const auto [entry, is_new] = fresh_.try_emplace(term.value());
    if (is_new) entry->second = Term::BlankNode(labels_.FreshBlankNodeLabel());
    return entry->second;
  }

  const PatternOperation& operation_;
  QueryContext& labels_;
  std::unordered_map<std::string, size_t> columns_;
  std::unordered_map<std::string, Term> fresh_;
};

uint64_t BytesOf(const Quad& quad) {
  return sizeof(Quad) + quad.subject.value().size() + quad.predicate.value().size() +
         quad.object.value().size() + quad.graph.value().size();
}

}  // namespace

absl::Status Run(const PatternOperation& operation, UpdateRun& run) {
  std::vector<Quad> removed;
  std::vector<Quad> inserted;
  {
    auto query = std::make_shared<algebra::QueryAlgebra>(algebra::Clone(operation.where));
    SANAD_RETURN_IF_ERROR(
        algebra::BindParameters(run.options.parameters, *query, &run.used_parameters));
    const QuadSource& source = run.transaction.source();
    QueryOptions where = run.options;
    where.threads = 0;  // A transaction is read by one thread.
    SANAD_ASSIGN_OR_RETURN(auto cursor, ExecuteAlgebra(std::move(query), source, nullptr, where));
    QueryContext labels(source, run.options);
    Instantiator instantiator(operation, *cursor, labels);
    uint64_t held = 0;
    while (cursor->Next()) {
      if (operation.counts_rows) ++run.result.matched;
      const size_t before = removed.size() + inserted.size();
      instantiator.Add(operation.remove, *cursor, removed);
      instantiator.Add(operation.insert, *cursor, inserted);
      if (removed.size() + inserted.size() == before) continue;
      if (!removed.empty()) held += BytesOf(removed.back()) * operation.remove.size();
      if (!inserted.empty()) held += BytesOf(inserted.back()) * operation.insert.size();
      // Data was held as text already; only what is made of it is limited.
      if (operation.counts_rows && held > run.options.memory_limit) {
        return MakeStatus(absl::StatusCode::kResourceExhausted,
                          "the update makes more quads than its memory limit of ",
                          run.options.memory_limit, " bytes holds; raise it or split the update");
      }
    }
    SANAD_RETURN_IF_ERROR(cursor->status());
  }
  if (!removed.empty() || !inserted.empty()) run.made_quads = true;
  const uint64_t changes = run.transaction.added_count() + run.transaction.removed_count();
  for (const Quad& quad : removed) SANAD_RETURN_IF_ERROR(run.transaction.Remove(quad));
  for (const Quad& quad : inserted) SANAD_RETURN_IF_ERROR(run.transaction.Insert(quad));
  if (changes == run.transaction.added_count() + run.transaction.removed_count()) {
    for (const auto* quads : {&operation.remove, &operation.insert}) {
      for (const algebra::QuadTemplate& quad : *quads) {
        if (!quad.graph && !operation.with) run.idle_default_graph = true;
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace internal

namespace {

std::string Hint(const internal::UpdateRun& run) {
  const UpdateResult& result = run.result;
  if (result.matched == 0 || result.added + result.removed > 0) return "";
  std::string hint = Concat(result.matched, result.matched == 1 ? " row" : " rows",
                            " matched, but nothing changed: ");
  if (!run.made_quads) {
    return hint +
           "the templates made no quad, since a variable is unbound in every row or a term "
           "cannot stand where it is put";
  }
  if (run.idle_default_graph && run.options.default_graph == DefaultGraph::kUnion) {
    return hint +
           "the templates without GRAPH or WITH write the unnamed graph only, while WHERE reads "
           "the union of all graphs; name the graph with WITH <graph> or GRAPH <graph> { … }";
  }
  return hint + "what was to be removed is not there, and what was to be inserted is there already";
}

}  // namespace

Update::Update(std::shared_ptr<const internal::ParsedUpdate> parsed) : parsed_(std::move(parsed)) {}

absl::StatusOr<Update> Update::Parse(std::string_view text, const ParseOptions& options) {
  SANAD_ASSIGN_OR_RETURN(ast::Update tree, sparql::ParseUpdate(text, options));
  auto parsed = std::make_shared<internal::ParsedUpdate>();
  for (ast::UpdateOperation& operation : tree.operations) {
    SANAD_ASSIGN_OR_RETURN(internal::UpdateOperation compiled, internal::Compile(operation, text));
    if (auto* pattern = std::get_if<internal::PatternOperation>(&compiled)) {
      pattern->where.base_iri = tree.base_iri;
    }
    parsed->operations.push_back(std::move(compiled));
  }
  return Update(std::move(parsed));
}

absl::StatusOr<UpdateResult> Update::Execute(Store& store, const UpdateOptions& options) const {
  const absl::Time deadline = options.timeout == absl::InfiniteDuration()
                                  ? absl::InfiniteFuture()
                                  : absl::Now() + options.timeout;
  SANAD_ASSIGN_OR_RETURN(auto transaction, store.Begin(deadline));
  internal::UpdateRun run{*transaction, options, {}, {}};
  for (const internal::UpdateOperation& operation : parsed_->operations) {
    SANAD_RETURN_IF_ERROR(
        std::visit([&](const auto& op) { return internal::Run(op, run); }, operation));
  }
  for (const auto& [name, term] : options.parameters) {
    if (run.used_parameters.count(name) == 0) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, "the update has no variable ?", name,
                        " to bind the parameter to");
    }
  }
  run.result.added = transaction->added_count();
  run.result.removed = transaction->removed_count();
  run.result.hint = Hint(run);
  SANAD_RETURN_IF_ERROR(transaction->Commit());
  return run.result;
}

}  // namespace sanad
