// Inlined ids: exact round trip or not inlined, order of ids is order of values,
// and every bit pattern decodes to a term.

#include "storage/encoding/term_id.h"

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include "storage/encoding/inline_value.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_datetime.h"
#include "storage/model/xsd_number.h"

namespace sanad {
namespace {

struct InlineCase {
  const char* lexical;
  std::string_view datatype;
  bool inlined;
};

TEST(TermId, InlinesExactlyWhatDecodesToItself) {
  constexpr std::string_view kByte = SANAD_XSD_NS "byte";
  const InlineCase cases[] = {
      {"", iri::kXsdString, true},
      {"1234567", iri::kXsdString, true},
      {"12345678", iri::kXsdString, false},
      {"\xD8\xB3\xD9\x86\xD8\xAF", iri::kXsdString, true},
      {"0", iri::kXsdInteger, true},
      {"-0", iri::kXsdInteger, false},
      {"+1", iri::kXsdInteger, false},
      {"01", iri::kXsdInteger, false},
      {"1.0", iri::kXsdInteger, false},
      {"36028797018963967", iri::kXsdInteger, true},
      {"36028797018963968", iri::kXsdInteger, false},
      {"-36028797018963968", iri::kXsdInteger, true},
      {"-36028797018963969", iri::kXsdInteger, false},
      {"99999999999999999999999", iri::kXsdInteger, false},
      {"127", kByte, true},
      {"128", kByte, false},
      {"1", iri::kXsdDecimal, true},
      {"1.0", iri::kXsdDecimal, true},
      {"1.50", iri::kXsdDecimal, true},
      {"-0.000001", iri::kXsdDecimal, true},
      {"0.0000001", iri::kXsdDecimal, false},
      {"1.", iri::kXsdDecimal, false},
      {".5", iri::kXsdDecimal, false},
      {"-0.0", iri::kXsdDecimal, false},
      {"72057594037.927935", iri::kXsdDecimal, true},
      {"72057594037.927936", iri::kXsdDecimal, false},
      {"1.0E0", iri::kXsdDouble, true},
      {"1.25E-3", iri::kXsdDouble, false},  // Needs the mantissa's last bits.
      {"1.25E2", iri::kXsdDouble, true},
      {"-1.25E2", iri::kXsdDouble, true},
      {"1e0", iri::kXsdDouble, false},
      {"INF", iri::kXsdDouble, true},
      {"-INF", iri::kXsdDouble, true},
      {"NaN", iri::kXsdDouble, true},
      {"+INF", iri::kXsdDouble, false},
      {"1.1E0", iri::kXsdFloat, true},
      {"true", iri::kXsdBoolean, true},
      {"false", iri::kXsdBoolean, true},
      {"1", iri::kXsdBoolean, false},
      {"2025-02-18", iri::kXsdDate, true},
      {"2025-02-18Z", iri::kXsdDate, true},
      {"2025-02-18-05:30", iri::kXsdDate, true},
      {"2025-02-18+00:00", iri::kXsdDate, false},
      {"2025-02-30", iri::kXsdDate, false},
      {"-0044-03-15", iri::kXsdDate, true},
      {"2025-02-18T10:00:00Z", iri::kXsdDateTime, true},
      {"2025-02-18T10:00:00.125+14:00", iri::kXsdDateTime, true},
      {"2025-02-18T10:00:00.120Z", iri::kXsdDateTime, false},
      {"2025-02-18T10:00:00.0001Z", iri::kXsdDateTime, false},
      {"2025-02-18T24:00:00Z", iri::kXsdDateTime, false},
      {"1969-12-31T23:59:59.999", iri::kXsdDateTime, true},
      {"20000-01-01T00:00:00Z", iri::kXsdDateTime, false},
      {"PT1S", iri::kXsdDuration, false},
  };
  for (const InlineCase& c : cases) {
    const Term term = Term::Literal(c.lexical, c.datatype);
    const std::optional<TermId> id = InlineTermId(term);
    EXPECT_EQ(id.has_value(), c.inlined) << term.ToString();
    if (id) {
      EXPECT_EQ(DecodeInlineTerm(*id), term) << term.ToString();
      EXPECT_TRUE(id->is_literal() && !id->in_dictionary());
    }
  }
  EXPECT_FALSE(InlineTermId(Term::LangString("a", "en")));
  EXPECT_FALSE(InlineTermId(Term::Iri("a:b")));
  EXPECT_FALSE(InlineTermId(Term::BlankNode("b")));
  EXPECT_FALSE(InlineTermId(Term()));
  EXPECT_EQ(DecodeInlineTerm(*InlineTermId(Term::String(std::string_view("a\0b", 3)))).value(),
            std::string_view("a\0b", 3));
}

TEST(TermId, EveryIntegerTypeKeepsItsDatatype) {
  for (const char* name : {"integer", "nonPositiveInteger", "negativeInteger", "long", "int",
                           "short", "byte", "nonNegativeInteger", "unsignedLong", "unsignedInt",
                           "unsignedShort", "unsignedByte", "positiveInteger"}) {
    int inlined = 0;
    for (const char* value : {"-7", "0", "7"}) {
      const Term term = Term::Literal(value, std::string(SANAD_XSD_NS) + name);
      const std::optional<TermId> id = InlineTermId(term);
      if (!id) continue;
      ++inlined;
      EXPECT_EQ(DecodeInlineTerm(*id), term);
    }
    EXPECT_GE(inlined, 1) << name;
  }
}

// Random lexical forms of one datatype.
std::string RandomLexical(TermKind kind, std::mt19937_64& random) {
  const auto below = [&](uint64_t n) { return random() % n; };
  const std::string sign = below(2) ? "-" : "";
  switch (kind) {
    case TermKind::kInteger:
      return sign + std::to_string(random() >> below(60));
    case TermKind::kDecimal: {
      std::string text = sign + std::to_string((random() >> 20) >> below(44)) + ".";
      for (uint64_t i = 0, n = 1 + below(6); i < n; ++i) text += static_cast<char>('0' + below(10));
      return text;
    }
    case TermKind::kDouble:
      return CanonicalDouble(std::ldexp(static_cast<double>(static_cast<int64_t>(random()) >> 16),
                                        static_cast<int>(below(80)) - 60));
    case TermKind::kFloat:
      return CanonicalFloat(std::ldexp(static_cast<float>(below(1 << 20)), -9));
    default:
      break;
  }
  DateTimeValue value;
  value.type = kind == TermKind::kDate ? DateTimeType::kDate : DateTimeType::kDateTime;
  value.year = static_cast<int64_t>(below(6000)) - 1000;
  value.month = static_cast<int>(1 + below(12));
  value.day = static_cast<int>(1 + below(28));
  if (below(2)) value.timezone_minutes = static_cast<int>(below(1681)) - 840;
  if (kind == TermKind::kDateTime) {
    value.hour = static_cast<int>(below(24));
    value.minute = static_cast<int>(below(60));
    value.second = *Decimal::Parse(std::to_string(below(60)) + "." + std::to_string(below(10)));
  }
  return value.ToLexical();
}

class TermIdOrder : public ::testing::TestWithParam<std::pair<TermKind, std::string_view>> {};

TEST_P(TermIdOrder, IsTheOrderOfValues) {
  const auto [kind, datatype] = GetParam();
  std::mt19937_64 random(7);
  std::vector<std::pair<TermId, Term>> inlined;
  for (int i = 0; i < 4000; ++i) {
    const Term term = Term::Literal(RandomLexical(kind, random), datatype);
    if (const auto id = InlineTermId(term)) {
      EXPECT_EQ(DecodeInlineTerm(*id), term);
      inlined.emplace_back(*id, term);
    }
  }
  ASSERT_GT(inlined.size(), 1000u);
  std::sort(inlined.begin(), inlined.end(), [](auto& a, auto& b) { return a.first < b.first; });
  for (size_t i = 1; i < inlined.size(); ++i) {
    const Term& a = inlined[i - 1].second;
    const Term& b = inlined[i].second;
    if (inlined[i - 1].first == inlined[i].first) {
      EXPECT_EQ(a, b);
    } else if (kind == TermKind::kDate || kind == TermKind::kDateTime) {
      EXPECT_TRUE(Compare(ToDateTime(a)->ToInstant(), ToDateTime(b)->ToInstant()) <= 0)
          << a.ToString() << " " << b.ToString();
    } else {
      EXPECT_TRUE(Compare(*ToNumeric(a), *ToNumeric(b)) <= 0)
          << a.ToString() << " " << b.ToString();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, TermIdOrder,
                         ::testing::Values(std::pair(TermKind::kInteger, iri::kXsdInteger),
                                           std::pair(TermKind::kDecimal, iri::kXsdDecimal),
                                           std::pair(TermKind::kDouble, iri::kXsdDouble),
                                           std::pair(TermKind::kFloat, iri::kXsdFloat),
                                           std::pair(TermKind::kDate, iri::kXsdDate),
                                           std::pair(TermKind::kDateTime, iri::kXsdDateTime)));

// Numbers of every type and size, many of them close to each other.
std::vector<Term> Numbers(std::mt19937_64& random, size_t count) {
  std::vector<Term> numbers = {Term::Literal("INF", iri::kXsdDouble),
                               Term::Literal("-INF", iri::kXsdFloat)};
  const std::string_view datatypes[] = {iri::kXsdInteger, iri::kXsdDecimal, iri::kXsdDouble,
                                        iri::kXsdFloat};
  while (numbers.size() < count) {
    const int64_t whole =
        static_cast<int64_t>(random() >> (8 + random() % 56)) * (random() % 2 == 0 ? 1 : -1);
    const std::string_view datatype = datatypes[random() % 4];
    std::string text = std::to_string(random() % 3 == 0 ? whole : whole % 10);
    if (datatype != iri::kXsdInteger && random() % 2 == 0) {
      text += "." + std::to_string(1 + random() % 9);
    }
    if (datatype == iri::kXsdDouble && random() % 4 == 0)
      text += "E" + std::to_string(random() % 40);
    numbers.push_back(Term::Literal(text, datatype));
    const auto value = ToNumeric(numbers.back());
    // The canonical form is the one that is inlined.
    if (value) numbers.push_back(value->ToTerm());
  }
  return numbers;
}

TEST(TermId, NoNumberIsMissedBetweenTwoOthers) {
  std::mt19937_64 random(12);
  const std::vector<Term> numbers = Numbers(random, 600);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  size_t tested = 0, beside = 0;
  for (const Term& constant : numbers) {
    const auto bound = ToNumeric(constant);
    if (!bound) continue;
    const bool single = bound->type == NumericType::kFloat;
    for (const Term& number : numbers) {
      const auto id = InlineTermId(number);
      if (!id) continue;
      const auto order = Compare(*ToNumeric(number), *bound);
      const auto [from, end] = InlineIdsBetween(id->kind(), bound->ToDouble(), kInfinity, single);
      const auto [start, to] = InlineIdsBetween(id->kind(), -kInfinity, bound->ToDouble(), single);
      const bool above = *id >= from && *id <= end, below = *id >= start && *id <= to;
      EXPECT_TRUE(above || !(order >= 0)) << number.ToString() << " " << constant.ToString();
      EXPECT_TRUE(below || !(order <= 0)) << number.ToString() << " " << constant.ToString();
      ++tested;
      beside += *id < from || *id > to;
    }
  }
  EXPECT_GT(tested, 10000u);
  EXPECT_GT(beside, tested / 4);  // The ranges do leave ids out.
}

TEST(TermId, NoInstantIsMissedBetweenTwoOthers) {
  std::mt19937_64 random(13);
  for (const auto& [kind, type] : {std::pair(TermKind::kDate, DateTimeType::kDate),
                                   std::pair(TermKind::kDateTime, DateTimeType::kDateTime)}) {
    std::vector<DateTimeValue> values;
    for (int i = 0; i < 300; ++i) {
      DateTimeValue value;
      value.type = type;
      value.year = i % 10 == 0 ? static_cast<int64_t>(random() % 9000) : 2000;
      value.month = 1 + static_cast<int>(random() % 2);
      value.day = 1 + static_cast<int>(random() % 28);
      if (type == DateTimeType::kDateTime) value.hour = static_cast<int>(random() % 24);
      if (random() % 2 == 0) value.timezone_minutes = static_cast<int>(random() % 1681) - 840;
      values.push_back(value);
    }
    size_t beside = 0;
    for (const DateTimeValue& constant : values) {
      const double bound = constant.ToInstant().ToDouble();
      const auto [from, to] = InlineIdsBetween(kind, bound, bound, false);
      for (const DateTimeValue& value : values) {
        const auto id = InlineTermId(value.ToTerm());
        if (!id) continue;
        const auto order = Compare(value, constant);
        EXPECT_TRUE(*id >= from || !(order >= 0));
        EXPECT_TRUE(*id <= to || !(order <= 0));
        beside += *id < from || *id > to;
      }
    }
    EXPECT_GT(beside, 10000u);
  }
}

TEST(TermId, EveryBitPatternDecodes) {
  std::mt19937_64 random(11);
  for (int kind = 4; kind <= 14; ++kind) {
    for (int i = 0; i < 20000; ++i) {
      uint64_t payload = random() >> (random() % 60);
      if (i % 3 == 0) payload = ~payload;
      const TermId id(static_cast<TermKind>(kind), payload);
      if (id.in_dictionary()) continue;
      const Term term = DecodeInlineTerm(id);
      ASSERT_TRUE(term.is_literal());
      // What an encoder would write for it decodes to the same term.
      const auto canonical = InlineTermId(term);
      EXPECT_TRUE(!canonical || DecodeInlineTerm(*canonical) == term);
    }
  }
}

}  // namespace
}  // namespace sanad
