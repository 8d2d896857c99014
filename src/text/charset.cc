#include "text/charset.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/limits.h"
#include "text/charset_decoders.h"
#include "text/utf8.h"

namespace sekisho::text {
namespace {

using namespace charset_internal;

enum class Kind {
  none,
  unlabelled,
  ascii,
  utf_8,
  iso_2022_jp,
  cp932,
  euc_jp,
  utf_7,
  utf_16,
  utf_16le,
  utf_16be,
  single_byte,
  multi_byte
};

struct Label {
  Kind kind = Kind::none;
  std::string icu;   // converter to open
  std::string name;  // reported
  bool unknown = false;  // written, but no charset that anybody knows
};

struct Alias {
  std::string_view key;  // letters and digits of the label, lower case
  Kind kind;
  const char* icu = "";
};

// Sorted by key. Labels seen in mail, and the WHATWG Encoding Standard's habit of reading a label as its Windows
// superset.
constexpr Alias aliases[] = {
    {"50220", Kind::iso_2022_jp},
    {"65001", Kind::utf_8},
    {"7bit", Kind::unlabelled},
    {"8bit", Kind::unlabelled},
    {"932", Kind::cp932},
    {"936", Kind::multi_byte, "gb18030"},
    {"ansi", Kind::unlabelled},
    {"ansix341968", Kind::ascii},
    {"ascii", Kind::ascii},
    {"big5", Kind::multi_byte, "Big5"},
    {"big5hkscs", Kind::multi_byte, "Big5-HKSCS"},
    {"binary", Kind::unlabelled},
    {"chinese", Kind::multi_byte, "gb18030"},
    {"cnbig5", Kind::multi_byte, "Big5"},
    {"cp1200", Kind::utf_16le},
    {"cp1201", Kind::utf_16be},
    {"cp1252", Kind::single_byte, "windows-1252"},
    {"cp50220", Kind::iso_2022_jp},
    {"cp50221", Kind::iso_2022_jp},
    {"cp50222", Kind::iso_2022_jp},
    {"cp51932", Kind::euc_jp},
    {"cp65000", Kind::utf_7},
    {"cp65001", Kind::utf_8},
    {"cp932", Kind::cp932},
    {"cp936", Kind::multi_byte, "gb18030"},
    {"cp949", Kind::multi_byte, "windows-949"},
    {"cp950", Kind::multi_byte, "Big5"},
    {"csbig5", Kind::multi_byte, "Big5"},
    {"cseuckr", Kind::multi_byte, "windows-949"},
    {"cseucpkdfmtjapanese", Kind::euc_jp},
    {"csgb2312", Kind::multi_byte, "gb18030"},
    {"csiso2022jp", Kind::iso_2022_jp},
    {"csiso2022jp2", Kind::iso_2022_jp},
    {"csshiftjis", Kind::cp932},
    {"csunicode", Kind::utf_16},
    {"csunicode11utf7", Kind::utf_7},
    {"cswindows31j", Kind::cp932},
    {"default", Kind::unlabelled},
    {"defaultcharset", Kind::unlabelled},
    {"euc", Kind::euc_jp},
    {"euccn", Kind::multi_byte, "gb18030"},
    {"eucjp", Kind::euc_jp},
    {"eucjpms", Kind::euc_jp},
    {"eucjpwin", Kind::euc_jp},
    {"euckr", Kind::multi_byte, "windows-949"},
    {"extendedunixcodepackedformatforjapanese", Kind::euc_jp},
    {"gb18030", Kind::multi_byte, "gb18030"},
    {"gb2312", Kind::multi_byte, "gb18030"},
    {"gb231280", Kind::multi_byte, "gb18030"},
    {"gbk", Kind::multi_byte, "gb18030"},
    {"hzgb2312", Kind::multi_byte, "HZ"},
    {"ibm943", Kind::cp932},
    {"iso10646ucs2", Kind::utf_16},
    {"iso2022", Kind::iso_2022_jp},
    {"iso2022jp", Kind::iso_2022_jp},
    {"iso2022jp1", Kind::iso_2022_jp},
    {"iso2022jp2", Kind::iso_2022_jp},
    {"iso2022jp2004", Kind::iso_2022_jp},
    {"iso2022jp3", Kind::iso_2022_jp},
    {"iso2022jpms", Kind::iso_2022_jp},
    {"iso2022kr", Kind::multi_byte, "ISO-2022-KR"},
    {"iso646us", Kind::ascii},
    {"iso88591", Kind::single_byte, "windows-1252"},
    {"iso885911", Kind::single_byte, "windows-874"},
    {"iso88599", Kind::single_byte, "windows-1254"},
    {"jis", Kind::iso_2022_jp},
    {"jis7", Kind::iso_2022_jp},
    {"junet", Kind::iso_2022_jp},
    {"ksc5601", Kind::multi_byte, "windows-949"},
    {"ksc56011987", Kind::multi_byte, "windows-949"},
    {"ksc56011989", Kind::multi_byte, "windows-949"},
    {"latin1", Kind::single_byte, "windows-1252"},
    {"ms932", Kind::cp932},
    {"mskanji", Kind::cp932},
    {"none", Kind::unlabelled},
    {"shiftjis", Kind::cp932},
    {"shiftjis2004", Kind::cp932},
    {"shiftjisx0213", Kind::cp932},
    {"sjis", Kind::cp932},
    {"sjiswin", Kind::cp932},
    {"tis620", Kind::single_byte, "windows-874"},
    {"uhc", Kind::multi_byte, "windows-949"},
    {"ujis", Kind::euc_jp},
    {"unicode", Kind::utf_16},
    {"unicode11utf7", Kind::utf_7},
    {"unicode11utf8", Kind::utf_8},
    {"unicode20utf7", Kind::utf_7},
    {"unicode20utf8", Kind::utf_8},
    {"unicodefeff", Kind::utf_16le},
    {"unicodefffe", Kind::utf_16be},
    {"unknown", Kind::unlabelled},
    {"unknown8bit", Kind::unlabelled},
    {"us", Kind::ascii},
    {"usascii", Kind::ascii},
    {"utf", Kind::utf_8},
    {"utf16", Kind::utf_16},
    {"utf16be", Kind::utf_16be},
    {"utf16le", Kind::utf_16le},
    {"utf7", Kind::utf_7},
    {"utf8", Kind::utf_8},
    {"utf8bom", Kind::utf_8},
    {"utf8mb4", Kind::utf_8},
    {"utf8n", Kind::utf_8},
    {"windows1252", Kind::single_byte, "windows-1252"},
    {"windows31j", Kind::cp932},
    {"windows932", Kind::cp932},
    {"windows936", Kind::multi_byte, "gb18030"},
    {"windows949", Kind::multi_byte, "windows-949"},
    {"windows950", Kind::multi_byte, "Big5"},
    {"xeucjp", Kind::euc_jp},
    {"xgbk", Kind::multi_byte, "gb18030"},
    {"xmscp932", Kind::cp932},
    {"xshiftjis", Kind::cp932},
    {"xsjis", Kind::cp932},
    {"xunicode20utf7", Kind::utf_7},
    {"xunknown", Kind::unlabelled},
    {"xuserdefined", Kind::unlabelled},
    {"xxbig5", Kind::multi_byte, "Big5"},
};
static_assert(std::is_sorted(std::begin(aliases), std::end(aliases),
                             [](const Alias& a, const Alias& b) { return a.key < b.key; }));

// A label longer than this is not one; ICU's longest alias has 47 characters.
constexpr std::size_t label_bytes = 64;

std::string lower_ascii(std::string_view s) {
  std::string lower(s);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

const char* kind_name(Kind kind) {
  switch (kind) {
    case Kind::utf_8:
      return "utf-8";
    case Kind::iso_2022_jp:
      return "iso-2022-jp";
    case Kind::cp932:
      return "cp932";
    case Kind::euc_jp:
      return "euc-jp";
    case Kind::utf_7:
      return "utf-7";
    case Kind::utf_16:
    case Kind::utf_16be:
      return "utf-16be";
    case Kind::utf_16le:
      return "utf-16le";
    default:
      return "";
  }
}

// ICU's alias table, for the charsets that are not Japanese. Names that would make ICU look for a file, carry options,
// or give ASCII bytes another meaning (EBCDIC: no mail program shows it) are not looked up.
Label from_icu(const std::string& label) {
  for (const char c : label) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':';
    if (!plain) return {};
  }
  UErrorCode status = U_ZERO_ERROR;
  if (ucnv_countAliases(label.c_str(), &status) == 0 || U_FAILURE(status)) return {};
  constexpr std::string_view probe = "Az09<@.-";
  if (decode_by_icu(probe, label.c_str()).utf8 != probe) return {};
  const char* name = ucnv_getStandardName(label.c_str(), "MIME", &status);
  const std::string reported = lower_ascii(name && U_SUCCESS(status) ? name : label);
  status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(label.c_str(), &status);
  const bool single = U_SUCCESS(status) && ucnv_getMaxCharSize(converter) == 1;
  ucnv_close(converter);
  return {single ? Kind::single_byte : Kind::multi_byte, label, reported};
}

Label read_label(std::string_view written) {
  while (!written.empty() &&
         (static_cast<unsigned char>(written.front()) <= ' ' || written.front() == '"' || written.front() == '\'')) {
    written.remove_prefix(1);
  }
  while (!written.empty() && (static_cast<unsigned char>(written.back()) <= ' ' ||
                              std::string_view("\"';,").find(written.back()) != std::string_view::npos)) {
    written.remove_suffix(1);
  }
  if (written.empty()) return {};
  if (written.size() > label_bytes) return {Kind::unlabelled, "", "", true};
  std::string lower = lower_ascii(written);
  if (lower.starts_with("charset=")) lower.erase(0, 8);
  std::string key;
  for (const char c : lower) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
  }
  const auto* const found = std::lower_bound(std::begin(aliases), std::end(aliases), key,
                                             [](const Alias& a, const std::string& k) { return a.key < k; });
  if (found != std::end(aliases) && found->key == key) {
    return {found->kind, found->icu, *found->icu ? lower_ascii(found->icu) : kind_name(found->kind)};
  }
  Label label = from_icu(lower);
  if (label.kind == Kind::none) return {Kind::unlabelled, "", "", true};  // a word nobody knows says nothing
  return label;
}

const Label utf_8_label{Kind::utf_8, "", "utf-8"};
const Label iso_2022_jp_label{Kind::iso_2022_jp, "", "iso-2022-jp"};
const Label cp932_label{Kind::cp932, "", "cp932"};
const Label euc_jp_label{Kind::euc_jp, "", "euc-jp"};
const Label windows_1252_label{Kind::single_byte, "windows-1252", "windows-1252"};
const Label gb18030_label{Kind::multi_byte, "gb18030", "gb18030"};

bool has_jis_escape(std::string_view bytes) {
  for (std::size_t at = bytes.find('\x1B'); at != std::string_view::npos; at = bytes.find('\x1B', at + 1)) {
    const std::string_view rest = bytes.substr(at + 1, 2);
    if (rest == "$B" || rest == "$@" || rest == "$(" || rest == "$A" || rest == "(J" || rest == "(I") return true;
  }
  return false;
}

bool may_have_stripped_escape(std::string_view bytes) {
  const bool opens = bytes.find("$B") != std::string_view::npos || bytes.find("$@") != std::string_view::npos;
  return opens && (bytes.find("(B") != std::string_view::npos || bytes.find("(J") != std::string_view::npos);
}

// Valid and ill-formed sequences beyond ASCII; a sequence cut by the end of the text is neither.
struct Utf8Shape {
  std::size_t two = 0, longer = 0, ill_formed = 0;
  bool fits() const { return ill_formed == 0 && two + longer > 0; }
};

Utf8Shape utf8_shape(std::string_view bytes) {
  Utf8Shape shape;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string_view rest = bytes.substr(at);
    const std::size_t valid = valid_prefix(rest);
    for (std::size_t i = 0; i < valid; ++i) {
      const unsigned char c = static_cast<unsigned char>(rest[i]);
      shape.two += c >= 0xC2 && c < 0xE0;
      shape.longer += c >= 0xE0;
    }
    at += valid;
    if (at >= bytes.size()) break;
    const std::size_t bad = ill_formed_length(bytes.substr(at));
    const unsigned char lead = static_cast<unsigned char>(bytes[at]);
    const bool cut = at + bad == bytes.size() && lead >= 0xC2 && lead <= 0xF4;
    shape.ill_formed += !cut || shape.two + shape.longer == 0;
    at += bad;
  }
  return shape;
}

