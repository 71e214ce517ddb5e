// From parsed rules to matchable ones.

#include "loader/document/compiled_rules.h"

#include <algorithm>
#include <map>
#include <utility>

#include "language/normalise.h"
#include "loader/document/knowledge.h"
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
  // The node an edge leads to, made where there is none.
  const auto follow = [this](uint32_t& edge) {
    uint32_t node = edge;
    if (node == 0) {
      node = edge = static_cast<uint32_t>(nodes_.size());  // Before the nodes move.
      nodes_.emplace_back();
    }
    return node;
  };
  uint32_t node = follow(first_[literals.front()]);
  for (const Symbol literal : literals.subspan(1)) node = follow(nodes_[node].next[literal]);
  nodes_[node].sets.push_back(set);
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
    CollectRequired(out.match, out.required);
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
      if (out.kind == ConditionKind::kStated) out.type = text;
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

  static void CollectRequired(const CompiledPattern& pattern, std::vector<RequiredOne>& required) {
    switch (pattern.kind) {
      case PatternKind::kSet:
        required.push_back({{pattern.set}, {}});
        return;
      case PatternKind::kWord:
        required.push_back({{}, {pattern.literal}});
        return;
      case PatternKind::kRepeat:
        if (pattern.min > 0) CollectRequired(pattern.children.front(), required);
        return;
      case PatternKind::kSequence:
        for (const CompiledPattern& child : pattern.children) CollectRequired(child, required);
        return;
      case PatternKind::kChoice:
        CollectOfChoice(pattern, required);
        return;
      case PatternKind::kTest:
        for (const CompiledTest& test : pattern.tests) {
          if (test.kind == TestKind::kIn && !test.negated) required.push_back({{test.set}, {}});
        }
        return;
      default:
        return;
    }
  }

  // Of each alternative the first thing that it requires.
  static void CollectOfChoice(const CompiledPattern& choice, std::vector<RequiredOne>& required) {
    RequiredOne one;
    for (const CompiledPattern& child : choice.children) {
      std::vector<RequiredOne> of_child;
      CollectRequired(child, of_child);
      if (of_child.empty()) return;
      const RequiredOne& first = of_child.front();
      one.sets.insert(one.sets.end(), first.sets.begin(), first.sets.end());
      one.literals.insert(one.literals.end(), first.literals.begin(), first.literals.end());
    }
    required.push_back(std::move(one));
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
    for (const Symbol type : out.types) out.type_filter.Add(type);
    for (const TokenTest& test : pattern.tests) out.tests.push_back(CompileTest(test));
    for (const Pattern& child : pattern.children) out.children.push_back(CompilePattern(child));
    return out;
  }

  SymbolTable& symbols_;
  SymbolTable& literals_;
  CompiledRule* rule_ = nullptr;
};

}  // namespace

absl::Status CompileRules(std::span<const RuleFile> files, Knowledge& knowledge) {
  knowledge.known = InternWellKnown(knowledge.symbols);
  RuleCompiler compiler(knowledge.symbols, knowledge.literals);
  std::vector<CompiledRule> mention_rules, relation_rules, lead_rules;
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
      (rule.phase == "mention" ? mention_rules
       : rule.phase == "lead"  ? lead_rules
                               : relation_rules)
          .push_back(compiler.Compile(rule));
    }
    knowledge.closures.insert(knowledge.closures.end(), file.closures.begin(), file.closures.end());
  }
  knowledge.mention_rules = RuleList(std::move(mention_rules));
  knowledge.relation_rules = RuleList(std::move(relation_rules));
  knowledge.lead_rules = RuleList(std::move(lead_rules));
  return absl::OkStatus();
}

}  // namespace sanad
