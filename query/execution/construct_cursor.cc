// CONSTRUCT and DESCRIBE: streams of distinct triples.

#include <deque>

#include "query/execution/cursor_base.h"
#include "query/execution/cursors.h"
#include "query/execution/row_index.h"

namespace sanad {
namespace {

const std::vector<std::string>& TripleColumns() {
  static const auto& names = *new std::vector<std::string>{"subject", "predicate", "object"};
  return names;
}

// Adds triples to a batch, each once in the life of the cursor.
class TripleSink {
 public:
  explicit TripleSink(QueryContext& context) : seen_(3), memory_(context) {}
  void Start(Batch& batch) {
    batch.Reset(3);
    for (auto& column : batch.columns) column.clear();
  }
  bool Add(Batch& batch, const TermId (&triple)[3]) {
    for (size_t c = 0; c < 3; ++c) columns_[c] = &triple[c];
    const uint32_t count = seen_.size();
    if (seen_.FindOrAdd(columns_, 0) != count) return false;
    for (size_t c = 0; c < 3; ++c) batch.columns[c].push_back(triple[c]);
    ++batch.size;
    return true;
  }
  // Counts what is held, `batch` included. False past the limit.
  bool Account(const Batch& batch) { return memory_.Set(seen_.bytes() + batch.bytes()); }

 private:
  RowIndex seen_;
  std::vector<const TermId*> columns_ = std::vector<const TermId*>(3);
  MemoryHold memory_;
};

bool IsIriOrBlank(TermId id, QueryContext& context) {
  if (id.kind() == TermKind::kIri || id.kind() == TermKind::kBlankNode) return true;
  if (id.kind() != TermKind::kQueryLocal) return false;
  return !context.terms().Get(id).is_literal();
}

class ConstructCursor : public CursorBase {
 public:
  explicit ConstructCursor(std::unique_ptr<RunningQuery> query)
      : CursorBase(std::move(query), TripleColumns()), sink_(running().context()) {
    for (const auto& triple : running().algebra().construct) {
      templates_.push_back(
          {PartOf(triple.subject), PartOf(triple.predicate), PartOf(triple.object)});
    }
  }

 protected:
  bool NextBatch(Batch& batch) override {
    sink_.Start(batch);
    while (batch.size == 0) {
      if (!running().Next(rows_)) return false;
      for (size_t row = 0; row < rows_.size; ++row) {
        const uint64_t times = blank_nodes_.empty() ? 1 : rows_.multiplicity_of(row);
        for (uint64_t i = 0; i < times; ++i) {
          if ((i & 0xFF) == 0xFF && (running().context().Interrupted() || !sink_.Account(batch))) {
            return false;
          }
          Instantiate(row, batch);
        }
      }
      if (!sink_.Account(batch)) return false;
    }
    return running().context().status().ok();
  }

 private:
  // A position of the template.
  struct Part {
    TermId constant;
    int column = -1;
    int blank_node = -1;
  };
  struct Template {
    Part parts[3];
  };

  Part PartOf(const algebra::VarOrTerm& term) {
    Part part;
    if (const auto* variable = std::get_if<algebra::Variable>(&term)) {
      if (!variable->name.starts_with('.')) {
        part.column = running().ColumnOfName(variable->name);
        return part;
      }
      for (size_t i = 0; i < blank_nodes_.size(); ++i) {
        if (blank_nodes_[i] == variable->name) part.blank_node = static_cast<int>(i);
      }
      if (part.blank_node < 0) {
        part.blank_node = static_cast<int>(blank_nodes_.size());
        blank_nodes_.push_back(variable->name);
      }
      return part;
    }
    part.constant = running().context().terms().Intern(std::get<Term>(term));
    return part;
  }

