// Interning looks at the inline encoding, then the query's map, then the store.

#include "query/expression/term_dictionary.h"

#include <algorithm>

#include "query/expression/query_context.h"

namespace sanad {
namespace {

constexpr uint64_t kCacheBytes = uint64_t{64} << 20;

uint64_t BytesOf(const Term& term) {
  return sizeof(Term) + term.value().size() + term.language().size() + 48;
}

}  // namespace

TermDictionary::~TermDictionary() = default;

TermId TermDictionary::Intern(const Term& term) {
  if (term.is_undefined()) return TermId::Undefined();
  if (term.is_literal()) {
    if (auto inlined = InlineTermId(term)) return *inlined;
  }
  auto known = interned_.find(term);
  if (known != interned_.end()) return known->second;
  auto found = source_.Find(term);
  if (!found.ok()) {
    context_.Fail(found.status());
    return TermId::Undefined();
  }
  TermId id = *found;
  if (id.is_undefined()) {
    id = TermId(TermKind::kQueryLocal, local_terms_.size());
    local_terms_.push_back(term);
  }
  const uint64_t bytes = BytesOf(term) * 2;
  local_bytes_ += bytes;
  context_.Charge(bytes);
  interned_.emplace(term, id);
  return id;
}

const Term& TermDictionary::Cache(TermId id, Term term) {
  const uint64_t bytes = BytesOf(term);
  cached_bytes_ += bytes;
  context_.Charge(bytes);
  cached_terms_.push_back(std::move(term));
  return *cached_.insert_or_assign(id.bits(), &cached_terms_.back()).first->second;
}

const Term& TermDictionary::Get(TermId id) {
  if (id.kind() == TermKind::kQueryLocal) {
    return id.payload() < local_terms_.size() ? local_terms_[id.payload()] : undefined_;
  }
  if (id.kind() == TermKind::kNone) return undefined_;
  auto found = cached_.find(id.bits());
  if (found != cached_.end()) return *found->second;
  if (!id.in_dictionary()) return Cache(id, DecodeInlineTerm(id));
  absl::Status status = source_.Materialize(std::span<const TermId>(&id, 1), fetched_);
  if (!status.ok() || fetched_.empty()) {
    context_.Fail(status.ok() ? absl::DataLossError("a term of the store cannot be read") : status);
    return undefined_;
  }
  return Cache(id, std::move(fetched_[0]));
}

void TermDictionary::Prefetch(std::span<const TermId> ids) {
  missing_.clear();
  for (TermId id : ids) {
    if (id.in_dictionary() && !cached_.contains(id.bits())) missing_.push_back(id);
  }
  if (missing_.empty()) return;
  std::sort(missing_.begin(), missing_.end());
  missing_.erase(std::unique(missing_.begin(), missing_.end()), missing_.end());
  absl::Status status = source_.Materialize(missing_, fetched_);
  if (!status.ok()) return context_.Fail(status);
  for (size_t i = 0; i < missing_.size() && i < fetched_.size(); ++i) {
    Cache(missing_[i], std::move(fetched_[i]));
  }
}

void TermDictionary::Trim() {
  const uint64_t bound = std::min(kCacheBytes, context_.options().memory_limit / 4);
  if (cached_bytes_ <= bound) return;
  cached_.clear();
  cached_terms_.clear();
  context_.Release(cached_bytes_);
  cached_bytes_ = 0;
}

}  // namespace sanad
