// The few UTF-8 steps that charset, fold and their neighbours share: next code point, append, validate. Nothing here
// allocates but `append`. Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace sekisho::text {

inline constexpr char32_t replacement = U'\uFFFD';

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 0;  ///< bytes it takes; 0 at the end of the text
};

/// The code point that starts at `at`. `utf8` must be valid and `at` on a boundary; at the end gives size 0. A sequence
/// cut by the end of the view (a bug of the caller) is read as U+FFFD of what is left, never beyond the view.
inline CodePoint code_point_at(std::string_view utf8, std::size_t at) {
  if (at >= utf8.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (utf8.size() - at < size) return {replacement, static_cast<std::uint32_t>(utf8.size() - at)};
  if (size == 2) return {char32_t((lead & 0x1F) << 6 | (byte(1) & 0x3F)), 2};
  if (size == 3) return {char32_t((lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F)), 3};
  return {char32_t((lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F)), 4};
}

/// The code point that ends right before `end`; size 0 at the start of the text.
inline CodePoint code_point_before(std::string_view utf8, std::size_t end) {
  if (end == 0 || end > utf8.size()) return {};
  std::size_t start = end - 1;
  while (start > 0 && end - start < 4 && (static_cast<unsigned char>(utf8[start]) & 0xC0) == 0x80) --start;
  CodePoint found = code_point_at(utf8.substr(0, end), start);
  found.size = static_cast<std::uint32_t>(end - start);
  return found;
}

/// Bytes that `c` takes in UTF-8.
inline std::uint32_t utf8_size(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

/// Writes `c` at `to` (room for 4 bytes) and returns the bytes written. `c` must be a Unicode scalar value.
inline std::uint32_t put_utf8(char32_t c, char* to) {
  if (c < 0x80) {
    to[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    to[0] = static_cast<char>(0xC0 | c >> 6);
    to[1] = static_cast<char>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    to[0] = static_cast<char>(0xE0 | c >> 12);
    to[1] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    to[2] = static_cast<char>(0x80 | (c & 0x3F));
    return 3;
  }
  to[0] = static_cast<char>(0xF0 | c >> 18);
  to[1] = static_cast<char>(0x80 | (c >> 12 & 0x3F));
  to[2] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
  to[3] = static_cast<char>(0x80 | (c & 0x3F));
  return 4;
}

/// Appends `c`, or U+FFFD when it is a surrogate or beyond U+10FFFF.
inline void append_utf8(std::string& to, char32_t c) {
  if ((c >= 0xD800 && c < 0xE000) || c > 0x10FFFF) c = replacement;
  char bytes[4];
  to.append(bytes, put_utf8(c, bytes));
}

/// Length of the longest prefix that is all ASCII.
std::size_t ascii_prefix(std::string_view bytes);

/// Length of the longest prefix that is valid UTF-8 (RFC 3629: no overlong form, no surrogate, up to U+10FFFF).
std::size_t valid_prefix(std::string_view bytes);

/// Length of the ill-formed sequence at the start of `bytes`, which is replaced by one U+FFFD: the "maximal subpart" of
/// the Unicode Standard 3.9 (WHATWG Encoding decoder). At least 1; `bytes` must start ill-formed.
std::size_t ill_formed_length(std::string_view bytes);

/// Han, hiragana, katakana and the marks used only among them; not Hangul, which is written with spaces.
constexpr bool is_kanji(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFD) || c == 0x3005 || c == 0x3006 || c == 0x3007;
}
constexpr bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x309F; }
/// Katakana including the long-vowel mark ー and half-width forms, without the interpunct ・.
constexpr bool is_katakana(char32_t c) {
  return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF) ||
         (c >= 0xFF66 && c <= 0xFF9F);
}
/// Characters between which a space or line break carries no meaning: the above, and CJK and full-width punctuation.
constexpr bool is_cjk(char32_t c) {
  if (c < 0x3001) return false;
  return is_kanji(c) || is_hiragana(c) || is_katakana(c) || (c >= 0x3001 && c <= 0x303F) || c == 0x30FB ||
         (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
         (c >= 0xFF5B && c <= 0xFF65);
}

}  // namespace sekisho::text
