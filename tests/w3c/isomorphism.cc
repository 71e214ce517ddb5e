// Colour refinement with individualisation: blank nodes get a colour from the
// rows they stand in, again and again, until the partition is stable; where a
// colour is shared by several nodes, one is singled out on the left and each
// candidate tried on the right. A mapping is always verified at the end.

#include "isomorphism.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "storage/model/lexical.h"

namespace sanad::w3c {
namespace {

using Colors = std::map<std::string, uint64_t>;

uint64_t Mix(uint64_t hash, uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15u + (hash << 6) + (hash >> 2);
  hash *= 0xBF58476D1CE4E5B9u;
  return hash ^ (hash >> 29);
}

// The text of a ground term; language tags compare without case.
std::string Key(const Term& term) {
  return term.language().empty()
             ? term.ToString()
             : Term::LangString(term.value(), AsciiLower(term.language())).ToString();
}

// Rows and the blank nodes in them.
struct Table {
  TermRows rows;
  Colors initial;

  explicit Table(const TermRows& given) : rows(given) {
    for (const auto& row : rows) {
      for (const Term& term : row) {
        if (term.is_blank_node()) initial[term.value()] = 1;
      }
    }
  }

  uint64_t ColorOf(const Term& term, const Colors& colors) const {
    if (term.is_blank_node()) return colors.at(term.value());
    return std::hash<std::string>{}(Key(term)) | 1;
  }

  Colors Refine(Colors colors) const {
    size_t classes = 0;
    for (;;) {
      std::map<std::string, std::vector<uint64_t>> signatures;
      for (const auto& row : rows) {
        uint64_t whole = 7;
        for (const Term& term : row) whole = Mix(whole, ColorOf(term, colors));
        for (size_t i = 0; i < row.size(); ++i) {
          if (row[i].is_blank_node()) signatures[row[i].value()].push_back(Mix(whole, i));
        }
      }
      std::set<uint64_t> distinct;
      Colors next;
      for (auto& [label, signature] : signatures) {
        std::sort(signature.begin(), signature.end());
        uint64_t color = colors.at(label);
        for (const uint64_t part : signature) color = Mix(color, part);
        next[label] = color;
        distinct.insert(color);
      }
      colors = std::move(next);
      if (distinct.size() == classes) return colors;
      classes = distinct.size();
    }
  }
};

std::map<uint64_t, std::vector<std::string>> Classes(const Colors& colors) {
  std::map<uint64_t, std::vector<std::string>> classes;
  for (const auto& [label, color] : colors) classes[color].push_back(label);
  return classes;
}

std::vector<std::vector<std::string>> Rendered(const Table& table, const Colors& colors) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : table.rows) {
    std::vector<std::string> out;
    for (const Term& term : row) {
      out.push_back(term.is_blank_node() ? "_:" + std::to_string(colors.at(term.value()))
                                         : Key(term));
    }
    rows.push_back(std::move(out));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

bool Match(const Table& a, const Table& b, Colors colors_a, Colors colors_b) {
  colors_a = a.Refine(std::move(colors_a));
  colors_b = b.Refine(std::move(colors_b));
  const auto classes_a = Classes(colors_a), classes_b = Classes(colors_b);
  if (classes_a.size() != classes_b.size()) return false;
  const std::vector<std::string>* smallest = nullptr;
  uint64_t smallest_color = 0;
  for (const auto& [color, labels] : classes_a) {
    const auto other = classes_b.find(color);
    if (other == classes_b.end() || other->second.size() != labels.size()) return false;
    if (labels.size() > 1 && (smallest == nullptr || labels.size() < smallest->size())) {
      smallest = &labels;
      smallest_color = color;
    }
  }
  if (smallest == nullptr) return Rendered(a, colors_a) == Rendered(b, colors_b);
  const uint64_t single = Mix(smallest_color, classes_a.size());
  colors_a[smallest->front()] = single;
  for (const std::string& candidate : classes_b.at(smallest_color)) {
    Colors trial = colors_b;
    trial[candidate] = single;
    if (Match(a, b, colors_a, std::move(trial))) return true;
  }
  return false;
}

}  // namespace

bool EqualUpToBlankNodes(const TermRows& a, const TermRows& b) {
  if (a.size() != b.size()) return false;
  const Table left(a), right(b);
  return Match(left, right, left.initial, right.initial);
}

TermRows RowsOfQuads(const std::vector<Quad>& quads) {
  std::set<std::vector<Term>> distinct;
  for (const Quad& quad : quads) {
    distinct.insert({quad.subject, quad.predicate, quad.object, quad.graph});
  }
  return {distinct.begin(), distinct.end()};
}

}  // namespace sanad::w3c
