// N-Triples and N-Quads on several threads.
//
// The caller's thread cuts the text at line ends into chunks, others scan them,
// and the caller's hands their quads on in the text's order. A chunk that does
// not scan, or that holds no line end, is read again, and all behind it, by the
// reader of one thread, which says what is wrong and where.

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "loader/rdf/line_scanner.h"
#include "loader/rdf/quad_reader.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 18;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Chunk {
  std::string text;  // Whole lines.
  FlatQuads quads;
  bool first = false;  // Of the text.
  bool scanned = false;
  bool failed = false;
};

// A text, and then what is left of a source, or the error it ended with.
class PrefixedSource final : public ByteSource {
 public:
  PrefixedSource(std::string text, ByteSource& rest, absl::Status status)
      : text_(std::move(text)), rest_(rest), status_(std::move(status)) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    if (taken_ == text_.size() && !status_.ok()) return status_;
    if (taken_ == text_.size()) return rest_.Read(buffer, size);
    const size_t count = std::min(size, text_.size() - taken_);
    std::memcpy(buffer, text_.data() + taken_, count);
    taken_ += count;
    return count;
  }
  uint64_t consumed() const override { return rest_.consumed(); }
  uint64_t total() const override { return rest_.total(); }

 private:
  std::string text_;
  size_t taken_ = 0;
  ByteSource& rest_;
  absl::Status status_;
};

// Cuts a source into chunks of whole lines. Single-threaded.
class ChunkReader {
 public:
  explicit ChunkReader(ByteSource& source) : source_(source) {}

  // False when there is no chunk more: at the end, on an error, or when the text
  // has no line end where one is due.
  bool Next(std::string& text) {
    if (stopped_) return false;
    text = std::exchange(rest_, {});
    while (true) {
      const size_t old = text.size();
      text.resize(old + kChunkBytes);
      absl::StatusOr<size_t> count = source_.Read(text.data() + old, kChunkBytes);
      text.resize(old + (count.ok() ? *count : 0));
      if (!count.ok()) status_ = std::move(count).status();
      if (!status_.ok() || text.size() == old) {
        stopped_ = true;
        // The last line may lack its end; an error is met again behind the rest.
        if (status_.ok() && !text.empty()) return true;
        rest_ = std::exchange(text, {});
        return false;
      }
      if (text.size() < kChunkBytes) continue;
      const size_t end = text.rfind('\n');
      if (end != std::string::npos) {
        rest_ = text.substr(end + 1);
        text.resize(end + 1);
        return true;
      }
      if (text.size() >= kLongestLine) {
        stopped_ = true;
        rest_ = std::exchange(text, {});
        return false;
      }
    }
  }

  // What was read and is in no chunk, and the error that ended the reading.
  std::string& rest() { return rest_; }
  const absl::Status& status() const { return status_; }

 private:
  // Lines longer than this are left to the reader of one thread.
  static constexpr size_t kLongestLine = 16 * kChunkBytes;

  ByteSource& source_;
  std::string rest_;
  bool stopped_ = false;
  absl::Status status_;
};

class ParallelReader {
 public:
  ParallelReader(ByteSource& source, const LineReading& reading, FlatQuadSink sink)
      : source_(source), reading_(reading), sink_(sink), chunks_(source) {
    for (int i = 0; i < std::max(1, reading.threads); ++i) {
      threads_.emplace_back([this] { Work(); });
    }
  }
  ~ParallelReader() { Stop(); }
  ParallelReader(const ParallelReader&) = delete;
  ParallelReader& operator=(const ParallelReader&) = delete;

  absl::Status Run() {
    while (true) {
      Dispatch();
      if (in_order_.empty()) return Serial("");
      const std::unique_ptr<Chunk> chunk = TakeScanned();
      if (chunk->failed) return Serial(std::move(chunk->text));
      line_ += static_cast<uint64_t>(std::count(chunk->text.begin(), chunk->text.end(), '\n'));
      offset_ += chunk->text.size();
      if (!chunk->quads.empty()) SANAD_RETURN_IF_ERROR(sink_(chunk->quads));
      chunk->quads.Clear();
      spare_.push_back(std::move(chunk->quads));
    }
  }

