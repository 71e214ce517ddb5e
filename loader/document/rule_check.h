// Checks the meaning of parsed rules: names that must exist, variables that must
// be bound.

#ifndef SANAD_LOADER_DOCUMENT_RULE_CHECK_H_
#define SANAD_LOADER_DOCUMENT_RULE_CHECK_H_

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include "language/lexicon.h"
#include "loader/document/rule_ast.h"

namespace sanad {

// Names of word sets.
using SetNames = std::set<std::string, std::less<>>;

// Adds the sets that a file declares.
void AddSetNames(const RuleFile& file, SetNames& sets);

// InvalidArgument at the first property that the vocabulary does not declare,
// variable that is used and nowhere bound, word set that neither `sets` nor the
// lexicon has, unknown condition, phase or test. `text` is the file's, for the caret
// line.
absl::Status CheckRuleFile(const RuleFile& file, std::string_view text, const Lexicon& lexicon,
                           const SetNames& sets);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_RULE_CHECK_H_
