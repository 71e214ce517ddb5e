// The writers of solutions: whole texts of golden cases, and rows that go out
// before the last is computed.

#include <sanad/results.h>

#include <string>

#include <gtest/gtest.h>
#include "tests/query/golden.h"
#include "tests/query/golden_store.h"

namespace sanad {
namespace {

using query_test::GoldenCase;
using query_test::Message;
using query_test::Sections;

// Carriage returns made visible; the golden file's lines end in line feeds.
std::string Visible(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\r') {
      out += "\\r";
    } else {
      out += c;
    }
  }
  return out;
}

TEST(ResultsTest, Golden) {
  query_test::RunGolden("results.txt", [](const GoldenCase& golden) -> Sections {
    const auto store = query_test::StoreOf(golden.Section("data"));
    const auto query = Query::Parse(golden.Section("query"), query_test::GoldenPrefixes());
    EXPECT_TRUE(query.ok()) << Message(query.status());
    Sections sections;
    for (const auto& [name, format] :
         {std::pair<std::string, ResultFormat>{"json", ResultFormat::kJson},
          {"xml", ResultFormat::kXml},
          {"csv", ResultFormat::kCsv},
          {"tsv", ResultFormat::kTsv}}) {
      auto cursor = query->Execute(store->NewSnapshot(), {});
      std::string text;
      const absl::Status status = WriteResults(**cursor, format, [&](std::string_view bytes) {
        text += bytes;
        return absl::OkStatus();
      });
      if (!status.ok()) text += Message(status);
      sections.emplace_back(name, Visible(text));
    }
    return sections;
  });
}

// A cursor that counts the rows asked of it and fails after some.
class CountingCursor : public Cursor {
 public:
  explicit CountingCursor(int rows) : rows_(rows) {}
  QueryForm form() const override { return QueryForm::kSelect; }
  const std::vector<std::string>& variables() const override { return variables_; }
  bool Next() override {
    if (asked_ == rows_) {
      status_ = absl::DeadlineExceededError("late");
      return false;
    }
    ++asked_;
    return true;
  }
  const Term& value(size_t) const override { return value_; }
  bool ask_result() const override { return false; }
  const absl::Status& status() const override { return status_; }
  std::string Profile(PlanFormat) const override { return ""; }
  int asked() const { return asked_; }

 private:
  std::vector<std::string> variables_ = {"x"};
  Term value_ = Term::String("value");
  absl::Status status_;
  int rows_;
  int asked_ = 0;
};

TEST(ResultsTest, TheFirstRowGoesOutBeforeTheSecondIsAskedFor) {
  for (const ResultFormat format :
       {ResultFormat::kJson, ResultFormat::kXml, ResultFormat::kCsv, ResultFormat::kTsv}) {
    CountingCursor cursor(1000);
    int asked_at_first_bytes = -1;
    (void)WriteResults(cursor, format, [&](std::string_view bytes) {
      if (asked_at_first_bytes < 0 && bytes.find("value") != std::string_view::npos) {
        asked_at_first_bytes = cursor.asked();
      }
      return absl::OkStatus();
    });
    EXPECT_EQ(asked_at_first_bytes, 1);
  }
}

TEST(ResultsTest, ErrorsOfTheCursorAndOfTheSinkAreReturned) {
  CountingCursor cursor(3);
  std::string text;
  const absl::Status late = WriteResults(cursor, ResultFormat::kJson, [&](std::string_view bytes) {
    text += bytes;
    return absl::OkStatus();
  });
  EXPECT_EQ(late.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(text.find("]}}"), std::string::npos) << "a cut-off result must not look whole";

  CountingCursor other(1000);
  const absl::Status full = WriteResults(other, ResultFormat::kCsv, [](std::string_view) {
    return absl::ResourceExhaustedError("disk full");
  });
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_LE(other.asked(), 1);
}

}  // namespace
}  // namespace sanad
