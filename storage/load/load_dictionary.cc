// See load_dictionary.h.

#include "storage/load/load_dictionary.h"

#include <algorithm>

#include "storage/encoding/varint.h"
#include "storage/families.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kKeysAtATime = 4096;

// Merges runs, gathers distinct terms and looks them up many at a time.
class IdAssigner {
  // The heap's order: the least key comes first.
  auto Later() const {
    return [this](size_t a, size_t b) { return runs_[b]->key() < runs_[a]->key(); };
  }

 public:
  IdAssigner(std::span<TermRun* const> runs, Dictionary& dictionary, kv::Engine& engine,
             NewTermSpool& spool)
      : runs_(runs), dictionary_(dictionary), engine_(engine), spool_(spool) {
    for (size_t r = 0; r < runs_.size(); ++r) {
      if (!runs_[r]->at_end()) heap_.push_back(r);
    }
    std::make_heap(heap_.begin(), heap_.end(), Later());
  }

  absl::Status Run(const std::function<bool()>& cancelled) {
    while (!heap_.empty()) {
      if (cancelled && cancelled()) {
        return absl::CancelledError("the load was cancelled; the store is as it was");
      }
      SANAD_RETURN_IF_ERROR(Gather());
      SANAD_RETURN_IF_ERROR(GiveIds());
    }
    return spool_.Finish();
  }

 private:
  // A distinct term; its key and text lie in bytes_.
  struct Found {
    size_t key, text, end;
  };

  std::string_view KeyOf(const Found& term) const {
    return std::string_view(bytes_).substr(term.key, term.text - term.key);
  }
  std::string_view TextOf(const Found& term) const {
    return std::string_view(bytes_).substr(term.text, term.end - term.text);
  }

  absl::Status Gather() {
    bytes_.clear();
    terms_.clear();
    owners_.clear();
    // A key is never split between two look-ups.
    while (!heap_.empty() &&
           (terms_.size() < kKeysAtATime || runs_[heap_.front()]->key() == KeyOf(terms_.back()))) {
      std::pop_heap(heap_.begin(), heap_.end(), Later());
      const size_t run = heap_.back();
      TermRun& head = *runs_[run];
      if (terms_.empty() || KeyOf(terms_.back()) != head.key() || Collides(head)) {
        Found& term = terms_.emplace_back();
        term.key = bytes_.size();
        bytes_.append(head.key());
        term.text = bytes_.size();
        bytes_.append(head.text());
        term.end = bytes_.size();
      }
      owners_.emplace_back(terms_.size() - 1, run);
      SANAD_RETURN_IF_ERROR(head.Advance());
      if (head.at_end()) {
        heap_.pop_back();
      } else {
        std::push_heap(heap_.begin(), heap_.end(), Later());
      }
    }
    return absl::OkStatus();
  }

  // True when `head` is another term than the last one, whose key it has. Terms
  // that share a key may come in any order, so a term may be gathered twice; its
  // second look-up then finds the first.
  bool Collides(const TermRun& head) const {
    return TermKeyIsHashed(head.text()) &&
           CanonicalTermText(head.text()) != CanonicalTermText(TextOf(terms_.back()));
  }

  absl::Status GiveIds() {
    std::vector<std::string_view> keys;
    keys.reserve(terms_.size());
    for (const Found& term : terms_) keys.push_back(KeyOf(term));
    SANAD_RETURN_IF_ERROR(engine_.MultiGet(kTermKeyFamily, keys, nullptr, values_));
    ids_.clear();
    for (size_t i = 0; i < terms_.size(); ++i) {
      const std::string_view text = TextOf(terms_[i]);
      if (TermKeyIsHashed(text)) {
        SANAD_ASSIGN_OR_RETURN(const TermId id, IdOfLong(KeyOf(terms_[i]), text));
        ids_.push_back(id);
      } else if (values_[i]) {
        std::string_view bytes = *values_[i];
        uint64_t bits = 0;
        if (!TakeBigEndian(bytes, bits)) return absl::DataLossError("a term's id is damaged");
        ids_.emplace_back(bits);
      } else {
        SANAD_ASSIGN_OR_RETURN(const TermId id, NewId(text, 0));
        ids_.push_back(id);
      }
    }
    for (const auto& [term, run] : owners_) SANAD_RETURN_IF_ERROR(runs_[run]->TakeId(ids_[term]));
    return absl::OkStatus();
  }

