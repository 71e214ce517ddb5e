// A snapshot: one committed state, pinned, with a share in the store.

#ifndef SANAD_STORAGE_SNAPSHOT_IMPL_H_
#define SANAD_STORAGE_SNAPSHOT_IMPL_H_

#include <memory>

#include "storage/store_impl.h"
#include "storage/view_source.h"

namespace sanad::internal {

// Thread-safe.
class SnapshotImpl : public ViewSource, public std::enable_shared_from_this<SnapshotImpl> {
 public:
  SnapshotImpl(std::shared_ptr<StoreImpl> store, std::shared_ptr<const StoreState> state);
  ~SnapshotImpl() override;

  StoreImpl& store() const { return *store_; }

 protected:
  const IndexView& index() const override { return state().index; }
  const std::vector<TermId>& excluded() const override { return *state().excluded; }
  const PredicateCountCache* predicate_counts() const override { return &state().predicate_counts; }
  std::shared_ptr<const void> pin() const override { return shared_from_this(); }

 private:
  std::shared_ptr<StoreImpl> store_;
};

}  // namespace sanad::internal

#endif  // SANAD_STORAGE_SNAPSHOT_IMPL_H_
