// See parsed_queries.h.

#include "query/parsed_queries.h"

#include "storage/encoding/varint.h"

namespace sanad {
namespace {

void PutText(std::string_view text, std::string& out) {
  PutVarint(out, text.size());
  out += text;
}

}  // namespace

ParsedQueries& ParsedQueries::Instance() {
  // Never destroyed: threads may parse until the process ends.
  static ParsedQueries& instance = *new ParsedQueries();
  return instance;
}

std::string ParsedQueries::KeyOf(std::string_view text, const ParseOptions& options) {
  std::string key;
  key.reserve(text.size() + 8);
  PutText(text, key);
  PutText(options.base_iri, key);
  for (const auto& [prefix, iri] : options.prefixes) {
    PutText(prefix, key);
    PutText(iri, key);
  }
  return key;
}

ParsedQueries::Parsed ParsedQueries::Find(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = index_.find(key);
  if (found == index_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->second;
}

void ParsedQueries::Keep(std::string key, Parsed query) {
  if (key.size() > kLongest) return;
  Parsed forgotten;  // Destroyed without the lock.
  const std::lock_guard lock(mutex_);
  if (index_.contains(key)) return;
  if (entries_.size() == kQueries) {
    forgotten = std::move(entries_.back().second);
    index_.erase(entries_.back().first);
    entries_.pop_back();
  }
  entries_.emplace_front(std::move(key), std::move(query));
  index_.emplace(entries_.front().first, entries_.begin());
}

}  // namespace sanad
