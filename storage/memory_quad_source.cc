// See memory_quad_source.h. A scan collects the rows that match, sorts them,
// merges those of one triple where the scope asks for it, and serves the vector.

#include "storage/memory_quad_source.h"

#include <algorithm>
#include <set>

#include "storage/index/scan_shape.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

class VectorScan : public QuadScan {
 public:
  VectorScan(std::vector<Row> rows, std::vector<uint64_t> multiplicity, size_t key_column)
      : rows_(std::move(rows)), multiplicity_(std::move(multiplicity)), key_column_(key_column) {}

  bool Next(QuadBatch& batch) override {
    const size_t size = std::min(QuadBatch::kCapacity, rows_.size() - next_);
    batch.size = size;
    for (size_t c = 0; c < 4; ++c) {
      batch.columns[c].resize(size);
      for (size_t i = 0; i < size; ++i) batch.columns[c][i] = rows_[next_ + i][c];
    }
    batch.multiplicity.clear();
    if (!multiplicity_.empty()) {
      batch.multiplicity.assign(multiplicity_.begin() + static_cast<ptrdiff_t>(next_),
                                multiplicity_.begin() + static_cast<ptrdiff_t>(next_ + size));
    }
    next_ += size;
    return size > 0;
  }
  void SkipTo(TermId key) override {
    while (next_ < rows_.size() && rows_[next_][key_column_] < key) ++next_;
  }
  const absl::Status& status() const override { return status_; }

 private:
  std::vector<Row> rows_;
  std::vector<uint64_t> multiplicity_;  // Empty or parallel.
  size_t key_column_;
  size_t next_ = 0;
  absl::Status status_;
};

bool InRanges(TermId id, const std::vector<IdRange>& ranges) {
  if (ranges.empty()) return true;
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const IdRange& r) { return r.low <= id && id <= r.high; });
}

uint32_t CodeFor(std::vector<std::string>& codes, std::string_view name) {
  for (size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] == name) return static_cast<uint32_t>(i);
  }
  if (codes.size() >= TermId::kCodeInDictionary) return TermId::kCodeInDictionary;
  codes.emplace_back(name);
  return static_cast<uint32_t>(codes.size() - 1);
}

}  // namespace

std::unique_ptr<MemoryQuadSource> MemoryQuadSource::FromQuads(const std::vector<Quad>& quads) {
  auto source = std::make_unique<MemoryQuadSource>();
  std::set<IdQuad> unique;
  std::set<TermId> excluded;
  for (const Quad& quad : quads) {
    const IdQuad ids{source->Add(quad.subject), source->Add(quad.predicate),
                     source->Add(quad.object),
                     quad.graph.is_undefined() ? TermId::DefaultGraph() : source->Add(quad.graph)};
    unique.insert(ids);
    const std::string& object = quad.object.value();
    if (quad.subject == quad.graph && quad.predicate.value() == iri::kRdfType &&
        quad.object.is_iri() &&
        (object == iri::kDocumentGraph || object == iri::kProvenanceGraph ||
         object == iri::kLexiconGraph)) {
      excluded.insert(ids.graph);
    }
  }
  source->quads_.assign(unique.begin(), unique.end());
  source->excluded_.assign(excluded.begin(), excluded.end());
  return source;
}

TermId MemoryQuadSource::Add(const Term& term) {
  if (std::optional<TermId> id = InlineTermId(term)) return *id;
  auto [it, added] = ids_.try_emplace(term);
  if (!added) return it->second;
  const uint64_t position = terms_.size();
  terms_.push_back(term);
  if (term.is_iri()) {
    it->second = TermId(TermKind::kIri, position);
  } else if (term.is_blank_node()) {
    it->second = TermId(TermKind::kBlankNode, position);
  } else if (!term.language().empty()) {
    const uint64_t code = CodeFor(languages_, term.language());
    it->second = TermId(TermKind::kLangString, code << 48 | position);
  } else if (term.datatype() == SANAD_XSD_NS "string") {
    it->second = TermId(TermKind::kString, position);
  } else {
    const uint64_t code = CodeFor(datatypes_, term.datatype());
    it->second = TermId(TermKind::kTypedLiteral, code << 48 | position);
  }
  return it->second;
}

