// Properties that hold for every text, and the chain of evidence of the user's
// article.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sanad/extract.h>
#include "language/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

using testing::HasSubstr;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> SampleTexts() {
  std::vector<std::string> texts;
  std::set<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(SANAD_SOURCE_DIR "/datasets/documents")) {
    if (entry.path().extension() == ".txt") paths.insert(entry.path());
  }
  for (const auto& path : paths) texts.push_back(ReadFile(path));
  return texts;
}

Extraction MustExtract(std::string_view text, DocumentFormat format = DocumentFormat::kPlainText,
                       const ExtractOptions& extra = {}) {
  ExtractOptions options = extra;
  if (options.document_iri.empty()) options.document_iri = "http://example.org/d";
  auto extraction = Extract(text, format, options);
  EXPECT_TRUE(extraction.ok()) << extraction.status();
  return extraction.ok() ? *std::move(extraction) : Extraction{};
}

std::string Lines(const Extraction& extraction) {
  std::string out;
  for (const Quad& q : extraction.quads) {
    out += q.subject.ToString() + " " + q.predicate.ToString() + " " + q.object.ToString() + " " +
           q.graph.ToString() + "\n";
  }
  return out;
}

TEST(Extraction, TheSameInputGivesTheSameQuads) {
  for (const std::string& text : SampleTexts()) {
    EXPECT_EQ(Lines(MustExtract(text)), Lines(MustExtract(text)));
  }
}

TEST(Extraction, OffsetsSliceSentencesAndMentionsOutOfTheText) {
  for (const std::string& text : SampleTexts()) {
    const Extraction extraction = MustExtract(text);
    const size_t length = ToUtf32(extraction.text).size();
    std::map<std::string, std::pair<uint64_t, uint64_t>> spans;
    for (const Quad& q : extraction.quads) {
      if (q.predicate.value() == iri::kNifBeginIndex)
        spans[q.subject.value()].first = std::stoull(q.object.value());
      if (q.predicate.value() == iri::kNifEndIndex)
        spans[q.subject.value()].second = std::stoull(q.object.value());
    }
    EXPECT_GT(spans.size(), 8U);
    for (const auto& [subject, span] : spans) {
      EXPECT_LT(span.first, span.second) << subject;
      EXPECT_LE(span.second, length) << subject;
    }
  }
}

TEST(Extraction, WhatIsNotPlainlyAssertedIsNoTriple) {
  const Extraction extraction = MustExtract(
      "Norway and Chile held talks in Oslo on 4 May 2021. The two sides did not discuss whaling. "
      "The next meeting will be held in Santiago in June.");
  size_t negated = 0, planned = 0;
  for (const ExtractedStatement& s : extraction.statements) {
    const bool plain =
        !s.negated && s.status == StatementStatus::kAsserted && s.attributed_to.is_undefined();
    negated += s.negated;
    planned += s.status == StatementStatus::kPlanned;
    if (plain || s.predicate.value() == SANAD_KG_NS "status") continue;
    for (const Quad& q : extraction.quads) {
      EXPECT_FALSE(q.subject == s.subject.term && q.predicate == s.predicate &&
                   q.object == s.object.term)
          << s.predicate.value();
    }
  }
  EXPECT_EQ(negated, 1U);
  EXPECT_GE(planned, 2U);
}

// Values of statements of a property, with their status.
std::vector<std::string> Told(const Extraction& extraction, std::string_view property) {
  std::vector<std::string> out;
  for (const ExtractedStatement& s : extraction.statements) {
    if (!s.predicate.value().ends_with(property)) continue;
    out.push_back(std::string(s.object.term.value()) +
                  (s.status == StatementStatus::kClaimed ? " claimed" : ""));
  }
  return out;
}

TEST(Extraction, SourcesThatContradictEachOtherClaim) {
  const std::string_view report =
      "Chile and Norway held talks in Oslo on 4 May 2021. Chile said the talks lasted three hours.";
  EXPECT_THAT(Told(MustExtract(report), "#duration"), testing::ElementsAre("PT3H"));
  EXPECT_THAT(Told(MustExtract(std::string(report) + " Norway said the talks lasted five hours."),
                   "#duration"),
              testing::ElementsAre("PT3H claimed", "PT5H claimed"));
}

TEST(Extraction, APronounReachesAFewSentencesBack) {
  const std::string named =
      "Chile and Norway held talks in Oslo on 4 May 2021. Minister Ana Ruiz attended the talks. ";
  const std::string aside =
      "The harbours were closed. Snow fell on the hills. The fees were high. ";
  const std::string led = "She led the delegation of Chile.";
  EXPECT_EQ(Told(MustExtract(named + led), "#ledBy").size(), 1U);
  EXPECT_THAT(Told(MustExtract(named + aside + led), "#ledBy"), testing::IsEmpty());
}

