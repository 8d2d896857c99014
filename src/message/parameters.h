// "value; name=value; …" of Content-Type and Content-Disposition: RFC 2045 5.1, RFC 2231 continuations and charsets,
// and what mailers write instead (encoded-words in quotes, raw 8-bit, missing quotes and semicolons). Linear.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "message/message.h"

namespace sekisho::message {

struct Parameterised {
  std::string value;                                            ///< before the first ';', lower case, trimmed
  std::vector<std::pair<std::string, std::string>> parameters;  ///< lower-case names, decoded values
  /// First parameter of that name, "" when absent.
  std::string_view parameter(std::string_view name) const;
};

Parameterised parse_parameterised(std::string_view unfolded, std::string_view charset_hint, Message& message);

}  // namespace sekisho::message
