// See snapshot_impl.h.

#include "storage/snapshot_impl.h"

namespace sanad::internal {

SnapshotImpl::SnapshotImpl(std::shared_ptr<StoreImpl> store,
                           std::shared_ptr<const StoreState> state)
    : ViewSource(store->engine(), store->ready_indexes(), std::move(state)),
      store_(std::move(store)) {
  store_->SnapshotOpened(this);
}

SnapshotImpl::~SnapshotImpl() { store_->SnapshotClosed(this); }

}  // namespace sanad::internal
