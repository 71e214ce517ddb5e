// Documents in batches: however they are batched and in whatever order they come, the
// store ends as after loading each by itself, and a load that ends early keeps whole
// batches with their links.

#include "loader/document_batches.h"

#include <algorithm>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sanad/loader.h>
#include "tests/loader/sorted_dump.h"

namespace sanad {
namespace {

struct Document {
  std::string iri, text;
};

constexpr const char* kCities[] = {"Oslo", "Lima", "Geneva", "Cairo"};

// One of many reports; those of one day and city tell of one meeting and are linked.
Document Report(size_t i, std::string_view more = "") {
  std::ostringstream text;
  text << "Norway and Chile held talks in " << kCities[i % 4] << " on " << 1 + i % 7
       << " May 2021. Minister Sergei Rykov attended the meeting. " << more;
  return {"http://example.org/report-" + std::to_string(i), text.str()};
}

std::vector<std::string> ProblemsOf(const Store& store) {
  const absl::StatusOr<ValidationReport> report = store.Validate();
  if (!report.ok()) return {report.status().ToString()};
  return report->problems;
}

// Small enough that a few documents make bulk loads of several sizes.
constexpr BatchSizes kTiny = {.documents = 3, .least_quads = 200, .most_quads = 700, .small = 0};

class DocumentBatchesTest : public testing::Test {
 protected:
  DocumentBatchesTest() { EXPECT_TRUE(loader_.Prepare().ok()); }

  ExtractedDocument Extracted(const Document& document) {
    auto extracted = loader_.Extract(document.text, DocumentFormat::kPlainText, document.iri, "");
    EXPECT_TRUE(extracted.ok()) << extracted.status();
    return *std::move(extracted);
  }

  LoadReport Load(Store& store, const std::vector<Document>& documents, BatchSizes sizes) {
    LoadReport report;
    const LoadOptions options;
    DocumentBatches batches(store, loader_, options, report, sizes);
    for (const Document& document : documents) {
      const absl::Status status = batches.Add(Extracted(document));
      EXPECT_TRUE(status.ok()) << status;
    }
    EXPECT_TRUE(batches.Finish().ok());
    EXPECT_EQ(batches.committed(), documents.size());
    return report;
  }

