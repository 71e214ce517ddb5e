// Tables of text for people: columns as wide as their cells need, by display
// width; or Markdown.

#ifndef SANAD_SHELL_TABLE_H_
#define SANAD_SHELL_TABLE_H_

#include <string>
#include <vector>

#include <absl/status/status.h>
#include <sanad/results.h>

namespace sanad::shell {

enum class TableStyle { kPlain, kMarkdown };

struct TableOptions {
  TableStyle style = TableStyle::kPlain;
  bool bold_headings = false;
  // Wrap right-to-left cells in directional isolates; for terminals only.
  bool isolate_right_to_left = false;
  std::string indent;
};

// Streams rows: the widths are those of the first kMeasuredRows rows, so that
// memory is bounded; later cells that are wider push their row out.
// Single-threaded.
class TableWriter {
 public:
  static constexpr size_t kMeasuredRows = 1000;

  // `headings` may be empty: then no heading line is written.
  TableWriter(std::vector<std::string> headings, TableOptions options, ByteSink sink);
  // `cells` is parallel to the headings. Control characters are escaped here.
  absl::Status AddRow(std::vector<std::string> cells);
  // Writes what is held back. Must be called once, last.
  absl::Status Finish();

 private:
  absl::Status WriteHeld();
  absl::Status WriteLine(const std::vector<std::string>& cells, bool heading);
  absl::Status WriteRule();

  std::vector<std::string> headings_;
  TableOptions options_;
  ByteSink sink_;
  std::vector<std::vector<std::string>> held_;
  std::vector<size_t> widths_;
  bool streaming_ = false;
};

}  // namespace sanad::shell

#endif  // SANAD_SHELL_TABLE_H_
