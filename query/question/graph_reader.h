// Short reads of a QuadSource for the stages of questions: a few triples at a
// time, all graphs or those of the union, as terms.
//
// A read that fails gives less than there is and its error is kept in a ReadErrors,
// so that the stages need not carry it: whoever answers looks there before anything
// found is shown or kept.
//
//   ReadErrors errors;
//   const GraphReader reader(source, errors);
//   Use(reader.Objects(thing, property));
//   SANAD_RETURN_IF_ERROR(errors.status());

#ifndef SANAD_QUERY_QUESTION_GRAPH_READER_H_
#define SANAD_QUERY_QUESTION_GRAPH_READER_H_

#include <functional>
#include <string_view>
#include <vector>

#include <absl/base/thread_annotations.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "storage/quad_source.h"
#include "storage/sync/mutex.h"

namespace sanad::question {

// The first error of some reads. Thread-safe.
class ReadErrors {
 public:
  // Keeps `status` where it is the first error.
  void Keep(const absl::Status& status);
  // The value, or a default-made one whose error is kept.
  template <typename T>
  T ValueOrEmpty(absl::StatusOr<T> value) {
    if (value.ok()) return *std::move(value);
    Keep(value.status());
    return T();
  }
  absl::Status status() const;

 private:
  mutable Mutex mutex_;
  absl::Status first_ ABSL_GUARDED_BY(mutex_);
};

// Borrows the source and where errors are kept. Thread-safe as the source is.
class GraphReader {
 public:
  GraphReader(const QuadSource& source, ReadErrors& errors) : source_(source), errors_(errors) {}
  const QuadSource& source() const { return source_; }
  ReadErrors& errors() const { return errors_; }

  // The id of a term, Undefined where the store does not hold it.
  TermId Id(const Term& term) const;
  TermId Id(std::string_view iri) const { return Id(Term::Iri(iri)); }
  Term TermOf(TermId id) const;
  std::vector<Term> TermsOf(const std::vector<TermId>& ids) const;

  // Rows of a pattern in a scope until `visit` returns false. The quad's graph
  // is filled in kEach scope only.
  void Scan(const IdPattern& pattern, const GraphScope& scope,
            const std::function<bool(const IdQuad&)>& visit) const;

  // Distinct objects of (subject, predicate), or subjects of (predicate,
  // object), in the union or in every graph (lexicon and document ones too).
  std::vector<TermId> Objects(TermId subject, TermId predicate, bool all_graphs = false) const;
  std::vector<TermId> Subjects(TermId predicate, TermId object, bool all_graphs = false) const;
  // Properties with a value: in the union (a few of them), or declared by
  // sanad:takesValue in a vocabulary.
  std::vector<TermId> PropertiesTaking(const Term& value) const;
  // The graphs that hold a triple.
  std::vector<TermId> GraphsOf(TermId subject, TermId predicate, TermId object) const;

 private:
  const QuadSource& source_;
  ReadErrors& errors_;
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_GRAPH_READER_H_
