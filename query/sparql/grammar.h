// The grammar of SPARQL 1.1 Query and Update (section 19.8), by its production
// names; names in lower case are helpers.
//
// SPARQL is LL(1), and the grammar is written so: an alternative is left only
// at its first token, everything after that is `must`. So actions never run on
// input that is matched again differently, and a failure is an error with a
// place and a message (messages.h). Triples of templates and data are parsed
// by the rules with paths, and the builder refuses a path there: one grammar
// instead of two copies halves the time to compile it.
// Only query/sparql/parser.cc and its tests include this file.

#ifndef SANAD_QUERY_SPARQL_GRAMMAR_H_
#define SANAD_QUERY_SPARQL_GRAMMAR_H_

#include "query/sparql/tokens.h"

namespace sanad::sparql::grammar {

using peg::at;
using peg::if_must;
using peg::must;
using peg::not_at;
using peg::one;
using peg::opt;
using peg::plus;
using peg::seq;
using peg::sor;
using peg::star;
using peg::success;

struct GroupGraphPattern;
struct Expression;
struct Path;
struct GraphNode;
struct SubSelect;

// ---- Terms ----
struct Var : token<VAR> {};
struct PrefixedName : token<PrefixedName_text> {};
struct IriReference : token<IRIREF> {};
// [136]
struct iri : sor<IriReference, PrefixedName> {};
struct VarOrIri : sor<Var, iri> {};
struct BlankNodeLabel : token<BLANK_NODE_LABEL> {};
struct Anon : token<ANON> {};
// [138]
struct BlankNode : sor<BlankNodeLabel, Anon> {};
struct Nil : token<NIL> {};
// [135]
struct String : token<String_text> {};
struct LanguageTag : token<LANGTAG> {};
struct datatype : seq<iri> {};
// [129]
struct RDFLiteral : seq<String, opt<sor<LanguageTag, if_must<TYPE_MARK, datatype>>>> {};
struct Double : token<DOUBLE> {};
struct Decimal : token<DECIMAL> {};
struct Integer : token<INTEGER> {};
// [130]
struct NumericLiteral : sor<Double, Decimal, Integer> {};
struct true_literal : seq<TRUE_> {};
struct false_literal : seq<FALSE_> {};
// [134]
struct BooleanLiteral : sor<true_literal, false_literal> {};
struct literal : sor<RDFLiteral, NumericLiteral, BooleanLiteral> {};
struct nil_node : seq<Nil> {};
// [109]; IRIs before the keywords, so that "true:x" is a name.
struct GraphTerm : sor<iri, literal, BlankNode, nil_node> {};
// [106]
struct VarOrTerm : sor<Var, GraphTerm> {};

// ---- Prologue [4] to [6] ----
struct base_iri : token<IRIREF> {};
struct BaseDecl : if_must<BASE, base_iri> {};
struct prefix_name : token<PNAME_NS> {};
struct prefix_iri : token<IRIREF> {};
struct PrefixDecl : if_must<PREFIX, prefix_name, prefix_iri> {};
struct Prologue : star<sor<BaseDecl, PrefixDecl>> {};

// ---- Paths [88] to [96] ----
struct path_iri : seq<iri> {};
struct rdf_type : seq<A> {};
struct path_a : seq<rdf_type> {};
struct iri_or_a : sor<iri, rdf_type> {};
struct negated_forward : seq<iri_or_a> {};
struct negated_inverse_iri : seq<iri_or_a> {};
struct negated_inverse : if_must<CARET, negated_inverse_iri> {};
// [96]
struct PathOneInPropertySet : sor<negated_inverse, negated_forward> {};
struct negated_begin : success {};
struct negated_list : opt<PathOneInPropertySet, star<if_must<PIPE, PathOneInPropertySet>>> {};
// [95]
struct PathNegatedPropertySet : sor<PathOneInPropertySet, seq<LPAREN, negated_list, must<RPAREN>>> {
};
struct path_negation : if_must<BANG, negated_begin, PathNegatedPropertySet> {};
// [94]
struct PathPrimary : sor<path_iri, path_a, path_negation, if_must<LPAREN, Path, RPAREN>> {};
// [93]
struct path_zero_or_one : token<one<'?'>, not_at<VARNAME>> {};
struct path_zero_or_more : seq<ASTERISK> {};
struct path_one_or_more : token<one<'+'>, not_at<sor<peg::digit, seq<one<'.'>, peg::digit>>>> {};
struct PathMod : sor<path_zero_or_one, path_zero_or_more, path_one_or_more> {};
// [91]
struct PathElt : seq<PathPrimary, opt<PathMod>> {};
// [92]
struct path_inverse : if_must<CARET, PathElt> {};
struct PathEltOrInverse : sor<path_inverse, PathElt> {};
// [90]
struct path_sequence_tail : if_must<SLASH, PathEltOrInverse> {};
struct PathSequence : seq<PathEltOrInverse, star<path_sequence_tail>> {};
// [89]
struct path_alternative_tail : if_must<PIPE, PathSequence> {};
struct PathAlternative : seq<PathSequence, star<path_alternative_tail>> {};
// [88]
struct Path : seq<PathAlternative> {};

// ---- Triples [52], [75] to [105] ----
// [85]
struct VerbSimple : seq<Var> {};
// [84]
struct VerbPath : seq<Path> {};
struct verb : sor<VerbSimple, VerbPath> {};
// [79], [86]
struct object : seq<GraphNode> {};
struct ObjectList : seq<object, star<if_must<COMMA, object>>> {};
// [77], [83]
struct PropertyListNotEmpty
    : seq<verb, must<ObjectList>, star<SEMICOLON, opt<verb, must<ObjectList>>>> {};
// [99], [101]
struct property_list_open : seq<LBRACKET> {};
struct BlankNodePropertyList : if_must<property_list_open, PropertyListNotEmpty, RBRACKET> {};
// [102], [103]
struct collection_open : seq<LPAREN> {};
struct collection_item : seq<GraphNode> {};
struct Collection : if_must<collection_open, collection_item, star<collection_item>, RPAREN> {};
// [98], [100]
struct TriplesNode : sor<Collection, BlankNodePropertyList> {};
// [104], [105]; "[]" and "()" before "[" and "(".
struct GraphNode : sor<VarOrTerm, TriplesNode> {};
struct subject_begin : success {};
struct subject_end : success {};
// [75], [81]
struct TriplesSameSubject
    : sor<seq<VarOrTerm, subject_begin, must<PropertyListNotEmpty>, subject_end>,
          seq<TriplesNode, subject_begin, opt<PropertyListNotEmpty>, subject_end>> {};
// [52], [55]
struct TriplesBlock : seq<TriplesSameSubject, star<DOT, TriplesSameSubject>, opt<DOT>> {};

// ---- Expressions [107] to [128] ----
struct list_begin : success {};
struct list_end : success {};
struct distinct_mark : seq<DISTINCT> {};
struct argument_tail : if_must<COMMA, Expression> {};
struct arguments : seq<Expression, star<argument_tail>> {};
// [72]
struct ExpressionList : sor<seq<Nil, list_begin, list_end>,
                            seq<LPAREN, list_begin, must<arguments>, list_end, must<RPAREN>>> {};
// [71]
struct ArgList
    : sor<seq<Nil, list_begin, list_end>,
          seq<LPAREN, list_begin, opt<distinct_mark>, must<arguments>, list_end, must<RPAREN>>> {};
struct call_begin : success {};
// [128]
struct iri_call : seq<at<one<'('>>, call_begin, must<ArgList>> {};
struct iri_term : success {};
struct iriOrFunction : seq<iri, sor<iri_call, iri_term>> {};
// [70]
struct FunctionCall : seq<iri, must<iri_call>> {};
// [120]
struct BrackettedExpression : if_must<LPAREN, Expression, RPAREN> {};
struct built_in_name : seq<peg::alpha, star<sor<peg::alnum, one<'_'>>>> {};
// The action looks the name up and fails when there is no such function.
struct BuiltInName : token<built_in_name, keyword_end> {};
struct AggregateName : token<built_in_name, keyword_end> {};
struct count_all : seq<ASTERISK> {};
struct separator_text : seq<String> {};
struct equals_sign : symbol<'='> {};
struct separator_clause : if_must<SEMICOLON, SEPARATOR, equals_sign, separator_text> {};
struct aggregate_argument : sor<count_all, seq<Expression, opt<separator_clause>>> {};
// [127]
struct Aggregate : if_must<AggregateName, LPAREN, opt<distinct_mark>, aggregate_argument, RPAREN> {
};
struct built_in_call : seq<BuiltInName, must<ExpressionList>> {};
// [125], [126]
struct ExistsFunc : if_must<EXISTS, GroupGraphPattern> {};
struct NotExistsFunc : if_must<NOT, EXISTS, GroupGraphPattern> {};
// [121]
struct BuiltInCall : sor<ExistsFunc, NotExistsFunc, Aggregate, built_in_call> {};
struct literal_expression : seq<literal> {};
struct variable_expression : seq<Var> {};
// [119]
struct PrimaryExpression : sor<BrackettedExpression, iriOrFunction, literal_expression,
                               variable_expression, BuiltInCall> {};
struct UnaryExpression;
struct unary_not : if_must<BANG, UnaryExpression> {};
struct unary_plus : if_must<symbol<'+'>, UnaryExpression> {};
struct unary_minus : if_must<symbol<'-'>, UnaryExpression> {};
// [118]; literals with a sign before the operators.
struct UnaryExpression : sor<PrimaryExpression, unary_not, unary_plus, unary_minus> {};
struct multiply_tail : if_must<ASTERISK, UnaryExpression> {};
struct divide_tail : if_must<SLASH, UnaryExpression> {};
// [117]
struct MultiplicativeExpression : seq<UnaryExpression, star<sor<multiply_tail, divide_tail>>> {};
struct add_tail : if_must<symbol<'+'>, MultiplicativeExpression> {};
struct subtract_tail : if_must<symbol<'-'>, MultiplicativeExpression> {};
// [116]
struct AdditiveExpression : seq<MultiplicativeExpression, star<sor<add_tail, subtract_tail>>> {};
// [115]
struct NumericExpression : seq<AdditiveExpression> {};
struct equal_tail : if_must<symbol<'='>, NumericExpression> {};
struct not_equal_tail : if_must<symbol<'!', '='>, NumericExpression> {};
struct less_or_equal_tail : if_must<symbol<'<', '='>, NumericExpression> {};
struct less_tail : if_must<symbol<'<'>, NumericExpression> {};
struct greater_or_equal_tail : if_must<symbol<'>', '='>, NumericExpression> {};
struct greater_tail : if_must<symbol<'>'>, NumericExpression> {};
struct in_tail : if_must<IN_, ExpressionList> {};
struct not_in_tail : if_must<NOT, IN_, ExpressionList> {};
// [114]; "<" is an operator only where no IRIREF stands (longest token).
struct relational_tail
    : sor<equal_tail, not_equal_tail, seq<not_at<IRIREF>, sor<less_or_equal_tail, less_tail>>,
          greater_or_equal_tail, greater_tail, in_tail, not_in_tail> {};
struct RelationalExpression : seq<NumericExpression, opt<relational_tail>> {};
// [113]
struct ValueLogical : seq<RelationalExpression> {};
struct and_tail : if_must<symbol<'&', '&'>, ValueLogical> {};
// [112]
struct ConditionalAndExpression : seq<ValueLogical, star<and_tail>> {};
struct or_tail : if_must<symbol<'|', '|'>, ConditionalAndExpression> {};
// [111]
struct ConditionalOrExpression : seq<ConditionalAndExpression, star<or_tail>> {};
// [110]
struct Expression : seq<ConditionalOrExpression> {};
// [69]
struct Constraint : sor<BrackettedExpression, FunctionCall, BuiltInCall> {};

// ---- Inline data [61] to [65] ----
struct undef_value : seq<UNDEF> {};
struct data_term : sor<iri, literal> {};
// [65]
struct data_value : seq<data_term> {};
struct DataBlockValue : sor<undef_value, data_value> {};
struct data_variable : seq<Var> {};
struct row_end : success {};
struct single_value : seq<DataBlockValue, row_end> {};
// [63]
struct InlineDataOneVar : seq<data_variable, must<LBRACE>, star<single_value>, must<RBRACE>> {};
struct data_row : sor<seq<Nil, row_end>, seq<LPAREN, star<DataBlockValue>, row_end, must<RPAREN>>> {
};
struct data_head : sor<Nil, seq<LPAREN, star<data_variable>, must<RPAREN>>> {};
// [64]
struct InlineDataFull : seq<data_head, must<LBRACE>, star<data_row>, must<RBRACE>> {};
struct data_begin : success {};
// [62]
struct DataBlock : seq<data_begin, sor<InlineDataOneVar, InlineDataFull>> {};
// [61]
struct InlineData : if_must<VALUES, DataBlock> {};

// ---- Graph patterns [53] to [68] ----
// [68]
struct Filter : if_must<FILTER, Constraint> {};
struct bind_variable : seq<Var> {};
// [60]
struct Bind : if_must<BIND, LPAREN, Expression, AS, bind_variable, RPAREN> {};
// [57]
struct OptionalGraphPattern : if_must<OPTIONAL, GroupGraphPattern> {};
// [66]
struct MinusGraphPattern : if_must<MINUS, GroupGraphPattern> {};
struct graph_name : seq<VarOrIri> {};
// [58]
struct GraphGraphPattern : if_must<GRAPH, graph_name, GroupGraphPattern> {};
struct service_begin : success {};
struct silent_mark : seq<SILENT> {};
struct service_endpoint : seq<VarOrIri> {};
struct service_pattern : seq<GroupGraphPattern> {};
// [59]
struct ServiceGraphPattern
    : if_must<SERVICE, service_begin, opt<silent_mark>, service_endpoint, service_pattern> {};
struct union_begin : success {};
struct union_part : seq<GroupGraphPattern> {};
// [67]
struct GroupOrUnionGraphPattern
    : seq<at<one<'{'>>, union_begin, union_part, star<if_must<UNION, union_part>>> {};
// [56]
struct GraphPatternNotTriples
    : sor<Filter, GroupOrUnionGraphPattern, OptionalGraphPattern, MinusGraphPattern,
          GraphGraphPattern, ServiceGraphPattern, Bind, InlineData> {};
// [54]
struct GroupGraphPatternSub
    : seq<opt<TriplesBlock>, star<GraphPatternNotTriples, opt<DOT>, opt<TriplesBlock>>> {};
struct group_begin : success {};
struct group_close : seq<RBRACE> {};
// [53]
struct GroupGraphPattern
    : seq<LBRACE, group_begin, sor<SubSelect, GroupGraphPatternSub>, must<group_close>> {};

// ---- Solution modifiers [18] to [28] ----
struct group_as : if_must<AS, bind_variable> {};
struct group_expression : if_must<LPAREN, Expression, opt<group_as>, RPAREN> {};
struct group_call : sor<FunctionCall, BuiltInCall> {};
// [20]
struct GroupCondition : sor<group_expression, group_call, variable_expression> {};
// [19]
struct GroupClause : if_must<GROUP, BY, GroupCondition, star<GroupCondition>> {};
// [22]
struct HavingCondition : seq<Constraint> {};
// [21]
struct HavingClause : if_must<HAVING, HavingCondition, star<HavingCondition>> {};
struct descending : seq<DESC> {};
struct direction : sor<ASC, descending> {};
// [24]
struct OrderCondition
    : sor<if_must<direction, BrackettedExpression>, Constraint, variable_expression> {};
// [23]
struct OrderClause : if_must<ORDER, BY, OrderCondition, star<OrderCondition>> {};
struct limit_count : token<UNSIGNED_INTEGER> {};
struct offset_count : token<UNSIGNED_INTEGER> {};
// [26], [27]
struct LimitClause : if_must<LIMIT, limit_count> {};
struct OffsetClause : if_must<OFFSET, offset_count> {};
// [25]
struct LimitOffsetClauses
    : sor<seq<LimitClause, opt<OffsetClause>>, seq<OffsetClause, opt<LimitClause>>> {};
// [18]
struct SolutionModifier
    : seq<opt<GroupClause>, opt<HavingClause>, opt<OrderClause>, opt<LimitOffsetClauses>> {};
struct values_after_query : seq<DataBlock> {};
// [28]
struct ValuesClause : opt<if_must<VALUES, values_after_query>> {};

// ---- Queries [1] to [17] ----
struct select_variable : seq<Var> {};
struct select_as_variable : seq<Var> {};
struct select_expression : if_must<LPAREN, Expression, AS, select_as_variable, RPAREN> {};
struct select_item : sor<select_variable, select_expression> {};
struct select_all : seq<ASTERISK> {};
struct select_items : sor<select_all, plus<select_item>> {};
struct select_distinct : seq<DISTINCT> {};
struct select_reduced : seq<REDUCED> {};
struct select_begin : success {};
// [9]
struct SelectClause
    : if_must<SELECT, select_begin, opt<sor<select_distinct, select_reduced>>, select_items> {};
struct where_pattern : seq<GroupGraphPattern> {};
// [17]
struct WhereClause : seq<opt<WHERE>, where_pattern> {};
// [14], [15]
struct default_graph_iri : seq<iri> {};
struct named_graph_iri : seq<iri> {};
struct dataset_source : sor<if_must<NAMED, named_graph_iri>, default_graph_iri> {};
// [13]
struct DatasetClause : if_must<FROM, dataset_source> {};
// [7]
struct SelectQuery : seq<SelectClause, star<DatasetClause>, must<WhereClause>, SolutionModifier> {};
// [8]
struct SubSelect : seq<SelectClause, must<WhereClause>, SolutionModifier, ValuesClause> {};
struct template_begin : success {};
struct template_end : success {};
// [73], [74]
struct ConstructTemplate
    : seq<LBRACE, template_begin, opt<TriplesBlock>, template_end, must<RBRACE>> {};
struct short_template : seq<ConstructTemplate> {};
struct construct_rest : sor<seq<ConstructTemplate, star<DatasetClause>, must<WhereClause>>,
                            seq<star<DatasetClause>, must<WHERE>, must<short_template>>> {};
struct construct_begin : success {};
// [10]
struct ConstructQuery : if_must<CONSTRUCT, construct_begin, construct_rest, SolutionModifier> {};
struct describe_node : seq<VarOrIri> {};
struct describe_nodes : sor<select_all, plus<describe_node>> {};
struct describe_begin : success {};
// [11]
struct DescribeQuery : if_must<DESCRIBE, describe_begin, describe_nodes, star<DatasetClause>,
                               opt<WhereClause>, SolutionModifier> {};
struct ask_begin : success {};
// [12]
struct AskQuery : if_must<ASK, ask_begin, star<DatasetClause>, WhereClause, SolutionModifier> {};
// [2]
struct Query : sor<SelectQuery, ConstructQuery, DescribeQuery, AskQuery> {};
struct end_of_text : peg::eof {};
// [1]
struct QueryUnit : seq<ws, Prologue, must<Query>, ValuesClause, must<end_of_text>> {};

// ---- Updates [29] to [51] ----
struct quads_graph : seq<VarOrIri> {};
struct quads_graph_end : success {};
// [51]
struct QuadsNotTriples
    : if_must<GRAPH, quads_graph, LBRACE, opt<TriplesBlock>, quads_graph_end, RBRACE> {};
// [50]
struct Quads : seq<opt<TriplesBlock>, star<QuadsNotTriples, opt<DOT>, opt<TriplesBlock>>> {};
struct quads_end : success {};
// [48], [49]
struct QuadPattern : seq<LBRACE, Quads, quads_end, must<RBRACE>> {};
struct target_default : seq<DEFAULT> {};
struct target_named : seq<NAMED> {};
struct target_all : seq<ALL> {};
struct target_iri : seq<iri> {};
// [46]
struct GraphRef : if_must<GRAPH, target_iri> {};
// [47]
struct GraphRefAll : sor<GraphRef, target_default, target_named, target_all> {};
// [45]
struct GraphOrDefault : sor<target_default, GraphRef, target_iri> {};
struct load_source : seq<iri> {};
// [31]
struct Load : if_must<LOAD, opt<silent_mark>, load_source, opt<if_must<INTO, GraphRef>>> {};
// [32], [33], [34]
struct Clear : if_must<CLEAR, opt<silent_mark>, GraphRefAll> {};
struct Drop : if_must<DROP, opt<silent_mark>, GraphRefAll> {};
struct Create : if_must<CREATE, opt<silent_mark>, GraphRef> {};
struct transfer_source : seq<GraphOrDefault> {};
struct transfer : seq<opt<silent_mark>, must<transfer_source>, must<TO>, must<GraphOrDefault>> {};
// [35], [36], [37]
struct Add : if_must<ADD, transfer> {};
struct Move : if_must<MOVE, transfer> {};
struct Copy : if_must<COPY, transfer> {};
// What may stand between the braces depends on the operation.
struct insert_data_begin : success {};
struct delete_data_begin : success {};
struct delete_where_begin : success {};
struct insert_begin : success {};
struct delete_begin : success {};
// [38], [39], [40]
struct InsertData : if_must<DATA, insert_data_begin, QuadPattern> {};
struct DeleteData : if_must<DATA, delete_data_begin, QuadPattern> {};
struct DeleteWhere : if_must<WHERE, delete_where_begin, QuadPattern> {};
// [44]
struct using_source : seq<dataset_source> {};
struct UsingClause : if_must<USING, using_source> {};
struct update_where : seq<star<UsingClause>, must<WHERE>, must<where_pattern>> {};
// [42], [43]
struct insert_quads : seq<insert_begin, QuadPattern> {};
struct delete_quads : seq<delete_begin, QuadPattern> {};
struct InsertClause : if_must<INSERT, insert_quads> {};
struct modify_begin : success {};
// [41]
struct Modify : seq<update_where> {};
struct with_iri : seq<iri> {};
struct delete_clause : if_must<DELETE, delete_quads> {};
struct modify_body : sor<seq<delete_clause, opt<InsertClause>>, seq<InsertClause>> {};
struct with_modify : if_must<WITH, modify_begin, with_iri, modify_body, Modify> {};
struct insert_rest : sor<InsertData, seq<at<one<'{'>>, modify_begin, insert_quads, must<Modify>>> {
};
struct delete_rest
    : sor<DeleteData, DeleteWhere,
          seq<at<one<'{'>>, modify_begin, delete_quads, opt<InsertClause>, must<Modify>>> {};
// [30]
struct Update1 : sor<if_must<INSERT, insert_rest>, if_must<DELETE, delete_rest>, with_modify, Load,
                     Clear, Drop, Create, Add, Move, Copy> {};
struct operation_end : success {};
struct operation : seq<Update1, operation_end> {};
// [29]
struct Update
    : seq<Prologue,
          opt<operation, star<SEMICOLON, Prologue, operation>, opt<SEMICOLON, Prologue>>> {};
struct end_of_updates : peg::eof {};
// [3]
struct UpdateUnit : seq<ws, Update, must<end_of_updates>> {};

}  // namespace sanad::sparql::grammar

#endif  // SANAD_QUERY_SPARQL_GRAMMAR_H_
