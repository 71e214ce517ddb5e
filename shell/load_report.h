// What a load did, in words.

#ifndef SANAD_SHELL_LOAD_REPORT_H_
#define SANAD_SHELL_LOAD_REPORT_H_

#include <sanad/loader.h>

#include "shell/console.h"

namespace sanad::shell {

// Adds the counts and texts of `more` to `total`.
void AddReport(LoadReport& total, const LoadReport& more);

// Warnings go to standard error.
void PrintWarnings(const LoadReport& report, Console& console);

// Counts, and questions that the store can now answer.
void PrintReport(const LoadReport& report, Console& console);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_LOAD_REPORT_H_
