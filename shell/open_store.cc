#include "shell/open_store.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace sanad::shell {
namespace {

StoreOptions OptionsFor(Console& console) {
  StoreOptions options;
  options.log = [&console](LogLevel level, std::string_view line) {
    if (level == LogLevel::kError || level == LogLevel::kWarning) console.Error(line);
  };
  return options;
}

bool OnReadOnlyDisk(const std::string& path) {
  return ::access(path.c_str(), W_OK) != 0 && (errno == EROFS || errno == EACCES);
}

}  // namespace

std::unique_ptr<Store> OpenStore(const std::string& path, Access access, Console& console) {
  StoreOptions options = OptionsFor(console);
  options.create_if_missing = access == Access::kCreate;
  if (access == Access::kReadOnly || (access == Access::kExisting && OnReadOnlyDisk(path))) {
    options.mode = OpenMode::kReadOnly;
  }
  absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(path, options);
  if (!store.ok()) {
    console.Error(store.status());
    return nullptr;
  }
  return *std::move(store);
}

std::unique_ptr<Store> OpenInMemory(Console& console) {
  StoreOptions options = OptionsFor(console);
  options.background_threads = 0;
  absl::StatusOr<std::unique_ptr<Store>> store = Store::OpenInMemory(options);
  if (!store.ok()) {
    console.Error(store.status());
    return nullptr;
  }
  return *std::move(store);
}

bool CloseStore(std::unique_ptr<Store> store, Console& console) {
  const absl::Status status = store->Close();
  if (!status.ok()) console.Error(status);
  return status.ok();
}

}  // namespace sanad::shell
