// Small pieces shared by the CSS parsers: trimming, comparing without case, numbers with units. Not for other callers.
#pragma once

#include <optional>
#include <string_view>

#include "text/css.h"

namespace sekisho::text::css {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
constexpr bool is_name(char c) {
  return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

inline bool same(std::string_view a, std::string_view lowered) {
  if (a.size() != lowered.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lowered[i]) return false;
  }
  return true;
}
inline bool starts(std::string_view a, std::string_view lowered) {
  return a.size() >= lowered.size() && same(a.substr(0, lowered.size()), lowered);
}
inline std::string_view trim(std::string_view s) {
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
  return s;
}

/// A number and what is written right behind it ("12px/1.5" → 12, "px/1.5").
struct Number {
  float value = 0;
  std::string_view rest;
};
std::optional<Number> read_number(std::string_view s);

/// A whole length or percentage: unit px, em, percent or number.
struct Length {
  Unit unit = Unit::number;
  float value = 0;
};
std::optional<Length> read_length(std::string_view s);

/// The next token of a space- or comma-separated list, with its parentheses; `list` is advanced past it.
std::string_view next_item(std::string_view& list);

}  // namespace sekisho::text::css
