// What the shipped words hold, and what they must not: no person, and no phrase
// of three words or more (positions aside), of the annotated articles.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "language/lexicon.h"
#include "language/normalise.h"
#include "tests/language/turtle_quads.h"

namespace sanad {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

fs::path Shared() {
  const char* given = std::getenv("SANAD_SHARED");
  return given != nullptr ? fs::path(given) : fs::path(SANAD_SOURCE_DIR) / ".." / "shared";
}

// Normalised, words separated by single spaces, with one at each end.
std::string Flatten(std::string_view text) {
  std::string out = " ";
  for (const Token& token : Tokenise(text)) {
    if (token.is_punctuation()) continue;
    out += token.normalised();
    out.push_back(' ');
  }
  return out;
}

size_t WordsOf(const std::string& flat) {
  return static_cast<size_t>(std::count(flat.begin(), flat.end(), ' ')) - 1;
}

// Labels that no data or code file may hold.
std::set<std::string> ForbiddenLabels(const fs::path& documents) {
  std::set<std::string> out;
  for (const auto& item : fs::recursive_directory_iterator(documents)) {
    if (!item.path().filename().string().ends_with("entities.jsonl")) continue;
    std::ifstream in(item.path());
    for (std::string line; std::getline(in, line);) {
      const nlohmann::json entity = nlohmann::json::parse(line);
      const std::string type = entity.value("type", "");
      for (const char* language : {"ar", "en"}) {
        const std::string flat = Flatten(entity.value(language, ""));
        const bool long_phrase = WordsOf(flat) >= 3 && type != "Position";
        if (flat.size() > 2 && (type == "Person" || long_phrase)) out.insert(flat);
      }
    }
  }
  return out;
}

std::vector<fs::path> FilesToCheck() {
  const fs::path root = SANAD_SOURCE_DIR;
  std::vector<fs::path> out;
  for (const char* folder :
       {"datasets/lexicons", "datasets/rules", "datasets/language", "datasets/vocabulary",
        "datasets/questions", "language", "loader", "query", "storage", "shell", "include"}) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& item : fs::recursive_directory_iterator(root / folder)) {
      if (item.is_regular_file()) out.push_back(item.path());
    }
  }
  return out;
}

TEST(ShippedWords, HoldNoPersonAndNoPhraseOfAnArticle) {
  const fs::path documents = Shared() / "documents";
  if (!fs::exists(documents)) GTEST_SKIP() << "no annotated articles at " << documents;
  const std::set<std::string> forbidden = ForbiddenLabels(documents);
  ASSERT_GT(forbidden.size(), 50u);
  for (const fs::path& path : FilesToCheck()) {
    const std::string flat = Flatten(ReadFile(path));
    for (const std::string& label : forbidden) {
      EXPECT_EQ(flat.find(label), std::string::npos) << path << " holds \"" << label << "\"";
    }
  }
}

std::shared_ptr<const Lexicon> Shipped() {
  static const auto lexicon = [] {
    absl::StatusOr<std::shared_ptr<const Lexicon>> built =
        Lexicon::Build(testing::ShippedLexicon());
    EXPECT_TRUE(built.ok()) << built.status().ToString();
    return *built;
  }();
  return lexicon;
}

TEST(ShippedWords, EveryRelationAndClassHasBothLabels) {
  size_t relations = 0;
  size_t classes = 0;
  for (const VocabularyTerm& term : Shipped()->vocabulary()) {
    EXPECT_FALSE(Shipped()->LabelOf(term.iri, "en").empty()) << term.iri.value();
    EXPECT_FALSE(Shipped()->LabelOf(term.iri, "ar").empty()) << term.iri.value();
    (term.is_class ? classes : relations) += 1;
  }
  EXPECT_GE(relations, 60u);
  EXPECT_GE(classes, 35u);
}