// Running Japanese scores near 2; these are where we believe it without, and against, a declaration.
constexpr double believe_undeclared = 1.0, believe_against_declaration = 1.5;

struct Japanese {
  const Label* label = nullptr;
  Plausibility score;
};

Japanese best_japanese(std::string_view bytes, Kind hint) {
  const Plausibility sjis = plausible_cp932(bytes), euc = plausible_euc_jp(bytes);
  // A short subject can be read both ways; what the rest of the message uses decides.
  constexpr double hint_bonus = 1.0;
  const double sjis_points = sjis.per_character + (hint == Kind::cp932 ? hint_bonus : 0);
  const double euc_points = euc.per_character + (hint == Kind::euc_jp ? hint_bonus : 0);
  if (sjis_points >= euc_points) return {&cp932_label, sjis};
  return {&euc_jp_label, euc};
}

bool kanji_without_kana(const Plausibility& p) { return p.characters >= 8 && p.kana * 20 < p.characters; }

// Korean or Chinese without a label: mostly 8-bit, and decoded without a fault. Korean shows by its syllables; every
// other such text is also valid GB 18030, so Big5 has to be asked first, by its trail bytes below 0x7F.
std::optional<Label> other_asian(std::string_view bytes) {
  bytes = bytes.substr(ascii_prefix(bytes)).substr(0, limits::charset_guess_bytes);
  std::size_t high = 0, low_trail = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) continue;
    ++high;
    if (at + 1 < bytes.size() && static_cast<unsigned char>(bytes[at + 1]) < 0x80) ++low_trail;
    ++at;
  }
  if (high < 4 || high * 4 < bytes.size()) return std::nullopt;  // pairs: at least half of the bytes
  const auto fits = [&](const char* converter) { return decode_by_icu(bytes, converter).replaced <= high / 50; };
  const std::string korean = decode_by_icu(bytes, "windows-949").utf8;
  std::size_t syllables = 0;
  for (std::size_t at = 0; at < korean.size();) {
    const CodePoint c = code_point_at(korean, at);
    syllables += c.value >= 0xAC00 && c.value <= 0xD7A3;
    at += c.size;
  }
  if (syllables * 20 >= high * 19 && fits("windows-949")) return Label{Kind::multi_byte, "windows-949", "windows-949"};
  if (low_trail * 5 >= high && fits("Big5")) return Label{Kind::multi_byte, "Big5", "big5"};
  if (fits("gb18030")) return gb18030_label;
  return std::nullopt;
}

