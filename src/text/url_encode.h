// The percent-encode sets and forbidden code points of the WHATWG URL Standard (1.3, 3.1), as one table. Private to
// url*.cc. Pure; safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::text::url_internal {

enum CharClass : std::uint16_t {
  in_c0_set = 1,
  in_fragment_set = 2,
  in_query_set = 4,
  in_special_query_set = 8,
  in_path_set = 16,
  in_userinfo_set = 32,
  forbidden_in_host = 64,
  forbidden_in_domain = 128,
  plain_host = 256,  ///< a-z 0-9 - _ . : what needs no host parsing beyond xn-- and the last label
};

inline constexpr std::array<std::uint16_t, 256> char_classes = [] {
  std::array<std::uint16_t, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    const auto is_one_of = [c](std::string_view set) {
      return set.find(static_cast<char>(c)) != std::string_view::npos;
    };
    const bool c0 = c < 0x20 || c > 0x7E;
    const bool fragment = c0 || is_one_of(" \"<>`");
    const bool query = c0 || is_one_of(" \"#<>");
    const bool path = query || is_one_of("?^`{}");
    const bool userinfo = path || is_one_of("/:;=@[\\]|");
    const bool bad_host = c == 0 || is_one_of("\t\n\r #/:<>?@[\\]^|");
    table[c] = static_cast<std::uint16_t>(
        (c0 ? in_c0_set : 0) | (fragment ? in_fragment_set : 0) | (query ? in_query_set : 0) |
        (query || c == '\'' ? in_special_query_set : 0) | (path ? in_path_set : 0) | (userinfo ? in_userinfo_set : 0) |
        (bad_host ? forbidden_in_host : 0) | (bad_host || c < 0x20 || c == '%' || c == 0x7F ? forbidden_in_domain : 0) |
        ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ? plain_host : 0));
  }
  return table;
}();

inline bool is(char c, CharClass what) { return (char_classes[static_cast<unsigned char>(c)] & what) != 0; }

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// -1 when `c` is no hexadecimal digit.
inline int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

inline void append_encoded(std::string& out, std::string_view bytes, CharClass set) {
  constexpr char hex[] = "0123456789ABCDEF";
  out.reserve(out.size() + bytes.size());
  for (const char c : bytes) {
    if (!is(c, set)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
}

inline std::string percent_decode(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '%' && i + 2 < bytes.size()) {
      const int high = hex_value(bytes[i + 1]), low = hex_value(bytes[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += bytes[i];
  }
  return out;
}

}  // namespace sekisho::text::url_internal
