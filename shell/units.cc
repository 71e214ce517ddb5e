#include "shell/units.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace sanad::shell {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr Unit kDurations[] = {{"ms", 1e-3}, {"us", 1e-6}, {"s", 1}, {"m", 60},
                               {"min", 60},  {"h", 3600},  {"", 1}};
constexpr Unit kSizes[] = {{"", 1},
                           {"B", 1},
                           {"kB", 1e3},
                           {"KB", 1e3},
                           {"MB", 1e6},
                           {"GB", 1e9},
                           {"TB", 1e12},
                           {"KiB", 1024.0},
                           {"MiB", 1024.0 * 1024},
                           {"GiB", 1024.0 * 1024 * 1024},
                           {"TiB", 1024.0 * 1024 * 1024 * 1024},
                           {"K", 1024.0},
                           {"M", 1024.0 * 1024},
                           {"G", 1024.0 * 1024 * 1024}};

// A number followed by one of the units.
template <size_t N>
std::optional<double> ParseWithUnit(std::string_view text, const Unit (&units)[N]) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !std::isfinite(number) || number < 0) return std::nullopt;
  std::string_view name(end, static_cast<size_t>(text.data() + text.size() - end));
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  for (const Unit& unit : units) {
    if (unit.name == name) return number * unit.factor;
  }
  return std::nullopt;
}

std::string Printed(const char* format, double number) {
  char text[64];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

}  // namespace

std::optional<absl::Duration> ParseDuration(std::string_view text) {
  const std::optional<double> seconds = ParseWithUnit(text, kDurations);
  if (!seconds) return std::nullopt;
  return absl::Seconds(*seconds);
}

std::optional<uint64_t> ParseSize(std::string_view text) {
  const std::optional<double> bytes = ParseWithUnit(text, kSizes);
  if (!bytes || *bytes >= 0x1p63) return std::nullopt;
  return static_cast<uint64_t>(*bytes);
}

std::string SizeText(uint64_t bytes) {
  const auto size = static_cast<double>(bytes);
  if (bytes < 1024) return Counted(bytes, "byte", "bytes");
  if (bytes < (uint64_t{1} << 20)) return Printed("%.1f KiB", size / 0x1p10);
  if (bytes < (uint64_t{1} << 30)) return Printed("%.1f MiB", size / 0x1p20);
  return Printed("%.2f GiB", size / 0x1p30);
}

std::string DurationText(absl::Duration duration) {
  const double seconds = absl::ToDoubleSeconds(duration);
  if (seconds < 1e-3) return Printed("%.0f µs", seconds * 1e6);
  if (seconds < 1) return Printed("%.1f ms", seconds * 1e3);
  return Printed("%.2f s", seconds);
}

std::string Counted(uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace sanad::shell
