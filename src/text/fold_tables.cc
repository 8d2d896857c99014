#include "text/fold_tables.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include <memory>
#include <string_view>

#include "text/utf8.h"

namespace sekisho::text::fold_internal {
namespace {

const UNormalizer2* casefold_data() {
  UErrorCode status = U_ZERO_ERROR;
  return unorm2_getNFKCCasefoldInstance(&status);
}
const UNormalizer2* compose_data() {
  UErrorCode status = U_ZERO_ERROR;
  return unorm2_getNFCInstance(&status);
}

// Pairs that one glyph serves in most fonts (docs/japanese_mail.md 4.4).
struct Twin {
  char32_t kanji, katakana;
};
constexpr Twin twins[] = {{U'力', U'カ'}, {U'口', U'ロ'}, {U'一', U'ー'}, {U'夕', U'タ'}, {U'二', U'ニ'},
                          {U'工', U'エ'}, {U'八', U'ハ'}, {U'卜', U'ト'}, {U'才', U'オ'}, {U'千', U'チ'},
                          {U'又', U'ヌ'}, {U'三', U'ミ'}, {U'匕', U'ヒ'}};

constexpr bool is_dash(char32_t c) {
  return c == 0x2D || (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x207B || c == 0x208B || c == 0x2212 ||
         c == 0x2796 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D || c == 0x02D7;
}
constexpr bool is_wave(char32_t c) { return c == 0x301C || c == 0xFF5E || c == 0x223C || c == 0x2053 || c == 0x02DC; }
constexpr bool is_long_dash(char32_t c) {
  return c == 0x30FC || c == 0x4E00 || c == 0xFF70 || c == 0x3161 || c == 0x2500;
}

constexpr bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x205F || c == 0x2800 || c == 0x3000;
}
constexpr bool is_newline(char32_t c) { return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }
constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xFFF9 && c <= 0xFFFB); }

constexpr bool is_list_mark(char32_t c) {
  return c == '-' || c == '*' || c == 0xB7 || c == 0x2022 || c == 0x203B || (c >= 0x2190 && c <= 0x21FF) ||
         (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2500 && c <= 0x27BF) || c == 0x30FB || c == 0xFF65 || c == 0xFF0A ||
         c == 0x3013 || c == '=' || c == '_' || c == 0xFF1D;
}
constexpr bool is_dot(char32_t c) {
  return c == '.' || c == '*' || c == '-' || c == '_' || c == 0xB7 || c == 0x2022 || c == 0x30FB || c == 0xFF65 ||
         c == 0xFF0E;
}

char32_t plain_form(char32_t c) {
  if (is_dash(c)) return '-';
  if (is_wave(c)) return '~';
  if (c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032) return '\'';
  if (c == 0x201C || c == 0x201D || c == 0x201F || c == 0x2033) return '"';
  return c;
}

Script script_of(char32_t c) {
  if (c < 0x80)
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? Script::latin : c >= '0' && c <= '9' ? Script::digit : Script::none;
  if (is_kanji(c)) return Script::kanji;
  if (is_katakana(c)) return Script::katakana;
  if (u_isdigit(static_cast<UChar32>(c))) return Script::digit;
  if (c == 0xB5 || c == 0x2126) return Script::none;  // micro and ohm are units, not Greek
  if (u_isalpha(static_cast<UChar32>(c)) || u_getCombiningClass(static_cast<UChar32>(c))) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
      case USCRIPT_LATIN:
        return Script::latin;
      case USCRIPT_CYRILLIC:
        return Script::cyrillic;
      case USCRIPT_GREEK:
        return Script::greek;
      case USCRIPT_HIRAGANA:
        return Script::hiragana;
      case USCRIPT_KATAKANA:
        return Script::katakana;
      case USCRIPT_HAN:
        return Script::kanji;
      case USCRIPT_HANGUL:
        return Script::hangul;
      default:
        return Script::other_letter;
    }
  }
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EXTENDED_PICTOGRAPHIC) ? Script::picture : Script::none;
}

