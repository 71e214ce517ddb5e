// The parser: actions that forward the grammar's events to the builder, and the
// entry functions.
//
// Before parsing, \uXXXX and \UXXXXXXXX are replaced throughout the text
// (section 19.2); places in messages are those of the text after that. The
// recursive rules count their depth, so hostile nesting is an error and never
// exhausts the stack. The only exceptions are SyntaxError and PEGTL's own, and
// both end in Parse().

#include "query/sparql/parser.h"

#include <type_traits>

#include <tao/pegtl/contrib/limit_depth.hpp>

#include "query/sparql/builder.h"
#include "query/sparql/grammar.h"
#include "query/sparql/messages.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::sparql {

namespace peg = tao::pegtl;

namespace {

// Each nested group or expression uses a few levels.
constexpr size_t kMaxDepth = 500;

template <typename Rule>
struct Action : peg::nothing<Rule> {};

// Rules of the grammar and what they tell the builder.
#define SANAD_ON(rule, call)                   \
  template <>                                  \
  struct Action<grammar::rule> {               \
    static void apply0(Builder& b) { b.call; } \
  };
#define SANAD_ON_TEXT(rule, call)                     \
  template <>                                         \
  struct Action<grammar::rule> {                      \
    template <typename Input>                         \
    static void apply(const Input& in, Builder& b) {  \
      const std::string_view text = in.string_view(); \
      b.call;                                         \
    }                                                 \
  };
// The same for names that may turn out to be none.
#define SANAD_ON_NAME(rule, call)                            \
  template <>                                                \
  struct Action<grammar::rule> {                             \
    template <typename Input>                                \
    static bool apply(const Input& in, Builder& b) {         \
      std::string_view text = in.string_view();              \
      text = text.substr(0, text.find_first_of(" \t\r\n#")); \
      return b.call;                                         \
    }                                                        \
  };
#define SANAD_NESTS(rule) \
  template <>             \
  struct Action<grammar::rule> : peg::limit_depth<kMaxDepth> {};

SANAD_NESTS(GroupGraphPattern)
SANAD_NESTS(Expression)
SANAD_NESTS(UnaryExpression)
SANAD_NESTS(Path)
SANAD_NESTS(GraphNode)

// Prologue.
SANAD_ON(base_iri, Base())
SANAD_ON_TEXT(prefix_name, PrefixName(text.substr(0, text.find(':'))))
SANAD_ON(prefix_iri, PrefixIri())
// Terms.
SANAD_ON_TEXT(VAR, Variable(text))
SANAD_ON_TEXT(IRIREF, IriRef(text))
SANAD_ON_TEXT(PrefixedName_text, PrefixedName(text))
SANAD_ON_TEXT(BLANK_NODE_LABEL, BlankNodeLabel(text))
SANAD_ON_TEXT(ANON, Anon(text))
SANAD_ON_TEXT(String_text, String(text))
SANAD_ON_TEXT(LANGTAG, LanguageTag(text))
SANAD_ON_TEXT(INTEGER, Literal(text, SANAD_XSD_NS "integer"))
SANAD_ON_TEXT(DECIMAL, Literal(text, SANAD_XSD_NS "decimal"))
SANAD_ON_TEXT(DOUBLE, Literal(text, SANAD_XSD_NS "double"))
SANAD_ON(true_literal, Boolean(true))
SANAD_ON(false_literal, Boolean(false))
SANAD_ON(datatype, Datatype())
SANAD_ON(rdf_type, RdfType())
SANAD_ON(nil_node, Nil())
// Paths.
SANAD_ON(path_iri, PathIri())
SANAD_ON(path_a, PathIri())
SANAD_ON(negated_begin, PathNegationBegin())
SANAD_ON(negated_forward, PathNegated(false))
SANAD_ON(negated_inverse, PathNegated(true))
SANAD_ON(path_zero_or_one, PathUnary(ast::PathType::kZeroOrOne))
SANAD_ON(path_zero_or_more, PathUnary(ast::PathType::kZeroOrMore))
SANAD_ON(path_one_or_more, PathUnary(ast::PathType::kOneOrMore))
SANAD_ON(path_inverse, PathUnary(ast::PathType::kInverse))
SANAD_ON(path_sequence_tail, PathBinary(ast::PathType::kSequence))
SANAD_ON(path_alternative_tail, PathBinary(ast::PathType::kAlternative))
// Triples.
SANAD_ON(subject_begin, SubjectBegin())
SANAD_ON(subject_end, SubjectEnd())
SANAD_ON(VerbSimple, VerbVariable())
SANAD_ON(VerbPath, VerbPath())
SANAD_ON(object, Object())
SANAD_ON(property_list_open, PropertyListOpen())
SANAD_ON(BlankNodePropertyList, PropertyListClose())
SANAD_ON(collection_open, CollectionOpen())
SANAD_ON(collection_item, CollectionItem())
SANAD_ON(Collection, CollectionClose())
// Expressions.
SANAD_ON(literal_expression, PushTerm())
SANAD_ON(variable_expression, PushVariable())
SANAD_ON(iri_term, PushTerm())
SANAD_ON(call_begin, CallBegin())
SANAD_ON(iri_call, CallEnd())
SANAD_ON_NAME(BuiltInName, BuiltInBegin(text))
SANAD_ON_NAME(AggregateName, AggregateBegin(text))
SANAD_ON(built_in_call, BuiltInEnd())
SANAD_ON(Aggregate, AggregateEnd())
SANAD_ON(count_all, CountAll())
SANAD_ON(distinct_mark, Distinct())
SANAD_ON(separator_text, Separator())
SANAD_ON(list_begin, ListBegin())
SANAD_ON(list_end, ListEnd())
SANAD_ON(ExistsFunc, Exists(false))
SANAD_ON(NotExistsFunc, Exists(true))
SANAD_ON(unary_not, Unary(ast::ExpressionType::kNot))
SANAD_ON(unary_plus, Unary(ast::ExpressionType::kUnaryPlus))
SANAD_ON(unary_minus, Unary(ast::ExpressionType::kUnaryMinus))
SANAD_ON(multiply_tail, Binary(ast::ExpressionType::kMultiply))
SANAD_ON(divide_tail, Binary(ast::ExpressionType::kDivide))
SANAD_ON(add_tail, Binary(ast::ExpressionType::kAdd))
SANAD_ON(subtract_tail, Binary(ast::ExpressionType::kSubtract))
SANAD_ON(equal_tail, Binary(ast::ExpressionType::kEqual))
SANAD_ON(not_equal_tail, Binary(ast::ExpressionType::kNotEqual))
SANAD_ON(less_tail, Binary(ast::ExpressionType::kLess))
SANAD_ON(less_or_equal_tail, Binary(ast::ExpressionType::kLessOrEqual))
SANAD_ON(greater_tail, Binary(ast::ExpressionType::kGreater))
SANAD_ON(greater_or_equal_tail, Binary(ast::ExpressionType::kGreaterOrEqual))
SANAD_ON(in_tail, In(false))
SANAD_ON(not_in_tail, In(true))
SANAD_ON(and_tail, Binary(ast::ExpressionType::kAnd))
SANAD_ON(or_tail, Binary(ast::ExpressionType::kOr))
// Inline data.
SANAD_ON(data_begin, DataBegin())
SANAD_ON(data_variable, DataVariable())
SANAD_ON(data_value, DataValue())
SANAD_ON(undef_value, DataUndef())
SANAD_ON(row_end, DataRowEnd())
// Graph patterns.
SANAD_ON(group_begin, GroupBegin())
SANAD_ON(group_close, GroupEnd())
SANAD_ON(Filter, AddFilter())
SANAD_ON(bind_variable, BindVariable())
SANAD_ON(Bind, AddBind())
SANAD_ON(OptionalGraphPattern, AddOptional())
SANAD_ON(MinusGraphPattern, AddMinus())
SANAD_ON(graph_name, PushName())
SANAD_ON(GraphGraphPattern, AddGraph())
SANAD_ON(service_begin, ServiceBegin())
SANAD_ON(service_endpoint, ServiceEndpoint())
SANAD_ON_TEXT(service_pattern, AddService(text))
SANAD_ON(union_begin, UnionBegin())
SANAD_ON(union_part, UnionPart())
SANAD_ON(GroupOrUnionGraphPattern, AddUnion())
SANAD_ON(InlineData, AddData())
SANAD_ON(SubSelect, AddSubSelect())
// Queries.
SANAD_ON_TEXT(select_begin, QueryBegin(QueryForm::kSelect, text))
SANAD_ON_TEXT(construct_begin, QueryBegin(QueryForm::kConstruct, text))
SANAD_ON_TEXT(describe_begin, QueryBegin(QueryForm::kDescribe, text))
SANAD_ON_TEXT(ask_begin, QueryBegin(QueryForm::kAsk, text))
SANAD_ON(select_distinct, SelectDistinct())
SANAD_ON(select_reduced, SelectReduced())
SANAD_ON(select_all, SelectAll())
SANAD_ON(select_variable, SelectVariable())
SANAD_ON(select_as_variable, SelectAsVariable())
SANAD_ON(where_pattern, WherePattern())
SANAD_ON(default_graph_iri, DatasetGraph(false))
SANAD_ON(named_graph_iri, DatasetGraph(true))
SANAD_ON(template_begin, TemplateBegin())
SANAD_ON(template_end, TemplateEnd())
SANAD_ON(short_template, ShortTemplate())
SANAD_ON(describe_node, DescribeNode())
SANAD_ON(group_as, GroupAs())
SANAD_ON(GroupCondition, GroupCondition())
SANAD_ON(HavingCondition, Having())
SANAD_ON(descending, Descending())
SANAD_ON(OrderCondition, OrderCondition())
SANAD_ON_TEXT(limit_count, Limit(text))
SANAD_ON_TEXT(offset_count, Offset(text))
SANAD_ON(values_after_query, ValuesAfterQuery())
// Updates.
SANAD_ON(silent_mark, Silent())
SANAD_ON(load_source, LoadSource())
SANAD_ON(target_default, Target(ast::GraphTargetType::kDefault))
SANAD_ON(target_named, Target(ast::GraphTargetType::kNamed))
SANAD_ON(target_all, Target(ast::GraphTargetType::kAll))
SANAD_ON(target_iri, Target(ast::GraphTargetType::kGraph))
SANAD_ON(transfer_source, TransferSource())
SANAD_ON(insert_data_begin, QuadsBegin(false, true, true))
SANAD_ON(delete_data_begin, QuadsBegin(false, false, true))
SANAD_ON(delete_where_begin, QuadsBegin(true, false, false))
SANAD_ON(insert_begin, QuadsBegin(true, true, false))
SANAD_ON(delete_begin, QuadsBegin(true, false, false))
SANAD_ON(quads_graph, QuadsGraph())
SANAD_ON(quads_graph_end, QuadsGraphEnd())
SANAD_ON(quads_end, QuadsEnd())
SANAD_ON(InsertData, InsertDataEnd())
SANAD_ON(DeleteData, DeleteDataEnd())
SANAD_ON(DeleteWhere, DeleteWhereEnd())
SANAD_ON(modify_begin, ModifyBegin())
SANAD_ON(with_iri, With())
SANAD_ON(insert_quads, ModifyInsert())
SANAD_ON(delete_quads, ModifyRemove())
SANAD_ON(Modify, ModifyEnd())
SANAD_ON(Load, LoadEnd())
SANAD_ON(Clear, ManagementEnd(ast::GraphManagementType::kClear))
SANAD_ON(Drop, ManagementEnd(ast::GraphManagementType::kDrop))
SANAD_ON(Create, ManagementEnd(ast::GraphManagementType::kCreate))
SANAD_ON(Add, TransferEnd(ast::GraphTransferType::kAdd))
SANAD_ON(Move, TransferEnd(ast::GraphTransferType::kMove))
SANAD_ON(Copy, TransferEnd(ast::GraphTransferType::kCopy))
SANAD_ON(operation_end, OperationEnd())

#undef SANAD_ON
#undef SANAD_ON_TEXT
#undef SANAD_ON_NAME
#undef SANAD_NESTS

// Rules under `must` that cannot fail need no message.
struct MatchesNothing {
  template <typename... Rules>
  static std::true_type Test(const peg::opt<Rules...>*);
  template <typename... Rules>
  static std::true_type Test(const peg::star<Rules...>*);
  static std::true_type Test(const peg::success*);
  static std::true_type Test(const grammar::SolutionModifier*);
  static std::false_type Test(const void*);
};
template <typename Rule>
inline constexpr bool kCannotFail =
    decltype(MatchesNothing::Test(static_cast<const Rule*>(nullptr)))::value;

struct Expected {
  size_t offset = 0;
  const char* what = nullptr;
};

template <typename Rule>
struct Control : peg::normal<Rule> {
  template <typename Input, typename... States>
  [[noreturn]] static void raise(const Input& in, States&&...) {
    static_assert(kExpected<Rule> != nullptr || kCannotFail<Rule>,
                  "a rule under must needs a line in messages.h");
    throw Expected{in.byte(), kExpected<Rule>};
  }
};

// Replaces \u and \U escapes anywhere in the text (section 19.2).
std::string ReplaceCodepointEscapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == 'u' || text[i + 1] == 'U');
    if (!is_escape) {
      out += text[i];
      // Keeps "\\u" in a string two characters and a letter.
      if (text[i] == '\\' && i + 1 < text.size()) out += text[++i];
      continue;
    }
    const size_t digits = text[i + 1] == 'u' ? 4 : 8;
    char32_t value = 0;
    bool valid = i + 1 + digits < text.size();
    for (size_t k = i + 2; valid && k < i + 2 + digits; ++k) {
      const char c = text[k];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      valid = digit >= 0;
      if (valid) value = value * 16 + static_cast<char32_t>(digit);
    }
    if (!valid || !AppendUtf8(out, value)) {
      throw SyntaxError{i, Concat("\\", text[i + 1], " must be followed by the ", digits,
                                  " hexadecimal digits of a character")};
    }
    i += 1 + digits;
  }
  return out;
}

