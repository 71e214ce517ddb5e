// Yes/no questions: a subject and what is said of it.

#include <algorithm>
#include <utility>

#include "query/question/composer.h"

namespace sanad::question {

// What is said of a subject behind it.
Phrases Composer::Predicates(const Phrase& subject, size_t at, bool passive) {
  Phrases out;
  auto keep = [&](Phrases&& phrases) {
    for (const Phrase& phrase : phrases) {
      for (Phrase& modified : Modified(phrase, 0)) out.push_back(std::move(modified));
    }
  };
  if (at >= end_) return {subject};
  if (Is(at, Category::kVerb)) {
    keep(VerbClause(subject, at, at + 1, false, passive));
    if (passive) keep(VerbClause(subject, at, at + 1, false, false));
  } else {
    keep(Clauses(subject, at, 0));
  }
  if ((Is(at, Category::kComparative)) && IsCore(at + 2)) {
    for (const Phrase& other : Phrases(PhrasesAt(at + 2))) {
      keep(Compare(subject, items_[at].symbol, other));
    }
  }
  if (IsCore(at) && (passive || arabic())) {
    for (const Phrase& other : Phrases(PhrasesAt(at))) keep(Equate(subject, other, false));
  }
  Phrases modified;
  Phrase from = subject;
  from.next = at;
  ModifiersOf(from, modified);
  keep(std::move(modified));
  return out;
}

// "Do all islands have …": of a class, not of things by their names.
bool Composer::IsUniversal(const Phrase& subject) {
  return (subject.all || subject.each) && subject.node->things.empty();
}

// False where more than one thing is said of the subject, or nothing of all ("per island").
bool Composer::MakeUniversal(const Phrase& subject, Phrase& said) {
  if (!subject.all || said.node->conditions.size() != subject.node->conditions.size() + 1 ||
      said.node->extreme.has_value()) {
    return false;
  }
  auto node = std::make_shared<Node>(*said.node);
  node->every = true;
  said.node = node;
  said.each = false;
  return true;
}

Phrases Composer::YesNoAnswers() {
  Phrases out;
  size_t next = 0;
  bool be = false, there = false, negated = false;
  while (next < end_ && (Is(next, Category::kBe) || Is(next, Category::kDo) ||
                         Is(next, Category::kAuxiliary) || Is(next, Category::kHave) ||
                         Is(next, Category::kThere) || Is(next, Category::kNegation))) {
    be |= Is(next, Category::kBe);
    there |= Is(next, Category::kThere);
    negated ^= Is(next, Category::kNegation);
    ++next;
  }
  if (negated) return out;  // "Didn't …?" expects an answer by its tone.
  if (IsCore(next)) {
    for (const Phrase& subject : Phrases(PhrasesAt(next))) {
      if (subject.next >= end_) {
        if (there && !IsUniversal(subject)) out.push_back(subject);
        continue;
      }
      for (Phrase& p : Predicates(subject, subject.next, be)) {
        if (!IsUniversal(subject) || MakeUniversal(subject, p)) out.push_back(std::move(p));
      }
    }
  }
  if (Is(next, Category::kVerb) && IsCore(next + 1)) {
    // Arabic: verb, subject, the rest.
    for (const Phrase& subject : Phrases(PhrasesAt(next + 1))) {
      for (Phrase& p : VerbClause(subject, next, subject.next, false, false)) {
        for (Phrase& modified : Modified(p, 0)) {
          if (!IsUniversal(subject) || MakeUniversal(subject, modified))
            out.push_back(std::move(modified));
        }
      }
      if (subject.next >= end_) {
        for (Phrase& p : BareVerb(subject, items_[next].symbol, false, true)) {
          p.next = subject.next;
          out.push_back(std::move(p));
        }
      }
    }
  }
  return Complete(out);
}

}  // namespace sanad::question
