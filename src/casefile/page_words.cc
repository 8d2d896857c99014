#include "casefile/page_words.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "text/utf8.h"

namespace sekisho::casefile {

namespace {

constexpr std::int64_t day_seconds = 86'400;
/// Years 0 to 9999: what lies outside comes from a broken date and is shown at the end of them.
constexpr std::int64_t least_time = -62'135'596'800, most_time = 253'402'300'799 - 2 * day_seconds;

std::chrono::year_month_day date_of(std::int64_t days) {
  return std::chrono::sys_days(std::chrono::days(static_cast<int>(days)));
}

}  // namespace

std::string PageWords::say(std::string_view key, Slots slots) const {
  // Plain Japanese has words of its own where it differs (words_casefile_plain.yaml).
  std::string name = fmt::format("casefile_plain.{}", key);
  if (speech_ != care::Register::ja_plain || !knowledge_.has_words(name)) name = fmt::format("casefile.{}", key);
  const std::string spoken = care::spoken(knowledge_.words(name).in(japanese() ? "ja" : "en"));
  return care::filled(spoken, [&](std::string_view slot) {
    const auto found = std::find_if(slots.begin(), slots.end(), [&](const auto& one) { return one.first == slot; });
    return found == slots.end() ? std::string() : found->second;
  });
}

std::string PageWords::joined(const std::vector<std::string>& parts) const {
  return fmt::format("{}", fmt::join(parts, japanese() ? "、" : ", "));
}

PageWords::Local PageWords::local(std::int64_t time) const {
  const std::int64_t seconds = std::clamp(time, least_time, most_time) + std::int64_t{zone_minutes_} * 60;
  std::int64_t days = seconds / day_seconds;
  if (seconds % day_seconds < 0) --days;
  return {days, static_cast<std::uint32_t>((seconds - days * day_seconds) / 60)};
}

std::string PageWords::day(std::int64_t time) const {
  const std::int64_t days = local(time).day;
  const auto date = date_of(days);
  const std::string weekdays = say("date.weekdays");
  // The seven words are separated by spaces, Sunday first.
  std::size_t at = 0;
  for (unsigned i = std::chrono::weekday(std::chrono::sys_days(date)).c_encoding(); i > 0 && at != std::string::npos;
       --i)
    at = weekdays.find(' ', at) + 1;
  const std::string weekday = weekdays.substr(at, weekdays.find(' ', at) - at);
  return say("date.day", {{"year", fmt::format("{}", static_cast<int>(date.year()))},
                          {"month", fmt::format("{}", static_cast<unsigned>(date.month()))},
                          {"day", fmt::format("{}", static_cast<unsigned>(date.day()))},
                          {"iso", fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                              static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()))},
                          {"weekday", weekday}});
}

std::string PageWords::moment(const Moment& moment) const {
  if (moment.known == Moment::Known::to_the_day) return day(moment.time);
  const std::uint32_t minute = local(moment.time).minute;
  return fmt::format("{} {}:{:02}", day(moment.time), minute / 60, minute % 60);
}

std::string PageWords::short_moment(const Moment& moment) const {
  const Local at = local(moment.time);
  const auto date = date_of(at.day);
  std::string out = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                static_cast<unsigned>(date.day()));
  if (moment.known == Moment::Known::to_the_minute) out += fmt::format(" {:02}:{:02}", at.minute / 60, at.minute % 60);
  return out;
}

std::string PageWords::rfc3339(std::int64_t time) const {
  const Local at = local(time);
  const auto date = date_of(at.day);
  const int zone = std::clamp(zone_minutes_, -14 * 60, 14 * 60), size = zone < 0 ? -zone : zone;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:00{}{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), at.minute / 60,
                     at.minute % 60, zone < 0 ? '-' : '+', size / 60, size % 60);
}

std::string PageWords::chart_day(std::int64_t days) const {
  const auto date = date_of(days);
  return fmt::format("{}/{}", static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string PageWords::duration(std::int64_t seconds) const {
  constexpr std::pair<std::int64_t, std::string_view> units[] = {
      {day_seconds, "unit.days"}, {3'600, "unit.hours"}, {60, "unit.minutes"}, {1, "unit.seconds"}};
  for (const auto& [size, key] : units)
    if (seconds >= size) return say(key, {{"n", std::to_string((seconds + size / 2) / size)}});
  return say("unit.seconds", {{"n", "0"}});
}

std::string shortened(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t letters = 0; at < text.size(); ++letters) {
    if (letters == most) return std::string(text.substr(0, at)) + "…";
    at += text::code_point_at(text, at).size;
  }
  return std::string(text);
}

}  // namespace sekisho::casefile
