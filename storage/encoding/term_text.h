// Terms as byte strings: the text a dictionary stores, the key it is found by,
// and blocks of front-coded texts.
//
// Text:  one type byte, then
//   'I' iri      'B' label      'S' value (xsd:string)
//   'L' value 00 language       'T' value 00 datatype IRI
// The suffix holds no 00, so the last 00 ends the value, which may hold any.
//
// Key:   the text with the language in lower case (tags differ by case only
// in writing), when at most 512 bytes; else
//   the type byte in lower case, 256 bytes of the text, XXH3-128 of that text
//   (16 bytes) and a discriminator byte, 0 but for colliding hashes.
//
// Block: varint count, then for each text
//   varint bytes shared with the text before, varint rest length, rest

#ifndef SANAD_STORAGE_ENCODING_TERM_TEXT_H_
#define SANAD_STORAGE_ENCODING_TERM_TEXT_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sanad/term.h>
#include "storage/encoding/term_id.h"

namespace sanad {

// The text of a defined term. REQUIRES: TermIsStorable(term).
std::string TermText(const Term& term);
// False for an undefined term, an empty language tag, or a language or datatype
// that holds a NUL.
bool TermIsStorable(const Term& term);
// nullopt for bytes that are no text.
std::optional<Term> TermOfText(std::string_view text);

// True when the key of `text` is a hash, so that a hit must be verified.
bool TermKeyIsHashed(std::string_view text);
std::string TermKey(std::string_view text, uint8_t discriminator = 0);
// The form of a text in which equal terms are equal bytes.
std::string CanonicalTermText(std::string_view text);

// The dictionary kind of a term: kIri, kBlankNode, kString, kLangString or
// kTypedLiteral.
TermKind DictionaryKind(const Term& term);

// The dictionary position in an id. REQUIRES: id.in_dictionary().
inline uint64_t PositionOf(TermId id) {
  const bool coded = id.kind() == TermKind::kLangString || id.kind() == TermKind::kTypedLiteral;
  return coded ? id.payload() & TermId::kPositionMask : id.payload();
}

inline constexpr size_t kTermsPerBlock = 64;

std::string EncodeTermBlock(std::span<const std::string_view> texts);

// Walks the texts of a block. The bytes must outlive it.
class TermBlockReader {
 public:
  // False for damaged bytes.
  bool Open(std::string_view block);
  size_t size() const { return size_; }
  // Moves to a text, cheapest forward. False past the end or for damaged bytes.
  bool Seek(size_t index);
  // REQUIRES: Seek() returned true. Valid until the next Seek().
  std::string_view text() const { return text_; }

 private:
  std::string_view block_, rest_;
  size_t size_ = 0, next_ = 0;  // next_: the text behind text_.
  std::string text_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_ENCODING_TERM_TEXT_H_
