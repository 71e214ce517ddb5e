// Blocks: every column shape comes back as it went in, searches agree with
// plain ones, and damaged bytes never lead outside the block.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

#include "storage/encoding/block_codec.h"
#include "storage/encoding/term_text.h"
#include "storage/encoding/unpack_x86.h"
#include "storage/encoding/varint.h"
#include "storage/index/block_directory.h"
#include "storage/index/delta.h"

namespace sanad {
namespace {

using Columns = std::array<std::vector<uint64_t>, 4>;

std::string Encode(const Columns& columns) {
  return EncodeBlock({columns[0], columns[1], columns[2], columns[3]});
}

// Sorted rows of a shape: how many values a column has, how far apart, of how
// many kinds.
Columns RandomColumns(std::mt19937_64& random, size_t rows) {
  std::vector<std::array<uint64_t, 4>> sorted(rows);
  std::array<uint64_t, 4> spread;
  for (uint64_t& s : spread) s = uint64_t{1} << (random() % 50);
  const bool kinds = random() % 2 == 0;
  for (auto& row : sorted) {
    for (size_t c = 0; c < 4; ++c) {
      row[c] = random() % spread[c] + (kinds ? (random() % 5) << 60 | (random() % 3) << 48 : 0);
    }
    if (random() % 100 == 0) row[random() % 4] = ~uint64_t{0};
  }
  std::sort(sorted.begin(), sorted.end());
  Columns columns;
  for (const auto& row : sorted) {
    for (size_t c = 0; c < 4; ++c) columns[c].push_back(row[c]);
  }
  return columns;
}

TEST(BitPackingTest, EveryWidthComesBack) {
  std::mt19937_64 random(1);
  for (int width = 0; width <= 64; ++width) {
    std::vector<uint64_t> values(kPackedValues);
    for (uint64_t& v : values) {
      v = width == 0 ? 0 : random() >> (64 - width);
    }
    std::vector<uint8_t> bytes(PackedBytes(width) + 1, 0xAB);
    Pack128(values.data(), width, bytes.data());
    EXPECT_EQ(bytes.back(), 0xAB);
    std::vector<uint64_t> out(kPackedValues);
    Unpack128(bytes.data(), width, 7, out.data());
    for (size_t i = 0; i < kPackedValues; ++i) {
      EXPECT_EQ(out[i], values[i] + 7) << width;
      EXPECT_EQ(UnpackOne(bytes.data(), width, i), values[i]) << width;
    }
  }
}

// In an array of the exact size, so that sanitizers see any step outside.
TEST(BitPackingTest, EveryKernelUnpacksAlike) {
  std::mt19937_64 random(6);
  for (const UnpackKernel& kernel : X86UnpackKernels()) {
    SCOPED_TRACE(kernel.name);
    for (int width = 0; width <= kernel.widest; ++width) {
      std::vector<uint64_t> values(kPackedValues), expected(kPackedValues), out(kPackedValues);
      for (uint64_t& v : values) v = width == 0 ? 0 : random() >> (64 - width);
      const auto bytes = std::make_unique<uint8_t[]>(PackedBytes(width));
      Pack128(values.data(), width, bytes.get());
      const uint64_t base = random();
      Unpack128Portable(bytes.get(), width, base, expected.data());
      kernel.unpack(bytes.get(), width, base, out.data());
      EXPECT_EQ(out, expected) << "width " << width;
    }
  }
}

TEST(BlockCodecTest, RowsComeBackAndSearchesAgree) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 200; ++round) {
    const size_t rows = 1 + random() % (round % 4 == 0 ? kBlockRows : 300);
    const Columns columns = RandomColumns(random, rows);
    const std::string bytes = Encode(columns);
    BlockReader reader;
    ASSERT_TRUE(reader.Open(bytes));
    ASSERT_TRUE(reader.ChecksumMatches());
    ASSERT_EQ(reader.rows(), rows);
    for (size_t c = 0; c < 4; ++c) {
      const size_t begin = random() % rows, end = begin + random() % (rows - begin + 1);
      std::vector<uint64_t> out(end - begin);
      reader.Decode(c, begin, end, out.data());
      EXPECT_TRUE(
          std::equal(out.begin(), out.end(), columns[c].begin() + static_cast<ptrdiff_t>(begin)));
      const size_t row = random() % rows;
      EXPECT_EQ(reader.At(c, row), columns[c][row]);
    }
    for (int probe = 0; probe < 20; ++probe) {
      const size_t row = random() % rows;
      std::array<uint64_t, 4> key = {columns[0][row], columns[1][row], columns[2][row],
                                     columns[3][row]};
      if (probe % 2 == 0) key[random() % 4] += random() % 3 - 1;
      if (probe % 5 == 0) key[3] = ~uint64_t{0};
      size_t expected = 0;
      while (expected < rows &&
             std::array<uint64_t, 4>{columns[0][expected], columns[1][expected],
                                     columns[2][expected], columns[3][expected]} < key) {
        ++expected;
      }
      EXPECT_EQ(reader.LowerBound(key), expected);
      // A range from this key on, of one to all free columns.
      std::array<uint64_t, 4> low = key, high = key;
      for (size_t c = random() % 5; c < 4; ++c) {
        low[c] = c == 0 || random() % 2 == 0 ? low[c] : 0;
        high[c] = random() % 2 == 0 ? ~uint64_t{0} : high[c] + random() % 4;
      }
      if (high < low) std::swap(low, high);
      size_t first = 0, last = 0;
      for (size_t i = 0; i < rows; ++i) {
        const std::array<uint64_t, 4> at = {columns[0][i], columns[1][i], columns[2][i],
                                            columns[3][i]};
        first += at < low;
        last += at <= high;
      }
      const auto range = reader.Range(low, high);
      EXPECT_EQ(range.second - range.first, last - first);
      if (first < last) {
        EXPECT_EQ(range.first, first);
      }
    }
  }
}

