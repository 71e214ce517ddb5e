// Any bytes are a term's text, a record of a commit or of a state, or are
// refused; terms made of the bytes have keys that tell them apart.

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sanad/term.h>
#include "storage/encoding/term_id.h"
#include "storage/encoding/term_text.h"
#include "storage/index/delta.h"
#include "storage/store_state.h"

namespace {

void Require(bool good) {
  if (!good) abort();
}

// Text, term and key of one term belong together.
void CheckTerm(const sanad::Term& term) {
  if (term.is_undefined() || !sanad::TermIsStorable(term)) return;
  const std::string text = sanad::TermText(term);
  const std::optional<sanad::Term> back = sanad::TermOfText(text);
  Require(back.has_value() && *back == term);
  Require(sanad::TermKey(sanad::TermText(*back)) == sanad::TermKey(text));
  Require(sanad::TermKey(text).size() < 600);
  if (const std::optional<sanad::TermId> id = sanad::InlineTermId(term)) {
    const sanad::Term decoded = sanad::DecodeInlineTerm(*id);
    Require(decoded == term && decoded.value() == term.value());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const std::optional<sanad::Term> term = sanad::TermOfText(bytes)) CheckTerm(*term);
  if (size > 2) {
    const std::string_view value = bytes.substr(2);
    static constexpr const char* kDatatypes[] = {"integer", "decimal", "double",   "float",
                                                 "boolean", "date",    "dateTime", "byte"};
    CheckTerm(sanad::Term::Literal(
        value, std::string("http://www.w3.org/2001/XMLSchema#") + kDatatypes[data[0] % 8]));
    CheckTerm(sanad::Term::String(value));
    const size_t split = data[1] % value.size();
    if (split > 0) {
      CheckTerm(sanad::Term::LangString(value.substr(split), value.substr(0, split)));
      CheckTerm(sanad::Term::Literal(value.substr(split), value.substr(0, split)));
    }
  }
  std::vector<sanad::DeltaEntry> entries;
  if (sanad::DecodeDeltaRecord(bytes, entries)) {
    std::vector<sanad::DeltaEntry> again;
    Require(sanad::DecodeDeltaRecord(sanad::EncodeDeltaRecord(entries), again));
    Require(again.size() == entries.size());
  }
  sanad::StateRecord state;
  state.Decode(bytes);
  sanad::FoldRecord fold;
  fold.Decode(bytes);
  return 0;
}
