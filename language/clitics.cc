// Enumerates conjunction × (preposition | future س) × article × pronoun, as the
// orthography joins them, and keeps every reading that leaves a stem of two
// letters. Which one is meant is for those who know words to decide.

#include "language/clitics.h"

#include <array>

#include "language/text.h"

namespace sanad {

bool CliticSplit::HasProclitic(std::string_view clitic) const {
  for (const std::string& p : proclitics) {
    if (p == clitic) return true;
  }
  return false;
}

namespace internal {
namespace {

constexpr size_t kLetter = 2;  // Bytes of an Arabic letter in UTF-8.
constexpr size_t kMinStem = 2 * kLetter;
constexpr size_t kMaxSplits = 14;

constexpr std::string_view kArticle = "ال";
constexpr std::array<std::string_view, 2> kConjunctions = {"و", "ف"};
constexpr std::array<std::string_view, 4> kParticles = {"ب", "ك", "ل", "س"};
constexpr std::array<std::string_view, 9> kPronouns = {"هما", "ها", "هم", "هن", "كم",
                                                       "نا",  "ني", "كن", "ه"};

struct Head {
  std::vector<std::string> proclitics;
  std::string_view rest;
};

// `rest` with and without article. ل before the article swallows its alef.
void AddArticle(const Head& head, std::vector<Head>& out) {
  const bool after_lam = !head.proclitics.empty() && head.proclitics.back() == "ل";
  if (after_lam) {
    if (head.rest.starts_with("ل") && head.rest.size() >= kLetter + kMinStem) {
      Head definite = head;
      definite.proclitics.emplace_back(kArticle);
      definite.rest.remove_prefix(kLetter);
      out.push_back(std::move(definite));
    }
  } else if (head.rest.starts_with(kArticle) && head.rest.size() >= kArticle.size() + kMinStem &&
             (head.proclitics.empty() || head.proclitics.back() != "س")) {
    Head definite = head;
    definite.proclitics.emplace_back(kArticle);
    definite.rest.remove_prefix(kArticle.size());
    out.push_back(std::move(definite));
  }
}

void AddParticles(const Head& head, std::vector<Head>& out) {
  AddArticle(head, out);
  for (std::string_view particle : kParticles) {
    if (!head.rest.starts_with(particle) || head.rest.size() < particle.size() + kMinStem) continue;
    // The future particle stands before a present-tense prefix only.
    if (particle == "س") {
      const std::string_view next = head.rest.substr(kLetter);
      if (!next.starts_with("ي") && !next.starts_with("ت") && !next.starts_with("ن") &&
          !next.starts_with("ا")) {
        continue;
      }
    }
    Head split = head;
    split.proclitics.emplace_back(particle);
    split.rest.remove_prefix(particle.size());
    out.push_back(split);
    AddArticle(split, out);
  }
}

// The last base letter as written; 0 if none.
char32_t LastLetter(std::string_view surface) {
  char32_t last = 0;
  for (size_t i = 0; i < surface.size();) {
    const char32_t c = NextCodePoint(surface, i);
    if (c >= 0x0621 && c <= 0x064A && c != 0x0640) last = c;
  }
  return last;
}

}  // namespace

std::vector<CliticSplit> SplitClitics(std::string_view surface, std::string_view normalised) {
  std::vector<Head> heads = {{{}, normalised}};
  AddParticles({{}, normalised}, heads);
  for (std::string_view conjunction : kConjunctions) {
    if (!normalised.starts_with(conjunction) || normalised.size() < conjunction.size() + kMinStem) {
      continue;
    }
    const Head head = {{std::string(conjunction)}, normalised.substr(conjunction.size())};
    heads.push_back(head);
    AddParticles(head, heads);
  }
  std::vector<CliticSplit> out;
  for (const Head& head : heads) {
    if (out.size() < kMaxSplits) out.push_back({head.proclitics, std::string(head.rest), ""});
  }
  if (LastLetter(surface) == 0x0629) return out;  // ة is no pronoun.
  for (const Head& head : heads) {
    if (!head.proclitics.empty() && head.proclitics.back() == kArticle) continue;
    for (std::string_view pronoun : kPronouns) {
      if (out.size() >= kMaxSplits) return out;
      if (!head.rest.ends_with(pronoun) || head.rest.size() < pronoun.size() + kMinStem) continue;
      out.push_back({head.proclitics,
                     std::string(head.rest.substr(0, head.rest.size() - pronoun.size())),
                     std::string(pronoun)});
      break;  // The longest pronoun only.
    }
  }
  return out;
}

}  // namespace internal
}  // namespace sanad
