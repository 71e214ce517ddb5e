// A tool for developing: how a question over a store is understood.
//   question_trace STORE QUESTION
// Prints the arcs of the lattice, the paths that the grammar takes with the
// number of readings of each, and the best readings with their ranks.

#include <sanad/store.h>
#include <algorithm>
#include <iostream>

#include "query/question/compose.h"
#include "query/question/context.h"
#include "query/question/paraphrase.h"
#include "query/question/syntax.h"
#include "query/question/translate.h"
#include "query/question/understand.h"

namespace sanad::question {
namespace {

void PrintLattice(const Lattice& lattice) {
  for (size_t at = 0; at < lattice.tokens.size(); ++at) {
    for (const Arc& arc : lattice.arcs[at]) {
      std::cout << at << "-" << arc.end << " cost " << arc.misspellings << "/" << arc.distance;
      for (const SymbolPtr& symbol : arc.symbols) {
        std::cout << "  " << static_cast<char>(symbol->category) << " '" << symbol->text << "' "
                  << symbol->word << (symbol->carrier ? " carrier" : "");
        for (size_t i = 0; i < symbol->links.size() && i < 6; ++i) {
          const Link& link = symbol->links[i];
          std::cout << " <" << link.term.value().substr(link.term.value().find_last_of("#/") + 1)
                    << (link.holding ? "*" : "") << ">";
        }
      }
      std::cout << "\n";
    }
  }
}

std::string Letters(const LatticePath& path) { return path.categories; }

void PrintRank(const Rank& r) {
  std::cout << "misspelled " << r.misspellings << " trivial " << r.trivial << " fuzzy " << r.fuzzy
            << " implicit " << r.implicit << " words " << r.words << " detours " << r.detours
            << " far " << r.far << " distance " << r.distance;
}

int Run(const std::string& path, const std::string& question) {
  auto store = Store::Open(path);
  if (!store.ok()) return 1;
  auto context = ContextOf(**store);
  if (!context.ok()) return 1;
  const Vocabulary& vocabulary = context->vocabulary;
  auto lattice = LinkWords(vocabulary, question);
  if (!lattice.ok()) return 1;
  PrintLattice(*lattice);
  Renderer renderer(vocabulary, lattice->language);
  std::vector<Meaning> all;
  size_t shown = 0;
  for (const LatticePath& candidate : Paths(*lattice, 600)) {
    auto syntax = ParseSyntax(candidate);
    if (!syntax.has_value()) {
      if (++shown < 5) std::cout << "no syntax: " << Letters(candidate) << "\n";
      continue;
    }
    Failure failure;
    auto meanings = Compose(vocabulary, lattice->language, candidate, *syntax, nullptr, &failure);
    if (++shown < 40) {
      std::cout << Letters(candidate) << ": " << meanings.size() << " readings; " << failure.left
                << " / " << failure.right << "\n";
    }
    all.insert(all.end(), meanings.begin(), meanings.end());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Meaning& a, const Meaning& b) { return a.rank < b.rank; });
  GraphReader reader(*vocabulary.source);
  for (size_t i = 0; i < all.size() && i < 6; ++i) {
    PrintRank(all[i].rank);
    std::cout << "\n  " << Paraphrase(all[i], renderer) << "\n";
    std::cout << algebra::ToString(Translate(*vocabulary.schema, reader, all[i]).query) << "\n";
  }
  return 0;
}

}  // namespace
}  // namespace sanad::question

int main(int argc, char** argv) { return argc == 3 ? sanad::question::Run(argv[1], argv[2]) : 2; }
