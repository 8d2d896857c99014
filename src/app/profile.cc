#include "app/profile.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "app/json.h"
#include "base/limits.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

/// How a field's values are written in JSON.
enum class Form : std::uint8_t { texts, by_company, places };

struct FieldInfo {
  Field field;
  std::string_view name;
  Form form;
};
constexpr std::array<FieldInfo, field_count> infos{{{Field::name, "name", Form::texts},
                                                    {Field::name_kana, "name_kana", Form::texts},
                                                    {Field::name_romaji, "name_romaji", Form::texts},
                                                    {Field::postal_code, "postal_code", Form::texts},
                                                    {Field::postal_address, "postal_address", Form::texts},
                                                    {Field::phone, "phone", Form::texts},
                                                    {Field::mail_address, "mail_address", Form::texts},
                                                    {Field::hardly_used, "hardly_used", Form::texts},
                                                    {Field::member_no, "member_no", Form::by_company},
                                                    {Field::opened, "opened", Form::places},
                                                    {Field::typed, "typed", Form::places}}};

/// Other names under which a file may hold a field.
constexpr std::array<std::pair<std::string_view, Field>, 8> aliases{{{"names", Field::name},
                                                                     {"postal_addresses", Field::postal_address},
                                                                     {"phones", Field::phone},
                                                                     {"mail_addresses", Field::mail_address},
                                                                     {"member_nos", Field::member_no},
                                                                     {"member_numbers", Field::member_no},
                                                                     {"hardly_used_addresses", Field::hardly_used},
                                                                     {"typed_at", Field::typed}}};

Form form_of(Field field) { return infos[static_cast<std::size_t>(field)].form; }

/// The day in "2026-11-02", seconds since 1970 at its begin in UTC; nullopt for anything else.
std::optional<std::int64_t> day_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int year = 0;
  unsigned month = 0, day = 0;
  const auto number = [&](std::size_t at, std::size_t size, auto& to) {
    const char* end = text.data() + at + size;
    return std::from_chars(text.data() + at, end, to) == std::from_chars_result{end, std::errc()};
  };
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch() / std::chrono::seconds(1);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t from = text.find_first_not_of(blank);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blank) + 1 - from);
}

/// A text or a number as text; nullopt for all else.
std::optional<std::string> text_of(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  return std::nullopt;
}

/// {"where": "pay.example", "when": "2026-11-02"}; nullopt for all else.
std::optional<Entry> place_of(const json::value& value) {
  const json::object* object = value.if_object();
  const json::value* where = object == nullptr ? nullptr : object->if_contains("where");
  const json::value* when = object == nullptr ? nullptr : object->if_contains("when");
  const auto text = where == nullptr ? std::nullopt : text_of(*where);
  if (!text) return std::nullopt;
  return Entry{*text, when == nullptr ? std::string() : text_of(*when).value_or("")};
}

/// Adds what `value` holds; false when it is of another type.
bool take(Field field, const json::value& value, std::vector<Entry>& to) {
  if (value.is_null()) return true;
  if (const auto text = text_of(value)) {
    const auto entry = read_entry(field, *text);
    if (entry && !entry->value.empty()) to.push_back(*entry);
    return entry.has_value();
  }
  if (form_of(field) == Form::places)
    if (auto place = place_of(value)) {
      to.push_back(std::move(*place));
      return true;
    }
  if (const json::array* list = value.if_array())
    return std::all_of(list->begin(), list->end(), [&](const json::value& item) {
      return !item.is_array() && (!item.is_object() || form_of(field) == Form::places) && take(field, item, to);
    });
  const json::object* object = value.if_object();
  if (object == nullptr || form_of(field) == Form::places) return false;
  for (const auto& [label, item] : *object) {
    const auto text = text_of(item);
    if (!text) return false;
    to.push_back({*text, form_of(field) == Form::by_company ? std::string(label) : std::string()});
  }
  return true;
}

json::value value_of(Field field, const std::vector<Entry>& entries) {
  const bool labelled = form_of(field) == Form::by_company &&
                        std::all_of(entries.begin(), entries.end(), [](const Entry& e) { return !e.label.empty(); });
  json::object by_label;
  if (labelled)
    for (const Entry& entry : entries) by_label[entry.label] = entry.value;
  // Two numbers of one company, or one without a company, need a list.
  if (labelled && by_label.size() == entries.size()) return by_label;
  json::array list;
  for (const Entry& entry : entries) {
    if (form_of(field) == Form::places && !entry.label.empty())
      list.push_back(json::object{{"where", entry.value}, {"when", entry.label}});
    else if (form_of(field) == Form::by_company && !entry.label.empty())
      list.push_back(json::value(entry.label + '=' + entry.value));
    else
      list.push_back(json::value(entry.value));
  }
  if (list.size() == 1 && list.front().is_string() && form_of(field) == Form::texts) return list.front();
  return list;
}

