// One entry of a log as text, and back (docs/formats/case.md). Entries follow each other in log.txt of an export as
// they are here, so that anybody can check a case with sha256sum. One entry has one spelling. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "vault/case.h"

namespace sekisho::vault {

/// Error usage when a value cannot stand in a log: empty where it must be said, control characters, longer than
/// limits::case_value_bytes.
Result<std::string> write_entry(const Entry& entry);

/// Takes the first entry off `text`; false (and `text` unchanged) when none stands there.
bool take_entry(std::string_view& text, Entry& entry);

}  // namespace sekisho::vault