  absl::StatusOr<TermId> NewId(std::string_view text, uint8_t discriminator) {
    const TermId id = dictionary_.MakeId(text, spool_.first_position() + spool_.size());
    SANAD_RETURN_IF_ERROR(spool_.Add(text, id, discriminator));
    return id;
  }

  // A term known by a hash, beside others of this load with the same one.
  absl::StatusOr<TermId> IdOfLong(std::string_view key, std::string_view text) {
    if (key != long_key_) {
      long_key_ = key;
      long_terms_.clear();
      next_discriminator_ = 0;
    }
    const std::string canonical = CanonicalTermText(text);
    for (const auto& [known, id] : long_terms_) {
      if (known == canonical) return id;
    }
    SANAD_ASSIGN_OR_RETURN(TermId id, dictionary_.Find(*TermOfText(text), nullptr));
    for (; id.is_undefined() && next_discriminator_ < 256; ++next_discriminator_) {
      const auto discriminator = static_cast<uint8_t>(next_discriminator_);
      SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> taken,
                             engine_.Get(kTermKeyFamily, TermKey(text, discriminator), nullptr));
      if (taken) continue;
      SANAD_ASSIGN_OR_RETURN(id, NewId(text, discriminator));
    }
    if (id.is_undefined()) return absl::InternalError("256 long terms share one hash");
    long_terms_.emplace_back(canonical, id);
    return id;
  }

  std::span<TermRun* const> runs_;
  Dictionary& dictionary_;
  kv::Engine& engine_;
  NewTermSpool& spool_;
  std::vector<size_t> heap_;  // Runs with terms left, the least key first.
  std::string bytes_;
  std::vector<Found> terms_;
  std::vector<std::pair<size_t, size_t>> owners_;  // Term, run.
  std::vector<std::optional<std::string>> values_;
  std::vector<TermId> ids_;
  std::string long_key_;
  std::vector<std::pair<std::string, TermId>> long_terms_;
  int next_discriminator_ = 0;
};

}  // namespace

SortedTerms::SortedTerms(const LoadTerms& terms) {
  entries_.reserve(terms.size());
  for (uint32_t n = 0; n < terms.size(); ++n) {
    if (!terms.in_dictionary(n)) continue;
    std::string_view key = terms.text(n);
    if (key.front() == 'L' || TermKeyIsHashed(key)) key = keys_.emplace_back(TermKey(key));
    entries_.push_back({key, n});
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.key < b.key; });
}

MemoryTermRun::MemoryTermRun(const LoadTerms& terms, std::vector<TermId>& ids)
    : terms_(terms), ids_(ids), sorted_(terms) {
  ids_.resize(terms.size());
  for (uint32_t n = 0; n < terms.size(); ++n) {
    if (!terms.in_dictionary(n)) ids_[n] = terms.id(n);
  }
}

absl::Status MemoryTermRun::Advance() {
  ++next_;
  return absl::OkStatus();
}

absl::Status MemoryTermRun::TakeId(TermId id) {
  ids_[sorted_.entries()[given_++].number] = id;
  return absl::OkStatus();
}

absl::Status NewTermSpool::Add(std::string_view text, TermId id, uint8_t discriminator) {
  if (text.front() == 'I' && !watched_.empty()) {
    if (const auto found = watched_.find(text); found != watched_.end()) found->second = id;
  }
  if (discriminator != 0) discriminators_.emplace(first_position_ + size_, discriminator);
  if (pending_size_ == pending_.size()) pending_.emplace_back();
  pending_[pending_size_++].assign(text);
  ++size_;
  return pending_size_ == kTermsPerBlock ? FlushBlock() : absl::OkStatus();
}

