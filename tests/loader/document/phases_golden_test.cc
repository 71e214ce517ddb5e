// What each phase finds in a text: tests/golden/phases/PHASE.txt, a file a phase.
// phases_golden_test --update rewrites the files for review.

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include "loader/document/extractor.h"
#include "loader/document/knowledge.h"
#include "storage/model/text.h"
#include "tests/loader/document/golden_texts.h"
#include "tests/loader/document/statement_lines.h"

namespace sanad {
namespace {

const Knowledge& BuiltIn() {
  static const std::shared_ptr<const Knowledge> knowledge = *BuildKnowledge({}, {});
  return *knowledge;
}

std::string DateText(const PartialDate& date) { return date.empty() ? "?" : date.ToTerm().value(); }

// An annotated text, to be printed phase by phase.
class Printer {
 public:
  explicit Printer(const AnnotatedText& text) : text_(text) {}

  std::string Sentences() const {
    std::string out;
    for (const Sentence& s : text_.sentences) {
      out += Concat(s.span.begin, "-", s.span.end, s.span.is_heading ? " heading | " : " | ",
                    std::string_view(text_.text)
                        .substr(s.span.begin_byte, s.span.end_byte - s.span.begin_byte),
                    "\n");
    }
    return out;
  }

  // Particles end in +, the Arabic article is marked.
  std::string Tokens() const {
    std::string out;
    for (const Sentence& s : text_.sentences) {
      for (uint32_t a = s.first; a < s.end; ++a) {
        const Atom& atom = text_.atoms[a];
        out += Concat(a == s.first ? "" : " ", atom.norm, atom.clitic ? "+" : "",
                      atom.definite ? "[def]" : "");
      }
      out += "\n";
    }
    return out;
  }

  std::string Lexicon() const {
    return Mentions({"Country", "City", "Organization", "Nation"}, [&](const Mention& m) {
      const Entity& e = EntityOf(m);
      return e.kind == "lexicon" ? ShortIri(e.iri.value()) : std::string();
    });
  }

  std::string Values(std::vector<std::string_view> types) const {
    return Mentions(types, [&](const Mention& m) {
      if (m.value.is_undefined()) return std::string("?");
      std::string value = m.value.value();
      if (m.is_range) value += ".." + DateText(m.end_date);
      return value;
    });
  }

  std::string Persons() const {
    return Mentions({"Person"}, [&](const Mention& m) {
      std::string line = ShortIri(EntityOf(m).iri.value());
      for (const DocumentStatement& s : text_.statements) {
        if (s.subject != text_.Resolve(m.entity) || s.object == kNoId) continue;
        if (s.property == "holdsPosition" || s.property == "represents")
          line += Concat("; ", s.property, " ", LabelOf(s.object));
      }
      return line;
    });
  }

  // Cities that no lexicon has.
  std::string Places() const {
    return Mentions({"City"}, [&](const Mention& m) {
      const Entity& e = EntityOf(m);
      return e.kind == "place" ? ShortIri(e.iri.value()) : std::string();
    });
  }

  // Events are numbered as they come up.
  std::string Events() const {
    std::map<EntityId, size_t> numbers;
    return Mentions({"Event"}, [&](const Mention& m) {
      const Entity& e = EntityOf(m);
      const size_t number =
          numbers.emplace(text_.Resolve(m.entity), numbers.size() + 1).first->second;
      return Concat("event ", number, ", ", e.type, e.planned ? ", planned" : "",
                    e.cancelled ? ", cancelled" : "", e.postponed ? ", postponed" : "",
                    e.series ? ", series" : "", m.is_aside ? ", aside" : "", "; place ",
                    e.place == kNoId ? "?" : LabelOf(e.place), "; date ", DateText(e.date));
    });
  }

  // Those that name something: which others rules try first is their own affair.
  std::string NounPhrases() const {
    return Mentions({"NP"}, [&](const Mention& m) {
      return m.entity == kNoId ? std::string() : EntityOf(m).kind;
    });
  }

