// The distinct terms of a bulk load, by small numbers given as they come.

#ifndef SANAD_STORAGE_LOAD_LOAD_TERMS_H_
#define SANAD_STORAGE_LOAD_LOAD_TERMS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include "storage/encoding/term_id.h"
#include "storage/model/term_view.h"

namespace sanad {

// An open hash table over texts in an arena. Inlined terms and the default graph
// have numbers too, so that a row is four numbers whatever its terms are.
// Single-threaded.
class LoadTerms {
 public:
  LoadTerms();
  // The number of the default graph is 0.
  uint32_t Intern(const TermView& term);

  size_t size() const { return entries_.size(); }
  bool in_dictionary(uint32_t number) const { return entries_[number].text != nullptr; }
  // REQUIRES: in_dictionary(number).
  std::string_view text(uint32_t number) const {
    return {entries_[number].text, entries_[number].value};
  }
  // REQUIRES: !in_dictionary(number).
  TermId id(uint32_t number) const { return TermId(entries_[number].value); }
  uint64_t memory_bytes() const;

 private:
  struct Entry {
    const char* text = nullptr;
    uint64_t value = 0;  // Length of the text, or the id's bits.
  };

  uint32_t InternAny(const TermView& term);
  void MakeText(const TermView& term);
  bool Matches(const Entry& entry) const;
  const char* Keep(std::string_view text);
  void GrowTable();

  std::vector<Entry> entries_;
  std::vector<uint32_t> hashes_;  // By entry; low 32 bits.
  std::vector<uint32_t> slots_;   // Number + 1; 0: free.
  std::vector<uint32_t> recent_;  // Numbers of IRIs; 0: none.
  absl::flat_hash_map<TermId, uint32_t> inlined_;
  std::string buffer_;     // The text at hand.
  std::string canonical_;  // The same with the language in lower case, if it has one.
  std::vector<std::unique_ptr<char[]>> arena_;
  size_t arena_used_ = 0, arena_size_ = 0;
  uint64_t arena_bytes_ = 0;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_LOAD_LOAD_TERMS_H_
