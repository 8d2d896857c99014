#include "text/css_value.h"

#include <algorithm>
#include <cmath>

namespace sekisho::text {
namespace css {

std::optional<Number> read_number(std::string_view s) {
  std::size_t i = 0;
  bool negative = false;
  if (i < s.size() && (s[i] == '+' || s[i] == '-')) negative = s[i++] == '-';
  double value = 0;
  std::size_t digits = 0;
  for (; i < s.size() && is_digit(s[i]); ++i, ++digits) value = std::min(value * 10 + (s[i] - '0'), 1e9);
  if (i + 1 < s.size() && s[i] == '.' && is_digit(s[i + 1])) {
    ++i;
    double place = 0.1;
    for (; i < s.size() && is_digit(s[i]); ++i, ++digits, place /= 10) value += place * (s[i] - '0');
  }
  if (digits == 0) return std::nullopt;
  if (i < s.size() && lower(s[i]) == 'e') {
    std::size_t j = i + 1;
    bool shrink = false;
    if (j < s.size() && (s[j] == '+' || s[j] == '-')) shrink = s[j++] == '-';
    if (j < s.size() && is_digit(s[j])) {
      int exponent = 0;
      for (; j < s.size() && is_digit(s[j]); ++j) exponent = std::min(exponent * 10 + (s[j] - '0'), 40);
      value = std::min(value * std::pow(10.0, shrink ? -exponent : exponent), 1e9);
      i = j;
    }
  }
  return Number{static_cast<float>(negative ? -value : value), s.substr(i)};
}

std::optional<Length> read_length(std::string_view s) {
  if (starts(s, "calc(") && s.ends_with(")")) s = trim(s.substr(5, s.size() - 6));  // calc(0px), nothing computed
  const auto number = read_number(s);
  if (!number) return std::nullopt;
  const float v = number->value;
  const std::string_view unit = number->rest;
  if (unit.empty()) return Length{Unit::number, v};
  if (same(unit, "px")) return Length{Unit::px, v};
  if (unit == "%") return Length{Unit::percent, v};
  if (same(unit, "em")) return Length{Unit::em, v};
  if (same(unit, "pt")) return Length{Unit::px, v * 4 / 3};
  if (same(unit, "rem")) return Length{Unit::px, v * 16};
  if (same(unit, "ex") || same(unit, "ch")) return Length{Unit::em, v / 2};
  if (same(unit, "vw")) return Length{Unit::px, v * 10.24F};
  if (same(unit, "vh")) return Length{Unit::px, v * 7.68F};
  if (same(unit, "in")) return Length{Unit::px, v * 96};
  if (same(unit, "cm")) return Length{Unit::px, v * 37.8F};
  if (same(unit, "mm")) return Length{Unit::px, v * 3.78F};
  if (same(unit, "pc")) return Length{Unit::px, v * 16};
  return std::nullopt;
}

std::string_view next_item(std::string_view& list) {
  while (!list.empty() && (is_space(list.front()) || list.front() == ',')) list.remove_prefix(1);
  std::size_t i = 0;
  int depth = 0;
  for (; i < list.size(); ++i) {
    if (list[i] == '(') ++depth;
    if (list[i] == ')' && depth > 0) --depth;
    if (depth == 0 && (is_space(list[i]) || list[i] == ',')) break;
  }
  const std::string_view item = list.substr(0, i);
  list.remove_prefix(i);
  return item;
}

}  // namespace css

namespace {

using namespace css;

struct NamedColor {
  std::string_view name;
  std::uint32_t rgba;
};
constexpr NamedColor named_colors[] = {
#include "text/css_colors.inc"
};

std::optional<std::uint32_t> named_color(std::string_view text) {
  char name[24];
  if (text.empty() || text.size() > sizeof name) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) name[i] = lower(text[i]);
  const std::string_view wanted(name, text.size());
  const auto* found = std::lower_bound(std::begin(named_colors), std::end(named_colors), wanted,
                                       [](const NamedColor& c, std::string_view n) { return c.name < n; });
  if (found == std::end(named_colors) || found->name != wanted) return std::nullopt;
  return found->rgba;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::uint32_t pack(float r, float g, float b, float a) {
  const auto byte = [](float v) { return static_cast<std::uint32_t>(std::clamp(v, 0.0F, 255.0F) + 0.5F); };
  return byte(r) << 24 | byte(g) << 16 | byte(b) << 8 | byte(a * 255);
}

std::optional<std::uint32_t> hex_color(std::string_view digits) {
  std::uint32_t v = 0;
  for (const char c : digits) {
    const int value = hex_value(c);
    if (value < 0) return std::nullopt;
    v = v << 4 | static_cast<std::uint32_t>(value);
  }
  const auto wide = [](std::uint32_t nibble) { return (nibble & 0xF) * 17; };
  switch (digits.size()) {
    case 3:
      return wide(v >> 8) << 24 | wide(v >> 4) << 16 | wide(v) << 8 | 0xFF;
    case 4:
      return wide(v >> 12) << 24 | wide(v >> 8) << 16 | wide(v >> 4) << 8 | wide(v);
    case 6:
      return v << 8 | 0xFF;
    case 8:
      return v;
    default:
      return std::nullopt;
  }
}

std::uint32_t from_hsl(float h, float s, float l, float alpha) {
  h = std::fmod(std::fmod(h, 360.0F) + 360.0F, 360.0F);
  s = std::clamp(s, 0.0F, 1.0F);
  l = std::clamp(l, 0.0F, 1.0F);
  const auto channel = [&](float n) {
    const float k = std::fmod(n + h / 30, 12.0F);
    return 255 * (l - s * std::min(l, 1 - l) * std::max(-1.0F, std::min({k - 3, 9 - k, 1.0F})));
  };
  return pack(channel(0), channel(8), channel(4), alpha);
}

std::optional<std::uint32_t> color_function(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(")")) return std::nullopt;
  const std::string_view name = text.substr(0, open);
  const bool rgb = same(name, "rgb") || same(name, "rgba");
  if (!rgb && !same(name, "hsl") && !same(name, "hsla")) return std::nullopt;
  std::string_view list = text.substr(open + 1, text.size() - open - 2);
  float parts[4] = {0, 0, 0, 1};
  for (std::size_t i = 0; i < 4;) {
    while (!list.empty() && (is_space(list.front()) || list.front() == ',' || list.front() == '/'))
      list.remove_prefix(1);
    if (list.empty()) {
      if (i < 3) return std::nullopt;
      break;
    }
    const auto number = read_number(list);
    if (!number) return std::nullopt;
    float v = number->value;
    list = number->rest;
    if (list.starts_with("%")) {
      v = i == 3 || !rgb ? v / 100 : v * 2.55F;
      list.remove_prefix(1);
    }
    while (!list.empty() && is_alpha(list.front())) list.remove_prefix(1);  // deg
    parts[i++] = v;
  }
  const float alpha = std::clamp(parts[3], 0.0F, 1.0F);
  return rgb ? pack(parts[0], parts[1], parts[2], alpha) : from_hsl(parts[0], parts[1], parts[2], alpha);
}

}  // namespace

