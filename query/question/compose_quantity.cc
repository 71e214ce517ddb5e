// "How many prisoners", where the thing that the word names has a number of its own
// ("32 prisoners"): the number, not how many such things there are. A vocabulary marks
// the property with sanad:counts.

#include <algorithm>

#include "query/question/composer.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kBetween = 3;  // Words between a number and the noun it counts.

}  // namespace

// Whether two words are forms of one word, or wordings of one concept.
bool Composer::SaySame(const Token& a, const Token& b) const {
  Closeness closeness;
  if (KeysMeet(a.word->keys, b.word->keys, &closeness)) return true;
  if (vocabulary_.lexicon == nullptr) return false;
  const std::vector<LexiconMatch> others = vocabulary_.lexicon->MatchAt(std::vector<Token>{b}, 0);
  for (const LexiconMatch& match : vocabulary_.lexicon->MatchAt(std::vector<Token>{a}, 0)) {
    for (const LexiconMatch& other : others) {
      if (match.entry == other.entry) return true;
    }
  }
  return false;
}

// Whether the label counts what is asked: "45 sailors of two ports" counts sailors,
// and neither ports nor, in "an offer of 45 ships", offers. A label without any
// number is counted by its head.
bool Composer::LabelCounts(const Term& label, const Term& number,
                           const std::vector<Token>& asked) const {
  const std::vector<Token> tokens = Tokenise(label.value());
  const std::vector<NumberSpan> numbers = FindNumbers(tokens);
  size_t at = 0;
  if (!numbers.empty()) {
    const auto same = std::find_if(numbers.begin(), numbers.end(), [&](const NumberSpan& span) {
      return DecimalOf(span.ToTerm()) == DecimalOf(number);
    });
    if (same == numbers.end()) return false;
    at = same->first + same->count;
  }
  for (const size_t end = std::min(tokens.size(), at + kBetween); at < end; ++at) {
    const std::string& word = tokens[at].normalised();
    for (const std::string_view language : {"en", "ar"}) {
      if (ClosedWords::Of(language).IsPreposition(word)) return false;
    }
    for (const Token& token : asked) {
      if (SaySame(token, tokens[at])) return true;
    }
  }
  return false;
}

// Asked how many of what a name says: the numbers of those things that have one.
void Composer::TakeQuantity(Meaning& meaning) const {
  const Node& focus = *meaning.focus;
  if (meaning.form != AnswerForm::kCount || focus.things.empty()) return;
  const TermId label = reader_.Id(iri::kRdfsLabel);
  std::vector<Token> asked = Tokenise(focus.words);
  std::erase_if(asked, [](const Token& token) { return !token.is_word(); });
  for (const TermId property :
       reader_.Subjects(reader_.Id(SANAD_NS "counts"), reader_.Id(Term::Boolean(true)), true)) {
    auto counted = std::make_shared<Node>(focus);
    std::erase_if(counted->things, [&](const NamedThing& thing) {
      const TermId id = reader_.Id(thing.term);
      for (const Term& number : reader_.TermsOf(reader_.Objects(id, property))) {
        for (const Term& said : reader_.TermsOf(reader_.Objects(id, label, true))) {
          if (LabelCounts(said, number, asked)) return false;
        }
      }
      return true;
    });
    if (counted->things.empty()) continue;
    meaning.focus = counted;
    meaning.quantity = reader_.TermOf(property);
    return;
  }
}

}  // namespace sanad::question
