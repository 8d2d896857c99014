// What folding needs to know of a character, in one load. Made from ICU's properties and NFKC_Casefold at the first
// use, then immutable; safe from any thread. Internal to fold*.cc.
#pragma once

#include <array>
#include <cstdint>

namespace sekisho::text::fold_internal {

enum class Action : std::uint8_t {
  same,       ///< copied
  map,        ///< becomes `to`, which takes no more bytes of UTF-8
  expand,     ///< becomes what nfkc_casefold() says
  mark,       ///< combines with the character before; `to` is the combining form
  long_dash,  ///< ー 一 and the like: '-' between digits, else `to`
  blank,
  newline,
  invisible,
};

enum class Script : std::uint8_t {
  none,
  digit,
  picture,
  latin,
  cyrillic,
  greek,
  kanji,
  hiragana,
  katakana,
  hangul,
  other_letter
};
constexpr bool is_letter(Script s) { return s >= Script::latin; }

namespace flag {
inline constexpr std::uint8_t cjk = 1;         // white space between two of these carries no meaning
inline constexpr std::uint8_t twin = 2;        // has a kanji/katakana look-alike
inline constexpr std::uint8_t full_width = 4;  // letter or digit of U+FF01-FF5E
inline constexpr std::uint8_t dot = 8;         // stands between letters to break a word
inline constexpr std::uint8_t list_mark = 16;  // begins an item at the start of a line
inline constexpr std::uint8_t quiet = 32;      // invisible that belongs to honest text (variation selectors)
}  // namespace flag

struct Info {
  Action action = Action::same;
  Script script = Script::none;
  std::uint8_t flags = 0;
  char16_t to = 0;
  bool has(std::uint8_t f) const { return flags & f; }
};

using Table = std::array<Info, 0x10000>;
const Table& bmp_table();
Info beyond_bmp(char32_t c);

inline Info info(const Table& table, char32_t c) { return c < 0x10000 ? table[c] : beyond_bmp(c); }

/// NFKC_Casefold of one character with our own dash, wave dash and quotes. Gives how many of `to` were used; 0 when the
/// character is to be kept as it is.
std::size_t nfkc_casefold(char32_t c, std::array<char32_t, 20>& to);

/// The canonical composition of two characters, or 0.
char32_t compose(char32_t first, char32_t second);

/// カ for 力, ロ for 口, ー for 一 … ; 0 when `kanji` is nobody's twin.
char32_t katakana_twin(char32_t kanji);
/// 力 for カ …; 0 for others.
char32_t kanji_twin(char32_t katakana);

}  // namespace sekisho::text::fold_internal
