// Leapfrog join: three or more triple patterns joined at once, one variable after
// the other, for cyclic cores and wide stars (Veldhuizen: Leapfrog Triejoin, ICDT
// 2014). No intermediate result is made, so the work keeps to the bound of the
// final one.
//
// Every input is sorted by the join variables it has, in the node's order of
// them. Inputs that begin with the first variable are merged as streams that skip
// to each other's keys, and only the rows of the key at hand are looked at; the
// other inputs are read whole, once, when the first key has been found, and their
// first variable is looked up in a hash index where others give its values.

#ifndef SANAD_QUERY_EXECUTION_LEAPFROG_JOIN_H_
#define SANAD_QUERY_EXECUTION_LEAPFROG_JOIN_H_

#include <utility>
#include <vector>

#include "query/execution/operator.h"
#include "query/execution/row_index.h"

namespace sanad {

class LeapfrogJoin : public Operator {
 public:
  // `inputs`: those of the node's children.
  LeapfrogJoin(QueryContext& context, const PlanNode& node, std::vector<OperatorPtr> inputs);
  bool Next(Batch& batch) override;
  void SkipTo(TermId key) override;

 private:
  struct Range {
    size_t begin = 0, end = 0;
  };
  struct Input {
    OperatorPtr source;
    std::vector<size_t> key_columns;                  // Of its join variables, in order.
    std::vector<std::pair<size_t, size_t>> payloads;  // Output and own columns of the rest.
    bool streams = false;                             // Begins with the first variable.
    Batch window;                                     // Streams: rows being merged.
    size_t position = 0;
    bool ended = false;
    Batch held;                    // The rows of a key that cross windows, or all rows.
    const Batch* rows = nullptr;   // Where the ranges point.
    RowIndex index{1};             // Read whole: the first key column's ids,
    std::vector<uint32_t> starts;  // and where the rows of each begin.
    std::vector<Range> ranges;     // By key column: the rows that agree up to it.
    size_t next = 0;               // In the product: the row at hand.
  };
  // An input's part in one level; a level is a join variable.
  struct Part {
    size_t input;
    size_t depth;       // The position in the input's key columns.
    size_t next = 0;    // The first row not yet passed.
    size_t column = 0;  // Of the input.
  };

  bool NextBinding();
  void OpenLevel(size_t level);
  bool SeekStreams(TermId key);
  bool SeekLevel(size_t level);
  bool Agree(size_t level, TermId& key);
  bool Probe(size_t level, TermId key);
  bool AdvanceTo(Input& input, TermId key);
  void TakeRun(Input& input, TermId key);
  bool ReadWhole();
  void IndexRows(Input& input);
  bool HoldMemory();
  bool StartProduct();
  bool EmitProduct(Batch& batch);

  size_t width_;
  std::vector<Input> inputs_;
  std::vector<std::vector<Part>> levels_;
  std::vector<size_t> drivers_;  // By level: the parts in front, that are not looked up.
  std::vector<TermId> keys_;     // The binding, by level.
  std::vector<std::pair<size_t, size_t>> key_outputs_;  // Output column and level.
  std::vector<size_t> product_;                         // Inputs with payloads.
  uint64_t repeats_ = 1;                                // Of the binding, by the other inputs.
  bool multiplied_ = false;                             // A row of the batch repeats.
  bool in_product_ = false;
  bool started_ = false;
  bool ended_ = false;  // No binding is left; what the inputs hold may be gone.
  bool read_whole_ = false;
  TermId least_;
  std::vector<const TermId*> probe_ = {nullptr};
  uint64_t steps_ = 0;
  MemoryHold memory_;
};

}  // namespace sanad

#endif  // SANAD_QUERY_EXECUTION_LEAPFROG_JOIN_H_
