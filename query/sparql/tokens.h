// Terminals of the SPARQL 1.1 grammar (productions 139 to 173) and keywords.
//
// PEGTL has no lexer, so the longest-token rule of section 19.8 is spelt out
// where it matters: "<" is no operator where an IRIREF stands, "?" and "+" are
// no path modifiers before a variable or a number, a keyword ends where a
// name would go on. Every token eats the white space and comments after it.
// Only query/sparql/parser.cc and its tests include this file.

#ifndef SANAD_QUERY_SPARQL_TOKENS_H_
#define SANAD_QUERY_SPARQL_TOKENS_H_

#include <tao/pegtl.hpp>

namespace sanad::sparql::grammar {

namespace peg = tao::pegtl;

struct comment : peg::seq<peg::one<'#'>, peg::star<peg::not_one<'\r', '\n'>>> {};
struct ws : peg::star<peg::sor<peg::one<' ', '\t', '\r', '\n'>, comment>> {};

template <typename... Rules>
struct token : peg::seq<Rules..., ws> {};
template <char... Cs>
struct symbol : token<peg::string<Cs...>> {};

// [164] PN_CHARS_BASE [165] PN_CHARS_U [167] PN_CHARS
struct PN_CHARS_BASE
    : peg::utf8::ranges<'A', 'Z', 'a', 'z', 0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF, 0x370, 0x37D,
                        0x37F, 0x1FFF, 0x200C, 0x200D, 0x2070, 0x218F, 0x2C00, 0x2FEF, 0x3001,
                        0xD7FF, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD, 0x10000, 0xEFFFF> {};
struct PN_CHARS_U : peg::sor<PN_CHARS_BASE, peg::one<'_'>> {};
struct PN_CHARS : peg::sor<PN_CHARS_U, peg::one<'-'>, peg::digit,
                           peg::utf8::ranges<0xB7, 0xB7, 0x300, 0x36F, 0x203F, 0x2040>> {};
// Dots are allowed inside a name but not at its end.
template <typename Char>
struct name_tail : peg::star<peg::sor<Char, peg::seq<peg::plus<peg::one<'.'>>, peg::at<Char>>>> {};
// [168] PN_PREFIX
struct PN_PREFIX : peg::seq<PN_CHARS_BASE, name_tail<PN_CHARS>> {};
// [170] PLX
struct PLX
    : peg::sor<
          peg::seq<peg::one<'%'>, peg::xdigit, peg::xdigit>,
          peg::seq<peg::one<'\\'>, peg::one<'_', '~', '.', '-', '!', '$', '&', '\'', '(', ')', '*',
                                            '+', ',', ';', '=', '/', '?', '#', '@', '%'>>> {};
// [169] PN_LOCAL
struct PN_LOCAL_CHAR : peg::sor<PN_CHARS, peg::one<':'>, PLX> {};
struct PN_LOCAL
    : peg::seq<peg::sor<PN_CHARS_U, peg::one<':'>, peg::digit, PLX>, name_tail<PN_LOCAL_CHAR>> {};

// [139] IRIREF
struct IRIREF_content
    : peg::star<peg::sor<
          peg::ranges<'!', '!', '#', ';', '=', '=', '?', '[', ']', ']', '_', '_', 'a', 'z', '~'>,
          peg::utf8::range<0x80, 0x10FFFF>>> {};
struct IRIREF : peg::seq<peg::one<'<'>, IRIREF_content, peg::one<'>'>> {};
// [140] PNAME_NS, [141] PNAME_LN
struct PNAME_NS : peg::seq<peg::opt<PN_PREFIX>, peg::one<':'>> {};
struct PrefixedName_text : peg::seq<PNAME_NS, peg::opt<PN_LOCAL>> {};
// [142] BLANK_NODE_LABEL
struct BLANK_NODE_LABEL
    : peg::seq<peg::string<'_', ':'>, peg::sor<PN_CHARS_U, peg::digit>, name_tail<PN_CHARS>> {};
// [163] ANON, [161] NIL
struct ANON : peg::seq<peg::one<'['>, ws, peg::one<']'>> {};
struct NIL : peg::seq<peg::one<'('>, ws, peg::one<')'>> {};
// [166] VARNAME, [143] VAR1, [144] VAR2
struct VARNAME
    : peg::seq<peg::sor<PN_CHARS_U, peg::digit>,
               peg::star<peg::sor<PN_CHARS_U, peg::digit,
                                  peg::utf8::ranges<0xB7, 0xB7, 0x300, 0x36F, 0x203F, 0x2040>>>> {};
struct VAR : peg::seq<peg::one<'?', '$'>, VARNAME> {};
// [145] LANGTAG
struct LANGTAG : peg::seq<peg::one<'@'>, peg::plus<peg::alpha>,
                          peg::star<peg::seq<peg::one<'-'>, peg::plus<peg::alnum>>>> {};

// [146] to [155] numbers; the sign belongs to the literal where it touches it.
struct sign : peg::opt<peg::one<'+', '-'>> {};
struct EXPONENT
    : peg::seq<peg::one<'e', 'E'>, peg::opt<peg::one<'+', '-'>>, peg::plus<peg::digit>> {};
struct INTEGER : peg::seq<sign, peg::plus<peg::digit>> {};
struct DECIMAL : peg::seq<sign, peg::star<peg::digit>, peg::one<'.'>, peg::plus<peg::digit>> {};
struct DOUBLE
    : peg::seq<sign,
               peg::sor<peg::seq<peg::plus<peg::digit>,
                                 peg::opt<peg::seq<peg::one<'.'>, peg::star<peg::digit>>>>,
                        peg::seq<peg::one<'.'>, peg::plus<peg::digit>>>,
               EXPONENT> {};
struct UNSIGNED_INTEGER : peg::plus<peg::digit> {};

// [156] to [160] strings. Once opened, a string must close.
struct escape_char : peg::one<'t', 'b', 'n', 'r', 'f', '\\', '"', '\''> {};
struct ECHAR : peg::if_must<peg::one<'\\'>, escape_char> {};
template <char Quote>
struct short_string_end : peg::one<Quote> {};
template <char Quote>
struct short_string_content : peg::star<peg::sor<ECHAR, peg::not_one<Quote, '\\', '\n', '\r'>>> {};
template <char Quote>
struct short_string
    : peg::if_must<peg::one<Quote>, short_string_content<Quote>, short_string_end<Quote>> {};
template <char Quote>
struct long_quote : peg::string<Quote, Quote, Quote> {};
template <char Quote>
struct long_string_end : long_quote<Quote> {};
template <char Quote>
struct long_string_content
    : peg::star<peg::sor<ECHAR, peg::seq<peg::not_at<long_quote<Quote>>, peg::not_one<'\\'>>>> {};
template <char Quote>
struct long_string
    : peg::if_must<long_quote<Quote>, long_string_content<Quote>, long_string_end<Quote>> {};
struct String_text
    : peg::sor<long_string<'"'>, long_string<'\''>, short_string<'"'>, short_string<'\''>> {};

// Keywords are matched in any case.
struct keyword_end : peg::not_at<peg::sor<PN_CHARS, peg::one<':'>>> {};
template <char... Cs>
struct keyword : token<peg::istring<Cs...>, keyword_end> {};

struct ADD : keyword<'A', 'D', 'D'> {};
struct ALL : keyword<'A', 'L', 'L'> {};
struct AS : keyword<'A', 'S'> {};
struct ASC : keyword<'A', 'S', 'C'> {};
struct ASK : keyword<'A', 'S', 'K'> {};
struct BASE : keyword<'B', 'A', 'S', 'E'> {};
struct BIND : keyword<'B', 'I', 'N', 'D'> {};
struct BY : keyword<'B', 'Y'> {};
struct CLEAR : keyword<'C', 'L', 'E', 'A', 'R'> {};
struct CONSTRUCT : keyword<'C', 'O', 'N', 'S', 'T', 'R', 'U', 'C', 'T'> {};
struct COPY : keyword<'C', 'O', 'P', 'Y'> {};
struct CREATE : keyword<'C', 'R', 'E', 'A', 'T', 'E'> {};
struct DATA : keyword<'D', 'A', 'T', 'A'> {};
struct DEFAULT : keyword<'D', 'E', 'F', 'A', 'U', 'L', 'T'> {};
struct DELETE : keyword<'D', 'E', 'L', 'E', 'T', 'E'> {};
struct DESC : keyword<'D', 'E', 'S', 'C'> {};
struct DESCRIBE : keyword<'D', 'E', 'S', 'C', 'R', 'I', 'B', 'E'> {};
struct DISTINCT : keyword<'D', 'I', 'S', 'T', 'I', 'N', 'C', 'T'> {};
struct DROP : keyword<'D', 'R', 'O', 'P'> {};
struct EXISTS : keyword<'E', 'X', 'I', 'S', 'T', 'S'> {};
struct FALSE_ : keyword<'F', 'A', 'L', 'S', 'E'> {};
struct FILTER : keyword<'F', 'I', 'L', 'T', 'E', 'R'> {};
struct FROM : keyword<'F', 'R', 'O', 'M'> {};
struct GRAPH : keyword<'G', 'R', 'A', 'P', 'H'> {};
struct GROUP : keyword<'G', 'R', 'O', 'U', 'P'> {};
struct HAVING : keyword<'H', 'A', 'V', 'I', 'N', 'G'> {};
struct IN_ : keyword<'I', 'N'> {};
struct INSERT : keyword<'I', 'N', 'S', 'E', 'R', 'T'> {};
struct INTO : keyword<'I', 'N', 'T', 'O'> {};
// LIMIT10 is two tokens.
struct LIMIT : token<peg::istring<'L', 'I', 'M', 'I', 'T'>> {};
struct LOAD : keyword<'L', 'O', 'A', 'D'> {};
struct MINUS : keyword<'M', 'I', 'N', 'U', 'S'> {};
struct MOVE : keyword<'M', 'O', 'V', 'E'> {};
struct NAMED : keyword<'N', 'A', 'M', 'E', 'D'> {};
struct NOT : keyword<'N', 'O', 'T'> {};
struct OFFSET : token<peg::istring<'O', 'F', 'F', 'S', 'E', 'T'>> {};
struct OPTIONAL : keyword<'O', 'P', 'T', 'I', 'O', 'N', 'A', 'L'> {};
struct ORDER : keyword<'O', 'R', 'D', 'E', 'R'> {};
struct PREFIX : keyword<'P', 'R', 'E', 'F', 'I', 'X'> {};
struct REDUCED : keyword<'R', 'E', 'D', 'U', 'C', 'E', 'D'> {};
struct SELECT : keyword<'S', 'E', 'L', 'E', 'C', 'T'> {};
struct SEPARATOR : keyword<'S', 'E', 'P', 'A', 'R', 'A', 'T', 'O', 'R'> {};
struct SERVICE : keyword<'S', 'E', 'R', 'V', 'I', 'C', 'E'> {};
struct SILENT : keyword<'S', 'I', 'L', 'E', 'N', 'T'> {};
struct TO : keyword<'T', 'O'> {};
struct TRUE_ : keyword<'T', 'R', 'U', 'E'> {};
struct UNDEF : keyword<'U', 'N', 'D', 'E', 'F'> {};
struct UNION : keyword<'U', 'N', 'I', 'O', 'N'> {};
struct USING : keyword<'U', 'S', 'I', 'N', 'G'> {};
struct VALUES : keyword<'V', 'A', 'L', 'U', 'E', 'S'> {};
struct WHERE : keyword<'W', 'H', 'E', 'R', 'E'> {};
struct WITH : keyword<'W', 'I', 'T', 'H'> {};

// Punctuation.
struct LBRACE : symbol<'{'> {};
struct RBRACE : symbol<'}'> {};
struct LPAREN : symbol<'('> {};
struct RPAREN : symbol<')'> {};
struct LBRACKET : symbol<'['> {};
struct RBRACKET : symbol<']'> {};
struct COMMA : symbol<','> {};
struct SEMICOLON : symbol<';'> {};
struct DOT : symbol<'.'> {};
struct ASTERISK : symbol<'*'> {};
struct A : token<peg::one<'a'>, keyword_end> {};
struct PIPE : token<peg::one<'|'>, peg::not_at<peg::one<'|'>>> {};
struct SLASH : symbol<'/'> {};
struct CARET : token<peg::one<'^'>, peg::not_at<peg::one<'^'>>> {};
struct TYPE_MARK : token<peg::string<'^', '^'>> {};
struct BANG : token<peg::one<'!'>, peg::not_at<peg::one<'='>>> {};

}  // namespace sanad::sparql::grammar

#endif  // SANAD_QUERY_SPARQL_TOKENS_H_
