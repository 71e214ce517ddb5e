// Resolution of IRI references against a base (RFC 3986, section 5.2, on the
// characters of RFC 3987).
//
//   IriResolver resolver("http://a/b/c/d;p?q");
//   std::string iri;
//   resolver.Resolve("../g", iri);    // "http://a/b/g"

#ifndef SANAD_STORAGE_MODEL_IRI_RESOLVER_H_
#define SANAD_STORAGE_MODEL_IRI_RESOLVER_H_

#include <string>
#include <string_view>

namespace sanad {

// The five components of RFC 3986 section 3; views into the text they are of.
struct IriParts {
  std::string_view scheme, authority, path, query, fragment;
  bool has_scheme = false, has_authority = false, has_query = false, has_fragment = false;
};
// Never fails: any text has some parts (RFC 3986, appendix B).
IriParts SplitIri(std::string_view iri);

// Thread-compatible.
class IriResolver {
 public:
  // `base` absolute, or empty: then only absolute references resolve.
  explicit IriResolver(std::string_view base = {}) { SetBase(base); }
  // As after @base: `base` is absolute already.
  void SetBase(std::string_view base);
  const std::string& base() const { return base_; }

  // Replaces `out` by the absolute IRI of `reference` (itself, unchanged, when it
  // is absolute). False when the reference
  // is relative and there is no base with a scheme. `reference` must not lie in
  // `out`.
  bool Resolve(std::string_view reference, std::string& out) const;

 private:
  std::string base_;
};

// `reference` against `base`; where that fails, `reference` itself.
std::string ResolveIri(std::string_view base, std::string_view reference);

// The file: IRI of a path, made absolute by the working directory; bytes that an
// IRI cannot hold are percent-encoded.
std::string FileIri(std::string_view path);
// The path of a file: IRI, or empty.
std::string FilePathOfIri(std::string_view iri);

}  // namespace sanad

#endif  // SANAD_STORAGE_MODEL_IRI_RESOLVER_H_
