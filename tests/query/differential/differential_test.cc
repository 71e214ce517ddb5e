// Random queries over random datasets: the engine, the engine with each join
// operator forced in turn and with every rewrite off, and the naive evaluator
// must give equal multisets, in strict and in union scope.
//
// SANAD_DIFFERENTIAL=N runs N queries instead of 10,000, SANAD_SEED=S starts
// from another seed; a failure prints the seed of its query.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <sanad/query.h>
#include "query/algebra/translate.h"
#include "query/execution/execute.h"
#include "query/sparql/parser.h"
#include "storage/memory_quad_source.h"
#include "storage/model/text.h"
#include "tests/query/differential/naive_evaluator.h"
#include "tests/query/differential/query_generator.h"

namespace sanad::query_test {
namespace {

constexpr size_t kMostSolutions = 20000;

std::string Text(const absl::Status& status) { return std::string(FromAbsl(status.message())); }

using Ordering = PlannerOptions::Ordering;

// `force`: the join operator that the planner must use wherever it can.
absl::StatusOr<Multiset> RunEngine(std::shared_ptr<const algebra::QueryAlgebra> query,
                                   const QuadSource& source, const QueryOptions& options,
                                   std::optional<PlanType> force = std::nullopt,
                                   Ordering ordering = Ordering::kByCost) {
  const PlannerOptions planner{
      .rewrite = options.rewrite, .force_join = force, .ordering = ordering};
  SANAD_ASSIGN_OR_RETURN(auto cursor,
                         ExecuteAlgebra(std::move(query), source, nullptr, options, planner));
  Multiset rows;
  while (cursor->Next()) {
    Solution row;
    for (size_t i = 0; i < cursor->variables().size(); ++i) {
      if (!cursor->value(i).is_undefined()) row[cursor->variables()[i]] = cursor->value(i);
    }
    rows.push_back(std::move(row));
  }
  SANAD_RETURN_IF_ERROR(cursor->status());
  return rows;
}

// Answers SERVICE as the naive evaluator does, by the text that the engine sends.
ServiceClient ClientOf(const std::vector<Quad>& quads) {
  return [&quads](const Term&, std::string_view text, const std::vector<std::string>& variables)
             -> absl::StatusOr<std::vector<std::vector<Term>>> {
    SANAD_ASSIGN_OR_RETURN(const ast::Query tree, sparql::ParseQuery(text, {}));
    SANAD_ASSIGN_OR_RETURN(const algebra::QueryAlgebra query, algebra::Translate(tree, text));
    NaiveEvaluator naive(quads, DefaultGraph::kStrict);
    std::vector<std::vector<Term>> rows;
    for (const Solution& solution : naive.Evaluate(query)) {
      std::vector<Term> row(variables.size());
      for (size_t i = 0; i < variables.size(); ++i) {
        const auto found = solution.find(variables[i]);
        if (found != solution.end()) row[i] = found->second;
      }
      rows.push_back(std::move(row));
    }
    return rows;
  };
}

std::string Print(const Multiset& rows) {
  std::string text = Concat(rows.size(), " rows");
  for (size_t i = 0; i < std::min<size_t>(rows.size(), 12); ++i) {
    text += "\n   ";
    for (const auto& [name, term] : rows[i]) text += " ?" + name + "=" + term.ToString();
  }
  return text;
}

std::string Print(const std::vector<Quad>& quads) {
  std::string text;
  for (const Quad& quad : quads) {
    text += quad.subject.ToString() + " " + quad.predicate.ToString() + " " +
            quad.object.ToString() + " " +
            (quad.graph.is_undefined() ? "" : quad.graph.ToString()) + " .\n";
  }
  return text;
}

// The rows of `part` are among those of `whole`, counted. Both sorted.
bool Includes(const Multiset& whole, const Multiset& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

// ORDER BY and LIMIT on top of a query whose whole result is known.
std::string CheckSlice(const ast::Query& tree, const std::string& text, const Multiset& all,
                       const QuadSource& source, const QueryOptions& options, size_t offset,
                       size_t limit) {
  const std::string key = tree.select.items.empty() ? "a" : tree.select.items[0].variable.name;
  const std::string sliced =
      Concat(text, " ORDER BY DESC(?", key, ") OFFSET ", offset, " LIMIT ", limit);
  const auto parsed = sparql::ParseQuery(sliced, {});
  if (!parsed.ok()) return "";  // The generated query ends in a clause of its own.
  auto query = algebra::Translate(*parsed, sliced);
  if (!query.ok()) return "";
  auto rows =
      RunEngine(std::make_shared<algebra::QueryAlgebra>(*std::move(query)), source, options);
  if (!rows.ok()) return sliced + ": " + Text(rows.status());
  const size_t expected = offset >= all.size() ? 0 : std::min(limit, all.size() - offset);
  if (rows->size() != expected) return Concat(sliced, ": ", rows->size(), " rows, not ", expected);
  const auto value = [&](const Solution& row) {
    const auto found = row.find(key);
    return found == row.end() ? std::optional<Term>() : found->second;
  };
  for (size_t i = 1; i < rows->size(); ++i) {
    if (NaiveEvaluator::CompareForOrder(value((*rows)[i - 1]), value((*rows)[i])) < 0) {
      return sliced + ": out of order: " + Print(*rows);
    }
  }
  std::sort(rows->begin(), rows->end());
  if (!Includes(all, *rows)) return sliced + ": rows that are not in the result: " + Print(*rows);
  return "";
}

class Differential {
 public:
  // The problem with one query, or empty.
  std::string Run(uint64_t seed) {
    QueryGenerator generator(seed);
    const std::vector<Quad> quads = generator.Dataset();
    const std::string text = generator.Query();
    const auto tree = sparql::ParseQuery(text, {});
    if (!tree.ok()) return text + "\n" + Text(tree.status());
    auto translated = algebra::Translate(*tree, text);
    if (!translated.ok()) return "";  // A name assigned twice; not what is tested here.
    const auto query = std::make_shared<algebra::QueryAlgebra>(*std::move(translated));
    const auto source = MemoryQuadSource::FromQuads(quads);
    for (const DefaultGraph scope : {DefaultGraph::kStrict, DefaultGraph::kUnion}) {
      NaiveEvaluator naive(quads, scope);
      Multiset expected = naive.Evaluate(*query);
      if (expected.size() > kMostSolutions) continue;
      ++compared_;
      if (!expected.empty()) {
        ++not_empty_;
        for (const auto& [type, count] : naive.counts()) operators_[type] += count > 0 ? 1 : 0;
      }
      std::sort(expected.begin(), expected.end());
      for (const bool rewrite : {true, false}) {
        QueryOptions options;
        options.default_graph = scope;
        options.rewrite = rewrite;
        options.service = ClientOf(quads);
        const std::string where =
            Concat(text, "\n(", scope == DefaultGraph::kStrict ? "strict" : "union",
                   rewrite ? "" : ", without rewrites", ")\n", algebra::ToString(*query), "\n",
                   Print(quads));
        auto actual = RunEngine(query, *source, options);
        if (!actual.ok()) return where + Text(actual.status());
        std::sort(actual->begin(), actual->end());
        if (*actual != expected) {
          const auto plan = ExplainAlgebra(*query, *source, options, PlanFormat::kText);
          return where + "expected " + Print(expected) + "\ngot " + Print(*actual) + "\n" +
                 (plan.ok() ? *plan : Text(plan.status()));
        }
        if (rewrite) {
          const std::pair<PlanType, Ordering> forced_plans[] = {
              {PlanType::kMergeJoin, Ordering::kDynamic},
              {PlanType::kIndexJoin, Ordering::kSampled},
              {PlanType::kHashJoin, Ordering::kGreedy},
              {PlanType::kLeapfrogJoin, Ordering::kByCost}};
          for (const auto& [join, ordering] : forced_plans) {
            auto forced = RunEngine(query, *source, options, join, ordering);
            if (!forced.ok()) return where + Text(forced.status());
            std::sort(forced->begin(), forced->end());
            if (*forced == expected) continue;
            return Concat(where, PlanTypeName(join), " forced: expected ", Print(expected),
                          "\ngot ", Print(*forced));
          }
        }
        const std::string slice = CheckSlice(*tree, text, expected, *source, options,
                                             generator.Below(3), 1 + generator.Below(4));
        if (!slice.empty()) return where + slice;
      }
    }
    return "";
  }

  size_t compared() const { return compared_; }
  size_t not_empty() const { return not_empty_; }
  const std::map<algebra::OperatorType, size_t>& operators() const { return operators_; }

 private:
  size_t compared_ = 0;
  size_t not_empty_ = 0;
  std::map<algebra::OperatorType, size_t> operators_;
};

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(DifferentialTest, EngineAgreesWithTheSpecification) {
  const uint64_t count = FromEnvironment("SANAD_DIFFERENTIAL", 10000);
  const uint64_t first = FromEnvironment("SANAD_SEED", 1);
  Differential differential;
  size_t failures = 0;
  for (uint64_t seed = first; seed < first + count && failures < 5; ++seed) {
    const std::string problem = differential.Run(seed);
    if (problem.empty()) continue;
    ++failures;
    ADD_FAILURE() << "SANAD_SEED=" << seed << " SANAD_DIFFERENTIAL=1\n" << problem;
  }
  std::cout << differential.compared() << " results compared, " << differential.not_empty()
            << " of them not empty\n";
  if (count < 10000 || failures > 0) return;
  using algebra::OperatorType;
  for (const auto& [type, name] : std::initializer_list<std::pair<OperatorType, const char*>>{
           {OperatorType::kBgp, "bgp"},
           {OperatorType::kPath, "path"},
           {OperatorType::kJoin, "join"},
           {OperatorType::kLeftJoin, "leftjoin"},
           {OperatorType::kFilter, "filter"},
           {OperatorType::kUnion, "union"},
           {OperatorType::kGraph, "graph"},
           {OperatorType::kExtend, "extend"},
           {OperatorType::kMinus, "minus"},
           {OperatorType::kTable, "table"},
           {OperatorType::kService, "service"},
           {OperatorType::kGroup, "group"},
           {OperatorType::kOrderBy, "order"},
           {OperatorType::kProject, "project"},
           {OperatorType::kDistinct, "distinct"},
           {OperatorType::kReduced, "reduced"},
           {OperatorType::kSlice, "slice"}}) {
    const auto found = differential.operators().find(type);
    const size_t results = found == differential.operators().end() ? 0 : found->second;
    std::cout << name << " is in " << results << " results that are not empty\n";
    EXPECT_GE(results, 500u) << name;
  }
}

}  // namespace
}  // namespace sanad::query_test
