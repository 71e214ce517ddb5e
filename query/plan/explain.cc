// One description a node, shared by both formats.

#include "query/plan/explain.h"

#include <cmath>
#include <cstdio>

namespace sanad {
namespace {

std::string NameOf(const Plan& plan, VariableId variable) { return "?" + plan.names[variable]; }

std::string List(const Plan& plan, const std::vector<VariableId>& variables) {
  std::string out;
  for (VariableId variable : variables) {
    if (!out.empty()) out += ' ';
    out += NameOf(plan, variable);
  }
  return out;
}

std::string_view OrderName(Order order) {
  switch (order) {
    case Order::kSpo:
      return "SPO";
    case Order::kSop:
      return "SOP";
    case Order::kPso:
      return "PSO";
    case Order::kPos:
      return "POS";
    case Order::kOsp:
      return "OSP";
    case Order::kOps:
      return "OPS";
    case Order::kGspo:
      return "GSPO";
  }
  return "";
}

std::string Pattern(const Plan& plan, const PlanNode& node, TermDictionary& terms) {
  const ScanPlan& scan = node.scan;
  const TermId ids[] = {scan.pattern.subject, scan.pattern.predicate, scan.pattern.object};
  std::string out;
  for (size_t position = 0; position < 3; ++position) {
    if (!out.empty()) out += ' ';
    if (!ids[position].is_undefined()) {
      out += terms.Get(ids[position]).ToString();
    } else if (scan.variables[position] != kNoVariable) {
      out += NameOf(plan, scan.variables[position]);
    } else {
      out += '_';
    }
  }
  if (scan.variables[3] != kNoVariable) out += " graph " + NameOf(plan, scan.variables[3]);
  out += " by ";
  out += OrderName(scan.order);
  if (!scan.ranges.empty()) out += " in " + std::to_string(scan.ranges.size()) + " ranges";
  return out;
}

std::string_view ModeName(JoinMode mode) {
  switch (mode) {
    case JoinMode::kInner:
      return "";
    case JoinMode::kLeft:
      return "optional ";
    case JoinMode::kSemi:
      return "exists ";
    case JoinMode::kAnti:
      return "not exists ";
    case JoinMode::kMinus:
      return "minus ";
  }
  return "";
}

std::string Describe(const Plan& plan, const PlanNode& node, TermDictionary& terms) {
  std::string out;
  auto add = [&](const std::string& text) {
    if (!out.empty()) out += ", ";
    out += text;
  };
  if (node.type == PlanType::kScan || node.type == PlanType::kCount)
    add(Pattern(plan, node, terms));
  if (node.key != kNoVariable) add("on " + NameOf(plan, node.key));
  if (!node.keys.empty()) add("on " + List(plan, node.keys));
  if (node.type == PlanType::kHashJoin) {
    std::string shared = List(plan, SharedVariables(*node.children[0], *node.children[1]));
    if (!shared.empty()) add("on " + shared);
    for (const auto& [a, b] : node.value_keys)
      add("where " + NameOf(plan, a) + " = " + NameOf(plan, b));
  }
  for (const auto* condition : node.conditions) add(algebra::ToString(*condition));
  for (const auto& [variable, expression] : node.bindings) {
    add(NameOf(plan, variable) + " := " + algebra::ToString(*expression));
  }
  for (const auto& [variable, expression] : node.aggregates) {
    add(NameOf(plan, variable) + " := " + algebra::ToString(*expression));
  }
  for (const auto& [expression, descending] : node.sort) {
    add((descending ? "descending " : "") + algebra::ToString(*expression));
  }
  if (node.type == PlanType::kProject || node.type == PlanType::kValues)
    add(List(plan, node.schema));
  if (node.offset != 0) add("offset " + std::to_string(node.offset));
  if (node.limit != ~uint64_t{0}) add("limit " + std::to_string(node.limit));
  return out;
}

std::string Estimate(double rows) {
  char text[32];
  std::snprintf(text, sizeof text, rows < 1e15 ? "%.0f" : "%.2e", std::ceil(rows));
  return text;
}

void PrintText(const Plan& plan, const PlanNode& node, int depth, TermDictionary& terms,
               const std::vector<ObservedRows>& observed, std::string& out) {
  out.append(static_cast<size_t>(depth) * 2, ' ');
  out += ModeName(node.mode);
  out += PlanTypeName(node.type);
  const std::string description = Describe(plan, node, terms);
  if (!description.empty()) out += ": " + description;
  out += "  ~" + Estimate(node.rows) + " rows";
  const auto number = static_cast<size_t>(node.number);
  if (number < observed.size()) {
    const ObservedRows& seen = observed[number];
    char time[48];
    std::snprintf(time, sizeof time, "%.3f ms", static_cast<double>(seen.nanos) / 1e6);
    out += ", " + std::to_string(seen.rows) + " seen in " + std::to_string(seen.batches) +
           " batches, " + time;
    if (seen.memory.peak > 0) out += ", " + std::to_string(seen.memory.peak / 1024) + " KiB";
  }
  out += '\n';
  for (const auto& child : node.children) PrintText(plan, *child, depth + 1, terms, observed, out);
}

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", byte);
      out += escaped;
    } else {
      out += c;
    }
  }
  out += '"';
}

void PrintJson(const Plan& plan, const PlanNode& node, TermDictionary& terms,
               const std::vector<ObservedRows>& observed, std::string& out) {
  out += "{\"operator\":";
  AppendJsonString(out, std::string(ModeName(node.mode)) + std::string(PlanTypeName(node.type)));
  out += ",\"detail\":";
  AppendJsonString(out, Describe(plan, node, terms));
  out += ",\"estimatedRows\":" + Estimate(node.rows);
  const auto number = static_cast<size_t>(node.number);
  if (number < observed.size()) {
    const ObservedRows& seen = observed[number];
    out += ",\"rows\":" + std::to_string(seen.rows) +
           ",\"batches\":" + std::to_string(seen.batches) +
           ",\"nanoseconds\":" + std::to_string(seen.nanos) +
           ",\"bytes\":" + std::to_string(seen.memory.peak);
  }
  out += ",\"inputs\":[";
  for (size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) out += ',';
    PrintJson(plan, *node.children[i], terms, observed, out);
  }
  out += "]}";
}

}  // namespace

std::string PrintPlan(const Plan& plan, PlanFormat format, TermDictionary& terms,
                      const std::vector<ObservedRows>& observed) {
  std::string out;
  if (format == PlanFormat::kText) {
    PrintText(plan, *plan.root, 0, terms, observed, out);
  } else {
    PrintJson(plan, *plan.root, terms, observed, out);
    out += '\n';
  }
  return out;
}

}  // namespace sanad
