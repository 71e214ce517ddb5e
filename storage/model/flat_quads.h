// Quads with all their text in one string: what travels between the threads that
// read, and those that load.

#ifndef SANAD_STORAGE_MODEL_FLAT_QUADS_H_
#define SANAD_STORAGE_MODEL_FLAT_QUADS_H_

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
  size_t size() const { return terms_.size() / 4; }
  bool empty() const { return terms_.empty(); }
  // Keeps the memory.
  void Clear() {
    terms_.clear();
    text_.clear();
  }
  void Add(const QuadView& quad) {
    for (const TermView* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
      terms_.push_back(
          {term->type, term->has_language, text_.size(), term->value.size(), term->suffix.size()});
      text_.append(term->value).append(term->suffix);
    }
  }
  // Valid until the next change. REQUIRES: i < size().
  QuadView at(size_t i) const {
    return {View(4 * i), View(4 * i + 1), View(4 * i + 2), View(4 * i + 3)};
  }

 private:
  struct FlatTerm {
    TermType type;
    bool has_language;
    size_t begin, value, suffix;
  };
  TermView View(size_t i) const {
    const FlatTerm& term = terms_[i];
    const std::string_view text(text_);
    return {term.type, term.has_language, text.substr(term.begin, term.value),
            text.substr(term.begin + term.value, term.suffix)};
  }
  std::vector<FlatTerm> terms_;
  std::string text_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_MODEL_FLAT_QUADS_H_
