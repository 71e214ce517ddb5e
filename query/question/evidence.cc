#include "query/question/evidence.h"

#include <algorithm>
#include <charconv>
#include <deque>

#include "query/question/messages.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad::question {
namespace {

constexpr size_t kMostEvidence = 40;  // Sentences a row.
constexpr size_t kLongestChain = 16;  // Antecedents followed.

uint32_t ToNumber(const Term& term) {
  uint32_t out = 0;
  std::from_chars(term.value().data(), term.value().data() + term.value().size(), out);
  return out;
}

}  // namespace

EvidenceFinder::EvidenceFinder(const Vocabulary& vocabulary, const Renderer& renderer)
    : reader_(vocabulary.reader()), renderer_(renderer) {
  in_sentence_ = reader_.Id(iri::kInSentence);
  ident_ = reader_.Id(iri::kItsTaIdentRef);
  antecedent_ = reader_.Id(iri::kAntecedent);
  derived_from_ = reader_.Id(iri::kProvWasDerivedFrom);
  sentence_class_ = reader_.Id(iri::kNifSentence);
  type_ = reader_.Id(iri::kRdfType);
  begin_ = reader_.Id(iri::kNifBeginIndex);
  end_ = reader_.Id(iri::kNifEndIndex);
  context_ = reader_.Id(iri::kNifReferenceContext);
  text_ = reader_.Id(iri::kNifIsString);
}

std::optional<SentenceInfo> EvidenceFinder::Sentence(TermId graph) const {
  std::vector<TermId> documents = reader_.Objects(graph, context_, true);
  if (documents.empty() || reader_.GraphsOf(graph, type_, sentence_class_).empty()) {
    return std::nullopt;
  }
  SentenceInfo info;
  info.graph = graph;
  info.document = documents[0];
  std::vector<TermId> begins = reader_.Objects(graph, begin_, true);
  std::vector<TermId> ends = reader_.Objects(graph, end_, true);
  if (begins.empty() || ends.empty()) return std::nullopt;
  info.begin = ToNumber(reader_.TermOf(begins[0]));
  info.end = ToNumber(reader_.TermOf(ends[0]));
  const std::string iri = reader_.TermOf(graph).value();
  const size_t dash = iri.rfind('-');
  if (dash != std::string::npos) {
    std::from_chars(iri.data() + dash + 1, iri.data() + iri.size(), info.number);
  }
  return info;
}

const EvidenceFinder::Text& EvidenceFinder::TextOf(TermId document) {
  auto [it, added] = texts_.try_emplace(document);
  if (added) {
    std::vector<TermId> texts = reader_.Objects(document, text_, true);
    if (!texts.empty()) {
      it->second.text = reader_.TermOf(texts[0]).value();
      it->second.offsets = OffsetMap(it->second.text);
    }
  }
  return it->second;
}

Evidence EvidenceFinder::ToEvidence(const SentenceInfo& sentence, std::string_view note) {
  Evidence out;
  out.document = reader_.TermOf(sentence.document);
  out.sentence = sentence.number;
  out.begin = sentence.begin;
  out.end = sentence.end;
  out.note = std::string(note);
  const Text& text = TextOf(sentence.document);
  const size_t from = text.offsets.ByteOf(text.text, sentence.begin);
  const size_t to = text.offsets.ByteOf(text.text, sentence.end);
  if (from <= to && to <= text.text.size()) out.text = text.text.substr(from, to - from);
  return out;
}

void EvidenceFinder::Put(const SentenceInfo& sentence, std::string_view note,
                         std::vector<Evidence>& out) {
  if (out.size() >= kMostEvidence) return;
  Evidence evidence = ToEvidence(sentence, note);
  for (const Evidence& old : out) {
    if (old.begin == evidence.begin && old.document == evidence.document) return;
  }
  out.push_back(std::move(evidence));
}

