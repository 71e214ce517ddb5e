// A QuadSource whose reads fail from the n-th on, over another one.

#ifndef SANAD_TESTS_QUERY_QUESTION_FAILING_SOURCE_H_
#define SANAD_TESTS_QUERY_QUESTION_FAILING_SOURCE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/derived_index.h"
#include "storage/quad_source.h"

namespace sanad::question_test {

// How many reads still succeed. Single-threaded.
class ReadsLeft {
 public:
  explicit ReadsLeft(size_t reads) : left_(reads) {}
  absl::Status Take() {
    if (left_ > 0) {
      --left_;
      return absl::OkStatus();
    }
    failed_ = true;
    return absl::DataLossError("a read failed");
  }
  bool failed() const { return failed_; }

 private:
  size_t left_;
  bool failed_ = false;
};

class FailingScan : public QuadScan {
 public:
  FailingScan(std::unique_ptr<QuadScan> scan, ReadsLeft& reads)
      : scan_(std::move(scan)), reads_(reads) {}
  bool Next(QuadBatch& batch) override {
    status_.Update(reads_.Take());
    if (!status_.ok()) return false;
    const bool more = scan_->Next(batch);
    status_.Update(scan_->status());
    return more;
  }
  void SkipTo(TermId key) override { scan_->SkipTo(key); }
  const absl::Status& status() const override { return status_; }

 private:
  std::unique_ptr<QuadScan> scan_;
  ReadsLeft& reads_;
  absl::Status status_;
};

class FailingCursor : public DerivedCursor {
 public:
  FailingCursor(std::unique_ptr<DerivedCursor> cursor, ReadsLeft& reads)
      : cursor_(std::move(cursor)), reads_(reads) {}
  void Seek(std::string_view key) override {
    status_ = reads_.Take();
    cursor_->Seek(key);
  }
  void Next() override {
    status_ = reads_.Take();
    cursor_->Next();
  }
  bool Valid() const override { return status_.ok() && cursor_->Valid(); }
  std::string_view key() const override { return cursor_->key(); }
  std::string_view value() const override { return cursor_->value(); }
  absl::Status status() const override { return status_.ok() ? cursor_->status() : status_; }

 private:
  std::unique_ptr<DerivedCursor> cursor_;
  ReadsLeft& reads_;
  absl::Status status_;
};

class FailingReader : public DerivedReader {
 public:
  FailingReader(const DerivedReader& reader, ReadsLeft& reads) : reader_(reader), reads_(reads) {}
  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override {
    if (const absl::Status status = reads_.Take(); !status.ok()) return status;
    return reader_.Get(key);
  }
  std::unique_ptr<DerivedCursor> NewCursor() const override {
    return std::make_unique<FailingCursor>(reader_.NewCursor(), reads_);
  }
  absl::Status Scan(
      std::string_view prefix,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    if (const absl::Status status = reads_.Take(); !status.ok()) return status;
    return reader_.Scan(prefix, visit);
  }

 private:
  const DerivedReader& reader_;
  ReadsLeft& reads_;
};

// Borrows the source. Single-threaded.
class FailingSource : public QuadSource {
 public:
  FailingSource(const QuadSource& source, size_t reads) : source_(source), reads_(reads) {}
  bool failed() const { return reads_.failed(); }

  absl::StatusOr<std::unique_ptr<QuadScan>> Scan(const ScanRequest& request) const override {
    if (const absl::Status status = reads_.Take(); !status.ok()) return status;
    absl::StatusOr<std::unique_ptr<QuadScan>> scan = source_.Scan(request);
    if (!scan.ok()) return scan.status();
    return std::make_unique<FailingScan>(*std::move(scan), reads_);
  }
  absl::StatusOr<uint64_t> Count(const IdPattern& pattern, const GraphScope& scope) const override {
    if (const absl::Status status = reads_.Take(); !status.ok()) return status;
    return source_.Count(pattern, scope);
  }
  PredicateCounts CountsOf(TermId predicate) const override { return source_.CountsOf(predicate); }
  absl::StatusOr<TermId> Find(const Term& term) const override {
    if (const absl::Status status = reads_.Take(); !status.ok()) return status;
    return source_.Find(term);
  }
  absl::Status Materialize(std::span<const TermId> ids, std::vector<Term>& terms) const override {
    if (const absl::Status status = reads_.Take(); !status.ok()) return status;
    return source_.Materialize(ids, terms);
  }
  std::string_view LanguageOfCode(uint32_t code) const override {
    return source_.LanguageOfCode(code);
  }
  std::string_view DatatypeOfCode(uint32_t code) const override {
    return source_.DatatypeOfCode(code);
  }
  absl::StatusOr<std::vector<TermId>> NamedGraphs(bool statements_only) const override {
    if (const absl::Status status = reads_.Take(); !status.ok()) return status;
    return source_.NamedGraphs(statements_only);
  }
  uint64_t version() const override { return source_.version(); }
  const DerivedReader* Derived(std::string_view index_name) const override {
    const DerivedReader* const reader = source_.Derived(index_name);
    if (reader == nullptr) return nullptr;
    if (derived_ == nullptr) derived_ = std::make_unique<FailingReader>(*reader, reads_);
    return derived_.get();
  }

 private:
  const QuadSource& source_;
  mutable ReadsLeft reads_;
  mutable std::unique_ptr<FailingReader> derived_;
};

}  // namespace sanad::question_test

#endif  // SANAD_TESTS_QUERY_QUESTION_FAILING_SOURCE_H_
