// Units of measure: which convert, how, and what has one.

#include "query/question/schema.h"

#include <string>

#include <gtest/gtest.h>
#include <sanad/rdf.h>

#include "storage/memory_quad_source.h"
#include "storage/model/vocabulary.h"

namespace sanad::question_test {
namespace {

using question::Property;
using question::Schema;

constexpr std::string_view kUnits = R"(
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix e: <http://example.org/> .
e:half qudt:hasQuantityKind e:Heat ; qudt:conversionMultiplier 0.5 ; qudt:conversionOffset 32 .
e:whole qudt:hasQuantityKind e:Heat ; qudt:conversionMultiplier 1.0 ; qudt:conversionOffset 10.0e0 .
e:step qudt:hasQuantityKind e:Height , e:Depth , e:Length ; qudt:conversionMultiplier 3 .
e:pace qudt:hasQuantityKind e:Depth , e:Width ; qudt:conversionMultiplier 1.5 .
e:coin qudt:hasQuantityKind e:Money .
e:note qudt:hasQuantityKind e:Money ; qudt:conversionMultiplier 5 .
e:rise a owl:DatatypeProperty ; qudt:hasUnit e:step .
e:fall a owl:DatatypeProperty ; qudt:hasUnit e:step , e:pace .
e:thing e:rise 7 ; e:shore e:quantity .
e:quantity a qudt:QuantityValue ; qudt:numericValue 40 ; qudt:hasUnit e:step .
)";

Term Example(std::string_view name) {
  return Term::Iri(std::string("http://example.org/").append(name));
}

class UnitsTest : public testing::Test {
 protected:
  UnitsTest() {
    std::vector<Quad> quads;
    const absl::Status read = ReadRdf(kUnits, RdfSyntax::kTurtle, {}, [&](const Quad& quad) {
      quads.push_back(quad);
      return absl::OkStatus();
    });
    EXPECT_TRUE(read.ok()) << read;
    schema_ = *Schema::Build(*MemoryQuadSource::FromQuads(quads));
  }

  // "" where it does not convert.
  std::string Convert(std::string_view amount, std::string_view from, std::string_view to) const {
    const std::optional<Decimal> out =
        schema_->Convert(*Decimal::Parse(amount), Example(from), Example(to));
    return out.has_value() ? out->ToString() : "";
  }

  std::shared_ptr<const Schema> schema_;
};

TEST_F(UnitsTest, ConvertWithinAKind) {
  EXPECT_EQ(Convert("12", "step", "pace"), "24");
  EXPECT_EQ(Convert("12", "pace", "step"), "6");
  EXPECT_EQ(Convert("12.5", "step", "step"), "12.5");
  EXPECT_EQ(Convert("12", "step", "whole"), "");
  EXPECT_EQ(Convert("12", "coin", "note"), "");
  EXPECT_EQ(Convert("12", "coin", "coin"), "12");
  EXPECT_EQ(Convert("1" + std::string(37, '0'), "step", "pace"), "2" + std::string(37, '0'));
  EXPECT_EQ(Convert("9" + std::string(37, '9'), "step", "pace"), "");
}

TEST_F(UnitsTest, OffsetsAreAddedBefore) {
  EXPECT_EQ(Convert("68", "half", "whole"), "40");
  EXPECT_EQ(Convert("40", "whole", "half"), "68");
}

TEST_F(UnitsTest, OnlyPropertiesHaveOne) {
  EXPECT_EQ(schema_->FindProperty(Example("quantity")), nullptr);
  const Property* const rise = schema_->FindProperty(Example("rise"));
  ASSERT_NE(rise, nullptr);
  EXPECT_EQ(rise->unit, Example("step"));
  const Property* const fall = schema_->FindProperty(Example("fall"));
  ASSERT_NE(fall, nullptr);
  EXPECT_TRUE(fall->unit.is_undefined());
}

}  // namespace
}  // namespace sanad::question_test