absl::StatusOr<std::unique_ptr<QuadScan>> MemoryQuadSource::Scan(const ScanRequest& request) const {
  absl::StatusOr<ScanShape> shape = ShapeOf(request);
  if (!shape.ok()) return shape.status();
  const GraphFilter filter(request.scope, excluded_);
  std::vector<Row> rows;
  for (const IdQuad& quad : quads_) {
    const Row row = RowOf(quad, request.order);
    bool inside = filter.Passes(quad.graph) && InRanges(row[shape->key_column], request.ranges);
    for (size_t c = 0; c < shape->bound; ++c) inside = inside && row[c] == shape->low[c];
    if (inside) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  if (filter.distinct()) {
    const auto same = [&](const Row& a, const Row& b) { return SameTriple(a, b, request.order); };
    rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
  }
  std::vector<uint64_t> multiplicity;
  if (request.columns < 3 && request.scope.kind != GraphScope::Kind::kEach) {
    const auto first = static_cast<size_t>(request.order == Order::kGspo ? 1 : 0);
    std::vector<Row> groups;
    for (const Row& row : rows) {
      bool same = !groups.empty();
      for (size_t c = 0; same && c < first + static_cast<size_t>(request.columns); ++c) {
        same = groups.back()[c] == row[c];
      }
      if (same) {
        ++multiplicity.back();
      } else {
        groups.push_back(row);
        multiplicity.push_back(1);
      }
    }
    rows = std::move(groups);
  }
  return std::make_unique<VectorScan>(std::move(rows), std::move(multiplicity), shape->key_column);
}

absl::StatusOr<uint64_t> MemoryQuadSource::Count(const IdPattern& pattern,
                                                 const GraphScope& scope) const {
  ScanRequest request{.pattern = pattern, .order = OrderFor(pattern), .scope = scope, .ranges = {}};
  absl::StatusOr<std::unique_ptr<QuadScan>> scan = Scan(request);
  if (!scan.ok()) return scan.status();
  uint64_t count = 0;
  QuadBatch batch;
  while ((*scan)->Next(batch)) count += batch.size;
  return count;
}

PredicateCounts MemoryQuadSource::CountsOf(TermId predicate) const {
  std::set<TermId> subjects, objects;
  std::set<std::array<TermId, 2>> triples;
  for (const IdQuad& quad : quads_) {
    if (quad.predicate != predicate) continue;
    subjects.insert(quad.subject);
    objects.insert(quad.object);
    triples.insert({quad.subject, quad.object});
  }
  return {triples.size(), subjects.size(), objects.size(), true};
}

absl::StatusOr<TermId> MemoryQuadSource::Find(const Term& term) const {
  if (term.is_undefined()) return TermId::Undefined();
  if (std::optional<TermId> id = InlineTermId(term)) return *id;
  auto it = ids_.find(term);
  return it == ids_.end() ? TermId::Undefined() : it->second;
}

absl::Status MemoryQuadSource::Materialize(std::span<const TermId> ids,
                                           std::vector<Term>& terms) const {
  terms.clear();
  terms.reserve(ids.size());
  for (TermId id : ids) {
    if (id.kind() == TermKind::kNone) {
      terms.emplace_back();
    } else if (!id.in_dictionary() && id.kind() != TermKind::kQueryLocal) {
      terms.push_back(DecodeInlineTerm(id));
    } else {
      const uint64_t position = id.payload() & TermId::kPositionMask;
      if (id.kind() == TermKind::kQueryLocal || position >= terms_.size()) {
        return absl::DataLossError("an id that names no term");
      }
      terms.push_back(terms_[position]);
    }
  }
  return absl::OkStatus();
}

std::string_view MemoryQuadSource::LanguageOfCode(uint32_t code) const {
  return code < languages_.size() ? std::string_view(languages_[code]) : std::string_view();
}

std::string_view MemoryQuadSource::DatatypeOfCode(uint32_t code) const {
  return code < datatypes_.size() ? std::string_view(datatypes_[code]) : std::string_view();
}

absl::StatusOr<std::vector<TermId>> MemoryQuadSource::NamedGraphs(bool statements_only) const {
  std::set<TermId> graphs;
  for (const IdQuad& quad : quads_) {
    if (quad.graph == TermId::DefaultGraph()) continue;
    if (statements_only && std::binary_search(excluded_.begin(), excluded_.end(), quad.graph)) {
      continue;
    }
    graphs.insert(quad.graph);
  }
  return std::vector<TermId>(graphs.begin(), graphs.end());
}

}  // namespace sanad
