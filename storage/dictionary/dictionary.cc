// See dictionary.h.

#include "storage/dictionary/dictionary.h"

#include <algorithm>
#include <mutex>
#include <numeric>

#include "storage/encoding/varint.h"
#include "storage/families.h"

namespace sanad {
namespace {

constexpr std::string_view kLanguagePrefix = "language/";
constexpr std::string_view kDatatypePrefix = "datatype/";

std::string CodeKey(std::string_view prefix, uint32_t code) {
  std::string key(prefix);
  PutBigEndian(key, code);
  return key;
}

absl::Status LoadCodes(kv::Engine& engine, std::string_view prefix, CodeTable& table) {
  auto it = engine.NewIterator(kMetaFamily, prefix, Concat(prefix, '\xFF'), nullptr);
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    std::string_view key = it->key().substr(prefix.size());
    uint64_t code = 0;
    if (!TakeBigEndian(key, code) || !key.empty() || code != table.size()) {
      return absl::DataLossError("the table of languages and datatypes is damaged");
    }
    table.Load(static_cast<uint32_t>(code), it->value());
  }
  return it->status();
}

absl::Status Unresolved() {
  return absl::DataLossError(
      "an id names no term in the dictionary; run `sanad validate` to see what is damaged");
}

}  // namespace

std::string_view CodeTable::Name(uint32_t code) const {
  const std::shared_lock lock(mutex_);
  return code < names_.size() ? std::string_view(names_[code]) : std::string_view();
}

size_t CodeTable::size() const {
  const std::shared_lock lock(mutex_);
  return names_.size();
}

uint32_t CodeTable::CodeOf(std::string_view name) {
  {
    const std::shared_lock lock(mutex_);
    if (auto it = codes_.find(name); it != codes_.end()) return it->second;
    if (names_.size() >= TermId::kCodeInDictionary) return TermId::kCodeInDictionary;
  }
  const std::unique_lock lock(mutex_);
  if (auto it = codes_.find(name); it != codes_.end()) return it->second;
  if (names_.size() >= TermId::kCodeInDictionary) return TermId::kCodeInDictionary;
  const auto code = static_cast<uint32_t>(names_.size());
  codes_.emplace(names_.emplace_back(name), code);
  return code;
}

void CodeTable::Load(uint32_t code, std::string_view name) {
  const std::unique_lock lock(mutex_);
  codes_.emplace(names_.emplace_back(name), code);
}

absl::Status Dictionary::Load() {
  SANAD_RETURN_IF_ERROR(LoadCodes(engine_, kLanguagePrefix, languages_));
  SANAD_RETURN_IF_ERROR(LoadCodes(engine_, kDatatypePrefix, datatypes_));
  stored_languages_ = languages_.size();
  stored_datatypes_ = datatypes_.size();
  return absl::OkStatus();
}

absl::StatusOr<TermId> Dictionary::Find(const Term& term, const kv::Snapshot* snapshot) const {
  if (!TermIsStorable(term)) return TermId::Undefined();
  if (std::optional<TermId> id = InlineTermId(term)) return *id;
  const std::string text = TermText(term);
  if (TermKeyIsHashed(text)) return FindStored(term, text, snapshot);
  const std::string key = TermKey(text);
  if (const std::optional<TermId> known = cache_.FindId(key)) return *known;
  SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                         engine_.Get(kTermKeyFamily, key, snapshot));
  if (!value) return TermId::Undefined();
  std::string_view bytes = *value;
  uint64_t bits = 0;
  if (!TakeBigEndian(bytes, bits)) return Unresolved();
  cache_.KeepId(key, TermId(bits));
  return TermId(bits);
}

// The term of a hashed key: the texts of those found are compared.
absl::StatusOr<TermId> Dictionary::FindStored(const Term& term, const std::string& text,
                                              const kv::Snapshot* snapshot) const {
  for (int discriminator = 0; discriminator < 256; ++discriminator) {
    SANAD_ASSIGN_OR_RETURN(
        const std::optional<std::string> value,
        engine_.Get(kTermKeyFamily, TermKey(text, static_cast<uint8_t>(discriminator)), snapshot));
    if (!value) return TermId::Undefined();
    std::string_view bytes = *value;
    uint64_t bits = 0;
    if (!TakeBigEndian(bytes, bits)) return Unresolved();
    const TermId id(bits);
    std::vector<Term> found;
    SANAD_RETURN_IF_ERROR(Materialize(std::span(&id, 1), snapshot, found));
    if (found[0] == term) return id;
  }
  return absl::InternalError("256 long terms share one hash");
}

struct Dictionary::Walk {
  std::shared_ptr<const DecodedTerms> block;
  std::unique_ptr<kv::Iterator> iterator;  // Made when the cache does not know a block.
  // A block of long texts is not undone as a whole.
  uint64_t long_first = 0;
  std::string long_bytes;
  TermBlockReader long_block;
};

