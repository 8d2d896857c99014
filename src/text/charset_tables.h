// The double-byte tables of Japanese (and the two neighbours that ISO-2022-JP-2 can switch to), read once out of ICU
// into flat arrays so that a character costs one load. Internal to charset*.cc. Immutable after the first use; safe
// from any thread.
#pragma once

#include <array>

namespace sekisho::text::charset_internal {

/// CP932 (windows-31j): lead 0x81-0x9F at rows 0-30, 0xE0-0xFC at rows 31-59; trail 0x40-0xFC at columns 0-188. U+0000
/// means "not assigned" in all of these.
using Cp932 = std::array<char16_t, 60 * 189>;
/// A 94 × 94 set, index (row - 0x21) * 94 + (cell - 0x21).
using Set94 = std::array<char16_t, 94 * 94>;

const Cp932& cp932();
const Set94& jis_x_0212();
const Set94& gb_2312();
const Set94& ks_c_5601();

/// CP932 pair → character; 0 when it is not one. Any bytes may be given.
inline char16_t from_cp932(unsigned lead, unsigned trail) {
  const unsigned row = lead - 0x81 < 31 ? lead - 0x81 : lead - 0xE0 < 29 ? lead - 0xE0 + 31 : 60;
  if (row == 60 || trail - 0x40 > 0xFC - 0x40) return 0;
  return cp932()[row * 189 + (trail - 0x40)];
}

/// JIS X 0208 cell (both bytes 0x21-0x7E) as CP932 has it: with NEC row 13 and the NEC selection of IBM extensions.
inline char16_t from_jis(unsigned row, unsigned cell) {
  if (row - 0x21 > 93 || cell - 0x21 > 93) return 0;
  const unsigned lead = (row - 0x21) / 2 + (row < 0x5F ? 0x81 : 0xC1);
  const unsigned trail = row % 2 == 0 ? cell + 0x7E : cell + (cell < 0x60 ? 0x1F : 0x20);
  return from_cp932(lead, trail);
}

inline char16_t from_94x94(const Set94& set, unsigned row, unsigned cell) {
  if (row - 0x21 > 93 || cell - 0x21 > 93) return 0;
  return set[(row - 0x21) * 94 + (cell - 0x21)];
}

}  // namespace sekisho::text::charset_internal
