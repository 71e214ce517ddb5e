// Sequences get fresh variables between their parts.

#include "query/plan/simplify_path.h"

namespace sanad {
namespace {

using algebra::Path;
using algebra::PathType;
using algebra::VarOrTerm;

algebra::OperatorPtr Translate(PlannerContext& context, const VarOrTerm& subject, const Path& path,
                               const VarOrTerm& object) {
  switch (path.type) {
    case PathType::kLink:
      return algebra::MakeBgp({{subject, path.iri, object}});
    case PathType::kInverse:
      return Translate(context, object, *path.parts[0], subject);
    case PathType::kSequence: {
      algebra::OperatorPtr joined;
      VarOrTerm from = subject;
      for (size_t i = 0; i < path.parts.size(); ++i) {
        VarOrTerm to = object;
        if (i + 1 < path.parts.size()) {
          to = algebra::Variable{context.names[context.FreshVariable("path")]};
        }
        algebra::OperatorPtr part = Translate(context, from, *path.parts[i], to);
        joined = joined == nullptr ? std::move(part)
                                   : algebra::MakeJoin(std::move(joined), std::move(part));
        from = to;
      }
      return joined;
    }
    case PathType::kAlternative: {
      algebra::OperatorPtr united;
      for (const auto& part : path.parts) {
        algebra::OperatorPtr branch = Translate(context, subject, *part, object);
        united = united == nullptr ? std::move(branch)
                                   : algebra::MakeUnion(std::move(united), std::move(branch));
      }
      return united;
    }
    default:
      return algebra::MakePath(subject, algebra::Clone(path), object);
  }
}

}  // namespace

const algebra::Operator* SimplifyPath(PlannerContext& context, const algebra::Operator& op) {
  switch (op.path->type) {
    case PathType::kLink:
    case PathType::kInverse:
    case PathType::kSequence:
    case PathType::kAlternative:
      return context.Own(Translate(context, op.subject, *op.path, op.object));
    default:
      return nullptr;
  }
}

}  // namespace sanad
