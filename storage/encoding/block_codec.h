// Columnar, bit-packed blocks of up to 2,048 sorted rows of four ids.
//
//   block:   version (1) · 0 (1) · rows (2) · end of each column (4 × 4) ·
//            columns · XXH3 of all before, low 32 bits (4)
//   column:  00 · value (8)                                all rows alike, or
//            01 · bytes a base (1) · low bits (1) · 0 (1) · table size (2) ·
//            least base (8) · table (8 each) ·
//            a byte for each mini-block · its base less the least (bytes a base)
//            · packed mini-blocks
//   mini-block: 128 rows (the last one padded), as its byte says, whose low six
//            bits are the width w (61 stands for 64):
//            00 frame    value = base + w bits
//            01 delta    value = value before + w bits, the first is the base
//            10 table    value = table[w bits >> low bits] + low bits of them
//
// All integers are little-endian. The table holds the few high parts that ids of
// several kinds have in one column, so that a mixed column packs as tightly as
// one of a kind.

#ifndef SANAD_STORAGE_ENCODING_BLOCK_CODEC_H_
#define SANAD_STORAGE_ENCODING_BLOCK_CODEC_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "storage/encoding/bit_packing.h"

namespace sanad {

inline constexpr size_t kBlockRows = 2048;
inline constexpr size_t kMiniRows = kPackedValues;
inline constexpr size_t kMinis = kBlockRows / kMiniRows;

// Encodes columns of equal length, 1 to kBlockRows.
std::string EncodeBlock(const std::array<std::span<const uint64_t>, 4>& columns);

// Reads an encoded block. The bytes must outlive it.
// Thread-compatible.
class BlockReader {
 public:
  BlockReader() = default;
  // False when the bytes are no block; no later call reads outside them.
  bool Open(std::string_view bytes);
  bool open() const { return rows_ > 0; }
  size_t rows() const { return rows_; }

  // Decodes rows [begin, end) of a column.
  void Decode(size_t column, size_t begin, size_t end, uint64_t* out) const;
  uint64_t At(size_t column, size_t row) const;
  // The first row of [begin, end) whose value is not below `value`, where the
  // column does not fall inside [begin, end).
  size_t LowerBound(size_t column, size_t begin, size_t end, uint64_t value) const;
  // The first row not below `key`, compared by columns from the left.
  size_t LowerBound(const std::array<uint64_t, 4>& key) const;
  // The rows in [low, high], both inclusive, compared by columns from the left,
  // as [first, last).
  std::pair<size_t, size_t> Range(const std::array<uint64_t, 4>& low,
                                  const std::array<uint64_t, 4>& high) const;

  // Compares the stored checksum.
  bool ChecksumMatches() const;

 private:
  struct Column {
    bool constant = false;
    uint64_t value = 0;  // Of a constant column; the least base otherwise.
    uint8_t base_bytes = 0;
    uint8_t low_bits = 0;
    uint16_t table_size = 0;
    const uint8_t* table = nullptr;
    const uint8_t* modes = nullptr;
    const uint8_t* bases = nullptr;
    const uint8_t* packed = nullptr;
    std::array<uint16_t, kMinis> offsets{};  // Of each mini-block, in 16 bytes.
  };

  // LowerBound, and the first row above a key, by the columns from `column` on,
  // among rows that agree in those before it.
  size_t LowerBound(const std::array<uint64_t, 4>& key, size_t column, size_t begin,
                    size_t end) const;
  size_t UpperBound(const std::array<uint64_t, 4>& key, size_t column, size_t begin,
                    size_t end) const;
  // The rows of [begin, end) that hold `value`, as [first, last); both are the
  // lower bound where none does.
  std::pair<size_t, size_t> EqualRange(size_t column, size_t begin, size_t end,
                                       uint64_t value) const;
  // The mini-block of [begin, end) in which the first row not below `value` lies,
  // or behind which it comes. REQUIRES: begin < end; the column is not constant.
  size_t MiniOf(size_t column, size_t begin, size_t end, uint64_t value) const;
  const uint8_t* PackedOf(const Column& column, size_t mini) const {
    return column.packed + size_t{16} * column.offsets[mini];
  }
  bool OpenColumn(std::string_view bytes, Column& column) const;
  uint64_t BaseOf(const Column& column, size_t mini) const;
  uint64_t FromTable(const Column& column, uint64_t code) const;
  void DecodeMini(const Column& column, size_t mini, uint64_t* out) const;

  std::string_view bytes_;
  size_t rows_ = 0;
  std::array<Column, 4> columns_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_ENCODING_BLOCK_CODEC_H_
