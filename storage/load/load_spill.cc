// See load_spill.h.

#include "storage/load/load_spill.h"

#include <algorithm>

#include "storage/encoding/varint.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kRowsAtATime = size_t{1} << 14;

template <typename T>
std::string_view BytesOf(const T* values, size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(T)};
}

class SpilledTermRun : public TermRun {
 public:
  SpilledTermRun(const SpillFile& file, uint64_t end, SpillFile& ids)
      : reader_(file, 0, end), ids_(ids) {}

  absl::Status Open() {
    SANAD_RETURN_IF_ERROR(reader_.TakeVarint(left_));
    ++left_;  // The one that Advance() leaves.
    return Advance();
  }
  bool at_end() const override { return left_ == 0; }
  std::string_view key() const override { return key_.empty() ? text_ : key_; }
  std::string_view text() const override { return text_; }
  absl::Status Advance() override {
    if (--left_ == 0) return absl::OkStatus();
    uint64_t shared = 0, length = 0;
    SANAD_RETURN_IF_ERROR(reader_.TakeVarint(shared));
    SANAD_RETURN_IF_ERROR(reader_.TakeVarint(length));
    SANAD_ASSIGN_OR_RETURN(const std::string_view rest, reader_.Take(length));
    text_.resize(shared);
    text_.append(rest);
    key_.clear();
    if (text_.front() == 'L' || TermKeyIsHashed(text_)) key_ = TermKey(text_);
    return absl::OkStatus();
  }
  absl::Status TakeId(TermId id) override {
    const uint64_t bits = id.bits();
    return ids_.Append(BytesOf(&bits, 1));
  }

 private:
  SpillReader reader_;
  SpillFile& ids_;
  uint64_t left_ = 0;  // Terms not passed, the one at hand included.
  std::string text_;
  std::string key_;  // Empty where it is the text.
};

}  // namespace

absl::Status SpilledRun::WriteTerms(const LoadTerms& terms, const SortedTerms& sorted) {
  std::string bytes;
  PutVarint(bytes, sorted.entries().size());
  std::string_view before;
  for (const SortedTerms::Entry& entry : sorted.entries()) {
    const std::string_view text = terms.text(entry.number);
    const auto [differs, ignored] =
        std::mismatch(before.begin(), before.end(), text.begin(), text.end());
    const auto shared = static_cast<size_t>(differs - before.begin());
    PutVarint(bytes, shared);
    PutVarint(bytes, text.size() - shared);
    bytes.append(text.substr(shared));
    before = text;
    SANAD_RETURN_IF_ERROR(file_->Append(bytes));
    bytes.clear();
  }
  return file_->Append(bytes);
}

absl::StatusOr<std::unique_ptr<SpilledRun>> SpilledRun::Write(const std::string& directory,
                                                              const LoadTerms& terms,
                                                              LoadRowBuffer& rows) {
  auto run = std::unique_ptr<SpilledRun>(new SpilledRun);
  run->directory_ = directory;
  SANAD_ASSIGN_OR_RETURN(run->file_, SpillFile::Create(directory));
  std::vector<uint32_t> ranks(terms.size());
  {
    const SortedTerms sorted(terms);
    run->terms_ = sorted.entries().size();
    SANAD_RETURN_IF_ERROR(run->WriteTerms(terms, sorted));
    for (uint32_t rank = 0; rank < sorted.entries().size(); ++rank) {
      ranks[sorted.entries()[rank].number] = rank;
    }
  }
  run->terms_end_ = run->file_->size();
  auto rank = static_cast<uint32_t>(run->terms_);
  for (uint32_t n = 0; n < terms.size(); ++n) {
    if (terms.in_dictionary(n)) continue;
    ranks[n] = rank++;
    const uint64_t bits = terms.id(n).bits();
    SANAD_RETURN_IF_ERROR(run->file_->Append(BytesOf(&bits, 1)));
  }
  run->inlined_end_ = run->file_->size();
  for (size_t chunk = 0; chunk < rows.chunks().size(); ++chunk) {
    for (LoadRow row : rows.chunks()[chunk]) {
      for (uint32_t& number : row) number = ranks[number];
      SANAD_RETURN_IF_ERROR(run->file_->Append(BytesOf(row.data(), row.size())));
    }
    rows.Release(chunk);
  }
  SANAD_RETURN_IF_ERROR(run->file_->Flush());
  return run;
}

absl::StatusOr<std::unique_ptr<TermRun>> SpilledRun::Terms() {
  SANAD_ASSIGN_OR_RETURN(ids_, SpillFile::Create(directory_));
  auto terms = std::make_unique<SpilledTermRun>(*file_, terms_end_, *ids_);
  SANAD_RETURN_IF_ERROR(terms->Open());
  return terms;
}

absl::StatusOr<std::vector<TermId>> SpilledRun::Ids() {
  SANAD_RETURN_IF_ERROR(ids_->Flush());
  const uint64_t inlined = (inlined_end_ - terms_end_) / sizeof(TermId);
  std::vector<TermId> ids(terms_ + inlined);
  static_assert(sizeof(TermId) == sizeof(uint64_t));
  char* const bytes = reinterpret_cast<char*>(ids.data());
  SANAD_RETURN_IF_ERROR(ids_->Read(0, terms_ * sizeof(TermId), bytes));
  SANAD_RETURN_IF_ERROR(
      file_->Read(terms_end_, inlined * sizeof(TermId), bytes + terms_ * sizeof(TermId)));
  return ids;
}

absl::Status SpilledRun::ReadRows(LoadRowBuffer& rows) const {
  std::vector<LoadRow> some(kRowsAtATime);
  uint64_t offset = inlined_end_;
  while (offset < file_->size()) {
    const auto count = std::min<uint64_t>(kRowsAtATime, (file_->size() - offset) / sizeof(LoadRow));
    SANAD_RETURN_IF_ERROR(
        file_->Read(offset, count * sizeof(LoadRow), reinterpret_cast<char*>(some.data())));
    for (size_t i = 0; i < count; ++i) rows.Add(some[i]);
    offset += count * sizeof(LoadRow);
  }
  return absl::OkStatus();
}

}  // namespace sanad
