// See rocks_options.h. One cache takes blocks, filters and write buffers, so
// the memory of the engine is one number. The write-ahead log is recovered with
// kTolerateCorruptedTailRecords: the default, point-in-time recovery, silently
// drops synced commits behind a flipped byte.

#include "storage/rocks/rocks_options.h"

#include <algorithm>

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

namespace sanad::kv {
namespace {

// The filter of a file is to be a small part of a shard of the cache: one larger than
// the shard is read anew for every look-up. Term keys take a few bytes once compressed.
constexpr uint64_t kKeyFileBytes = uint64_t{16} << 20;
constexpr size_t kShardBytes = size_t{16} << 20;

class CallbackLogger : public rocksdb::Logger {
 public:
  explicit CallbackLogger(std::function<void(std::string_view)> log)
      : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), log_(std::move(log)) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    char line[512];
    const int size = vsnprintf(line, sizeof line, format, arguments);
    if (size > 0 && log_) {
      log_(std::string_view(line, std::min<size_t>(static_cast<size_t>(size), sizeof line - 1)));
    }
  }

 private:
  std::function<void(std::string_view)> log_;
};

// The keys whose places in a memtable RocksDB remembers: hot ones, each by itself, and
// appended ones together, since one stands behind the other. No other: RocksDB 7.8 takes
// the place of a key for one among deletions of ranges, too, if a range begins with it.
class RememberedKeys : public rocksdb::SliceTransform {
 public:
  explicit RememberedKeys(const FamilySpec& family)
      : hot_keys_(family.hot_keys), appended_(family.appended) {}
  const char* Name() const override { return "sanad.RememberedKeys"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return IsHot(key) ? key : rocksdb::Slice();
  }
  bool InDomain(const rocksdb::Slice& key) const override { return appended_ || IsHot(key); }

 private:
  bool IsHot(const rocksdb::Slice& key) const {
    return std::find(hot_keys_.begin(), hot_keys_.end(), key.ToStringView()) != hot_keys_.end();
  }
  std::vector<std::string> hot_keys_;
  bool appended_;
};

}  // namespace

std::shared_ptr<rocksdb::Cache> NewCache(size_t bytes) {
  constexpr int kMostShardBits = 6;
  int bits = 0;
  while (bits < kMostShardBits && bytes >> (bits + 1) >= kShardBytes) ++bits;
  return rocksdb::NewLRUCache(bytes, bits);
}

rocksdb::DBOptions DatabaseOptions(const OpenSpec& spec,
                                   const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::DBOptions options;
  options.create_if_missing = spec.create;
  options.create_missing_column_families = spec.create;
  options.paranoid_checks = true;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.info_log = std::make_shared<CallbackLogger>(spec.log);
  options.max_background_jobs = std::max(1, spec.background_threads);
  options.max_open_files = spec.mode == EngineMode::kFollower ? -1 : 512;
  options.write_buffer_manager =
      std::make_shared<rocksdb::WriteBufferManager>(spec.memory_bytes / 4, cache);
  options.max_total_wal_size = uint64_t{256} << 20;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.skip_stats_update_on_db_open = true;
  options.manual_wal_flush = false;
  return options;
}

rocksdb::ColumnFamilyOptions FamilyOptions(const OpenSpec& spec, const FamilySpec& family,
                                           const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.format_version = 5;
  table.block_size = 4096;
  options.write_buffer_size =
      std::clamp<size_t>(spec.memory_bytes / 16, size_t{4} << 20, size_t{64} << 20);
  options.compression = rocksdb::kNoCompression;
  options.memtable_insert_with_hint_prefix_extractor = std::make_shared<RememberedKeys>(family);
  switch (family.use) {
    case FamilyUse::kSmall:
    case FamilyUse::kLog:
      break;
    case FamilyUse::kBlocks:
      // Kept uncompressed in the cache, so only what comes from disk is unpacked,
      // at a fraction of what reading it costs.
      options.compression = rocksdb::kLZ4Compression;
      table.block_size = 8192;
      table.filter_policy.reset();
      break;
    case FamilyUse::kText:
      options.compression = rocksdb::kZSTD;
      options.compression_opts.level = 6;
      table.block_size = 32768;
      break;
    case FamilyUse::kTextKeys:
      options.compression = rocksdb::kZSTD;
      options.compression_opts.level = 6;
      options.target_file_size_base = kKeyFileBytes;
      table.block_size = 16384;
      table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
      break;
    case FamilyUse::kRanges:
      // A range lies in one block or two: what is read for it, and unpacked, is small.
      options.compression = rocksdb::kLZ4Compression;
      table.block_size = 4096;
      table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
      break;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace sanad::kv
