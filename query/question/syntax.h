// The syntax of a question: its kind and a row of items, noun phrase cores and
// single words between them. Which item modifies which is for the composer to
// decide, since it depends on types.

#ifndef SANAD_QUERY_QUESTION_SYNTAX_H_
#define SANAD_QUERY_QUESTION_SYNTAX_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/question/meaning.h"
#include "query/question/symbol.h"

namespace sanad::question {

// A noun phrase core: what stands before its first head, then heads and what
// follows them directly ([the three longest] [27 February meeting]).
struct Item {
  Category category = Category::kFiller;  // kClass for every core.
  bool core = false;
  std::vector<SymbolPtr> before;  // Cores: determiners, numbers, superlatives …
  std::vector<SymbolPtr> heads;   // Cores: one or more symbols; may be empty ("the longest").
  SymbolPtr symbol;               // Other items.
};

struct QuestionSyntax {
  QuestionKind kind = QuestionKind::kWhich;
  SymbolPtr question_word;        // Null for bare noun phrases and English yes/no.
  SymbolPtr fronted_preposition;  // "in which …"
  SymbolPtr degree;               // kHow: the adjective.
  std::vector<Item> items;        // What follows.
};

// Parses a path. Nullopt when it is no question of the language.
std::optional<QuestionSyntax> ParseSyntax(const LatticePath& path);

// How many letters of `categories` can begin some question, and the letters that
// may come next there; for completion and for pointing at what was not understood.
size_t LongestViablePrefix(std::string_view categories);

// PEGTL's own check of the grammar; 0 problems.
size_t AnalyseQuestionGrammar();

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_SYNTAX_H_
