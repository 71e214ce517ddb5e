// CheckTables of file_check.h.
//
// A table ends in a footer: type of checksums (1) · handles of the metaindex and the
// index, zero up to 40 bytes · version (4) · magic number (8); a handle is two varints,
// offset and size. The metaindex is a block that names others; a block is entries
//
//   varint shared · varint unshared · varint value size · rest of key · value
//
// and an array of restarts with its length (4), the highest bit of which says that a
// hash index stands in front of it. RocksDB reads the block of properties before it
// looks at its checksum, since an ingest may have changed a number in it, and a hash
// index without buckets, which it never writes there, is an assertion. All else it
// sees by the checksums.

#include "storage/rocks/file_check.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

#include "storage/encoding/varint.h"
#include "storage/model/text.h"

namespace sanad::kv {
namespace {

constexpr size_t kFooter = 53, kHandles = 40, kWord = 4;
constexpr uint64_t kMagic = 0x88E241B785F4CFF7;
constexpr uint64_t kLargestMetaindex = uint64_t{1} << 20;
constexpr std::string_view kProperties = "rocksdb.properties";

struct Handle {
  uint64_t offset = 0, size = 0;
};

bool TakeHandle(std::string_view& in, Handle& handle) {
  return TakeVarint(in, handle.offset) && TakeVarint(in, handle.size);
}

uint64_t LittleEndian(std::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

class Table {
 public:
  explicit Table(const std::filesystem::path& path) : in_(path, std::ios::binary) {
    in_.seekg(0, std::ios::end);
    size_ = in_ ? static_cast<uint64_t>(in_.tellg()) : 0;
  }

  // The last word of the block of properties; nothing where that is not found.
  std::optional<uint64_t> PropertiesEnd() {
    const std::string footer = size_ < kFooter ? std::string() : Read(size_ - kFooter, kFooter);
    if (footer.empty() || LittleEndian(footer.substr(kFooter - 8)) != kMagic) return std::nullopt;
    std::string_view handles = std::string_view(footer).substr(1, kHandles);
    Handle metaindex, properties;
    if (!TakeHandle(handles, metaindex) || metaindex.size > kLargestMetaindex) return std::nullopt;
    const std::string block = Read(metaindex.offset, metaindex.size);
    if (!FindProperties(block, properties) || properties.size < kWord) return std::nullopt;
    const std::string word = Read(properties.offset + properties.size - kWord, kWord);
    if (word.empty()) return std::nullopt;
    return LittleEndian(word);
  }

 private:
  // Empty where the file holds less.
  std::string Read(uint64_t offset, uint64_t size) {
    if (offset > size_ || size > size_ - offset) return {};
    std::string bytes(size, '\0');
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(offset));
    in_.read(bytes.data(), static_cast<std::streamsize>(size));
    return in_ ? bytes : std::string();
  }

  static bool FindProperties(std::string_view block, Handle& handle) {
    std::string key;
    uint64_t shared = 0, unshared = 0, value = 0;
    while (TakeVarint(block, shared) && TakeVarint(block, unshared) && TakeVarint(block, value)) {
      if (shared > key.size() || unshared > block.size() || value > block.size() - unshared) break;
      key.resize(shared);
      key.append(block.substr(0, unshared));
      std::string_view bytes = block.substr(unshared, value);
      block.remove_prefix(unshared + value);
      if (key == kProperties) return TakeHandle(bytes, handle);
    }
    return false;
  }

  std::ifstream in_;
  uint64_t size_ = 0;
};

}  // namespace

absl::Status CheckTables(const std::string& directory) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().extension() != ".sst") continue;
    const std::optional<uint64_t> end = Table(entry.path()).PropertiesEnd();
    if (end && *end >> 31 != 0) {
      return absl::DataLossError(Concat(entry.path().string(),
                                        ": the table's properties are damaged; restore the store "
                                        "from a backup"));
    }
  }
  return absl::OkStatus();
}

}  // namespace sanad::kv
