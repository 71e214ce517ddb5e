// What the storage tests share: temporary directories, terms and quads in few
// letters, and scans gathered into vectors.

#ifndef SANAD_TESTS_STORAGE_STORE_TEST_UTIL_H_
#define SANAD_TESTS_STORAGE_STORE_TEST_UTIL_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cctype>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <absl/status/statusor.h>
#include <sanad/store.h>
#include "storage/index/row.h"
#include "storage/model/vocabulary.h"
#include "storage/quad_source.h"

namespace sanad {

// A directory of its own, gone with the object.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sanad_test_XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline Term Iri(const std::string& name) { return Term::Iri("http://example.org/" + name); }

// "s p o g" by local names; without g the default graph; an object "text" is a
// string, a number an integer.
inline Quad Q(const std::string& s, const std::string& p, const std::string& o,
              const std::string& g = "") {
  Quad quad{Iri(s), p == "a" ? Term::Iri(iri::kRdfType) : Iri(p), Iri(o), {}};
  if (o.front() == '"') quad.object = Term::String(o.substr(1, o.size() - 2));
  if (o.front() >= '0' && o.front() <= '9') quad.object = Term::Integer(std::stoll(o));
  if (!g.empty()) quad.graph = Iri(g);
  return quad;
}

// The quads (subject, item, n0 and on), every other one in graph g.
inline std::vector<Quad> NumberedQuads(const std::string& subject, int count) {
  std::vector<Quad> quads;
  for (int i = 0; i < count; ++i) {
    quads.push_back(Q(subject, "item", "n" + std::to_string(i), i % 2 == 0 ? "g" : ""));
  }
  return quads;
}

// Rows of a scan, in order, multiplicities expanded; only columns that the scan
// promises are kept.
inline std::vector<Row> Rows(const QuadSource& source, const ScanRequest& request) {
  std::vector<Row> rows;
  absl::StatusOr<std::unique_ptr<QuadScan>> scan = source.Scan(request);
  EXPECT_TRUE(scan.ok()) << scan.status();
  if (!scan.ok()) return rows;
  QuadBatch batch;
  const bool each = request.scope.kind == GraphScope::Kind::kEach;
  const size_t first = request.order == Order::kGspo ? 1 : 0;
  while ((*scan)->Next(batch)) {
    EXPECT_LE(batch.size, QuadBatch::kCapacity);
    EXPECT_TRUE(batch.multiplicity.empty() || batch.multiplicity.size() == batch.size);
    for (size_t i = 0; i < batch.size; ++i) {
      Row row{};
      for (size_t c = first; c < first + static_cast<size_t>(request.columns); ++c) {
        row[c] = batch.columns[c][i];
      }
      if (each) row[GraphColumn(request.order)] = batch.columns[GraphColumn(request.order)][i];
      const uint64_t times = batch.multiplicity.empty() ? 1 : batch.multiplicity[i];
      for (uint64_t t = 0; t < times; ++t) rows.push_back(row);
    }
  }
  EXPECT_TRUE((*scan)->status().ok()) << (*scan)->status();
  return rows;
}

inline void InsertAll(Store& store, const std::vector<Quad>& quads) {
  auto transaction = store.Begin();
  ASSERT_TRUE(transaction.ok()) << transaction.status();
  for (const Quad& quad : quads) {
    const absl::Status status = (*transaction)->Insert(quad);
    ASSERT_TRUE(status.ok()) << status;
  }
  const absl::Status status = (*transaction)->Commit();
  ASSERT_TRUE(status.ok()) << status;
}

// Whether a snapshot holds a quad; that it cannot tell is a failure.
inline bool Holds(const Snapshot& snapshot, const Quad& quad) {
  const absl::StatusOr<bool> holds = snapshot.Contains(quad);
  EXPECT_TRUE(holds.ok()) << holds.status();
  return holds.ok() && *holds;
}

inline TermId IdOf(const QuadSource& source, const Term& term) {
  const absl::StatusOr<TermId> id = source.Find(term);
  EXPECT_TRUE(id.ok()) << id.status();
  return id.ok() ? *id : TermId();
}

// A quad in the letters of N-Quads; language tags that differ by case are one term.
inline std::string TextOf(const Quad& quad) {
  std::string text;
  for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
    std::string part = term->ToString();
    if (!term->language().empty()) {
      for (size_t i = part.rfind('@'); i < part.size(); ++i) {
        part[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(part[i])));
      }
    }
    text += part + " ";
  }
  return text;
}

// Every quad of a source as text, read through one order.
inline absl::StatusOr<std::set<std::string>> QuadTexts(const QuadSource& source, Order order) {
  std::set<std::string> texts;
  for (const GraphScope& scope : {GraphScope::Default(), GraphScope::Each()}) {
    absl::StatusOr<std::unique_ptr<QuadScan>> scan =
        source.Scan({.pattern = {}, .order = order, .scope = scope, .ranges = {}, .columns = 3});
    if (!scan.ok()) return scan.status();
    const bool named = scope.kind == GraphScope::Kind::kEach;
    QuadBatch batch;
    std::vector<TermId> ids;
    std::vector<Term> terms;
    while ((*scan)->Next(batch)) {
      ids.clear();
      for (size_t i = 0; i < batch.size; ++i) {
        Row row{};
        // Columns that a scan does not read are empty.
        for (size_t c = 0; c < 4; ++c) {
          if (i < batch.columns[c].size()) row[c] = batch.columns[c][i];
        }
        IdQuad quad = QuadOf(row, order);
        if (!named) quad.graph = TermId::DefaultGraph();
        ids.insert(ids.end(), {quad.subject, quad.predicate, quad.object, quad.graph});
      }
      const absl::Status status = source.Materialize(ids, terms);
      if (!status.ok()) return status;
      for (size_t i = 0; i < terms.size(); i += 4) {
        texts.insert(TextOf({terms[i], terms[i + 1], terms[i + 2], terms[i + 3]}));
      }
    }
    if (!(*scan)->status().ok()) return (*scan)->status();
  }
  return texts;
}

}  // namespace sanad

#endif  // SANAD_TESTS_STORAGE_STORE_TEST_UTIL_H_
