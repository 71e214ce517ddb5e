#include "tests/query/differential/query_generator.h"

#include "storage/model/text.h"

namespace sanad::query_test {
namespace {

const std::vector<std::string> kVariables = {"?a", "?b", "?c", "?d"};
const std::vector<std::string> kNodes = {"<e:a>", "<e:b>", "<e:c>", "<e:d>"};
const std::vector<std::string> kPredicates = {"<e:p>", "<e:q>", "<e:r>"};
const std::vector<std::string> kLiterals = {"1", "2", "3", "\"x\"", "\"y\"", "\"x\"@en", "true"};
const std::vector<std::string> kGraphs = {"<e:g1>", "<e:g2>", "<e:g3>"};

}  // namespace

std::vector<Quad> QueryGenerator::Dataset() {
  std::vector<Quad> quads;
  const size_t count = 4 + Below(28);
  const auto term = [](const std::string& text) { return *Term::Parse(text); };
  for (size_t i = 0; i < count; ++i) {
    Quad quad;
    quad.subject = Chance(10) ? Term::BlankNode(Concat("n", Below(2))) : term(Pick(kNodes));
    quad.predicate = term(Pick(kPredicates));
    quad.object = Chance(50)   ? term(Pick(kNodes))
                  : Chance(15) ? Term::BlankNode(Concat("n", Below(2)))
                               : term(Pick(kLiterals));
    if (Chance(60)) quad.graph = term(Pick(kGraphs));
    // Statements in several graphs are where union and merge go wrong.
    if (Chance(30)) {
      Quad copy = quad;
      copy.graph = Chance(30) ? Term() : term(Pick(kGraphs));
      quads.push_back(copy);
    }
    quads.push_back(quad);
  }
  return quads;
}

std::string QueryGenerator::Variable() { return Pick(kVariables); }

std::string QueryGenerator::Node(bool object) {
  if (Chance(75)) return Variable();
  if (object && Chance(40)) return Pick(kLiterals);
  return Pick(kNodes);
}

std::string QueryGenerator::Predicate() { return Chance(85) ? Pick(kPredicates) : Variable(); }

std::string QueryGenerator::Path(int depth) {
  if (depth == 0 || Chance(30)) return Pick(kPredicates);
  switch (Below(8)) {
    case 0:
      return "^" + Pick(kPredicates);
    case 1:
      return "(" + Path(depth - 1) + "/" + Path(depth - 1) + ")";
    case 2:
      return "(" + Path(depth - 1) + "|" + Path(depth - 1) + ")";
    case 3:
      return "(" + Path(depth - 1) + ")*";
    case 4:
      return "(" + Path(depth - 1) + ")+";
    case 5:
      return "(" + Path(depth - 1) + ")?";
    case 6:
      return "!(" + Pick(kPredicates) + "|^" + Pick(kPredicates) + ")";
    default:
      return "!" + Pick(kPredicates);
  }
}

std::string QueryGenerator::Triple() {
  const std::string verb = Chance(20) ? Path(2) : Predicate();
  return Node(false) + " " + verb + " " + Node(true) + " . ";
}

std::string QueryGenerator::Expression(int depth) {
  if (depth > 0 && Chance(35)) {
    switch (Below(3)) {
      case 0:
        return "(" + Expression(depth - 1) + " && " + Expression(depth - 1) + ")";
      case 1:
        return "(" + Expression(depth - 1) + " || " + Expression(depth - 1) + ")";
      default:
        return "(!" + Expression(depth - 1) + ")";
    }
  }
  const std::vector<std::string> comparisons = {"=", "!=", "<", "<=", ">", ">="};
  switch (Below(11)) {
    case 0:
      return "bound(" + Variable() + ")";
    case 1:
      return "isIRI(" + Variable() + ")";
    case 2:
      return "(" + Variable() + " IN (1, \"x\", <e:a>))";
    case 3:
      return "sameTerm(" + Variable() + ", " + Node(true) + ")";
    case 4:
      return "(" + Variable() + " + 1 > 2)";
    case 5:
      return "(coalesce(" + Variable() + ", " + Variable() + ", 0) = 1)";
    case 6:
      return "(str(" + Variable() + ") = \"x\")";
    case 7:
      return "(if(bound(" + Variable() + "), 1, 2) = 1)";
    default:
      return "(" + Variable() + " " + Pick(comparisons) + " " + Node(true) + ")";
  }
}

std::string QueryGenerator::Values() {
  std::string text = "VALUES (?a ?b) { ";
  const size_t rows = Below(4);
  for (size_t i = 0; i < rows; ++i) {
    text += "(" + (Chance(30) ? std::string("UNDEF") : Pick(kNodes)) + " " +
            (Chance(30)   ? std::string("UNDEF")
             : Chance(50) ? Pick(kNodes)
                          : Pick(kLiterals)) +
            ") ";
  }
  return text + "} ";
}

std::string QueryGenerator::SubSelect(int depth) {
  const std::string group = "{ " + Group(depth - 1) + "} ";
  // Slices are of an order that leaves no choice: IRIs, all columns.
  const std::string slice =
      "OFFSET " + std::to_string(Below(3)) + " LIMIT " + std::to_string(1 + Below(5)) + " } ";
  switch (Below(8)) {
    case 5:
      return "{ SELECT DISTINCT ?a WHERE { " + Group(depth - 1) + "FILTER isIRI(?a) } ORDER BY " +
             (Chance(50) ? "DESC(?a) " : "?a ") + slice;
    case 6:
      return "{ SELECT ?a ?b WHERE { " + Group(depth - 1) +
             "FILTER (isIRI(?a) && isIRI(?b)) } ORDER BY ?a DESC(?b) " + slice;
    case 7:
      return "{ SELECT DISTINCT ?a ?c WHERE { { SELECT REDUCED ?a ?b ?c WHERE " + group + "} } } ";
    case 0:
      return "{ SELECT DISTINCT ?a ?b WHERE " + group + "} ";
    case 1:
      return "{ SELECT ?a (COUNT(*) AS ?n" + std::to_string(fresh_++) + ") WHERE " + group +
             "GROUP BY ?a } ";
    case 2:
      return "{ SELECT ?b (MAX(STR(?c)) AS ?n" + std::to_string(fresh_++) + ") WHERE " + group +
             "GROUP BY ?b } ";
    case 3:
      return "{ SELECT ?c WHERE " + group + "} ";
    default:
      return "{ SELECT ?a (COUNT(DISTINCT ?d) AS ?n" + std::to_string(fresh_++) + ") WHERE " +
             group + "GROUP BY ?a HAVING (COUNT(*) > 1) } ";
  }
}

// What stands inside EXISTS: patterns for which substitution and correlation
// are the same.
std::string QueryGenerator::SimplePattern() {
  std::string text = Triple();
  if (Chance(40)) text += Triple();
  if (Chance(30)) text += "FILTER " + Expression(0) + " ";
  return text;
}

std::string QueryGenerator::Element(int depth) {
  if (depth == 0) return Triple();
  switch (Below(18)) {
    case 0:
    case 1:
      return "OPTIONAL { " + Group(depth - 1) + "} ";
    case 2:
    case 15:
      return "{ " + Group(depth - 1) + "} UNION { " + Group(depth - 1) + "} ";
    case 3:
      return "MINUS { " + Group(depth - 1) + "} ";
    case 4:
    case 12:
    case 14:
      return "GRAPH " + (Chance(60) ? "?g" : Pick(kGraphs)) + " { " + Group(depth - 1) + "} ";
    case 5:
      return "FILTER (" + Expression(2) + ") ";
    case 6:
      return std::string("FILTER ") + (Chance(50) ? "NOT " : "") + "EXISTS { " + SimplePattern() +
             "} ";
    case 7:
      return "BIND (" + (Chance(50) ? Variable() + " + 1" : Variable()) + " AS ?v" +
             std::to_string(fresh_++) + ") ";
    case 8:
      return Values();
    case 9:
      return SubSelect(depth);
    case 10:
      return "{ " + Group(depth - 1) + "} ";
    case 11:
    case 13:
      return "SERVICE <e:s> { " + Triple() + (Chance(40) ? Triple() : "") + "} ";
    default:
      return Triple();
  }
}

std::string QueryGenerator::Group(int depth) {
  std::string text;
  const size_t count = 1 + Below(3);
  for (size_t i = 0; i < count; ++i) text += Element(Chance(50) ? 0 : depth);
  return text;
}

std::string QueryGenerator::Query() {
  fresh_ = 0;
  std::string dataset;
  if (Chance(15)) {
    dataset = "FROM " + Pick(kGraphs) + " ";
    if (Chance(50)) dataset += "FROM " + Pick(kGraphs) + " ";
    if (Chance(60)) dataset += "FROM NAMED " + Pick(kGraphs) + " ";
  }
  const std::string where = dataset + "WHERE { " + Group(3) + "} ";
  switch (Below(8)) {
    case 0:
      return "SELECT DISTINCT ?a ?c " + where;
    case 1:
      return "SELECT (COUNT(*) AS ?n) " + where;
    case 2:
      return "SELECT ?b (COUNT(?a) AS ?n) (MIN(STR(?c)) AS ?m) " + where + "GROUP BY ?b";
    case 3:
      return "SELECT ?a ?d (SUM(?b) AS ?n) " + where + "GROUP BY ?a ?d";
    case 4:
      return "SELECT ?a ?b ?g " + where;
    case 5:
      return "SELECT * WHERE { { SELECT ?a ?b WHERE { ?a " + Predicate() + " ?b . " +
             (Chance(30) ? Triple() : "") +
             "FILTER (isIRI(?a) && isIRI(?b)) } ORDER BY DESC(?a) ?b OFFSET " +
             std::to_string(Below(3)) + " LIMIT " + std::to_string(1 + Below(5)) + " } }";
    case 6:
      return "SELECT DISTINCT ?a ?c WHERE { { SELECT REDUCED ?a ?c WHERE { " + Group(3) + "} } }";
    default:
      return "SELECT * " + where;
  }
}

}  // namespace sanad::query_test
