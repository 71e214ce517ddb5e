#include "shell/answer_output.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "shell/display.h"
#include "shell/json_text.h"
#include "shell/messages.h"
#include "shell/table.h"

namespace sanad::shell {
namespace {

constexpr std::string_view kIndent = "  ";
constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

// A line of running text, isolated on a terminal when it is right-to-left.
std::string Line(std::string_view text, const Console& console) {
  std::string escaped = EscapeForTerminal(text);
  if (console.out_is_terminal() && HasRightToLeft(escaped)) escaped = Isolated(escaped);
  return escaped;
}

absl::Status PrintRows(const Answer& answer, Console& console) {
  TableOptions options;
  options.bold_headings = console.colour();
  options.isolate_right_to_left = console.out_is_terminal();
  options.indent = kIndent;
  TableWriter table(answer.columns, options, console.sink());
  for (const AnswerRow& row : answer.rows) {
    std::vector<std::string> cells;
    for (const AnswerValue& value : row.values) cells.push_back(value.label);
    if (absl::Status status = table.AddRow(std::move(cells)); !status.ok()) return status;
  }
  return table.Finish();
}

// The question with a row of carets under the word that is not known.
void PointAt(const UnknownWord& unknown, std::string_view question, Console& console) {
  const size_t begin = ByteOfCodePoint(question, unknown.begin);
  const size_t end = ByteOfCodePoint(question, unknown.end);
  if (begin >= end || question.find('\n') != std::string_view::npos) return;
  // A long question is cut to the stretch around the word.
  constexpr size_t kAround = 60;
  size_t from = begin > kAround ? begin - kAround : 0;
  while (from > 0 && from < begin && question[from] != ' ') ++from;
  size_t to = std::min(question.size(), end + kAround);
  while (to < question.size() && to > end && question[to] != ' ') --to;
  const std::string shown(question.substr(from, to - from));
  if (HasRightToLeft(shown)) return;  // Carets cannot follow reordered text.
  console.Out(std::string(kIndent) + EscapeForTerminal(shown) + "\n");
  console.Out(
      std::string(kIndent) + std::string(DisplayWidth(question.substr(from, begin - from)), ' ') +
      std::string(std::max<size_t>(DisplayWidth(question.substr(begin, end - begin)), 1), '^') +
      "\n");
}

void PrintNotAnswered(const Answer& answer, std::string_view question, Console& console) {
  const std::string indent(kIndent);
  if (!answer.message.empty()) console.Out(indent + Line(answer.message, console) + "\n");
  if (answer.unknown) PointAt(*answer.unknown, question, console);
  if (!answer.other_readings.empty()) {
    console.Out(indent + Line(MessageText(Message::kReadings, answer.language), console) + "\n");
    for (const std::string& reading : answer.other_readings) {
      console.Out(indent + "- " + Line(reading, console) + "\n");
    }
  }
}

// Distinct answers: the first value of each row, with the sentences of all rows
// that hold it.
struct DistinctAnswer {
  const AnswerValue* value;
  std::vector<const Evidence*> evidence;
};

std::vector<DistinctAnswer> DistinctAnswers(const Answer& answer) {
  std::vector<DistinctAnswer> distinct;
  std::map<std::pair<Term, std::string>, size_t> seen;
  for (const AnswerRow& row : answer.rows) {
    if (row.values.empty()) continue;
    const AnswerValue& value = row.values.front();
    const auto [at, added] = seen.try_emplace({value.term, value.label}, distinct.size());
    if (added) distinct.push_back({&value, {}});
    for (const Evidence& evidence : row.evidence) {
      distinct[at->second].evidence.push_back(&evidence);
    }
  }
  return distinct;
}

bool IsNumeric(std::string_view type) {
  static const std::set<std::string_view> kTypes = {"integer",
                                                    "decimal",
                                                    "double",
                                                    "float",
                                                    "int",
                                                    "long",
                                                    "short",
                                                    "byte",
                                                    "unsignedInt",
                                                    "unsignedLong",
                                                    "unsignedShort",
                                                    "unsignedByte",
                                                    "nonNegativeInteger",
                                                    "positiveInteger",
                                                    "negativeInteger",
                                                    "nonPositiveInteger"};
  return kTypes.contains(type);
}

// Without unit, grouping or exponent where a plain form says the same.
std::string BareNumber(const std::string& lexical) {
  if (lexical.find_first_of("eE") == std::string::npos) return lexical;
  double number = 0;
  const char* end = lexical.data() + lexical.size();
  if (std::from_chars(lexical.data(), end, number).ptr != end) return lexical;
  if (!std::isfinite(number) || std::fabs(number) >= 1e15) return lexical;
  char text[64];
  const auto [stop, error] =
      std::to_chars(text, text + sizeof text, number, std::chars_format::fixed);
  return error == std::errc() ? std::string(text, stop) : lexical;
}

// What the JSON form gives: a number bare, "disputed" in any language, a date or
// duration in its XSD form unless the label keeps the text's own words, else the
// label.
std::string AnswerString(const AnswerValue& value) {
  if (value.term == Term::String("disputed")) return value.term.value();
  if (value.term.is_literal() && value.term.datatype().starts_with(kXsd)) {
    const std::string_view type = value.term.datatype().substr(kXsd.size());
    if (IsNumeric(type)) return BareNumber(value.term.value());
  }
  return value.label.empty() ? value.term.value() : value.label;
}

void AppendAnswers(const std::vector<DistinctAnswer>& answers, JsonText& json) {
  json.Key("answers").BeginArray();
  for (const DistinctAnswer& answer : answers) json.Value(AnswerString(*answer.value));
  json.EndArray().Key("iris").BeginArray();
  for (const DistinctAnswer& answer : answers) {
    const Term& term = answer.value->term;
    json.ValueOrNull(term.is_iri() ? std::string_view(term.value()) : std::string_view());
  }
  json.EndArray();
}

void AppendEvidence(const std::vector<DistinctAnswer>& answers, bool why, JsonText& json) {
  std::set<std::pair<std::string, uint32_t>> seen;
  json.Key("spans").BeginArray();
  for (const DistinctAnswer& answer : answers) {
    for (const Evidence* evidence : answer.evidence) {
      if (!seen.emplace(evidence->document.value(), evidence->begin).second) continue;
      json.BeginArray().Value(uint64_t{evidence->begin}).Value(uint64_t{evidence->end}).EndArray();
    }
  }
  json.EndArray().Key("evidence").BeginArray();
  for (size_t i = 0; i < answers.size(); ++i) {
    std::set<std::pair<std::string, uint32_t>> of_answer;
    for (const Evidence* evidence : answers[i].evidence) {
      if (!of_answer.emplace(evidence->document.value(), evidence->begin).second) continue;
      json.BeginObject().Key("answer").Value(uint64_t{i});
      json.Key("document").Value(evidence->document.value());
      json.Key("start").Value(uint64_t{evidence->begin}).Key("end").Value(uint64_t{evidence->end});
      if (why) json.Key("text").Value(evidence->text);
      json.EndObject();
    }
  }
  json.EndArray();
}

void AppendUnknown(const Answer& answer, JsonText& json) {
  json.Key("unknown");
  if (!answer.unknown) {
    json.Null();
    return;
  }
  const UnknownWord& unknown = *answer.unknown;
  json.BeginObject().Key("word").Value(unknown.word);
  json.Key("start").Value(uint64_t{unknown.begin}).Key("end").Value(uint64_t{unknown.end});
  json.Key("nearest").BeginArray();
  for (const std::string& label : unknown.nearest) json.Value(label);
  json.EndArray().EndObject();
}

// The members of an object built with JsonText, without its braces.
std::string Members(JsonText& json) {
  const std::string& text = json.EndObject().text();
  return text.substr(1, text.size() - 2);
}

}  // namespace

std::string_view StatusName(AnswerStatus status) {
  switch (status) {
    case AnswerStatus::kOk:
      return "ok";
    case AnswerStatus::kNothingFound:
      return "nothing_found";
    case AnswerStatus::kUnknownWord:
      return "unknown_word";
    case AnswerStatus::kAmbiguous:
      return "ambiguous";
    case AnswerStatus::kNotUnderstood:
      break;
  }
  return "not_understood";
}

void PrintSentences(const std::vector<Evidence>& sentences, std::string_view indent,
                    Console& console) {
  for (const Evidence& evidence : sentences) {
    console.Out(std::string(indent) + EscapeForTerminal(evidence.document.value()) + " [" +
                std::to_string(evidence.sentence) + "] " + std::to_string(evidence.begin) + "–" +
                std::to_string(evidence.end) + "\n");
    console.Out(std::string(indent) + "  " + Line(evidence.text, console) + "\n");
    if (!evidence.note.empty()) {
      console.Out(std::string(indent) + "  → " + Line(evidence.note, console) + "\n");
    }
  }
}

void PrintEvidence(const Answer& answer, size_t row, Console& console) {
  const AnswerRow& shown = answer.rows[row];
  std::string heading(MessageText(Message::kWhy, answer.language));
  heading += " " + std::to_string(row + 1);
  if (!shown.values.empty()) heading += ": " + Line(shown.values.front().label, console);
  console.Out(std::string(kIndent) + heading + "\n");
  PrintSentences(shown.evidence, "    ", console);
}

absl::Status PrintAnswer(const Answer& answer, std::string_view question, const AnswerStyle& style,
                         Console& console) {
  const std::string indent(kIndent);
  if (answer.status == AnswerStatus::kOk) {
    if (absl::Status status = PrintRows(answer, console); !status.ok()) return status;
  } else if (answer.status == AnswerStatus::kNothingFound && answer.message.empty()) {
    console.Out(indent + Line(MessageText(Message::kNothingFound, answer.language), console) +
                "\n");
  } else {
    PrintNotAnswered(answer, question, console);
  }
  if (!answer.reading.empty()) {
    console.Out(indent +
                Line(std::string(MessageText(Message::kReadAs, answer.language)) + answer.reading,
                     console));
    if (style.prompt && !answer.rows.empty()) {
      console.Out("     ");
      console.Out(MessageText(Message::kPromptHint, answer.language));
    }
    console.Out("\n");
  }
  if (style.why) {
    for (size_t row = 0; row < answer.rows.size(); ++row) PrintEvidence(answer, row, console);
  }
  if (!answer.sentences_with_words.empty()) {
    console.Out(indent + Line(MessageText(Message::kNotAnAnswer, answer.language), console) + "\n");
    PrintSentences(answer.sentences_with_words, "    ", console);
  }
  return absl::OkStatus();
}

std::string AnswerMembers(const Answer& answer, std::string_view question, bool why) {
  JsonText json;
  json.BeginObject().Key("question").Value(question);
  json.Key("status").Value(StatusName(answer.status));
  const bool answered = answer.status == AnswerStatus::kOk;
  const std::vector<DistinctAnswer> answers =
      answered ? DistinctAnswers(answer) : std::vector<DistinctAnswer>();
  AppendAnswers(answers, json);
  AppendEvidence(answers, why, json);
  json.Key("reading").Value(answer.reading).Key("sparql").Value(answer.sparql);
  AppendUnknown(answer, json);
  if (!answer.message.empty()) json.Key("message").Value(answer.message);
  if (!answer.other_readings.empty()) {
    json.Key("readings").BeginArray();
    for (const std::string& reading : answer.other_readings) json.Value(reading);
    json.EndArray();
  }
  return Members(json);
}

std::string ErrorMembers(const absl::Status& status, std::string_view question) {
  JsonText json;
  json.BeginObject().Key("question").Value(question).Key("status").Value("not_understood");
  AppendAnswers({}, json);
  AppendEvidence({}, false, json);
  json.Key("reading").Value("").Key("sparql").Value("").Key("unknown").Null();
  json.Key("message").Value(std::string_view(status.message().data(), status.message().size()));
  return Members(json);
}

}  // namespace sanad::shell
