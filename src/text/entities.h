// Character references of HTML (WHATWG HTML 13.2.5.72-80): `&amp;`, `&nbsp`, `&#x3042;`. Called by the HTML reader for
// text and attribute values. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::text {

/// Where a reference stands decides how a name without ';' is read: `?a=1&copy=2` in an attribute is no ©.
enum class ReferenceIn { text, attribute };

struct CharacterReference {
  std::size_t consumed = 0;  ///< bytes from '&' on; 0 when there is no reference and '&' stands for itself
  char32_t first = 0;        ///< never a surrogate or above U+10FFFF
  char32_t second = 0;       ///< 0 for nearly all
};

/// `at` begins with '&'. Looks at 40 bytes at most, but for the digits of a numeric reference, which it consumes.
CharacterReference read_character_reference(std::string_view at, ReferenceIn where);

/// `value` with its references replaced; what is none stays.
std::string decode_character_references(std::string_view value, ReferenceIn where);

}  // namespace sekisho::text
