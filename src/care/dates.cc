#include "care/dates.h"

#include <charconv>

#include <fmt/format.h>

namespace sekisho::care {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  for (const char c : text)
    if (c < '0' || c > '9') return std::nullopt;
  return value;
}

/// Days on which nobody works, one after the other, that are believed: a site's file that makes every day a holiday
/// must not send us round for ever. The longest real run (2019) was ten.
constexpr int longest_rest = 31;

struct Date {
  std::uint32_t year, month, day, weekday;  ///< weekday 0: Sunday
};

Date date_of(Day day) {
  const year_month_day ymd(day);
  return {static_cast<std::uint32_t>(static_cast<int>(ymd.year())), static_cast<unsigned>(ymd.month()),
          static_cast<unsigned>(ymd.day()), std::chrono::weekday(day).c_encoding()};
}

/// Compares month and day alone.
bool at_or_after(std::uint32_t month, std::uint32_t day, std::uint32_t than_month, std::uint32_t than_day) {
  return month != than_month ? month > than_month : day >= than_day;
}

bool inside(const HolidayRules::Rest& rest, const Date& date) {
  const bool after_start = at_or_after(date.month, date.day, rest.from_month, rest.from_day);
  const bool before_end = at_or_after(rest.to_month, rest.to_day, date.month, date.day);
  const bool over_new_year = !at_or_after(rest.to_month, rest.to_day, rest.from_month, rest.from_day);
  return over_new_year ? after_start || before_end : after_start && before_end;
}

}  // namespace

std::optional<Day> find_day(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = digits(iso.substr(0, 4)), month = digits(iso.substr(5, 2)), day = digits(iso.substr(8, 2));
  if (!year || !month || !day || *year < 1900 || *year > 2199) return std::nullopt;
  const year_month_day ymd{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                           std::chrono::day(*day)};
  if (!ymd.ok()) return std::nullopt;
  return Day(ymd);
}

std::string iso(Day day) {
  const Date date = date_of(day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string in_words(Day day, Day today, const CalendarWords& words, Register speech) {
  const Date date = date_of(day);
  const Text& form = date.year == date_of(today).year ? words.day : words.day_with_year;
  return filled(form.in(speech), [&](std::string_view slot) -> std::string {
    if (slot == "year") return std::to_string(date.year);
    if (slot == "month") return words.months.size() == 12 ? words.months[date.month - 1].in(speech) : "";
    if (slot == "day") return std::to_string(date.day);
    return words.weekdays.size() == 7 ? words.weekdays[date.weekday].in(speech) : "";
  });
}

const Text* Calendar::rule_holiday(Day day) const {
  const Date date = date_of(day);
  const auto moved = [&](const std::string& id) -> const HolidayRules::Exception* {
    for (const auto& exception : rules_->exceptions)
      if (exception.year == date.year && exception.id == id) return &exception;
    return nullptr;
  };
  const auto falls_here = [&](const std::string& id, bool by_rule) {
    const auto* exception = moved(id);
    return exception == nullptr ? by_rule : exception->month == date.month && exception->day == date.day;
  };
  for (const auto& fixed : rules_->fixed)
    if (date.year >= fixed.from && date.year <= fixed.to &&
        falls_here(fixed.id, date.month == fixed.month && date.day == fixed.day))
      return &fixed.name;
  for (const auto& monday : rules_->happy_mondays)
    if (date.year >= monday.from && date.year <= monday.to &&
        falls_here(monday.id, date.month == monday.month && date.weekday == 1 && (date.day - 1) / 7 + 1 == monday.week))
      return &monday.name;
  for (const auto& equinox : rules_->equinoxes) {
    if (equinox.year != date.year) continue;
    if (date.month == 3 && date.day == equinox.spring) return &rules_->spring_equinox;
    if (date.month == 9 && date.day == equinox.autumn) return &rules_->autumn_equinox;
  }
  return nullptr;
}

const Text* Calendar::holiday(Day day) const {
  if (const Text* name = rule_holiday(day)) return name;
  // Art. 3 (2): a holiday on a Sunday is made up for on the next day that is no holiday; so every day from that Sunday
  // up to here must be one.
  Day before = day - days(1);
  for (int i = 0; i < longest_rest && rule_holiday(before) != nullptr; ++i, before -= days(1))
    if (std::chrono::weekday(before) == std::chrono::Sunday) return &rules_->substitute;
  // Art. 3 (3): a day between two holidays.
  if (rule_holiday(day - days(1)) != nullptr && rule_holiday(day + days(1)) != nullptr) return &rules_->between;
  return nullptr;
}

bool Calendar::courts_rest(Day day) const {
  const Date date = date_of(day);
  if (date.weekday == 0 || date.weekday == 6) return true;
  for (const auto& rest : rules_->courts_rest)
    if (inside(rest, date)) return true;
  return holiday(day) != nullptr;
}

Day Calendar::working_day_from(Day day) const {
  for (int i = 0; i < longest_rest && courts_rest(day); ++i) day += days(1);
  return day;
}

Day Calendar::last_day(Day received, days length) const { return working_day_from(received + length); }

Day Calendar::working_days_after(Day day, std::uint32_t count) const {
  for (std::uint32_t i = 0; i < count; ++i) day = working_day_from(day + days(1));
  return day;
}

bool Calendar::confirmed(Day day) const { return date_of(day).year <= rules_->confirmed_to; }

}  // namespace sekisho::care
