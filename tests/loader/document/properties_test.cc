// Properties that hold for every text and every order of loading.

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/loader.h>
#include <sanad/store.h>
#include "language/text.h"
#include "loader/document/document_loader.h"
#include "loader/document/extractor.h"
#include "loader/document/knowledge.h"
#include "loader/document/stored_lexicons.h"
#include "storage/model/vocabulary.h"
#include "tests/loader/document/sample_documents.h"
#include "tests/loader/sorted_dump.h"

namespace sanad {
namespace {

using document_test::Document;

std::vector<Document> Documents() {
  std::vector<Document> documents = document_test::SampleDocuments();
  // One meeting told in two languages, and a name in two scripts: these get links.
  documents.push_back({"http://example.org/oslo-en",
                       "Norway and Chile held talks in Oslo on 4 May 2021. Minister Sergei Rykov "
                       "attended the meeting."});
  documents.push_back({"http://example.org/oslo-ar",
                       "عقدت النرويج وتشيلي محادثات في أوسلو في 4 مايو 2021. وحضر الاجتماع الوزير "
                       "سيرجي ريكوف."});
  std::sort(documents.begin(), documents.end(),
            [](const Document& a, const Document& b) { return a.iri < b.iri; });
  return documents;
}

// Loads and forgets in an open store, several documents a transaction.
class Loading {
 public:
  Loading() { EXPECT_TRUE(loader_.Prepare().ok()); }

  void Load(Store& store, const std::vector<Document>& documents) {
    auto transaction = *store.Begin();
    for (const Document& d : documents) {
      const auto document = loader_.Extract(d.text, DocumentFormat::kPlainText, d.iri, "");
      ASSERT_TRUE(document.ok()) << document.status();
      EXPECT_TRUE(loader_.Store(*transaction, *document, report).ok());
    }
    EXPECT_TRUE(UpdateLinks(*transaction).ok());
    EXPECT_TRUE(loader_.Finish(*transaction, report).ok());
    EXPECT_TRUE(transaction->Commit().ok());
  }

  static void Forget(Store& store, const Document& document) {
    auto transaction = *store.Begin();
    const absl::Status status = ForgetDocument(*transaction, Term::Iri(document.iri));
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_TRUE(transaction->Commit().ok());
  }

  LoadReport report;

 private:
  DocumentLoader loader_;
};

// What two dumps do not share, at most a few lines of it.
std::string Difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> differences;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(),
                                std::back_inserter(differences));
  std::string out;
  for (size_t i = 0; i < differences.size() && i < 5; ++i) out += differences[i] + "\n";
  return out;
}

TEST(LoadAndForget, AnyOrderLessAnySubsetEqualsLoadingTheRest) {
  const std::vector<Document> documents = Documents();
  std::mt19937 random(20210504);
  Loading loading;
  for (int round = 0; round < 8; ++round) {
    SCOPED_TRACE(round);
    std::vector<Document> order = documents;
    std::shuffle(order.begin(), order.end(), random);
    auto all = *Store::OpenInMemory();
    for (size_t at = 0; at < order.size();) {
      const size_t count = std::min<size_t>(1 + random() % 3, order.size() - at);
      const auto first = order.begin() + static_cast<std::ptrdiff_t>(at);
      loading.Load(*all, {first, first + static_cast<std::ptrdiff_t>(count)});
      at += count;
    }
    // The last round forgets everything.
    const uint64_t kept_mask = round == 7 ? 0 : random();
    std::vector<Document> kept;
    for (size_t i = 0; i < order.size(); ++i) {
      if ((kept_mask >> i) & 1U) {
        kept.push_back(order[i]);
      } else {
        Loading::Forget(*all, order[i]);
      }
    }
    std::sort(kept.begin(), kept.end(),
              [](const Document& a, const Document& b) { return a.iri < b.iri; });
    auto rest = *Store::OpenInMemory();
    if (!kept.empty()) loading.Load(*rest, kept);
    EXPECT_EQ(Difference(DumpOf(*all), DumpOf(*rest)), "");
  }
}

TEST(LoadAndForget, LoadingAgainChangesNothing) {
  const std::vector<Document> documents = Documents();
  Loading loading;
  auto store = *Store::OpenInMemory();
  loading.Load(*store, documents);
  const std::vector<std::string> before = DumpOf(*store);
  loading.report = {};
  loading.Load(*store, documents);
  EXPECT_EQ(loading.report.documents_unchanged, documents.size());
  EXPECT_EQ(loading.report.quads_added + loading.report.quads_removed, 0U);
  EXPECT_EQ(loading.report.lexicon_quads_added, 0U);
  EXPECT_EQ(Difference(DumpOf(*store), before), "");
}

