// The quads that the fuzz targets of queries and updates run on: few, in two
// graphs, of every kind of term.

#ifndef SANAD_TESTS_QUERY_SPARQL_FUZZ_DATASET_H_
#define SANAD_TESTS_QUERY_SPARQL_FUZZ_DATASET_H_

#include <vector>

#include <sanad/query.h>
#include <sanad/term.h>

namespace sanad::query_test {

inline std::vector<Quad> FuzzQuads() {
  const auto e = [](const char* name) { return Term::Iri(std::string("http://e/") + name); };
  const std::string xsd = "http://www.w3.org/2001/XMLSchema#";
  std::vector<Quad> quads = {
      {e("a"), e("p"), e("b"), Term()},
      {e("b"), e("p"), e("c"), Term()},
      {e("c"), e("p"), e("a"), Term()},
      {e("a"), e("q"), Term::Integer(7), Term()},
      {e("b"), e("q"), Term::Literal("1.50", xsd + "decimal"), Term()},
      {e("c"), e("q"), Term::Literal("-INF", xsd + "double"), Term()},
      {e("a"), e("r"), Term::String("text"), e("g")},
      {e("a"), e("r"), Term::LangString("text", "en"), e("g")},
      {e("b"), e("r"), Term::Literal("2020-02-29T23:59:59.5+14:00", xsd + "dateTime"), e("g")},
      {e("b"), e("r"), Term::Boolean(true), e("h")},
      {e("c"), e("r"), Term::BlankNode("n"), e("h")},
      {Term::BlankNode("n"), e("p"), Term::Literal("P1M", xsd + "duration"), e("h")},
      {e("a"), e("p"), e("b"), e("h")},
  };
  return quads;
}

inline ParseOptions FuzzParseOptions() {
  ParseOptions options;
  options.base_iri = "http://e/";
  options.prefixes = {{"", "http://e/"}, {"xsd", "http://www.w3.org/2001/XMLSchema#"}};
  return options;
}

// Small enough that an input which asks for much is stopped, not slow.
template <typename Options>
Options FuzzLimits() {
  Options options;
  options.timeout = absl::Milliseconds(200);
  options.memory_limit = uint64_t{32} << 20;
  options.row_limit = 2000;
  return options;
}

}  // namespace sanad::query_test

#endif  // SANAD_TESTS_QUERY_SPARQL_FUZZ_DATASET_H_
