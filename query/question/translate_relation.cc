// Classes with their sub-classes, and relations with their sub-properties,
// inverses and chains, one union branch each.

#include "query/question/translator.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {

using algebra::MakeBgp;
using algebra::MakeJoin;
using algebra::MakeUnion;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::Path;
using algebra::PathPtr;
using algebra::PathType;
using algebra::TriplePattern;
using algebra::Variable;
using algebra::VarOrTerm;
namespace {

constexpr size_t kMostBranches = 64;  // Union branches of one relation.

}  // namespace

std::string Translator::Fresh(std::string_view hint) {
  std::string name;
  for (char c : hint) {
    if (std::isalnum(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 128) {
      name.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0]))) name = "x";
  int& count = used_[name];
  ++count;
  return count == 1 ? name : Concat(name, count);
}

std::string Translator::NameFor(const Node& node) {
  std::string_view hint = "x";
  if (node.is_value()) hint = "value";
  if (!node.types.empty()) {
    std::string_view iri = node.types[0].value();
    size_t cut = iri.find_last_of("#/");
    if (cut != std::string_view::npos) hint = iri.substr(cut + 1);
    if (FamilyOf(iri) != LiteralFamily::kNone) hint = "value";
  }
  return Fresh(hint);
}

OperatorPtr Translator::TypePattern(const Types& types, const std::string& variable) {
  std::vector<Term> classes;
  for (const Term& type : types) {
    for (Term& sub : schema_.SubClasses(type)) {
      if (std::find(classes.begin(), classes.end(), sub) == classes.end()) {
        classes.push_back(std::move(sub));
      }
    }
  }
  const Term type = Term::Iri(iri::kRdfType);
  if (classes.size() == 1) {
    return MakeBgp([&] {
      std::vector<TriplePattern> t;
      t.push_back({Variable{variable}, type, classes[0]});
      return t;
    }());
  }
  const std::string cls = Fresh("class");
  auto table = std::make_unique<Operator>();
  table->type = OperatorType::kTable;
  table->variables = {{cls}};
  for (Term& c : classes) table->rows.push_back({std::move(c)});
  std::vector<TriplePattern> triples;
  triples.push_back({Variable{variable}, type, Variable{cls}});
  return MakeJoin(std::move(table), MakeBgp(std::move(triples)));
}

// The properties that a hop may be: sub-properties, symmetric ones both ways,
// inverses backwards.
std::vector<Translator::Way> Translator::WaysOf(const Hop& hop) const {
  std::vector<Way> ways;
  for (const Term& sub : schema_.SubProperties(hop.property)) {
    ways.push_back({sub, hop.inverse});
    const Property* property = schema_.FindProperty(sub);
    if (property == nullptr) continue;
    if (property->symmetric) ways.push_back({sub, !hop.inverse});
    for (const Term& inverse : property->inverses) ways.push_back({inverse, !hop.inverse});
  }
  return ways;
}

PathPtr Translator::StepOf(const std::vector<Way>& ways, bool transitive) {
  std::vector<PathPtr> alternatives;
  for (const Way& way : ways) {
    auto link = std::make_unique<Path>();
    link->iri = way.property;
    if (way.inverse) {
      auto inverse = std::make_unique<Path>();
      inverse->type = PathType::kInverse;
      inverse->parts.push_back(std::move(link));
      link = std::move(inverse);
    }
    alternatives.push_back(std::move(link));
  }
  PathPtr step;
  if (alternatives.size() == 1) {
    step = std::move(alternatives[0]);
  } else {
    step = std::make_unique<Path>();
    step->type = PathType::kAlternative;
    step->parts = std::move(alternatives);
  }
  if (!transitive) return step;
  auto repeated = std::make_unique<Path>();
  repeated->type = PathType::kOneOrMore;
  repeated->parts.push_back(std::move(step));
  return repeated;
}