TEST(BlockCodecTest, KindsInOneColumnPackTightly) {
  // Ids of three kinds whose positions take 17 bits.
  std::mt19937_64 random(3);
  Columns columns;
  for (size_t i = 0; i < kBlockRows; ++i) {
    columns[0].push_back(42);
    columns[1].push_back(i);
    columns[2].push_back((2 + random() % 3) << 60 | random() % (1 << 17));
    columns[3].push_back(1);
  }
  EXPECT_LT(Encode(columns).size(), kBlockRows * 3);
}

TEST(BlockCodecTest, DamagedBytesStayInside) {
  std::mt19937_64 random(4);
  std::vector<uint64_t> out(kBlockRows);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = Encode(RandomColumns(random, 1 + random() % 400));
    for (int flips = 1 + static_cast<int>(random() % 4); flips > 0; --flips) {
      const size_t limit = random() % 2 == 0 ? std::min<size_t>(bytes.size(), 80) : bytes.size();
      bytes[random() % limit] = static_cast<char>(random());
    }
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    // A copy of the exact size, so that sanitizers see any step outside.
    const std::vector<char> exact(bytes.begin(), bytes.end());
    BlockReader reader;
    if (!reader.Open({exact.data(), exact.size()})) continue;
    for (size_t c = 0; c < 4; ++c) {
      reader.Decode(c, 0, reader.rows(), out.data());
      reader.At(c, reader.rows() - 1);
    }
    EXPECT_LE(reader.LowerBound({random(), random(), random(), random()}), reader.rows());
    const uint64_t first = random();
    const auto range = reader.Range({first, random(), 0, 0}, {first, ~uint64_t{0}, 5, random()});
    EXPECT_LE(range.first, range.second);
    EXPECT_LE(range.second, reader.rows());
  }
}

TEST(BlockCodecTest, APackedPartOfAnotherLengthIsRefused) {
  std::mt19937_64 random(6);
  std::array<std::vector<uint64_t>, 4> columns;
  for (auto& column : columns) {
    for (int i = 0; i < 300; ++i) column.push_back(random());
  }
  const std::string good = Encode(columns);
  const size_t end = good.size() - 4;  // In front of the checksum.
  BlockReader reader;
  ASSERT_TRUE(reader.Open(good));
  for (const int more : {-16, 16}) {
    std::string bytes = good;
    if (more < 0) {
      bytes.erase(end - 16, 16);
    } else {
      bytes.insert(end, 16, 'x');
    }
    const auto moved = static_cast<uint32_t>(static_cast<int>(end) + more);
    std::memcpy(bytes.data() + 4 + 4 * 3, &moved, sizeof moved);
    EXPECT_FALSE(reader.Open(bytes)) << more;
  }
}

