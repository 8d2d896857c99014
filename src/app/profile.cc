#include "app/profile.h"

#include <array>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <boost/json/parse.hpp>

#include "base/limits.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

struct Field {
  std::string_view name;
  std::vector<std::string> campaign::Profile::*to;
};
constexpr std::array<Field, 15> fields{{{"name", &campaign::Profile::names},
                                        {"names", &campaign::Profile::names},
                                        {"name_kana", &campaign::Profile::names},
                                        {"name_romaji", &campaign::Profile::names},
                                        {"postal_address", &campaign::Profile::postal_addresses},
                                        {"postal_addresses", &campaign::Profile::postal_addresses},
                                        {"phone", &campaign::Profile::phones},
                                        {"phones", &campaign::Profile::phones},
                                        {"mail_address", &campaign::Profile::mail_addresses},
                                        {"mail_addresses", &campaign::Profile::mail_addresses},
                                        {"member_no", &campaign::Profile::member_nos},
                                        {"member_nos", &campaign::Profile::member_nos},
                                        {"member_numbers", &campaign::Profile::member_nos},
                                        {"hardly_used", &campaign::Profile::hardly_used},
                                        {"hardly_used_addresses", &campaign::Profile::hardly_used}}};

/// A text, a list of texts, or an object whose values are texts ("member_nos" by company). False for all else.
bool take(const json::value& value, std::vector<std::string>& to) {
  if (value.is_null()) return true;
  if (value.is_string()) {
    to.emplace_back(value.get_string());
    return true;
  }
  if (value.is_int64() || value.is_uint64()) {
    to.push_back(value.is_int64() ? std::to_string(value.get_int64()) : std::to_string(value.get_uint64()));
    return true;
  }
  const auto is_item = [](const json::value& item) { return item.is_string() || item.is_int64() || item.is_uint64(); };
  if (value.is_array()) {
    for (const json::value& item : value.get_array())
      if (!is_item(item) || !take(item, to)) return false;
    return true;
  }
  if (!value.is_object()) return false;
  for (const auto& [key, item] : value.get_object())
    if (!is_item(item) || !take(item, to)) return false;
  return true;
}

}  // namespace

Result<campaign::Profile> parse_profile(std::string_view text, const std::string& where) {
  boost::system::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object())
    return fail(ErrorCode::bad_data,
                error ? "the profile is no JSON: " + error.message() : "the profile is no JSON object", where,
                R"(for example {"name": "…", "phone": "…"}; docs/formats/profile.md)");
  campaign::Profile profile;
  for (const Field& field : fields) {
    const json::value* found = value.get_object().if_contains({field.name.data(), field.name.size()});
    if (found != nullptr && !take(*found, profile.*field.to))
      return fail(ErrorCode::bad_data, fmt::format("'{}' in the profile is no text and no list of texts", field.name),
                  where, "docs/formats/profile.md");
  }
  return profile;
}

Result<campaign::Profile> read_profile(const std::filesystem::path& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), &std::fclose);
  if (!in)
    return fail(ErrorCode::unreadable, "the profile cannot be read", file.string(),
                "check the path and that you may read it");
  std::string text(limits::profile_bytes + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), in.get()));
  if (text.size() > limits::profile_bytes)
    return fail(ErrorCode::unreadable, "the profile is too large", file.string(), "is it the right file?");
  return parse_profile(text, file.string());
}

}  // namespace sekisho::app
