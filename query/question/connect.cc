#include "query/question/connect.h"

#include <algorithm>

namespace sanad::question {
namespace {

// Keeps the connections with the least implicit and detours only.
void KeepBest(std::vector<Connection>& connections) {
  int best = 1 << 20;
  auto cost = [](const Connection& c) { return c.implicit * 16 + c.detours; };
  for (const Connection& c : connections) best = std::min(best, cost(c));
  std::erase_if(connections, [&](const Connection& c) { return cost(c) > best; });
}

// Several properties that one word names and that fit equally are one relation
// ("of a country": represents or is a national of it).
std::vector<Connection> Merged(std::vector<Connection> connections) {
  std::vector<Connection> out;
  for (Connection& c : connections) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const Connection& other) {
      return other.relation.preposition == c.relation.preposition;
    });
    if (same == out.end()) {
      out.push_back(std::move(c));
      continue;
    }
    std::vector<Chain>& chains = same->relation.chains;
    for (Chain& chain : c.relation.chains) {
      if (std::find(chains.begin(), chains.end(), chain) == chains.end()) {
        chains.push_back(std::move(chain));
      }
    }
    same->first.insert(same->first.end(), c.first.begin(), c.first.end());
    same->second.insert(same->second.end(), c.second.begin(), c.second.end());
  }
  return out;
}

}  // namespace

Chain Connector::OneHop(const Property& property, bool inverse) const {
  return {Hop{property.iri, inverse, property.transitive}};
}

void Connector::Add(const Property& property, const Types& first, const Types& second,
                    Role first_role, RelationSide doer, int detours, int implicit,
                    std::vector<Connection>& out) const {
  const int forward = schema().Fit(property, first, second);
  const int backward = schema().Fit(property, second, first);
  auto add = [&](bool inverse, int extra) {
    Connection c;
    c.relation.chains = {OneHop(property, inverse)};
    if (inverse) {
      c.first = schema().RangeOf(property, second);
      c.second = schema().DomainOf(property, first);
    } else {
      c.first = schema().DomainOf(property, second);
      c.second = schema().RangeOf(property, first);
    }
    c.detours = detours + extra;
    c.implicit = implicit;
    out.push_back(std::move(c));
  };
  if (forward < 0 && backward < 0) return;
  if (property.symmetric) {
    add(false, 0);
    return;
  }
  // A direction that the data or a declaration knows beats one that is only possible.
  bool use_forward = forward >= 0, use_backward = backward >= 0;
  if (use_forward && use_backward) {
    if (forward == 0 && backward == 2) use_backward = false;
    if (backward == 0 && forward == 2) use_forward = false;
  }
  if (use_forward && use_backward) {
    const bool first_is_subject = first_role == Role::kUnknown ||
                                  (first_role == Role::kDoer) == (doer == RelationSide::kSubject);
    add(!first_is_subject, 0);
    return;
  }
  add(!use_forward, 0);
}

void Connector::AddSteps(const Property& property, const Types& first, const Types& second,
                         int detours, std::vector<Connection>& out) const {
  for (const std::vector<Term>& axiom : property.chains) {
    const Property* head = schema().FindProperty(axiom.front());
    const Property* tail = schema().FindProperty(axiom.back());
    if (head == nullptr || tail == nullptr) continue;
    // Whatever does it itself comes before what leads on to it.
    if (first.empty() && !out.empty()) continue;
    const auto through = [&](const Types& from, const Types& to) {
      const Types middle = schema().RangeOf(*head, from);
      return schema().Fit(*head, from, {}) >= 0 && schema().Fit(*tail, middle, to) >= 0 &&
             schema().Fit(*tail, {}, to) >= 0;
    };
    const bool forward =
        through(first, second) && schema().Compatible(first, schema().DomainOf(*head, {}));
    if (!forward && !through(second, first)) continue;
    Chain chain;
    for (const Term& step : axiom) {
      const Property* p = schema().FindProperty(step);
      chain.push_back({step, !forward, p != nullptr && p->transitive});
    }
    if (!forward) std::reverse(chain.begin(), chain.end());
    Connection c;
    c.first = forward ? schema().DomainOf(*head, {}) : schema().RangeOf(*tail, {});
    c.second = forward ? schema().RangeOf(*tail, {}) : schema().DomainOf(*head, {});
    const auto direct = std::find_if(out.begin(), out.end(), [&](const Connection& other) {
      const Hop& hop = other.relation.chains[0][0];
      return hop.property == property.iri && hop.inverse == !forward;
    });
    if (direct != out.end()) {
      direct->relation.chains.push_back(std::move(chain));
      if (forward) direct->second.insert(direct->second.end(), c.second.begin(), c.second.end());
      continue;
    }
    c.relation.chains = {std::move(chain)};
    c.detours = detours + 1;
    out.push_back(std::move(c));
  }
}

