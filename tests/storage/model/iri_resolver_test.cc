// IRI resolution: the tables of RFC 3986, sections 5.4.1 and 5.4.2, and cases
// around empty paths, missing bases and Arabic.

#include "storage/model/iri_resolver.h"

#include <string>

#include <gtest/gtest.h>

namespace sanad {
namespace {

TEST(IriResolver, Rfc3986Tables) {
  const std::pair<const char*, const char*> cases[] = {
      // 5.4.1 normal examples
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      // 5.4.2 abnormal examples
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/./x", "http://a/b/c/g#s/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"http:g", "http:g"},
  };
  const IriResolver resolver("http://a/b/c/d;p?q");
  for (const auto& [reference, expected] : cases) {
    std::string out = "left over";
    EXPECT_TRUE(resolver.Resolve(reference, out));
    EXPECT_EQ(out, expected) << reference;
  }
}

TEST(IriResolver, EdgesOfTheRfc) {
  struct Case {
    const char *base, *reference, *expected;
  };
  const Case cases[] = {
      {"http://a", "g", "http://a/g"},
      {"http://a?q", "g", "http://a/g"},
      {"http://a", "?q", "http://a?q"},
      {"urn:x:y", "#f", "urn:x:y#f"},
      {"mailto:a", "b", "mailto:b"},
      {"http://a/b#f", "", "http://a/b"},
      {"http://a/b/../c", "#x", "http://a/b/../c#x"},
      {"file:///a/b", "c d", "file:///a/c d"},
      {"http://a/", "http://x/y/../z/./w", "http://x/y/../z/./w"},
      {"http://a/\xD9\x85/x", "../\xD8\xB3", "http://a/\xD8\xB3"},
      {"", "http://a/b", "http://a/b"},
      {"", "b", "b"},
      {"no-scheme", "b", "b"},
      {"http://a/b", "1:2", "http://a/1:2"},
  };
  for (const Case& c : cases) EXPECT_EQ(ResolveIri(c.base, c.reference), c.expected) << c.reference;
  std::string out;
  EXPECT_FALSE(IriResolver().Resolve("relative", out));
}

TEST(IriResolver, FileIrisRoundTrip) {
  for (const char* path :
       {"/tmp/a b.ttl", "/tmp/100%.ttl", "/tmp/\xD8\xB3.ttl", "/tmp/a?b#c", "/\xFF"}) {
    const std::string iri = FileIri(path);
    EXPECT_TRUE(iri.starts_with("file:///")) << iri;
    EXPECT_EQ(FilePathOfIri(iri), path) << iri;
  }
  EXPECT_EQ(FileIri("/a/./b/../c"), "file:///a/c");
  EXPECT_EQ(FilePathOfIri("http://a/b"), "");
}

}  // namespace
}  // namespace sanad