absl::Status NewTermSpool::FlushBlock() {
  const std::vector<std::string_view> texts(
      pending_.begin(), pending_.begin() + static_cast<ptrdiff_t>(pending_size_));
  pending_size_ = 0;
  const std::string block = EncodeTermBlock(texts);
  ends_.push_back((ends_.empty() ? 0 : ends_.back()) + block.size());
  if (directory_.empty()) {
    bytes_.append(block);
    return absl::OkStatus();
  }
  if (file_ == nullptr) {
    SANAD_ASSIGN_OR_RETURN(file_, SpillFile::Create(directory_));
  }
  return file_->Append(block);
}

absl::Status NewTermSpool::Finish() {
  if (pending_size_ > 0) SANAD_RETURN_IF_ERROR(FlushBlock());
  return file_ == nullptr ? absl::OkStatus() : file_->Flush();
}

absl::Status NewTermSpool::ReadBlock(size_t block, std::string& bytes) const {
  const uint64_t begin = block == 0 ? 0 : ends_[block - 1];
  bytes.resize(ends_[block] - begin);
  if (file_ != nullptr) return file_->Read(begin, bytes.size(), bytes.data());
  bytes_.copy(bytes.data(), bytes.size(), begin);
  return absl::OkStatus();
}

absl::Status NewTermSpool::Texts(std::span<const uint64_t> positions,
                                 std::vector<std::string>& texts) const {
  texts.clear();
  texts.reserve(positions.size());
  std::string bytes;
  TermBlockReader reader;
  size_t block = ends_.size();
  for (const uint64_t position : positions) {
    const uint64_t place = position - first_position_;
    if (place / kTermsPerBlock != block) {
      block = place / kTermsPerBlock;
      SANAD_RETURN_IF_ERROR(ReadBlock(block, bytes));
      if (!reader.Open(bytes)) return absl::InternalError("a spilled block of terms is damaged");
    }
    if (!reader.Seek(place % kTermsPerBlock)) {
      return absl::InternalError("a spilled block of terms is damaged");
    }
    texts.emplace_back(reader.text());
  }
  return absl::OkStatus();
}

absl::Status NewTermSpool::Write(Dictionary& dictionary, IngestSink& blocks,
                                 IngestSink& keys) const {
  std::string bytes;
  TermBlockReader reader;
  uint64_t position = first_position_;
  for (size_t block = 0; block < ends_.size(); ++block) {
    SANAD_RETURN_IF_ERROR(ReadBlock(block, bytes));
    SANAD_RETURN_IF_ERROR(blocks.Put(BigEndianKey(position), bytes));
    if (!reader.Open(bytes)) return absl::InternalError("a spilled block of terms is damaged");
    for (size_t i = 0; i < reader.size(); ++i, ++position) {
      if (!reader.Seek(i)) return absl::InternalError("a spilled block of terms is damaged");
      const std::string_view text = reader.text();
      const std::string id = BigEndianKey(dictionary.MakeId(text, position).bits());
      const auto shared = discriminators_.find(position);
      if (text.front() != 'L' && !TermKeyIsHashed(text)) {
        SANAD_RETURN_IF_ERROR(keys.Put(text, id));
      } else {
        const uint8_t discriminator = shared == discriminators_.end() ? 0 : shared->second;
        SANAD_RETURN_IF_ERROR(keys.Put(TermKey(text, discriminator), id));
      }
    }
  }
  SANAD_RETURN_IF_ERROR(blocks.Finish());
  return keys.Finish();
}

absl::Status AssignIds(std::span<TermRun* const> runs, Dictionary& dictionary, kv::Engine& engine,
                       const std::function<bool()>& cancelled, NewTermSpool& spool) {
  return IdAssigner(runs, dictionary, engine, spool).Run(cancelled);
}

}  // namespace sanad
