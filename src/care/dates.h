// The Japanese calendar as courts count it: national holidays, days on which courts rest, last days of periods. The
// rules are data (knowledge/care/holidays.yaml). Pure; "today" is handed in. Safe from any thread.
//
// Sources: Act on National Holidays art. 2 and 3 (substitute holidays; a day between two holidays); Code of Civil
// Procedure art. 95 (periods follow the Civil Code; a last day on a Saturday, Sunday, holiday, 2-3 January or 29-31
// December ends on the following day that is none); Civil Code art. 140 (the first day is not counted); Act on Holidays
// of Courts art. 1 (Saturdays, Sundays, holidays, 29 December to 3 January).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/registers.h"

namespace sekisho::care {

using Day = std::chrono::sys_days;

/// "2026-11-23"; nothing else, no other day of the proleptic Gregorian calendar than 1900-2199.
std::optional<Day> find_day(std::string_view iso);
std::string iso(Day day);
/// "12月4日(金)", "12{月|がつ}4{日|か}" is left to data: plain Japanese says 12月4日(金) too; English "Friday 4
/// December 2026". The year is named when it is not `today`'s.
std::string in_words(Day day, Day today, const struct CalendarWords& words, Register speech);

struct CalendarWords {
  std::vector<Text> weekdays;  ///< Sunday first
  std::vector<Text> months;    ///< January first
  Text day, day_with_year;     ///< with {year} {month} {day} {weekday}
};

/// The rules from the data file.
struct HolidayRules {
  struct Fixed {
    std::string id;
    Text name;
    std::uint32_t month = 0, day = 0, from = 0, to = 9999;
  };
  struct HappyMonday {
    std::string id;
    Text name;
    std::uint32_t month = 0, week = 0, from = 0, to = 9999;
  };
  struct Equinox {
    std::uint32_t year = 0, spring = 0, autumn = 0;  ///< day of March, of September
  };
  /// A law moved the holiday `id` in that year; month 0: it was dropped.
  struct Exception {
    std::uint32_t year = 0, month = 0, day = 0;
    std::string id;
  };
  struct Rest {
    std::uint32_t from_month = 0, from_day = 0, to_month = 0, to_day = 0;
  };
  std::vector<Fixed> fixed;
  std::vector<HappyMonday> happy_mondays;
  Text spring_equinox, autumn_equinox, substitute, between;
  std::vector<Equinox> equinoxes;
  std::uint32_t confirmed_to = 0;  ///< last year whose equinoxes were announced
  std::vector<Exception> exceptions;
  std::vector<Rest> courts_rest;
  CalendarWords words;
  std::string source, as_of;
};

class Calendar {
 public:
  /// Borrows the rules.
  explicit Calendar(const HolidayRules& rules) : rules_(&rules) {}

  /// Name of the holiday, or null. Substitute and between-holidays included.
  const Text* holiday(Day day) const;
  /// Saturday, Sunday, holiday, or a day of the courts' year-end rest.
  bool courts_rest(Day day) const;
  /// `day`, or the first day after it on which courts work.
  Day working_day_from(Day day) const;
  /// The last day of a period of `days` that began on `received` (which is not counted), as art. 95 has it.
  Day last_day(Day received, std::chrono::days days) const;
  /// `count` working days after `day`.
  Day working_days_after(Day day, std::uint32_t count) const;
  /// Whether the holidays of that day's year are announced, not only computed or guessed.
  bool confirmed(Day day) const;

 private:
  const Text* rule_holiday(Day day) const;
  const HolidayRules* rules_;
};

}  // namespace sekisho::care