// Moves to the block that holds a position.
absl::Status Dictionary::Seek(uint64_t position, const kv::Snapshot* snapshot, Walk& walk) const {
  constexpr size_t kLongBlock = size_t{64} << 10;
  if (walk.block != nullptr && walk.block->Holds(position)) return absl::OkStatus();
  walk.block = cache_.FindBlock(position);
  if (walk.block != nullptr) return absl::OkStatus();
  const uint64_t in_long = position - walk.long_first;
  if (position >= walk.long_first && in_long < walk.long_block.size()) return absl::OkStatus();
  if (walk.iterator == nullptr) {
    walk.iterator = engine_.NewIterator(kTermFamily, {}, {}, snapshot);
  }
  kv::Iterator& it = *walk.iterator;
  it.SeekForPrev(BigEndianKey(position));
  if (!it.Valid()) {
    SANAD_RETURN_IF_ERROR(it.status());
    return Unresolved();
  }
  uint64_t first = 0;
  std::string_view key = it.key();
  if (!TakeBigEndian(key, first)) return Unresolved();
  if (it.value().size() > kLongBlock) {
    walk.long_first = first;
    walk.long_bytes = it.value();
    return walk.long_block.Open(walk.long_bytes) ? absl::OkStatus() : Unresolved();
  }
  walk.block = DecodedTerms::Decode(first, it.value());
  if (walk.block == nullptr || !walk.block->Holds(position)) return Unresolved();
  cache_.KeepBlock(walk.block);
  return absl::OkStatus();
}

absl::Status Dictionary::Materialize(std::span<const TermId> ids, const kv::Snapshot* snapshot,
                                     std::vector<Term>& terms) const {
  terms.assign(ids.size(), Term());
  std::vector<std::pair<uint64_t, size_t>> wanted;  // Position, index.
  for (size_t i = 0; i < ids.size(); ++i) {
    const TermId id = ids[i];
    if (id.in_dictionary()) {
      wanted.emplace_back(PositionOf(id), i);
    } else if (id.kind() == TermKind::kQueryLocal) {
      return Unresolved();
    } else if (id.kind() != TermKind::kNone) {
      terms[i] = DecodeInlineTerm(id);
    }
  }
  if (wanted.empty()) return absl::OkStatus();
  if (!std::is_sorted(wanted.begin(), wanted.end())) std::sort(wanted.begin(), wanted.end());
  Walk walk;
  for (const auto& [position, index] : wanted) {
    SANAD_RETURN_IF_ERROR(Seek(position, snapshot, walk));
    std::string_view text;
    if (walk.block != nullptr) {
      text = walk.block->Text(position);
    } else if (walk.long_block.Seek(position - walk.long_first)) {
      text = walk.long_block.text();
    }
    std::optional<Term> term = TermOfText(text);
    if (!term) return Unresolved();
    terms[index] = *std::move(term);
  }
  return absl::OkStatus();
}

TermId Dictionary::MakeId(std::string_view text, uint64_t position) {
  const auto suffix = [&] { return text.substr(text.rfind('\0') + 1); };
  switch (text.front()) {
    case 'I':
      return TermId(TermKind::kIri, position);
    case 'B':
      return TermId(TermKind::kBlankNode, position);
    case 'L':
      return TermId(TermKind::kLangString, uint64_t{languages_.CodeOf(suffix())} << 48 | position);
    case 'T':
      return TermId(TermKind::kTypedLiteral,
                    uint64_t{datatypes_.CodeOf(suffix())} << 48 | position);
    default:
      return TermId(TermKind::kString, position);
  }
}

std::vector<std::pair<std::string, std::string>> Dictionary::NewCodes() const {
  std::vector<std::pair<std::string, std::string>> entries;
  const auto append = [&](const CodeTable& table, std::string_view prefix, size_t stored) {
    for (size_t code = stored; code < table.size(); ++code) {
      const auto number = static_cast<uint32_t>(code);
      entries.emplace_back(CodeKey(prefix, number), table.Name(number));
    }
  };
  append(languages_, kLanguagePrefix, stored_languages_);
  append(datatypes_, kDatatypePrefix, stored_datatypes_);
  return entries;
}

void Dictionary::CodesStored() {
  stored_languages_ = languages_.size();
  stored_datatypes_ = datatypes_.size();
}

absl::StatusOr<std::string> Dictionary::FreeKey(std::string_view text) const {
  std::string key = TermKey(text);
  if (!TermKeyIsHashed(text)) return key;
  for (int discriminator = 0; discriminator < 256; ++discriminator) {
    key = TermKey(text, static_cast<uint8_t>(discriminator));
    SANAD_ASSIGN_OR_RETURN(const std::optional<std::string> taken,
                           engine_.Get(kTermKeyFamily, key, nullptr));
    if (!taken) return key;
  }
  return absl::InternalError("256 long terms share one hash");
}

absl::Status Dictionary::Append(uint64_t first, std::span<const std::string> texts,
                                std::span<const TermId> ids, kv::Batch& batch) const {
  for (const auto& [key, name] : NewCodes()) batch.Put(kMetaFamily, key, name);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  for (size_t i = 0; i < texts.size(); i += kTermsPerBlock) {
    const size_t size = std::min(kTermsPerBlock, texts.size() - i);
    batch.Put(kTermFamily, BigEndianKey(first + i),
              EncodeTermBlock(std::span(views).subspan(i, size)));
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    SANAD_ASSIGN_OR_RETURN(const std::string key, FreeKey(texts[i]));
    batch.Put(kTermKeyFamily, key, BigEndianKey(ids[i].bits()));
  }
  return absl::OkStatus();
}

}  // namespace sanad