  void Instantiate(size_t row, Batch& batch) {
    QueryContext& context = running().context();
    if (!context.status().ok()) return;
    std::vector<TermId> fresh(blank_nodes_.size());
    for (const Template& triple : templates_) {
      TermId ids[3];
      for (size_t c = 0; c < 3; ++c) {
        const Part& part = triple.parts[c];
        if (part.blank_node >= 0) {
          TermId& node = fresh[static_cast<size_t>(part.blank_node)];
          if (node.is_undefined()) {
            node = context.terms().Intern(Term::BlankNode(context.FreshBlankNodeLabel()));
          }
          ids[c] = node;
        } else if (part.column >= 0) {
          ids[c] = rows_.columns[static_cast<size_t>(part.column)][row];
        } else {
          ids[c] = part.constant;
        }
      }
      // Triples that are not RDF are left out (section 16.2).
      if (!IsIriOrBlank(ids[0], context) || ids[2].is_undefined()) continue;
      if (!IsIriOrBlank(ids[1], context) || context.terms().Get(ids[1]).is_blank_node()) continue;
      sink_.Add(batch, ids);
    }
  }

  std::vector<Template> templates_;
  std::vector<std::string> blank_nodes_;
  TripleSink sink_;
  Batch rows_;
};

class DescribeCursor : public CursorBase {
 public:
  explicit DescribeCursor(std::unique_ptr<RunningQuery> query)
      : CursorBase(std::move(query), TripleColumns()), sink_(running().context()), seen_(1) {
    for (const auto& item : running().algebra().describe) {
      if (const auto* variable = std::get_if<algebra::Variable>(&item)) {
        columns_.push_back(running().ColumnOfName(variable->name));
      } else {
        Enqueue(running().context().terms().Intern(std::get<Term>(item)));
      }
    }
  }

 protected:
  bool NextBatch(Batch& batch) override {
    sink_.Start(batch);
    while (batch.size == 0) {
      if (!queue_.empty()) {
        const TermId resource = queue_.front();
        queue_.pop_front();
        if (!Describe(resource, batch)) return false;
        continue;
      }
      if (columns_.empty() || !running().Next(rows_)) return false;
      for (size_t row = 0; row < rows_.size; ++row) {
        for (int column : columns_) {
          if (column >= 0) Enqueue(rows_.columns[static_cast<size_t>(column)][row]);
        }
      }
    }
    return sink_.Account(batch);
  }

 private:
  void Enqueue(TermId id) {
    if (id.is_undefined()) return;
    const std::vector<const TermId*> key = {&id};
    const uint32_t count = seen_.size();
    if (seen_.FindOrAdd(key, 0) == count) queue_.push_back(id);
  }

  bool Describe(TermId resource, Batch& batch) {
    QueryContext& context = running().context();
    if (resource.kind() == TermKind::kQueryLocal) return true;
    ScanRequest request;
    request.pattern.subject = resource;
    request.order = OrderFor(request.pattern);
    request.scope = running().dataset().default_scope;
    auto scan = context.source().Scan(request);
    if (!scan.ok()) {
      context.Fail(scan.status());
      return false;
    }
    const auto order = ColumnsOf(request.order);
    QuadBatch quads;
    while (!context.Interrupted() && (*scan)->Next(quads)) {
      for (size_t row = 0; row < quads.size; ++row) {
        TermId ids[3];
        for (size_t c = 0; c < 3; ++c) ids[order[c]] = quads.columns[c][row];
        if (sink_.Add(batch, ids) && ids[2].kind() == TermKind::kBlankNode) Enqueue(ids[2]);
      }
      if (!sink_.Account(batch)) return false;
    }
    if (!(*scan)->status().ok()) context.Fail((*scan)->status());
    return context.status().ok();
  }

  std::vector<int> columns_;
  TripleSink sink_;
  RowIndex seen_;
  std::deque<TermId> queue_;
  Batch rows_;
};

}  // namespace

std::unique_ptr<Cursor> MakeConstructCursor(std::unique_ptr<RunningQuery> running) {
  return std::make_unique<ConstructCursor>(std::move(running));
}
std::unique_ptr<Cursor> MakeDescribeCursor(std::unique_ptr<RunningQuery> running) {
  return std::make_unique<DescribeCursor>(std::move(running));
}

}  // namespace sanad
