// Searches are remembered by node, so that rows sharing an end search once.

#include "query/execution/path.h"

#include <algorithm>

namespace sanad {

PathOperator::PathOperator(QueryContext& context, const PlanNode& node, const Plan& plan,
                           OperatorPtr input)
    : Operator(context),
      input_(std::move(input)),
      path_(*node.algebra->path),
      scope_(node.scope),
      matches_no_step_(algebra::MatchesNoStep(path_)),
      search_(context, node.scope),
      memory_(context) {
  auto end_of = [&](const algebra::VarOrTerm& term) {
    End end;
    if (const auto* variable = std::get_if<algebra::Variable>(&term)) {
      for (VariableId id = 0; id < plan.names.size(); ++id) {
        if (plan.names[id] != variable->name) continue;
        end.input = ColumnOf(*node.children[0], id);
        end.output = ColumnOf(node, id);
        end.substituted = std::find(node.substituted.begin(), node.substituted.end(), id) !=
                          node.substituted.end();
      }
    } else {
      end.constant = context.terms().Intern(std::get<Term>(term));
    }
    return end;
  };
  subject_ = end_of(node.algebra->subject);
  object_ = end_of(node.algebra->object);
  const auto* a = std::get_if<algebra::Variable>(&node.algebra->subject);
  const auto* b = std::get_if<algebra::Variable>(&node.algebra->object);
  same_variable_ = a != nullptr && b != nullptr && *a == *b;
  for (VariableId variable : node.schema) copies_.push_back(ColumnOf(*node.children[0], variable));
}

const std::vector<TermId>& PathOperator::Reached(TermId node, bool forward) {
  if (forward != memo_forward_ || memo_size_ > starts_.size() + (size_t{1} << 20)) {
    memo_.clear();
    in_graph_.clear();
    memo_size_ = starts_.size();
    memo_forward_ = forward;
  }
  auto [entry, added] = memo_.try_emplace(node.bits());
  if (added) {
    entry->second = search_.From(path_, node, forward);
    memo_size_ += entry->second.size() + 4;
    if (!memory_.Set(memo_size_ * sizeof(TermId))) entry->second.clear();
  }
  return entry->second;
}

// A path of length zero between variables joins nodes of the graph only; a term
// that another pattern has bound need not be one (section 18.4, ZeroLengthPath).
bool PathOperator::MayBind(const End& end, TermId value, const End& other, TermId other_value) {
  if (!matches_no_step_ || end.is_term() || value.is_undefined()) return true;
  if (other.is_term() && other_value == value) return true;
  const auto [entry, added] = in_graph_.try_emplace(value.bits(), false);
  if (added) {
    for (const IdPattern& pattern : {IdPattern{value, {}, {}}, IdPattern{{}, {}, value}}) {
      if (entry->second) break;
      const auto count = value.kind() == TermKind::kQueryLocal
                             ? absl::StatusOr<uint64_t>(0)
                             : context().source().Count(pattern, scope_);
      if (!count.ok()) context().Fail(count.status());
      entry->second = count.ok() && *count > 0;
    }
    memo_size_ += 4;
  }
  return entry->second;
}

void PathOperator::Solve(TermId subject, TermId object) {
  using algebra::PathType;
  pairs_.clear();
  if (!MayBind(subject_, subject, object_, object) ||
      !MayBind(object_, object, subject_, subject)) {
    return;
  }
  const bool closure = path_.type == PathType::kZeroOrMore || path_.type == PathType::kOneOrMore ||
                       path_.type == PathType::kZeroOrOne;
  if (!subject.is_undefined() && !object.is_undefined()) {
    if (closure) {
      if (search_.Connects(path_, subject, object)) pairs_.emplace_back(subject, object);
      return;
    }
    for (TermId end : Reached(subject, true)) {
      if (end == object) pairs_.emplace_back(subject, object);
    }
    return;
  }
  if (!subject.is_undefined()) {
    for (TermId end : Reached(subject, true)) pairs_.emplace_back(subject, end);
    return;
  }
  if (!object.is_undefined()) {
    for (TermId start : Reached(object, false)) pairs_.emplace_back(start, object);
    return;
  }
  if (!have_starts_) {
    have_starts_ = true;
    starts_ = search_.Starts(path_);
    memo_size_ += starts_.size();
    if (!memory_.Set(memo_size_ * sizeof(TermId))) return;
  }
  MemoryHold memory(context());
  for (TermId start : starts_) {
    if (context().Interrupted()) return;
    if (same_variable_ && closure) {
      if (search_.Connects(path_, start, start)) pairs_.emplace_back(start, start);
      continue;
    }
    for (TermId end : search_.From(path_, start, true)) {
      if (!same_variable_ || end == start) pairs_.emplace_back(start, end);
    }
    if (!memory.Set(pairs_.capacity() * sizeof(pairs_[0]))) return;
  }
}

bool PathOperator::Next(Batch& batch) {
  batch.Reset(copies_.size());
  for (auto& column : batch.columns) column.clear();
  while (batch.size < Batch::kCapacity && !context().Interrupted()) {
    if (row_ >= input_batch_.size) {
      if (batch.size > 0) break;
      if (!input_->Next(input_batch_)) return false;
      row_ = 0;
      row_solved_ = false;
    }
    if (!row_solved_) {
      auto value_of = [&](const End& end) {
        if (!end.constant.is_undefined()) return end.constant;
        return end.input >= 0 ? input_batch_.columns[static_cast<size_t>(end.input)][row_]
                              : TermId();
      };
      Solve(value_of(subject_), value_of(object_));
      next_pair_ = 0;
      row_solved_ = true;
    }
    const size_t count = std::min(Batch::kCapacity - batch.size, pairs_.size() - next_pair_);
    for (size_t c = 0; c < copies_.size(); ++c) {
      auto& column = batch.columns[c];
      for (size_t i = 0; i < count; ++i) {
        const auto& [start, end] = pairs_[next_pair_ + i];
        if (static_cast<int>(c) == subject_.output) {
          column.push_back(start);
        } else if (static_cast<int>(c) == object_.output) {
          column.push_back(end);
        } else {
          column.push_back(input_batch_.columns[static_cast<size_t>(copies_[c])][row_]);
        }
      }
    }
    if (!input_batch_.multiplicity.empty()) {
      batch.multiplicity.resize(batch.size, 1);
      batch.multiplicity.insert(batch.multiplicity.end(), count, input_batch_.multiplicity[row_]);
    }
    batch.size += count;
    next_pair_ += count;
    if (next_pair_ == pairs_.size()) {
      ++row_;
      row_solved_ = false;
    }
  }
  batch.FinishMultiplicity();
  return batch.size > 0 && context().status().ok();
}

}  // namespace sanad
