// A QuadSource over vectors, for tests: small, obviously right, never fast.
//
//   auto source = sanad::MemoryQuadSource::FromQuads({Quad{…}, …});
//   auto scan = source->Scan({.order = Order::kPso});

#ifndef SANAD_STORAGE_MEMORY_QUAD_SOURCE_H_
#define SANAD_STORAGE_MEMORY_QUAD_SOURCE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "storage/index/row.h"
#include "storage/quad_source.h"

namespace sanad {

// Scans filter and sort all quads at each call. Equal neighbours come as one
// row with a multiplicity when fewer than three columns are read.
// Thread-safe: immutable. Scans share ownership of nothing; the source must
// outlive them.
class MemoryQuadSource : public QuadSource {
 public:
  static std::unique_ptr<MemoryQuadSource> FromQuads(const std::vector<Quad>& quads);

  absl::StatusOr<std::unique_ptr<QuadScan>> Scan(const ScanRequest& request) const override;
  absl::StatusOr<uint64_t> Count(const IdPattern& pattern, const GraphScope& scope) const override;
  PredicateCounts CountsOf(TermId predicate) const override;
  absl::StatusOr<TermId> Find(const Term& term) const override;
  absl::Status Materialize(std::span<const TermId> ids, std::vector<Term>& terms) const override;
  std::string_view LanguageOfCode(uint32_t code) const override;
  std::string_view DatatypeOfCode(uint32_t code) const override;
  absl::StatusOr<std::vector<TermId>> NamedGraphs(bool statements_only) const override;
  uint64_t version() const override { return 1; }
  const DerivedReader* Derived(std::string_view) const override { return nullptr; }

 private:
  TermId Add(const Term& term);

  std::map<Term, TermId> ids_;
  std::vector<Term> terms_;  // By position.
  std::vector<std::string> languages_;
  std::vector<std::string> datatypes_;
  std::vector<IdQuad> quads_;  // Each once.
  std::vector<TermId> excluded_;
};

}  // namespace sanad

#endif  // SANAD_STORAGE_MEMORY_QUAD_SOURCE_H_
