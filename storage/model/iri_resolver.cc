// RFC 3986, 5.2.2 to 5.2.4, literally: split, choose parts, merge paths, remove
// dot segments, recompose. No percent-encoding or case is changed, and absolute
// IRIs are left alone, dot segments included: Turtle and SPARQL resolve relative
// ones only, and an IRI written out must read back as itself.

#include "storage/model/iri_resolver.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "storage/model/lexical.h"

namespace sanad {
namespace {

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The length of the scheme, 0 when there is none.
size_t SchemeLength(std::string_view text) {
  if (text.empty() || !IsAlpha(text[0])) return 0;
  for (size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ':') return i;
    if (!IsAlpha(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return 0;
  }
  return 0;
}

// Appends `path` without its "." and ".." segments (5.2.4).
void AppendWithoutDotSegments(std::string& out, std::string_view path) {
  const size_t begin = out.size();
  const auto drop_last = [&] {
    const size_t slash = out.rfind('/');
    out.resize(slash == std::string::npos || slash < begin ? begin : slash);
  };
  while (!path.empty()) {
    if (path.starts_with("../")) {
      path.remove_prefix(3);
    } else if (path.starts_with("./")) {
      path.remove_prefix(2);
    } else if (path.starts_with("/./")) {
      path.remove_prefix(2);
    } else if (path == "/.") {
      path = "/";
    } else if (path.starts_with("/../")) {
      path.remove_prefix(3);
      drop_last();
    } else if (path == "/..") {
      path = "/";
      drop_last();
    } else if (path == "." || path == "..") {
      path = {};
    } else {
      const size_t end = std::min(path.find('/', 1), path.size());
      out.append(path.substr(0, end));
      path.remove_prefix(end);
    }
  }
}

void AppendTail(std::string& out, bool has_query, std::string_view query,
                const IriParts& reference) {
  if (has_query) out.append("?").append(query);
  if (reference.has_fragment) out.append("#").append(reference.fragment);
}

}  // namespace

IriParts SplitIri(std::string_view text) {
  IriParts parts;
  if (const size_t length = SchemeLength(text); length > 0) {
    parts.has_scheme = true;
    parts.scheme = text.substr(0, length);
    text.remove_prefix(length + 1);
  }
  if (text.starts_with("//")) {
    parts.has_authority = true;
    text.remove_prefix(2);
    parts.authority = text.substr(0, text.find_first_of("/?#"));
    text.remove_prefix(parts.authority.size());
  }
  if (const size_t hash = text.find('#'); hash != std::string_view::npos) {
    parts.has_fragment = true;
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const size_t mark = text.find('?'); mark != std::string_view::npos) {
    parts.has_query = true;
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  parts.path = text;
  return parts;
}

void IriResolver::SetBase(std::string_view base) { base_ = base; }

bool IriResolver::Resolve(std::string_view reference, std::string& out) const {
  out.clear();
  if (SchemeLength(reference) > 0) {
    out = reference;
    return true;
  }
  const IriParts r = SplitIri(reference);
  const IriParts base = SplitIri(base_);
  if (!base.has_scheme) return false;
  out.append(base.scheme).append(":");
  if (r.has_authority) {
    out.append("//").append(r.authority);
    AppendWithoutDotSegments(out, r.path);
    AppendTail(out, r.has_query, r.query, r);
    return true;
  }
  if (base.has_authority) out.append("//").append(base.authority);
  if (r.path.empty()) {
    out.append(base.path);
    AppendTail(out, r.has_query || base.has_query, r.has_query ? r.query : base.query, r);
    return true;
  }
  if (r.path.starts_with('/')) {
    AppendWithoutDotSegments(out, r.path);
  } else {
    // 5.2.3: an authority with an empty path counts as "/".
    std::string merged;
    if (base.has_authority && base.path.empty()) {
      merged = "/";
    } else {
      merged = base.path.substr(0, base.path.rfind('/') + 1);
    }
    AppendWithoutDotSegments(out, merged.append(r.path));
  }
  AppendTail(out, r.has_query, r.query, r);
  return true;
}

std::string ResolveIri(std::string_view base, std::string_view reference) {
  std::string out;
  return IriResolver(base).Resolve(reference, out) ? out : std::string(reference);
}

std::string FileIri(std::string_view path) {
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(std::filesystem::path(path), error);
  const std::string text =
      (error ? std::filesystem::path(path) : absolute).lexically_normal().string();
  static constexpr char kHex[] = "0123456789ABCDEF";
  const bool is_utf8 = IsValidUtf8(text);
  std::string out = "file://";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (!IsIriByte(byte) || c == '%' || c == '?' || c == '#' || byte == 0x7F ||
        (byte >= 0x80 && !is_utf8)) {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out;
}

std::string FilePathOfIri(std::string_view iri) {
  const IriParts parts = SplitIri(iri);
  if (!EqualsIgnoringCase(parts.scheme, "file") ||
      !(parts.authority.empty() || parts.authority == "localhost")) {
    return {};
  }
  const auto hex = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string path;
  for (size_t i = 0; i < parts.path.size(); ++i) {
    if (parts.path[i] == '%' && i + 2 < parts.path.size() && hex(parts.path[i + 1]) >= 0 &&
        hex(parts.path[i + 2]) >= 0) {
      path += static_cast<char>(hex(parts.path[i + 1]) * 16 + hex(parts.path[i + 2]));
      i += 2;
    } else {
      path += parts.path[i];
    }
  }
  return path;
}

}  // namespace sanad
