#include "care/dates.h"

#include <gtest/gtest.h>

#include "care/care.h"

namespace sekisho::care {
namespace {

const Care& data() {
  static const Care care = *read_care(SEKISHO_SOURCE_DIR "/knowledge/care");
  return care;
}

Day day(std::string_view text) {
  const auto found = find_day(text);
  EXPECT_TRUE(found) << text;
  return found.value_or(Day{});
}

std::string holiday(std::string_view text) {
  const Text* name = Calendar(data().holidays).holiday(day(text));
  return name == nullptr ? "" : name->ja;
}

std::string last(std::string_view received, int days = 14) {
  return iso(Calendar(data().holidays).last_day(day(received), std::chrono::days(days)));
}

TEST(Days, AreReadAndWrittenAsIso) {
  EXPECT_EQ(iso(day("2026-11-23")), "2026-11-23");
  EXPECT_EQ(iso(day("2028-02-29")), "2028-02-29");
  for (const char* wrong : {"", "2026-02-29", "2026-13-01", "2026-1-1", "2026-11-31", "20261123", "2026/11/23",
                            "1899-01-01", "2200-01-01", "+026-11-23", "2026-11-2x", "2026-11-233"})
    EXPECT_FALSE(find_day(wrong)) << wrong;
}

TEST(Holidays, FixedAndMondayOnes) {
  EXPECT_EQ(holiday("2026-01-01"), "元日");
  EXPECT_EQ(holiday("2026-11-23"), "勤労感謝の日");
  EXPECT_EQ(holiday("2026-01-12"), "成人の日");
  EXPECT_EQ(holiday("2026-07-20"), "海の日");
  EXPECT_EQ(holiday("2026-10-12"), "スポーツの日");
  EXPECT_EQ(holiday("2026-10-13"), "");
  EXPECT_EQ(holiday("2026-01-05"), "") << "the first Monday is none";
}

TEST(Holidays, EquinoxesComeFromTheTable) {
  EXPECT_EQ(holiday("2026-03-20"), "春分の日");
  EXPECT_EQ(holiday("2026-09-23"), "秋分の日");
  EXPECT_EQ(holiday("2027-03-21"), "春分の日");
  EXPECT_EQ(holiday("2027-03-20"), "");
}

TEST(Holidays, OneOnASundayIsMadeUpFor) {
  EXPECT_EQ(holiday("2027-03-22"), "振替休日") << "21 March 2027 is a Sunday";
  EXPECT_EQ(holiday("2026-05-03"), "憲法記念日");
  EXPECT_EQ(holiday("2026-05-06"), "振替休日") << "3 May is a Sunday; 4 and 5 are holidays";
  EXPECT_EQ(holiday("2026-05-07"), "");
  EXPECT_EQ(holiday("2025-11-24"), "振替休日");
}

TEST(Holidays, ADayBetweenTwoIsOne) {
  EXPECT_EQ(holiday("2026-09-22"), "国民の休日") << "Monday 21 is Respect for the Aged Day, 23 the equinox";
  EXPECT_EQ(holiday("2026-09-24"), "");
}

TEST(Holidays, TheYearsThatALawMoved) {
  EXPECT_EQ(holiday("2021-07-22"), "海の日");
  EXPECT_EQ(holiday("2021-07-19"), "");
  EXPECT_EQ(holiday("2021-10-11"), "");
}

TEST(CourtsRest, OverTheYearEnd) {
  const Calendar calendar(data().holidays);
  EXPECT_FALSE(calendar.courts_rest(day("2026-12-28")));
  for (const char* rest : {"2026-12-29", "2026-12-31", "2027-01-01", "2027-01-03", "2026-11-21", "2026-11-22"})
    EXPECT_TRUE(calendar.courts_rest(day(rest))) << rest;
  EXPECT_FALSE(calendar.courts_rest(day("2027-01-04")));
}

TEST(LastDay, TheDayOfReceiptIsNotCounted) {
  EXPECT_EQ(last("2026-11-20"), "2026-12-04");
  EXPECT_EQ(last("2026-06-01"), "2026-06-15");
}

TEST(LastDay, OnAWeekendMovesToMonday) {
  EXPECT_EQ(last("2026-11-07"), "2026-11-24") << "Saturday 21, Sunday 22, holiday Monday 23";
  EXPECT_EQ(last("2026-05-30"), "2026-06-15");
}

TEST(LastDay, OverTheYearEndMovesToTheFirstWorkingDay) {
  EXPECT_EQ(last("2026-12-15"), "2027-01-04") << "29 December";
  EXPECT_EQ(last("2026-12-14"), "2026-12-28");
  EXPECT_EQ(last("2027-12-18"), "2028-01-04") << "1 January";
  EXPECT_EQ(last("2025-12-20"), "2026-01-05") << "3 January 2026 is a Saturday, 4 a Sunday";
}

TEST(LastDay, AroundLeapDays) {
  EXPECT_EQ(last("2028-02-15"), "2028-02-29");
  EXPECT_EQ(last("2027-02-15"), "2027-03-01");
  EXPECT_EQ(last("2028-02-16"), "2028-03-01");
}

TEST(LastDay, InGoldenWeek) {
  EXPECT_EQ(last("2026-04-20"), "2026-05-07") << "4 to 6 May rest";
  EXPECT_EQ(last("2026-09-08"), "2026-09-24") << "22 lies between two holidays, 23 is the equinox";
}

TEST(WorkingDays, SkipRest) {
  const Calendar calendar(data().holidays);
  EXPECT_EQ(iso(calendar.working_days_after(day("2026-11-20"), 1)), "2026-11-24");
  EXPECT_EQ(iso(calendar.working_days_after(day("2026-11-20"), 0)), "2026-11-20");
  EXPECT_EQ(iso(calendar.working_days_after(day("2026-12-28"), 1)), "2027-01-04");
}

TEST(Table, ItsEndIsSaid) {
  const Calendar calendar(data().holidays);
  const auto last_year = data().holidays.confirmed_to;
  EXPECT_TRUE(calendar.confirmed(day(std::to_string(last_year) + "-12-31")));
  EXPECT_FALSE(calendar.confirmed(day(std::to_string(last_year + 1) + "-01-01")));
}

TEST(Calendar, AFileThatMakesEveryDayAHolidayDoesNotSendUsRoundForEver) {
  HolidayRules rules = data().holidays;
  for (std::uint32_t month = 1; month <= 12; ++month)
    for (std::uint32_t d = 1; d <= 31; ++d) rules.fixed.push_back({"x", {"x", "x", "x"}, month, d});
  const Calendar calendar(rules);
  EXPECT_EQ(iso(calendar.last_day(day("2026-06-01"), std::chrono::days(14))), "2026-07-16");
}

TEST(Words, NameTheWeekday) {
  const CalendarWords& words = data().holidays.words;
  EXPECT_EQ(in_words(day("2026-12-04"), day("2026-11-23"), words, Register::ja), "12月4日(金)");
  EXPECT_EQ(in_words(day("2027-01-04"), day("2026-11-23"), words, Register::ja), "2027年1月4日(月)");
  EXPECT_EQ(in_words(day("2026-12-04"), day("2026-11-23"), words, Register::en), "Friday 4 December");
}

}  // namespace
}  // namespace sekisho::care