 private:
  // Keeps the threads fed.
  void Dispatch() {
    while (in_order_.size() < 2 * threads_.size() + 1) {
      auto chunk = std::make_unique<Chunk>();
      if (!chunks_.Next(chunk->text)) return;
      chunk->first = std::exchange(first_, false);
      if (!spare_.empty()) {
        chunk->quads = std::move(spare_.back());
        spare_.pop_back();
      }
      const std::lock_guard lock(mutex_);
      unscanned_.push_back(chunk.get());
      in_order_.push_back(std::move(chunk));
      changed_.notify_all();
    }
  }

  std::unique_ptr<Chunk> TakeScanned() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return in_order_.front()->scanned; });
    std::unique_ptr<Chunk> chunk = std::move(in_order_.front());
    in_order_.pop_front();
    return chunk;
  }

  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      changed_.notify_all();
    }
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  // Reads `text`, the chunks behind it and the rest on this thread.
  absl::Status Serial(std::string text) {
    Stop();
    for (const std::unique_ptr<Chunk>& chunk : in_order_) text.append(chunk->text);
    text.append(chunks_.rest());
    PrefixedSource source(std::move(text), source_, chunks_.status());
    FlatQuads quads;
    const absl::Status status = ReadLineSyntax(source, reading_.with_graphs, reading_.options,
                                               [&](QuadView quad) -> absl::Status {
                                                 if (quad.graph.type == TermType::kUndefined)
                                                   quad.graph = reading_.default_graph;
                                                 quads.Add(quad);
                                                 if (quads.size() < kQuadsAtATime)
                                                   return absl::OkStatus();
                                                 const absl::Status taken = sink_(quads);
                                                 quads.Clear();
                                                 return taken;
                                               },
                                               {line_, offset_});
    SANAD_RETURN_IF_ERROR(status);
    return quads.empty() ? absl::OkStatus() : sink_(quads);
  }

  void Work() {
    LineScanner scanner(reading_.with_graphs, reading_.options);
    while (true) {
      Chunk* chunk = nullptr;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopping_ || !unscanned_.empty(); });
        if (stopping_) return;
        chunk = unscanned_.front();
        unscanned_.pop_front();
      }
      const bool good = Scan(scanner, *chunk);
      const std::lock_guard lock(mutex_);
      chunk->failed = !good;
      chunk->scanned = true;
      changed_.notify_all();
    }
  }

  bool Scan(LineScanner& scanner, Chunk& chunk) const {
    const std::string& text = chunk.text;
    if (FindInvalidUtf8(text) != std::string_view::npos) return false;
    const bool marked = chunk.first && text.starts_with(kByteOrderMark);
    scanner.SetRange(text.data() + (marked ? kByteOrderMark.size() : 0), text.data() + text.size());
    QuadView quad;
    while (scanner.Next(quad)) {
      if (quad.graph.type == TermType::kUndefined) quad.graph = reading_.default_graph;
      chunk.quads.Add(quad);
    }
    return scanner.error() == nullptr;
  }

  static constexpr size_t kQuadsAtATime = 4096;

  ByteSource& source_;
  const LineReading& reading_;
  FlatQuadSink sink_;
  ChunkReader chunks_;
  bool first_ = true;
  uint64_t line_ = 1, offset_ = 0;  // Of the first chunk that was not handed on.
  std::vector<FlatQuads> spare_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Chunk>> in_order_;  // Only the caller's thread changes it.
  std::deque<Chunk*> unscanned_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

absl::Status ReadLinesInParallel(ByteSource& source, const LineReading& reading,
                                 FlatQuadSink sink) {
  return ParallelReader(source, reading, sink).Run();
}

}  // namespace sanad
