// Small ASCII helpers that every file of this layer needs: mail syntax is ASCII whatever the locale says. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sekisho::message {

constexpr bool is_space(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alnum(char c) { return is_digit(c) || is_letter(c); }
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_lower(c);
  return out;
}

constexpr bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  return true;
}

constexpr bool begins_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && same_word(text.substr(0, word.size()), word);
}

constexpr bool ends_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && same_word(text.substr(text.size() - word.size()), word);
}

/// Position of `needle` (lower case) in `text`, ASCII case-insensitively; npos when absent.
inline std::size_t find_word(std::string_view text, std::string_view needle, std::size_t from = 0) {
  if (needle.empty() || text.size() < needle.size()) return std::string_view::npos;
  const char first = needle.front();
  for (std::size_t at = from; at + needle.size() <= text.size(); ++at)
    if (to_lower(text[at]) == first && same_word(text.substr(at, needle.size()), needle)) return at;
  return std::string_view::npos;
}

constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  return text;
}

/// The end of the line that starts at `from`: position of '\n' or the end of `text`.
inline std::size_t line_end(std::string_view text, std::size_t from) {
  const std::size_t at = text.find('\n', from);
  return at == std::string_view::npos ? text.size() : at;
}

/// One line without its line end and the '\r's before it.
inline std::string_view line_at(std::string_view text, std::size_t from, std::size_t end) {
  while (end > from && text[end - 1] == '\r') --end;
  return text.substr(from, end - from);
}

/// The longest prefix of at most `most` bytes that cuts no UTF-8 character.
constexpr std::string_view cut_utf8(std::string_view utf8, std::size_t most) {
  if (utf8.size() <= most) return utf8;
  while (most > 0 && (static_cast<unsigned char>(utf8[most]) & 0xC0) == 0x80) --most;
  return utf8.substr(0, most);
}

/// Holds a byte that is not ASCII, or the ESC that starts ISO-2022 text: such a header needs a charset.
inline bool needs_charset(std::string_view bytes) {
  bool any = false;  // no early end: the compiler reads many bytes at once
  for (const char c : bytes) any |= static_cast<signed char>(c) < 0 || c == '\x1b';
  return any;
}

}  // namespace sekisho::message
