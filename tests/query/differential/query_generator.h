// Random small datasets and random queries over them, from a grammar.

#ifndef SANAD_TESTS_QUERY_DIFFERENTIAL_QUERY_GENERATOR_H_
#define SANAD_TESTS_QUERY_DIFFERENTIAL_QUERY_GENERATOR_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <sanad/term.h>

namespace sanad::query_test {

// The same seed gives the same data and queries on every machine.
class QueryGenerator {
 public:
  explicit QueryGenerator(uint64_t seed) : random_(seed) {}

  std::vector<Quad> Dataset();
  // SELECT without LIMIT, OFFSET or ORDER BY at the top; those are tested by
  // the caller against this query's whole result.
  std::string Query();
  size_t Below(size_t limit) { return random_() % limit; }

 private:
  bool Chance(size_t percent) { return Below(100) < percent; }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }
  std::string Variable();
  std::string Node(bool object);
  std::string Predicate();
  std::string Path(int depth);
  std::string Triple();
  std::string Group(int depth);
  std::string Element(int depth);
  std::string Values();
  std::string SubSelect(int depth);
  std::string Expression(int depth);
  std::string SimplePattern();

  std::mt19937_64 random_;
  int fresh_ = 0;
};

}  // namespace sanad::query_test

#endif  // SANAD_TESTS_QUERY_DIFFERENTIAL_QUERY_GENERATOR_H_
