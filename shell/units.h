// Durations and sizes as people write them on a command line.

#ifndef SANAD_SHELL_UNITS_H_
#define SANAD_SHELL_UNITS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <absl/time/time.h>

namespace sanad::shell {

// "30s", "500ms", "2m", "1h", "1.5s"; a bare number is seconds. Nullopt for
// anything else, negative ones included.
std::optional<absl::Duration> ParseDuration(std::string_view text);

// "1GiB", "512MiB", "64KiB", "2GB", "10MB", "100kB"; a bare number is bytes.
std::optional<uint64_t> ParseSize(std::string_view text);

// "1.2 GiB", "340 bytes".
std::string SizeText(uint64_t bytes);
// "1.24 s", "320 µs".
std::string DurationText(absl::Duration duration);
// "1 quad", "2 quads".
std::string Counted(uint64_t count, std::string_view one, std::string_view many);

}  // namespace sanad::shell

#endif  // SANAD_SHELL_UNITS_H_