// The charset of 8-bit bytes that nobody declared.
Label guess(std::string_view bytes, const Label& hint) {
  const Utf8Shape shape = utf8_shape(bytes);
  if (shape.fits()) return utf_8_label;
  const Japanese japanese = best_japanese(bytes, hint.kind);
  const bool hint_is_other = hint.kind == Kind::multi_byte || hint.kind == Kind::single_byte;
  if (hint_is_other && decode_by_icu(bytes, hint.icu.c_str()).replaced == 0 && japanese.score.kana == 0) return hint;
  // All kanji and no kana is how Chinese and Korean look through EUC-JP.
  if (japanese.label->kind == Kind::euc_jp && kanji_without_kana(japanese.score) && hint.kind != Kind::euc_jp) {
    if (const std::optional<Label> other = other_asian(bytes)) return *other;
  }
  if (japanese.score.per_character >= believe_undeclared) return *japanese.label;
  if (shape.two + shape.longer > 4 * shape.ill_formed) return utf_8_label;
  if (const std::optional<Label> other = other_asian(bytes)) return *other;
  if (hint.kind == Kind::cp932 || hint.kind == Kind::euc_jp) return hint;
  std::size_t high = 0;
  for (const char c : bytes) high += static_cast<unsigned char>(c) >= 0x80;
  return high * 3 < bytes.size() ? windows_1252_label : japanese.score.invalid == 0 ? *japanese.label : utf_8_label;
}

