#include "language/label_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "language/label_search.h"
#include "language/lexicon.h"
#include "storage/memory_quad_source.h"
#include "storage/model/vocabulary.h"
#include "tests/language/turtle_quads.h"

namespace sanad {
namespace {

class MapCursor : public DerivedCursor {
 public:
  // Steps fail once `steps_left` is zero, until it is set anew; a seek begins anew.
  MapCursor(const std::map<std::string, std::string>& entries, size_t& steps_left)
      : entries_(entries), at_(entries.begin()), steps_left_(steps_left) {}
  void Seek(std::string_view key) override {
    status_ = absl::OkStatus();
    at_ = entries_.lower_bound(std::string(key));
    Step();
  }
  void Next() override {
    ++at_;
    Step();
  }
  bool Valid() const override { return status_.ok() && at_ != entries_.end(); }
  std::string_view key() const override { return at_->first; }
  std::string_view value() const override { return at_->second; }
  absl::Status status() const override { return status_; }

 private:
  void Step() {
    if (steps_left_ == 0) {
      status_ = absl::DataLossError("a step failed");
    } else {
      --steps_left_;
    }
  }

  const std::map<std::string, std::string>& entries_;
  std::map<std::string, std::string>::const_iterator at_;
  size_t& steps_left_;
  absl::Status status_;
};

class MapStore : public DerivedWriter, public DerivedReader {
 public:
  void Put(std::string_view key, std::string_view value) override {
    entries[std::string(key)] = std::string(value);
  }
  void Delete(std::string_view key) override { entries.erase(std::string(key)); }
  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override {
    const auto found = entries.find(std::string(key));
    if (found == entries.end()) return std::nullopt;
    return found->second;
  }
  std::unique_ptr<DerivedCursor> NewCursor() const override {
    return std::make_unique<MapCursor>(entries, steps_left);
  }
  absl::Status Scan(
      std::string_view prefix,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    for (auto it = entries.lower_bound(std::string(prefix));
         it != entries.end() && it->first.starts_with(prefix); ++it) {
      if (!visit(it->first, it->second)) break;
    }
    return absl::OkStatus();
  }
  std::map<std::string, std::string> entries;
  mutable size_t steps_left = SIZE_MAX;  // Of cursors, before they fail.
};

// An in-memory source with a label index over its quads.
class IndexedSource : public QuadSource {
 public:
  explicit IndexedSource(std::vector<Quad> quads)
      : quads_(std::move(quads)), memory_(MemoryQuadSource::FromQuads(quads_)) {
    Apply(quads_, true);
  }
  void Apply(const std::vector<Quad>& quads, bool added) {
    const std::unique_ptr<DerivedIndex> index = MakeLabelIndex();
    std::vector<QuadChange> changes;
    for (const Quad& q : quads) {
      const std::vector<Term> wanted = index->predicates();
      if (std::find(wanted.begin(), wanted.end(), q.predicate) == wanted.end()) continue;
      const TermId graph =
          q.graph.is_undefined() ? TermId::DefaultGraph() : *memory_->Find(q.graph);
      changes.push_back({{*memory_->Find(q.subject), *memory_->Find(q.predicate),
                          *memory_->Find(q.object), graph},
                         q,
                         added});
    }
    ASSERT_TRUE(index->Update(changes, entries).ok());
  }

  absl::StatusOr<std::unique_ptr<QuadScan>> Scan(const ScanRequest& request) const override {
    return memory_->Scan(request);
  }
  absl::StatusOr<uint64_t> Count(const IdPattern& p, const GraphScope& s) const override {
    return memory_->Count(p, s);
  }
  PredicateCounts CountsOf(TermId predicate) const override { return memory_->CountsOf(predicate); }
  absl::StatusOr<TermId> Find(const Term& term) const override { return memory_->Find(term); }
  absl::Status Materialize(std::span<const TermId> ids, std::vector<Term>& terms) const override {
    return memory_->Materialize(ids, terms);
  }
  std::string_view LanguageOfCode(uint32_t c) const override { return memory_->LanguageOfCode(c); }
  std::string_view DatatypeOfCode(uint32_t c) const override { return memory_->DatatypeOfCode(c); }
  absl::StatusOr<std::vector<TermId>> NamedGraphs(bool s) const override {
    return memory_->NamedGraphs(s);
  }
  uint64_t version() const override { return memory_->version(); }
  const DerivedReader* Derived(std::string_view name) const override {
    return name == kLabelIndexName ? &entries : nullptr;
  }

  MapStore entries;

