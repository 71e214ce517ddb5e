// Loads one RDF file into a store, as `sanad load` does but for derived indexes,
// which it does not link, closes it, and prints the seconds, the quads, the bytes
// on disk and the peak memory.
//
//   load_file FILE STORE [BUDGET_MIB]

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <sanad/loader.h>
#include <sanad/store.h>

namespace {

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

absl::Status Run(const std::string& file, const std::string& path, uint64_t budget) {
  const double start = Seconds();
  sanad::StoreOptions options;
  options.memory_budget = budget;
  auto store = sanad::Store::Open(path, options);
  if (!store.ok()) return store.status();
  sanad::LoadOptions load;
  std::string stage;
  load.progress = [&](const sanad::LoadProgress& progress) {
    if (progress.stage == stage) return;
    stage = progress.stage;
    std::fprintf(stderr, "%6.3f %s\n", Seconds() - start, stage.c_str());
  };
  auto report = sanad::Loader(**store).LoadFile(file, load);
  if (!report.ok()) return report.status();
  if (absl::Status closed = (*store)->Close(); !closed.ok()) return closed;
  const double seconds = Seconds() - start;
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "seconds %.3f cpu %.3f quads %llu rate %.0f/s bytes %llu per quad %.2f peak MiB %ld\n",
      seconds,
      static_cast<double>(usage.ru_utime.tv_sec) +
          static_cast<double>(usage.ru_utime.tv_usec) * 1e-6,
      static_cast<unsigned long long>(report->quads_added),
      static_cast<double>(report->quads_added) / seconds, static_cast<unsigned long long>(bytes),
      static_cast<double>(bytes) / static_cast<double>(report->quads_added),
      usage.ru_maxrss / 1024);
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: load_file FILE STORE [BUDGET_MIB]\n");
    return 2;
  }
  const uint64_t budget = argc > 3 ? std::strtoull(argv[3], nullptr, 10) << 20 : 0;
  const absl::Status status = Run(argv[1], argv[2], budget);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
