// The figures of a suite's run in docs/conformance.md.

#ifndef SANAD_TESTS_W3C_FIGURES_H_
#define SANAD_TESTS_W3C_FIGURES_H_

#include <string>

namespace sanad::w3c {

// The page holds, between "<!-- figures of PROGRAM -->" and "<!-- end of figures
// -->", exactly `figures`: else the running test fails. With SANAD_UPDATE set, the
// run writes them there.
void CheckFigures(const std::string& program, const std::string& figures);

}  // namespace sanad::w3c

#endif  // SANAD_TESTS_W3C_FIGURES_H_