// What declared bytes really are; the declaration stands unless the bytes refute it.
Label settle(std::string_view bytes, const Label& declared) {
  const Utf8Shape shape = utf8_shape(bytes);
  switch (declared.kind) {
    case Kind::utf_8: {
      if (shape.ill_formed == 0 || shape.two + shape.longer >= shape.ill_formed) return declared;
      const Japanese japanese = best_japanese(bytes, Kind::none);
      if (japanese.score.invalid == 0 && japanese.score.per_character >= believe_undeclared) return *japanese.label;
      return shape.two + shape.longer == 0 ? guess(bytes, {}) : declared;
    }
    case Kind::iso_2022_jp: {
      if (has_jis_escape(bytes)) return declared;  // its decoder reads what is between the escapes
      return guess(bytes, {});
    }
    case Kind::cp932:
    case Kind::euc_jp: {
      if (shape.fits() && shape.longer >= 1) return utf_8_label;
      const Plausibility as_declared = declared.kind == Kind::cp932 ? plausible_cp932(bytes) : plausible_euc_jp(bytes);
      const Plausibility as_other = declared.kind == Kind::cp932 ? plausible_euc_jp(bytes) : plausible_cp932(bytes);
      const bool refuted = as_declared.invalid > 0 || (as_declared.per_character < 0 && as_other.kana >= 2);
      const bool other = refuted && as_other.invalid == 0 && as_other.characters >= 2 &&
                         as_other.per_character >= believe_against_declaration;
      if (!other) return declared;
      return declared.kind == Kind::cp932 ? euc_jp_label : cp932_label;
    }
    case Kind::single_byte: {
      if (shape.fits()) return utf_8_label;
      // Latin text never runs to many kana.
      const Japanese japanese = best_japanese(bytes, Kind::none);
      const bool sure = japanese.score.invalid == 0 && japanese.score.kana >= 3 &&
                        japanese.score.per_character >= believe_against_declaration;
      return sure ? *japanese.label : declared;
    }
    case Kind::multi_byte: {
      // Chinese charsets hold kana, and Japanese text in them is decoded as it says. Chance makes two valid three-byte
      // sequences out of GBK almost never; one, sometimes.
      if (shape.fits() && shape.longer >= 2) return utf_8_label;
      if (decode_by_icu(bytes, declared.icu.c_str()).replaced == 0) return declared;
      const Japanese japanese = best_japanese(bytes, Kind::none);
      const bool sure = japanese.score.invalid == 0 && japanese.score.kana >= 2 &&
                        japanese.score.per_character >= believe_against_declaration;
      return sure ? *japanese.label : declared;
    }
    default:
      return declared;
  }
}

