// Builds the syntax tree from the parser's events.
//
// The grammar's actions call these functions in the order of the text. Parts
// that are complete wait on stacks until the production that owns them ends:
// `node()` is the last term or variable, expressions, paths and groups have a
// stack each. All checks that need only what stands to the left are here:
// prefixes, arities, blank node labels, what templates and data may hold.
// Scoping rules that need the whole query are in query/algebra/translate.

#ifndef SANAD_QUERY_SPARQL_BUILDER_H_
#define SANAD_QUERY_SPARQL_BUILDER_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/sparql/ast.h"
#include "query/sparql/syntax_error.h"
#include "storage/model/iri_resolver.h"

namespace sanad::sparql {

// Single-threaded. Every function may throw SyntaxError.
class Builder {
 public:
  // `text` must outlive the builder.
  Builder(std::string_view text, const ParseOptions& options);

  ast::Query TakeQuery();
  ast::Update TakeUpdate();

  // ---- Prologue ----
  void Base() { resolver_.SetBase(std::get<Term>(node_).value()); }
  void PrefixName(std::string_view text) { prefix_name_ = text; }
  void PrefixIri();

  // ---- Terms; the last one is node() ----
  void Variable(std::string_view text);
  void IriRef(std::string_view text);
  void PrefixedName(std::string_view text);
  void BlankNodeLabel(std::string_view text);
  void Anon(std::string_view text);
  void RdfType();
  void Nil();
  void String(std::string_view text);
  void Boolean(bool value);
  void LanguageTag(std::string_view text);
  void Datatype();
  void Literal(std::string_view text, std::string_view datatype);

  // ---- Paths ----
  void PathIri();
  void PathNegationBegin();
  void PathNegated(bool inverse);
  void PathUnary(ast::PathType type);
  void PathBinary(ast::PathType type);

  // ---- Triples ----
  void SubjectBegin();
  void SubjectEnd();
  void VerbVariable();
  void VerbPath();
  void Object();
  void PropertyListOpen();
  void PropertyListClose();
  void CollectionOpen();
  void CollectionItem();
  void CollectionClose();

  // ---- Expressions ----
  void PushTerm();
  void PushVariable();
  void Unary(ast::ExpressionType type);
  void Binary(ast::ExpressionType type);
  void In(bool negated);
  void ListBegin();
  void ListEnd();
  void CallBegin();
  // False when there is no such function or aggregate.
  bool BuiltInBegin(std::string_view name);
  bool AggregateBegin(std::string_view name);
  void Distinct();
  void Separator();
  void CallEnd();
  void BuiltInEnd();
  void AggregateEnd();
  void CountAll() { calls_.back().all = true; }
  void Exists(bool negated);

  // ---- Inline data ----
  void DataBegin();
  void DataVariable();
  void DataValue();
  void DataUndef();
  void DataRowEnd();

  // ---- Groups ----
  void GroupBegin();
  void GroupEnd();
  void AddFilter();
  void AddBind();
  void BindVariable() { bind_variable_ = std::get<ast::Variable>(node_); }
  void AddOptional();
  void AddMinus();
  void PushName() { names_.push_back(node_); }
  void AddGraph();
  void ServiceBegin();
  void ServiceEndpoint();
  void AddService(std::string_view pattern_text);
  void UnionBegin() { unions_.push_back({{}, pattern_count_, pattern_count_}); }
  void UnionPart();
  void AddUnion();
  void AddData();
  void AddSubSelect();

  // ---- Queries ----
  void QueryBegin(QueryForm form, std::string_view text);
  void SelectDistinct() { select().distinct = true; }
  void SelectReduced() { select().reduced = true; }
  void SelectAll() { select().star = true; }
  void SelectVariable();
  void SelectAsVariable();
  void WherePattern();
  void DatasetGraph(bool named);
  void TemplateBegin();
  void TemplateEnd();
  void ShortTemplate();
  void DescribeNode() { query_.describe.push_back(node_); }
  void GroupCondition();
  void GroupAs() { group_as_ = bind_variable_; }
  void Having();
  void Descending() { descending_ = true; }
  void OrderCondition();
  void Limit(std::string_view text);
  void Offset(std::string_view text);
  void ValuesAfterQuery();

  // ---- Updates ----
  void Silent() { silent_ = true; }
  void LoadSource() { load_source_ = std::get<Term>(node_); }
  void Target(ast::GraphTargetType type);
  void TransferSource() { transfer_source_ = target_; }
  void QuadsBegin(bool allow_variables, bool allow_blank_nodes, bool is_data);
  void QuadsGraph();
  void QuadsGraphEnd();
  void QuadsEnd();
  void InsertDataEnd();
  void DeleteDataEnd();
  void DeleteWhereEnd();
  void ModifyBegin();
  void With() { modify_.with = std::get<Term>(node_); }
  void ModifyInsert() { modify_.insert = std::move(quads_); }
  void ModifyRemove() { modify_.remove = std::move(quads_); }
  void ModifyEnd();
  void LoadEnd();
  void ManagementEnd(ast::GraphManagementType type);
  void TransferEnd(ast::GraphTransferType type);
  void OperationEnd();

