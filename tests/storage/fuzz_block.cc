// Any bytes are a block of the quad index, or are refused; none leads outside
// them. Rows made of the bytes come back as they went in.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "storage/encoding/block_codec.h"
#include "storage/index/block_directory.h"

namespace {

using Row64 = std::array<uint64_t, 4>;

void Require(bool good) {
  if (!good) abort();
}

void ReadAsBlock(const uint8_t* data, size_t size) {
  sanad::BlockReader reader;
  if (!reader.Open({reinterpret_cast<const char*>(data), size})) return;
  std::vector<uint64_t> column(reader.rows());
  Row64 low{}, high{};
  for (size_t c = 0; c < 4; ++c) {
    reader.Decode(c, 0, reader.rows(), column.data());
    for (size_t row = 0; row < reader.rows(); row += 97) Require(reader.At(c, row) == column[row]);
    const size_t middle = reader.rows() / 2;
    reader.Decode(c, middle, reader.rows(), column.data());
    low[c] = column.front();
    high[c] = column[column.size() / 2];
  }
  Require(reader.LowerBound(low) <= reader.rows());
  const auto [first, last] = reader.Range(low, high);
  Require(first <= last && last <= reader.rows());
  reader.ChecksumMatches();
}

// Four numbers a row, each of as many bytes as the first byte says.
void RoundTrip(const uint8_t* data, size_t size) {
  if (size < 5) return;
  std::array<size_t, 4> widths;
  for (size_t c = 0; c < 4; ++c) widths[c] = data[c] % 9;
  size_t at = 4;
  std::vector<Row64> rows;
  const size_t width = widths[0] + widths[1] + widths[2] + widths[3];
  while (width > 0 && at + width <= size && rows.size() < sanad::kBlockRows) {
    Row64 row{};
    for (size_t c = 0; c < 4; ++c) {
      std::memcpy(&row[c], data + at, widths[c]);
      at += widths[c];
    }
    rows.push_back(row);
  }
  if (rows.empty()) return;
  std::sort(rows.begin(), rows.end());
  std::array<std::vector<uint64_t>, 4> columns;
  for (const Row64& row : rows) {
    for (size_t c = 0; c < 4; ++c) columns[c].push_back(row[c]);
  }
  const std::string bytes = sanad::EncodeBlock({columns[0], columns[1], columns[2], columns[3]});
  sanad::BlockReader reader;
  Require(reader.Open(bytes) && reader.ChecksumMatches() && reader.rows() == rows.size());
  std::vector<uint64_t> out(rows.size());
  for (size_t c = 0; c < 4; ++c) {
    reader.Decode(c, 0, rows.size(), out.data());
    Require(out == columns[c]);
  }
  const Row64& key = rows[data[0] % rows.size()];
  const auto first = std::lower_bound(rows.begin(), rows.end(), key) - rows.begin();
  Require(reader.LowerBound(key) == static_cast<size_t>(first));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ReadAsBlock(data, size);
  RoundTrip(data, size);
  std::vector<sanad::NodeInfo> nodes;
  if (sanad::DecodeNodes({reinterpret_cast<const char*>(data), size}, nodes)) {
    std::vector<sanad::NodeInfo> again;
    Require(sanad::DecodeNodes(sanad::EncodeNodes(nodes), again) && again.size() == nodes.size());
  }
  return 0;
}
