// TermId: the 64-bit name of a term inside one store.
//
// Compared as unsigned; the top 4 bits are the kind, the other 60 the payload:
//
//   kind  what                     payload
//   0     none                     0 undefined, 1 the default graph
//   1     blank node               dictionary position
//   2     IRI                      dictionary position
//   3     triple term (reserved)   dictionary position
//   4     xsd:string               dictionary position
//   5     short xsd:string         up to 7 bytes, first byte highest, then length (4 bits)
//   6     language-tagged string   language code (12 bits), dictionary position (48)
//   7     other typed literal      datatype code (12 bits), dictionary position (48)
//   8     integer family           value + 2^55 (56 bits), XSD subtype (4 bits)
//   9     xsd:decimal              value × 10^6 + 2^56 (57 bits), fraction digits (3 bits)
//   10    xsd:double               order-preserving bits, where the top 60 bits hold them
//   11    xsd:float                order-preserving bits
//   12    xsd:boolean              0 or 1
//   13    xsd:date                 first minute (UTC) + 2^48 (49 bits), timezone (11 bits)
//   14    xsd:dateTime             millisecond (UTC) + 2^48 (49 bits), timezone (11 bits)
//
// timezone: 0 none (taken as UTC for the instant), else minutes + 841. Within
// kinds 8 to 11, 13 and 14 the order of ids is that of the values.
//   15    query-local              position in the query's own dictionary
//
// A term is inlined exactly when decoding gives back its lexical form; every
// other literal has a dictionary position. So within one store equal terms have
// equal ids and different terms different ids. The last language or datatype
// code (0xFFF) means "see the dictionary".

#ifndef SANAD_STORAGE_ENCODING_TERM_ID_H_
#define SANAD_STORAGE_ENCODING_TERM_ID_H_

#include <cstdint>
#include <functional>
#include <optional>

#include <sanad/term.h>

namespace sanad {

enum class TermKind : uint8_t {
  kNone = 0,
  kBlankNode = 1,
  kIri = 2,
  kTripleTerm = 3,
  kString = 4,
  kShortString = 5,
  kLangString = 6,
  kTypedLiteral = 7,
  kInteger = 8,
  kDecimal = 9,
  kDouble = 10,
  kFloat = 11,
  kBoolean = 12,
  kDate = 13,
  kDateTime = 14,
  kQueryLocal = 15,
};

class TermId {
 public:
  static constexpr uint64_t kPayloadMask = (uint64_t{1} << 60) - 1;
  static constexpr uint64_t kPositionMask = (uint64_t{1} << 48) - 1;
  static constexpr uint32_t kCodeInDictionary = 0xFFF;

  constexpr TermId() = default;
  constexpr explicit TermId(uint64_t bits) : bits_(bits) {}
  constexpr TermId(TermKind kind, uint64_t payload)
      : bits_(static_cast<uint64_t>(kind) << 60 | (payload & kPayloadMask)) {}

  static constexpr TermId Undefined() { return TermId(0); }
  static constexpr TermId DefaultGraph() { return TermId(1); }
  static constexpr TermId Min() { return TermId(0); }
  static constexpr TermId Max() { return TermId(~uint64_t{0}); }

  constexpr uint64_t bits() const { return bits_; }
  constexpr TermKind kind() const { return static_cast<TermKind>(bits_ >> 60); }
  constexpr uint64_t payload() const { return bits_ & kPayloadMask; }
  constexpr bool is_undefined() const { return bits_ == 0; }
  constexpr bool is_literal() const {
    return kind() >= TermKind::kString && kind() <= TermKind::kDateTime;
  }
  // True when the term itself must be read from a dictionary.
  constexpr bool in_dictionary() const {
    return (kind() >= TermKind::kBlankNode && kind() <= TermKind::kString) ||
           kind() == TermKind::kLangString || kind() == TermKind::kTypedLiteral;
  }

  friend constexpr auto operator<=>(TermId, TermId) = default;
  template <typename H>
  friend H AbslHashValue(H h, TermId id) {
    return H::combine(std::move(h), id.bits_);
  }

 private:
  uint64_t bits_ = 0;
};

// The id of a term that needs no dictionary, or nullopt.
std::optional<TermId> InlineTermId(const Term& term);
// The term of an inlined id. REQUIRES: !id.in_dictionary(), not query-local,
// not kNone. Any bit pattern gives some term.
Term DecodeInlineTerm(TermId id);

}  // namespace sanad

template <>
struct std::hash<sanad::TermId> {
  size_t operator()(sanad::TermId id) const noexcept {
    uint64_t x = id.bits() * 0x9E3779B97F4A7C15u;
    return static_cast<size_t>(x ^ (x >> 32));
  }
};

#endif  // SANAD_STORAGE_ENCODING_TERM_ID_H_
