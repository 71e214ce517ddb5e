// The classes and relations of a store, with the words that questions know them by.

#ifndef SANAD_SHELL_SCHEMA_H_
#define SANAD_SHELL_SCHEMA_H_

#include <absl/status/status.h>
#include <sanad/store.h>

#include "shell/console.h"
#include "shell/term_text.h"

namespace sanad::shell {

absl::Status PrintSchema(const Store& store, const Prefixes& prefixes, Console& console);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_SCHEMA_H_
