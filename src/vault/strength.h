// How hard a passphrase is to guess, for a hint before it is taken; it refuses nothing. zxcvbn inside.
#pragma once

#include <cstdint>
#include <string_view>

namespace sekisho::vault {

enum class Strength : std::uint8_t { weak, fair, strong };

/// weak: found within days by who has the folder and some machines; strong: not within years. Never less than weak for
/// an empty one.
Strength strength_of(std::string_view passphrase);

}  // namespace sekisho::vault
