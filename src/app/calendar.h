// Times in words, without locale and without the machine's zone. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "app/voice.h"

namespace sekisho::app {

/// A time taken apart in a zone.
struct Clock {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
};
Clock clock_at(std::int64_t seconds, std::int32_t zone_minutes);

/// "2026-06-16T05:43:51+09:00" (RFC 3339).
std::string iso_time(std::int64_t seconds, std::int32_t zone_minutes);
/// "2026-06-16 05:43".
std::string short_time(std::int64_t seconds, std::int32_t zone_minutes);
/// "about 20 minutes", "約20分": one unit, rounded as people speak.
std::string duration(std::int64_t seconds, const Voice& voice);

}  // namespace sekisho::app
