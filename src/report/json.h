// JSON out: Boost.JSON for the values and the escaping, shortest round-trip digits for numbers (Boost 1.81 writes 1.25
// as 1.25E0). Always valid UTF-8, on one line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace sekisho::report {

/// `text` with every ill-formed UTF-8 sequence replaced by U+FFFD: file names may be any bytes.
std::string valid_utf8(std::string_view text);

/// Texts of any bytes as JSON strings.
boost::json::array array_of(const std::vector<std::string>& texts);
/// null for "".
boost::json::value or_null(const std::string& text);

std::string to_json(const boost::json::value& value);

}  // namespace sekisho::report
