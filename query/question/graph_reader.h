// Short reads of a QuadSource for the stages of questions: a few triples at a
// time, all graphs or those of the union, as terms.

#ifndef SANAD_QUERY_QUESTION_GRAPH_READER_H_
#define SANAD_QUERY_QUESTION_GRAPH_READER_H_

#include <functional>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <sanad/term.h>
#include "storage/quad_source.h"

namespace sanad::question {

// Borrows the source. Thread-safe as the source is.
class GraphReader {
 public:
  explicit GraphReader(const QuadSource& source) : source_(source) {}
  const QuadSource& source() const { return source_; }

  // The id of a term, Undefined where the store does not hold it or on an error.
  TermId Id(const Term& term) const;
  TermId Id(std::string_view iri) const { return Id(Term::Iri(iri)); }
  Term TermOf(TermId id) const;
  std::vector<Term> TermsOf(const std::vector<TermId>& ids) const;

  // Rows of a pattern in a scope until `visit` returns false. The quad's graph
  // is filled in kEach scope only.
  absl::Status Scan(const IdPattern& pattern, const GraphScope& scope,
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
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_GRAPH_READER_H_
