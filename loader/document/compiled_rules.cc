// From parsed rules to matchable ones, and the built-in knowledge.

#include "loader/document/compiled_rules.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <utility>

#include <sanad/rdf.h>
#include <xxhash.h>
#include "datasets/embedded.h"
#include "language/normalise.h"
#include "loader/document/rule_check.h"
#include "loader/document/rule_parser.h"
#include "storage/model/vocabulary.h"

namespace sanad {

int CompiledRule::SlotOf(std::string_view variable) const {
  for (size_t i = 0; i < variables.size(); ++i) {
    if (variables[i] == variable) return static_cast<int>(i);
  }
  return -1;
}

void PhraseTrie::Add(std::span<const Symbol> literals, Symbol set) {
  if (literals.empty()) return;
  if (literals.front() >= first_.size()) first_.resize(literals.front() + size_t{1});
  uint32_t* next = &first_[literals.front()];
  for (size_t i = 0;;) {
    if (*next == 0) {
      *next = static_cast<uint32_t>(nodes_.size());
      const uint32_t made = *next;
      nodes_.emplace_back();  // Moves the nodes: `next` is looked up anew.
      next = nullptr;
      if (++i == literals.size()) {
        nodes_[made].sets.push_back(set);
        return;
      }
      next = &nodes_[made].next[literals[i]];
      continue;
    }
    Node& node = nodes_[*next];
    if (++i == literals.size()) {
      node.sets.push_back(set);
      return;
    }
    next = &node.next[literals[i]];
  }
}

void PhraseTrie::Match(const AnnotatedText& text, uint32_t atom, std::vector<SetHit>& hits) const {
  const uint32_t end = text.sentences[text.atoms[atom].sentence].end;
  uint32_t node = FirstNode(text.atoms[atom].literal);
  for (uint32_t a = atom; node != 0;) {
    for (const Symbol set : nodes_[node].sets)
      hits.push_back({set, a + 1 - atom, nullptr, nullptr});
    if (++a == end) return;
    const auto it = nodes_[node].next.find(text.atoms[a].literal);
    node = it == nodes_[node].next.end() ? 0 : it->second;
  }
}

namespace {

// A phrase's words as atoms have them: normalised; "+" joins a particle to the
// word behind it in the notation of rule files ("ب+ما" is بما read as two atoms).
std::vector<std::string> PhraseWords(std::string_view phrase) {
  std::vector<std::string> words;
  std::string word;
  const auto flush = [&] {
    const std::string norm = Normalise(word);
    if (!norm.empty()) words.push_back(norm);
    word.clear();
  };
  for (const char c : phrase) {
    if (c == ' ' || c == '+') {
      flush();
    } else {
      word.push_back(c);
    }
  }
  flush();
  return words;
}

class RuleCompiler {
 public:
  RuleCompiler(SymbolTable& symbols, SymbolTable& literals)
      : symbols_(symbols), literals_(literals) {}

  CompiledRule Compile(const Rule& rule) {
    CompiledRule out;
    out.source = rule;
    out.mention_phase = rule.phase == "mention";
    rule_ = &out;
    out.match = CompilePattern(rule.match);
    if (CollectStart(out.match, out.start)) out.start.any = true;
    CollectRequired(out.match, out);
    for (const Argument& argument : out.source.arguments) {
      CompiledArgument a;
      a.source = &argument;
      a.slot = Slot(argument.variable);
      AddTypes(argument.types, a.types);
      for (const WordOrSet& p : argument.prepositions) a.prepositions.push_back(Preposition(p));
      for (const WordOrSet& p : argument.exclude) a.exclude.push_back(Preposition(p));
      out.arguments.push_back(std::move(a));
    }
    for (const MakeClause& make : rule.makes) Slot(make.variable);
    for (const Condition& condition : rule.conditions)
      out.conditions.push_back(CompileCondition(condition));
    return out;
  }

 private:
  int Slot(const std::string& variable) {
    const int slot = rule_->SlotOf(variable);
    if (slot >= 0) return slot;
    rule_->variables.push_back(variable);
    return static_cast<int>(rule_->variables.size()) - 1;
  }

