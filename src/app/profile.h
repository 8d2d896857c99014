// What a person tells about themselves so that a scan can say what strangers know (docs/formats/profile.md): as the
// fields of a profile file, and as what the campaign layer looks for. From a file of theirs (`scan --profile`,
// `me import`) or from what `sekisho me` keeps. Never logged, and printed only by `sekisho me` itself.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "campaign/exposure.h"

namespace sekisho::app {

/// The fields, in the order in which they are asked and shown.
enum class Field : std::uint8_t {
  name,
  name_kana,
  name_romaji,
  postal_code,
  postal_address,
  phone,
  mail_address,
  hardly_used,
  member_no,
  opened,
  typed
};
inline constexpr std::size_t field_count = 11;
std::string_view name(Field field);
std::optional<Field> find_field(std::string_view name);
/// The names of all fields, for complaints and completion.
std::vector<std::string> field_names();

struct Entry {
  std::string value;
  std::string label;  ///< of a member number, the company; of what was opened or typed, its day "2026-11-02"; or ""
};

/// Everything told, by field.
struct Told {
  std::array<std::vector<Entry>, field_count> fields;

  std::vector<Entry>& of(Field field) { return fields[static_cast<std::size_t>(field)]; }
  const std::vector<Entry>& of(Field field) const { return fields[static_cast<std::size_t>(field)]; }
  bool empty() const;
};

/// One value as a person types it: "Some shop=40718225", "pay.example 2026-11-02", or just the value. Error usage when
/// it is longer than limits::profile_item_bytes.
Result<Entry> read_entry(Field field, std::string_view typed);

/// Every field is optional, unknown fields are passed over, nothing need be a valid number or code. Error bad_data when
/// it is no JSON object, a field has another type, or holds more than limits::profile_items.
Result<Told> parse_profile(std::string_view json, const std::string& where);
/// Error unreadable when the file cannot be read or is larger than limits::profile_bytes.
Result<Told> read_profile(const std::filesystem::path& file);
/// One JSON object that parse_profile() reads as the same again.
std::string write_profile(const Told& told);

campaign::Profile profile_of(const Told& told);

}  // namespace sekisho::app