TEST(BlockCacheTest, KeepsWhatIsReadAndStaysInItsBound) {
  constexpr uint64_t kBytes = 10;
  BlockCache cache(20 * kBytes);
  const auto page = std::make_shared<OpenBlocks>();
  for (size_t block = 0; block < 1000; ++block) {
    cache.Keep(page, block, std::make_shared<LoadedBlock>(), kBytes);
    page->Find(0);  // Read all the time.
  }
  size_t open = 0;
  for (size_t block = 0; block < 1000; ++block) open += page->Find(block) != nullptr;
  EXPECT_NE(page->Find(0), nullptr);
  EXPECT_EQ(page->Find(500), nullptr);
  EXPECT_LE(open, 20u);
  EXPECT_GE(open, 10u);
  // Blocks of a page that has gone make room too.
  const auto other = std::make_shared<OpenBlocks>();
  for (size_t block = 0; block < 15; ++block) {
    cache.Keep(std::make_shared<OpenBlocks>(), block, std::make_shared<LoadedBlock>(), kBytes);
    cache.Keep(other, block, std::make_shared<LoadedBlock>(), kBytes);
  }
  EXPECT_NE(other->Find(14), nullptr);
}

TEST(RecordTest, DamagedRecordsAreRefusedOrRead) {
  std::mt19937_64 random(5);
  std::vector<DeltaEntry> entries;
  std::vector<NodeInfo> nodes;
  for (uint64_t i = 1; i < 60; ++i) {
    entries.push_back({{TermId(i), TermId(3), TermId(i * i), TermId(1)}, 1, 1});
    NodeInfo node;
    node.first = {TermId(2 * i), TermId(1), TermId(1), TermId(1)};
    node.last = {TermId(2 * i + 1), TermId(1), TermId(1), TermId(1)};
    node.rows = 9;
    node.triples = 8;
    node.pairs = 7;
    nodes.push_back(node);
  }
  std::vector<std::string> texts = {"Ihttp://example.org/a", "Ihttp://example.org/ab", "Sx"};
  const std::string good[] = {
      EncodeDeltaRecord(entries), EncodeNodes(nodes),
      EncodeTermBlock(std::vector<std::string_view>(texts.begin(), texts.end()))};
  std::vector<DeltaEntry> entries_out;
  std::vector<NodeInfo> nodes_out;
  ASSERT_TRUE(DecodeDeltaRecord(good[0], entries_out));
  ASSERT_EQ(entries_out.size(), entries.size());
  EXPECT_EQ(entries_out.back().quad, entries.back().quad);
  ASSERT_TRUE(DecodeNodes(good[1], nodes_out));
  EXPECT_EQ(nodes_out.back().last, nodes.back().last);
  EXPECT_EQ(nodes_out.back().triples, 8u);
  TermBlockReader reader;
  ASSERT_TRUE(reader.Open(good[2]));
  for (const size_t index : {0, 1, 2, 2, 1, 0, 2}) {
    ASSERT_TRUE(reader.Seek(index));
    EXPECT_EQ(reader.text(), texts[index]);
  }
  EXPECT_FALSE(reader.Seek(3));
  for (int round = 0; round < 5000; ++round) {
    std::string bytes = good[round % 3];
    bytes[random() % bytes.size()] = static_cast<char>(random());
    if (random() % 3 == 0) bytes.resize(random() % bytes.size());
    DecodeDeltaRecord(bytes, entries_out);
    DecodeNodes(bytes, nodes_out);
    const std::vector<char> exact(bytes.begin(), bytes.end());
    if (!reader.Open({exact.data(), exact.size()})) continue;
    for (size_t i = 0; i < reader.size() && reader.Seek(i); ++i) TermOfText(reader.text());
  }
}

}  // namespace
}  // namespace sanad