void EvidenceFinder::AddAntecedents(const SentenceInfo& sentence, TermId thing,
                                    std::vector<Evidence>& out) {
  if (ident_.is_undefined() || antecedent_.is_undefined() || thing.is_literal()) return;
  const std::string note =
      Messages::Of(renderer_.language()).Get("mention", {renderer_.Label(reader_.TermOf(thing))});
  // Mentions of the thing in this sentence, then what they stand for, and so on.
  std::vector<TermId> mentions;
  for (TermId mention : reader_.Subjects(ident_, thing, true)) {
    std::vector<TermId> where = reader_.Objects(mention, in_sentence_, true);
    if (!where.empty() && where[0] == sentence.graph) mentions.push_back(mention);
  }
  std::set<TermId> seen(mentions.begin(), mentions.end());
  for (size_t i = 0; i < mentions.size() && i < kLongestChain; ++i) {
    for (TermId earlier : reader_.Objects(mentions[i], antecedent_, true)) {
      if (!seen.insert(earlier).second) continue;
      mentions.push_back(earlier);
      for (TermId where : reader_.Objects(earlier, in_sentence_, true)) {
        if (std::optional<SentenceInfo> info = Sentence(where)) Put(*info, note, out);
      }
    }
  }
}

void EvidenceFinder::AddGraph(TermId graph, std::span<const TermId> things, std::string_view note,
                              std::vector<Evidence>& out) {
  std::vector<TermId> sentences;
  if (Sentence(graph).has_value()) {
    sentences.push_back(graph);
  } else {
    // A derived graph: its premises, which may be derived themselves.
    std::deque<TermId> open = {graph};
    std::set<TermId> seen = {graph};
    while (!open.empty() && seen.size() < 64) {
      TermId at = open.front();
      open.pop_front();
      for (TermId premise : reader_.Objects(at, derived_from_, true)) {
        if (!seen.insert(premise).second) continue;
        if (Sentence(premise).has_value()) {
          sentences.push_back(premise);
        } else {
          open.push_back(premise);
        }
      }
    }
  }
  std::vector<SentenceInfo> infos;
  for (TermId id : sentences) infos.push_back(*Sentence(id));
  // What is said last is nearest to what was asked; earlier ones prepare it.
  std::sort(infos.begin(), infos.end(),
            [](const SentenceInfo& a, const SentenceInfo& b) { return a.begin > b.begin; });
  for (const SentenceInfo& info : infos) Put(info, note, out);
  for (const SentenceInfo& info : infos) {
    for (TermId thing : things) AddAntecedents(info, thing, out);
  }
}

void EvidenceFinder::Add(TermId subject, TermId predicate, TermId object,
                         std::vector<Evidence>& out) {
  std::vector<TermId> graphs = reader_.GraphsOf(subject, predicate, object);
  if (graphs.empty()) return;
  const std::string note =
      Messages::Of(renderer_.language())
          .Get("states",
               {Concat(renderer_.Label(reader_.TermOf(subject)), " · ",
                       renderer_.Label(reader_.TermOf(predicate)), " · ",
                       renderer_.Label(reader_.TermOf(predicate), reader_.TermOf(object)))});
  const TermId things[] = {subject, object};
  // Sentences that say it themselves before those it is derived from.
  std::stable_partition(graphs.begin(), graphs.end(),
                        [&](TermId graph) { return Sentence(graph).has_value(); });
  for (TermId graph : graphs) AddGraph(graph, things, note, out);
}

void EvidenceFinder::AddMentions(TermId thing, std::vector<Evidence>& out) {
  if (ident_.is_undefined()) return;
  std::vector<SentenceInfo> infos;
  for (TermId mention : reader_.Subjects(ident_, thing, true)) {
    for (TermId where : reader_.Objects(mention, in_sentence_, true)) {
      if (std::optional<SentenceInfo> info = Sentence(where)) infos.push_back(*info);
    }
  }
  std::sort(infos.begin(), infos.end(), [](const SentenceInfo& a, const SentenceInfo& b) {
    return std::tie(a.document, a.begin) < std::tie(b.document, b.begin);
  });
  const std::string note =
      Messages::Of(renderer_.language()).Get("mention", {renderer_.Label(reader_.TermOf(thing))});
  for (size_t i = 0; i < infos.size() && i < 2; ++i) Put(infos[i], note, out);
}

}  // namespace sanad::question
