#include "text/utf8.h"

namespace sekisho::text {
namespace {

std::uint64_t load8(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, 8);
  return word;
}

// Length of the well-formed sequence at `at` (Unicode Standard, table 3-7), or 0.
std::size_t well_formed(const unsigned char* at, std::size_t left) {
  const auto tail = [&](std::size_t i) { return (at[i] & 0xC0) == 0x80; };
  const unsigned char lead = at[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return left >= 2 && tail(1) ? 2 : 0;
  if (lead < 0xF0) {
    if (left < 3 || !tail(1) || !tail(2)) return 0;
    if (lead == 0xE0 && at[1] < 0xA0) return 0;
    if (lead == 0xED && at[1] > 0x9F) return 0;
    return 3;
  }
  if (lead > 0xF4 || left < 4 || !tail(1) || !tail(2) || !tail(3)) return 0;
  if (lead == 0xF0 && at[1] < 0x90) return 0;
  if (lead == 0xF4 && at[1] > 0x8F) return 0;
  return 4;
}

// Two three-byte sequences in one little-endian load, none of them with the leads E0 or ED that need a closer look.
// Japanese text is almost nothing else.
bool two_plain_triples(std::uint64_t word) {
  constexpr std::uint64_t mask = 0xC0C0F0'C0C0F0, want = 0x8080E0'8080E0;
  if ((word & mask) != want) return false;
  const auto plain = [](std::uint64_t lead) { return lead != 0xE0 && lead != 0xED; };
  return plain(word & 0xFF) && plain(word >> 24 & 0xFF);
}

}  // namespace

std::size_t ascii_prefix(std::string_view bytes) {
  std::size_t at = 0;
  constexpr std::uint64_t high = 0x8080808080808080;
  for (; at + 32 <= bytes.size(); at += 32) {
    const char* p = bytes.data() + at;
    if ((load8(p) | load8(p + 8) | load8(p + 16) | load8(p + 24)) & high) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

std::size_t valid_prefix(std::string_view bytes) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (data[at] < 0x80) {
      while (at + 8 <= bytes.size() && !(load8(bytes.data() + at) & 0x8080808080808080)) at += 8;
      while (at < bytes.size() && data[at] < 0x80) ++at;
      continue;
    }
    while (at + 8 <= bytes.size() && two_plain_triples(load8(bytes.data() + at))) at += 6;
    if (at >= bytes.size()) break;
    const std::size_t size = well_formed(data + at, bytes.size() - at);
    if (size == 0) return at;
    at += size;
  }
  return at;
}

std::size_t ill_formed_length(std::string_view bytes) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char lead = at[0];
  const std::size_t wanted = lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::size_t length = 1;
  while (length < wanted && length < bytes.size()) {
    unsigned char low = 0x80, high = 0xBF;
    if (length == 1) {
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    }
    if (at[length] < low || at[length] > high) break;
    ++length;
  }
  return length;
}

}  // namespace sekisho::text
