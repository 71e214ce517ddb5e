// A store as text that two stores of the same quads share.

#ifndef SANAD_TESTS_LOADER_SORTED_DUMP_H_
#define SANAD_TESTS_LOADER_SORTED_DUMP_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <sanad/loader.h>
#include <sanad/rdf.h>
#include <sanad/store.h>

namespace sanad {

// The dump as N-Quads, its lines sorted.
inline std::vector<std::string> DumpOf(const Store& store) {
  std::string text;
  const auto sink = [&text](std::string_view bytes) {
    text.append(bytes);
    return absl::OkStatus();
  };
  auto writer = RdfWriter::Create(RdfSyntax::kNQuads, sink);
  EXPECT_TRUE(writer.ok());
  const Snapshot snapshot = store.NewSnapshot();
  EXPECT_TRUE(Dump(snapshot, **writer).ok());
  EXPECT_TRUE((*writer)->Finish().ok());
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace sanad

#endif  // SANAD_TESTS_LOADER_SORTED_DUMP_H_