 private:
  // Where the next triple goes.
  struct TripleTarget {
    enum class Kind { kGroup, kTemplate, kQuads } kind = Kind::kGroup;
    bool allow_variables = true;
    bool allow_blank_nodes = true;
    bool is_data = false;
    size_t basic_pattern = 0;  // kGroup: number of the current basic graph pattern.
  };
  // A subject whose property list is being read.
  struct SubjectFrame {
    ast::Node subject;
    std::variant<ast::Node, ast::PathPtr> verb;
  };
  struct CallFrame {
    std::string name;
    size_t offset = 0;
    bool distinct = false;
    bool all = false;
    std::optional<std::string> separator;
    int min_arguments = 0;
    int max_arguments = 0;
  };

  [[noreturn]] void Fail(size_t offset, std::string message) const;
  size_t OffsetOf(std::string_view token) const {
    return static_cast<size_t>(token.data() - text_.data());
  }
  std::string ResolvePrefix(std::string_view prefix, size_t offset) const;
  ast::Node FreshBlankNode(size_t offset);
  void CheckLabelScope(const std::string& label, size_t offset);
  void CountChain();
  void CountPatterns(size_t count);
  void EmitTriple(ast::Node subject, const std::variant<ast::Node, ast::PathPtr>& verb,
                  ast::Node object);
  ast::GroupGraphPattern& group() { return *groups_.back(); }
  ast::SelectQuery& select() { return *selects_.back(); }
  ast::ExpressionPtr PopExpression();
  void PushExpression(ast::ExpressionPtr expression) {
    expressions_.push_back(std::move(expression));
  }
  std::vector<ast::ExpressionPtr> PopList();
  std::unique_ptr<ast::GroupGraphPattern> TakeGroup() { return std::move(done_group_); }
  template <typename T>
  void AddElement(T element);
  template <typename T>
  void AddOperation(T operation);

  std::string_view text_;
  IriResolver resolver_;
  std::map<std::string, std::string, std::less<>> prefixes_;
  std::vector<std::pair<std::string, std::string>> declared_;
  std::string prefix_name_;

  ast::Node node_;
  size_t node_offset_ = 0;
  std::string string_;
  size_t fresh_ = 0;
  size_t basic_patterns_ = 0;
  size_t chain_length_ = 0;
  size_t pattern_count_ = 0;
  std::map<std::string, size_t> pattern_labels_;  // Label to basic graph pattern.
  std::map<std::string, size_t> data_labels_;     // Label to INSERT DATA operation.

  std::vector<TripleTarget> targets_;
  std::vector<SubjectFrame> subjects_;
  std::vector<std::vector<ast::Node>> collections_;
  std::vector<ast::PathPtr> paths_;
  std::vector<ast::ExpressionPtr> expressions_;
  std::vector<size_t> list_marks_;
  std::vector<ast::ExpressionPtr> list_;
  std::vector<CallFrame> calls_;
  std::vector<std::unique_ptr<ast::GroupGraphPattern>> groups_;
  std::unique_ptr<ast::GroupGraphPattern> done_group_;
  struct UnionFrame {
    std::vector<std::unique_ptr<ast::GroupGraphPattern>> parts;
    size_t patterns_before;  // Triple patterns counted before it,
    size_t patterns_most;    // and with its largest part.
  };
  std::vector<UnionFrame> unions_;
  std::vector<ast::Node> names_;
  std::vector<ast::Service> services_;
  ast::InlineData data_;
  std::vector<Term> data_row_;
  size_t data_offset_ = 0;
  ast::Variable bind_variable_;
  std::optional<ast::Variable> group_as_;
  bool descending_ = false;

  std::vector<std::unique_ptr<ast::SelectQuery>> selects_;
  ast::Query query_;

  bool silent_ = false;
  std::optional<Term> load_source_;
  ast::GraphTarget target_;
  bool has_target_ = false;
  ast::GraphTarget transfer_source_;
  std::vector<ast::QuadPattern> quads_;
  std::optional<ast::Node> quads_graph_;
  ast::Modify modify_;
  ast::DatasetClause dataset_;
  ast::Update update_;
};

}  // namespace sanad::sparql

#endif  // SANAD_QUERY_SPARQL_BUILDER_H_
