// Opening the store that a command names.

#ifndef SANAD_SHELL_OPEN_STORE_H_
#define SANAD_SHELL_OPEN_STORE_H_

#include <memory>
#include <string>

#include <sanad/store.h>

#include "shell/console.h"

namespace sanad::shell {

enum class Access {
  kCreate,    // Read-write, made where it is missing.
  kExisting,  // Read-write; on a read-only disk read-only.
  kReadOnly,  // Without a lock.
};

// Null after printing why; the command then ends with kStoreNotOpened.
std::unique_ptr<Store> OpenStore(const std::string& path, Access access, Console& console);

// An empty store in memory; null after printing why.
std::unique_ptr<Store> OpenInMemory(Console& console);

// Syncs and closes; prints what went wrong and returns false.
bool CloseStore(std::unique_ptr<Store> store, Console& console);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_OPEN_STORE_H_
