// Normalisation: one spelling for what people read as the same word.
//
// NFKC with case folding (ICU), then: combining marks dropped (é → e, Arabic
// vowel signs), tatweel dropped, alef with hamza or madda → ا, ى → ي, ة → ه,
// ؤ → و, ئ → ي, any decimal digit → ASCII, typographic apostrophes and dashes →
// ' and -, zero-width and bidirectional controls dropped.

#ifndef SANAD_LANGUAGE_NORMALISE_H_
#define SANAD_LANGUAGE_NORMALISE_H_

#include <string>
#include <string_view>

namespace sanad {

// All of the above. Idempotent. Malformed bytes become U+FFFD.
std::string Normalise(std::string_view text);

// An Arabic word, normalised, without its article; others as they are.
std::string_view WithoutArticle(std::string_view normalised);

// Only digits: Arabic-Indic and other decimal digits to ASCII, ٫ to '.', ٬ to ','.
std::string FoldDigits(std::string_view text);

// A name as it stands in an identity IRI (docs/data_model.md, Identity):
// Normalise, words joined by '-', what RFC 3987 does not allow percent-encoded.
// Letters keep what Normalise gives, so one name has one IRI however vowelled.
std::string IdentityName(std::string_view name);

}  // namespace sanad

#endif  // SANAD_LANGUAGE_NORMALISE_H_