// RFC 2781 reads UTF-16 without a mark as big endian; mailers on Windows write little. Blanks, digits, Latin and kana
// have high byte 0x00 or 0x30.
Endian guess_endian(std::string_view bytes) {
  std::size_t big = 0, little = 0;
  for (std::size_t at = 0; at + 1 < bytes.size() && at < 4096; at += 2) {
    big += bytes[at] == '\0' || bytes[at] == '\x30';
    little += bytes[at + 1] == '\0' || bytes[at + 1] == '\x30';
  }
  return little > big ? Endian::little : Endian::big;
}

// Declared UTF-16 but transcoded on the way (or a lie): no zero bytes, no kana rows, and fine as UTF-8.
bool is_not_utf_16(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos || valid_prefix(bytes) != bytes.size()) return false;
  std::size_t kana_row[2] = {0, 0};
  for (std::size_t at = 0; at < bytes.size() && at < 4096; ++at) kana_row[at % 2] += bytes[at] == '\x30';
  return std::max(kana_row[0], kana_row[1]) * 4 < std::min<std::size_t>(bytes.size(), 4096);
}

Output decode_as(std::string_view bytes, const Label& label, StrippedEscapes stripped) {
  switch (label.kind) {
    case Kind::iso_2022_jp:
      return decode_iso_2022_jp(bytes, stripped);
    case Kind::cp932:
      return decode_cp932(bytes);
    case Kind::euc_jp:
      return decode_euc_jp(bytes);
    case Kind::utf_7:
      return decode_by_icu(bytes, "UTF-7");
    case Kind::utf_16le:
      return decode_utf_16(bytes, Endian::little);
    case Kind::utf_16:
    case Kind::utf_16be:
      return decode_utf_16(bytes, Endian::big);
    case Kind::single_byte:
    case Kind::multi_byte:
      return decode_by_icu(bytes, label.icu.c_str());
    default:
      return decode_utf_8(bytes);
  }
}

