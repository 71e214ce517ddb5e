#include "loader/document/pattern_matcher.h"

#include <algorithm>
#include <utility>

#include "loader/document/clauses.h"

namespace sanad {
namespace {

constexpr int kStepBudget = 4000;
constexpr uint32_t kDateReach = 6;
constexpr size_t kMaxList = 12;

bool EndsWith(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

}  // namespace

std::optional<MatchResult> PatternMatcher::MatchAt(const CompiledRule& rule, uint32_t start) {
  const Sentence& sentence = text_.sentences[text_.atoms[start].sentence];
  sentence_first_ = sentence.first;
  sentence_body_ = sentence.body;
  sentence_end_ = sentence.end;
  bindings_.assign(rule.variables.size(), Binding{});
  budget_ = kStepBudget;
  Step step{Step::kNode, &rule.match, 0, 0, nullptr};
  if (!Run(&step, start)) return std::nullopt;
  return MatchResult{start, end_, std::move(bindings_)};
}

bool PatternMatcher::Run(const Step* step, uint32_t at) {
  if (step == nullptr) {
    end_ = at;
    return true;
  }
  if (step->kind == Step::kRest) return RunSequence(*step->node, step->count, step->next, at);
  if (--budget_ < 0) return false;
  switch (step->kind) {
    case Step::kRest:
      break;
    case Step::kBind: {
      Binding& binding = bindings_[static_cast<size_t>(step->node->slot)];
      Binding saved = binding;
      binding.bound = true;
      binding.first = step->start;
      binding.end = at;
      if (Run(step->next, at)) return true;
      binding = std::move(saved);
      return false;
    }
    case Step::kRepeat:
      return RunRepeat(*step->node, step->count, step->start, step->next, at);
    case Step::kNode:
      break;
  }
  const CompiledPattern& node = *step->node;
  if (node.slot >= 0 && node.kind != PatternKind::kMention) {
    const Step bind{Step::kBind, &node, at, 0, step->next};
    return RunNode(node, &bind, at);
  }
  return RunNode(node, step->next, at);
}

bool PatternMatcher::RunNode(const CompiledPattern& node, const Step* next, uint32_t at) {
  switch (node.kind) {
    case PatternKind::kSequence:
      return RunSequence(node, 0, next, at);
    case PatternKind::kChoice:
      for (const CompiledPattern& child : node.children) {
        const Step step{Step::kNode, &child, 0, 0, next};
        if (Run(&step, at)) return true;
      }
      return false;
    case PatternKind::kRepeat:
      return RunRepeat(node, 0, at, next, at);
    case PatternKind::kGap:
      return RunGap(node, next, at);
    case PatternKind::kWord:
      return at < sentence_end_ && text_.atoms[at].literal == node.literal && Run(next, at + 1);
    case PatternKind::kSet:
      return RunSet(node, next, at);
    case PatternKind::kMention:
      return RunMention(node, next, at);
    case PatternKind::kTest:
      return at < sentence_end_ && TestsHold(node, at) && Run(next, at + 1);
    case PatternKind::kStart:
      return (at == sentence_first_ || at == sentence_body_) && Run(next, at);
    case PatternKind::kEnd:
      while (at < sentence_end_ && text_.atoms[at].is_punctuation()) ++at;
      return at == sentence_end_ && Run(next, at);
  }
  return false;
}

bool PatternMatcher::RunSequence(const CompiledPattern& node, size_t child, const Step* next,
                                 uint32_t at) {
  // The steps of a sequence live on the frames of the calls, a child at a time.
  if (child == node.children.size()) return Run(next, at);
  const Step rest{Step::kRest, &node, 0, static_cast<uint32_t>(child + 1), next};
  const bool last = child + 1 == node.children.size();
  const Step step{Step::kNode, &node.children[child], 0, 0, last ? next : &rest};
  return Run(&step, at);
}

bool PatternMatcher::RunRepeat(const CompiledPattern& node, uint32_t count, uint32_t last,
                               const Step* next, uint32_t at) {
  const bool moved = count == 0 || at > last;
  if (count < node.max && moved) {
    const Step again{Step::kRepeat, &node, at, count + 1, next};
    const Step child{Step::kNode, &node.children.front(), 0, 0, &again};
    if (Run(&child, at)) return true;
  }
  return count >= node.min && Run(next, at);
}

bool PatternMatcher::RunGap(const CompiledPattern& node, const Step* next, uint32_t at) {
  for (uint32_t skipped = 0; skipped <= node.max; ++skipped) {
    if (skipped >= node.min && Run(next, at + skipped)) return true;
    if (at + skipped >= sentence_end_ || IsBarrier(knowledge_, text_, at + skipped)) return false;
  }
  return false;
}

bool PatternMatcher::RunSet(const CompiledPattern& node, const Step* next, uint32_t at) {
  if (at >= sentence_end_ || !text_.hit_sets[at].MayHold(node.set)) return false;
  absl::InlinedVector<uint32_t, 4> counts;
  for (const SetHit& hit : text_.hits[at]) {
    if (hit.set == node.set) counts.push_back(hit.count);
  }
  std::sort(counts.rbegin(), counts.rend());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  for (const uint32_t count : counts) {
    if (Run(next, at + count)) return true;
  }
  return false;
}

// Adds the mentions of `types` that start at an atom, noun phrases left out.
template <typename Wanted>
void PatternMatcher::AddMentions(uint32_t atom, std::span<const Symbol> types, MentionIds& out,
                                 const Wanted& wanted) const {
  for (const MentionId id : text_.mentions_at[atom]) {
    const Mention& mention = text_.mentions[static_cast<size_t>(id)];
    if (mention.type != knowledge_.known.t_np &&
        std::find(types.begin(), types.end(), mention.type) != types.end() && wanted(mention)) {
      out.push_back(id);
    }
  }
}

MentionIds PatternMatcher::MentionsAt(uint32_t atom, std::span<const Symbol> types) {
  MentionIds out;
  if (atom >= text_.atoms.size()) return out;
  // A dateline says where and when the report was written.
  if (atom >= text_.dateline_end)
    AddMentions(atom, types, out, [](const Mention& m) { return !m.is_reported; });
  if (out.empty() && text_.InSet(atom, knowledge_.known.article) && atom + 1 < text_.atoms.size() &&
      text_.atoms[atom + 1].sentence == text_.atoms[atom].sentence) {
    // "the Philippines": the article is no part of the name.
    AddMentions(atom + 1, types, out, [](const Mention&) { return true; });
  }
  if (out.size() > 1) {
    std::stable_sort(out.begin(), out.end(), [&](MentionId a, MentionId b) {
      return text_.mentions[static_cast<size_t>(a)].end >
             text_.mentions[static_cast<size_t>(b)].end;
    });
  }
  if (std::find(types.begin(), types.end(), knowledge_.known.t_np) != types.end()) {
    const MentionId phrase = phrases_.At(atom);
    if (phrase != kNoId) out.push_back(phrase);
  }
  return out;
}

// "the fishermen held since April, grazing rights and …": a date that goes with an
// item stands between it and the next. One past it, or `at`.
uint32_t PatternMatcher::BehindDate(uint32_t at) const {
  constexpr uint32_t kParticles = 3;
  for (uint32_t a = at; a + 1 < sentence_end_ && a < at + kParticles; ++a) {
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = text_.mentions[static_cast<size_t>(id)];
      if (m.type != knowledge_.known.t_date || m.end >= sentence_end_) continue;
      const bool joined = text_.atoms[m.end].norm == "," || text_.atoms[m.end].norm == "،" ||
                          text_.InSet(m.end, knowledge_.known.separator);
      return joined ? m.end : at;
    }
    if (!text_.InSet(a, knowledge_.known.preposition) &&
        !text_.InSet(a, knowledge_.known.np_stop) && !text_.InSet(a, knowledge_.known.barrier) &&
        !(a == at && phrases_.IsVerb(a))) {
      return at;
    }
  }
  return at;
}

// "…, as well as Deputy Minister B": the name stands behind its title.
MentionIds PatternMatcher::PersonBehindTitle(uint32_t atom, uint32_t end,
                                             std::span<const Symbol> types) {
  if (std::find(types.begin(), types.end(), knowledge_.known.t_person) == types.end()) return {};
  bool title = false, comma = false;
  for (uint32_t a = atom; a < end && a < atom + 12; ++a) {
    const MentionIds found = MentionsAt(a, {knowledge_.known.t_person});
    if (!found.empty()) return title ? found : MentionIds{};
    title = title || text_.InSet(a, knowledge_.known.t_title) ||
            text_.InSet(a, knowledge_.known.title) || text_.InSet(a, knowledge_.known.colleague);
    if (text_.InSet(a, knowledge_.known.separator) || phrases_.IsVerb(a)) return {};
    if (text_.atoms[a].is_punctuation() && text_.atoms[a].norm != "-" &&
        text_.atoms[a].norm != "'") {
      if (comma) return {};
      comma = true;
    }
  }
  return {};
}

// "weighed fares at the ferry port, fines and …": one past the place of an item,
// where the list goes on behind it.
uint32_t PatternMatcher::BehindPlace(uint32_t at, std::span<const Symbol> types) {
  const WellKnown& k = knowledge_.known;
  if (std::find(types.begin(), types.end(), k.t_np) == types.end()) return at;
  if (at + 1 >= text_.atoms.size() || !text_.InSet(at, k.in) || !text_.InSet(at, k.np_stop))
    return at;
  const MentionId place = phrases_.At(at + 1);
  if (place == kNoId) return at;
  const Mention& m = text_.mentions[static_cast<size_t>(place)];
  for (uint32_t a = m.first; a < m.end; ++a) {
    if (text_.InSet(a, k.event)) return at;
  }
  const bool goes_on = m.end < text_.sentences[m.sentence].end &&
                       (text_.atoms[m.end].norm == "," || text_.InSet(m.end, k.separator));
  return goes_on ? m.end : at;
}

MentionIds PatternMatcher::ListFrom(MentionId first, std::span<const Symbol> types, uint32_t& end) {
  MentionIds items{first};
  const uint32_t list_first = text_.mentions[static_cast<size_t>(first)].first;
  const uint32_t sentence_end = text_.sentences[text_.atoms[list_first].sentence].end;
  // The preposition before the list may be said again: "on bananas and on nurses".
  std::string lead;
  for (uint32_t a = list_first; a > 0 && a + 3 > list_first; --a) {
    if (text_.InSet(a - 1, knowledge_.known.preposition)) {
      lead = text_.atoms[a - 1].norm;
      break;
    }
  }
  end = text_.mentions[static_cast<size_t>(first)].end;
  // A list that opens its sentence may be the subject of a verb behind it.
  const uint32_t opening = text_.sentences[text_.atoms[list_first].sentence].first;
  const std::string& mark = list_first > opening ? text_.atoms[list_first - 1].norm : "";
  const bool subject = list_first <= opening + 1 || mark == ";" || mark == ":";
  uint32_t comma_end = 0;  // Where the list stood before its first comma.
  size_t comma_items = 0;
  uint32_t at = end, sure_end = end;
  size_t sure = 1;
  while (at < sentence_end && items.size() < kMaxList) {
    uint32_t a = BehindPlace(BehindDate(at), types);
    const bool comma = text_.atoms[a].norm == "," || text_.atoms[a].norm == "،";
    if (comma) ++a;
    const SetHit* separator =
        a < sentence_end ? text_.HitAt(a, knowledge_.known.separator) : nullptr;
    if (separator != nullptr) a += separator->count;
    if ((!comma && separator == nullptr) || a >= sentence_end) break;
    if (!lead.empty() && text_.atoms[a].norm == lead) ++a;
    MentionIds next = MentionsAt(a, types);
    if (next.empty()) next = PersonBehindTitle(a, sentence_end, types);
    if (next.empty()) break;
    const Mention& mention = text_.mentions[static_cast<size_t>(next.front())];
    // "… and Rahmonov offered": another clause, not another item.
    if (mention.type == knowledge_.known.t_np && mention.end < sentence_end && !subject &&
        (phrases_.IsVerb(mention.end) || text_.InSet(mention.end, knowledge_.known.copula))) {
      break;
    }
    if (comma && comma_end == 0) {
      comma_end = at;
      comma_items = items.size();
    }
    items.push_back(next.front());
    at = mention.end;
    if (separator != nullptr) {
      sure = items.size();
      sure_end = at;
    }
  }
  items.resize(sure);
  end = sure_end;
  // "Under a deal brokered by A, B and C exchanged": behind the comma another
  // subject begins.
  if (!subject && comma_end != 0 && comma_items < sure && !lead.empty() && end < sentence_end &&
      (phrases_.IsVerb(end) || EndsWith(text_.atoms[end].norm, "ed")) &&
      !text_.sentences[text_.atoms[list_first].sentence].arabic) {
    items.resize(comma_items);
    end = comma_end;
  }
  return items;
}

// Whether MentionsAt may find something; an article may stand before a mention.
bool PatternMatcher::MayStart(const CompiledPattern& node, uint32_t at) const {
  return node.type_filter.MayHold(knowledge_.known.t_np) ||
         text_.mention_types[at].MayMeet(node.type_filter) ||
         text_.InSet(at, knowledge_.known.article);
}

bool PatternMatcher::RunMention(const CompiledPattern& node, const Step* next, uint32_t at) {
  if (at >= sentence_end_ || !MayStart(node, at)) return false;
  Binding& binding = bindings_[static_cast<size_t>(node.slot)];
  for (const MentionId id : MentionsAt(at, node.types)) {
    uint32_t end = text_.mentions[static_cast<size_t>(id)].end;
    MentionIds items{id};
    if (node.list) items = ListFrom(id, node.types, end);
    Binding saved = std::exchange(binding, Binding{true, at, end, std::move(items)});
    if (Run(next, node.zero_width ? at : end)) return true;
    binding = std::move(saved);
  }
  return false;
}

bool PatternMatcher::TestsHold(const CompiledPattern& node, uint32_t at) const {
  return std::none_of(node.tests.begin(), node.tests.end(), [&](const CompiledTest& test) {
    return TestHolds(test, at) == test.negated;
  });
}

bool PatternMatcher::TestHolds(const CompiledTest& test, uint32_t at) const {
  const Atom& atom = text_.atoms[at];
  switch (test.kind) {
    case TestKind::kIn:
      return text_.InSet(at, test.set);
    case TestKind::kCap:
      return atom.is_word() && atom.word->capitalisation >= Capitalisation::kInitial;
    case TestKind::kUpper:
      return atom.word->capitalisation == Capitalisation::kUpper;
    case TestKind::kDefinite:
      return atom.definite;
    case TestKind::kKnown:
      return atom.known;
    case TestKind::kUnknown:
      return atom.is_word() && !atom.known;
    case TestKind::kNumber:
      return atom.is_number();
    case TestKind::kWord:
      return atom.is_word();
    case TestKind::kPunctuation:
      return atom.is_punctuation();
    case TestKind::kClitic:
      return atom.clitic;
    case TestKind::kInitial:
      return at == sentence_first_;
    case TestKind::kVerb:
      return phrases_.IsVerb(at);
    case TestKind::kDated:
      return IsDated(at);
    case TestKind::kShort:
      return atom.norm.size() <= 4;
    case TestKind::kEnds:
      return atom.norm.ends_with(test.value);
    case TestKind::kStarts:
      return atom.norm.starts_with(test.value);
    case TestKind::kSpelt:
      return text_.TextOf(at, at + 1).ends_with(test.value);
    case TestKind::kScript:
      return atom.word->script == (test.value == "arab" ? Script::kArabic : Script::kLatin);
  }
  return false;
}

// Whether an atom lies inside a date.
bool PatternMatcher::IsDated(uint32_t atom) const {
  for (uint32_t a = atom > kDateReach ? atom - kDateReach : 0; a <= atom; ++a) {
    if (!text_.mention_types[a].MayHold(knowledge_.known.t_date)) continue;
    for (const MentionId id : text_.mentions_at[a]) {
      const Mention& m = text_.mentions[static_cast<size_t>(id)];
      if (m.type == knowledge_.known.t_date && m.end > atom) return true;
    }
  }
  return false;
}

}  // namespace sanad
