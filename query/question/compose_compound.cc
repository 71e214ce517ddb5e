// Heads side by side. English compounds grow to the left of their head ("Riyadh
// talks"), Arabic constructs to the right (مدة اجتماع الرياض).

#include <algorithm>
#include <utility>

#include "query/question/composer.h"

namespace sanad::question {

Phrases Composer::FoldLeft(const std::vector<SymbolPtr>& heads) {
  Phrases current;
  bool possessor = false;
  for (size_t i = 0; i < heads.size(); ++i) {
    const SymbolPtr& symbol = heads[i];
    if (symbol->category == Category::kPossessive) {
      possessor = true;
      continue;
    }
    if (symbol->category == Category::kOrdinal ||
        (symbol->category == Category::kNumber && !current.empty())) {
      Phrases next;
      for (const Phrase& phrase : current) {
        for (Phrase& p : WithOrdinal(phrase, symbol)) next.push_back(std::move(p));
      }
      current = std::move(next);
      continue;
    }
    if (symbol->category == Category::kSuperlative) {
      for (Phrase& phrase : current) phrase.extremes.push_back(symbol);
      continue;
    }
    if (symbol->category == Category::kComing) {
      for (Phrase& phrase : current) phrase = Coming(phrase, symbol);
      continue;
    }
    Phrases heads_here = HeadPhrases(symbol);
    if (i == 0) {
      current = std::move(heads_here);
      continue;
    }
    Phrases next;
    for (const Phrase& left : current) {
      for (const Phrase& right : heads_here) {
        if (possessor) {
          for (Phrase& p : Attach(right, left, {.said = Said::kOf})) next.push_back(std::move(p));
          continue;
        }
        const bool name = !right.node->things.empty() && right.property == nullptr;
        if (name) {
          // "capital austin", "texas state" the other way round: below.
          for (Phrase& p : Apposition(left, right)) next.push_back(std::move(p));
          if (left.node->things.empty() && next.empty() && left.property == nullptr) {
            for (Phrase& p : Attach(left, right, {.said = Said::kCompound})) {
              next.push_back(std::move(p));
            }
          }
          // "austin texas": the second says where the first is.
          const bool adjective = heads[i - 1]->category == Category::kAdjective;
          if (!left.node->things.empty() && !adjective) {
            for (Phrase& p : Attach(left, right, {.said = Said::kCompound})) {
              next.push_back(std::move(p));
            }
          }
        } else {
          Phrases said;
          if (!left.node->things.empty() && right.property == nullptr)
            said = Apposition(right, left);
          const bool adjective = heads[i - 1]->category == Category::kAdjective;
          if (said.empty()) {
            said = Attach(right, left, {.said = adjective ? Said::kAdjective : Said::kCompound});
          }
          for (Phrase& p : said) next.push_back(std::move(p));
        }
      }
    }
    possessor = false;
    current = std::move(next);
    Prune(current);
  }
  return current;
}

Phrases Composer::FoldRight(const std::vector<SymbolPtr>& heads) {
  // Adjectives, ordinals and elatives wait for the nearest noun before them that
  // they fit.
  struct Partial {
    Phrase phrase;
    std::vector<SymbolPtr> waiting;
  };
  std::vector<Partial> current = {Partial{}};
  bool started = false;
  auto apply = [&](const Phrase& noun, const SymbolPtr& word) -> Phrases {
    if (word->category == Category::kAdjective) {
      Phrases out;
      for (const Phrase& adjective : HeadPhrases(word)) {
        for (Phrase& p : Attach(noun, adjective, {.said = Said::kAdjective}))
          out.push_back(std::move(p));
      }
      return out;
    }
    if (word->category == Category::kSuperlative) {
      Phrase p = noun;
      p.extremes.push_back(word);
      return {p};
    }
    if (word->category == Category::kComing) {
      if (noun.property != nullptr || !noun.node->things.empty()) return {};
      return {Coming(noun, word)};
    }
    return WithOrdinal(noun, word);
  };
  for (size_t k = heads.size(); k-- > 0;) {
    const SymbolPtr& symbol = heads[k];
    const bool describing = symbol->category == Category::kOrdinal ||
                            (symbol->category == Category::kComing && k > 0) ||
                            symbol->category == Category::kSuperlative ||
                            (symbol->category == Category::kAdjective && k > 0) ||
                            (symbol->category == Category::kNumber && k > 0 &&
                             heads[k - 1]->category == Category::kClass);
    std::vector<Partial> next;
    if (describing) {
      for (Partial& partial : current) {
        partial.waiting.push_back(symbol);
        next.push_back(std::move(partial));
      }
      current = std::move(next);
      continue;
    }
    Phrases heads_here = HeadPhrases(symbol);
    for (const Partial& partial : current) {
      for (const Phrase& head : heads_here) {
        // First what waits, as far as it fits this noun.
        std::vector<Partial> described = {{head, {}}};
        for (size_t w = partial.waiting.size(); w-- > 0;) {
          std::vector<Partial> step;
          for (const Partial& d : described) {
            Phrases applied = apply(d.phrase, partial.waiting[w]);
            for (Phrase& p : applied) step.push_back({std::move(p), d.waiting});
            if (applied.empty() || head.property != nullptr || !head.node->things.empty()) {
              Partial kept = d;
              kept.waiting.insert(kept.waiting.begin(), partial.waiting[w]);
              step.push_back(std::move(kept));
            }
          }
          described = std::move(step);
        }
        for (const Partial& d : described) {
          if (!started) {
            next.push_back(d);
            continue;
          }
          Phrases joined;
          if (d.phrase.property == nullptr) joined = Apposition(d.phrase, partial.phrase);
          if (joined.empty()) {
            joined = Attach(d.phrase, partial.phrase, {.said = Said::kCompound});
          }
          for (Phrase& p : joined) next.push_back({std::move(p), d.waiting});
        }
      }
    }
    started = true;
    current = std::move(next);
  }
  Phrases out;
  for (Partial& partial : current) {
    if (started && partial.waiting.empty()) out.push_back(std::move(partial.phrase));
  }
  return out;
}

}  // namespace sanad::question
