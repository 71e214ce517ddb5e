// Documents in a store: replaced exactly, linked, listed, absent when broken. What
// holds for every order of loading and forgetting is in properties_test.cc.

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/store.h>
#include "loader/document/document_loader.h"
#include "loader/document/store_reader.h"
#include "storage/model/vocabulary.h"
#include "tests/loader/document/sample_documents.h"

namespace sanad {
namespace {

using document_test::Document;
using document_test::SampleDocuments;

class DocumentLoaderTest : public testing::Test {
 protected:
  DocumentLoaderTest() { EXPECT_TRUE(loader_.Prepare().ok()); }

  static std::unique_ptr<Store> NewStore() { return *Store::OpenInMemory(); }

  ExtractedDocument Extracted(const Document& sample) {
    auto document = loader_.Extract(sample.text, DocumentFormat::kPlainText, sample.iri, "");
    EXPECT_TRUE(document.ok()) << document.status();
    return *std::move(document);
  }

  LoadReport Load(Store& store, const std::vector<Document>& samples) {
    LoadReport report;
    auto transaction = *store.Begin();
    for (const Document& s : samples) {
      EXPECT_TRUE(loader_.Store(*transaction, Extracted(s), report).ok());
    }
    EXPECT_TRUE(UpdateLinks(*transaction).ok());
    EXPECT_TRUE(loader_.Finish(*transaction, report).ok());
    EXPECT_TRUE(transaction->Commit().ok());
    return report;
  }

  // Everything but the lexicons, as sorted lines.
  static std::set<std::string> Content(const Store& store) {
    std::set<std::string> out;
    const Snapshot snapshot = store.NewSnapshot();
    const auto quads = ReadQuads(snapshot.source(), Term(), Term(), Term(), Term());
    EXPECT_TRUE(quads.ok()) << quads.status();
    for (const Quad& q : *quads) {
      if (q.graph.value().rfind(iri::kLexiconGraphPrefix, 0) == 0) continue;
      out.insert(q.subject.ToString() + " " + q.predicate.ToString() + " " + q.object.ToString() +
                 " " + q.graph.ToString());
    }
    return out;
  }

  DocumentLoader loader_;
};

TEST_F(DocumentLoaderTest, LoadingAgainChangesNothingAndAChangeReplacesExactly) {
  auto store = NewStore();
  const std::vector<Document> samples = SampleDocuments();
  EXPECT_EQ(Load(*store, samples).documents_added, samples.size());
  const std::set<std::string> before = Content(*store);
  EXPECT_EQ(Load(*store, samples).documents_unchanged, samples.size());
  EXPECT_EQ(Content(*store), before);
  Document changed = samples[0];
  changed.text = "Norway and Chile held talks in Oslo on 4 May 2021.";
  EXPECT_EQ(Load(*store, {changed}).documents_replaced, 1U);
  auto fresh = NewStore();
  std::vector<Document> others(samples.begin() + 1, samples.end());
  others.push_back(changed);
  Load(*fresh, others);
  EXPECT_EQ(Content(*store), Content(*fresh));
}

TEST_F(DocumentLoaderTest, TwoReportsOnOneMeetingAreLinkedAndAnUnknownYearIsNot) {
  auto store = NewStore();
  Load(*store, {{"http://example.org/a", "Norway and Chile held talks in Oslo on 4 May 2021."},
                {"http://example.org/b", "عقدت النرويج وتشيلي محادثات في أوسلو في 4 مايو 2021."},
                {"http://example.org/c", "Norway and Chile held talks in Oslo on 4 May."},
                {"http://example.org/d", "Norway and Peru held talks in Oslo on 4 May 2021."}});
  const Snapshot snapshot = store->NewSnapshot();
  const auto links = ReadQuads(snapshot.source(), Term(), Term::Iri(iri::kSameEvent), Term(),
                               Term::Iri(iri::kLinksGraph));
  ASSERT_TRUE(links.ok());
  ASSERT_EQ(links->size(), 1U);
  EXPECT_EQ((*links)[0].subject.value().substr(0, 20), "http://example.org/a");
  EXPECT_EQ((*links)[0].object.value().substr(0, 20), "http://example.org/b");
}

TEST_F(DocumentLoaderTest, ListsDocumentsAndRefusesToForgetAStranger) {
  auto store = NewStore();
  Load(*store, SampleDocuments());
  const Snapshot snapshot = store->NewSnapshot();
  const auto documents = ListDocuments(snapshot.source());
  ASSERT_TRUE(documents.ok());
  EXPECT_EQ(documents->size(), SampleDocuments().size());
  for (const DocumentInfo& d : *documents) {
    EXPECT_GT(d.sentences, 4U);
    EXPECT_GT(d.statements, 10U);
    EXPECT_FALSE(d.date.empty());
  }
  auto transaction = *store->Begin();
  EXPECT_EQ(ForgetDocument(*transaction, Term::Iri("http://example.org/none")).code(),
            absl::StatusCode::kNotFound);
}

TEST_F(DocumentLoaderTest, AnAbandonedTransactionLeavesNothingToFinish) {
  auto store = NewStore();
  {
    LoadReport abandoned;
    auto transaction = *store->Begin();
    EXPECT_TRUE(loader_.Store(*transaction, Extracted(SampleDocuments()[0]), abandoned).ok());
  }
  LoadReport report;
  auto transaction = *store->Begin();
  EXPECT_TRUE(loader_.Finish(*transaction, report).ok());
  EXPECT_EQ(transaction->added_count(), 0U);
  EXPECT_EQ(report.lexicon_quads_added, 0U);
}

TEST_F(DocumentLoaderTest, SuggestsQuestionsInTheLanguageOfTheText) {
  auto store = NewStore();
  const auto suggested = [&](std::string_view text) {
    return Load(*store, {{"http://example.org/q", std::string(text)}}).example_questions;
  };
  EXPECT_EQ(suggested("Norway and Chile held talks in Oslo on 4 May 2021."),
            std::vector<std::string>{"Which meetings were held in Oslo?"});
  EXPECT_EQ(suggested("عقدت النرويج وتشيلي محادثات في أوسلو في 4 مايو 2021."),
            std::vector<std::string>{"أي الاجتماعات عُقدت في أوسلو؟"});
}

TEST_F(DocumentLoaderTest, ABrokenDocumentIsRefused) {
  const auto document =
      loader_.Extract("talks \xFF", DocumentFormat::kPlainText, "http://example.org/x", "");
  EXPECT_EQ(document.status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace sanad