// A chain with a transitive hop, as a property path.
OperatorPtr Translator::PathAlong(const VarOrTerm& from, const Chain& chain, const VarOrTerm& to) {
  std::vector<PathPtr> steps;
  for (const Hop& hop : chain) steps.push_back(StepOf(WaysOf(hop), hop.transitive));
  auto op = std::make_unique<Operator>();
  op->type = OperatorType::kPath;
  op->subject = from;
  op->object = to;
  if (steps.size() == 1) {
    op->path = std::move(steps[0]);
  } else {
    op->path = std::make_unique<Path>();
    op->path->type = PathType::kSequence;
    op->path->parts = std::move(steps);
  }
  // The plain triple is what a short path rests on.
  if (recording_ && chain.size() == 1) {
    for (const Way& way : WaysOf(chain[0])) {
      edges_.push_back(way.inverse ? TriplePattern{to, way.property, from}
                                   : TriplePattern{from, way.property, to});
    }
  }
  return op;
}

// Every choice of a way for each hop.
std::vector<Translator::Route> Translator::RoutesAlong(const Chain& chain) const {
  std::vector<Route> routes = {{}};
  for (const Hop& hop : chain) {
    std::vector<Route> next;
    for (const Route& route : routes) {
      for (const Way& way : WaysOf(hop)) {
        if (next.size() >= kMostBranches) break;
        next.push_back(route);
        next.back().push_back(way);
      }
    }
    routes = std::move(next);
  }
  return routes;
}

// The triples of a route. `stated`: the step that a statement node says instead; none
// where it is the route's size.
OperatorPtr Translator::Along(const VarOrTerm& from, const Route& route, const VarOrTerm& to,
                              size_t stated) {
  std::vector<TriplePattern> triples;
  VarOrTerm at = from;
  for (size_t i = 0; i < route.size(); ++i) {
    VarOrTerm next = i + 1 == route.size() ? to : VarOrTerm(Variable{Fresh("via")});
    const VarOrTerm& subject = route[i].inverse ? next : at;
    const VarOrTerm& object = route[i].inverse ? at : next;
    if (i == stated) {
      const std::string name = Fresh("statement");
      statement_names_.push_back(name);
      triples.push_back({Variable{name}, Term::Iri(iri::kRdfSubject), subject});
      if (recording_) edges_.push_back(triples.back());
      triples.push_back({Variable{name}, Term::Iri(iri::kRdfPredicate), route[i].property});
      triples.push_back({Variable{name}, Term::Iri(iri::kRdfObject), object});
    } else {
      triples.push_back({subject, route[i].property, object});
      if (recording_) edges_.push_back(triples.back());
    }
    at = next;
  }
  return MakeBgp(std::move(triples));
}

// All ways to go from one side to the other, one union branch each.
OperatorPtr Translator::Relate(const VarOrTerm& from, const Relation& relation,
                               const VarOrTerm& to) {
  std::vector<OperatorPtr> branches;
  std::set<std::string> seen;
  for (const Chain& chain : relation.chains) {
    const bool transitive =
        std::any_of(chain.begin(), chain.end(), [](const Hop& hop) { return hop.transitive; });
    if (transitive) {
      branches.push_back(PathAlong(from, chain, to));
      continue;
    }
    for (const Route& route : RoutesAlong(chain)) {
      std::string key;
      for (const Way& way : route) key += way.property.value() + (way.inverse ? "<" : ">");
      if (!seen.insert(key).second || branches.size() >= kMostBranches) continue;
      branches.push_back(Along(from, route, to, route.size()));
      if (!statements_ || !recording_ || route.size() > 2) continue;
      // Any one step may be what a statement node says.
      for (size_t stated = 0; stated < route.size(); ++stated) {
        branches.push_back(Along(from, route, to, stated));
      }
    }
  }
  OperatorPtr out;
  for (OperatorPtr& branch : branches) {
    out = out == nullptr ? std::move(branch) : MakeUnion(std::move(out), std::move(branch));
  }
  return out == nullptr ? MakeBgp({}) : std::move(out);
}

}  // namespace sanad::question
