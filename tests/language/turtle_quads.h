// Turtle for tests of language/, read by serd: this layer takes quads, not text.

#ifndef SANAD_TESTS_LANGUAGE_TURTLE_QUADS_H_
#define SANAD_TESTS_LANGUAGE_TURTLE_QUADS_H_

#include <string>
#include <string_view>
#include <vector>

#include <sanad/term.h>

namespace sanad::testing {

// Fails the running test on a syntax error. Blank nodes of different calls with
// different `name` stay apart.
std::vector<Quad> ReadTurtle(const std::string& text, const std::string& name = "t");

// Every embedded vocabulary/*.ttl and lexicons/*.ttl.
std::vector<Quad> ShippedLexicon();

// The prefixes of the shipped lexicons.
std::string Prefixes();

}  // namespace sanad::testing

#endif  // SANAD_TESTS_LANGUAGE_TURTLE_QUADS_H_
