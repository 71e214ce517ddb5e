// Without a scope, made labels are "genid" and a number; labels of the text that
// look like one ("genid", any number of "x", digits) get one more "x", which
// keeps different labels different. With a scope, made labels are the scope,
// "g" and a number, the text's the scope, "n" and the label; a label too long to
// repeat is replaced by its 128-bit hash.

#include "loader/rdf/blank_nodes.h"

#include <xxhash.h>

#include <atomic>
#include <random>

#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr std::string_view kMade = "genid";
constexpr size_t kLongLabel = 48;

bool LooksMade(std::string_view label) {
  if (!label.starts_with(kMade)) return false;
  label.remove_prefix(kMade.size());
  label.remove_prefix(std::min(label.find_first_not_of('x'), label.size()));
  return !label.empty() && label.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string Base36(uint64_t value) {
  std::string out;
  for (; value != 0 || out.empty(); value /= 36) {
    out += "0123456789abcdefghijklmnopqrstuvwxyz"[value % 36];
  }
  return out;
}

}  // namespace

std::string_view BlankNodeLabels::Named(std::string_view label, std::string& buffer) const {
  if (!scope_.empty()) {
    buffer = scope_;
    if (label.size() <= kLongLabel) {
      buffer.append("n").append(label);
    } else {
      const XXH128_hash_t hash = XXH3_128bits(label.data(), label.size());
      buffer.append("h").append(Base36(hash.high64)).append("-").append(Base36(hash.low64));
    }
    return buffer;
  }
  if (!LooksMade(label)) return label;
  buffer = kMade;
  buffer.append("x").append(label.substr(kMade.size()));
  return buffer;
}

void BlankNodeLabels::Fresh(std::string& label) {
  label = scope_.empty() ? std::string(kMade) : scope_ + 'g';
  label += std::to_string(++made_);
}

std::string NewBlankNodeScope() {
  // One random start a process, then a counter through a bijection (splitmix).
  static std::atomic<uint64_t> next = [] {
    std::random_device device;
    return uint64_t{device()} << 32 | device();
  }();
  uint64_t x = next.fetch_add(0x9E3779B97F4A7C15u);
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return Concat('b', Base36(x ^ (x >> 31)), '-');
}

}  // namespace sanad
