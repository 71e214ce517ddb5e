// The SPARQL 1.1 algebra (section 18.2), as data.
//
// Both SPARQL (query/sparql/translate) and questions (query/question) are
// translated to it; rewrites (query/plan) and the naive evaluator of the tests
// read it. A tree of Operator nodes; variables are named by strings without
// "?". Names that start with "." are internal: blank nodes of patterns (".b0")
// and variables made by the translation (".0"); they are never projected.

#ifndef SANAD_QUERY_ALGEBRA_ALGEBRA_H_
#define SANAD_QUERY_ALGEBRA_ALGEBRA_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <sanad/query.h>
#include <sanad/term.h>

namespace sanad::algebra {

struct Variable {
  std::string name;
  friend bool operator==(const Variable&, const Variable&) = default;
};
using VarOrTerm = std::variant<Variable, Term>;

struct TriplePattern {
  VarOrTerm subject, predicate, object;
};

// ---- Property path expressions (section 18.2.2.4 and 9.1) ----
struct Path;
using PathPtr = std::unique_ptr<Path>;
enum class PathType : uint8_t {
  kLink,
  kInverse,
  kSequence,
  kAlternative,
  kZeroOrMore,
  kOneOrMore,
  kZeroOrOne,
  kNegatedSet,
};
struct Path {
  PathType type = PathType::kLink;
  Term iri;                    // kLink.
  std::vector<PathPtr> parts;  // kSequence, kAlternative: 2 or more; kInverse, repetition: 1.
  std::vector<Term> excluded;  // kNegatedSet: forward.
  std::vector<Term> excluded_inverse;  // kNegatedSet: ^iri.
};

// ---- Expressions (section 17) ----
struct Operator;
using OperatorPtr = std::unique_ptr<Operator>;
struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

enum class ExpressionType : uint8_t {
  kVariable,
  kTerm,
  kAnd,
  kOr,  // 2 or more arguments.
  kNot,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kIn,
  kNotIn,  // arguments[0] in the rest.
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kUnaryPlus,
  kUnaryMinus,
  kFunction,  // Built-in call: `name` in upper case ("STRLEN", "IF", "COALESCE").
  kCall,      // Function by IRI (casts, extensions): `name` is the IRI.
  kExists,
  kNotExists,  // `pattern`.
  kAggregate,  // Only below Group: see `name`, `distinct`, `separator`.
};

struct Expression {
  ExpressionType type = ExpressionType::kTerm;
  Variable variable;  // kVariable.
  Term term;          // kTerm.
  std::string name;   // kFunction, kCall; kAggregate: COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT.
  std::vector<ExpressionPtr> arguments;  // COUNT(*): none.
  bool distinct = false;                 // kAggregate.
  std::string separator = " ";           // GROUP_CONCAT.
  OperatorPtr pattern;                   // kExists, kNotExists.
};

// ---- Operators ----
enum class OperatorType : uint8_t {
  kBgp,       // triples; none: the identity (one empty solution)
  kPath,      // subject path object
  kJoin,      // left, right
  kLeftJoin,  // left, right, expression (null: true)
  kFilter,    // left, expression
  kUnion,     // left, right
  kGraph,     // graph (name), left
  kExtend,    // left, variable, expression
  kMinus,     // left, right
  kTable,     // variables, rows (VALUES; undefined Term = UNDEF)
  kService,   // graph (endpoint), left, silent, service_text
  kGroup,     // left, keys, aggregates
  kOrderBy,   // left, order
  kProject,   // left, variables
  kDistinct,  // left
  kReduced,   // left
  kSlice,     // left, offset, limit
};

struct OrderCondition {
  ExpressionPtr expression;
  bool descending = false;
};
struct Binding {  // variable := expression
  Variable variable;
  ExpressionPtr expression;
};

struct Operator {
  OperatorType type = OperatorType::kBgp;
  OperatorPtr left, right;
  std::vector<TriplePattern> triples;   // kBgp.
  VarOrTerm subject, object;            // kPath.
  PathPtr path;                         // kPath.
  VarOrTerm graph;                      // kGraph, kService.
  ExpressionPtr expression;             // kLeftJoin, kFilter, kExtend.
  Variable variable;                    // kExtend.
  std::vector<Variable> variables;      // kTable, kProject.
  std::vector<std::vector<Term>> rows;  // kTable.
  std::vector<Binding>
      keys;  // kGroup: a plain variable key has a kVariable expression of its own name.
  std::vector<Binding> aggregates;    // kGroup: each expression a kAggregate.
  std::vector<OrderCondition> order;  // kOrderBy.
  uint64_t offset = 0;                // kSlice.
  std::optional<uint64_t> limit;      // kSlice.
  bool silent = false;                // kService.
  std::string service_text;           // kService: the group pattern's text with its prologue.
};

// FROM and FROM NAMED, or USING and USING NAMED.
struct DatasetClause {
  std::vector<Term> default_graphs;
  std::vector<Term> named_graphs;
  // WITH: the default graph is replaced and every named graph stays reachable.
  // Else a clause that is not empty makes only `named_graphs` reachable.
  bool keep_named = false;
  bool empty() const { return default_graphs.empty() && named_graphs.empty(); }
};

// A translated query.
struct QueryAlgebra {
  QueryForm form = QueryForm::kSelect;
  OperatorPtr root;  // Solutions; for kAsk, kConstruct, kDescribe of the WHERE clause.
  std::vector<Variable> projection;      // kSelect: columns in order.
  std::vector<TriplePattern> construct;  // kConstruct; blank nodes as variables ".b…".
  std::vector<VarOrTerm> describe;       // kDescribe; DESCRIBE * lists the visible variables.
  DatasetClause dataset;
  std::string base_iri;  // What IRI() resolves against; may be empty.
};

// Constructors that keep building code short.
OperatorPtr MakeBgp(std::vector<TriplePattern> triples);
OperatorPtr MakePath(VarOrTerm subject, PathPtr path, VarOrTerm object);
OperatorPtr MakeTable(std::vector<Variable> variables, std::vector<std::vector<Term>> rows);
OperatorPtr MakeJoin(OperatorPtr left, OperatorPtr right);
OperatorPtr MakeLeftJoin(OperatorPtr left, OperatorPtr right, ExpressionPtr expression = nullptr);
OperatorPtr MakeFilter(OperatorPtr input, ExpressionPtr expression);
OperatorPtr MakeUnion(OperatorPtr left, OperatorPtr right);
OperatorPtr MakeGraph(VarOrTerm graph, OperatorPtr input);
OperatorPtr MakeExtend(OperatorPtr input, Variable variable, ExpressionPtr expression);
OperatorPtr MakeMinus(OperatorPtr left, OperatorPtr right);
OperatorPtr MakeGroup(OperatorPtr input, std::vector<Binding> keys,
                      std::vector<Binding> aggregates);
OperatorPtr MakeOrderBy(OperatorPtr input, std::vector<OrderCondition> order);
OperatorPtr MakeProject(OperatorPtr input, std::vector<Variable> variables);
OperatorPtr MakeDistinct(OperatorPtr input);
OperatorPtr MakeReduced(OperatorPtr input);
OperatorPtr MakeSlice(OperatorPtr input, uint64_t offset, std::optional<uint64_t> limit);
ExpressionPtr MakeVariable(std::string name);
ExpressionPtr MakeTerm(Term term);
ExpressionPtr MakeCall(ExpressionType type, std::vector<ExpressionPtr> arguments);
ExpressionPtr MakeFunction(std::string name, std::vector<ExpressionPtr> arguments);
ExpressionPtr MakeExists(OperatorPtr pattern, bool negated);

PathPtr MakeLink(Term iri);
PathPtr MakePathOf(PathType type, std::vector<PathPtr> parts);

// Deep copies.
OperatorPtr Clone(const Operator& op);
ExpressionPtr Clone(const Expression& expression);
PathPtr Clone(const Path& path);
QueryAlgebra Clone(const QueryAlgebra& query);

// An s-expression, indented, one operator a line; stable, for golden tests.
std::string ToString(const Operator& op);
std::string ToString(const Expression& expression);
std::string ToString(const QueryAlgebra& query);

// SPARQL text that parses back to an equivalent query; prefixes shorten IRIs.
std::string ToSparql(const QueryAlgebra& query,
                     const std::vector<std::pair<std::string, std::string>>& prefixes);

// Whether a path of no step satisfies the expression.
bool MatchesNoStep(const Path& path);

// Variables that can be bound in a solution (section 18.2.1, in-scope), sorted,
// internal ones included.
std::vector<std::string> InScopeVariables(const Operator& op);

}  // namespace sanad::algebra

#endif  // SANAD_QUERY_ALGEBRA_ALGEBRA_H_
