// What SPARQL LOAD may read: files below the folders that --allow-load names.

#ifndef SANAD_SHELL_LOAD_FETCHER_H_
#define SANAD_SHELL_LOAD_FETCHER_H_

#include <string>
#include <vector>

#include <sanad/query.h>

namespace sanad::shell {

// Reads file: IRIs whose real path, links followed, lies in one of `folders`.
// PermissionDenied for others, NotFound and InvalidArgument as reading files.
GraphFetcher FileFetcher(std::vector<std::string> folders);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_LOAD_FETCHER_H_
