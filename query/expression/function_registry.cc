// All families in one map, made at first use.

#include "query/expression/function.h"

namespace sanad {

const Function* FindFunction(std::string_view name) {
  static const auto& registry = *[] {
    auto* map = new absl::flat_hash_map<std::string, const Function*>();
    for (auto family : {StringFunctions(), RegexFunctions(), NumericFunctions(),
                        DateTimeFunctions(), HashFunctions(), TermFunctions(), CastFunctions()}) {
      for (const Function& function : family) map->emplace(function.name, &function);
    }
    return map;
  }();
  auto found = registry.find(std::string(name));
  return found == registry.end() ? nullptr : found->second;
}

}  // namespace sanad