std::optional<std::uint32_t> parse_css_color(std::string_view text) {
  text = trim(text);
  if (text.empty()) return std::nullopt;
  if (text[0] == '#') return hex_color(text.substr(1));
  if (const auto named = named_color(text)) return named;
  if (same(text, "transparent")) return 0U;
  if (same(text, "windowtext") || same(text, "canvastext")) return 0x000000FFU;
  if (same(text, "window") || same(text, "canvas")) return 0xFFFFFFFFU;
  return color_function(text);
}

std::optional<std::uint32_t> parse_legacy_color(std::string_view text) {
  text = trim(text);
  if (text.empty() || same(text, "transparent")) return std::nullopt;
  if (const auto named = named_color(text)) return named;
  if (text.size() == 4 && text[0] == '#') {
    if (const auto color = hex_color(text.substr(1))) return color;
  }
  char digits[132];
  std::size_t size = 0;
  if (text[0] == '#') text.remove_prefix(1);
  for (const char c : text.substr(0, 128)) digits[size++] = hex_value(c) < 0 ? '0' : c;
  while (size == 0 || size % 3 != 0) digits[size++] = '0';
  std::size_t length = size / 3, skip = 0;
  if (length > 8) skip = length - 8;
  const auto all_zero = [&](std::size_t at) {
    return digits[at] == '0' && digits[length + at] == '0' && digits[2 * length + at] == '0';
  };
  while (length - skip > 2 && all_zero(skip)) ++skip;
  std::uint32_t color = 0;
  for (std::size_t part = 0; part < 3; ++part) {
    const char* const d = digits + part * length + skip;
    const int high = length - skip >= 2 ? hex_value(d[0]) : 0;
    const int low = length - skip >= 2 ? hex_value(d[1]) : hex_value(d[0]);
    color = color << 8 | static_cast<std::uint32_t>(high * 16 + low);
  }
  return color << 8 | 0xFF;
}

}  // namespace sekisho::text