// Runs a grammar over the text; the one place where its exceptions end.
template <typename Grammar, typename Result>
absl::StatusOr<Result> Parse(std::string_view text, const ParseOptions& options, bool* incomplete,
                             Result (Builder::*take)()) {
  if (incomplete != nullptr) *incomplete = false;
  std::string unescaped;
  try {
    const size_t invalid = FindInvalidUtf8(text);
    if (invalid != std::string_view::npos) {
      return MakeStatus(absl::StatusCode::kInvalidArgument, "byte ", invalid,
                        " of the text is not UTF-8");
    }
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.substr(0, 3) == kByteOrderMark) text.remove_prefix(3);
    if (text.find("\\u") != std::string_view::npos || text.find("\\U") != std::string_view::npos) {
      unescaped = ReplaceCodepointEscapes(text);
      text = unescaped;
    }
    peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf_crlf, const char*> in(
        text.data(), text.data() + text.size(), "");
    Builder builder(text, options);
    if (!peg::parse<Grammar, Action, Control>(in, builder)) {
      return absl::InternalError("the SPARQL grammar stopped without a message");
    }
    return (builder.*take)();
  } catch (const Expected& error) {
    if (incomplete != nullptr) *incomplete = error.offset >= text.size();
    return ToStatus({error.offset, Concat("expected ", error.what == nullptr ? "?" : error.what,
                                          ", found ", DescribeFound(text, error.offset))},
                    text);
  } catch (const SyntaxError& error) {
    return ToStatus(error, text);
  } catch (const peg::parse_error& error) {
    // Only the depth limit throws it; every rule under must has a message.
    return ToStatus({error.positions().front().byte, "the query nests too deep"}, text);
  }
}

}  // namespace

absl::StatusOr<ast::Query> ParseQuery(std::string_view text, const ParseOptions& options,
                                      bool* incomplete) {
  return Parse<grammar::QueryUnit, ast::Query>(text, options, incomplete, &Builder::TakeQuery);
}

absl::StatusOr<ast::Update> ParseUpdate(std::string_view text, const ParseOptions& options,
                                        bool* incomplete) {
  return Parse<grammar::UpdateUnit, ast::Update>(text, options, incomplete, &Builder::TakeUpdate);
}

}  // namespace sanad::sparql
