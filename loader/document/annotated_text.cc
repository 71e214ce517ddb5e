#include "loader/document/annotated_text.h"

#include <algorithm>
#include <utility>

namespace sanad {

Symbol SymbolTable::Intern(std::string_view name) {
  const auto it = ids_.find(name);
  if (it != ids_.end()) return it->second;
  const auto symbol = static_cast<Symbol>(names_.size());
  names_.emplace_back(name);
  ids_.emplace(std::string(name), symbol);
  return symbol;
}

Symbol SymbolTable::Find(std::string_view name) const {
  const auto it = ids_.find(name);
  return it == ids_.end() ? Symbol{0} : it->second;
}

std::string_view AnnotatedText::TextOf(uint32_t first, uint32_t end) const {
  if (first >= end) return {};
  const uint32_t begin = atoms[first].begin_byte;
  return std::string_view(text).substr(begin, atoms[end - 1].end_byte - begin);
}

bool AnnotatedText::StartsParagraph(uint32_t sentence) const {
  if (sentence == 0) return true;
  const uint32_t end = sentences[sentence - 1].span.end_byte;
  const uint32_t begin = sentences[sentence].span.begin_byte;
  return std::string_view(text).substr(end, begin - end).find('\n') != std::string_view::npos;
}

const SetHit* AnnotatedText::LongestHit(uint32_t atom, Symbol set) const {
  const SetHit* best = nullptr;
  for (const SetHit& hit : hits[atom]) {
    if (hit.set == set && (best == nullptr || hit.count > best->count)) best = &hit;
  }
  return best;
}

MentionId AnnotatedText::AddMention(Mention mention) {
  const auto id = static_cast<MentionId>(mentions.size());
  mentions_at[mention.first].push_back(id);
  mention_types[mention.first].Add(mention.type);
  if (mention.entity != kNoId) entities[static_cast<size_t>(mention.entity)].mentions.push_back(id);
  return AddImpliedMention(std::move(mention));
}

MentionId AnnotatedText::AddImpliedMention(Mention mention) {
  const auto id = static_cast<MentionId>(mentions.size());
  if (in_order_.size() <= mention.type) in_order_.resize(size_t{mention.type} + 1);
  std::vector<MentionId>& same = in_order_[mention.type];
  const auto behind = std::upper_bound(
      same.begin(), same.end(), mention.first,
      [&](uint32_t first, MentionId m) { return first < mentions[static_cast<size_t>(m)].first; });
  same.insert(behind, id);
  mentions.push_back(std::move(mention));
  return id;
}

const std::vector<MentionId>& AnnotatedText::InOrder(Symbol type) const {
  static const std::vector<MentionId> kNone;
  return type < in_order_.size() ? in_order_[type] : kNone;
}

MentionId AnnotatedText::FirstIn(uint32_t sentence, Symbol type) const {
  for (uint32_t a = sentences[sentence].first; a < sentences[sentence].end; ++a) {
    if (!mention_types[a].MayHold(type)) continue;
    for (const MentionId id : mentions_at[a]) {
      if (mentions[static_cast<size_t>(id)].type == type) return id;
    }
  }
  return kNoId;
}

EntityId AnnotatedText::Resolve(EntityId entity) const {
  while (entity != kNoId && entities[static_cast<size_t>(entity)].same_as != kNoId) {
    entity = entities[static_cast<size_t>(entity)].same_as;
  }
  return entity;
}

EntityId AnnotatedText::AddEntity(Entity entity) {
  const auto id = static_cast<EntityId>(entities.size());
  entity_of_iri_.emplace(entity.iri.value(), id);
  entities.push_back(std::move(entity));
  return id;
}

EntityId AnnotatedText::EntityOf(const Term& iri) const {
  const auto it = entity_of_iri_.find(iri.value());
  return it == entity_of_iri_.end() ? kNoId : it->second;
}

}  // namespace sanad
