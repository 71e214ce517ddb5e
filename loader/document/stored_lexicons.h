// Lexicon and vocabulary files in a store, each in a graph of its own.

#ifndef SANAD_LOADER_DOCUMENT_STORED_LEXICONS_H_
#define SANAD_LOADER_DOCUMENT_STORED_LEXICONS_H_

#include <span>

#include <absl/status/status.h>
#include <sanad/store.h>
#include "loader/document/knowledge.h"

namespace sanad {

// For whom a lexicon is stored: one that only documents asked for goes with the last
// of them, one that the user loaded stays.
enum class LexiconOwner { kDocuments, kUser };

// Puts the files into their graphs, once per content.
absl::Status StoreLexicons(Transaction& transaction, std::span<const LexiconFile> files,
                           LexiconOwner owner);

// When no document is left: removes the lexicons that came with documents.
absl::Status RemoveUnusedLexicons(Transaction& transaction);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_STORED_LEXICONS_H_
