#include "shell/table.h"

#include <algorithm>
#include <utility>

#include "shell/display.h"

namespace sanad::shell {
namespace {

constexpr std::string_view kGap = "   ";

std::string MarkdownCell(std::string_view cell) {
  std::string out;
  for (char c : cell) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

TableWriter::TableWriter(std::vector<std::string> headings, TableOptions options, ByteSink sink)
    : headings_(std::move(headings)), options_(std::move(options)), sink_(std::move(sink)) {
  for (std::string& heading : headings_) heading = EscapeForTerminal(heading);
}

absl::Status TableWriter::AddRow(std::vector<std::string> cells) {
  for (std::string& cell : cells) {
    cell = EscapeForTerminal(cell);
    if (options_.style == TableStyle::kMarkdown) cell = MarkdownCell(cell);
  }
  if (streaming_) return WriteLine(cells, false);
  held_.push_back(std::move(cells));
  return held_.size() < kMeasuredRows ? absl::OkStatus() : WriteHeld();
}

absl::Status TableWriter::Finish() { return streaming_ ? absl::OkStatus() : WriteHeld(); }

absl::Status TableWriter::WriteHeld() {
  streaming_ = true;
  for (const std::string& heading : headings_) widths_.push_back(DisplayWidth(heading));
  for (const auto& row : held_) {
    widths_.resize(std::max(widths_.size(), row.size()), 0);
    for (size_t i = 0; i < row.size(); ++i) {
      widths_[i] = std::max(widths_[i], DisplayWidth(row[i]));
    }
  }
  if (!headings_.empty()) {
    if (absl::Status status = WriteLine(headings_, true); !status.ok()) return status;
    if (options_.style == TableStyle::kMarkdown) {
      if (absl::Status status = WriteRule(); !status.ok()) return status;
    }
  }
  for (const auto& row : held_) {
    if (absl::Status status = WriteLine(row, false); !status.ok()) return status;
  }
  held_.clear();
  return absl::OkStatus();
}

absl::Status TableWriter::WriteLine(const std::vector<std::string>& cells, bool heading) {
  const bool markdown = options_.style == TableStyle::kMarkdown;
  std::string line = options_.indent;
  if (markdown) line += "| ";
  for (size_t i = 0; i < cells.size(); ++i) {
    const bool isolate = options_.isolate_right_to_left && HasRightToLeft(cells[i]);
    std::string text = isolate ? Isolated(cells[i]) : cells[i];
    if (heading && options_.bold_headings) text = "\033[1m" + text + "\033[0m";
    line += text;
    const bool last = i + 1 == cells.size();
    const size_t width = DisplayWidth(cells[i]);
    // No blanks at the end of a line, but for Markdown's own border.
    if ((!last || markdown) && i < widths_.size() && width < widths_[i]) {
      line.append(widths_[i] - width, ' ');
    }
    if (!last) line += markdown ? std::string_view(" | ") : kGap;
  }
  line += markdown ? " |\n" : "\n";
  return sink_(line);
}

absl::Status TableWriter::WriteRule() {
  std::string line = options_.indent + "|";
  for (size_t width : widths_) line += " " + std::string(std::max<size_t>(width, 3), '-') + " |";
  return sink_(line + "\n");
}

}  // namespace sanad::shell
