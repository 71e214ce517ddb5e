#include "shell/table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sanad::shell {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string Rendered(const std::vector<std::string>& headings, const Rows& rows,
                     const TableOptions& options = {}) {
  std::string out;
  TableWriter table(headings, options, [&](std::string_view text) {
    out += text;
    return absl::OkStatus();
  });
  for (const auto& row : rows) EXPECT_TRUE(table.AddRow(row).ok());
  EXPECT_TRUE(table.Finish().ok());
  return out;
}

TEST(TableWriter, LinesUpByDisplayWidth) {
  EXPECT_EQ(Rendered({"meeting", "place"},
                     {{"Riyadh talks", "Riyadh"}, {"عُقِدَتْ", "جنيف"}, {"会談", "Geneva"}}),
            "meeting        place\n"
            "Riyadh talks   Riyadh\n"
            "عُقِدَتْ           جنيف\n"
            "会談           Geneva\n");
}

TEST(TableWriter, IsolatesRightToLeftCellsWhereAsked) {
  TableOptions options;
  options.isolate_right_to_left = true;
  EXPECT_EQ(Rendered({"a", "b"}, {{"قمة", "x"}}, options), "a     b\n\u2068قمة\u2069   x\n");
}

TEST(TableWriter, EscapesWhatATerminalObeys) {
  EXPECT_EQ(Rendered({"a"}, {{"\033[2J\n"}}), "a\n\\x1B[2J\\n\n");
}

TEST(TableWriter, WritesMarkdown) {
  TableOptions options;
  options.style = TableStyle::kMarkdown;
  EXPECT_EQ(Rendered({"a", "name"}, {{"1", "x|y"}, {"22", "z"}}, options),
            "| a  | name |\n"
            "| --- | ---- |\n"
            "| 1  | x\\|y |\n"
            "| 22 | z    |\n");
}

TEST(TableWriter, ShowsHeadingsOfAnEmptyTable) { EXPECT_EQ(Rendered({"a", "b"}, {}), "a   b\n"); }

TEST(TableWriter, StreamsRowsPastTheMeasuredOnes) {
  size_t lines = 0;
  TableWriter table({"n"}, {}, [&](std::string_view) {
    ++lines;
    return absl::OkStatus();
  });
  for (size_t i = 0; i + 1 < TableWriter::kMeasuredRows; ++i) {
    ASSERT_TRUE(table.AddRow({"1"}).ok());
  }
  EXPECT_EQ(lines, 0u);
  ASSERT_TRUE(table.AddRow({"1"}).ok());
  EXPECT_EQ(lines, TableWriter::kMeasuredRows + 1);
  ASSERT_TRUE(table.AddRow({"a cell wider than all before"}).ok());
  EXPECT_EQ(lines, TableWriter::kMeasuredRows + 2);
}

TEST(TableWriter, HandsOnTheErrorOfItsSink) {
  TableWriter table({"a"}, {}, [](std::string_view) { return absl::CancelledError("closed"); });
  ASSERT_TRUE(table.AddRow({"1"}).ok());
  EXPECT_TRUE(absl::IsCancelled(table.Finish()));
}

}  // namespace
}  // namespace sanad::shell
