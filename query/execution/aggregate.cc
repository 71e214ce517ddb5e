// One small class an aggregate; DISTINCT wraps any of them.

#include "query/execution/aggregate.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "query/execution/row_index.h"
#include "query/expression/compare.h"
#include "query/expression/value.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

class Count : public Aggregate {
 public:
  Count(QueryContext& context, bool all) : context_(context), all_(all) {}
  void Add(uint32_t group, TermId value, uint64_t count) override {
    if (group >= counts_.size()) counts_.resize(group + 1, 0);
    if (all_ || !value.is_undefined()) counts_[group] += count;
  }
  TermId Result(uint32_t group) override {
    const uint64_t count = group < counts_.size() ? counts_[group] : 0;
    return context_.terms().Intern(Term::Integer(static_cast<int64_t>(count)));
  }
  bool reads_terms() const override { return false; }
  size_t bytes() const override { return counts_.capacity() * sizeof(uint64_t); }

 private:
  QueryContext& context_;
  bool all_;
  std::vector<uint64_t> counts_;
};

// SUM and AVG: one value that is no number makes the result an error.
class Sum : public Aggregate {
 public:
  Sum(QueryContext& context, bool average) : context_(context), average_(average) {}
  void Add(uint32_t group, TermId value, uint64_t count) override {
    if (group >= states_.size()) states_.resize(group + 1);
    State& state = states_[group];
    if (!state.sum) return;
    auto number = Value::Of(value).AsNumeric(context_);
    if (number && count > 1)
      number = Multiply(*number, Numeric::Integer(static_cast<int64_t>(count)));
    state.sum = number ? sanad::Add(*state.sum, *number) : std::nullopt;
    state.count += count;
  }
  TermId Result(uint32_t group) override {
    State state;
    if (group < states_.size()) state = states_[group];
    if (average_ && state.sum && state.count > 0) {
      state.sum = Divide(*state.sum, Numeric::Integer(static_cast<int64_t>(state.count)));
    }
    return Value::Of(state.sum).AsId(context_);
  }
  size_t bytes() const override { return states_.capacity() * sizeof(State); }

 private:
  struct State {
    std::optional<Numeric> sum = Numeric::Integer(0);
    uint64_t count = 0;
  };
  QueryContext& context_;
  bool average_;
  std::vector<State> states_;
};

// MIN and MAX in the order of ORDER BY; an error makes the result one.
class Extreme : public Aggregate {
 public:
  Extreme(QueryContext& context, bool max) : context_(context), max_(max) {}
  void Add(uint32_t group, TermId value, uint64_t) override {
    if (group >= states_.size()) states_.resize(group + 1);
    State& state = states_[group];
    if (state.best == value && state.any) return;
    if (value.is_undefined() || state.error) {
      state.error = true;
      return;
    }
    SortKey key = SortKeyOf(Value::Of(value), context_);
    const bool better =
        !state.any || (max_ ? Compare(key, state.key) > 0 : Compare(key, state.key) < 0);
    state.any = true;
    if (!better) return;
    state.best = value;
    text_bytes_ +=
        key.text.size() + key.suffix.size() - state.key.text.size() - state.key.suffix.size();
    state.key = std::move(key);
  }
  TermId Result(uint32_t group) override {
    return group < states_.size() && !states_[group].error ? states_[group].best
                                                           : TermId::Undefined();
  }
  size_t bytes() const override { return states_.capacity() * sizeof(State) + text_bytes_; }

 private:
  struct State {
    TermId best;
    SortKey key;
    bool any = false;
    bool error = false;
  };
  QueryContext& context_;
  bool max_;
  std::vector<State> states_;
  uint64_t text_bytes_ = 0;  // Of the keys.
};

class Sample : public Aggregate {
 public:
  void Add(uint32_t group, TermId value, uint64_t) override {
    if (group >= values_.size()) values_.resize(group + 1);
    if (values_[group].is_undefined()) values_[group] = value;
  }
  TermId Result(uint32_t group) override {
    return group < values_.size() ? values_[group] : TermId::Undefined();
  }
  bool reads_terms() const override { return false; }
  size_t bytes() const override { return values_.capacity() * sizeof(TermId); }