TEST(ShippedWords, CoverEveryRelationOfTheArticles) {
  const fs::path file = Shared() / "documents" / "relations.json";
  if (!fs::exists(file)) GTEST_SKIP() << "no relation list at " << file;
  const nlohmann::json relations = nlohmann::json::parse(ReadFile(file));
  for (const auto& [name, relation] : relations.items()) {
    if (name == "type") continue;
    const Term iri = Term::Iri("https://sanad.example/kg#" + name);
    EXPECT_EQ(Shipped()->LabelOf(iri, "en"), relation["en"].get<std::string>());
    EXPECT_EQ(Shipped()->LabelOf(iri, "ar"), relation["ar"].get<std::string>());
  }
}

TEST(ShippedWords, MeetingsAreWhatTheySay) {
  const Term meeting = Term::Iri("https://sanad.example/kg#Meeting");
  for (const char* name : {"Talks", "NegotiationRound", "Session", "Consultation", "Summit"}) {
    EXPECT_TRUE(
        Shipped()->IsSubOf(Term::Iri(std::string("https://sanad.example/kg#") + name), meeting));
  }
  for (const char* name : {"MeetingSeries", "Visit", "Agreement", "Proposal", "Event"}) {
    EXPECT_FALSE(
        Shipped()->IsSubOf(Term::Iri(std::string("https://sanad.example/kg#") + name), meeting));
  }
  const VocabularyTerm* declared = Shipped()->Vocabulary(meeting);
  ASSERT_NE(declared, nullptr);
  ASSERT_EQ(declared->shown_with.size(), 2u);
  EXPECT_EQ(declared->shown_with[0].value(), "https://sanad.example/kg#heldIn");
}

// The sets that match somewhere in the text, by form.
bool Finds(std::string_view text, std::string_view set) {
  const std::vector<Token> tokens = Tokenise(text);
  for (size_t at = 0; at < tokens.size(); ++at) {
    if (!Shipped()->MatchSet(tokens, at, set).empty()) return true;
  }
  return false;
}

TEST(ShippedWords, FindWordsInText) {
  const struct {
    std::string_view text, set;
  } kCases[] = {
      {"The ministers discussed fishing rights", "addresses"},
      {"discussions centred on tariffs", "addresses"},
      {"the talks dealt with water", "addresses"},
      {"وتناولت الجلسة المياه", "addresses"},
      {"ركزت المباحثات على الموانئ", "addresses"},
      {"نوقشت القضية", "addresses"},
      {"قادت الوفد", "ledBy"},
      {"ترأسها الوزير", "ledBy"},
      {"who co-chaired the session", "ledBy"},
      {"عُقدت في جنيف", "hold"},
      {"took place in Oslo", "happened"},
      {"أسفرت عن اتفاق", "resultedIn"},
      {"the deal was brokered by Oslo", "mediatedBy"},
      {"ستُعقد", "hold"},
      {"الجولات", "Meeting"},
      {"لقاءات", "Meeting"},
      {"the third round", "NegotiationRound"},
      {"للقمة", "Summit"},
      {"وزيرة الخارجية", "title"},
      {"spokeswoman", "title"},
      {"الإثيوبية", "nationality"},
      {"Russians", "nationality"},
      {"بالقاهرة", "City"},
      {"ولليابان", "Country"},
      {"الولايات المتحدة", "Country"},
      {"the U.S. side", "Country"},
      {"did not sign", "negator"},
      {"لم يوقع", "negator"},
      {"بما في ذلك", "including"},
      {"according to the ministry", "accordingTo"},
      {"من المقرر أن", "planMarker"},
      {"longest", "degree"},
      {"أطول", "degree"},
      {"الجانبان", "twoSides"},
  };
  for (const auto& c : kCases) EXPECT_TRUE(Finds(c.text, c.set)) << c.text << " / " << c.set;
  EXPECT_FALSE(Finds("let us go", "Country"));
  EXPECT_FALSE(Finds("the visit", "Meeting"));
  EXPECT_FALSE(Finds("زيارة", "Meeting"));
}

}  // namespace
}  // namespace sanad
