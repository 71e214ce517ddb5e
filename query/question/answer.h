// Answer: runs a reading and puts rows, columns and evidence together.

#ifndef SANAD_QUERY_QUESTION_ANSWER_H_
#define SANAD_QUERY_QUESTION_ANSWER_H_

#include <memory>

#include <absl/status/statusor.h>
#include <sanad/question.h>
#include "query/question/render.h"
#include "query/question/understand.h"

namespace sanad::question {

// One solution: values parallel to the query's projection.
using Solution = std::vector<Term>;

class Answerer {
 public:
  // `owner` keeps the vocabulary's source alive. All outlive the answerer.
  Answerer(const Vocabulary& vocabulary, std::shared_ptr<const void> owner,
           const Renderer& renderer, const AskOptions& options)
      : vocabulary_(vocabulary),
        reader_(vocabulary.reader()),
        owner_(std::move(owner)),
        renderer_(renderer),
        options_(options) {}

  // Fills status, columns, rows and sparql. Errors are those of execution.
  absl::Status Run(const Reading& reading, Answer& answer);

 private:
  static constexpr size_t kMostWitnesses = 20000;  // Solutions looked at for evidence.

  struct Witness {
    std::vector<TermId> things;  // Of the focus (and the group).
    std::vector<std::array<TermId, 3>> triples;
    std::vector<TermId> statements;  // Statement nodes it rests on.
  };
  static std::string ShownSparql(const algebra::QueryAlgebra& query);
  absl::StatusOr<std::vector<Solution>> Execute(const algebra::QueryAlgebra& query, bool* asked);
  absl::Status RunList(const Reading& reading, Answer& answer);
  absl::Status RunYesNo(const Reading& reading, Answer& answer);
  absl::Status RunSingle(const Reading& reading, Answer& answer);
  absl::Status RunGroups(const Reading& reading, Answer& answer);
  absl::Status RunDescribe(const Reading& reading, Answer& answer);
  // Rows of the witness query as triples that exist; by focus term.
  absl::StatusOr<std::map<Term, std::vector<Witness>>> Witnesses(const Translation& translation,
                                                                 const std::string& key);
  void AddEvidence(const std::vector<Witness>& witnesses, const Term& focus,
                   std::vector<Evidence>& out);
  void AddColumns(const Types& types, Answer& answer);
  void MergeSameEvents(Answer& answer);
  Term Same(const Term& term);
  // What a statement node says of itself: "planned", "said by …"; negated apart.
  std::string Marking(TermId statement, bool* negated);
  std::string Heading(const Meaning& meaning) const;
  // A value with its property's unit, or in the unit asked for.
  AnswerValue ValueOf(const Meaning& meaning, const Term& term) const;
  // Says so where another number was asked for than was found.
  void CompareNumber(const Meaning& meaning, Answer& answer) const;
  absl::Status AddDenied(const Reading& reading, Answer& answer);
  absl::Status AddDenialEvidence(const Meaning& meaning, std::vector<Evidence>& out);
  absl::Status AddStatements(const Reading& reading, Answer& answer);

  const Vocabulary& vocabulary_;
  GraphReader reader_;
  std::shared_ptr<const void> owner_;
  const Renderer& renderer_;
  const AskOptions& options_;
  std::map<Term, Term> same_;  // Representative of merged events.
};

}  // namespace sanad::question

#endif  // SANAD_QUERY_QUESTION_ANSWER_H_
