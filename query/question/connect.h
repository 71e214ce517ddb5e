// Connect: which properties may join two things, given what was said between
// them. Types decide direction; word order only where both directions fit.

#ifndef SANAD_QUERY_QUESTION_CONNECT_H_
#define SANAD_QUERY_QUESTION_CONNECT_H_

#include <span>
#include <string_view>
#include <vector>

#include "query/question/linker.h"
#include "query/question/meaning.h"

namespace sanad::question {

// Who does what the verb says.
enum class Role : uint8_t { kUnknown, kDoer, kOther };

struct Connection {
  Relation relation;    // From the first thing to the second.
  Types first, second;  // What the sides are then known to be.
  int implicit = 0;     // No word names the property.
  int detours = 0;      // Hops beyond one, prepositions that do not match.
};

class Connector {
 public:
  // `language`: of the question, for its closed-class words.
  Connector(const Vocabulary& vocabulary, std::string_view language)
      : vocabulary_(vocabulary), words_(ClosedWords::Of(language)) {}

  // By a verb's or preposition's properties. `preposition` is what stands before
  // the second thing (empty: nothing).
  std::vector<Connection> ByLinks(std::span<const Link> links, const Types& first,
                                  const Types& second, Role first_role,
                                  std::string_view preposition) const;
  // By whatever property joins the types: directly, else by two hops. For "of",
  // prepositions without links of their own, compounds, "have".
  std::vector<Connection> ByTypes(const Types& first, const Types& second) const;
  // From an event to its date, a river to its length …: properties from `first`
  // to literals of a family, the class's shown properties first.
  std::vector<Connection> ToFamily(const Types& first, LiteralFamily family) const;

  const Schema& schema() const { return *vocabulary_.schema; }

 private:
  void Add(const Property& property, const Types& first, const Types& second, Role first_role,
           RelationSide doer, int detours, int implicit, std::vector<Connection>& out) const;
  // Containment by steps, where the vocabulary says so, or where the property leads
  // from the first thing to something that it leads on from.
  void AddSteps(const Property& property, const Types& first, const Types& second, int detours,
                std::vector<Connection>& out) const;
  // The same property twice ("city in country" through its state).
  void AddTwice(const Property& property, const Types& first, const Types& second, int detours,
                std::vector<Connection>& out) const;
  Chain OneHop(const Property& property, bool inverse) const;
  const Vocabulary& vocabulary_;
  const ClosedWords& words_;
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_CONNECT_H_