TEST(Extraction, HostileBytesAreRefusedOrRead) {
  std::mt19937 random(20250218);
  for (int round = 0; round < 200; ++round) {
    std::string bytes(random() % 400, '\0');
    for (char& c : bytes) c = static_cast<char>(random() & 0xFF);
    for (const DocumentFormat format :
         {DocumentFormat::kPlainText, DocumentFormat::kMarkdown, DocumentFormat::kHtml}) {
      (void)Extract(bytes, format, {});
    }
  }
  // Well-formed but senseless: words of both languages in any order.
  const std::vector<std::string> words = {"talks", "في",  "و",        "Riyadh",  "اجتماع", ",",
                                          "on",    "18",  "February", "between", "روسيا",  "and",
                                          "الذي",  "was", "held",     "لم",      "—",      "(",
                                          "\"",    "the", "وزير",     "agreed",  "to",     "."};
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (size_t i = 0; i < random() % 120; ++i) text += words[random() % words.size()] + " ";
    EXPECT_TRUE(Extract(text, DocumentFormat::kPlainText, {}).ok());
  }
}

TEST(Extraction, EmptyAndLongTexts) {
  EXPECT_TRUE(MustExtract("").statements.empty());
  EXPECT_TRUE(MustExtract(" \n\n ").statements.empty());
  EXPECT_TRUE(Extract(std::string(300000, 'x'), DocumentFormat::kPlainText, {}).ok());
}

TEST(Extraction, RefusesWhatIsNotText) {
  const auto broken = Extract("talks \xFF\xFF\xFE in", DocumentFormat::kPlainText, {});
  ASSERT_FALSE(broken.ok());
  EXPECT_THAT(std::string(broken.status().message()), HasSubstr("byte 6"));
  ExtractOptions options;
  options.document_date = "yesterday";
  EXPECT_FALSE(Extract("x", DocumentFormat::kPlainText, options).ok());
}

TEST(InputFormats, SayTheSame) {
  const std::string plain =
      "Peace talks\nNorway and Chile held talks in Oslo on 4 May 2021. The talks addressed ports.";
  const std::string markdown =
      "# Peace talks\n\n**Norway** and Chile held talks in\n[Oslo](http://x.example) on 4 May "
      "2021. The talks addressed *ports*.";
  const std::string html =
      "<html><head><title>t</title><style>p {}</style><script>var "
      "talks;</script></head><body><h1>Peace talks</h1>"
      "<p>Norway and <b>Chile</b> held talks in Oslo on 4 May 2021. The talks addressed "
      "ports.</p></body></html>";
  const std::string expected = MustExtract(plain).text;
  EXPECT_EQ(MustExtract(markdown, DocumentFormat::kMarkdown).text, expected);
  EXPECT_THAT(MustExtract(html, DocumentFormat::kHtml).text,
              HasSubstr("Peace talks\nNorway and Chile held talks"));
  EXPECT_EQ(MustExtract("\xEF\xBB\xBF" + plain).text, expected);
  EXPECT_GE(MustExtract(html, DocumentFormat::kHtml).statements.size(), 4U);
}

TEST(InputFormats, OtherEncodingsAreConvertedOrRefused) {
  const std::string expected = "المحادثات في الرياض";
  const std::string iso = "\xC7\xE4\xE5\xCD\xC7\xCF\xCB\xC7\xCA \xE1\xEA \xC7\xE4\xD1\xEA\xC7\xD6";
  const std::string windows =
      "\xC7\xE1\xE3\xCD\xC7\xCF\xCB\xC7\xCA \xDD\xED \xC7\xE1\xD1\xED\xC7\xD6";
  EXPECT_EQ(MustExtract(iso).text, expected);
  EXPECT_EQ(MustExtract(windows).text, expected);
  EXPECT_FALSE(Extract("caf\xE9 talks", DocumentFormat::kPlainText, {}).ok());
}

// Sentences that a derived statement names as premises, by the derived graph.
std::set<std::string> PremisesOf(const Extraction& extraction, const Quad& derived) {
  std::set<std::string> out;
  for (const Quad& q : extraction.quads) {
    if (q.subject == derived.graph && q.predicate.value() == iri::kProvWasDerivedFrom) {
      out.insert(q.object.value().substr(q.object.value().rfind('-') + 1));
    }
  }
  return out;
}

const Quad* FindDerived(const Extraction& extraction, std::string_view label) {
  for (const ExtractedStatement& s : extraction.statements) {
    if (s.predicate.value() != SANAD_KG_NS "addresses") continue;
    if (s.object.label_ar != label && s.object.label_en != label) continue;
    for (const Quad& q : extraction.quads) {
      if (q.subject == s.subject.term && q.predicate == s.predicate && q.object == s.object.term &&
          q.graph.value().find("#derived-") != std::string::npos) {
        return &q;
      }
    }
  }
  return nullptr;
}