 private:
  std::vector<TermId> values_;
};

class GroupConcat : public Aggregate {
 public:
  GroupConcat(QueryContext& context, std::string separator)
      : context_(context), separator_(std::move(separator)) {}
  void Add(uint32_t group, TermId value, uint64_t count) override {
    if (group >= states_.size()) states_.resize(group + 1);
    State& state = states_[group];
    const Term& term = context_.terms().Get(value);
    if (term.is_undefined() || term.is_blank_node()) state.error = true;
    for (uint64_t i = 0; i < count && !state.error; ++i) {
      if ((++joined_ & 0xFFF) == 0 && context_.Interrupted()) return;
      if (state.any) state.text += separator_;
      state.any = true;
      state.text += term.value();
      const size_t added = separator_.size() + term.value().size();
      bytes_ += added;
      if (bytes_ > context_.options().memory_limit) {
        context_.Charge(bytes_);  // Reports the limit.
        return;
      }
    }
  }
  TermId Result(uint32_t group) override {
    if (group >= states_.size()) return context_.terms().Intern(Term::String(""));
    if (states_[group].error) return TermId::Undefined();
    return context_.terms().Intern(Term::String(states_[group].text));
  }
  size_t bytes() const override { return bytes_ + states_.capacity() * sizeof(State); }

 private:
  struct State {
    std::string text;
    bool any = false;
    bool error = false;
  };
  QueryContext& context_;
  std::string separator_;
  std::vector<State> states_;
  size_t bytes_ = 0;
  uint64_t joined_ = 0;  // Values so far.
};

class DistinctValues : public Aggregate {
 public:
  explicit DistinctValues(std::unique_ptr<Aggregate> inner) : inner_(std::move(inner)), seen_(2) {}
  void Add(uint32_t group, TermId value, uint64_t) override {
    if (group == last_group_ && value == last_value_) return;
    last_group_ = group;
    last_value_ = value;
    const TermId key(uint64_t{group});
    const std::vector<const TermId*>& columns = Columns(key, value);
    const uint32_t count = seen_.size();
    if (seen_.FindOrAdd(columns, 0) == count) inner_->Add(group, value, 1);
  }
  TermId Result(uint32_t group) override { return inner_->Result(group); }
  bool reads_terms() const override { return inner_->reads_terms(); }
  size_t bytes() const override { return inner_->bytes() + seen_.bytes(); }

 private:
  const std::vector<const TermId*>& Columns(TermId group, TermId value) {
    key_[0] = group;
    key_[1] = value;
    columns_ = {&key_[0], &key_[1]};
    return columns_;
  }
  std::unique_ptr<Aggregate> inner_;
  RowIndex seen_;
  TermId key_[2];
  std::vector<const TermId*> columns_;
  uint32_t last_group_ = ~uint32_t{0};
  TermId last_value_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Aggregate>> MakeAggregate(const algebra::Expression& expression,
                                                         QueryContext& context) {
  std::unique_ptr<Aggregate> aggregate;
  const std::string& name = expression.name;
  if (name == "COUNT") aggregate = std::make_unique<Count>(context, expression.arguments.empty());
  if (name == "SUM") aggregate = std::make_unique<Sum>(context, false);
  if (name == "AVG") aggregate = std::make_unique<Sum>(context, true);
  if (name == "MIN") aggregate = std::make_unique<Extreme>(context, false);
  if (name == "MAX") aggregate = std::make_unique<Extreme>(context, true);
  if (name == "SAMPLE") aggregate = std::make_unique<Sample>();
  if (name == "GROUP_CONCAT")
    aggregate = std::make_unique<GroupConcat>(context, expression.separator);
  if (aggregate == nullptr) {
    return MakeStatus(absl::StatusCode::kUnimplemented, "there is no aggregate ", name);
  }
  if (expression.distinct && !expression.arguments.empty()) {
    aggregate = std::make_unique<DistinctValues>(std::move(aggregate));
  }
  return aggregate;
}

}  // namespace sanad