  // Mentions and the earlier ones that say what they mean.
  std::string Coreference() const {
    return Mentions({}, [&](const Mention& m) {
      if (m.antecedent == kNoId) return std::string();
      const Mention& a = text_.mentions[static_cast<size_t>(m.antecedent)];
      return Concat("means \"", text_.TextOf(a.first, a.end), "\" of sentence ", a.sentence);
    });
  }

 private:
  const Entity& EntityOf(const Mention& m) const {
    return text_.entities[static_cast<size_t>(text_.Resolve(m.entity))];
  }
  std::string LabelOf(EntityId id) const {
    const Entity& e = text_.entities[static_cast<size_t>(text_.Resolve(id))];
    const std::string& own = text_.language == "ar" ? e.label_ar : e.label_en;
    return own.empty() ? ShortIri(e.iri.value()) : own;
  }

  // The mentions of some types (none given: all) in the order of the text, each once
  // with what `describe` says; left out where that is nothing.
  template <typename Describe>
  std::string Mentions(const std::vector<std::string_view>& types, const Describe& describe) const {
    std::vector<const Mention*> mentions;
    for (const Mention& m : text_.mentions) {
      const std::string& type = BuiltIn().symbols.NameOf(m.type);
      if (types.empty() || std::find(types.begin(), types.end(), type) != types.end())
        mentions.push_back(&m);
    }
    std::stable_sort(mentions.begin(), mentions.end(), [](const Mention* a, const Mention* b) {
      return std::pair(a->first, a->end) < std::pair(b->first, b->end);
    });
    std::string out, last;
    for (const Mention* m : mentions) {
      const std::string what = describe(*m);
      std::string line = Concat(m->sentence, " ", BuiltIn().symbols.NameOf(m->type), " \"",
                                text_.TextOf(m->first, m->end), "\": ", what, "\n");
      if (what.empty() || line == last) continue;
      out += line;
      last = std::move(line);
    }
    return out;
  }

  const AnnotatedText& text_;
};

std::string Relations(const GoldenText& c) {
  const auto extraction = ExtractWith(BuiltIn(), c.text, DocumentFormat::kPlainText,
                                      "http://example.org/document", c.date);
  if (!extraction.ok()) return std::string(extraction.status().message()) + "\n";
  std::string out;
  for (const std::string& line : StatementLines(*extraction)) out += line + "\n";
  return out;
}

std::string Found(std::string_view phase, const GoldenText& c) {
  if (phase == "relations") return Relations(c);
  const auto text = Annotate(BuiltIn(), c.text, DocumentFormat::kPlainText,
                             "http://example.org/document", c.date, /*trace=*/false);
  if (!text.ok()) return std::string(text.status().message()) + "\n";
  const Printer printer(*text);
  if (phase == "sentences") return printer.Sentences();
  if (phase == "tokens") return printer.Tokens();
  if (phase == "lexicon") return printer.Lexicon();
  if (phase == "numbers") return printer.Values({"Number", "Ordinal"});
  if (phase == "durations") return printer.Values({"Duration"});
  if (phase == "dates") return printer.Values({"Date"});
  if (phase == "persons") return printer.Persons();
  if (phase == "places") return printer.Places();
  if (phase == "events") return printer.Events();
  if (phase == "noun_phrases") return printer.NounPhrases();
  if (phase == "coreference") return printer.Coreference();
  return "no such phase\n";
}

class PhaseGolden : public testing::TestWithParam<const char*> {};

TEST_P(PhaseGolden, FindsExactlyThis) {
  const std::filesystem::path path =
      std::filesystem::path(SANAD_SOURCE_DIR "/tests/golden/phases") /
      (std::string(GetParam()) + ".txt");
  EXPECT_GE(CheckGoldenFile(path, [](const GoldenText& c) { return Found(GetParam(), c); }), 2U);
}

INSTANTIATE_TEST_SUITE_P(Phases, PhaseGolden,
                         testing::Values("sentences", "tokens", "lexicon", "numbers", "durations",
                                         "dates", "persons", "places", "events", "noun_phrases",
                                         "coreference", "relations"),
                         [](const auto& phase) { return std::string(phase.param); });

}  // namespace
}  // namespace sanad

int main(int argc, char** argv) { return sanad::GoldenMain(argc, argv); }
