#include "loader/document/input_text.h"

#include <array>
#include <memory>
#include <utility>

#include <libxml/HTMLparser.h>
#include <unicode/ucnv.h>
#include "language/text.h"
#include "storage/model/lexical.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

constexpr size_t kMaxNodes = 4'000'000;

absl::StatusOr<std::string> ConvertTo(std::string_view bytes, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  const int32_t size = ucnv_convert("UTF-8", encoding, nullptr, 0, bytes.data(),
                                    static_cast<int32_t>(bytes.size()), &error);
  if (error != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(error)) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "cannot be read as ", encoding);
  }
  std::string out(static_cast<size_t>(size), '\0');
  error = U_ZERO_ERROR;
  ucnv_convert("UTF-8", encoding, out.data(), size, bytes.data(),
               static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error) && error != U_STRING_NOT_TERMINATED_WARNING) {
    return MakeStatus(absl::StatusCode::kInvalidArgument, "cannot be read as ", encoding);
  }
  return out;
}

// Arabic text in windows-1256: most high bytes lie where that code page has
// Arabic letters, and no byte is one it leaves to control.
bool LooksLikeWindows1256(std::string_view bytes) {
  size_t letters = 0, high = 0;
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    if (b < 0x20 && b != '\n' && b != '\r' && b != '\t') return false;
    if (b < 0x80) continue;
    ++high;
    letters += b >= 0xC1 && b <= 0xED && b != 0xD7;
  }
  return high >= 8 && letters * 10 >= high * 8;
}

// Of Arabic text in one of the two eight-bit codes: the article, the commonest pair
// of letters, is C7 E4 in ISO-8859-6 and C7 E1 in windows-1256.
bool LooksLikeIso88596(std::string_view bytes) {
  size_t iso = 0, windows = 0;
  for (size_t i = 0; i + 1 < bytes.size(); ++i) {
    if (bytes[i] != '\xC7') continue;
    iso += bytes[i + 1] == '\xE4';
    windows += bytes[i + 1] == '\xE1';
  }
  return iso > windows;
}

absl::StatusOr<std::string> ToUtf8Text(std::string_view bytes, std::string& warning) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  if (bytes.size() >= 2 && (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF")) {
    warning = "converted from UTF-16";
    return ConvertTo(bytes, "UTF-16");
  }
  const size_t bad = FindInvalidUtf8(bytes);
  if (bad == std::string_view::npos) return std::string(bytes);
  if (bytes.size() < (size_t{1} << 30) && LooksLikeWindows1256(bytes)) {
    const char* encoding = LooksLikeIso88596(bytes) ? "ISO-8859-6" : "windows-1256";
    warning = Concat("converted from ", encoding, "; it was not UTF-8");
    return ConvertTo(bytes, encoding);
  }
  return MakeStatus(absl::StatusCode::kInvalidArgument, "not UTF-8: byte ", bad,
                    " starts no well-formed character; convert the file to UTF-8");
}

bool IsBlock(std::string_view name) {
  static constexpr std::string_view kBlocks[] = {
      "p",       "div",    "li",     "h1",         "h2",    "h3",  "h4",   "h5",
      "h6",      "br",     "tr",     "td",         "th",    "ul",  "ol",   "article",
      "section", "header", "footer", "blockquote", "title", "pre", "main", "figcaption"};
  for (const std::string_view block : kBlocks) {
    if (block == name) return true;
  }
  return false;
}

bool IsSkipped(std::string_view name) {
  return name == "script" || name == "style" || name == "noscript" || name == "template" ||
         name == "head" || name == "nav" || name == "svg" || name == "iframe";
}

std::string_view NameOf(const xmlNode& node) {
  return node.name == nullptr ? std::string_view() : reinterpret_cast<const char*>(node.name);
}

// White space runs become one space; blocks begin on lines of their own.
void AppendCollapsed(std::string_view text, std::string& out) {
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    if (!space) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
      out.push_back(' ');
    }
  }
}

void NewLine(std::string& out) {
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (!out.empty() && out.back() != '\n') out.push_back('\n');
}

std::string Attribute(xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return "";
  std::string out(reinterpret_cast<const char*>(value));
  xmlFree(value);
  return out;
}