Decoded made(Output out, const Label& label, const Label& declared) {
  Decoded result;
  result.utf8 = std::move(out.utf8);
  result.charset = label.name;
  result.declared = declared.kind != Kind::none;
  result.unknown_label = declared.unknown;
  result.replaced = out.replaced;
  result.repaired = out.repaired;
  const bool same_family =
      declared.kind == label.kind ||
      (declared.kind == Kind::utf_16 && (label.kind == Kind::utf_16le || label.kind == Kind::utf_16be));
  const bool silent = declared.kind == Kind::none || declared.kind == Kind::unlabelled;
  result.declaration_wrong = !silent && !(same_family && (label.icu == declared.icu));
  return result;
}

Decoded plain_ascii(std::string_view bytes, const Label& declared) {
  Decoded result;
  result.utf8 = std::string(bytes);
  result.declared = declared.kind != Kind::none;
  result.unknown_label = declared.unknown;
  return result;
}

bool is_stateful(const Label& label) {
  return label.icu == "HZ" || label.icu == "ISO-2022-KR" || label.name.starts_with("iso-2022-");
}

Decoded decode_seven_bit(std::string_view bytes, const Label& declared) {
  if (declared.kind == Kind::utf_7) {
    if (bytes.find('+') == std::string_view::npos) return plain_ascii(bytes, declared);
    return made(decode_as(bytes, declared, StrippedEscapes::leave), declared, declared);
  }
  if (declared.kind == Kind::multi_byte && is_stateful(declared)) {
    if (bytes.find_first_of("\x1B\x0E~") == std::string_view::npos) return plain_ascii(bytes, declared);
    return made(decode_as(bytes, declared, StrippedEscapes::leave), declared, declared);
  }
  const bool says_jis = declared.kind == Kind::iso_2022_jp;
  if (has_jis_escape(bytes) || (says_jis && bytes.find_first_of("\x1B\x0E") != std::string_view::npos)) {
    return made(decode_iso_2022_jp(bytes, says_jis ? StrippedEscapes::repair : StrippedEscapes::repair_if_certain),
                iso_2022_jp_label, declared);
  }
  if (declared.kind == Kind::cp932 && bytes.find('\x1B') != std::string_view::npos) {
    return made(decode_cp932(bytes), declared, declared);  // SoftBank web codes are 7-bit
  }
  const bool may_be_jis =
      says_jis || declared.kind == Kind::none || declared.kind == Kind::unlabelled || declared.kind == Kind::ascii;
  if (may_be_jis && may_have_stripped_escape(bytes)) {
    Output out = decode_iso_2022_jp(bytes, says_jis ? StrippedEscapes::repair : StrippedEscapes::repair_if_certain);
    if (out.repaired) return made(std::move(out), iso_2022_jp_label, declared);
  }
  return plain_ascii(bytes, declared);
}