TEST(LoadAndForget, LexiconsThatCameByThemselvesStay) {
  Loading loading;
  const Document document = Documents().front();
  auto store = *Store::OpenInMemory();
  const std::vector<LexiconFile> own = *ReadLexiconFiles(
      std::vector<std::string>{SANAD_SOURCE_DIR "/datasets/vocabulary/classes.ttl"});
  {
    auto transaction = *store->Begin();
    ASSERT_TRUE(StoreLexicons(*transaction, own, LexiconOwner::kUser).ok());
    ASSERT_TRUE(transaction->Commit().ok());
  }
  const std::vector<std::string> before = DumpOf(*store);
  loading.Load(*store, {document});
  Loading::Forget(*store, document);
  EXPECT_EQ(Difference(DumpOf(*store), before), "");
}

// A text of pieces that make offsets differ by unit: other scripts, marks, controls,
// line ends, characters of four bytes.
std::string MixedText(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {
      "Norway and Chile held talks in Oslo on 4 May 2021. ",
      "عُقد الاجتماع في أوسلو يوم 4 مايو 2021. ",
      "التقى وزير الخارجية سامي الحداد نظيره البيروفي. ",
      "Minister Ana Silva said the meeting lasted two days. ",
      "𝒱 🕊 ",
      "\u200F\u200E",
      "\t\r\n",
      "e\u0301 ",
      "ـــ ",
      "؟! ",
      "«وبحسب» ",
      "The two sides discussed water and energy.\n",
      "وناقش الجانبان المياه والطاقة.\n",
      "No agreement was signed; “it” was postponed — again. "};
  std::string text;
  for (size_t i = 0; i < 24; ++i) text += kPieces[random() % kPieces.size()];
  return text;
}

uint64_t NumberOf(const Quad& quad) { return std::stoull(quad.object.value()); }

// Sentences and mentions, by their IRI: the numbers that the quads give them.
using Positions = std::map<std::string, std::map<std::string, uint64_t>>;

Positions PositionsOf(const Extraction& extraction) {
  static constexpr std::pair<std::string_view, const char*> kNumbers[] = {
      {iri::kNifBeginIndex, "begin"},
      {iri::kNifEndIndex, "end"},
      {SANAD_NS "beginByte", "begin byte"},
      {SANAD_NS "endByte", "end byte"}};
  Positions out;
  for (const Quad& quad : extraction.quads) {
    for (const auto& [predicate, name] : kNumbers) {
      if (quad.predicate.value() == predicate) out[quad.subject.value()][name] = NumberOf(quad);
    }
  }
  return out;
}

void CheckOffsets(const std::string& text) {
  const auto knowledge = *BuildKnowledge({}, {});
  const auto annotated = Annotate(*knowledge, text, DocumentFormat::kPlainText,
                                  "http://example.org/d", "2021-05-20", /*trace=*/false);
  ASSERT_TRUE(annotated.ok()) << annotated.status();
  const std::u32string letters = ToUtf32(annotated->text);
  const auto slice = [&](uint64_t begin, uint64_t end) {
    EXPECT_LE(begin, end);
    EXPECT_LE(end, letters.size());
    return ToUtf8(std::u32string_view(letters).substr(begin, end - begin));
  };
  for (const Atom& atom : annotated->atoms)
    EXPECT_EQ(slice(atom.begin, atom.end),
              annotated->text.substr(atom.begin_byte, atom.end_byte - atom.begin_byte));
  for (const Mention& m : annotated->mentions) {
    if (m.first >= m.end) continue;
    EXPECT_EQ(slice(annotated->atoms[m.first].begin, annotated->atoms[m.end - 1].end),
              annotated->TextOf(m.first, m.end));
    EXPECT_EQ(annotated->atoms[m.first].sentence, annotated->atoms[m.end - 1].sentence);
  }
  const auto extraction = ExtractWith(*knowledge, text, DocumentFormat::kPlainText,
                                      "http://example.org/d", "2021-05-20");
  ASSERT_TRUE(extraction.ok());
  const Positions positions = PositionsOf(*extraction);
  for (const auto& [name, numbers] : positions) {
    const std::string quoted = slice(numbers.at("begin"), numbers.at("end"));
    EXPECT_FALSE(quoted.empty()) << name;
    if (numbers.contains("begin byte")) {
      const uint64_t begin = numbers.at("begin byte");
      EXPECT_EQ(quoted, extraction->text.substr(begin, numbers.at("end byte") - begin)) << name;
    }
  }
  for (const ExtractedStatement& s : extraction->statements) {
    const auto& sentence =
        positions.at("http://example.org/d#sentence-" + std::to_string(s.sentence));
    EXPECT_EQ(s.begin, sentence.at("begin"));
    EXPECT_EQ(s.end, sentence.at("end"));
  }
}

TEST(Offsets, AlwaysSliceToTheQuotedText) {
  for (const Document& document : Documents()) CheckOffsets(document.text);
  std::mt19937 random(7);
  for (int round = 0; round < 60 && !testing::Test::HasFailure(); ++round) {
    const std::string text = MixedText(random);
    SCOPED_TRACE(text);
    CheckOffsets(text);
  }
}

}  // namespace
}  // namespace sanad
