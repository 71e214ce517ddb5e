// Completion: words that may come next. A half-written word is completed from what
// its relation leads to, closed-class words, classes and relations, and labels, in
// this order; a candidate stays when some question of the grammar can begin so.

#include <algorithm>
#include <set>
#include <utility>

#include <sanad/question.h>
#include "language/normalise.h"
#include "query/question/context.h"
#include "query/question/known_names.h"
#include "query/question/render.h"
#include "query/question/syntax.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

using question::Context;

constexpr size_t kTried = 60;
constexpr size_t kMostTokensCompleted = 40;
constexpr size_t kNamesInPlace = 500;
constexpr size_t kWordsBefore = 4;  // Of a label, that stand there already.

// Whether the text so far, the candidate at its end, can begin a question.
bool CanStand(const Context& context, const std::string& text) {
  absl::StatusOr<question::Lattice> lattice = question::LinkWords(context.vocabulary, text);
  if (!lattice.ok() || question::FirstUnknownToken(*lattice).has_value()) return false;
  for (const question::LatticePath& path : question::Paths(*lattice, 40)) {
    // A phrase may still be open: all but its last word must stand.
    const size_t viable = question::LongestViablePrefix(path.categories);
    if (viable + 1 >= path.categories.size()) return true;
  }
  return false;
}

class Completer {
 public:
  Completer(const Context& context, std::string_view text)
      : context_(context),
        renderer_(context.vocabulary, question::LanguageOf(text)),
        tokens_(Tokenise(text)) {
    const bool open =
        !tokens_.empty() && tokens_.back().end_byte == text.size() && tokens_.back().is_word();
    prefix_ = open ? tokens_.back().normalised() : "";
    before_ = std::string(text.substr(0, open ? tokens_.back().begin_byte : text.size()));
  }

  absl::StatusOr<std::vector<std::string>> Run(size_t limit) {
    if (tokens_.size() > kMostTokensCompleted) return std::vector<std::string>();
    const bool begins = before_.find_first_not_of(" \t") == std::string::npos;
    if (!begins) AddNamesInPlace();
    AddClosedWords();
    if (!begins) AddSchema();
    SANAD_RETURN_IF_ERROR(AddRestOfLabels());
    SANAD_RETURN_IF_ERROR(AddLabels(""));
    // An article, and what may stand before it, are kept: "والاجت" → والاجتماعات.
    for (const std::string& article : question::ClosedWords::Of("ar").WordsFor("before-noun")) {
      if (!candidates_.empty()) break;
      if (prefix_.size() > article.size() && prefix_.starts_with(article)) {
        SANAD_RETURN_IF_ERROR(AddLabels(article));
      }
    }
    std::vector<std::string> out;
    size_t tried = 0;
    for (const std::string& candidate : candidates_) {
      if (out.size() >= limit || ++tried > kTried) break;
      if (CanStand(context_, before_ + candidate)) out.push_back(candidate);
    }
    SANAD_RETURN_IF_ERROR(context_.vocabulary.errors->status());
    return out;
  }

 private:
  void Add(std::string_view word) {
    if (word.empty() || !Normalise(word).starts_with(prefix_)) return;
    if (seen_.insert(std::string(word)).second) candidates_.emplace_back(word);
  }

  // What the relation before the place is known to lead to.
  void AddNamesInPlace() {
    const std::string text = before_ + (prefix_.empty() ? std::string("?") : prefix_);
    absl::StatusOr<question::Lattice> lattice = question::LinkWords(context_.vocabulary, text);
    if (!lattice.ok() || lattice->tokens.size() < 2) return;
    const size_t place = lattice->tokens.size() - 1;
    lattice->arcs[place].clear();
    for (const std::string& name :
         question::KnownNames(context_.vocabulary, renderer_, *lattice, place, kNamesInPlace)) {
      Add(name);
    }
  }

  void AddClosedWords() {
    for (const std::string& phrase :
         question::ClosedWords::Of(renderer_.language()).Phrases(prefix_)) {
      Add(phrase);
    }
  }

  void AddSchema() {
    const question::Schema& schema = *context_.vocabulary.schema;
    for (const question::Property* property : schema.properties()) {
      if (!property->used) continue;
      Add(renderer_.OwnLabel(property->iri));
      for (const auto& [subject, object] : property->observed) {
        if (!subject.is_undefined()) Add(renderer_.OwnLabel(subject));
      }
    }
  }

  // What follows in labels that begin with the words before the place.
  absl::Status AddRestOfLabels() {
    if (!context_.vocabulary.labels.has_value() || prefix_.empty()) return absl::OkStatus();
    const question::GraphReader reader = context_.vocabulary.reader();
    std::string words = prefix_;
    for (size_t before = 1; before <= kWordsBefore && before < tokens_.size(); ++before) {
      words = Concat(tokens_[tokens_.size() - 1 - before].normalised(), " ", words);
      SANAD_ASSIGN_OR_RETURN(std::vector<Completion> completions,
                             context_.vocabulary.labels->Complete(words, kTried));
      std::vector<TermId> ids;
      for (const Completion& completion : completions) ids.push_back(completion.posting.literal);
      for (const Term& label : reader.TermsOf(ids)) {
        const std::vector<Token> parts = Tokenise(label.value());
        if (before < parts.size()) Add(label.value().substr(parts[before].begin_byte));
      }
    }
    return absl::OkStatus();
  }

  // Labels as written that begin with the prefix behind `article`.
  absl::Status AddLabels(std::string_view article) {
    if (!context_.vocabulary.labels.has_value() || prefix_.empty()) return absl::OkStatus();
    const std::string rest = prefix_.substr(article.size());
    SANAD_ASSIGN_OR_RETURN(std::vector<Completion> completions,
                           context_.vocabulary.labels->Complete(rest, kTried));
    std::vector<TermId> ids;
    for (const Completion& completion : completions) ids.push_back(completion.posting.literal);
    const question::GraphReader reader = context_.vocabulary.reader();
    for (const Term& label : reader.TermsOf(ids)) Add(Concat(article, label.value()));
    return absl::OkStatus();
  }

  const Context& context_;
  const question::Renderer renderer_;
  const std::vector<Token> tokens_;
  std::string prefix_, before_;
  std::vector<std::string> candidates_;
  std::set<std::string> seen_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> CompleteQuestion(const Store& store, std::string_view text,
                                                          size_t limit) {
  SANAD_ASSIGN_OR_RETURN(Context context, question::ContextOf(store));
  return Completer(context, text).Run(limit);
}

}  // namespace sanad
