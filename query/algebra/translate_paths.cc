// Translation of property paths; see translate_paths.h.

#include "query/algebra/translate_paths.h"

namespace sanad::algebra {
namespace {

PathPtr Convert(const ast::Path& path) {
  auto converted = std::make_unique<Path>();
  converted->iri = path.iri;
  converted->excluded = path.excluded;
  converted->excluded_inverse = path.excluded_inverse;
  switch (path.type) {
    case ast::PathType::kIri:
      converted->type = PathType::kLink;
      break;
    case ast::PathType::kInverse:
      converted->type = PathType::kInverse;
      break;
    case ast::PathType::kSequence:
      converted->type = PathType::kSequence;
      break;
    case ast::PathType::kAlternative:
      converted->type = PathType::kAlternative;
      break;
    case ast::PathType::kZeroOrMore:
      converted->type = PathType::kZeroOrMore;
      break;
    case ast::PathType::kOneOrMore:
      converted->type = PathType::kOneOrMore;
      break;
    case ast::PathType::kZeroOrOne:
      converted->type = PathType::kZeroOrOne;
      break;
    case ast::PathType::kNegatedSet:
      converted->type = PathType::kNegatedSet;
      break;
  }
  for (const ast::PathPtr& part : path.parts) converted->parts.push_back(Convert(*part));
  return converted;
}

}  // namespace

void PathTranslator::Add(VarOrTerm subject, const ast::Path& path, VarOrTerm object) {
  switch (path.type) {
    case ast::PathType::kIri:
      triples_.push_back({std::move(subject), path.iri, std::move(object)});
      return;
    case ast::PathType::kInverse:
      Add(std::move(object), *path.parts[0], std::move(subject));
      return;
    case ast::PathType::kSequence:
      for (size_t i = 0; i < path.parts.size(); ++i) {
        VarOrTerm next = i + 1 < path.parts.size() ? VarOrTerm(Variable{fresh_()}) : object;
        Add(std::move(subject), *path.parts[i], next);
        subject = std::move(next);
      }
      return;
    default:
      paths_.push_back(MakePath(std::move(subject), Convert(path), std::move(object)));
  }
}

}  // namespace sanad::algebra
