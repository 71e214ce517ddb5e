// Property paths to algebra (SPARQL 1.1 Query, section 18.2.2.4).

#ifndef SANAD_QUERY_ALGEBRA_TRANSLATE_PATHS_H_
#define SANAD_QUERY_ALGEBRA_TRANSLATE_PATHS_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/sparql/ast.h"

namespace sanad::algebra {

// Takes a path pattern apart: links and sequences become triple patterns with
// new variables between them, what repeats or branches becomes a kPath.
class PathTranslator {
 public:
  // `fresh` makes names of new variables. Results are appended.
  PathTranslator(std::function<std::string()> fresh, std::vector<TriplePattern>& triples,
                 std::vector<OperatorPtr>& paths)
      : fresh_(std::move(fresh)), triples_(triples), paths_(paths) {}

  void Add(VarOrTerm subject, const ast::Path& path, VarOrTerm object);

 private:
  std::function<std::string()> fresh_;
  std::vector<TriplePattern>& triples_;
  std::vector<OperatorPtr>& paths_;
};

}  // namespace sanad::algebra

#endif  // SANAD_QUERY_ALGEBRA_TRANSLATE_PATHS_H_
