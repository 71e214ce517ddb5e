// The typed syntax tree of SPARQL 1.1 Query and Update.
//
// It mirrors the grammar of the recommendation (section 19.8) with three
// things already settled by the parser: prefixed and relative IRIs are
// absolute, blank node property lists and collections are written out as
// triples (sections 4.2.2 to 4.2.4), and chains of the same associative
// operator are one node. Blank nodes are terms; those without a label of their
// own have labels that start with "." and so never meet a written one.

#ifndef SANAD_QUERY_SPARQL_AST_H_
#define SANAD_QUERY_SPARQL_AST_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <sanad/query.h>
#include <sanad/term.h>

namespace sanad::ast {

struct Variable {
  std::string name;  // Without "?" or "$".
  friend bool operator==(const Variable&, const Variable&) = default;
};
using Node = std::variant<Variable, Term>;

// ---- Property paths (productions 88 to 96) ----
enum class PathType : uint8_t {
  kIri,
  kInverse,
  kSequence,
  kAlternative,
  kZeroOrMore,
  kOneOrMore,
  kZeroOrOne,
  kNegatedSet,
};
struct Path;
using PathPtr = std::unique_ptr<Path>;
struct Path {
  PathType type = PathType::kIri;
  Term iri;                            // kIri.
  std::vector<PathPtr> parts;          // Operands.
  std::vector<Term> excluded;          // kNegatedSet.
  std::vector<Term> excluded_inverse;  // kNegatedSet: "^iri".
};

// A triple pattern; the verb is a variable, an IRI, or a path.
struct TriplePath {
  Node subject;
  std::variant<Node, PathPtr> verb;
  Node object;
};

// ---- Expressions (productions 107 to 128) ----
enum class ExpressionType : uint8_t {
  kVariable,
  kTerm,
  kOr,
  kAnd,
  kNot,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kIn,  // arguments[0] in the rest.
  kNotIn,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kUnaryPlus,
  kUnaryMinus,
  kBuiltIn,  // `name` in upper case.
  kCall,     // `name` is an IRI.
  kExists,
  kNotExists,
  kAggregate,  // `name` in upper case; COUNT(*) has no argument.
};
struct GroupGraphPattern;
struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;
struct Expression {
  ExpressionType type = ExpressionType::kTerm;
  size_t offset = 0;  // Byte in the text, for messages.
  Variable variable;
  Term term;
  std::string name;
  std::vector<ExpressionPtr> arguments;
  bool distinct = false;                       // kAggregate, kCall.
  std::optional<std::string> separator;        // GROUP_CONCAT.
  std::unique_ptr<GroupGraphPattern> pattern;  // kExists, kNotExists.
};

// ---- Graph patterns (productions 53 to 67) ----
struct InlineData {  // VALUES; an undefined Term is UNDEF.
  std::vector<Variable> variables;
  std::vector<std::vector<Term>> rows;
};
struct TriplesBlock {
  std::vector<TriplePath> triples;
};
struct Filter {
  ExpressionPtr constraint;
};
struct Bind {
  ExpressionPtr expression;
  Variable variable;
  size_t offset = 0;
};
struct SelectQuery;
struct Optional {
  std::unique_ptr<GroupGraphPattern> pattern;
};
struct Minus {
  std::unique_ptr<GroupGraphPattern> pattern;
};
struct GroupOrUnion {  // One: a nested group.
  std::vector<std::unique_ptr<GroupGraphPattern>> patterns;
};
struct GraphPattern {
  Node graph;
  std::unique_ptr<GroupGraphPattern> pattern;
};
struct Service {
  bool silent = false;
  Node endpoint;
  std::unique_ptr<GroupGraphPattern> pattern;
  std::string text;  // "SELECT * WHERE { … }" with the prologue before it.
};
struct SubSelect {
  std::unique_ptr<SelectQuery> query;
};
using Element = std::variant<TriplesBlock, Filter, Bind, InlineData, Optional, Minus, GroupOrUnion,
                             GraphPattern, Service, SubSelect>;
struct GroupGraphPattern {
  std::vector<Element> elements;
};

// ---- Queries (productions 2 to 28) ----
struct DatasetClause {
  std::vector<Term> default_graphs;
  std::vector<Term> named_graphs;
};
struct SelectItem {
  Variable variable;
  ExpressionPtr expression;  // Null for a plain variable.
  size_t offset = 0;
};
struct GroupCondition {
  ExpressionPtr expression;
  std::optional<Variable> variable;  // (expression AS ?variable)
  size_t offset = 0;
};
struct OrderCondition {
  ExpressionPtr expression;
  bool descending = false;
};
struct SolutionModifier {
  std::vector<GroupCondition> group_by;
  std::vector<ExpressionPtr> having;
  std::vector<OrderCondition> order_by;
  std::optional<uint64_t> limit;
  std::optional<uint64_t> offset;
};
// What SELECT queries and subqueries share with the other forms.
struct SelectQuery {
  bool distinct = false;
  bool reduced = false;
  bool star = false;
  std::vector<SelectItem> items;
  GroupGraphPattern where;
  SolutionModifier modifier;
  std::optional<InlineData> values;  // After the query.
  size_t offset = 0;
};
struct Query {
  QueryForm form = QueryForm::kSelect;
  SelectQuery select;  // WHERE, modifiers and VALUES of every form.
  DatasetClause dataset;
  std::vector<TriplePath> construct;                          // kConstruct: the template.
  std::vector<Node> describe;                                 // kDescribe; star in `select`.
  std::vector<std::pair<std::string, std::string>> prefixes;  // Declared in the text.
  std::string base_iri;                                       // In force at the end of the text.
};

// ---- Updates (productions 29 to 52) ----
struct QuadPattern {
  std::optional<Node> graph;
  TriplePath triple;
};
enum class GraphTargetType : uint8_t { kDefault, kNamed, kAll, kGraph };
struct GraphTarget {
  GraphTargetType type = GraphTargetType::kDefault;
  Term graph;  // kGraph.
};
struct Load {
  bool silent = false;
  Term source;
  std::optional<Term> into;
};
enum class GraphManagementType : uint8_t { kClear, kDrop, kCreate };
struct GraphManagement {
  GraphManagementType type = GraphManagementType::kClear;
  bool silent = false;
  GraphTarget target;
};
enum class GraphTransferType : uint8_t { kAdd, kMove, kCopy };
struct GraphTransfer {
  GraphTransferType type = GraphTransferType::kAdd;
  bool silent = false;
  GraphTarget source;  // kDefault or kGraph.
  GraphTarget destination;
};
struct InsertData {
  std::vector<QuadPattern> quads;
};
struct DeleteData {
  std::vector<QuadPattern> quads;
};
struct DeleteWhere {
  std::vector<QuadPattern> quads;
};
struct Modify {
  std::optional<Term> with;
  std::vector<QuadPattern> remove;
  std::vector<QuadPattern> insert;
  DatasetClause use;
  GroupGraphPattern where;
};
using UpdateOperation =
    std::variant<Load, GraphManagement, GraphTransfer, InsertData, DeleteData, DeleteWhere, Modify>;
struct Update {
  std::vector<UpdateOperation> operations;
  std::vector<std::pair<std::string, std::string>> prefixes;
  std::string base_iri;  // In force at the end of the text.
};

}  // namespace sanad::ast

#endif  // SANAD_QUERY_SPARQL_AST_H_