Decoded decode_utf_16_family(std::string_view bytes, const Label& declared) {
  if (is_not_utf_16(bytes)) return made(decode_utf_8(bytes), utf_8_label, declared);
  Label label = declared;
  if (label.kind == Kind::utf_16) label.kind = guess_endian(bytes) == Endian::little ? Kind::utf_16le : Kind::utf_16be;
  label.name = kind_name(label.kind);
  return made(decode_as(bytes, label, StrippedEscapes::leave), label, declared);
}

bool is_utf_16(Kind kind) { return kind == Kind::utf_16 || kind == Kind::utf_16le || kind == Kind::utf_16be; }

// A byte order mark is the strongest label there is. FF FE and FE FF cannot start text in the charsets that are let
// through here.
std::optional<Decoded> decode_marked(std::string_view bytes, const Label& declared) {
  if (bytes.starts_with("\xEF\xBB\xBF") && !is_utf_16(declared.kind)) {
    return made(decode_utf_8(bytes.substr(3)), utf_8_label, declared);
  }
  const bool little = bytes.starts_with("\xFF\xFE"), big = bytes.starts_with("\xFE\xFF");
  const bool open = declared.kind == Kind::none || declared.kind == Kind::unlabelled || declared.kind == Kind::ascii ||
                    declared.kind == Kind::utf_8;
  if (!(little || big) || !(open || is_utf_16(declared.kind))) return std::nullopt;
  const Label label{little ? Kind::utf_16le : Kind::utf_16be, "", little ? "utf-16le" : "utf-16be"};
  return made(decode_as(bytes.substr(2), label, StrippedEscapes::leave), label, declared);
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view declared_label, std::string_view hint_label) {
  const Label declared = read_label(declared_label);
  if (bytes.empty()) return plain_ascii(bytes, declared);
  if (auto marked = decode_marked(bytes, declared)) return *std::move(marked);
  if (is_utf_16(declared.kind)) return decode_utf_16_family(bytes, declared);
  if (ascii_prefix(bytes) == bytes.size()) return decode_seven_bit(bytes, declared);
  // The common case first, without weighing anything.
  if (declared.kind == Kind::utf_8 && valid_prefix(bytes) == bytes.size()) {
    Output out;
    out.utf8 = std::string(bytes);
    return made(std::move(out), declared, declared);
  }
  if (declared.kind == Kind::utf_7) {
    const Label label = guess(bytes, read_label(hint_label));
    return made(decode_as(bytes, label, StrippedEscapes::leave), label, declared);
  }
  const bool open = declared.kind == Kind::none || declared.kind == Kind::unlabelled || declared.kind == Kind::ascii;
  Label label = open ? (has_jis_escape(bytes) && !utf8_shape(bytes).fits() ? iso_2022_jp_label
                                                                           : guess(bytes, read_label(hint_label)))
                     : settle(bytes, declared);
  return made(decode_as(bytes, label, StrippedEscapes::repair_if_certain), label, declared);
}

std::string to_valid_utf8(std::string_view bytes) { return decode_utf_8(bytes).utf8; }

}  // namespace sekisho::text