 private:
  std::vector<Quad> quads_;
  std::unique_ptr<MemoryQuadSource> memory_;
};

Quad Label(std::string_view subject, std::string_view text, std::string_view language,
           std::string_view graph = "") {
  return {Term::Iri("http://e/" + std::string(subject)), Term::Iri(iri::kRdfsLabel),
          Term::LangString(text, language), graph.empty() ? Term() : Term::Iri(graph)};
}

std::vector<Quad> Harbours() {
  return {
      Label("m1", "Muscat session of 3 June", "en"),
      Label("m1", "جلسة مسقط في 3 يونيو", "ar", "http://e/g"),
      Label("t1", "deep-water ports", "en"),
      Label("t2", "ports and fishing licences", "en"),
      Label("t3", "الموانئ البحرية", "ar"),
      Label("t4", "الرحلات البحرية السياحية", "ar"),
      Label("p1", "سامي الخطيب", "ar"),
      Label("p2", "Boris Petrov", "en"),
      Label("c1", "Oman", "en"),
      Label("c1", "عُمان", "ar"),
      Label("port", "Port", "en"),
      {Term::Iri("http://e/t1"), Term::Iri(iri::kSkosAltLabel), Term::String("harbours"), Term()},
      {Term::Iri("http://e/t1"), Term::Iri("http://e/note"), Term::String("no label"), Term()},
  };
}

class LabelIndexTest : public ::testing::Test {
 protected:
  IndexedSource source{Harbours()};
  LabelIndexReader reader{*LabelIndexReader::Open(source)};