  // The rules have passed CheckRuleFile: their words are known.
  CompiledCondition CompileCondition(const Condition& condition) {
    CompiledCondition out;
    out.kind = KindOf(kConditionWords, condition.name).value_or(ConditionKind::kBound);
    out.negated = condition.negated;
    for (size_t i = 0; i < condition.arguments.size() && i < 2; ++i) {
      const std::string_view argument = condition.arguments[i];
      if (argument.front() != '"') {
        (i == 0 ? out.first : out.second) = rule_->SlotOf(argument);
        continue;
      }
      const std::string_view text = argument.substr(1);
      if (AsksForSet(out.kind)) out.set = symbols_.Intern(text);
      if (out.kind == ConditionKind::kIs) {
        out.type = text;
        out.type_iri = Term::Iri(Concat(SANAD_KG_NS, text));
      }
    }
    return out;
  }

  CompiledTest CompileTest(const TokenTest& test) {
    CompiledTest out;
    out.kind = KindOf(kTestWords, test.name).value_or(TestKind::kIn);
    out.negated = test.negated;
    if (out.kind == TestKind::kIn) out.set = symbols_.Intern(test.value);
    const bool compared = out.kind == TestKind::kEnds || out.kind == TestKind::kStarts;
    out.value = compared ? Normalise(test.value) : test.value;
    return out;
  }

  // Adds what `pattern` can begin with; true when it can match nothing at all, so
  // that what follows counts too.
  bool CollectStart(const CompiledPattern& pattern, StartFilter& start) const {
    switch (pattern.kind) {
      case PatternKind::kSequence:
        for (const CompiledPattern& child : pattern.children) {
          if (!CollectStart(child, start)) return false;
        }
        return true;
      case PatternKind::kChoice: {
        bool empty = false;
        for (const CompiledPattern& child : pattern.children)
          empty = CollectStart(child, start) || empty;
        return empty;
      }
      case PatternKind::kRepeat:
        return CollectStart(pattern.children.front(), start) || pattern.min == 0;
      case PatternKind::kWord:
        start.literals.push_back(pattern.literal);
        return false;
      case PatternKind::kSet:
        start.sets.push_back(pattern.set);
        start.set_filter.Add(pattern.set);
        return false;
      case PatternKind::kMention:
        for (const Symbol type : pattern.types) {
          if (type == symbols_.Find("NP")) start.any = true;
          start.types.Add(type);
        }
        return pattern.zero_width;
      case PatternKind::kStart:
        return true;
      default:
        start.any = true;
        return false;
    }
  }

  static void CollectRequired(const CompiledPattern& pattern, CompiledRule& rule) {
    if (pattern.kind == PatternKind::kSet) rule.required.push_back(pattern.set);
    if (pattern.kind == PatternKind::kWord) rule.required_literals.push_back(pattern.literal);
    const bool must = pattern.kind == PatternKind::kSequence ||
                      (pattern.kind == PatternKind::kRepeat && pattern.min > 0);
    if (!must) return;
    for (const CompiledPattern& child : pattern.children) CollectRequired(child, rule);
  }

  // Agent and Location stand for what can act and where something can be.
  void AddTypes(const std::vector<std::string>& names, std::vector<Symbol>& out) {
    for (const std::string& name : names) {
      if (name == "Agent") {
        for (const char* type : {"Person", "Country", "Organization", "Party"})
          out.push_back(symbols_.Intern(type));
      } else if (name == "Location") {
        for (const char* type : {"City", "Country", "Place"}) out.push_back(symbols_.Intern(type));
      } else {
        out.push_back(symbols_.Intern(name));
      }
    }
  }

  CompiledPreposition Preposition(const WordOrSet& preposition) {
    if (preposition.is_set()) return {0, symbols_.Intern(preposition.set())};
    return {literals_.Intern(Normalise(preposition.text)), 0};
  }

  // "as a result" is a sequence of words.
  CompiledPattern CompileWords(const std::vector<std::string>& words) {
    CompiledPattern out;
    for (const std::string& word : words) {
      CompiledPattern child;
      child.kind = PatternKind::kWord;
      child.literal = literals_.Intern(word);
      out.children.push_back(std::move(child));
    }
    return out;
  }

