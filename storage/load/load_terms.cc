// See load_terms.h.

#include "storage/load/load_terms.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "storage/encoding/term_text.h"

namespace sanad {
namespace {

constexpr size_t kArenaChunk = size_t{1} << 20;
constexpr size_t kFirstSlots = size_t{1} << 12;
constexpr size_t kLongestInlineString = 7;
constexpr int kRecentBits = 12;
constexpr size_t kTailBytes = 8;

// A place among the recent IRIs, by the end of the text, where IRIs differ.
size_t RecentSlot(std::string_view iri) {
  uint64_t tail = 0;
  std::memcpy(&tail, iri.data() + iri.size() - kTailBytes, kTailBytes);
  return static_cast<size_t>(((tail ^ iri.size()) * 0x9E3779B97F4A7C15u) >> (64 - kRecentBits));
}

bool HasLanguage(std::string_view text) { return text.front() == 'L'; }

}  // namespace

LoadTerms::LoadTerms() : slots_(kFirstSlots, 0), recent_(size_t{1} << kRecentBits, 0) {
  entries_.push_back({nullptr, TermId::DefaultGraph().bits()});
  hashes_.push_back(0);
}

uint32_t LoadTerms::Intern(const TermView& term) {
  if (term.type == TermType::kUndefined) return 0;
  if (term.type != TermType::kIri || term.value.size() < kTailBytes) return InternAny(term);
  // Predicates, classes and the subject at hand come again and again.
  uint32_t& recent = recent_[RecentSlot(term.value)];
  if (recent != 0 && entries_[recent].value == term.value.size() + 1 &&
      std::memcmp(entries_[recent].text + 1, term.value.data(), term.value.size()) == 0) {
    return recent;
  }
  return recent = InternAny(term);
}

uint32_t LoadTerms::InternAny(const TermView& term) {
  // A plain string is inlined when it is short, one with a language never.
  if (term.type == TermType::kLiteral && !term.has_language &&
      (!term.suffix.empty() || term.value.size() <= kLongestInlineString)) {
    if (const std::optional<TermId> id = InlineTermId(term.ToTerm())) {
      const auto [it, added] = inlined_.try_emplace(*id, static_cast<uint32_t>(entries_.size()));
      if (added) {
        entries_.push_back({nullptr, id->bits()});
        hashes_.push_back(0);
      }
      return it->second;
    }
  }
  MakeText(term);
  const std::string& key = HasLanguage(buffer_) ? canonical_ : buffer_;
  const auto hash = static_cast<uint32_t>(XXH3_64bits(key.data(), key.size()));
  size_t slot = hash & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const uint32_t number = slots_[slot] - 1;
    if (hashes_[number] == hash && Matches(entries_[number])) return number;
  }
  const auto number = static_cast<uint32_t>(entries_.size());
  entries_.push_back({Keep(buffer_), buffer_.size()});
  hashes_.push_back(hash);
  slots_[slot] = number + 1;
  if (entries_.size() * 2 > slots_.size()) GrowTable();
  return number;
}

void LoadTerms::MakeText(const TermView& term) {
  char type = 'S';
  if (term.type == TermType::kIri) type = 'I';
  if (term.type == TermType::kBlankNode) type = 'B';
  if (term.type == TermType::kLiteral && !term.suffix.empty()) type = term.has_language ? 'L' : 'T';
  buffer_.assign(1, type);
  buffer_.append(term.value);
  if (type == 'L' || type == 'T') {
    buffer_.push_back('\0');
    buffer_.append(term.suffix);
  }
  if (type == 'L') canonical_ = CanonicalTermText(buffer_);
}

bool LoadTerms::Matches(const Entry& entry) const {
  if (entry.value != buffer_.size()) return false;
  if (std::memcmp(entry.text, buffer_.data(), buffer_.size()) == 0) return true;
  return HasLanguage(buffer_) && CanonicalTermText({entry.text, entry.value}) == canonical_;
}

const char* LoadTerms::Keep(std::string_view text) {
  if (arena_size_ - arena_used_ < text.size() || arena_.empty()) {
    arena_size_ = std::max(kArenaChunk, text.size());
    arena_.push_back(std::make_unique_for_overwrite<char[]>(arena_size_));
    arena_used_ = 0;
    arena_bytes_ += arena_size_;
  }
  char* const kept = arena_.back().get() + arena_used_;
  std::memcpy(kept, text.data(), text.size());
  arena_used_ += text.size();
  return kept;
}

void LoadTerms::GrowTable() {
  slots_.assign(slots_.size() * 2, 0);
  for (uint32_t number = 0; number < entries_.size(); ++number) {
    if (!in_dictionary(number)) continue;
    size_t slot = hashes_[number] & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = number + 1;
  }
}

uint64_t LoadTerms::memory_bytes() const {
  return arena_bytes_ + entries_.capacity() * sizeof(Entry) + hashes_.capacity() * 4 +
         slots_.capacity() * 4 + inlined_.size() * 24;
}

}  // namespace sanad