  // Subjects' local names with closeness, in order.
  std::string Names(const absl::StatusOr<std::vector<LabelPosting>>& postings) {
    if (!postings.ok()) return postings.status().ToString();
    std::string out;
    for (const LabelPosting& p : *postings) {
      std::vector<Term> terms;
      EXPECT_TRUE(source.Materialize(std::vector{p.subject}, terms).ok());
      if (!out.empty()) out += " ";
      out += terms[0].value().substr(9) + "~" + std::to_string(static_cast<int>(p.closeness));
    }
    return out;
  }
  std::string LookUp(std::string_view text) { return Names(reader.LookUp(Tokenise(text))); }
  std::string Holding(std::string_view text) { return Names(reader.Holding(Tokenise(text))); }
};

TEST_F(LabelIndexTest, LooksUpByKeys) {
  const struct {
    std::string_view text, names;
  } kCases[] = {
      {"oman", "c1~0"},
      {"عمان", "c1~0"},
      {"لعمان", "c1~1"},
      {"Port", "port~0"},
      {"ports", "port~3"},
      {"harbour", "t1~3"},
      {"deep water ports", "t1~0"},
      {"deep-water port", "t1~3"},
      {"muscat session of 3 june", "m1~0"},
      {"الموانئ البحرية", "t3~0"},
      {"موانئ بحرية", "t3~1"},
      {"للموانئ البحرية", "t3~1"},
      {"nothing", ""},
      {"؟!", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(LookUp(c.text), c.names) << c.text;
}

TEST_F(LabelIndexTest, FindsLabelsThatHoldAllWords) {
  const struct {
    std::string_view text, names;
  } kCases[] = {
      {"fishing", "t2~0"},     {"licence fishing", "t2~3"}, {"fishing harbour", ""},
      {"رحلات بحرية", "t4~1"}, {"البحرية", "t3~0 t4~0"},    {"session june", "m1~0"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Holding(c.text), c.names) << c.text;
  EXPECT_TRUE(reader.Holding(Tokenise("?!"))->empty());
}

TEST_F(LabelIndexTest, LinksNamesAcrossScripts) {
  LabelSearch search(reader);
  EXPECT_EQ(Names(search.LookUpSkeleton("Sami al-Khatib", 8)), "p1~4");
  EXPECT_EQ(Names(search.LookUpSkeleton("بوريس بيتروف", 8)), "p2~4");
  EXPECT_EQ(Names(search.LookUpSkeleton("Nobody Else", 8)), "");
}

TEST_F(LabelIndexTest, CompletesByPrefix) {
  const auto texts = [&](std::string_view prefix) {
    std::string out;
    const std::vector<Completion> found = *reader.Complete(prefix, 10);
    for (const Completion& c : found) out += c.normalised + "|";
    return out;
  };
  EXPECT_EQ(texts("por"), "port|ports and fishing licences|");
  EXPECT_EQ(texts("Ports "), "ports and fishing licences|");
  EXPECT_EQ(texts("الم"), "المواني البحريه|");
  EXPECT_EQ(reader.Complete("", 3)->size(), 3u);
}

TEST_F(LabelIndexTest, SuggestsTheNearestWords) {
  const auto words = [&](std::string_view word) {
    std::string out;
    const std::vector<SpellingSuggestion> found = *reader.Nearest(word, 5);
    for (const SpellingSuggestion& s : found) {
      out += s.word + ":" + std::to_string(s.distance) + "x" + std::to_string(s.labels) + " ";
    }
    return out;
  };
  EXPECT_EQ(words("fihsing"), "fishing:1x1 ");
  EXPECT_EQ(words("licenses"), "licences:1x1 ");
  EXPECT_EQ(words("prots"), "ports:1x2 ");
  EXPECT_EQ(words("fishing"), "");
  EXPECT_EQ(words("البحريه"), "");
  EXPECT_EQ(words("zeppelins"), "");
}

TEST_F(LabelIndexTest, GivesTheLabelsOfAThing) {
  const TermId subject = *source.Find(Term::Iri("http://e/m1"));
  EXPECT_EQ(reader.LabelsOf(subject)->size(), 2u);
  const TermId alt = *source.Find(Term::Iri("http://e/t1"));
  EXPECT_EQ(reader.LabelsOf(alt)->size(), 2u);
}

TEST_F(LabelIndexTest, TakingAllLabelsAwayLeavesNothing) {
  std::vector<Quad> quads = Harbours();
  std::mt19937 random(1);
  std::shuffle(quads.begin(), quads.end(), random);
  for (const Quad& quad : quads) source.Apply({quad}, false);
  EXPECT_TRUE(source.entries.entries.empty()) << source.entries.entries.begin()->first;
}

TEST_F(LabelIndexTest, ReplacingInOneBatch) {
  IndexedSource other(Harbours());
  other.Apply({Label("c1", "Oman", "en")}, false);
  other.Apply({Label("c1", "Oman", "en")}, true);
  EXPECT_EQ(other.entries.entries, source.entries.entries);
}

TEST(LabelIndex, SurvivesOddLabels) {
  std::vector<Quad> quads = {Label("a", "", "en"), Label("b", std::string(5000, 'x'), "en"),
                             Label("c", std::string("a\0b", 3), "en"), Label("d", "؟؟", "ar"),
                             Label("e", "\xFF\xFE", "en")};
  IndexedSource source(quads);
  const LabelIndexReader reader = *LabelIndexReader::Open(source);
  EXPECT_TRUE(reader.LookUp(Tokenise("x")).ok());
  source.Apply(quads, false);
  EXPECT_TRUE(source.entries.entries.empty());
}

TEST(LabelIndex, AnErrorIsNotRememberedAsFewerLabels) {
  const IndexedSource source({Label("a", "green tea", "en"), Label("b", "black tea", "en"),
                              Label("c", "tea for two", "en")});
  LabelSearch search(*LabelIndexReader::Open(source));
  const std::vector<Token> words = Tokenise("tea");
  source.entries.steps_left = 3;
  EXPECT_EQ(search.Holding(words, 100).status().code(), absl::StatusCode::kDataLoss);
  source.entries.steps_left = SIZE_MAX;
  const auto found = search.Holding(words, 100);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->size(), 3u);
  // Nor is one of two words: it comes behind the postings of the first.
  const std::vector<Token> two = Tokenise("black tea");
  for (size_t steps = 0;; ++steps) {
    LabelSearch fresh(*LabelIndexReader::Open(source));
    source.entries.steps_left = steps;
    const bool failed = !fresh.Holding(two, 100).ok();
    source.entries.steps_left = SIZE_MAX;
    const auto both = fresh.Holding(two, 100);
    ASSERT_TRUE(both.ok()) << both.status();
    EXPECT_EQ(both->size(), 1u) << "after an error at step " << steps;
    if (!failed) break;
  }
}

TEST(LabelIndex, NeedsARegisteredIndex) {
  const auto memory = MemoryQuadSource::FromQuads({});
  EXPECT_EQ(LabelIndexReader::Open(*memory).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(LexiconFromSource, ReadsLexiconGraphsOnlyAndIsShared) {
  const Term graph = Term::Iri("https://sanad.example/graph/lexicon/small");
  const Term other = Term::Iri("http://e/data");
  std::vector<Quad> quads =
      testing::ReadTurtle(testing::Prefixes() + "kg:Kite a owl:Class ; rdfs:label \"kite\"@en .");
  for (Quad& q : quads) q.graph = graph;
  quads.push_back({graph, Term::Iri(iri::kRdfType), Term::Iri(iri::kLexiconGraph), graph});
  quads.push_back(
      {Term::Iri("http://e/x"), Term::Iri(iri::kRdfsLabel), Term::LangString("sail", "en"), other});
  // Says it of another graph: does not count.
  quads.push_back({other, Term::Iri(iri::kRdfType), Term::Iri(iri::kLexiconGraph), Term()});
  const auto source = MemoryQuadSource::FromQuads(quads);
  const auto lexicon = *Lexicon::FromSource(*source);
  EXPECT_EQ(lexicon->Match(Tokenise("kites and sail")).size(), 1u);
  EXPECT_EQ(*Lexicon::FromSource(*source), lexicon);
  // Another store, same shape, other words.
  for (Quad& q : quads) {
    if (q.object == Term::LangString("kite", "en")) q.object = Term::LangString("boat", "en");
  }
  const auto second = MemoryQuadSource::FromQuads(quads);
  const auto other_lexicon = *Lexicon::FromSource(*second);
  EXPECT_NE(other_lexicon, lexicon);
  EXPECT_EQ(other_lexicon->Match(Tokenise("boat")).size(), 1u);
  const auto empty = MemoryQuadSource::FromQuads({});
  EXPECT_TRUE((*Lexicon::FromSource(*empty))->entries().empty());
}

}  // namespace
}  // namespace sanad
