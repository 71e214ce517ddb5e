// What the parser expects, by grammar rule: the one table of its messages.
// A rule that stands under `must` and can fail has a line here; the parser does
// not compile without it.

#ifndef SANAD_QUERY_SPARQL_MESSAGES_H_
#define SANAD_QUERY_SPARQL_MESSAGES_H_

#include "query/sparql/grammar.h"

namespace sanad::sparql {

template <typename Rule>
inline constexpr const char* kExpected = nullptr;

template <>
inline constexpr const char* kExpected<grammar::escape_char> =
    "one of t b n r f \" ' \\ after a backslash in a string";
template <>
inline constexpr const char* kExpected<grammar::short_string_end<'"'>> =
    "\" at the end of the string";
template <>
inline constexpr const char* kExpected<grammar::short_string_end<'\''>> =
    "' at the end of the string";
template <>
inline constexpr const char* kExpected<grammar::long_string_end<'"'>> =
    "\"\"\" at the end of the string";
template <>
inline constexpr const char* kExpected<grammar::long_string_end<'\''>> =
    "''' at the end of the string";
template <>
inline constexpr const char* kExpected<grammar::base_iri> = "an IRI in < > after BASE";
template <>
inline constexpr const char* kExpected<grammar::prefix_name> =
    "a prefix such as \"ex:\" after PREFIX";
template <>
inline constexpr const char* kExpected<grammar::prefix_iri> = "an IRI in < > after the prefix";
template <>
inline constexpr const char* kExpected<grammar::datatype> = "a datatype IRI after ^^";
template <>
inline constexpr const char* kExpected<grammar::Query> = "SELECT, CONSTRUCT, DESCRIBE or ASK";
template <>
inline constexpr const char* kExpected<grammar::end_of_text> = "the end of the text";
template <>
inline constexpr const char* kExpected<grammar::end_of_updates> =
    "INSERT, DELETE, WITH, LOAD, CLEAR, DROP, CREATE, ADD, MOVE, COPY, or \";\" before the next";
template <>
inline constexpr const char* kExpected<grammar::LBRACE> = "\"{\"";
template <>
inline constexpr const char* kExpected<grammar::RBRACE> = "\"}\"";
template <>
inline constexpr const char* kExpected<grammar::LPAREN> = "\"(\"";
template <>
inline constexpr const char* kExpected<grammar::RPAREN> = "\")\"";
template <>
inline constexpr const char* kExpected<grammar::RBRACKET> = "\"]\"";
template <>
inline constexpr const char* kExpected<grammar::group_close> = "a graph pattern or \"}\"";
template <>
inline constexpr const char* kExpected<grammar::PathOneInPropertySet> =
    "an IRI, \"a\" or \"^\" in a negated property set";
template <>
inline constexpr const char* kExpected<grammar::PathNegatedPropertySet> =
    "an IRI, \"a\", \"^\" or \"(\" after \"!\"";
template <>
inline constexpr const char* kExpected<grammar::negated_inverse_iri> =
    "an IRI or \"a\" after \"^\"";
template <>
inline constexpr const char* kExpected<grammar::Path> = "a property path";
template <>
inline constexpr const char* kExpected<grammar::PathElt> = "a property path after \"^\"";
template <>
inline constexpr const char* kExpected<grammar::PathEltOrInverse> = "a property path after \"/\"";
template <>
inline constexpr const char* kExpected<grammar::PathSequence> = "a property path after \"|\"";
template <>
inline constexpr const char* kExpected<grammar::PropertyListNotEmpty> =
    "a predicate: an IRI, a variable, \"a\" or a path";
template <>
inline constexpr const char* kExpected<grammar::ObjectList> =
    "an object: an IRI, a variable, a literal, \"[\" or \"(\"";
template <>
inline constexpr const char* kExpected<grammar::object> = "an object after \",\"";
template <>
inline constexpr const char* kExpected<grammar::collection_item> = "an item of the list or \")\"";
template <>
inline constexpr const char* kExpected<grammar::GroupGraphPattern> = "a graph pattern in braces";
template <>
inline constexpr const char* kExpected<grammar::where_pattern> = "a graph pattern in braces";
template <>
inline constexpr const char* kExpected<grammar::WhereClause> = "WHERE or a graph pattern in braces";
template <>
inline constexpr const char* kExpected<grammar::union_part> =
    "a graph pattern in braces after UNION";
template <>
inline constexpr const char* kExpected<grammar::service_pattern> = "a graph pattern in braces";
template <>
inline constexpr const char* kExpected<grammar::service_endpoint> =
    "an IRI or a variable after SERVICE";
template <>
inline constexpr const char* kExpected<grammar::graph_name> = "an IRI or a variable after GRAPH";
template <>
inline constexpr const char* kExpected<grammar::Expression> = "an expression";
template <>
inline constexpr const char* kExpected<grammar::arguments> = "an expression or \")\"";
template <>
inline constexpr const char* kExpected<grammar::ArgList> =
    "the arguments of the function in parentheses";
template <>
inline constexpr const char* kExpected<grammar::iri_call> =
    "the arguments of the function in parentheses";
template <>
inline constexpr const char* kExpected<grammar::ExpressionList> =
    "a list of expressions in parentheses";
template <>
inline constexpr const char* kExpected<grammar::aggregate_argument> = "an expression";
template <>
inline constexpr const char* kExpected<grammar::SEPARATOR> = "SEPARATOR";
template <>
inline constexpr const char* kExpected<grammar::equals_sign> = "\"=\"";
template <>
inline constexpr const char* kExpected<grammar::separator_text> = "a string after SEPARATOR =";
template <>
inline constexpr const char* kExpected<grammar::EXISTS> = "EXISTS";
template <>
inline constexpr const char* kExpected<grammar::UnaryExpression> =
    "an expression after the operator";
template <>
inline constexpr const char* kExpected<grammar::MultiplicativeExpression> =
    "an expression after the operator";
template <>
inline constexpr const char* kExpected<grammar::NumericExpression> =
    "an expression after the comparison";
template <>
inline constexpr const char* kExpected<grammar::ValueLogical> = "an expression after &&";
template <>
inline constexpr const char* kExpected<grammar::ConditionalAndExpression> =
    "an expression after ||";
template <>
inline constexpr const char* kExpected<grammar::IN_> = "IN after NOT";
template <>
inline constexpr const char* kExpected<grammar::Constraint> =
    "a condition: an expression in parentheses or a function call";
template <>
inline constexpr const char* kExpected<grammar::DataBlock> =
    "a variable, or variables in parentheses, after VALUES";
template <>
inline constexpr const char* kExpected<grammar::AS> = "AS";
template <>
inline constexpr const char* kExpected<grammar::bind_variable> = "a variable after AS";
template <>
inline constexpr const char* kExpected<grammar::BY> = "BY";
template <>
inline constexpr const char* kExpected<grammar::GroupCondition> =
    "a variable, a function call or an expression in parentheses";
template <>
inline constexpr const char* kExpected<grammar::HavingCondition> =
    "a condition: an expression in parentheses or a function call";
template <>
inline constexpr const char* kExpected<grammar::OrderCondition> =
    "a variable, ASC, DESC, a function call or an expression in parentheses";
template <>
inline constexpr const char* kExpected<grammar::BrackettedExpression> =
    "an expression in parentheses";
template <>
inline constexpr const char* kExpected<grammar::limit_count> = "a number after LIMIT";
template <>
inline constexpr const char* kExpected<grammar::offset_count> = "a number after OFFSET";
template <>
inline constexpr const char* kExpected<grammar::values_after_query> =
    "a variable, or variables in parentheses, after VALUES";
template <>
inline constexpr const char* kExpected<grammar::select_as_variable> = "a variable after AS";
template <>
inline constexpr const char* kExpected<grammar::select_items> =
    "*, a variable or \"(expression AS ?variable)\" after SELECT";
template <>
inline constexpr const char* kExpected<grammar::named_graph_iri> = "an IRI after NAMED";
template <>
inline constexpr const char* kExpected<grammar::dataset_source> = "an IRI or NAMED";
template <>
inline constexpr const char* kExpected<grammar::WHERE> = "WHERE";
template <>
inline constexpr const char* kExpected<grammar::short_template> = "triples in braces";
template <>
inline constexpr const char* kExpected<grammar::construct_rest> =
    "a template in braces, FROM or WHERE";
template <>
inline constexpr const char* kExpected<grammar::describe_nodes> =
    "*, an IRI or a variable after DESCRIBE";
template <>
inline constexpr const char* kExpected<grammar::quads_graph> = "an IRI or a variable after GRAPH";
template <>
inline constexpr const char* kExpected<grammar::QuadPattern> = "triples in braces";
template <>
inline constexpr const char* kExpected<grammar::GraphRef> = "GRAPH and an IRI";
template <>
inline constexpr const char* kExpected<grammar::target_iri> = "an IRI after GRAPH";
template <>
inline constexpr const char* kExpected<grammar::GraphRefAll> =
    "GRAPH and an IRI, DEFAULT, NAMED or ALL";
template <>
inline constexpr const char* kExpected<grammar::GraphOrDefault> = "DEFAULT or the IRI of a graph";
template <>
inline constexpr const char* kExpected<grammar::transfer_source> = "DEFAULT or the IRI of a graph";
template <>
inline constexpr const char* kExpected<grammar::transfer> = "DEFAULT or the IRI of a graph";
template <>
inline constexpr const char* kExpected<grammar::TO> = "TO";
template <>
inline constexpr const char* kExpected<grammar::load_source> = "an IRI after LOAD";
template <>
inline constexpr const char* kExpected<grammar::using_source> = "an IRI or NAMED after USING";
template <>
inline constexpr const char* kExpected<grammar::Modify> = "USING or WHERE";
template <>
inline constexpr const char* kExpected<grammar::insert_quads> = "triples in braces after INSERT";
template <>
inline constexpr const char* kExpected<grammar::delete_quads> = "triples in braces after DELETE";
template <>
inline constexpr const char* kExpected<grammar::insert_rest> =
    "DATA or a template in braces after INSERT";
template <>
inline constexpr const char* kExpected<grammar::delete_rest> =
    "DATA, WHERE or a template in braces after DELETE";
template <>
inline constexpr const char* kExpected<grammar::with_iri> = "an IRI after WITH";
template <>
inline constexpr const char* kExpected<grammar::modify_body> = "DELETE or INSERT";

}  // namespace sanad::sparql

#endif  // SANAD_QUERY_SPARQL_MESSAGES_H_