tl::unexpected<Error> wrong_field(std::string_view field, const std::string& where) {
  return fail(ErrorCode::bad_data, Said{"data.profile_field", {{"field", std::string(field)}}},
              fmt::format("'{}' in the profile is no text and no list of texts", field), where,
              "docs/formats/profile.md");
}

}  // namespace

std::string_view name(Field field) { return infos[static_cast<std::size_t>(field)].name; }

std::optional<Field> find_field(std::string_view wanted) {
  for (const FieldInfo& info : infos)
    if (info.name == wanted) return info.field;
  for (const auto& [alias, field] : aliases)
    if (alias == wanted) return field;
  return std::nullopt;
}

std::vector<std::string> field_names() {
  std::vector<std::string> names;
  for (const FieldInfo& info : infos) names.emplace_back(info.name);
  return names;
}

bool Told::empty() const {
  return std::all_of(fields.begin(), fields.end(), [](const auto& entries) { return entries.empty(); });
}

Result<Entry> read_entry(Field field, std::string_view typed) {
  const std::string_view text = trimmed(typed);
  if (text.size() > limits::profile_item_bytes)
    return fail(ErrorCode::usage,
                Said{"usage.profile_value",
                     {{"field", std::string(name(field))}, {"bytes", std::to_string(limits::profile_item_bytes)}}},
                fmt::format("a value of '{}' is longer than {} bytes", name(field), limits::profile_item_bytes));
  if (form_of(field) == Form::by_company) {
    const std::size_t mark = text.find('=');
    if (mark != std::string_view::npos)
      return Entry{std::string(trimmed(text.substr(mark + 1))), std::string(trimmed(text.substr(0, mark)))};
  }
  if (form_of(field) == Form::places) {
    const std::size_t space = text.find_last_of(" \t");
    if (space != std::string_view::npos && day_of(text.substr(space + 1)))
      return Entry{std::string(trimmed(text.substr(0, space))), std::string(text.substr(space + 1))};
  }
  return Entry{std::string(text), {}};
}

Result<Told> parse_profile(std::string_view text, const std::string& where) {
  boost::system::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object()) {
    const std::string said = error ? error.message() : "another type";
    return fail(ErrorCode::bad_data, Said{"data.profile_json", {{"said", said}}},
                "the profile is no JSON object: " + said, where, R"(for example {"name": "…", "phone": "…"})");
  }
  Told told;
  for (const auto& [key, item] : value.get_object()) {
    const auto field = find_field({key.data(), key.size()});
    if (!field) continue;
    std::vector<Entry>& to = told.of(*field);
    if (!take(*field, item, to) || to.size() > limits::profile_items) return wrong_field(name(*field), where);
    for (const Entry& entry : to)
      if (entry.value.size() > limits::profile_item_bytes || entry.label.size() > limits::profile_item_bytes)
        return wrong_field(name(*field), where);
  }
  return told;
}

Result<Told> read_profile(const std::filesystem::path& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rbe"), &std::fclose);
  if (!in)
    return fail(ErrorCode::unreadable, Said{"data.unreadable", {}}, "the profile cannot be read", file.string(),
                "check the path and that you may read it");
  std::string text(limits::profile_bytes + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), in.get()));
  if (text.size() > limits::profile_bytes)
    return fail(ErrorCode::unreadable, Said{"data.too_large", {{"bytes", std::to_string(limits::profile_bytes)}}},
                "the profile is too large", file.string(), "is it the right file?");
  return parse_profile(text, file.string());
}

std::string write_profile(const Told& told) {
  json::object out;
  for (const FieldInfo& info : infos)
    if (!told.of(info.field).empty()) out[info.name] = value_of(info.field, told.of(info.field));
  return to_json(out);
}

campaign::Profile profile_of(const Told& told) {
  campaign::Profile profile;
  const auto add = [&](Field field, std::vector<std::string>& to) {
    for (const Entry& entry : told.of(field)) to.push_back(entry.value);
  };
  for (const Field field : {Field::name, Field::name_kana, Field::name_romaji}) add(field, profile.names);
  add(Field::postal_address, profile.postal_addresses);
  add(Field::phone, profile.phones);
  add(Field::mail_address, profile.mail_addresses);
  add(Field::hardly_used, profile.mail_addresses);  // a hardly used address is an own address too
  add(Field::hardly_used, profile.hardly_used);
  add(Field::member_no, profile.member_nos);
  std::sort(profile.mail_addresses.begin(), profile.mail_addresses.end());
  profile.mail_addresses.erase(std::unique(profile.mail_addresses.begin(), profile.mail_addresses.end()),
                               profile.mail_addresses.end());
  for (const Field field : {Field::opened, Field::typed})
    for (const Entry& entry : told.of(field))
      profile.visits.push_back({entry.value, day_of(entry.label).value_or(0), field == Field::typed});
  return profile;
}

}  // namespace sekisho::app
