// Translate: from a meaning to the SPARQL algebra.
//
// Sub-classes, sub-properties, inverse and symmetric properties are spelled out
// from the schema (vocabularies stand outside the union default graph, so a path
// through rdfs:subClassOf* would not see them). A superlative compares with the
// extreme that a sub-select finds over the same pattern, so ties stay; a negation
// is NOT EXISTS. Durations and dates of several datatypes are compared by a table
// of the values in use and their order.

#ifndef SANAD_QUERY_QUESTION_TRANSLATE_H_
#define SANAD_QUERY_QUESTION_TRANSLATE_H_

#include <string>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/question/meaning.h"
#include "query/question/schema.h"

namespace sanad::question {

// A query and what is needed to explain its rows.
struct Translation {
  algebra::QueryAlgebra query;
  std::string focus;  // The answer's variable.
  std::string group;  // kGroup: the group's.
  // The same pattern with all its variables projected: which triples bear a row.
  algebra::QueryAlgebra witnesses;
  // Triple patterns of `witnesses`; those whose triples exist are evidence.
  std::vector<algebra::TriplePattern> edges;
  // With `statements`: variables of statement nodes that may stand for a triple.
  std::vector<std::string> statements;
};

// With `statements` a relation also holds where a statement node (planned,
// negated, attributed …) says it; which it is, is read from the node.
Translation Translate(const Schema& schema, const GraphReader& reader, const Meaning& meaning,
                      bool statements = false);

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_TRANSLATE_H_
