// Civil-calendar arithmetic on partial dates: resolving relative ones against a
// document's date, comparing what is given, reading literals.

#include <charconv>

#include "language/dates.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

// Days since 1970-01-01 and back (H. Hinnant, "chrono-compatible low-level date
// algorithms").
int64_t DaysOf(const PartialDate& d) {
  const int y = d.year - (d.month <= 2 ? 1 : 0);
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t yoe = y - era * 400;
  const int64_t doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  const int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

PartialDate DateOf(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t doe = days - era * 146097;
  const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int64_t mp = (5 * doy + 2) / 153;
  PartialDate out;
  out.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  out.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  out.year = static_cast<int>(yoe + era * 400 + (out.month <= 2 ? 1 : 0));
  return out;
}

int WeekdayOf(int64_t days) {  // 1 Monday … 7 Sunday.
  const int64_t w = (days + 3) % 7;
  return static_cast<int>(w < 0 ? w + 7 : w) + 1;
}

PartialDate MonthShifted(const PartialDate& from, int offset) {
  const int months = from.year * 12 + from.month - 1 + offset;
  return {months / 12, months % 12 + 1, 0};
}

PartialDate NearestWeekday(const PartialDate& document, int weekday, int offset) {
  const int64_t today = DaysOf(document);
  const int64_t back = (WeekdayOf(today) - weekday + 7) % 7;
  if (offset > 0) return DateOf(today + (back == 0 ? 7 : 7 - back));
  if (offset < 0) return DateOf(today - (back == 0 ? 7 : back));
  return DateOf(today - back);
}

// The year of a month (and day) that lies before or after the document's date.
int YearTowards(const PartialDate& date, const PartialDate& document, int direction) {
  const int here = document.month * 100 + document.day;
  const int there = date.month * 100 + (date.day != 0 ? date.day : document.day);
  const bool whole_month = date.day == 0 && date.month == document.month;
  if (direction < 0) return there < here && !whole_month ? document.year : document.year - 1;
  if (direction > 0) return there > here && !whole_month ? document.year : document.year + 1;
  return document.year;
}

bool ParseInt(std::string_view text, int& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

PartialDate Resolve(const DateSpan& span, const PartialDate& document) {
  PartialDate out = span.date;
  if (document.year == 0) return out;
  switch (span.unit) {
    case DateUnit::kDay:
      if (document.full()) out = DateOf(DaysOf(document) + span.offset);
      return out;
    case DateUnit::kWeekday:
      if (document.full()) out = NearestWeekday(document, span.weekday, span.offset);
      return out;
    case DateUnit::kMonth:
      if (document.month != 0) {
        const int day = out.day;
        out = MonthShifted(document, span.offset);
        out.day = day;
      }
      return out;
    case DateUnit::kYear:
      out.year = document.year + span.offset;
      return out;
    case DateUnit::kWeek:
      return out;  // No XSD type names a week.
    case DateUnit::kNone:
      break;
  }
  if (span.direction != 0 && out.month != 0 && out.year == 0 && document.full()) {
    out.year = YearTowards(out, document, span.direction);
  }
  return out;
}

std::optional<int> Compare(const PartialDate& a, const PartialDate& b) {
  const auto sign = [](int x, int y) { return x < y ? -1 : x > y ? 1 : 0; };
  if ((a.year == 0) != (b.year == 0)) return std::nullopt;
  if (a.year != 0 && a.year != b.year) return sign(a.year, b.year);
  if ((a.month == 0) != (b.month == 0)) return std::nullopt;
  if (a.month != 0 && a.month != b.month) return sign(a.month, b.month);
  if ((a.day == 0) != (b.day == 0)) return std::nullopt;
  return sign(a.day, b.day);
}

std::optional<PartialDate> PartialDateOf(const Term& literal) {
  const std::string_view type = literal.datatype();
  std::string_view v = literal.value();
  PartialDate out;
  // A timezone changes nothing here.
  if (v.ends_with('Z')) v.remove_suffix(1);
  bool ok = false;
  if (type == SANAD_XSD_NS "date") {
    v = v.substr(0, 10);
    ok = v.size() == 10 && ParseInt(v.substr(0, 4), out.year) &&
         ParseInt(v.substr(5, 2), out.month) && ParseInt(v.substr(8, 2), out.day);
  } else if (type == SANAD_XSD_NS "gYearMonth") {
    ok = v.size() >= 7 && ParseInt(v.substr(0, 4), out.year) && ParseInt(v.substr(5, 2), out.month);
  } else if (type == SANAD_XSD_NS "gYear") {
    ok = v.size() >= 4 && ParseInt(v.substr(0, 4), out.year);
  } else if (type == SANAD_XSD_NS "gMonthDay") {
    ok = v.size() >= 7 && ParseInt(v.substr(2, 2), out.month) && ParseInt(v.substr(5, 2), out.day);
  } else if (type == SANAD_XSD_NS "gMonth") {
    ok = v.size() >= 4 && ParseInt(v.substr(2, 2), out.month);
  } else if (type == SANAD_XSD_NS "gDay") {
    ok = v.size() >= 5 && ParseInt(v.substr(3, 2), out.day);
  }
  if (!ok) return std::nullopt;
  return out;
}

}  // namespace sanad
