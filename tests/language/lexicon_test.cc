#include "language/lexicon.h"

#include <gtest/gtest.h>

#include "language/inflection.h"
#include "language/normalise.h"
#include "tests/language/turtle_quads.h"

namespace sanad {
namespace {

using testing::Prefixes;
using testing::ReadTurtle;

constexpr char kSmall[] = R"(
kg:Vessel a owl:Class ; rdfs:label "vessel"@en, "مركب"@ar .
kg:Boat a owl:Class ; rdfs:subClassOf kg:Vessel ; rdfs:label "boat"@en, "قارب"@ar ;
  skos:altLabel "قوارب"@ar ; sanad:shownWith ( kg:builtIn kg:builtOn ) .
kg:steers a owl:ObjectProperty ; rdfs:label "steers"@en ; rdfs:domain kg:Person ; rdfs:range kg:Vessel ;
  owl:inverseOf kg:steeredBy .
lex:on a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:preposition ;
  ontolex:canonicalForm [ ontolex:writtenRep "on"@en, "على"@ar ] .
lex:steer a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:verb ;
  ontolex:canonicalForm [ ontolex:writtenRep "steer"@en, "drive"@en, "embark on"@en, "قاد"@ar, "أشرف على"@ar ] ;
  ontolex:otherForm [ ontolex:writtenRep "drove"@en ; sanad:tense "past" ; sanad:formOf "drive"@en ],
    [ ontolex:writtenRep "يقود"@ar ; sanad:tense "present" ; sanad:formOf "قاد"@ar ] ;
  ontolex:denotes kg:steers ; sanad:subjectIs "object" ; sanad:frame "steer" .
lex:harbour a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:noun ;
  ontolex:canonicalForm [ ontolex:writtenRep "harbour"@en, "ميناء"@ar ] ;
  ontolex:otherForm [ ontolex:writtenRep "موانئ"@ar ; sanad:number "plural" ] ;
  sanad:frame "concept" ; sanad:weight "7" .
lex:long a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:adjective ;
  ontolex:canonicalForm [ ontolex:writtenRep "long"@en ] ;
  ontolex:otherForm [ ontolex:writtenRep "longest"@en ; sanad:degree "superlative" ] ;
  ontolex:denotes kg:length ; sanad:direction "high" .
lex:not a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:adverb ;
  ontolex:canonicalForm [ ontolex:writtenRep "لا"@ar, "not"@en ] ; sanad:frame "negator" .
<https://sanad.example/id/place/rabat> a kg:City ; rdfs:label "Rabat"@en, "الرباط"@ar .
<https://sanad.example/id/organization/un> a kg:Organization ; rdfs:label "United Nations"@en ;
  skos:altLabel "UN"@en .
)";

std::shared_ptr<const Lexicon> Small() {
  static const auto lexicon = *Lexicon::Build(ReadTurtle(Prefixes() + kSmall));
  return lexicon;
}

// "what it denotes or its set: form[, preposition][, features]" of the best match at each place.
std::string Match(const Lexicon& lexicon, std::string_view text) {
  const std::vector<Token> tokens = Tokenise(text);
  std::string out;
  for (const LexiconMatch& m : lexicon.Match(tokens)) {
    const Term& what = m.entry->references.empty() ? m.entry->iri : m.entry->references[0];
    const std::string& iri = what.value();
    if (!out.empty()) out += "; ";
    out += iri.substr(iri.find_last_of("#/") + 1);
    out += "=" + m.form->lemma;
    if (!m.form->preposition.empty()) out += "+" + m.form->preposition;
    if (!m.enclitic.empty()) out += "(" + m.enclitic + ")";
    out += "@" + std::to_string(m.first) + "+" + std::to_string(m.count);
    out += "~" + std::to_string(static_cast<int>(m.closeness));
  }
  return out;
}

TEST(Lexicon, MatchesFormsOfWords) {
  const struct {
    std::string_view text, matches;
  } kCases[] = {
      {"nothing here", ""},
      {"steered", "steers=steer@0+1~2"},
      {"who drove it", "steers=drive@1+1~0"},
      {"drives", "steers=drive@0+1~2"},
      {"embarked on", "steers=embark+on@0+1~2; on=on@1+1~0"},
      {"boats", "Boat=boat@0+1~2"},
      {"Vessels", "Vessel=vessel@0+1~2"},
      {"harbours", "harbour=harbour@0+1~2"},
      {"the longest boat", "length=long@1+1~0; Boat=boat@2+1~0"},
      {"القوارب", "Boat=قوارب@0+1~1"},
      {"وموانئها", "harbour=ميناء(ها)@0+1~1"},
      {"بالميناء", "harbour=ميناء@0+1~1"},
      {"وقادتها", "steers=قاد(ها)@0+1~2"},
      {"سيقود", "steers=قاد@0+1~1"},
      {"يقودون", "steers=قاد@0+1~2"},
      {"قيد", "steers=قاد@0+1~2"},
      {"أشرفت على", "steers=أشرف+على@0+1~2; on=على@1+1~0"},
      {"في الرباط", "rabat=الرباط@1+1~0"},
      {"بالرباط", "rabat=الرباط@0+1~1"},
      {"للرباط", "rabat=الرباط@0+1~1"},
      {"UN envoy", "un=UN@0+1~0"},
      {"un bateau", ""},
      {"the United Nations", "un=United Nations@1+2~0"},
      {"ولا", "not=لا@0+1~1"},
      {"بالقاد", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(Match(*Small(), c.text), c.matches) << c.text;
}

TEST(Lexicon, TellsNamesInSmallLetters) {
  EXPECT_TRUE(Small()->Match(Tokenise("in rabat"))[0].small_letters);
  EXPECT_FALSE(Small()->Match(Tokenise("in Rabat"))[0].small_letters);
  EXPECT_FALSE(Small()->Match(Tokenise("in RABAT"))[0].small_letters);
  EXPECT_FALSE(Small()->Match(Tokenise("a harbour"))[0].small_letters);
  EXPECT_FALSE(Small()->Match(Tokenise("في الرباط"))[0].small_letters);
}

TEST(Lexicon, EntriesSayWhatTheyAre) {
  const auto lexicon = Small();
  const std::vector<const LexicalEntry*> steer = lexicon->EntriesOfSet("steer");
  ASSERT_EQ(steer.size(), 1u);
  EXPECT_EQ(steer[0]->part_of_speech, PartOfSpeech::kVerb);
  EXPECT_EQ(steer[0]->subject_is, RelationSide::kObject);
  EXPECT_TRUE(steer[0]->InSet("steers"));
  EXPECT_TRUE(lexicon->HasSet("Vessel"));
  EXPECT_FALSE(lexicon->HasSet("Ship"));
  const Term boat = Term::Iri("https://sanad.example/kg#Boat");
  EXPECT_EQ(lexicon->LabelOf(boat, "ar"), "قارب");
  EXPECT_EQ(lexicon->LabelOf(boat, "fr"), "boat");
  EXPECT_TRUE(lexicon->IsSubOf(boat, Term::Iri("https://sanad.example/kg#Vessel")));
  EXPECT_FALSE(lexicon->IsSubOf(Term::Iri("https://sanad.example/kg#Vessel"), boat));
  const VocabularyTerm* declared = lexicon->Vocabulary(boat);
  ASSERT_NE(declared, nullptr);
  EXPECT_TRUE(declared->is_class);
  ASSERT_EQ(declared->shown_with.size(), 2u);
  EXPECT_EQ(declared->shown_with[1], Term::Iri("https://sanad.example/kg#builtOn"));
  EXPECT_EQ(lexicon->EntriesOfSet("concept")[0]->Feature("weight"), "7");
  EXPECT_EQ(lexicon->EntriesOfSet("concept")[0]->Label("ar"), "ميناء");
  const Term rabat = Term::Iri("https://sanad.example/id/place/rabat");
  EXPECT_EQ(lexicon->TypesOf(rabat), std::vector{Term::Iri("https://sanad.example/kg#City")});
  EXPECT_EQ(lexicon->EntriesOf(rabat).size(), 1u);
}

TEST(Lexicon, OrderOfTriplesDoesNotMatter) {
  std::vector<Quad> quads = ReadTurtle(Prefixes() + kSmall);
  std::reverse(quads.begin(), quads.end());
  const auto reversed = *Lexicon::Build(quads);
  ASSERT_EQ(reversed->entries().size(), Small()->entries().size());
  for (size_t i = 0; i < reversed->entries().size(); ++i) {
    const LexicalEntry& a = reversed->entries()[i];
    const LexicalEntry& b = Small()->entries()[i];
    EXPECT_EQ(a.iri, b.iri);
    ASSERT_EQ(a.forms.size(), b.forms.size());
    for (size_t f = 0; f < a.forms.size(); ++f) {
      EXPECT_EQ(a.forms[f].text, b.forms[f].text);
      EXPECT_EQ(a.forms[f].features, b.forms[f].features);
    }
  }
}

TEST(Lexicon, ReportsWrongShapes) {
  const struct {
    std::string_view turtle, message;
  } kCases[] = {
      {"lex:a a ontolex:LexicalEntry .", "has no ontolex:canonicalForm"},
      {"lex:a a ontolex:LexicalEntry ; ontolex:canonicalForm [] .", "no ontolex:writtenRep"},
      {"lex:a a ontolex:LexicalEntry ; ontolex:canonicalForm [ ontolex:writtenRep \"x\" ] .",
       "needs a language tag"},
      {"lex:a a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:thing ; ontolex:canonicalForm "
       "[ ontolex:writtenRep \"x\"@en ] .",
       "unknown lexinfo:partOfSpeech"},
      {"lex:a a ontolex:LexicalEntry ; sanad:subjectIs \"agent\" ; ontolex:canonicalForm [ "
       "ontolex:writtenRep \"x\"@en ] .",
       "sanad:subjectIs must be"},
      {"lex:a a ontolex:LexicalEntry ; ontolex:canonicalForm [ ontolex:writtenRep \"x\"@en ; "
       "sanad:tense \"then\" ] .",
       "unknown value"},
  };
  for (const auto& c : kCases) {
    const auto lexicon = Lexicon::Build(ReadTurtle(Prefixes() + std::string(c.turtle)));
    ASSERT_FALSE(lexicon.ok()) << c.turtle;
    EXPECT_EQ(lexicon.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(std::string(lexicon.status().message()).find(c.message), std::string::npos)
        << lexicon.status().ToString();
  }
}

TEST(Lexicon, SurvivesCyclesAndEmptiness) {
  EXPECT_TRUE((*Lexicon::Build({}))->entries().empty());
  const auto lexicon = *Lexicon::Build(ReadTurtle(
      Prefixes() +
      "kg:A a owl:Class ; rdfs:label \"a\"@en ; rdfs:subClassOf kg:B . kg:B a owl:Class ; "
      "rdfs:label \"b\"@en ; rdfs:subClassOf kg:A ; sanad:shownWith _:l . _:l rdf:first kg:x ; "
      "rdf:rest _:l ."));
  EXPECT_TRUE(lexicon->IsSubOf(Term::Iri("https://sanad.example/kg#A"),
                               Term::Iri("https://sanad.example/kg#B")));
  EXPECT_FALSE(lexicon->IsSubOf(Term::Iri("https://sanad.example/kg#A"),
                                Term::Iri("https://sanad.example/kg#C")));
}

TEST(Prepositions, StandAloneOrAttached) {
  const std::vector<Token> t = Tokenise("على بالوفد عليها on للوفد");
  EXPECT_TRUE(IsPreposition(t[0], "على"));
  EXPECT_TRUE(IsPreposition(t[1], "ب"));
  EXPECT_FALSE(IsPreposition(t[1], "ل"));
  EXPECT_TRUE(IsPreposition(t[3], "on"));
  EXPECT_TRUE(IsPreposition(t[4], "ل"));
}

bool Generates(const std::vector<internal::InflectedForm>& forms, std::string_view text) {
  for (const internal::InflectedForm& f : forms) {
    if (f.text == Normalise(text)) return true;
  }
  return false;
}

TEST(Inflection, ArabicVerbs) {
  const struct {
    std::string_view lemma, present;
    std::vector<std::string_view> forms;
  } kCases[] = {
      {"ناقش", "", {"ناقشت", "ناقشا", "ناقشوا", "يناقش", "تناقش", "يناقشون", "نوقشت", "نوقش"}},
      {"تناول", "", {"تناولت", "يتناول", "تتناول", "يتناولان", "تنوولت"}},
      {"أعلن", "", {"أعلنت", "يعلن", "تعلن", "أعلنوا"}},
      {"قاد", "يقود", {"قادت", "قادوا", "يقود", "تقود", "يقودوا", "يقد", "قيدت"}},
      {"أجرى", "", {"أجرت", "أجروا", "أجريا", "يجري", "تجري", "يجر", "أجريت", "أجري"}},
      {"التقى", "", {"التقت", "يلتقي", "تلتقي", "التقوا", "يلتقون", "التقيا"}},
      {"استضاف", "", {"استضافت", "يستضيف", "تستضيف", "استضيفت", "يستضف"}},
      {"أدار", "", {"أدارت", "يدير", "تدير", "أديرت"}},
      {"اجتمع", "", {"اجتمعت", "يجتمع", "تجتمع", "اجتمعوا"}},
      {"انتهى", "", {"انتهت", "ينتهي", "ينته"}},
      {"دعا", "يدعو", {"دعت", "دعوا", "يدعو", "تدعو"}},
      {"أكد", "", {"أكدت", "يؤكد", "تؤكد"}},
      {"رأى", "يرى", {"رأت", "يرى", "ترى"}},
  };
  for (const auto& c : kCases) {
    const auto forms = internal::InflectArabicVerb(c.lemma, c.present);
    for (std::string_view form : c.forms) {
      EXPECT_TRUE(Generates(forms, form)) << c.lemma << " " << form;
    }
  }
  EXPECT_TRUE(internal::InflectArabicVerb("").empty());
  internal::InflectArabicVerb("ا");
  internal::InflectArabicVerb("اا اا", "ي");
}

TEST(Inflection, ArabicNouns) {
  const auto feminine = internal::InflectArabicNoun("جولة");
  for (std::string_view f : {"جولتان", "جولتين", "جولتي", "جولات", "جولت"}) {
    EXPECT_TRUE(Generates(feminine, f)) << f;
  }
  const auto phrase = internal::InflectArabicNoun("وزير الخارجية");
  EXPECT_TRUE(Generates(phrase, "وزيرين الخارجية"));
  const auto adjective = internal::InflectArabicAdjective("تركي");
  for (std::string_view f : {"تركية", "تركيان", "تركيين", "تركيون", "تركيات"}) {
    EXPECT_TRUE(Generates(adjective, f)) << f;
  }
}

TEST(Inflection, English) {
  const struct {
    std::string_view lemma;
    std::vector<std::string_view> forms;
  } kVerbs[] = {
      {"agree", {"agrees", "agreed", "agreeing"}},
      {"discuss", {"discusses", "discussed"}},
      {"study", {"studies", "studied", "studying"}},
      {"plan", {"planned", "planning"}},
      {"announce", {"announced", "announcing"}},
      {"take place", {"takes place", "taking place"}},
      {"co-chair", {"co-chaired"}},
      {"delay", {"delayed"}},
  };
  for (const auto& c : kVerbs) {
    for (std::string_view form : c.forms) {
      EXPECT_TRUE(Generates(internal::InflectEnglishVerb(c.lemma), form)) << form;
    }
  }
  EXPECT_TRUE(Generates(internal::InflectEnglishNoun("round of talks"), "rounds of talks"));
  EXPECT_TRUE(Generates(internal::InflectEnglishNoun("country"), "countries"));
}

}  // namespace
}  // namespace sanad
