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
    if (link.preposition.empty() && !preposition.empty() &&
        !ClosedWords::Of("en").IsWordFor("by", preposition))
      detours = 1;
    std::vector<Connection> found;
    Add(*property, first, second, first_role, link.subject_is, detours, 0, found);
    for (Connection& c : found) {
      c.relation.preposition = link.preposition;
      out.push_back(std::move(c));
    }
    // Containment by steps, where the vocabulary says so, or the property leads
    // from the first thing to something that it leads on from.
    for (const std::vector<Term>& axiom : property->chains) {
      const Property* head = schema().FindProperty(axiom.front());
      const Property* tail = schema().FindProperty(axiom.back());
      if (head == nullptr || tail == nullptr) continue;
      auto through = [&](const Types& from, const Types& to) {
        Types middle = schema().RangeOf(*head, from);
        return schema().Fit(*head, from, {}) >= 0 && schema().Fit(*tail, middle, to) >= 0 &&
               schema().Fit(*tail, {}, to) >= 0;
      };
      Chain chain;
      for (const Term& step : axiom) {
        const Property* p = schema().FindProperty(step);
        chain.push_back({step, false, p != nullptr && p->transitive});
      }
      // Whatever does it itself comes before what leads on to it.
      if (first.empty() && !out.empty()) continue;
      if (through(first, second) && schema().Compatible(first, schema().DomainOf(*head, {}))) {
        Connection c;
        c.relation.chains = {chain};
        c.relation.preposition = link.preposition;
        c.first = schema().DomainOf(*head, {});
        c.second = schema().RangeOf(*tail, {});
        c.detours = detours + 1;
        bool merged = false;
        for (Connection& direct : out) {
          if (direct.relation.chains[0][0].property == property->iri &&
              !direct.relation.chains[0][0].inverse) {
            direct.relation.chains.push_back(chain);
            for (const Term& t : c.second) direct.second.push_back(t);
            merged = true;
            break;
          }
        }
        if (!merged) out.push_back(std::move(c));
      } else if (through(second, first)) {
        std::reverse(chain.begin(), chain.end());
        for (Hop& hop : chain) hop.inverse = !hop.inverse;
        Connection c;
        c.relation.chains = {chain};
        c.relation.preposition = link.preposition;
        c.first = schema().RangeOf(*tail, {});
        c.second = schema().DomainOf(*head, {});
        c.detours = detours + 1;
        bool merged = false;
        for (Connection& direct : out) {
          if (direct.relation.chains[0][0].property == property->iri &&
              direct.relation.chains[0][0].inverse) {
            direct.relation.chains.push_back(chain);
            merged = true;
            break;
          }
        }
        if (!merged) out.push_back(std::move(c));
      }
    }
    if (found.empty() && property->chains.empty() && !property->datatype) {
      // The same property twice ("city in country" through its state).
      Types middle = schema().RangeOf(*property, first);
      if (!first.empty() && !second.empty() && !middle.empty() &&
          schema().Fit(*property, first, middle) == 0 &&
          schema().Fit(*property, middle, second) == 0) {
        Connection c;
        c.relation.chains = {{Hop{property->iri, false, false}, Hop{property->iri, false, false}}};
        c.relation.preposition = link.preposition;
        c.first = schema().DomainOf(*property, middle);
        c.second = schema().RangeOf(*property, middle);
        c.detours = detours + 2;
        out.push_back(std::move(c));
      }
      Types back = schema().RangeOf(*property, second);
      if (out.empty() && !first.empty() && !second.empty() && !back.empty() &&
          schema().Fit(*property, second, back) == 0 && schema().Fit(*property, back, first) == 0) {
        Connection c;
        c.relation.chains = {{Hop{property->iri, true, false}, Hop{property->iri, true, false}}};
        c.relation.preposition = link.preposition;
        c.first = schema().RangeOf(*property, back);
        c.second = schema().DomainOf(*property, back);
        c.detours = detours + 2;
        out.push_back(std::move(c));
      }
    }
  }
  KeepBest(out);
  // Several properties that one word names and that fit equally are one relation
  // ("of a country": represents or is a national of it).
  std::vector<Connection> merged;
  for (Connection& c : out) {
    bool done = false;
    for (Connection& m : merged) {
      if (m.relation.preposition != c.relation.preposition) continue;
      for (Chain& chain : c.relation.chains) {
        if (std::find(m.relation.chains.begin(), m.relation.chains.end(), chain) ==
            m.relation.chains.end()) {
          m.relation.chains.push_back(chain);
        }
      }
      m.first.insert(m.first.end(), c.first.begin(), c.first.end());
      m.second.insert(m.second.end(), c.second.begin(), c.second.end());
      done = true;
      break;
    }
    if (!done) merged.push_back(std::move(c));
  }
  return merged;
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