bool IsDate(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  for (const size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

// <meta property="article:published_time" content="2025-02-19T…">, <time datetime=…>
void ReadDate(xmlNode* node, std::string& date) {
  if (!date.empty()) return;
  const std::string_view name = NameOf(*node);
  std::string value;
  if (name == "time") value = Attribute(node, "datetime");
  if (name == "meta") {
    const std::string key =
        Attribute(node, "property") + Attribute(node, "name") + Attribute(node, "itemprop");
    if (key.find("published") != std::string::npos || key.find("date") != std::string::npos)
      value = Attribute(node, "content");
  }
  if (IsDate(value)) date = value.substr(0, 10);
}

absl::StatusOr<InputText> ReadHtml(std::string_view text) {
  if (text.size() > 0x7fffffff)
    return absl::InvalidArgumentError("the HTML document is larger than 2 GB");
  const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(
      htmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                     HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                         HTML_PARSE_NONET | HTML_PARSE_COMPACT),
      xmlFreeDoc);
  InputText out;
  if (document == nullptr) return out;
  // Walked by links rather than by recursion: nesting is the input's.
  xmlNode* node = xmlDocGetRootElement(document.get());
  xmlNode* const root = node;
  size_t visited = 0;
  while (node != nullptr && ++visited < kMaxNodes) {
    if (node->type == XML_ELEMENT_NODE) ReadDate(node, out.date);
    const std::string_view name = NameOf(*node);
    if (node->type == XML_TEXT_NODE && node->content != nullptr) {
      bool skipped = false;
      for (const xmlNode* parent = node->parent; parent != nullptr && !skipped;
           parent = parent->parent) {
        skipped = parent->type == XML_ELEMENT_NODE && IsSkipped(NameOf(*parent));
        if (IsBlock(NameOf(*parent)) && NameOf(*parent) != "title") break;
      }
      if (!skipped) AppendCollapsed(reinterpret_cast<const char*>(node->content), out.text);
    }
    const bool block = node->type == XML_ELEMENT_NODE && IsBlock(name);
    if (block) NewLine(out.text);
    const bool descend = node->children != nullptr &&
                         !(node->type == XML_ELEMENT_NODE && IsSkipped(name) && name != "head");
    if (descend) {
      node = node->children;
      continue;
    }
    while (node != nullptr && node != root && node->next == nullptr) {
      node = node->parent;
      if (node != nullptr && node->type == XML_ELEMENT_NODE && IsBlock(NameOf(*node)))
        NewLine(out.text);
    }
    if (node == nullptr || node == root) break;
    node = node->next;
  }
  while (!out.text.empty() && (out.text.back() == ' ' || out.text.back() == '\n'))
    out.text.pop_back();
  return out;
}

// Removes what is markup at the start of a line: headings, quotes, list marks.
std::string_view StripLineMark(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.front() == '#' || line.front() == '>')) line.remove_prefix(1);
  if (line.size() > 1 && (line.front() == '-' || line.front() == '*' || line.front() == '+') &&
      line[1] == ' ')
    line.remove_prefix(2);
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  return line;
}

// Emphasis marks go, of links only the text stays, images and code fences go.
void AppendInline(std::string_view line, std::string& out) {
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '*' || c == '`') continue;
    if (c == '_' && (i == 0 || line[i - 1] == ' ' || i + 1 == line.size() || line[i + 1] == ' '))
      continue;
    if (c == '!' && i + 1 < line.size() && line[i + 1] == '[') continue;
    if (c == '[' || c == ']') {
      if (c == ']' && i + 1 < line.size() && line[i + 1] == '(') {
        const size_t close = line.find(')', i);
        if (close != std::string_view::npos) i = close;
      }
      continue;
    }
    out.push_back(c);
  }
}

InputText ReadMarkdown(std::string_view text) {
  InputText out;
  bool fenced = false, first = true, front_matter = false, paragraph = false;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const bool rule = line == "---";
    if (rule && (first || front_matter)) {
      front_matter = !front_matter;
      first = false;
      continue;
    }
    first = false;
    if (front_matter) {
      if (line.substr(0, 5) == "date:" && line.size() > 6 && IsDate(line.substr(6)))
        out.date = line.substr(6, 10);
      continue;
    }
    if (line.substr(0, 3) == "```") fenced = !fenced;
    if (fenced || line.substr(0, 3) == "```" || rule) continue;
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      NewLine(out.text);
      paragraph = false;
      continue;
    }
    const std::string_view body = StripLineMark(line);
    const bool marked = body.data() != line.data();
    // Lines of one paragraph are one line.
    if (paragraph && !marked && !out.text.empty() && out.text.back() == '\n') out.text.back() = ' ';
    AppendInline(body, out.text);
    NewLine(out.text);
    paragraph = !(marked && line.front() == '#');
  }
  while (!out.text.empty() && out.text.back() == '\n') out.text.pop_back();
  return out;
}

}  // namespace

absl::StatusOr<InputText> ReadInput(std::string_view bytes, DocumentFormat format) {
  std::string warning;
  SANAD_ASSIGN_OR_RETURN(std::string text, ToUtf8Text(bytes, warning));
  InputText out;
  switch (format) {
    case DocumentFormat::kPlainText:
      out.text = std::move(text);
      break;
    case DocumentFormat::kMarkdown:
      out = ReadMarkdown(text);
      break;
    case DocumentFormat::kHtml: {
      SANAD_ASSIGN_OR_RETURN(out, ReadHtml(text));
      break;
    }
  }
  out.warning = std::move(warning);
  return out;
}

}  // namespace sanad
