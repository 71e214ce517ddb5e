#include "query/question/render.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "language/label_patterns.h"
#include "query/question/messages.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"
#include "storage/model/xsd_number.h"

namespace sanad::question {
namespace {

std::string_view PrimaryTag(std::string_view tag) { return tag.substr(0, tag.find('-')); }

std::string LocalName(std::string_view iri) {
  size_t cut = iri.find_last_of("#/");
  if (cut != std::string_view::npos && cut + 1 < iri.size())
    return std::string(iri.substr(cut + 1));
  return std::string(iri);
}

// As many digits as tell sizes apart: two behind the point, more of small amounts.
std::string Shortened(const Decimal& amount) {
  const double value = amount.ToDouble();
  char buffer[64];
  const int size =
      std::snprintf(buffer, sizeof buffer, std::fabs(value) < 1 ? "%.4g" : "%.2f", value);
  const std::string digits(buffer, static_cast<size_t>(std::clamp(size, 0, 63)));
  // Without the zeros at the end.
  const std::optional<Decimal> shortened = Decimal::Parse(digits);
  return shortened.has_value() ? shortened->ToString() : digits;
}

// Whether dates are among the values the relation is declared to take.
bool TakesDates(const Property& property) {
  for (const Term& range : property.range) {
    if (FamilyOf(range.value()) == LiteralFamily::kDate) return true;
  }
  return false;
}

}  // namespace

std::string DistanceInWords(std::string_view lexical, std::string_view language) {
  std::string_view rest = lexical;
  const bool past = !rest.empty() && rest[0] == '-';
  if (past) rest.remove_prefix(1);
  if (rest.size() < 3 || rest.size() > 10 || rest[0] != 'P') return std::string(lexical);
  int64_t amount = 0;
  for (char c : rest.substr(1, rest.size() - 2)) {
    if (c < '0' || c > '9') return std::string(lexical);
    amount = amount * 10 + (c - '0');
  }
  std::string_view unit = rest.back() == 'Y'   ? "year"
                          : rest.back() == 'M' ? "month"
                          : rest.back() == 'D' ? "day"
                                               : "";
  if (unit.empty() || amount == 0) return std::string(lexical);
  if (unit == "day" && amount % 7 == 0) {
    unit = "week";
    amount /= 7;
  }
  return Messages::Of(language).Distance(unit, amount, past);
}

std::string DurationInWords(std::string_view lexical, std::string_view language) {
  const Messages& messages = Messages::Of(language);
  // Only a distance from a day lies before it.
  if (!lexical.empty() && lexical[0] == '-') return DistanceInWords(lexical, language);
  if (lexical.empty() || lexical[0] != 'P') return std::string(lexical);
  std::vector<std::string> parts;
  int64_t amount = 0;
  bool digits = false, time = false;
  for (char c : lexical.substr(1)) {
    if (c >= '0' && c <= '9') {
      if (amount > 100000000) return std::string(lexical);
      amount = amount * 10 + (c - '0');
      digits = true;
      continue;
    }
    if (c == 'T') {
      time = true;
      continue;
    }
    const std::string_view unit = c == 'Y'   ? "year"
                                  : c == 'M' ? (time ? "minute" : "month")
                                  : c == 'D' ? "day"
                                  : c == 'H' ? "hour"
                                  : c == 'S' ? "second"
                                             : "";
    if (unit.empty() || !digits) return std::string(lexical);
    if (amount != 0) parts.push_back(messages.Counted(unit, amount));
    amount = 0;
    digits = false;
  }
  if (parts.empty()) return std::string(lexical);
  return JoinInWords(parts, language);
}

std::string MomentInWords(const Term& moment, std::string_view language) {
  const std::string_view lexical = moment.value();
  const size_t split = lexical.find('T');
  if (split == std::string_view::npos || lexical.size() < split + 6) return std::string(lexical);
  const std::optional<PartialDate> date =
      PartialDateOf(Term::Literal(lexical.substr(0, split), SANAD_XSD_NS "date"));
  if (!date.has_value() || !date->full()) return std::string(lexical);
  const Messages& messages = Messages::Of(language);
  const std::string day = DateInWords(*date, language);
  std::string_view time = lexical.substr(split + 1);
  if (time.starts_with("00:00:00")) return messages.Get("midnight", {day});
  // Seconds are shown where there are any.
  const bool seconds = time.size() >= 8 && time.substr(5, 3) != ":00";
  const std::string clock(time.substr(0, seconds ? 8 : 5));
  return messages.Get("moment", {day, clock});
}

std::string Renderer::Literal(const Term& term) const {
  const LiteralFamily family = FamilyOf(term.datatype());
  if (family == LiteralFamily::kBoolean) {
    return Messages::Of(language_).Get(term.value() == "true" || term.value() == "1" ? "yes"
                                                                                     : "no");
  }
  if (family == LiteralFamily::kDuration) return DurationInWords(term.value(), language_);
  if (std::optional<PartialDate> date = PartialDateOf(term); date.has_value() && !date->empty()) {
    std::string words = DateInWords(*date, language_);
    if (!words.empty()) return words;
  }
  if (term.datatype() == SANAD_XSD_NS "dateTime") return MomentInWords(term, language_);
  return term.value();
}

std::string Renderer::Measured(const Term& predicate, const Term& value, const Term& unit) const {
  const Property* property =
      vocabulary_.schema == nullptr ? nullptr : vocabulary_.schema->FindProperty(predicate);
  const std::string plain = Label(predicate, value);
  if (property == nullptr || property->unit.is_undefined()) return plain;
  const Term& given = unit.is_undefined() ? property->unit : unit;
  const std::optional<Decimal> amount = DecimalOf(value);
  if (!amount.has_value()) return plain;
  const std::optional<Decimal> converted =
      vocabulary_.schema->Convert(*amount, property->unit, given);
  if (!converted.has_value()) return plain;
  return Concat(given == property->unit ? plain : Shortened(*converted), " ", Label(given));
}

std::string Renderer::Label(const Term& predicate, const Term& value) const {
  if (!value.is_literal() || vocabulary_.schema == nullptr) return Label(value);
  const Property* property = vocabulary_.schema->FindProperty(predicate);
  if (property == nullptr) return Label(value);
  if (FamilyOf(value.datatype()) == LiteralFamily::kDuration && TakesDates(*property)) {
    return DistanceInWords(value.value(), language_);
  }
  const std::string key = Concat(LocalName(predicate.value()), ".", value.value());
  const Messages& messages = Messages::Of(language_);
  return messages.Has(key) ? messages.Get(key) : Label(value);
}

std::string Renderer::OwnLabel(const Term& term) const {
  const TermId id = reader_.Id(term);
  std::string fallback;
  for (std::string_view predicate : {iri::kRdfsLabel, iri::kSkosPrefLabel}) {
    for (const Term& label : reader_.TermsOf(reader_.Objects(id, reader_.Id(predicate), true))) {
      if (PrimaryTag(label.language()) == language_) return label.value();
    }
  }
  if (vocabulary_.lexicon != nullptr) {
    for (const LexicalEntry* entry : vocabulary_.lexicon->EntriesOf(term)) {
      if (entry->iri == term) {
        std::string_view label = entry->Label(language_);
        if (!label.empty()) return std::string(label);
      }
    }
  }
  return "";
}

std::string Renderer::Label(const Term& term) const {
  if (term.is_undefined()) return "";
  if (term.is_literal()) return Literal(term);
  std::string own = OwnLabel(term);
  if (!own.empty()) return own;
  const TermId id = reader_.Id(term);
  std::string any;
  for (std::string_view predicate : {iri::kRdfsLabel, iri::kSkosPrefLabel, iri::kSkosAltLabel}) {
    for (const Term& label : reader_.TermsOf(reader_.Objects(id, reader_.Id(predicate), true))) {
      if (label.language().empty()) return label.value();
      if (any.empty()) any = label.value();
    }
    if (!any.empty()) return any;
  }
  if (vocabulary_.lexicon != nullptr) {
    std::string_view label = vocabulary_.lexicon->LabelOf(term, language_);
    if (!label.empty()) return std::string(label);
  }
  return term.is_iri() ? LocalName(term.value()) : Concat("_:", term.value());
}

std::string Renderer::Distinction(const Term& term, const Types& types) const {
  if (vocabulary_.schema == nullptr) return "";
  const TermId thing = reader_.Id(term);
  for (const Term& property : vocabulary_.schema->ShownWith(types)) {
    for (const Term& value : reader_.TermsOf(reader_.Objects(thing, reader_.Id(property), true))) {
      return Label(property, value);
    }
  }
  // What it is joined to, where the vocabulary does not say what tells things apart.
  for (const Property* property : vocabulary_.schema->properties()) {
    if (property->datatype || !property->labelled) continue;
    for (const Term& value : reader_.TermsOf(reader_.Objects(thing, reader_.Id(property->iri)))) {
      if (value.is_iri()) return Label(value);
    }
  }
  return types.empty() ? term.value() : Label(types[0]);
}

}  // namespace sanad::question