  DocumentLoader loader_;
};

TEST_F(DocumentBatchesTest, BatchesGiveWhatOneTransactionEachGives) {
  std::mt19937 random(20240503);
  std::vector<Document> documents;
  for (size_t i = 0; i < 30; ++i) documents.push_back(Report(i));
  auto one_by_one = *Store::OpenInMemory();
  for (const Document& document : documents) Load(*one_by_one, {document}, {});
  const std::vector<std::string> expected = DumpOf(*one_by_one);
  for (int round = 0; round < 3; ++round) {
    SCOPED_TRACE(round);
    std::shuffle(documents.begin(), documents.end(), random);
    auto batched = *Store::OpenInMemory();
    const LoadReport report = Load(*batched, documents, kTiny);
    EXPECT_EQ(report.documents_added, documents.size());
    EXPECT_EQ(report.quads_added + report.lexicon_quads_added, batched->NewSnapshot().quad_count());
    EXPECT_EQ(DumpOf(*batched), expected);
    EXPECT_EQ(ProblemsOf(*batched), std::vector<std::string>());
    EXPECT_EQ(Load(*batched, documents, kTiny).documents_unchanged, documents.size());
    EXPECT_EQ(DumpOf(*batched), expected);
  }
}

TEST_F(DocumentBatchesTest, WhatIsLoadedOrComesTwiceIsReplaced) {
  std::mt19937 random(7);
  auto batched = *Store::OpenInMemory(), one_by_one = *Store::OpenInMemory();
  for (int round = 0; round < 6; ++round) {
    SCOPED_TRACE(round);
    std::vector<Document> documents;
    for (size_t i = 0; i < 20; ++i) {
      const std::string more = "Peru joined on " + std::to_string(1 + random() % 28) + " June.";
      documents.push_back(Report(random() % 60, random() % 2 == 0 ? more : ""));
    }
    LoadReport expected;
    for (const Document& document : documents) {
      const LoadReport one = Load(*one_by_one, {document}, {});
      expected.documents_added += one.documents_added;
      expected.documents_replaced += one.documents_replaced;
    }
    const LoadReport report = Load(*batched, documents, kTiny);
    EXPECT_EQ(report.documents_added, expected.documents_added);
    EXPECT_EQ(report.documents_replaced, expected.documents_replaced);
    EXPECT_EQ(DumpOf(*batched), DumpOf(*one_by_one));
    EXPECT_EQ(ProblemsOf(*batched), std::vector<std::string>());
  }
}

TEST_F(DocumentBatchesTest, ACancelledLoadKeepsWholeBatchesWithTheirLinks) {
  for (const size_t cancelled_at : {2, 4, 11, 19}) {
    SCOPED_TRACE(cancelled_at);
    auto store = *Store::OpenInMemory(), rest = *Store::OpenInMemory();
    LoadReport report;
    LoadOptions options;
    DocumentBatches batches(*store, loader_, options, report, kTiny);
    absl::Status status;
    size_t i = 0;
    for (; status.ok(); ++i) {
      if (i == cancelled_at) options.cancel.Cancel();
      status = batches.Add(Extracted(Report(i)));
    }
    EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
    EXPECT_EQ(i, cancelled_at + 1);
    EXPECT_TRUE(batches.Abandon().ok());
    EXPECT_LE(batches.committed(), cancelled_at);
    EXPECT_EQ(batches.committed() > 0, cancelled_at > kTiny.documents);
    std::vector<Document> kept;
    for (size_t k = 0; k < batches.committed(); ++k) kept.push_back(Report(k));
    if (!kept.empty()) Load(*rest, kept, {});
    EXPECT_EQ(DumpOf(*store), DumpOf(*rest));
    // The writer slot is free again.
    EXPECT_TRUE(store->Begin(absl::Now()).ok());
  }
}

TEST_F(DocumentBatchesTest, BulkLoadsGrowWithWhatTheLoadBrought) {
  auto store = *Store::OpenInMemory();
  LoadReport report;
  LoadOptions options;
  std::vector<uint64_t> loads;  // Quads of each, the first and last are transactions.
  options.progress = [&](const LoadProgress& progress) {
    if (progress.stage == "commit") loads.push_back(progress.items_done);
  };
  DocumentBatches batches(*store, loader_, options, report, kTiny);
  uint64_t largest = 0;  // A load ends with the document that fills it.
  for (size_t i = 0; i < 60; ++i) {
    ExtractedDocument document = Extracted(Report(i));
    largest = std::max<uint64_t>(largest, document.quads.size());
    ASSERT_TRUE(batches.Add(std::move(document)).ok());
  }
  ASSERT_TRUE(batches.Finish().ok());
  ASSERT_GT(loads.size(), 4u);
  uint64_t brought = loads[0];
  for (size_t i = 1; i + 2 < loads.size(); ++i) {
    const uint64_t most = std::clamp(brought, kTiny.least_quads, kTiny.most_quads);
    EXPECT_GE(loads[i], most);
    EXPECT_LT(loads[i], most + largest);
    brought += loads[i];
  }
  EXPECT_GE(loads[loads.size() - 3], kTiny.most_quads);
}

TEST_F(DocumentBatchesTest, BulkLoadsOnDiskAreThereWhenTheStoreIsOpenedAgain) {
  const std::string path = testing::TempDir() + "/document_batches_test";
  std::filesystem::remove_all(path);
  std::vector<Document> documents;
  for (size_t i = 0; i < 12; ++i) documents.push_back(Report(i));
  auto expected = *Store::OpenInMemory();
  Load(*expected, documents, {});
  {
    auto store = *Store::Open(path);
    Load(*store, documents, kTiny);
    EXPECT_TRUE(store->Close().ok());
  }
  auto store = *Store::Open(path);
  EXPECT_EQ(DumpOf(*store), DumpOf(*expected));
  EXPECT_EQ(ProblemsOf(*store), std::vector<std::string>());
  EXPECT_TRUE(store->Close().ok());
  std::filesystem::remove_all(path);
}

}  // namespace
}  // namespace sanad
