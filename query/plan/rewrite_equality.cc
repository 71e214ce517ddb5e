// Only equality that is the identity of terms may become a constant: that of
// IRIs, and of sameTerm. Numbers and strings of unknown datatype compare by
// value and stay filters. Only triple patterns joined directly below the filter
// are rewritten, so the variable is bound in every solution.

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "query/plan/rewrite.h"

namespace sanad {
namespace {

using algebra::Expression;
using algebra::ExpressionPtr;
using algebra::ExpressionType;
using algebra::Operator;
using algebra::OperatorPtr;
using algebra::OperatorType;
using algebra::VarOrTerm;

struct Equality {
  std::string variable;
  Term term;
};

std::optional<Equality> EqualityOf(const Expression& expression) {
  const bool same_term =
      expression.type == ExpressionType::kFunction && expression.name == "SAMETERM";
  if (expression.type != ExpressionType::kEqual && !same_term) return std::nullopt;
  const Expression* a = expression.arguments[0].get();
  const Expression* b = expression.arguments[1].get();
  if (a->type != ExpressionType::kVariable) std::swap(a, b);
  if (a->type != ExpressionType::kVariable || b->type != ExpressionType::kTerm) return std::nullopt;
  if (!same_term && !b->term.is_iri()) return std::nullopt;
  return Equality{a->variable.name, b->term};
}

bool Is(const VarOrTerm& term, const std::string& variable) {
  const auto* name = std::get_if<algebra::Variable>(&term);
  return name != nullptr && name->name == variable;
}

// The whole subtree is made of triple patterns joined and filtered, and one of
// them holds the variable.
bool CanSubstitute(const Operator& op, const std::string& variable, bool& found) {
  switch (op.type) {
    case OperatorType::kBgp:
      for (const auto& triple : op.triples) {
        found = found || Is(triple.subject, variable) || Is(triple.predicate, variable) ||
                Is(triple.object, variable);
      }
      return true;
    case OperatorType::kJoin:
      return CanSubstitute(*op.left, variable, found) && CanSubstitute(*op.right, variable, found);
    default:
      return false;
  }
}

void Substitute(Operator& op, const Equality& equality) {
  for (auto& triple : op.triples) {
    for (VarOrTerm* term : {&triple.subject, &triple.predicate, &triple.object}) {
      if (Is(*term, equality.variable)) *term = equality.term;
    }
  }
  if (op.left != nullptr) Substitute(*op.left, equality);
  if (op.right != nullptr) Substitute(*op.right, equality);
}

void Split(ExpressionPtr expression, std::vector<ExpressionPtr>& conjuncts) {
  if (expression->type == ExpressionType::kAnd) {
    for (auto& argument : expression->arguments) Split(std::move(argument), conjuncts);
  } else {
    conjuncts.push_back(std::move(expression));
  }
}

OperatorPtr RewriteFilter(OperatorPtr filter) {
  std::vector<ExpressionPtr> conjuncts;
  Split(std::move(filter->expression), conjuncts);
  OperatorPtr input = std::move(filter->left);
  std::vector<Equality> done;
  for (size_t i = 0; i < conjuncts.size();) {
    const auto equality = EqualityOf(*conjuncts[i]);
    bool found = false;
    const bool repeated =
        equality && std::any_of(done.begin(), done.end(), [&](const Equality& other) {
          return other.variable == equality->variable;
        });
    if (!equality || repeated || !CanSubstitute(*input, equality->variable, found) || !found) {
      ++i;
      continue;
    }
    Substitute(*input, *equality);
    done.push_back(*equality);
    conjuncts.erase(conjuncts.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (const Equality& equality : done) {
    input = algebra::MakeExtend(std::move(input), algebra::Variable{equality.variable},
                                algebra::MakeTerm(equality.term));
  }
  if (conjuncts.empty()) return input;
  ExpressionPtr rest = conjuncts.size() == 1
                           ? std::move(conjuncts[0])
                           : algebra::MakeCall(ExpressionType::kAnd, std::move(conjuncts));
  return algebra::MakeFilter(std::move(input), std::move(rest));
}

}  // namespace

OperatorPtr RewriteEquality(OperatorPtr op) {
  if (op->left != nullptr) op->left = RewriteEquality(std::move(op->left));
  if (op->right != nullptr) op->right = RewriteEquality(std::move(op->right));
  if (op->type == OperatorType::kFilter) return RewriteFilter(std::move(op));
  return op;
}

}  // namespace sanad
