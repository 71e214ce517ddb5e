// A row that stands for several solutions is returned that many times.

#include "query/execution/cursor_base.h"

#include "storage/model/text.h"

namespace sanad {

Cursor::~Cursor() = default;

bool CursorBase::Next() {
  if (ended_) return false;
  const uint64_t limit = running_->context().options().row_limit;
  if (repeats_ > 0) {
    --repeats_;
    if ((repeats_ & 0xFFF) == 0xFFF && running_->context().Interrupted()) {
      ended_ = true;
      NoteStatus();
      return false;
    }
  } else {
    if (started_ && row_ + 1 < batch_.size) {
      ++row_;
    } else {
      started_ = true;
      row_ = 0;
      if (!NextBatch(batch_) || !terms_.Load(batch_)) {
        ended_ = true;
        NoteStatus();
        return false;
      }
    }
    repeats_ = batch_.multiplicity_of(row_) - 1;
  }
  if (limit > 0 && ++returned_ > limit) {
    running_->context().Fail(MakeStatus(absl::StatusCode::kResourceExhausted,
                                        "the query has more than the ", limit,
                                        " rows allowed; raise the row limit or add LIMIT"));
    ended_ = true;
    NoteStatus();
    return false;
  }
  return true;
}

}  // namespace sanad
