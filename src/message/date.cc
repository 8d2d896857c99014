#include "message/date.h"

#include <array>
#include <utility>

#include "message/ascii.h"

namespace sekisho::message {
namespace {

/// Longer "dates" are attacks; the longest real one with a zone in words is under 80 bytes.
constexpr std::size_t longest_date = 200;

constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
// RFC 5322 4.3 plus the zones that Japanese and European mailers write.
constexpr std::array<std::pair<std::string_view, int>, 18> zones = {{{"ut", 0},
                                                                     {"utc", 0},
                                                                     {"gmt", 0},
                                                                     {"z", 0},
                                                                     {"jst", 540},
                                                                     {"kst", 540},
                                                                     {"est", -300},
                                                                     {"edt", -240},
                                                                     {"cst", -360},
                                                                     {"cdt", -300},
                                                                     {"mst", -420},
                                                                     {"mdt", -360},
                                                                     {"pst", -480},
                                                                     {"pdt", -420},
                                                                     {"cet", 60},
                                                                     {"cest", 120},
                                                                     {"msk", 180},
                                                                     {"hkt", 480}}};

/// Days since 1970-01-01 of a Gregorian date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::int64_t days_from_civil(int year, int month, int day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<std::int64_t>(year) - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

struct Reader {
  explicit Reader(std::string_view written) : text(written) {}
  std::string_view text;
  std::size_t at = 0;
  std::optional<int> year, month, day, hour, minute, second, offset;
  bool afternoon = false, morning = false;

  struct Number {
    int value = 0;
    std::size_t digits = 0;
  };
  Number number() {
    Number n;
    while (at < text.size() && is_digit(text[at])) {
      if (n.digits < 9) n.value = n.value * 10 + (text[at] - '0');
      ++n.digits;
      ++at;
    }
    return n;
  }
  bool next_is(std::string_view what) const { return text.substr(at).starts_with(what); }
  bool digit_at(std::size_t where) const { return where < text.size() && is_digit(text[where]); }

  void set_year(Number n) {
    if (n.digits == 2)
      year = n.value < 50 ? 2000 + n.value : 1900 + n.value;  // RFC 5322 4.3
    else if (n.digits == 3)
      year = 1900 + n.value;
    else
      year = n.value;
  }

  void read_number() {
    const Number first = number();
    if ((next_is(":") || (next_is(".") && day && year && !hour)) && digit_at(at + 1) && first.digits <= 2 && !hour) {
      const char separator = text[at];
      hour = first.value;
      ++at;
      minute = number().value;
      if (at < text.size() && text[at] == separator && digit_at(at + 1)) {
        ++at;
        second = number().value;
        if (next_is(".") && digit_at(at + 1)) {
          ++at;
          number();
        }
      }
    } else if (next_is("年")) {
      set_year(first);
    } else if (next_is("月")) {
      month = first.value;
    } else if (next_is("日")) {
      day = first.value;
    } else if (next_is("時")) {
      hour = first.value;
    } else if (next_is("分")) {
      minute = first.value;
    } else if (next_is("秒")) {
      second = first.value;
    } else if ((next_is("-") || next_is("/") || next_is(".")) && digit_at(at + 1) && !month && !day) {
      ++at;
      const Number second_number = number();
      Number third;
      if ((next_is("-") || next_is("/") || next_is(".")) && digit_at(at + 1)) {
        ++at;
        third = number();
      }
      if (first.digits == 4) {
        set_year(first);
        month = second_number.value;
        if (third.digits > 0) day = third.value;
      } else if (third.digits > 0) {
        const bool day_first = first.value > 12;
        day = day_first ? first.value : second_number.value;
        month = day_first ? second_number.value : first.value;
        set_year(third);
      }
    } else if (first.digits == 4 && !year && first.value >= 1900) {
      set_year(first);
    } else if (!day && first.digits <= 2) {
      day = first.value;
    } else if (!year && first.digits <= 4 && (month || day)) {
      set_year(first);
    }
  }

  void read_sign() {
    const bool minus = text[at] == '-';
    const std::size_t start = ++at;
    const Number n = number();
    if (!hour || n.digits < 2) {
      at = start;
      return;
    }
    int minutes = n.digits == 4 ? n.value / 100 * 60 + n.value % 100 : n.value * 60;
    if (n.digits == 2 && next_is(":") && digit_at(at + 1)) {
      ++at;
      minutes += number().value;
    }
    if ((n.digits == 4 || n.digits == 2) && minutes <= 14 * 60 && !offset) offset = minus ? -minutes : minutes;
  }

  void read_word() {
    const std::size_t start = at;
    while (at < text.size() && is_letter(text[at])) ++at;
    const std::string_view word = text.substr(start, at - start);
    if (word.size() >= 3 && !month) {
      for (std::size_t i = 0; i < months.size(); ++i)
        if (begins_with_word(word, months[i])) {
          month = static_cast<int>(i) + 1;
          return;
        }
    }
    if (same_word(word, "pm")) afternoon = true;
    if (same_word(word, "am")) morning = true;
    if (!hour || offset) return;
    for (const auto& [name, minutes] : zones)
      if (same_word(word, name)) offset = minutes;
  }

  void skip_comment() {
    int depth = 0;
    for (; at < text.size(); ++at) {
      if (text[at] == '(') ++depth;
      if (text[at] == ')' && --depth == 0) {
        ++at;
        return;
      }
    }
  }

  void read() {
    while (at < text.size()) {
      const char c = text[at];
      if (is_digit(c))
        read_number();
      else if (is_letter(c))
        read_word();
      else if (c == '(')
        skip_comment();
      else if (c == '+' || c == '-')
        read_sign();
      else if (next_is("午後"))
        afternoon = true, at += 6;
      else if (next_is("午前"))
        morning = true, at += 6;
      else
        ++at;
    }
  }
};

}  // namespace

std::optional<DateTime> parse_date(std::string_view utf8) {
  Reader reader(utf8.substr(0, longest_date));
  reader.read();
  if (!reader.year || !reader.month || !reader.day) return std::nullopt;
  int hour = reader.hour.value_or(0);
  if (reader.afternoon && hour < 12)
    hour += 12;
  else if (reader.morning && hour == 12)
    hour = 0;
  const int minute = reader.minute.value_or(0), second = reader.second.value_or(0);
  if (*reader.year < 1970 || *reader.year > 9999 || *reader.month < 1 || *reader.month > 12 || *reader.day < 1 ||
      *reader.day > days_in_month(*reader.year, *reader.month) || hour > 23 || minute > 59 || second > 60)
    return std::nullopt;
  DateTime date;
  date.offset_minutes = reader.offset;
  date.seconds = days_from_civil(*reader.year, *reader.month, *reader.day) * 86400 + hour * 3600 + minute * 60 +
                 second - reader.offset.value_or(0) * 60;
  return date;
}

}  // namespace sekisho::message
