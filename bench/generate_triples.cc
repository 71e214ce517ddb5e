// Writes synthetic N-Triples of any size, the same bytes for the same arguments.
//
//   generate_triples TRIPLES [SEED] > data.nt
//
// The shape is that of a store of people: every subject has a type, a label, a
// city (5,000 of them, skewed), two or three acquaintances near its own number,
// an age, and sometimes an employer. So there are predicates of all
// cardinalities, a class with every subject in it, and constant-size answers
// ("the acquaintances of person 7") whose cost should not grow with the data.

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
// Generators, 2014): small, and the same on every platform.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  uint64_t Below(uint64_t bound) { return Next() % bound; }
  // Small numbers are likelier: the minimum of two draws.
  uint64_t SkewedBelow(uint64_t bound) {
    const uint64_t a = Below(bound), b = Below(bound);
    return a < b ? a : b;
  }

 private:
  uint64_t state_;
};

constexpr char kNs[] = "http://example.org/";

class Writer {
 public:
  explicit Writer(uint64_t limit) : left_(limit) {}
  bool done() const { return left_ == 0; }

  void Link(uint64_t person, const char* predicate, const char* kind, uint64_t target) {
    if (!Take()) return;
    std::printf("<%sperson/%" PRIu64 "> <%s%s> <%s%s/%" PRIu64 "> .\n", kNs, person, kNs, predicate,
                kNs, kind, target);
  }
  void Type(uint64_t person) {
    if (!Take()) return;
    std::printf("<%sperson/%" PRIu64
                "> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <%sPerson> .\n",
                kNs, person, kNs);
  }
  void Label(uint64_t person) {
    if (!Take()) return;
    std::printf("<%sperson/%" PRIu64
                "> <http://www.w3.org/2000/01/rdf-schema#label> "
                "\"Person number %" PRIu64 "\"@en .\n",
                kNs, person, person);
  }
  void Age(uint64_t person, uint64_t age) {
    if (!Take()) return;
    std::printf("<%sperson/%" PRIu64 "> <%sage> \"%" PRIu64
                "\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n",
                kNs, person, kNs, age);
  }

 private:
  bool Take() {
    if (left_ == 0) return false;
    --left_;
    return true;
  }
  uint64_t left_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fprintf(stderr, "usage: generate_triples TRIPLES [SEED]\n");
    return 2;
  }
  const uint64_t triples = std::strtoull(argv[1], nullptr, 10);
  Random random(argc == 3 ? std::strtoull(argv[2], nullptr, 10) : 1);
  Writer writer(triples);
  constexpr uint64_t kCities = 5000;
  constexpr uint64_t kNear = 1000;
  for (uint64_t person = 0; !writer.done(); ++person) {
    writer.Type(person);
    writer.Label(person);
    writer.Link(person, "livesIn", "city", random.SkewedBelow(kCities));
    const uint64_t acquaintances = 2 + random.Below(2);
    for (uint64_t i = 0; i < acquaintances; ++i) {
      writer.Link(person, "knows", "person", person / kNear * kNear + random.Below(kNear));
    }
    writer.Age(person, random.Below(100));
    if (random.Below(4) == 0) {
      writer.Link(person, "worksFor", "company", random.SkewedBelow(1 + person / 50));
    }
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
