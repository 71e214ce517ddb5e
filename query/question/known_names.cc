// The relations that the other words of the question name give their far ends;
// where no word names one, the classes give their things. The relation nearest
// to the unknown word that has known ends decides.

#include "query/question/known_names.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>
#include <utility>

#include "language/keys.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kMostThings = 2000;
constexpr int kFar = 40;

// A relation or class that a word names, and how far from the unknown one.
struct Named {
  size_t distance = 0;
  Category category = Category::kFiller;
  Link link;
};

std::vector<Named> NamedBeside(const Lattice& lattice, size_t unknown) {
  std::vector<Named> out;
  for (const std::vector<Arc>& arcs : lattice.arcs) {
    for (const Arc& arc : arcs) {
      for (const SymbolPtr& symbol : arc.symbols) {
        switch (symbol->category) {
          case Category::kVerb:
          case Category::kPreposition:
          case Category::kProperty:
          case Category::kClass:
            break;
          default:
            continue;
        }
        const size_t distance =
            symbol->first > unknown ? symbol->first - unknown : unknown - symbol->first;
        for (const Link& link : symbol->links) out.push_back({distance, symbol->category, link});
      }
    }
  }
  // Relations before classes, then the nearest, then the closest word.
  auto order = [](const Named& named) {
    return std::make_tuple(named.category == Category::kClass, named.distance,
                           named.link.closeness);
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const Named& a, const Named& b) { return order(a) < order(b); });
  return out;
}

// The things at the end of a relation that a word behind it names, or of a class.
std::vector<TermId> ThingsOf(const Vocabulary& vocabulary, const GraphReader& reader,
                             const Named& named) {
  std::vector<TermId> out;
  const bool is_class = named.category == Category::kClass;
  const bool subjects =
      is_class || named.category == Category::kProperty ||
      (named.category == Category::kVerb && named.link.subject_is == RelationSide::kObject);
  const std::vector<Term> terms = is_class ? vocabulary.schema->SubClasses(named.link.term)
                                           : vocabulary.schema->SubProperties(named.link.term);
  const TermId type = reader.Id(iri::kRdfType);
  for (const Term& term : terms) {
    const TermId id = reader.Id(term);
    if (id.is_undefined() || out.size() >= kMostThings) continue;
    const IdPattern pattern =
        is_class ? IdPattern{TermId(), type, id} : IdPattern{TermId(), id, TermId()};
    reader.Scan(pattern, GraphScope::Union(), [&](const IdQuad& quad) {
      out.push_back(subjects ? quad.subject : quad.object);
      return out.size() < kMostThings;
    });
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

int DistanceTo(const Token& unknown, const std::string& label) {
  int best = kFar;
  for (const Token& token : Tokenise(label)) {
    if (!token.is_word()) continue;
    best = std::min(best, EditDistance(unknown.normalised(), token.normalised(), kFar));
  }
  return best;
}

}  // namespace

std::vector<std::string> KnownNames(const Vocabulary& vocabulary, const Renderer& renderer,
                                    const Lattice& lattice, size_t unknown, size_t limit) {
  const GraphReader reader = vocabulary.reader();
  std::vector<std::string> out;
  for (const Named& named : NamedBeside(lattice, unknown)) {
    std::set<std::pair<int, std::string>> labels;
    for (const Term& thing : reader.TermsOf(ThingsOf(vocabulary, reader, named))) {
      if (!thing.is_iri()) continue;
      std::string label = renderer.Label(thing);
      const int distance = DistanceTo(lattice.tokens[unknown], label);
      labels.emplace(distance, std::move(label));
    }
    for (const auto& [distance, label] : labels) {
      if (out.size() < limit) out.push_back(label);
    }
    if (!out.empty()) break;
  }
  return out;
}

}  // namespace sanad::question
