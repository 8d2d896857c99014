// profile.json: what a person tells about themselves so that a scan can say what strangers know
// (docs/formats/profile.md). Read once; never printed, never logged.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "campaign/exposure.h"

namespace sekisho::app {

/// Every field is optional, unknown fields are passed over, nothing need be a valid number or code. Error bad_data when
/// it is no JSON object or a field has another type.
Result<campaign::Profile> parse_profile(std::string_view json, const std::string& where);
/// Error unreadable when the file cannot be read or is larger than limits::profile_bytes.
Result<campaign::Profile> read_profile(const std::filesystem::path& file);

}  // namespace sekisho::app
