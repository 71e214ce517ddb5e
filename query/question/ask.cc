// Ask: understand, run, explain. The statuses other than kOk say what could not
// be done and never leave a content word out.

#include <sanad/question.h>

#include <algorithm>
#include <set>

#include "query/question/answer.h"
#include "query/question/context.h"
#include "query/question/known_names.h"
#include "query/question/messages.h"
#include "query/question/paraphrase.h"
#include "query/question/sentences.h"
#include "query/question/understand.h"
#include "storage/model/text.h"

namespace sanad {
namespace {

using question::Answerer;
using question::Context;
using question::Messages;
using question::Reading;
using question::Renderer;
using question::Understanding;

constexpr size_t kSentencesShown = 5;

constexpr size_t kNamesOffered = 5;

void ExplainUnknown(const Context& context, const Understanding& understanding,
                    const Renderer& renderer, Answer& answer) {
  const Token& token = understanding.tokens[*understanding.unknown_token];
  UnknownWord unknown;
  unknown.word = token.surface();
  unknown.begin = token.begin;
  unknown.end = token.end;
  if (context.vocabulary.labels.has_value()) {
    for (const SpellingSuggestion& suggestion : context.vocabulary.errors->ValueOrEmpty(
             context.vocabulary.labels->Nearest(token.normalised(), kNamesOffered))) {
      unknown.nearest.push_back(suggestion.word);
    }
  }
  const bool alike = !unknown.nearest.empty();
  if (!alike) {
    unknown.nearest = question::KnownNames(context.vocabulary, renderer, understanding.lattice,
                                           *understanding.unknown_token, kNamesOffered);
  }
  const Messages& messages = Messages::Of(answer.language);
  std::string list;
  for (const std::string& word : unknown.nearest) {
    if (!list.empty()) list += answer.language == "ar" ? "، " : ", ";
    list += word;
  }
  answer.status = AnswerStatus::kUnknownWord;
  answer.message = messages.Get(list.empty() ? "unknown-word-alone"
                                : alike      ? "unknown-word"
                                             : "unknown-word-beside",
                                {unknown.word, list});
  answer.unknown = std::move(unknown);
}

void ExplainFailure(const Understanding& understanding, Answer& answer) {
  const Messages& messages = Messages::Of(answer.language);
  answer.status = AnswerStatus::kNotUnderstood;
  const question::Failure& failure = understanding.failure;
  if (failure.no_previous) {
    answer.message = messages.Get("no-follow-up");
  } else if (!failure.left.empty() && !failure.right.empty()) {
    answer.message = messages.Get("not-combinable", {failure.left, failure.right});
  } else if (!failure.left.empty()) {
    answer.message = messages.Get("whose", {failure.left});
  } else {
    answer.message = messages.Get("not-understood");
  }
}

bool SameAnswers(const Answer& a, const Answer& b) {
  if (a.status != b.status || a.rows.size() != b.rows.size()) return false;
  std::set<Term> x, y;
  for (const AnswerRow& row : a.rows) x.insert(row.values[0].term);
  for (const AnswerRow& row : b.rows) y.insert(row.values[0].term);
  return x == y;
}

// Where the best readings find nothing: the next one that finds something.
absl::Status RunSecond(const Understanding& understanding, const Renderer& renderer,
                       Answerer& answerer, Answer& answer) {
  for (const Reading& second : understanding.second) {
    Answer other;
    other.language = answer.language;
    SANAD_RETURN_IF_ERROR(answerer.Run(second, other));
    if (other.status != AnswerStatus::kOk) continue;
    other.reading = question::Paraphrase(second.meaning, renderer);
    other.meaning = std::make_shared<const question::Meaning>(second.meaning);
    answer = std::move(other);
    break;
  }
  return absl::OkStatus();
}

absl::Status RunReadings(const Context& context, const Understanding& understanding,
                         const Renderer& renderer, const AskOptions& options, Answer& answer) {
  Answerer answerer(context.vocabulary, context.snapshot, renderer, options);
  const std::vector<Reading>& readings = understanding.readings;
  SANAD_RETURN_IF_ERROR(answerer.Run(readings[0], answer));
  answer.reading = question::Paraphrase(readings[0].meaning, renderer);
  answer.meaning = std::make_shared<const question::Meaning>(readings[0].meaning);
  if (readings.size() == 1) {
    if (answer.status != AnswerStatus::kNothingFound) return absl::OkStatus();
    return RunSecond(understanding, renderer, answerer, answer);
  }
  // Readings that tie and give one answer leave nothing to choose.
  bool all_same = true;
  std::vector<std::pair<size_t, Answer>> finding;
  if (answer.status == AnswerStatus::kOk) finding.emplace_back(0, answer);
  for (size_t i = 1; i < readings.size(); ++i) {
    Answer other;
    other.language = answer.language;
    SANAD_RETURN_IF_ERROR(answerer.Run(readings[i], other));
    all_same = all_same && SameAnswers(answer, other);
    if (other.status == AnswerStatus::kOk) finding.emplace_back(i, std::move(other));
  }
  if (finding.empty() && all_same) return RunSecond(understanding, renderer, answerer, answer);
  if (all_same) return absl::OkStatus();
  // Of things with one name, the one that fits what else is said.
  if (finding.size() == 1) {
    answer = std::move(finding[0].second);
    const question::Meaning& meaning = readings[finding[0].first].meaning;
    answer.reading = question::Paraphrase(meaning, renderer);
    for (size_t i = 0; i < readings.size(); ++i) {
      if (i == finding[0].first) continue;
      if (question::Paraphrase(readings[i].meaning, renderer) != answer.reading) continue;
      answer.reading = question::Paraphrase(meaning, renderer, /*distinguish=*/true);
      break;
    }
    answer.meaning = std::make_shared<const question::Meaning>(meaning);
    return absl::OkStatus();
  }
  answer.status = AnswerStatus::kAmbiguous;
  answer.rows.clear();
  answer.columns.clear();
  answer.reading.clear();
  answer.meaning.reset();
  answer.sparql.clear();
  answer.single_value = false;
  std::set<std::string> seen;
  for (const Reading& reading : readings) {
    seen.insert(question::Paraphrase(reading.meaning, renderer));
  }
  const bool distinguish = seen.size() < readings.size();
  for (const Reading& reading : readings) {
    answer.other_readings.push_back(question::Paraphrase(reading.meaning, renderer, distinguish));
  }
  answer.message =
      Messages::Of(answer.language).Get("ambiguous", {std::to_string(readings.size())});
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Answer> Ask(const Store& store, std::string_view question,
                           const AskOptions& options) {
  Answer answer;
  answer.language = question::LanguageOf(question);
  if (!options.language.empty()) answer.language = options.language;
  SANAD_ASSIGN_OR_RETURN(Context context, question::ContextOf(store));
  absl::StatusOr<Understanding> understanding =
      question::Understand(context.vocabulary, question,
                           options.previous == nullptr ? nullptr : options.previous->meaning.get());
  if (!understanding.ok()) {
    if (understanding.status().code() != absl::StatusCode::kInvalidArgument) {
      return understanding.status();
    }
    answer.status = AnswerStatus::kNotUnderstood;
    answer.message = std::string(FromAbsl(understanding.status().message()));
    return answer;
  }
  if (understanding->tokens.empty()) {
    answer.status = AnswerStatus::kNotUnderstood;
    answer.message = Messages::Of(answer.language).Get("empty");
    return answer;
  }
  Renderer renderer(context.vocabulary, answer.language);
  if (understanding->unknown_token.has_value()) {
    ExplainUnknown(context, *understanding, renderer, answer);
  } else if (understanding->readings.empty()) {
    ExplainFailure(*understanding, answer);
  } else {
    SANAD_RETURN_IF_ERROR(RunReadings(context, *understanding, renderer, options, answer));
    if (answer.status == AnswerStatus::kNothingFound) {
      answer.message = Messages::Of(answer.language).Get("nothing-found");
    }
  }
  if (answer.status == AnswerStatus::kUnknownWord ||
      answer.status == AnswerStatus::kNotUnderstood) {
    answer.sentences_with_words = question::SentencesHolding(
        context.vocabulary, renderer, understanding->tokens, kSentencesShown);
  }
  SANAD_RETURN_IF_ERROR(context.vocabulary.errors->status());
  return answer;
}

absl::StatusOr<std::vector<Evidence>> FindSentences(const Store& store, std::string_view words,
                                                    size_t limit) {
  SANAD_ASSIGN_OR_RETURN(Context context, question::ContextOf(store));
  Renderer renderer(context.vocabulary, question::LanguageOf(words));
  std::vector<Token> tokens = Tokenise(words);
  if (tokens.size() > question::kMostTokens) tokens.resize(question::kMostTokens);
  std::vector<Evidence> out =
      question::SentencesHolding(context.vocabulary, renderer, tokens, limit);
  SANAD_RETURN_IF_ERROR(context.vocabulary.errors->status());
  return out;
}

}  // namespace sanad
