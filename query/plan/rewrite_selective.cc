// Passing bindings sideways in the algebra itself.
//
//   Join(A, Union(B, C))  →  Union(Join(A, B), Join(A, C))
//   LeftJoin(A, B, e)     →  LeftJoin(A, Join(Distinct(Project(A, shared)), B), e)
//
// Both hold for bags: a join distributes over a union, and solutions of B that
// match no solution of A take no part in the left join; each of the others is
// matched by exactly one of the distinct solutions. A is made of triple patterns
// of which one names its subject or object; B of triple patterns, joins and
// filters, so that the shared variables are bound in all its solutions.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "query/plan/rewrite.h"

namespace sanad {
namespace {

using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;

constexpr size_t kMostPatterns = 8;  // Of a side that is copied.
constexpr size_t kMostBranches = 8;

bool NamesATerm(const Operator& bgp) {
  return std::any_of(bgp.triples.begin(), bgp.triples.end(), [](const auto& triple) {
    return std::holds_alternative<Term>(triple.subject) ||
           std::holds_alternative<Term>(triple.object);
  });
}

bool IsSelective(const Operator& op) {
  return op.type == OperatorType::kBgp && op.triples.size() <= kMostPatterns && NamesATerm(op);
}

// Triple patterns, joined and filtered; counts them.
bool IsPlain(const Operator& op, size_t& triples) {
  if (op.type == OperatorType::kBgp) {
    triples += op.triples.size();
    return true;
  }
  if (op.type == OperatorType::kJoin)
    return IsPlain(*op.left, triples) && IsPlain(*op.right, triples);
  if (op.type != OperatorType::kFilter) return false;
  return op.expression->pattern == nullptr && IsPlain(*op.left, triples);
}

size_t Branches(const Operator& op) {
  return op.type == OperatorType::kUnion ? Branches(*op.left) + Branches(*op.right) : 1;
}

bool IsPlainUnion(const Operator& op) {
  if (op.type == OperatorType::kUnion) return IsPlainUnion(*op.left) && IsPlainUnion(*op.right);
  size_t triples = 0;
  return IsPlain(op, triples);
}

OperatorPtr Distribute(const Operator& selective, OperatorPtr branch) {
  if (branch->type != OperatorType::kUnion) {
    return algebra::MakeJoin(algebra::Clone(selective), std::move(branch));
  }
  branch->left = Distribute(selective, std::move(branch->left));
  branch->right = Distribute(selective, std::move(branch->right));
  return branch;
}

OperatorPtr RewriteJoin(OperatorPtr join) {
  for (const bool swapped : {false, true}) {
    OperatorPtr& selective = swapped ? join->right : join->left;
    OperatorPtr& other = swapped ? join->left : join->right;
    if (!IsSelective(*selective) || other->type != OperatorType::kUnion) continue;
    if (Branches(*other) > kMostBranches || !IsPlainUnion(*other)) continue;
    return Distribute(*selective, std::move(other));
  }
  return join;
}

// The patterns that every solution of a chain of optional parts matches.
const Operator& Core(const Operator& op) {
  const Operator* core = &op;
  while (core->type == OperatorType::kLeftJoin || core->type == OperatorType::kFilter) {
    core = core->left.get();
  }
  return *core;
}

OperatorPtr RewriteLeftJoin(OperatorPtr join) {
  const Operator& core = Core(*join->left);
  size_t triples = 0;
  // A single pattern is looked up anyway.
  if (!IsSelective(core) || !IsPlain(*join->right, triples) || triples < 2) return join;
  const auto of_core = InScopeVariables(core);
  std::vector<algebra::Variable> shared;
  for (const std::string& name : InScopeVariables(*join->right)) {
    if (std::binary_search(of_core.begin(), of_core.end(), name)) shared.push_back({name});
  }
  if (shared.empty()) return join;
  OperatorPtr keys =
      algebra::MakeDistinct(algebra::MakeProject(algebra::Clone(core), std::move(shared)));
  join->right = algebra::MakeJoin(std::move(keys), std::move(join->right));
  return join;
}

}  // namespace

OperatorPtr RewriteSelective(OperatorPtr op) {
  if (op->left != nullptr) op->left = RewriteSelective(std::move(op->left));
  if (op->right != nullptr) op->right = RewriteSelective(std::move(op->right));
  if (op->type == OperatorType::kJoin) return RewriteJoin(std::move(op));
  if (op->type == OperatorType::kLeftJoin) return RewriteLeftJoin(std::move(op));
  return op;
}

}  // namespace sanad
