#include "app/calendar.h"

#include <chrono>

#include <fmt/format.h>

namespace sekisho::app {

Clock clock_at(std::int64_t seconds, std::int32_t zone_minutes) {
  const std::chrono::sys_seconds local{std::chrono::seconds(seconds + std::int64_t{zone_minutes} * 60)};
  const auto midnight = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{midnight};
  const std::chrono::hh_mm_ss time{local - midnight};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count())};
}

std::string iso_time(std::int64_t seconds, std::int32_t zone_minutes) {
  const Clock c = clock_at(seconds, zone_minutes);
  const int zone = zone_minutes < 0 ? -zone_minutes : zone_minutes;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute,
                     c.second, zone_minutes < 0 ? '-' : '+', zone / 60, zone % 60);
}

std::string short_time(std::int64_t seconds, std::int32_t zone_minutes) {
  const Clock c = clock_at(seconds, zone_minutes);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute);
}

std::string duration(std::int64_t seconds, const Voice& voice) {
  constexpr std::int64_t minute = 60, hour = 3'600, day = 86'400;
  const auto say = [&](std::string_view key, std::int64_t unit) {
    return voice.say(key, {{"n", std::to_string((seconds + unit / 2) / unit)}});
  };
  if (seconds < 100) return say("scan.unit.seconds", 1);
  if (seconds < 100 * minute) return say("scan.unit.minutes", minute);
  if (seconds < 36 * hour) return say("scan.unit.hours", hour);
  return say("scan.unit.days", day);
}

}  // namespace sekisho::app
