#include "figures.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace sanad::w3c {

void CheckFigures(const std::string& program, const std::string& figures) {
  const std::string path = std::string(SANAD_SOURCE_DIR) + "/docs/conformance.md";
  const std::string begin = "<!-- figures of " + program + " -->\n";
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const size_t from = text.find(begin);
  ASSERT_NE(from, std::string::npos) << path;
  const size_t start = from + begin.size();
  const size_t to = text.find("<!-- end of figures -->", start);
  ASSERT_NE(to, std::string::npos) << path;
  if (std::getenv("SANAD_UPDATE") != nullptr) {
    std::ofstream(path) << text.substr(0, start) << figures << text.substr(to);
    return;
  }
  EXPECT_EQ(text.substr(start, to - start), figures)
      << "run this test with SANAD_UPDATE=1 to write the new figures";
}

}  // namespace sanad::w3c
