// JSON out: Boost.JSON for the values and the escaping, shortest round-trip digits for numbers (Boost 1.81 writes 1.25
// as 1.25E0). Always valid UTF-8, on one line.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace sekisho::app {

/// `text` with every ill-formed UTF-8 sequence replaced by U+FFFD: file names may be any bytes.
std::string valid_utf8(std::string_view text);

std::string to_json(const boost::json::value& value);

}  // namespace sekisho::app