// The sentences of a mention's antecedents, from a sentence's mention of `entity`.
std::set<std::string> AntecedentSentences(const Extraction& extraction, const Term& entity) {
  std::set<std::string> out;
  std::map<std::string, std::string> sentence;
  for (const Quad& q : extraction.quads) {
    if (q.predicate.value() == iri::kInSentence) sentence[q.subject.value()] = q.object.value();
  }
  for (const Quad& q : extraction.quads) {
    if (q.predicate.value() != iri::kItsTaIdentRef || !(q.object == entity)) continue;
    for (const Quad& a : extraction.quads) {
      if (a.subject == q.subject && a.predicate.value() == iri::kAntecedent) {
        const std::string& s = sentence[a.object.value()];
        out.insert(s.substr(s.rfind('-') + 1));
      }
    }
  }
  return out;
}

TEST(Extraction, TheArticleShowsItsChainOfEvidence) {
  const char* shared = std::getenv("SANAD_SHARED");
  const std::filesystem::path folder = shared != nullptr ? shared : SANAD_SOURCE_DIR "/../shared";
  const std::filesystem::path article = folder / "documents/000_9c41e276d7bae207.txt";
  if (!std::filesystem::exists(article))
    GTEST_SKIP() << article << " is not there; set SANAD_SHARED";
  const Extraction extraction = MustExtract(ReadFile(article));
  const Quad* derived = nullptr;
  for (const ExtractedStatement& s : extraction.statements) {
    if (s.sentence == 13 && s.predicate.value() == SANAD_KG_NS "addresses" && derived == nullptr) {
      derived = FindDerived(extraction, s.object.label_ar);
    }
  }
  ASSERT_NE(derived, nullptr);
  EXPECT_EQ(PremisesOf(extraction, *derived), std::set<std::string>{"13"});
  const std::set<std::string> antecedents = AntecedentSentences(extraction, derived->subject);
  EXPECT_TRUE(antecedents.contains("12"));
  EXPECT_TRUE(antecedents.contains("11"));
}

// The same kind of story with other people, places and a port: the same rules.
TEST(Extraction, AnotherStoryOfTheSameKind) {
  const Extraction english = MustExtract(
      "Earlier talks, like those held in Montevideo on 9 July, played a key role in opening new "
      "lines of credit.\n"
      "That was the first session between Uruguay and Ghana, and it covered customs rules.\n"
      "Those meetings lasted more than six hours and resulted in a draft agreement on steps to "
      "settle tariff disputes, "
      "including Ghana's proposal for the northern ports.");
  const Quad* derived = FindDerived(english, "northern ports");
  ASSERT_NE(derived, nullptr);
  EXPECT_EQ(PremisesOf(english, *derived), std::set<std::string>{"2"});
  EXPECT_THAT(AntecedentSentences(english, derived->subject), testing::IsSupersetOf({"0", "1"}));
  const Extraction arabic = MustExtract(
      "كانت محادثات سابقة مثل تلك التي جرت في مونتيفيديو في 9 يوليو قد لعبت دوراً مهماً في فتح خطوط "
      "ائتمان.\n"
      "كانت تلك الجلسة الأولى بين أوروغواي وغانا لمناقشة قواعد الجمارك.\n"
      "استمرت تلك اللقاءات أكثر من ست ساعات، وأسفرت عن اتفاق مبدئي على خطوات لتسوية الخلافات "
      "التجارية، بما في ذلك "
      "اقتراح غانا لتوسيع الموانئ الشمالية.");
  derived = FindDerived(arabic, "الموانئ الشمالية");
  ASSERT_NE(derived, nullptr);
  EXPECT_EQ(PremisesOf(arabic, *derived), std::set<std::string>{"2"});
  EXPECT_THAT(AntecedentSentences(arabic, derived->subject), testing::IsSupersetOf({"0", "1"}));
}

TEST(Extraction, TraceTellsWhatFiredAndWhatDidNot) {
  ExtractOptions options;
  options.trace = true;
  const Extraction extraction = MustExtract("Norway and Chile held talks in Oslo on 4 May 2021.",
                                            DocumentFormat::kPlainText, options);
  EXPECT_THAT(extraction.trace, HasSubstr("sentence 0"));
  EXPECT_THAT(extraction.trace, HasSubstr("held-on-direct"));
  EXPECT_THAT(extraction.trace, HasSubstr(": fired"));
  EXPECT_THAT(extraction.trace, HasSubstr("does not hold"));
}

}  // namespace
}  // namespace sanad
