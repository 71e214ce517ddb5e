// Quads with all their text in one string and each term once: what travels between
// the threads that read, and those that load.

#ifndef SANAD_STORAGE_MODEL_FLAT_QUADS_H_
#define SANAD_STORAGE_MODEL_FLAT_QUADS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/term_view.h"

namespace sanad {

// Thread-compatible.
class FlatQuads {
 public:
  // Numbers of subject, predicate, object and graph.
  using Row = std::array<uint32_t, 4>;

  size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  // Keeps the memory.
  void Clear() {
    rows_.clear();
    terms_.clear();
    text_.clear();
  }
  // About what it takes.
  size_t bytes() const {
    return rows_.size() * sizeof(Row) + terms_.size() * sizeof(FlatTerm) + text_.size();
  }

  // Copies a term; its number is for AddRow. Terms are not compared: one may have
  // several numbers.
  uint32_t AddTerm(const TermView& term) {
    terms_.push_back(
        {term.type, term.has_language, text_.size(), term.value.size(), term.suffix.size()});
    text_.append(term.value).append(term.suffix);
    return static_cast<uint32_t>(terms_.size() - 1);
  }
  void AddRow(const Row& row) { rows_.push_back(row); }
  // Copies what differs from the quad before.
  void Add(const QuadView& quad) {
    const std::array<const TermView*, 4> terms = {&quad.subject, &quad.predicate, &quad.object,
                                                  &quad.graph};
    Row row;
    for (size_t c = 0; c < 4; ++c) {
      const bool same = !rows_.empty() && term(rows_.back()[c]) == *terms[c];
      row[c] = same ? rows_.back()[c] : AddTerm(*terms[c]);
    }
    AddRow(row);
  }

  // Valid until the next change. REQUIRES: i < size().
  QuadView at(size_t i) const {
    const Row& row = rows_[i];
    return {term(row[0]), term(row[1]), term(row[2]), term(row[3])};
  }
  const Row& row(size_t i) const { return rows_[i]; }
  size_t term_count() const { return terms_.size(); }
  // Valid until the next change. REQUIRES: number < term_count().
  TermView term(uint32_t number) const {
    const FlatTerm& term = terms_[number];
    const std::string_view text(text_);
    return {term.type, term.has_language, text.substr(term.begin, term.value),
            text.substr(term.begin + term.value, term.suffix)};
  }

 private:
  struct FlatTerm {
    TermType type;
    bool has_language;
    size_t begin, value, suffix;
  };
  std::vector<Row> rows_;
  std::vector<FlatTerm> terms_;
  std::string text_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_MODEL_FLAT_QUADS_H_