void Connector::AddTwice(const Property& property, const Types& first, const Types& second,
                         int detours, std::vector<Connection>& out) const {
  if (first.empty() || second.empty()) return;
  const auto add = [&](bool inverse) {
    const Types& from = inverse ? second : first;
    const Types& to = inverse ? first : second;
    const Types middle = schema().RangeOf(property, from);
    if (middle.empty() || schema().Fit(property, from, middle) != 0 ||
        schema().Fit(property, middle, to) != 0) {
      return;
    }
    const Hop hop{property.iri, inverse, false};
    Connection c;
    c.relation.chains = {{hop, hop}};
    c.first = inverse ? schema().RangeOf(property, middle) : schema().DomainOf(property, middle);
    c.second = inverse ? schema().DomainOf(property, middle) : schema().RangeOf(property, middle);
    c.detours = detours + 2;
    out.push_back(std::move(c));
  };
  add(false);
  if (out.empty()) add(true);
}

std::vector<Connection> Connector::ByLinks(std::span<const Link> links, const Types& first,
                                           const Types& second, Role first_role,
                                           std::string_view preposition) const {
  std::vector<Connection> out;
  for (const Link& link : links) {
    const Property* property = schema().FindProperty(link.term);
    if (property == nullptr) continue;
    int detours = 0;
    // The verb's own preposition must be there; another one costs.
    if (!link.preposition.empty() && link.preposition != preposition) {
      // Without its preposition it is another verb: "led" is not "led to".
      if (preposition.empty() && !first.empty() && !second.empty() && links.size() > 1) continue;
      detours = 1;
    }
    if (link.preposition.empty() && !preposition.empty() && !words_.IsWordFor("by", preposition))
      detours = 1;
    const size_t known = out.size();
    Add(*property, first, second, first_role, link.subject_is, detours, 0, out);
    const bool direct = out.size() > known;
    AddSteps(*property, first, second, detours, out);
    if (!direct && property->chains.empty() && !property->datatype) {
      AddTwice(*property, first, second, detours, out);
    }
    for (size_t i = known; i < out.size(); ++i) out[i].relation.preposition = link.preposition;
  }
  KeepBest(out);
  return Merged(std::move(out));
}

std::vector<Connection> Connector::ByTypes(const Types& first, const Types& second) const {
  std::vector<Connection> out;
  if (first.empty() && second.empty()) return out;
  for (const Property* property : schema().properties()) {
    if (!property->labelled && !property->used) continue;
    if (first.empty() || second.empty()) continue;
    // A relation that no word names and no triple shows answers nothing.
    if (!property->used) continue;
    // Only what the data or a declaration says of both sides: a free side would
    // let any property in.
    const int forward = schema().Fit(*property, first, second);
    const int backward = schema().Fit(*property, second, first);
    if (forward != 0 && forward != 1 && backward != 0 && backward != 1) continue;
    const int declared_only = (forward == 0 || backward == 0) ? 0 : 1;
    Add(*property, first, second, Role::kUnknown, RelationSide::kSubject, declared_only, 1, out);
  }
  KeepBest(out);
  // A property shown beside the class stands first among equals.
  int best = 1 << 20;
  auto salience = [&](const Connection& c) {
    const Property* p = schema().FindProperty(c.relation.chains[0][0].property);
    return p == nullptr ? 1000 : p->salience;
  };
  for (const Connection& c : out) best = std::min(best, salience(c));
  if (best < 1000) std::erase_if(out, [&](const Connection& c) { return salience(c) > best; });
  return out;
}

std::vector<Connection> Connector::ToFamily(const Types& first, LiteralFamily family) const {
  std::vector<Connection> out;
  for (const Property* property : schema().properties()) {
    bool reaches = false;
    for (const Term& range : schema().RangeOf(*property, first)) {
      reaches |= FamilyOf(range.value()) == family;
    }
    if (!reaches || schema().Fit(*property, first, {}) < 0) continue;
    Connection c;
    c.relation.chains = {OneHop(*property, false)};
    c.first = schema().DomainOf(*property, {});
    c.implicit = 1;
    c.detours = std::min(property->salience, 100) + (property->used ? 0 : 50);
    out.push_back(std::move(c));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Connection& a, const Connection& b) { return a.detours < b.detours; });
  return out;
}

}  // namespace sanad::question
