#include "loader/document/closure.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace sanad {
namespace {

constexpr size_t kMaxConclusions = 4096;
constexpr int kMaxRounds = 4;

class Closure {
 public:
  explicit Closure(AnnotatedText& text) : text_(text) {
    for (const DocumentStatement& s : text_.statements)
      known_.insert(KeyOf(s.subject, s.property, s.object));
  }

  // True when something new was concluded.
  bool Apply(const ClosureRule& rule) {
    rule_ = &rule;
    limit_ = text_.statements.size();
    const size_t before = limit_;
    variables_.clear();
    premises_.clear();
    Join(0);
    return text_.statements.size() > before;
  }

 private:
  using Key = std::tuple<EntityId, std::string, EntityId>;
  static Key KeyOf(EntityId s, const std::string& p, EntityId o) { return {s, p, o}; }

  void Join(size_t premise) {
    if (text_.statements.size() > kMaxConclusions) return;
    if (premise == rule_->premises.size()) {
      Conclude();
      return;
    }
    const ClosurePattern& pattern = rule_->premises[premise];
    for (size_t i = 0; i < limit_; ++i) {
      const EntityId subject = text_.statements[i].subject, object = text_.statements[i].object;
      if (text_.statements[i].property != pattern.property || text_.statements[i].negated ||
          object == kNoId)
        continue;
      if (text_.statements[i].attributed_to != kNoId) continue;
      const auto saved = variables_;
      if (Bind(pattern.subject, subject) && Bind(pattern.object, object)) {
        premises_.push_back(static_cast<uint32_t>(i));
        Join(premise + 1);
        premises_.pop_back();
      }
      variables_ = saved;
    }
  }

  bool Bind(const std::string& variable, EntityId entity) {
    const auto [it, inserted] = variables_.emplace(variable, entity);
    return inserted || it->second == entity;
  }

  void Conclude() {
    const EntityId subject = variables_[rule_->conclusion.subject],
                   object = variables_[rule_->conclusion.object];
    if (subject == object ||
        !known_.insert(KeyOf(subject, rule_->conclusion.property, object)).second)
      return;
    DocumentStatement s;
    s.subject = subject;
    s.property = rule_->conclusion.property;
    s.object = object;
    s.rule = rule_->name;
    for (const uint32_t p : premises_) {
      const DocumentStatement& premise = text_.statements[p];
      s.sentence = std::max(s.sentence, premise.sentence);
      if (premise.subject == subject) s.subject_mention = premise.subject_mention;
      if (premise.object == object) s.object_mention = premise.object_mention;
      if (premise.status != StatementStatus::kAsserted) s.status = premise.status;
      if (premise.attributed_to != kNoId) s.attributed_to = premise.attributed_to;
      if (premise.premises.empty()) {
        s.premises.push_back(p);
      } else {  // Down to what sentences say.
        s.premises.insert(s.premises.end(), premise.premises.begin(), premise.premises.end());
      }
    }
    std::sort(s.premises.begin(), s.premises.end());
    s.premises.erase(std::unique(s.premises.begin(), s.premises.end()), s.premises.end());
    text_.statements.push_back(std::move(s));
  }

  AnnotatedText& text_;
  std::set<Key> known_;
  const ClosureRule* rule_ = nullptr;
  size_t limit_ = 0;
  std::map<std::string, EntityId> variables_;
  std::vector<uint32_t> premises_;
};

}  // namespace

void RunClosure(const Knowledge& knowledge, AnnotatedText& text) {
  Closure closure(text);
  for (int round = 0; round < kMaxRounds; ++round) {
    bool changed = false;
    for (const ClosureRule& rule : knowledge.closures) changed = closure.Apply(rule) || changed;
    if (!changed) return;
  }
}

}  // namespace sanad
