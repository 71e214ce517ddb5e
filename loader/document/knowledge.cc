#include "loader/document/knowledge.h"

#include <cstdio>
#include <fstream>
#include <mutex>
#include <sstream>
#include <utility>

#include <sanad/rdf.h>
#include <xxhash.h>
#include "datasets/embedded.h"
#include "loader/document/rule_check.h"
#include "loader/document/rule_parser.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return MakeStatus(absl::StatusCode::kNotFound, path, ": cannot be read");
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

std::string Hash(uint64_t value) {
  char buffer[17];
  std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(value));
  return buffer;
}

// "lexicons/verbs.ttl" → "verbs".
std::string LastPart(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  return std::string(path.substr(0, path.find('.')));
}

// A data file: its name and text.
using DataFile = std::pair<std::string, std::string>;

absl::StatusOr<LexiconFile> ParseLexiconFile(const std::string& name, const std::string& content) {
  LexiconFile file;
  file.name = LastPart(name);
  file.hash = Hash(XXH3_64bits(content.data(), content.size()));
  // Blank node labels are those of one file.
  const auto scoped = [&file](const Term& term) {
    return term.is_blank_node() ? Term::BlankNode(Concat("x", file.hash, term.value())) : term;
  };
  RdfReadOptions options;
  options.base_iri = "file:///" + name;
  const absl::Status status = ReadRdf(content, RdfSyntax::kTurtle, options, [&](const Quad& quad) {
    file.quads.push_back({scoped(quad.subject), quad.predicate, scoped(quad.object), Term()});
    return absl::OkStatus();
  });
  if (!status.ok()) return MakeStatus(status.code(), name, ": ", FromAbsl(status.message()));
  return file;
}

// The sets of an entry that some rule or phase asks for.
std::vector<Symbol> SetSymbols(const LexicalEntry& entry, const SymbolTable& symbols,
                               const WellKnown& known) {
  std::vector<Symbol> out;
  for (const std::string& set : entry.sets) {
    if (const Symbol symbol = symbols.Find(set); symbol != 0) out.push_back(symbol);
  }
  if (entry.part_of_speech == PartOfSpeech::kVerb) out.push_back(known.any_verb);
  return out;
}

absl::StatusOr<std::shared_ptr<const Knowledge>> Build(const std::vector<DataFile>& lexicons,
                                                       const std::vector<DataFile>& rules) {
  auto knowledge = std::make_shared<Knowledge>();
  std::vector<Quad> quads;
  uint64_t lexicon_hash = 0, rules_hash = 0;
  for (const auto& [name, content] : lexicons) {
    lexicon_hash = XXH3_64bits_withSeed(content.data(), content.size(), lexicon_hash);
    SANAD_ASSIGN_OR_RETURN(LexiconFile file, ParseLexiconFile(name, content));
    quads.insert(quads.end(), file.quads.begin(), file.quads.end());
    knowledge->lexicon_files.push_back(std::move(file));
  }
  SANAD_ASSIGN_OR_RETURN(knowledge->lexicon, Lexicon::Build(quads));
  for (const Quad& quad : quads) {
    if (quad.predicate.value() == SANAD_NS "capitalOf")
      knowledge->capital_of.emplace(quad.object.value(), quad.subject);
  }
  std::vector<RuleFile> files;
  std::vector<std::string_view> texts;  // Of the files.
  for (const auto& [name, content] : rules) {
    rules_hash = XXH3_64bits_withSeed(content.data(), content.size(), rules_hash);
    if (name.ends_with(".patterns")) {
      const bool arabic = name.find("arabic") != std::string::npos;
      SANAD_ASSIGN_OR_RETURN(LabelPatterns patterns,
                             LabelPatterns::Parse(content, arabic ? "ar" : "en"));
      auto& kept = name.ends_with(".questions.patterns") ? knowledge->question_patterns
                   : arabic                              ? knowledge->patterns_ar
                                                         : knowledge->patterns_en;
      kept.push_back(std::move(patterns));
      continue;
    }
    SANAD_ASSIGN_OR_RETURN(RuleFile file, ParseRules(content, name));
    AddSetNames(file, knowledge->set_names);
    files.push_back(std::move(file));
    texts.push_back(content);
  }
  for (size_t i = 0; i < files.size(); ++i) {
    SANAD_RETURN_IF_ERROR(
        CheckRuleFile(files[i], texts[i], *knowledge->lexicon, knowledge->set_names));
  }
  SANAD_RETURN_IF_ERROR(CompileRules(files, *knowledge));
  for (const LexicalEntry& entry : knowledge->lexicon->entries())
    knowledge->entry_sets.push_back(SetSymbols(entry, knowledge->symbols, knowledge->known));
  knowledge->lexicon_version = Hash(lexicon_hash);
  knowledge->rules_version = Hash(rules_hash);
  return std::shared_ptr<const Knowledge>(std::move(knowledge));
}

// From the built-in files and the given ones.
absl::StatusOr<std::shared_ptr<const Knowledge>> BuildFrom(
    std::span<const std::string> lexicon_files, std::span<const std::string> rule_files) {
  std::vector<DataFile> lexicons, rules;
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (file.path.starts_with("lexicons/") || file.path.starts_with("vocabulary/")) {
      lexicons.emplace_back(file.path, file.content);
    } else if (file.path.starts_with("rules/")) {
      rules.emplace_back(file.path, file.content);
    }
  }
  for (const std::string& path : lexicon_files) {
    SANAD_ASSIGN_OR_RETURN(std::string content, ReadFile(path));
    lexicons.emplace_back(path, std::move(content));
  }
  for (const std::string& path : rule_files) {
    SANAD_ASSIGN_OR_RETURN(std::string content, ReadFile(path));
    rules.emplace_back(path, std::move(content));
  }
  return Build(lexicons, rules);
}

}  // namespace

absl::StatusOr<std::vector<LexiconFile>> ReadLexiconFiles(std::span<const std::string> paths) {
  std::vector<LexiconFile> out;
  for (const std::string& path : paths) {
    SANAD_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
    SANAD_ASSIGN_OR_RETURN(LexiconFile file, ParseLexiconFile(path, content));
    const auto built = Lexicon::Build(file.quads);
    if (!built.ok()) {
      return MakeStatus(built.status().code(), path, ": ", FromAbsl(built.status().message()));
    }
    out.push_back(std::move(file));
  }
  return out;
}

absl::StatusOr<std::shared_ptr<const Knowledge>> BuildKnowledge(
    std::span<const std::string> lexicon_files, std::span<const std::string> rule_files) {
  // The built-in knowledge alone is what most calls ask for; it is built once.
  // Never taken down: that would cost a short run more than it is worth.
  static auto& mutex = *new std::mutex;
  static auto& built_in = *new std::shared_ptr<const Knowledge>;
  if (!lexicon_files.empty() || !rule_files.empty()) return BuildFrom(lexicon_files, rule_files);
  const std::lock_guard<std::mutex> lock(mutex);
  if (built_in == nullptr) {
    SANAD_ASSIGN_OR_RETURN(built_in, BuildFrom({}, {}));
  }
  return built_in;
}

}  // namespace sanad
