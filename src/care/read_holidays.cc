// holidays.yaml.
#include "care/reading.h"

namespace sekisho::care {
namespace {

Result<std::uint32_t> between(const YAML::Node& map, std::string_view key, std::uint32_t least, std::uint32_t most,
                              const std::string& file) {
  if (!map[std::string(key)]) return fail(ErrorCode::bad_data, fmt::format("'{}' is missing", key), at(file, map));
  CARE_TRY(value, count_or(map, key, 0, file));
  if (value < least || value > most)
    return fail(ErrorCode::bad_data, fmt::format("'{}' must be from {} to {}", key, least, most),
                at(file, map[std::string(key)]));
  return value;
}

/// "12-29".
Result<std::pair<std::uint32_t, std::uint32_t>> month_day(const YAML::Node& map, std::string_view key,
                                                          const std::string& file) {
  CARE_TRY(text, text_of(map, key, file));
  const auto day = find_day("2000-" + text);
  if (!day) return fail(ErrorCode::bad_data, fmt::format("'{}' must be a month and a day, MM-DD", key), at(file, map));
  const std::chrono::year_month_day date(*day);
  return std::pair{static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
}

/// A holiday's name has no plain register of its own.
Result<Text> name_of(const YAML::Node& map, const std::string& file) {
  const YAML::Node node = map["name"];
  if (!node) return fail(ErrorCode::bad_data, "'name' is missing", at(file, map));
  CARE_CHECK(only_keys(node, file, {"ja", "en"}));
  CARE_TRY(ja, text_of(node, "ja", file));
  CARE_TRY(en, text_of(node, "en", file));
  return Text{ja, ja, en};
}

Result<void> read_fixed(const YAML::Node& root, const std::string& file, HolidayRules& rules) {
  CARE_TRY(list, list_at(root, "fixed", file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(node, file, {"id", "name", "month", "day", "from", "to"}));
    HolidayRules::Fixed fixed;
    CARE_TRY(id, text_of(node, "id", file));
    CARE_TRY(title, name_of(node, file));
    CARE_TRY(month, between(node, "month", 1, 12, file));
    CARE_TRY(day, between(node, "day", 1, 31, file));
    CARE_TRY(from, count_or(node, "from", 0, file));
    CARE_TRY(to, count_or(node, "to", 9999, file));
    rules.fixed.push_back({id, title, month, day, from, to});
  }
  return {};
}

Result<void> read_mondays(const YAML::Node& root, const std::string& file, HolidayRules& rules) {
  CARE_TRY(list, list_at(root, "happy_monday", file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(node, file, {"id", "name", "month", "week", "from", "to"}));
    CARE_TRY(id, text_of(node, "id", file));
    CARE_TRY(title, name_of(node, file));
    CARE_TRY(month, between(node, "month", 1, 12, file));
    CARE_TRY(week, between(node, "week", 1, 5, file));
    CARE_TRY(from, count_or(node, "from", 0, file));
    CARE_TRY(to, count_or(node, "to", 9999, file));
    rules.happy_mondays.push_back({id, title, month, week, from, to});
  }
  return {};
}

Result<void> read_equinoxes(const YAML::Node& root, const std::string& file, HolidayRules& rules) {
  const YAML::Node node = root["equinoxes"];
  if (!node) return fail(ErrorCode::bad_data, "'equinoxes' is missing", at(file, root));
  CARE_CHECK(only_keys(node, file, {"source", "confirmed_to", "days"}));
  CARE_TRY(confirmed_to, between(node, "confirmed_to", 1949, 2199, file));
  rules.confirmed_to = confirmed_to;
  CARE_TRY(list, list_at(node, "days", file));
  for (const auto& entry : list) {
    CARE_CHECK(only_keys(entry, file, {"year", "spring", "autumn"}));
    CARE_TRY(year, between(entry, "year", 1949, 2199, file));
    CARE_TRY(spring, between(entry, "spring", 19, 22, file));
    CARE_TRY(autumn, between(entry, "autumn", 21, 24, file));
    rules.equinoxes.push_back({year, spring, autumn});
  }
  for (const auto& equinox : rules.equinoxes)
    if (equinox.year == confirmed_to) return {};
  return fail(ErrorCode::bad_data, fmt::format("{} is said to be announced, but is not in the table", confirmed_to),
              at(file, node));
}

}  // namespace

Result<void> read_holidays(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file,
                       {"meta", "source", "as_of", "fixed", "happy_monday", "equinoxes", "exceptions", "courts_rest"}));
  HolidayRules rules;
  CARE_TRY(origin, origin_at(root, file));
  rules.source = origin.name;
  rules.as_of = origin.as_of;
  CARE_CHECK(read_fixed(root, file, rules));
  CARE_CHECK(read_mondays(root, file, rules));
  CARE_CHECK(read_equinoxes(root, file, rules));
  CARE_TRY(exceptions, list_at(root, "exceptions", file));
  for (const auto& node : exceptions) {
    CARE_CHECK(only_keys(node, file, {"year", "id", "month", "day"}));
    CARE_TRY(year, between(node, "year", 1949, 2199, file));
    CARE_TRY(id, text_of(node, "id", file));
    CARE_TRY(month, between(node, "month", 0, 12, file));
    CARE_TRY(day, between(node, "day", 0, 31, file));
    rules.exceptions.push_back({year, month, day, id});
  }
  CARE_TRY(rests, list_at(root, "courts_rest", file));
  for (const auto& node : rests) {
    CARE_CHECK(only_keys(node, file, {"from", "to"}));
    CARE_TRY(from, month_day(node, "from", file));
    CARE_TRY(to, month_day(node, "to", file));
    rules.courts_rest.push_back({from.first, from.second, to.first, to.second});
  }
  care.holidays = std::move(rules);
  return {};
}

}  // namespace sekisho::care
