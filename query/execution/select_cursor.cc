// SELECT and ASK.

#include "query/execution/cursor_base.h"
#include "query/execution/cursors.h"

namespace sanad {
namespace {

std::vector<std::string> NamesOf(const algebra::QueryAlgebra& query) {
  std::vector<std::string> names;
  for (const auto& variable : query.projection) names.push_back(variable.name);
  return names;
}

class SelectCursor : public CursorBase {
 public:
  explicit SelectCursor(std::unique_ptr<RunningQuery> query) : CursorBase(std::move(query), {}) {
    names_ = NamesOf(running().algebra());
    for (const std::string& name : names_) {
      columns_.push_back(running().ColumnOfName(name));
      identity_ = identity_ && columns_.back() == static_cast<int>(columns_.size()) - 1;
    }
    identity_ = identity_ && columns_.size() == running().plan().root->schema.size();
  }
  const std::vector<std::string>& variables() const override { return names_; }

 protected:
  bool NextBatch(Batch& batch) override {
    if (identity_) return running().Next(batch);
    if (!running().Next(rows_)) return false;
    batch.Reset(columns_.size());
    for (size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c] >= 0) {
        batch.columns[c] = rows_.columns[static_cast<size_t>(columns_[c])];
      } else {
        batch.columns[c].assign(rows_.size, TermId::Undefined());
      }
    }
    batch.multiplicity = rows_.multiplicity;
    batch.size = rows_.size;
    return true;
  }

 private:
  std::vector<std::string> names_;
  std::vector<int> columns_;
  bool identity_ = true;
  Batch rows_;
};

class AskCursor : public CursorBase {
 public:
  explicit AskCursor(std::unique_ptr<RunningQuery> query) : CursorBase(std::move(query), {}) {}
  bool ask_result() const override { return result_; }

 protected:
  bool NextBatch(Batch& batch) override {
    if (asked_) return false;
    asked_ = true;
    result_ = running().Next(batch);
    if (!running().context().status().ok()) return false;
    batch.Reset(0);
    batch.size = 1;
    return true;
  }

 private:
  bool asked_ = false;
  bool result_ = false;
};

}  // namespace

std::unique_ptr<Cursor> MakeSelectCursor(std::unique_ptr<RunningQuery> running) {
  return std::make_unique<SelectCursor>(std::move(running));
}
std::unique_ptr<Cursor> MakeAskCursor(std::unique_ptr<RunningQuery> running) {
  return std::make_unique<AskCursor>(std::move(running));
}

}  // namespace sanad