Info make_info(char32_t c) {
  Info made;
  made.to = static_cast<char16_t>(c);
  made.script = script_of(c);
  if (is_cjk(c)) made.flags |= flag::cjk;
  if (katakana_twin(c) || kanji_twin(c)) made.flags |= flag::twin;
  if (c >= 0xFF01 && c <= 0xFF5E && made.script != Script::none) made.flags |= flag::full_width;
  if (is_dot(c)) made.flags |= flag::dot;
  if (is_list_mark(c)) made.flags |= flag::list_mark;
  if ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180D)) made.flags |= flag::quiet;

  const auto action = [&] {
    if (is_blank(c)) return Action::blank;
    if (is_newline(c)) return Action::newline;
    if (is_control(c) || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
      return Action::invisible;
    if (is_long_dash(c)) {
      made.to = c == 0xFF70 ? 0x30FC : static_cast<char16_t>(c);
      return Action::long_dash;
    }
    if (c == 0x3099 || c == 0x309B || c == 0xFF9E) {
      made.to = 0x3099;
      return Action::mark;
    }
    if (c == 0x309A || c == 0x309C || c == 0xFF9F) {
      made.to = 0x309A;
      return Action::mark;
    }
    if (c < 0x80) {
      if (c >= 'A' && c <= 'Z') made.to = static_cast<char16_t>(c + 32);
      return made.to == c ? Action::same : Action::map;
    }
    if (u_getCombiningClass(static_cast<UChar32>(c)) || (c >= 0x1161 && c <= 0x11FF)) return Action::mark;
    std::array<char32_t, 20> folded;
    const std::size_t size = nfkc_casefold(c, folded);
    if (size == 0 || (size == 1 && folded[0] == c)) return Action::same;
    if (size > 1 || utf8_size(folded[0]) > utf8_size(c)) return Action::expand;
    made.to = static_cast<char16_t>(folded[0]);
    return Action::map;
  };
  made.action = action();
  return made;
}

std::unique_ptr<Table> make_table() {
  auto table = std::make_unique<Table>();
  for (char32_t c = 0; c < 0x10000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    Info& at = (*table)[c];
    const bool plain_kanji = (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
    if (plain_kanji && c != 0x4E00) {
      at = {Action::same, Script::kanji, static_cast<std::uint8_t>(flag::cjk | (katakana_twin(c) ? flag::twin : 0)),
            static_cast<char16_t>(c)};
    } else if (c >= 0xAC00 && c <= 0xD7A3) {
      at = {Action::same, Script::hangul, 0, static_cast<char16_t>(c)};
    } else if (c >= 0xE000 && c <= 0xF8FF) {
      at = {Action::same, Script::none, 0, static_cast<char16_t>(c)};
    } else {
      at = make_info(c);
    }
  }
  return table;
}

}  // namespace

const Table& bmp_table() {
  static const std::unique_ptr<const Table> table = make_table();
  return *table;
}

Info beyond_bmp(char32_t c) {
  if (c >= 0xE0000 && c <= 0xE0FFF) {
    const bool selector_or_tag = c >= 0xE0020;
    return {Action::invisible, Script::none, selector_or_tag ? flag::quiet : std::uint8_t{0}, 0};
  }
  if (is_kanji(c)) return {c >= 0x2F800 && c <= 0x2FA1F ? Action::expand : Action::same, Script::kanji, flag::cjk, 0};
  if (c >= 0x1D400 && c <= 0x1D7FF) return {Action::expand, c >= 0x1D7CE ? Script::digit : Script::latin, 0, 0};
  if (c >= 0x1F000 && c <= 0x1FAFF) {
    const bool enclosed = c >= 0x1F100 && c <= 0x1F2FF && !(c >= 0x1F1E6 && c <= 0x1F1FF);
    return {enclosed ? Action::expand : Action::same, Script::picture, 0, 0};
  }
  if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
    return {Action::invisible, Script::none, 0, 0};
  return {Action::expand, script_of(c), 0, 0};
}

std::size_t nfkc_casefold(char32_t c, std::array<char32_t, 20>& to) {
  static const UNormalizer2* const data = casefold_data();
  const char32_t plain = plain_form(c);
  if (plain != c) {
    to[0] = plain;
    return 1;
  }
  char16_t from[2], made[40];
  int32_t from_size = 0, at = 0;
  U16_APPEND_UNSAFE(from, from_size, static_cast<UChar32>(c));
  UErrorCode status = U_ZERO_ERROR;
  const int32_t size = unorm2_normalize(data, from, from_size, made, static_cast<int32_t>(std::size(made)), &status);
  if (U_FAILURE(status)) return 0;
  std::size_t count = 0;
  while (at < size && count < to.size()) {
    UChar32 next;
    U16_NEXT(made, at, size, next);
    if (next == ' ' || (next >= 0xD800 && next < 0xE000)) return 0;  // ´ ¨ ¯ are not a space and a mark to a reader
    to[count++] = plain_form(static_cast<char32_t>(next));
  }
  return count;
}

char32_t compose(char32_t first, char32_t second) {
  static const UNormalizer2* const data = compose_data();
  const UChar32 made = unorm2_composePair(data, static_cast<UChar32>(first), static_cast<UChar32>(second));
  return made < 0 ? 0 : static_cast<char32_t>(made);
}

char32_t katakana_twin(char32_t kanji) {
  for (const Twin& twin : twins) {
    if (twin.kanji == kanji) return twin.katakana;
  }
  return 0;
}

char32_t kanji_twin(char32_t katakana) {
  for (const Twin& twin : twins) {
    if (twin.katakana == katakana) return twin.kanji;
  }
  return 0;
}

}  // namespace sekisho::text::fold_internal
