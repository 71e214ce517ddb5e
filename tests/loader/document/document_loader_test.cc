// Documents in a store: replaced exactly, linked, listed, absent when broken. What
// holds for every order of loading and forgetting is in properties_test.cc.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/store.h>
#include "loader/document/document_loader.h"
#include "loader/document/store_reader.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

struct Sample {
  std::string iri, text;
};

std::vector<Sample> Samples() {
  std::vector<Sample> samples;
  for (const auto& entry :
       std::filesystem::directory_iterator(SANAD_SOURCE_DIR "/datasets/documents")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    samples.push_back({"http://example.org/" + entry.path().stem().string(), text.str()});
  }
  std::sort(samples.begin(), samples.end(),
            [](const Sample& a, const Sample& b) { return a.iri < b.iri; });
  return samples;
}

class DocumentLoaderTest : public testing::Test {
 protected:
  DocumentLoaderTest() { EXPECT_TRUE(loader_.Prepare().ok()); }

  static std::unique_ptr<Store> NewStore() { return *Store::OpenInMemory(); }

  LoadReport Load(Store& store, const std::vector<Sample>& samples) {
    LoadReport report;
    auto transaction = *store.Begin();
    for (const Sample& s : samples) {
      const absl::Status status =
          loader_.Load(*transaction, s.text, DocumentFormat::kPlainText, s.iri, "", report);
      EXPECT_TRUE(status.ok()) << status;
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
  const std::vector<Sample> samples = Samples();
  EXPECT_EQ(Load(*store, samples).documents_added, samples.size());
  const std::set<std::string> before = Content(*store);
  EXPECT_EQ(Load(*store, samples).documents_unchanged, samples.size());
  EXPECT_EQ(Content(*store), before);
  Sample changed = samples[0];
  changed.text = "Norway and Chile held talks in Oslo on 4 May 2021.";
  EXPECT_EQ(Load(*store, {changed}).documents_replaced, 1U);
  auto fresh = NewStore();
  std::vector<Sample> others(samples.begin() + 1, samples.end());
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
  Load(*store, Samples());
  const Snapshot snapshot = store->NewSnapshot();
  const auto documents = ListDocuments(snapshot.source());
  ASSERT_TRUE(documents.ok());
  EXPECT_EQ(documents->size(), Samples().size());
  for (const DocumentInfo& d : *documents) {
    EXPECT_GT(d.sentences, 4U);
    EXPECT_GT(d.statements, 10U);
    EXPECT_FALSE(d.date.empty());
  }
  auto transaction = *store->Begin();
  EXPECT_EQ(ForgetDocument(*transaction, Term::Iri("http://example.org/none")).code(),
            absl::StatusCode::kNotFound);
}

TEST_F(DocumentLoaderTest, NothingOfABrokenDocumentIsWritten) {
  auto store = NewStore();
  LoadReport report;
  auto transaction = *store->Begin();
  EXPECT_FALSE(loader_
                   .Load(*transaction, "talks \xFF", DocumentFormat::kPlainText,
                         "http://example.org/x", "", report)
                   .ok());
  EXPECT_EQ(transaction->added_count(), 0U);
}

}  // namespace
}  // namespace sanad
