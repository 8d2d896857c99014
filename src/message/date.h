// Dates of mail headers, read liberally: RFC 5322, its obsolete forms, ISO 8601, Japanese 年月日. Own code because the
// answer must not depend on the machine's zone or locale. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sekisho::message {

struct DateTime {
  std::int64_t seconds = 0;           ///< since 1970-01-01 UTC; a missing zone is read as UTC
  std::optional<int> offset_minutes;  ///< as written
};

/// nullopt when there is no day, month and year, or one is out of range.
std::optional<DateTime> parse_date(std::string_view utf8);

}  // namespace sekisho::message
