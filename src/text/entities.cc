#include "text/entities.h"

#include <algorithm>
#include <iterator>

#include "text/utf8.h"

namespace sekisho::text {
namespace {

struct Entity {
  std::uint16_t at;
  std::uint8_t size;
  std::uint32_t first, second;
};

#include "text/entities_table.inc"

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// WHATWG HTML 13.2.5.80: numbers 0x80-0x9F mean windows-1252.
constexpr char16_t windows_1252[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                       0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

CharacterReference read_numeric(std::string_view at) {
  std::size_t i = 2;
  std::uint32_t base = 10;
  if (i < at.size() && (at[i] == 'x' || at[i] == 'X')) {
    base = 16;
    ++i;
  }
  const std::size_t digits = i;
  std::uint32_t value = 0;
  for (; i < at.size(); ++i) {
    const int digit = hex_value(at[i]);
    if (digit < 0 || static_cast<std::uint32_t>(digit) >= base) break;
    value = std::min<std::uint32_t>(value * base + static_cast<std::uint32_t>(digit), 0x110000);
  }
  if (i == digits) return {};
  if (i < at.size() && at[i] == ';') ++i;
  char32_t point = value;
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    point = 0xFFFD;
  } else if (value >= 0x80 && value <= 0x9F) {
    point = windows_1252[value - 0x80];
  }
  return {i, point, 0};
}

// The longest name of the table that `name` begins with: the sorted table is narrowed one character at a time.
const Entity* longest_name(std::string_view name) {
  const Entity* low = std::begin(entities);
  const Entity* high = std::end(entities);
  const Entity* best = nullptr;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto wanted = static_cast<unsigned char>(name[i]);
    const auto before = [i](const Entity& e, unsigned char c) {
      return e.size <= i || static_cast<unsigned char>(entity_names[e.at + i]) < c;
    };
    const auto after = [i](unsigned char c, const Entity& e) {
      return e.size > i && c < static_cast<unsigned char>(entity_names[e.at + i]);
    };
    low = std::lower_bound(low, high, wanted, before);
    high = std::upper_bound(low, high, wanted, after);
    if (low == high) break;
    if (low->size == i + 1) best = low;
  }
  return best;
}

}  // namespace

CharacterReference read_character_reference(std::string_view at, ReferenceIn where) {
  if (at.size() < 3) return {};
  if (at[1] == '#') return read_numeric(at);
  if (!is_alpha(at[1])) return {};
  if (at.starts_with("&nbsp;")) return {6, 0xA0, 0};
  if (at.starts_with("&amp;")) return {5, '&', 0};
  if (at.starts_with("&quot;")) return {6, '"', 0};
  const Entity* entity = longest_name(at.substr(1, 40));
  if (entity == nullptr) return {};
  const std::size_t consumed = 1U + entity->size;
  const bool closed = entity_names[entity->at + entity->size - 1] == ';';
  if (!closed && where == ReferenceIn::attribute && consumed < at.size()) {
    const char next = at[consumed];
    if (next == '=' || is_alpha(next) || is_digit(next)) return {};
  }
  return {consumed, entity->first, entity->second};
}

std::string decode_character_references(std::string_view value, ReferenceIn where) {
  std::string out;
  out.reserve(value.size());
  while (!value.empty()) {
    const std::size_t ampersand = std::min(value.find('&'), value.size());
    out.append(value.substr(0, ampersand));
    value.remove_prefix(ampersand);
    if (value.empty()) break;
    const CharacterReference reference = read_character_reference(value, where);
    if (reference.consumed == 0) {
      out.push_back('&');
      value.remove_prefix(1);
      continue;
    }
    append_utf8(out, reference.first);
    if (reference.second != 0) append_utf8(out, reference.second);
    value.remove_prefix(reference.consumed);
  }
  return out;
}

}  // namespace sekisho::text