  CompiledPattern CompilePattern(const Pattern& pattern) {
    if (pattern.kind == PatternKind::kWord) {
      const std::vector<std::string> words = PhraseWords(pattern.text);
      if (words.size() > 1) return CompileWords(words);
    }
    CompiledPattern out;
    out.kind = pattern.kind;
    out.min = pattern.min;
    out.max = pattern.max;
    out.list = pattern.list;
    out.zero_width = pattern.zero_width;
    if (!pattern.variable.empty()) out.slot = Slot(pattern.variable);
    if (pattern.kind == PatternKind::kWord) out.literal = literals_.Intern(Normalise(pattern.text));
    if (pattern.kind == PatternKind::kSet) out.set = symbols_.Intern(pattern.text);
    AddTypes(pattern.types, out.types);
    for (const TokenTest& test : pattern.tests) out.tests.push_back(CompileTest(test));
    for (const Pattern& child : pattern.children) out.children.push_back(CompilePattern(child));
    return out;
  }

  SymbolTable& symbols_;
  SymbolTable& literals_;
  CompiledRule* rule_ = nullptr;
};

void InternWellKnown(SymbolTable& s, WellKnown& k) {
  const std::pair<Symbol WellKnown::*, std::string_view> names[] = {
      {&WellKnown::barrier, "barrier"},
      {&WellKnown::separator, "separator"},
      {&WellKnown::relative, "relative"},
      {&WellKnown::np_stop, "np-stop"},
      {&WellKnown::np_trim, "np-trim"},
      {&WellKnown::light_head, "light-head"},
      {&WellKnown::article, "article"},
      {&WellKnown::demonstrative, "demonstrative"},
      {&WellKnown::between, "between"},
      {&WellKnown::preposition, "preposition"},
      {&WellKnown::function_word, "function-word"},
      {&WellKnown::any_verb, "anyVerb"},
      {&WellKnown::negator, "not-word"},
      {&WellKnown::not_negator, "not-negator"},
      {&WellKnown::future, "future-word"},
      {&WellKnown::planned, "plan-word"},
      {&WellKnown::hope, "hope-word"},
      {&WellKnown::condition, "condition-word"},
      {&WellKnown::request, "request-word"},
      {&WellKnown::next, "next-word"},
      {&WellKnown::claim, "claim"},
      {&WellKnown::say, "say"},
      {&WellKnown::deny, "deny-that"},
      {&WellKnown::cancel, "cancel-event"},
      {&WellKnown::postpone, "postpone-event"},
      {&WellKnown::past_aux, "past-aux"},
      {&WellKnown::event, "eventNoun"},
      {&WellKnown::series, "MeetingSeries"},
      {&WellKnown::fresh, "fresh"},
      {&WellKnown::indefinite, "indefinite"},
      {&WellKnown::other_part, "part-modifier"},
      {&WellKnown::plural_event, "plural-event"},
      {&WellKnown::copula, "copula"},
      {&WellKnown::pronoun_event, "pronoun-event"},
      {&WellKnown::this_time, "this-time"},
      {&WellKnown::party, "party"},
      {&WellKnown::party_persons, "party-persons"},
      {&WellKnown::sidelines, "sidelines"},
      {&WellKnown::aside, "aside"},
      {&WellKnown::fields, "fields"},
      {&WellKnown::happen, "happen"},
      {&WellKnown::audience, "audience"},
      {&WellKnown::press, "pressNoun"},
      {&WellKnown::that, "that"},
      {&WellKnown::postponing, "postponing"},
      {&WellKnown::cancelling, "cancelling"},
      {&WellKnown::background, "background"},
      {&WellKnown::proximal, "proximal"},
      {&WellKnown::name_head, "name-head"},
      {&WellKnown::including, "including"},
      {&WellKnown::any, "any"},
      {&WellKnown::apposition, "apposition"},
      {&WellKnown::say_bare, "say-bare"},
      {&WellKnown::say_about, "say-about"},
      {&WellKnown::title, "title"},
      {&WellKnown::colleague, "colleague"},
      {&WellKnown::posting, "posting"},
      {&WellKnown::infinitive, "infinitive"},
      {&WellKnown::definite_article, "definite-article"},
      {&WellKnown::by_event, "by-event"},
      {&WellKnown::purpose, "purpose"},
      {&WellKnown::in, "in"},
      {&WellKnown::about, "about"},
      {&WellKnown::addresses, "addresses"},
      {&WellKnown::state_noun, "state-noun"},
      {&WellKnown::city_noun, "city-noun"},
      {&WellKnown::capital, "capital"},
      {&WellKnown::he, "he"},
      {&WellKnown::she, "she"},
      {&WellKnown::they, "they"},
      {&WellKnown::midnight, "midnight"},
      {&WellKnown::before_year_end, "before-year-end"},
      {&WellKnown::dash, "dash"},
      {&WellKnown::t_country, "Country"},
      {&WellKnown::t_city, "City"},
      {&WellKnown::t_place, "Place"},
      {&WellKnown::t_organization, "Organization"},
      {&WellKnown::t_person, "Person"},
      {&WellKnown::t_nation, "Nation"},
      {&WellKnown::t_date, "Date"},
      {&WellKnown::t_duration, "Duration"},
      {&WellKnown::t_number, "Number"},
      {&WellKnown::t_ordinal, "Ordinal"},
      {&WellKnown::t_event, "Event"},
      {&WellKnown::t_party, "Party"},
      {&WellKnown::t_np, "NP"},
      {&WellKnown::t_position, "Position"},
      {&WellKnown::t_title, "Title"},
      {&WellKnown::t_span, "Span"},
      {&WellKnown::t_outcome, "Outcome"},
      {&WellKnown::t_proposal, "Proposal"}};
  for (const auto& [member, name] : names) k.*member = s.Intern(name);
}

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

bool EndsWith(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}
bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
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
    if (EndsWith(name, ".patterns")) {
      const bool arabic = name.find("arabic") != std::string::npos;
      SANAD_ASSIGN_OR_RETURN(LabelPatterns patterns,
                             LabelPatterns::Parse(content, arabic ? "ar" : "en"));
      (arabic ? knowledge->patterns_ar : knowledge->patterns_en).push_back(std::move(patterns));
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
    if (StartsWith(file.path, "lexicons/") || StartsWith(file.path, "vocabulary/")) {
      lexicons.emplace_back(file.path, file.content);
    } else if (StartsWith(file.path, "rules/")) {
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

absl::Status CompileRules(std::span<const RuleFile> files, Knowledge& knowledge) {
  InternWellKnown(knowledge.symbols, knowledge.known);
  RuleCompiler compiler(knowledge.symbols, knowledge.literals);
  for (const RuleFile& file : files) {
    for (const WordSetDeclaration& set : file.sets) {
      const Symbol symbol = knowledge.symbols.Intern(set.name);
      for (const std::string& phrase : set.phrases) {
        std::vector<Symbol> literals;
        for (const std::string& word : PhraseWords(phrase))
          literals.push_back(knowledge.literals.Intern(word));
        knowledge.phrases.Add(literals, symbol);
      }
    }
    for (const Rule& rule : file.rules) {
      (rule.phase == "mention" ? knowledge.mention_rules : knowledge.relation_rules)
          .push_back(compiler.Compile(rule));
    }
    knowledge.closures.insert(knowledge.closures.end(), file.closures.begin(), file.closures.end());
  }
  const auto by_priority = [](const CompiledRule& a, const CompiledRule& b) {
    return a.source.priority > b.source.priority;
  };
  std::stable_sort(knowledge.mention_rules.begin(), knowledge.mention_rules.end(), by_priority);
  std::stable_sort(knowledge.relation_rules.begin(), knowledge.relation_rules.end(), by_priority);
  // Moving rules moves their sources; the arguments point into them.
  for (auto* rules : {&knowledge.mention_rules, &knowledge.relation_rules}) {
    for (CompiledRule& rule : *rules) {
      for (size_t i = 0; i < rule.arguments.size(); ++i)
        rule.arguments[i].source = &rule.source.arguments[i];
      for (size_t i = 0; i < rule.conditions.size(); ++i)
        rule.conditions[i].name = rule.source.conditions[i].name;
    }
  }
  return absl::OkStatus();
}

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
