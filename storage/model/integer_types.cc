// One table: name and range of each type of the integer family.

#include "storage/model/integer_types.h"

#include <array>

#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr __int128 kUnbounded = static_cast<__int128>(~static_cast<unsigned __int128>(0) >> 1);

struct TypeRow {
  std::string_view iri;
  __int128 low, high;
};

constexpr std::array<TypeRow, kIntegerTypeCount> kTypes = {{
    {SANAD_XSD_NS "integer", -kUnbounded - 1, kUnbounded},
    {SANAD_XSD_NS "nonPositiveInteger", -kUnbounded - 1, 0},
    {SANAD_XSD_NS "negativeInteger", -kUnbounded - 1, -1},
    {SANAD_XSD_NS "long", INT64_MIN, INT64_MAX},
    {SANAD_XSD_NS "int", INT32_MIN, INT32_MAX},
    {SANAD_XSD_NS "short", INT16_MIN, INT16_MAX},
    {SANAD_XSD_NS "byte", INT8_MIN, INT8_MAX},
    {SANAD_XSD_NS "nonNegativeInteger", 0, kUnbounded},
    {SANAD_XSD_NS "unsignedLong", 0, UINT64_MAX},
    {SANAD_XSD_NS "unsignedInt", 0, UINT32_MAX},
    {SANAD_XSD_NS "unsignedShort", 0, UINT16_MAX},
    {SANAD_XSD_NS "unsignedByte", 0, UINT8_MAX},
    {SANAD_XSD_NS "positiveInteger", 1, kUnbounded},
}};

}  // namespace

std::optional<IntegerType> IntegerTypeOf(std::string_view datatype_iri) {
  if (!datatype_iri.starts_with(SANAD_XSD_NS)) return std::nullopt;
  for (size_t i = 0; i < kTypes.size(); ++i) {
    if (kTypes[i].iri == datatype_iri) return static_cast<IntegerType>(i);
  }
  return std::nullopt;
}

std::string_view DatatypeIri(IntegerType type) { return kTypes[static_cast<size_t>(type)].iri; }

bool IsInRange(IntegerType type, __int128 value) {
  const TypeRow& row = kTypes[static_cast<size_t>(type)];
  return value >= row.low && value <= row.high;
}

}  // namespace sanad
