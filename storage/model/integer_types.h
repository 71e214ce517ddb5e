// xsd:integer and the twelve types derived from it, with their ranges. The
// numbers are stored in term ids: never reorder.

#ifndef SANAD_STORAGE_MODEL_INTEGER_TYPES_H_
#define SANAD_STORAGE_MODEL_INTEGER_TYPES_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace sanad {

enum class IntegerType : uint8_t {
  kInteger = 0,
  kNonPositiveInteger = 1,
  kNegativeInteger = 2,
  kLong = 3,
  kInt = 4,
  kShort = 5,
  kByte = 6,
  kNonNegativeInteger = 7,
  kUnsignedLong = 8,
  kUnsignedInt = 9,
  kUnsignedShort = 10,
  kUnsignedByte = 11,
  kPositiveInteger = 12,
};
inline constexpr int kIntegerTypeCount = 13;

std::optional<IntegerType> IntegerTypeOf(std::string_view datatype_iri);
std::string_view DatatypeIri(IntegerType type);
// Whether the type's value space holds `value`.
bool IsInRange(IntegerType type, __int128 value);

}  // namespace sanad

#endif  // SANAD_STORAGE_MODEL_INTEGER_TYPES_H_
