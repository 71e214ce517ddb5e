// Tokens are found by maximal munch over byte classes first and checked after;
// a scan that runs into the window's end is repeated once there is more text.

#include "loader/rdf/turtle_lexer.h"

#include <cstring>
#include <utility>

#include "loader/rdf/scan.h"
#include "loader/rdf/turtle_scan.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"

namespace sanad {

TurtleLexer::TurtleLexer(ByteSource& source, const QuadReaderOptions& options)
    : window_(source),
      options_(options),
      resolver_(options.base_iri),
      labels_(options.blank_node_scope) {}

template <typename Scan>
const char* TurtleLexer::Token(Scan scan) {
  for (;;) {
    const char* const stop = scan(window_.cursor());
    if (stop != window_.end() || !window_.More()) return stop;
  }
}

char TurtleLexer::Peek() {
  bool in_comment = false;
  for (;;) {
    const char* p = window_.cursor();
    for (; p != window_.end(); ++p) {
      if (in_comment) {
        in_comment = *p != '\n' && *p != '\r';
      } else if (*p == '#') {
        in_comment = true;
      } else if (!IsSpace(*p)) {
        break;
      }
    }
    window_.Advance(p);
    if (p != window_.end() || !window_.More()) return *window_.cursor();
  }
}

bool TurtleLexer::HaveBytes(size_t count) {
  while (static_cast<size_t>(window_.end() - window_.cursor()) < count) {
    if (!window_.More()) return false;
  }
  return true;
}

bool TurtleLexer::TrySkip(char c) {
  if (Peek() != c || window_.cursor() == window_.end()) return false;
  window_.Advance(window_.cursor() + 1);
  return true;
}

bool TurtleLexer::Expect(char c, std::string_view what) { return TrySkip(c) || FailExpected(what); }

bool TurtleLexer::FailAt(const char* p, std::string_view what) {
  // A token of the whole input would make a message of the whole input.
  constexpr size_t kLongest = 300;
  std::string message(what.substr(0, kLongest));
  if (what.size() > kLongest) {
    while (!message.empty() && (message.back() & 0xC0) == 0x80) message.pop_back();
    if (!message.empty() && (message.back() & 0x80) != 0) message.pop_back();
    message += "…";
  }
  // What cut the window short (bad bytes, a read error) is the real reason.
  if (status_.ok()) {
    status_ = window_.status().ok() ? window_.ErrorAt(p, message) : window_.status();
  }
  return false;
}

bool TurtleLexer::Fail(std::string_view what) { return FailAt(window_.cursor(), what); }

bool TurtleLexer::FailExpected(std::string_view what) {
  std::string message = Concat("expected ", what, ", found ");
  const std::string_view rest(window_.cursor(),
                              static_cast<size_t>(window_.end() - window_.cursor()));
  if (rest.empty()) {
    message += "the end of the text";
  } else {
    size_t length = 0;
    NextCodePoint(rest, length);
    message += static_cast<unsigned char>(rest[0]) < 0x20
                   ? "a control character"
                   : Concat('\'', rest.substr(0, length), '\'');
  }
  return Fail(message);
}

bool TurtleLexer::ReadIriRef(std::string& iri) {
  const char* const stop = Token([&](const char* p) {
    p = SkipIriBytes(p + 1);
    while (*p == '\\') p = SkipIriBytes(p + 1);
    return p;
  });
  if (stop == window_.end()) return Fail("expected '>' at the end of this IRI");
  if (*stop != '>') return FailAt(stop, "a character that no IRI may hold");
  const char* const begin = window_.cursor() + 1;
  std::string_view reference(begin, static_cast<size_t>(stop - begin));
  if (reference.find('\\') != std::string_view::npos) {
    scratch_.clear();
    const size_t bad = AppendUnescaped(scratch_, reference, /*allow_echar=*/false);
    if (bad != std::string_view::npos) return FailAt(begin + bad, "bad escape");
    for (const char c : scratch_) {
      if (!IsIriByteFast(c)) return Fail("an escape for a character that no IRI may hold");
    }
    reference = scratch_;
  }
  if (!resolver_.Resolve(reference, iri)) return Fail("a relative IRI, and no base is known");
  window_.Advance(stop + 1);
  return true;
}

bool TurtleLexer::ReadIri(TermBuffer& term) {
  if (Peek() == '<') {
    term.SetIri({});
    return ReadIriRef(term.value);
  }
  const char* const begin = window_.cursor();
  if (begin == window_.end() ||
      (*begin != ':' && !IsAsciiAlpha(*begin) && static_cast<unsigned char>(*begin) < 0x80)) {
    return FailExpected("an IRI or prefixed name");
  }
  if (!ReadNameOrWord(term)) return false;
  return term.type == TermType::kIri ||
         Fail(Concat("expected an IRI or prefixed name before here, found '", term.value, "'"));
}

bool TurtleLexer::ReadNameOrWord(TermBuffer& term) {
  const char* const stop = Token([&](const char* p) {
    const char* const colon = SkipNameCharacters(p, window_.end());
    if (colon == window_.end() || *colon != ':') return colon;
    return SkipLocalName(colon + 1, window_.end());
  });
  const char* const begin = window_.cursor();
  // At the text's end SkipNameCharacters and SkipLocalName keep final dots.
  const char* end = stop;
  while (end != begin && end[-1] == '.' && !(end - begin > 1 && end[-2] == '\\')) --end;
  const std::string_view name(begin, static_cast<size_t>(end - begin));
  if (name.empty()) return FailExpected("a name");
  if (name.find(':') == std::string_view::npos) {
    term.type = TermType::kUndefined;
    term.value = name;
  } else {
    term.SetIri({});
    if (!ExpandName(name, term.value)) return false;
  }
  window_.Advance(end);
  return true;
}

bool TurtleLexer::ExpandName(std::string_view name, std::string& iri) {
  const size_t colon = name.find(':');
  const std::string_view prefix = name.substr(0, colon);
  // Neighbours mostly share a prefix.
  if (last_prefix_ == nullptr || last_prefix_->first != prefix) {
    const auto found = prefixes_.find(prefix);
    if (found == prefixes_.end()) {
      if (!IsPrefixName(prefix)) return Fail(Concat("'", prefix, ":' is no prefix name"));
      return Fail(Concat("the prefix '", prefix, ":' is not declared"));
    }
    last_prefix_ = &*found;
  }
  iri = last_prefix_->second;
  return AppendLocalName(name.substr(colon + 1), iri);
}

bool TurtleLexer::AppendLocalName(std::string_view local, std::string& iri) {
  if (local.find_first_of("%\\") == std::string_view::npos) {
    iri += local;
    return true;
  }
  for (size_t i = 0; i < local.size(); ++i) {
    if (local[i] == '\\') {
      if (++i == local.size() || std::strchr("_~.-!$&'()*+,;=/?#@%", local[i]) == nullptr) {
        return Fail("a bad escape in this name");
      }
    } else if (local[i] == '%' &&
               (i + 2 >= local.size() || !IsHexDigit(local[i + 1]) || !IsHexDigit(local[i + 2]))) {
      return Fail("expected two hexadecimal digits behind '%' in this name");
    }
    iri += local[i];
  }
  return true;
}

bool TurtleLexer::ReadLabel(TermBuffer& term) {
  const char* const stop = Token([&](const char* p) -> const char* {
    if (window_.end() - p < 3) return window_.end();
    if (p[1] != ':') return p;
    p += 2;
    if (!SkipFirstNameCharacter(p, window_.end())) return p;
    return SkipNameCharacters(p, window_.end());
  });
  const char* end = stop;
  while (end - window_.cursor() > 2 && end[-1] == '.') --end;
  if (end - window_.cursor() < 3) return Fail("expected a blank node label: _:name");
  const std::string_view label(window_.cursor() + 2,
                               static_cast<size_t>(end - window_.cursor() - 2));
  if (!IsBlankNodeLabel(label)) return Fail("expected a blank node label: _:name");
  term.type = TermType::kBlankNode;
  term.has_language = false;
  term.suffix.clear();
  term.value = labels_.Named(label, scratch_);
  window_.Advance(end);
  return true;
}

void TurtleLexer::MakeBlankNode(TermBuffer& term) {
  term.type = TermType::kBlankNode;
  term.has_language = false;
  term.suffix.clear();
  labels_.Fresh(term.value);
}

bool TurtleLexer::ReadQuoted(std::string& value) {
  const char quote = *window_.cursor();
  HaveBytes(3);
  const bool is_long = window_.end() - window_.cursor() >= 3 && window_.cursor()[1] == quote &&
                       window_.cursor()[2] == quote;
  const int quotes = is_long ? 3 : 1;
  const char* const stop = Token([&](const char* p) {
    return is_long ? SkipLongString(p + 3, window_.end(), quote)
                   : SkipShortString(p + 1, window_.end(), quote);
  });
  if (stop == window_.end() || *stop != quote) return Fail("this string has no end");
  const char* const begin = window_.cursor() + quotes;
  value.clear();
  const size_t bad =
      AppendUnescaped(value, {begin, static_cast<size_t>(stop - begin)}, /*allow_echar=*/true);
  if (bad != std::string_view::npos) return FailAt(begin + bad, "bad escape");
  window_.Advance(stop + quotes);
  return true;
}

bool TurtleLexer::ReadString(TermBuffer& term) {
  if (!ReadQuoted(term.value)) return false;
  term.SetLiteral({});
  HaveBytes(2);
  const char next = *window_.cursor();
  if (next == '@') {
    const char* const stop = Token([&](const char* p) {
      const char* const end = SkipLanguageTag(p + 1);
      // A tag that the window's end cuts behind its hyphen looks like none.
      return end != nullptr
                 ? end
                 : p + 1 +
                       std::strspn(
                           p + 1,
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    });
    const char* const begin = window_.cursor() + 1;
    const std::string_view tag(begin, static_cast<size_t>(stop - begin));
    if (!IsLanguageTag(tag)) return FailAt(begin - 1, "bad language tag");
    term.has_language = true;
    term.suffix = tag;
    window_.Advance(stop);
    return true;
  }
  if (next != '^') return true;
  if (window_.cursor()[1] != '^') return FailExpected("'^^' and a datatype");
  window_.Advance(window_.cursor() + 2);
  // ReadIri sets value: lend it a buffer of its own.
  TermBuffer datatype;
  datatype.value.swap(term.suffix);
  if (!ReadIri(datatype)) return false;
  term.suffix.swap(datatype.value);
  if (term.suffix == iri::kXsdString) term.suffix.clear();
  return term.suffix != iri::kRdfLangString || Fail("rdf:langString without a language tag");
}

bool TurtleLexer::ReadNumber(TermBuffer& term) {
  const char* const stop = Token([&](const char* p) { return SkipNumber(p, window_.end()); });
  const char* end = stop;
  NumberShorthand kind;
  // At the text's end the scan may have taken a final dot.
  do {
    term.value.assign(window_.cursor(), end);
    kind = ClassifyNumber(term.value);
  } while (kind == NumberShorthand::kNone && end != window_.cursor() && *--end == '.');
  switch (kind) {
    case NumberShorthand::kInteger:
      term.SetLiteral(iri::kXsdInteger);
      break;
    case NumberShorthand::kDecimal:
      term.SetLiteral(iri::kXsdDecimal);
      break;
    case NumberShorthand::kDouble:
      term.SetLiteral(iri::kXsdDouble);
      break;
    case NumberShorthand::kNone:
      return FailExpected("an object");
  }
  window_.Advance(window_.cursor() + term.value.size());
  return true;
}

bool TurtleLexer::ReadAtWord(std::string& word) {
  const char* const stop = Token([](const char* p) {
    ++p;
    while (IsAsciiAlpha(*p)) ++p;
    return p;
  });
  word.assign(window_.cursor() + 1, stop);
  if (word != "prefix" && word != "base") return Fail("expected @prefix or @base");
  window_.Advance(stop);
  return true;
}

bool TurtleLexer::ReadPrefixDeclaration() {
  Peek();
  const char* const stop =
      Token([&](const char* p) { return SkipNameCharacters(p, window_.end()); });
  const std::string prefix(window_.cursor(), stop);
  if (*stop != ':' || !IsPrefixName(prefix)) return FailExpected("a prefix name and ':'");
  window_.Advance(stop + 1);
  if (Peek() != '<') return FailExpected("<iri>");
  std::string iri;
  if (!ReadIriRef(iri)) return false;
  if (options_.on_prefix) options_.on_prefix(prefix, iri);
  last_prefix_ = nullptr;
  prefixes_.insert_or_assign(prefix, std::move(iri));
  return true;
}

bool TurtleLexer::ReadBaseDeclaration() {
  if (Peek() != '<') return FailExpected("<iri>");
  std::string iri;
  if (!ReadIriRef(iri)) return false;
  resolver_.SetBase(iri);
  return true;
}

}  // namespace sanad
