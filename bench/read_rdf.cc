// Reading speed of one RDF file: our reader handing out views, the public reader
// handing out quads, and serd's, each from a file in the page cache.
//
//   read_rdf FILE [ROUNDS]
//
// Prints "READER MB/s STATEMENTS" a line, the best of the rounds.

#include <serd/serd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include <sanad/rdf.h>
#include "loader/rdf/quad_reader.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

// Reads the file once and returns the number of statements; 0 on an error.
using Reader = std::function<uint64_t(const std::string& path, RdfSyntax syntax)>;

uint64_t ReadViews(const std::string& path, RdfSyntax syntax) {
  auto source = FileSource(path);
  if (!source.ok()) return 0;
  uint64_t count = 0;
  const absl::Status status =
      ReadQuads(**source, syntax, {"http://base/", "", {}}, [&](const QuadView&) {
        ++count;
        return absl::OkStatus();
      });
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? count : 0;
}

uint64_t ReadAsQuads(const std::string& path, RdfSyntax syntax) {
  uint64_t count = 0;
  const absl::Status status = ReadRdfFile(path, syntax, {}, [&](const Quad&) {
    ++count;
    return absl::OkStatus();
  });
  return status.ok() ? count : 0;
}

uint64_t ReadBySerd(const std::string& path, RdfSyntax syntax) {
  static constexpr SerdSyntax kSyntaxes[] = {SERD_TURTLE, SERD_TRIG, SERD_NTRIPLES, SERD_NQUADS};
  if (syntax == RdfSyntax::kRdfXml) return 0;
  uint64_t count = 0;
  const SerdStatementSink count_statement = [](void* handle, SerdStatementFlags, const SerdNode*,
                                               const SerdNode*, const SerdNode*, const SerdNode*,
                                               const SerdNode*, const SerdNode*) {
    ++*static_cast<uint64_t*>(handle);
    return SERD_SUCCESS;
  };
  SerdReader* const reader = serd_reader_new(kSyntaxes[static_cast<int>(syntax)], &count, nullptr,
                                             nullptr, nullptr, count_statement, nullptr);
  serd_reader_set_strict(reader, true);
  const SerdStatus status =
      serd_reader_read_file(reader, reinterpret_cast<const uint8_t*>(path.c_str()));
  serd_reader_free(reader);
  return status == SERD_SUCCESS ? count : 0;
}

void Measure(const char* name, const Reader& reader, const std::string& path, int rounds) {
  const auto syntax = RdfSyntaxOf(path).value_or(RdfSyntax::kTurtle);
  const auto megabytes = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
  double best = 0;
  uint64_t count = 0;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    count = reader(path, syntax);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    best = std::max(best, megabytes / took.count());
  }
  std::printf("%-8s %8.0f MB/s %12llu statements\n", name, best,
              static_cast<unsigned long long>(count));
}

}  // namespace
}  // namespace sanad

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: read_rdf FILE [ROUNDS]\n");
    return 2;
  }
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  sanad::Measure("views", sanad::ReadViews, argv[1], rounds);
  sanad::Measure("quads", sanad::ReadAsQuads, argv[1], rounds);
  sanad::Measure("serd", sanad::ReadBySerd, argv[1], rounds);
  return 0;
}
