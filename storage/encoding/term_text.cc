// See term_text.h.

#include "storage/encoding/term_text.h"

#include <xxhash.h>

#include <algorithm>

#include "storage/encoding/varint.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr size_t kLongestPlainKey = 512;
constexpr size_t kHashedPrefix = 256;
constexpr std::string_view kXsdString = SANAD_XSD_NS "string";

bool HasSuffix(char type) { return type == 'L' || type == 'T'; }

char AsciiLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool TermIsStorable(const Term& term) {
  if (term.is_undefined()) return false;
  if (!term.is_literal()) return true;
  if (term.language().empty() && term.datatype() == iri::kRdfLangString) return false;
  return term.language().find('\0') == std::string_view::npos &&
         term.datatype().find('\0') == std::string_view::npos;
}

TermKind DictionaryKind(const Term& term) {
  if (term.is_iri()) return TermKind::kIri;
  if (term.is_blank_node()) return TermKind::kBlankNode;
  if (!term.language().empty()) return TermKind::kLangString;
  return term.datatype() == kXsdString ? TermKind::kString : TermKind::kTypedLiteral;
}

std::string TermText(const Term& term) {
  std::string_view suffix;
  char type = 'S';
  switch (DictionaryKind(term)) {
    case TermKind::kIri:
      type = 'I';
      break;
    case TermKind::kBlankNode:
      type = 'B';
      break;
    case TermKind::kLangString:
      type = 'L';
      suffix = term.language();
      break;
    case TermKind::kTypedLiteral:
      type = 'T';
      suffix = term.datatype();
      break;
    default:
      break;
  }
  std::string text;
  text.reserve(term.value().size() + suffix.size() + 2);
  text.push_back(type);
  text.append(term.value());
  if (HasSuffix(type)) {
    text.push_back('\0');
    text.append(suffix);
  }
  return text;
}

std::optional<Term> TermOfText(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const char type = text.front();
  text.remove_prefix(1);
  switch (type) {
    case 'I':
      return Term::Iri(text);
    case 'B':
      return Term::BlankNode(text);
    case 'S':
      return Term::String(text);
    default:
      break;
  }
  if (!HasSuffix(type)) return std::nullopt;
  const size_t end = text.rfind('\0');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(0, end), suffix = text.substr(end + 1);
  if (suffix.empty()) return std::nullopt;
  return type == 'L' ? Term::LangString(value, suffix) : Term::Literal(value, suffix);
}

std::string CanonicalTermText(std::string_view text) {
  std::string key(text);
  if (!key.empty() && key.front() == 'L') {
    const size_t end = key.rfind('\0');
    if (end != std::string::npos) {
      std::transform(key.begin() + static_cast<ptrdiff_t>(end), key.end(),
                     key.begin() + static_cast<ptrdiff_t>(end), AsciiLower);
    }
  }
  return key;
}

bool TermKeyIsHashed(std::string_view text) { return text.size() > kLongestPlainKey; }

std::string TermKey(std::string_view text, uint8_t discriminator) {
  std::string key = CanonicalTermText(text);
  if (!TermKeyIsHashed(key)) return key;
  XXH128_canonical_t hash;
  XXH128_canonicalFromHash(&hash, XXH3_128bits(key.data(), key.size()));
  key.resize(kHashedPrefix);
  key.front() = AsciiLower(key.front());
  key.append(reinterpret_cast<const char*>(hash.digest), sizeof hash.digest);
  key.push_back(static_cast<char>(discriminator));
  return key;
}

std::string EncodeTermBlock(std::span<const std::string_view> texts) {
  std::string block;
  PutVarint(block, texts.size());
  std::string_view before;
  for (const std::string_view text : texts) {
    const size_t limit = std::min(before.size(), text.size());
    size_t shared = 0;
    while (shared < limit && before[shared] == text[shared]) ++shared;
    PutVarint(block, shared);
    PutVarint(block, text.size() - shared);
    block.append(text.substr(shared));
    before = text;
  }
  return block;
}

bool TermBlockReader::Open(std::string_view block) {
  block_ = rest_ = block;
  size_ = next_ = 0;
  uint64_t count = 0;
  if (!TakeVarint(block_, count) || count == 0 || count > kTermsPerBlock) return false;
  rest_ = block_;
  size_ = count;
  return true;
}

bool TermBlockReader::Seek(size_t index) {
  if (index >= size_) return false;
  if (index + 1 == next_) return true;
  if (index < next_) {
    rest_ = block_;
    next_ = 0;
    text_.clear();
  }
  for (; next_ <= index; ++next_) {
    uint64_t shared = 0, length = 0;
    if (!TakeVarint(rest_, shared) || !TakeVarint(rest_, length)) return false;
    if (next_ == 0) text_.clear();
    if (length > rest_.size() || shared > text_.size()) return false;
    text_.resize(shared);
    text_.append(rest_.substr(0, length));
    rest_.remove_prefix(length);
  }
  return true;
}

}  // namespace sanad
