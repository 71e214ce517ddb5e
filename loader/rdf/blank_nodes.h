// Blank node labels of one text: those it writes and those made for its
// unlabelled nodes, kept apart from each other and, with a scope, from those of
// other texts.

#ifndef SANAD_LOADER_RDF_BLANK_NODES_H_
#define SANAD_LOADER_RDF_BLANK_NODES_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace sanad {

// Single-threaded.
class BlankNodeLabels {
 public:
  explicit BlankNodeLabels(std::string_view scope) : scope_(scope) {}

  // The label that stands for `label` of the text: itself or something written
  // to `buffer`. Different labels give different results.
  std::string_view Named(std::string_view label, std::string& buffer) const;
  // A label that no other call returned or returns.
  void Fresh(std::string& label);

 private:
  std::string scope_;
  uint64_t made_ = 0;
};

// A scope that no earlier call returned, with overwhelming probability on any
// machine. Thread-safe.
std::string NewBlankNodeScope();

}  // namespace sanad

#endif  // SANAD_LOADER_RDF_BLANK_NODES_H_
