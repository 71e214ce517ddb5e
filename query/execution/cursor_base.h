// What the cursors share: rows of ids turned into terms, the row limit, status.

#ifndef SANAD_QUERY_EXECUTION_CURSOR_BASE_H_
#define SANAD_QUERY_EXECUTION_CURSOR_BASE_H_

#include <memory>
#include <string>
#include <vector>

#include "query/execution/running_query.h"
#include "query/execution/terms_of_rows.h"

namespace sanad {

class CursorBase : public Cursor {
 public:
  CursorBase(std::unique_ptr<RunningQuery> running, std::vector<std::string> variables)
      : running_(std::move(running)),
        terms_(running_->context()),
        variables_(std::move(variables)),
        status_(running_->context().status()) {}

  QueryForm form() const override { return running_->algebra().form; }
  const std::vector<std::string>& variables() const override { return variables_; }
  bool Next() override;
  const Term& value(size_t column) const override { return terms_.At(row_, column); }
  bool ask_result() const override { return false; }
  const absl::Status& status() const override { return status_; }
  std::string Profile(PlanFormat format) const override { return running_->Print(format); }

 protected:
  // The next rows of ids, with a column a variable.
  virtual bool NextBatch(Batch& batch) = 0;
  RunningQuery& running() { return *running_; }
  void NoteStatus() { status_ = running_->context().status(); }

 private:
  std::unique_ptr<RunningQuery> running_;
  TermsOfRows terms_;
  std::vector<std::string> variables_;
  absl::Status status_;
  Batch batch_;
  size_t row_ = 0;
  uint64_t repeats_ = 0;  // Of the current row, still to come.
  bool started_ = false;
  bool ended_ = false;
  uint64_t returned_ = 0;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_CURSOR_BASE_H_
