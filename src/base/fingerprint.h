// A short name for some bytes, to tell two versions apart. Not a digest against an adversary.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho {

/// FNV-1a, 64 bit (draft-eastlake-fnv).
constexpr std::uint64_t fingerprint(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

/// Its first 12 hexadecimal digits.
std::string fingerprint_text(std::string_view bytes);

}  // namespace sekisho
