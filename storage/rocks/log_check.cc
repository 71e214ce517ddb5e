// CheckLogs of file_check.h.
//
// A log is a row of 32 KiB blocks of records that never cross a block:
//
//   masked CRC-32C of type and data (4) · length (2) · type (1) · data
//
// with types 1 to 4 (whole, first, middle, last part); less than 7 bytes at the
// end of a block are zero. Two bytes of it are read before the checksum is: types
// above 4 belong to logs that are used again and, with a foreign number, end the
// log without a word; so does a length that leads behind the end of the file.
// We use no log again, so such types are damage. A record that does not fit the
// file is one cut short, unless its checksum fits a length that differs in one
// byte. All else RocksDB sees by the checksums.

#include "storage/rocks/file_check.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <vector>

#include "storage/model/text.h"

namespace sanad::kv {
namespace {

constexpr size_t kBlock = 32768;
constexpr size_t kHeader = 7;
constexpr uint8_t kLastType = 4;

constexpr std::array<uint32_t, 256> CrcTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78u : 0u);
    table[i] = crc;
  }
  return table;
}

uint32_t Extend(uint32_t crc, uint8_t byte) {
  static constexpr std::array<uint32_t, 256> kTable = CrcTable();
  return crc >> 8 ^ kTable[(crc ^ byte) & 0xFF];
}

uint32_t Masked(uint32_t crc) {
  crc = ~crc;
  return (crc >> 15 | crc << 17) + 0xA282EAD8u;
}

// True when a record cut by the end of the file is whole under another length.
bool WholeUnderAnotherLength(const uint8_t* record, size_t available) {
  const uint32_t stored =
      record[0] | record[1] << 8 | record[2] << 16 | static_cast<uint32_t>(record[3]) << 24;
  const size_t length = record[4] | record[5] << 8;
  uint32_t crc = Extend(~uint32_t{0}, record[6]);
  for (size_t size = 0;; ++size) {
    const size_t differs = size ^ length;
    if (((differs & 0xFF) == 0 || differs >> 8 == 0) && Masked(crc) == stored) return true;
    if (size == available) return false;
    crc = Extend(crc, record[kHeader + size]);
  }
}

bool AllZero(const uint8_t* bytes, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    if (bytes[i] != 0) return false;
  }
  return true;
}

enum class BlockState { kGood, kCut, kDamaged };

BlockState CheckBlock(const uint8_t* block, size_t size) {
  for (size_t at = 0; at + kHeader <= size;) {
    const uint8_t* const record = block + at;
    const size_t length = record[4] | record[5] << 8;
    const uint8_t type = record[6];
    if (type == 0 && length == 0) {
      // Space given to the file and never written.
      return AllZero(record, size - at) ? BlockState::kCut : BlockState::kDamaged;
    }
    if (type == 0 || type > kLastType || at + kHeader + length > kBlock) {
      return BlockState::kDamaged;
    }
    if (at + kHeader + length > size) {
      return WholeUnderAnotherLength(record, size - at - kHeader) ? BlockState::kDamaged
                                                                  : BlockState::kCut;
    }
    at += kHeader + length;
  }
  return BlockState::kGood;
}

absl::Status CheckLog(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::OkStatus();  // RocksDB says what is wrong with it.
  std::vector<char> block(kBlock);
  BlockState state = BlockState::kGood;
  for (size_t number = 0;; ++number) {
    file.read(block.data(), kBlock);
    const auto size = static_cast<size_t>(file.gcount());
    if (size == 0) return absl::OkStatus();
    const auto* const bytes = reinterpret_cast<const uint8_t*>(block.data());
    const bool behind_cut = state == BlockState::kCut;
    state = behind_cut && AllZero(bytes, size) ? BlockState::kCut : CheckBlock(bytes, size);
    if (state == BlockState::kDamaged || (behind_cut && state != BlockState::kCut)) {
      return MakeStatus(absl::StatusCode::kDataLoss, path, " is damaged near byte ",
                        number * kBlock, "; restore the store from a backup");
    }
  }
}

}  // namespace

absl::Status CheckLogs(const std::string& directory) {
  std::error_code error;
  bool tables = false;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string ending = entry.path().extension().string();
    tables = tables || ending == ".sst";
    if (ending == ".log") SANAD_RETURN_IF_ERROR(CheckLog(entry.path().string()));
  }
  std::ifstream current(directory + "/CURRENT");
  std::string manifest;
  if (std::getline(current, manifest) && manifest.find('/') == std::string::npos) {
    return CheckLog(directory + "/" + manifest);
  }
  if (!tables) return absl::OkStatus();
  return MakeStatus(absl::StatusCode::kDataLoss, directory,
                    "/CURRENT is missing or damaged; restore the store from a backup");
}

}  // namespace sanad::kv
