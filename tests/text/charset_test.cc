// Charsets as they come on the wire (docs/japanese_mail.md 1). Expected texts are written in UTF-8 here; bytes are
// written out, because an encoder that shared our mistakes would prove nothing.
#include "text/charset.h"

#include <gtest/gtest.h>

#include <random>

#include "base/limits.h"
#include "text/utf8.h"

namespace sekisho::text {
namespace {

constexpr std::string_view konnichiwa_jis = "\x1b$B$3$s$K$A$O\x1b(B";
constexpr std::string_view konnichiwa_sjis = "\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd";
constexpr std::string_view konnichiwa_euc = "\xa4\xb3\xa4\xf3\xa4\xcb\xa4\xc1\xa4\xcf";

struct Case {
  const char* name;
  std::string_view bytes, declared, text, charset;
  bool wrong = false;
  std::size_t replaced = 0;
  bool repaired = false;
  std::string_view hint = "";
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Charset : public testing::TestWithParam<Case> {};

TEST_P(Charset, reads) {
  const Case& c = GetParam();
  const Decoded decoded = decode(c.bytes, c.declared, c.hint);
  EXPECT_EQ(decoded.utf8, c.text);
  EXPECT_EQ(decoded.charset, c.charset);
  EXPECT_EQ(decoded.declared, !c.declared.empty());
  EXPECT_EQ(decoded.declaration_wrong, c.wrong);
  EXPECT_EQ(decoded.replaced, c.replaced);
  EXPECT_EQ(decoded.repaired, c.repaired);
}

TEST(CharsetLabel, OnlyAWordThatNobodyKnowsIsUnknown) {
  for (const std::string_view bytes : {"Hello", "\xe3\x81\x93\xe3\x82\x93"}) {
    for (const std::string_view known : {"", "utf-8", "US-ASCII", "iso-2022-jp", "unknown-8bit", "x-sjis", "KOI8-R"})
      EXPECT_FALSE(decode(bytes, known).unknown_label) << known;
    for (const std::string_view unknown : {"x-nobody-knows", "utf-9", "%s", "../../etc/passwd"})
      EXPECT_TRUE(decode(bytes, unknown).unknown_label) << unknown;
  }
  EXPECT_TRUE(decode("Hello", std::string(10'000, 'a')).unknown_label);
}

const Case honest[] = {
    {"ascii_has_no_charset", "Hello", "us-ascii", "Hello", ""},
    {"ascii_under_any_label", "Hello", "shift_jis", "Hello", ""},
    {"empty", "", "utf-8", "", ""},
    {"utf_8", "こんにちは", "utf-8", "こんにちは", "utf-8"},
    {"utf_8_upper_case_label", "é", "UTF-8", "é", "utf-8"},
    {"utf_8_quoted_label", "é", " \"utf8\" ", "é", "utf-8"},
    {"utf_8_byte_order_mark",
     "\xEF\xBB\xBF"
     "あ",
     "utf-8", "あ", "utf-8"},
    {"iso_2022_jp", konnichiwa_jis, "iso-2022-jp", "こんにちは", "iso-2022-jp"},
    {"iso_2022_jp_jis_c_6226", "\x1b$@0!\x1b(J", "ISO-2022-JP", "亜", "iso-2022-jp"},
    {"iso_2022_jp_nec_row_13", "\x1b$B-!-j\x1b(B", "iso-2022-jp", "①㈱", "iso-2022-jp"},
    {"iso_2022_jp_ibm_extension", "\x1b$By!\x1b(B", "iso-2022-jp-ms", "纊", "iso-2022-jp"},
    {"iso_2022_jp_half_width_kana", "\x1b(I1234\x1b(B", "cp50221", "ｱｲｳｴ", "iso-2022-jp"},
    {"iso_2022_jp_kana_by_shift_out",
     "a\x0e"
     "12\x0f"
     "b",
     "iso-2022-jp", "aｱｲb", "iso-2022-jp"},
    {"iso_2022_jp_jis_x_0212", "\x1b$(D0!\x1b(B", "iso-2022-jp-1", "丂", "iso-2022-jp"},
    {"iso_2022_jp_jis_x_0213_plane_1", "\x1b$(Q0!\x1b(B", "iso-2022-jp-2004", "亜", "iso-2022-jp"},
    {"iso_2022_jp_gb_2312", "\x1b$A0!\x1b(B", "iso-2022-jp-2", "啊", "iso-2022-jp"},
    {"iso_2022_jp_korean", "\x1b$(C0!\x1b(B", "iso-2022-jp-2", "가", "iso-2022-jp"},
    {"iso_2022_jp_latin_1_by_single_shift", "\x1b.A caf\x1bNi", "iso-2022-jp-2", " café", "iso-2022-jp"},
    {"iso_2022_jp_roman_yen_and_tilde", "\x1b(J\\980 ~a\x1b(B", "iso-2022-jp", "¥980 ~a", "iso-2022-jp"},
    {"iso_2022_jp_wave_dash", "\x1b$B!A\x1b(B", "iso-2022-jp", "～", "iso-2022-jp"},
    {"shift_jis", konnichiwa_sjis, "Shift_JIS", "こんにちは", "cp932"},
    {"shift_jis_backslash_trail", "\x95\x5c\x83\x5c", "x-sjis", "表ソ", "cp932"},
    {"shift_jis_backslash_and_tilde_are_ascii", "\\~\xb1", "ms_kanji", "\\~ｱ", "cp932"},
    {"cp932_vendor_kanji", "\xfb\xfc\x87\x40", "windows-31j", "髙①", "cp932"},
    {"euc_jp", konnichiwa_euc, "EUC-JP", "こんにちは", "euc-jp"},
    {"euc_jp_half_width_kana", "\x8e\xb1\x8e\xb2", "x-euc-jp", "ｱｲ", "euc-jp"},
    {"euc_jp_jis_x_0212", "\x8f\xb0\xa1", "eucJP-ms", "丂", "euc-jp"},
    {"utf_7", "+MFMwkzBr-", "utf-7", "こんに", "utf-7"},
    {"utf_7_without_plus_is_ascii", "hello", "unicode-1-1-utf-7", "hello", ""},
    {"utf_16_little_endian_mark", std::string_view("\xff\xfe\x53\x30", 4), "utf-16", "こ", "utf-16le"},
    {"utf_16_big_endian_mark", std::string_view("\xfe\xff\x30\x53", 4), "utf-16", "こ", "utf-16be"},
    {"utf_16_without_mark_windows", std::string_view("\x53\x30\x93\x30", 4), "utf-16", "こん", "utf-16le"},
    {"utf_16_without_mark_rfc_2781", std::string_view("\x30\x53\x30\x93", 4), "utf-16", "こん", "utf-16be"},
    {"utf_16_surrogate_pair", std::string_view("\x3d\xd8\x00\xde", 4), "utf-16le", "😀", "utf-16le"},
    {"gb2312_chinese", "\xc4\xe3\xba\xc3", "gb2312", "你好", "gb18030"},
    {"gb2312_with_hiragana_is_what_it_says", "\xa4\xb3\xa4\xf3\xa4\xcb\xa4\xc1\xa4\xcf", "gb2312", "こんにちは",
     "gb18030"},
    {"big5", "\xa7\x41\xa6\x6e", "big5", "你好", "big5"},
    {"euc_kr", "\xb0\xa1", "ks_c_5601-1987", "가", "windows-949"},
    {"latin_1_is_windows_1252",
     "\x93"
     "caf\xe9\x94",
     "iso-8859-1", "“café”", "windows-1252"},
    {"latin_9",
     "\xa4"
     "5",
     "iso-8859-15", "€5", "iso-8859-15"},
    {"koi8_r", "\xf0\xd2\xc9", "koi8-r", "При", "koi8-r"},
};
INSTANTIATE_TEST_SUITE_P(honest, Charset, testing::ValuesIn(honest), [](const auto& i) { return i.param.name; });

const Case undeclared[] = {
    {"utf_8", "こんにちは", "", "こんにちは", "utf-8"},
    {"utf_8_cut_in_a_character", "こんに\xe3\x81", "", "こんに\uFFFD", "utf-8", false, 1},
    {"iso_2022_jp", konnichiwa_jis, "", "こんにちは", "iso-2022-jp"},
    {"shift_jis", konnichiwa_sjis, "", "こんにちは", "cp932"},
    {"euc_jp", konnichiwa_euc, "", "こんにちは", "euc-jp"},
    {"utf_16_by_mark", std::string_view("\xff\xfe\x53\x30", 4), "", "こ", "utf-16le"},
    {"latin_1", "caf\xe9 au lait", "", "café au lait", "windows-1252"},
    {"latin_1_that_is_valid_shift_jis",
     "M\xe4"
     "dchen und B\xf6"
     "gen",
     "", "Mädchen und Bögen", "windows-1252"},
    {"chinese_that_is_valid_euc_jp",
     "\xc7\xeb\xb5\xe3\xbb\xf7\xd2\xd4\xcf\xc2\xc1\xb4\xbd\xd3\xd1\xe9\xd6\xa4\xc4\xfa\xb5\xc4\xd5\xca\xbb\xa7", "",
     "请点击以下链接验证您的帐户", "gb18030"},
    {"korean",
     "\xbe\xc8\xb3\xe7\xc7\xcf\xbc\xbc\xbf\xe4 \xb0\xed\xb0\xb4\xb4\xd4 \xb0\xe8\xc1\xa4 \xc8\xae\xc0\xce "
     "\xb9\xd9\xb6\xf8\xb4\xcf\xb4\xd9",
     "", "안녕하세요 고객님 계정 확인 바랍니다", "windows-949"},
    {"unknown_label", konnichiwa_sjis, "x-nobody-knows", "こんにちは", "cp932"},
    {"unknown_8bit", konnichiwa_euc, "unknown-8bit", "こんにちは", "euc-jp"},
    {"short_kanji_with_euc_hint", "\xbf\xb7\xc3\xe5", "", "新着", "euc-jp", false, 0, false, "euc-jp"},
    {"short_half_width_kana_with_sjis_hint", "\xb1\xb2\xb3", "", "ｱｲｳ", "cp932", false, 0, false, "shift_jis"},
};
INSTANTIATE_TEST_SUITE_P(undeclared, Charset, testing::ValuesIn(undeclared),
                         [](const auto& i) { return i.param.name; });

const Case lies[] = {
    {"utf_8_is_shift_jis", konnichiwa_sjis, "utf-8", "こんにちは", "cp932", true},
    {"utf_8_is_euc_jp", konnichiwa_euc, "utf-8", "こんにちは", "euc-jp", true},
    {"utf_8_is_latin_1", "caf\xe9 au lait", "utf-8", "café au lait", "windows-1252", true},
    {"utf_8_is_iso_2022_jp", konnichiwa_jis, "utf-8", "こんにちは", "iso-2022-jp", true},
    {"ascii_is_utf_8", "こんにちは", "us-ascii", "こんにちは", "utf-8", true},
    {"ascii_is_euc_jp", konnichiwa_euc, "us-ascii", "こんにちは", "euc-jp", true},
    {"latin_1_is_utf_8", "こんにちは", "iso-8859-1", "こんにちは", "utf-8", true},
    {"latin_1_is_shift_jis", konnichiwa_sjis, "iso-8859-1", "こんにちは", "cp932", true},
    {"gb2312_is_utf_8", "こんにちは", "gb2312", "こんにちは", "utf-8", true},
    {"shift_jis_is_utf_8", "こんにちは", "shift_jis", "こんにちは", "utf-8", true},
    {"shift_jis_is_euc_jp", konnichiwa_euc, "shift_jis", "こんにちは", "euc-jp", true},
    {"euc_jp_is_shift_jis", konnichiwa_sjis, "euc-jp", "こんにちは", "cp932", true},
    {"iso_2022_jp_is_raw_shift_jis", konnichiwa_sjis, "iso-2022-jp", "こんにちは", "cp932", true},
    {"iso_2022_jp_is_raw_utf_8", "こんにちは", "iso-2022-jp", "こんにちは", "utf-8", true},
    {"utf_16_is_ascii", "Hello there", "utf-16", "Hello there", "utf-8", true},
    {"utf_16_is_utf_8", "こんにちは hello", "utf-16le", "こんにちは hello", "utf-8", true},
};
INSTANTIATE_TEST_SUITE_P(lies, Charset, testing::ValuesIn(lies), [](const auto& i) { return i.param.name; });

const Case damage[] = {
    {"escape_byte_stripped", "$B$3$s$K$A$O(B abc", "iso-2022-jp", "こんにちは abc", "iso-2022-jp", false, 0, true},
    {"escape_byte_stripped_undeclared", "$B$3$s$K$A$O(B abc", "", "こんにちは abc", "iso-2022-jp", false, 0, true},
    {"price_that_looks_like_a_stripped_escape", "only $Bargain (B)", "", "only $Bargain (B)", ""},
    {"escape_cut_at_the_end", "\x1b$B$3$s\x1b", "iso-2022-jp", "こん", "iso-2022-jp", false, 0, true},
    {"escape_cut_after_its_kind", "\x1b$B$3$s\x1b(", "iso-2022-jp", "こん", "iso-2022-jp", false, 0, true},
    {"state_carried_over_a_line_end", "\x1b$B$3$s\r\n$K$A\x1b(B", "iso-2022-jp", "こん\r\nにち", "iso-2022-jp"},
    {"state_forgotten_at_a_line_end", "\x1b$B$3$s\nDear all, hello\n", "iso-2022-jp", "こん\nDear all, hello\n",
     "iso-2022-jp", false, 0, true},
    {"half_a_character_before_the_escape", "\x1b$B$3$\x1b(B!", "iso-2022-jp", "こ\uFFFD!", "iso-2022-jp", false, 1},
    {"raw_shift_jis_between_escapes", "\x1b$B$3\x1b(B\n\x82\xf1\n", "iso-2022-jp", "こ\nん\n", "iso-2022-jp", false, 0,
     true},
    {"raw_utf_8_between_escapes", "\x1b$B$3\x1b(Bん", "iso-2022-jp", "こん", "iso-2022-jp", false, 0, true},
    {"shift_jis_lead_without_trail", "\x82\xb1\x82", "shift_jis", "こ\uFFFD", "cp932", false, 1},
    {"shift_jis_bad_trail_is_not_swallowed", "\x82\xb1\x82<", "shift_jis", "こ\uFFFD<", "cp932", false, 1},
    {"euc_jp_cut_triple", "\xa4\xb3\xa4\xf3\x8f\xb0", "euc-jp", "こん\uFFFD", "euc-jp", false, 1},
    {"utf_8_with_one_bad_byte_stays_utf_8",
     "こん\xff"
     "にちは",
     "utf-8", "こん\uFFFDにちは", "utf-8", false, 1},
    {"utf_16_odd_byte", std::string_view("\x53\x30\x93", 3), "utf-16le", "こ\uFFFD", "utf-16le", false, 1},
    {"utf_16_lone_surrogate", std::string_view("\x3d\xd8\x41\x00", 4), "utf-16le", "\uFFFDA", "utf-16le", false, 1},
};
INSTANTIATE_TEST_SUITE_P(damage, Charset, testing::ValuesIn(damage), [](const auto& i) { return i.param.name; });

const Case emoji[] = {
    {"docomo_sun_in_shift_jis", "\xf8\x9f", "shift_jis", "☀", "cp932"},
    {"unknown_carrier_emoji_is_geta", "\x82\xb1\xf9\xf0", "shift_jis", "こ〓", "cp932"},
    {"softbank_web_code", "\x1b$G!\x0f hi", "shift_jis", "〓 hi", "cp932"},
    {"softbank_web_code_in_iso_2022_jp", "\x1b$G!\"\x0f\x1b$B$3\x1b(B", "iso-2022-jp", "〓〓こ", "iso-2022-jp"},
    {"au_rows_in_iso_2022_jp", "\x1b$Bu@\x1b(B", "iso-2022-jp", "〓", "iso-2022-jp"},
};
INSTANTIATE_TEST_SUITE_P(emoji, Charset, testing::ValuesIn(emoji), [](const auto& i) { return i.param.name; });

TEST(CharsetLabels, that_would_give_ascii_another_meaning_are_not_obeyed) {
  for (const char* label : {"ibm037", "ebcdic-cp-us", "utf-32", "bocu-1", "utf-16,version=1", "../../etc/passwd"}) {
    EXPECT_EQ(decode("Az 09 <a>", label).utf8, "Az 09 <a>") << label;
  }
}

TEST(CharsetLabels, of_absurd_length_say_nothing) { EXPECT_EQ(decode("こん", std::string(100'000, 'x')).utf8, "こん"); }

TEST(CharsetDecode, never_fails_and_always_gives_valid_utf_8) {
  std::mt19937 random(1);
  const char* const labels[] = {
      "",       "us-ascii", "utf-8",      "iso-2022-jp", "shift_jis",  "euc-jp", "utf-7",  "utf-16",      "utf-16le",
      "gb2312", "big5",     "iso-8859-1", "iso-2022-kr", "hz-gb-2312", "euc-kr", "koi8-r", "windows-1251"};
  constexpr std::string_view likely =
      "\x1b$B(J@I.AND\x0e\x0f\n\r +-~{}\x82\xa0\xa4\xa2\xe3\x81\x82\x8e\x8f\xff\xfe\xef\xbb\xbf\xf0\x9f";
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(random() % 24, '\0');
    for (char& c : bytes) c = random() % 3 ? likely[random() % likely.size()] : static_cast<char>(random());
    const char* const label = labels[random() % std::size(labels)];
    const Decoded decoded = decode(bytes, label, labels[random() % std::size(labels)]);
    ASSERT_EQ(valid_prefix(decoded.utf8), decoded.utf8.size()) << label << ' ' << testing::PrintToString(bytes);
  }
}

TEST(CharsetLimits, ascii_in_front_does_not_use_up_what_the_guess_looks_at) {
  for (const std::size_t padding :
       {limits::charset_guess_bytes - 1, limits::charset_guess_bytes, limits::charset_guess_bytes + 1}) {
    const std::string ascii(padding, 'a');
    EXPECT_EQ(decode(ascii + "\n" + std::string(konnichiwa_sjis), "").utf8, ascii + "\nこんにちは");
  }
}

TEST(CharsetLimits, a_character_cut_by_the_end_of_the_look_is_not_called_invalid) {
  for (const std::size_t size :
       {limits::charset_guess_bytes - 1, limits::charset_guess_bytes, limits::charset_guess_bytes + 1}) {
    std::string bytes = "\xb1";  // one byte of half-width kana, so that pairs stand across every even offset
    while (bytes.size() + 2 <= size) bytes += "\x82\xa0";
    EXPECT_EQ(decode(bytes, "utf-8").charset, "cp932") << size;
  }
}

TEST(CharsetDecode, does_not_slow_down_on_unclosed_stripped_escapes) {
  // Each "$B" could start a look-ahead to the end; 4 MB of them would take hours if it did.
  std::string bytes;
  while (bytes.size() < 4'000'000) bytes += "$B$$";
  EXPECT_EQ(decode(bytes + "(", "iso-2022-jp").utf8.size(), bytes.size() + 1);
}

TEST(ToValidUtf8, replaces_each_maximal_subpart_once) {
  // Unicode Standard, table 3-8 and 3-11.
  EXPECT_EQ(to_valid_utf8("a\xF1\x80\x80\xE1\x80\xC2"
                          "b\x80"
                          "c\x80\xBF"
                          "d"),
            "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
  EXPECT_EQ(to_valid_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
                          "A"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(to_valid_utf8("\xED\xA0\x80"
                          "A"),
            "\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(to_valid_utf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(to_valid_utf8("\xE3\x81"), "\uFFFD");
}

// A second opinion on validity, written from RFC 3629's grammar and nothing else.
std::size_t valid_prefix_slowly(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto b = [&](std::size_t i) {
      return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u;
    };
    const auto in = [](unsigned v, unsigned low, unsigned high) { return v >= low && v <= high; };
    const auto tail = [&](std::size_t i) { return in(b(i), 0x80, 0xBF); };
    if (b(0) < 0x80)
      at += 1;
    else if (in(b(0), 0xC2, 0xDF) && tail(1))
      at += 2;
    else if (b(0) == 0xE0 && in(b(1), 0xA0, 0xBF) && tail(2))
      at += 3;
    else if ((in(b(0), 0xE1, 0xEC) || in(b(0), 0xEE, 0xEF)) && tail(1) && tail(2))
      at += 3;
    else if (b(0) == 0xED && in(b(1), 0x80, 0x9F) && tail(2))
      at += 3;
    else if (b(0) == 0xF0 && in(b(1), 0x90, 0xBF) && tail(2) && tail(3))
      at += 4;
    else if (in(b(0), 0xF1, 0xF3) && tail(1) && tail(2) && tail(3))
      at += 4;
    else if (b(0) == 0xF4 && in(b(1), 0x80, 0x8F) && tail(2) && tail(3))
      at += 4;
    else
      break;
  }
  return at;
}

TEST(ValidPrefix, agrees_with_the_grammar_of_rfc_3629) {
  std::mt19937 random(2);
  const std::string_view pieces[] = {"a",
                                     "あ",
                                     "漢字かな",
                                     "é",
                                     "😀",
                                     "ascii text of some length",
                                     "\xED\xA0\x80",
                                     "\xE0\x9F\xBF",
                                     "\xF4\x90\x80\x80",
                                     "\xE3\x81",
                                     "\x80",
                                     "\xE0\xA0\x80",
                                     "\xED\x9F\xBF"};
  for (int round = 0; round < 50'000; ++round) {
    std::string bytes;
    for (unsigned n = random() % 12; n > 0; --n)
      bytes += pieces[random() % 100 < 90 ? random() % 6 : random() % std::size(pieces)];
    ASSERT_EQ(valid_prefix(bytes), valid_prefix_slowly(bytes)) << testing::PrintToString(bytes);
  }
}

TEST(AsciiPrefix, stops_at_the_first_high_byte_wherever_it_stands) {
  for (std::size_t at = 0; at < 70; ++at) {
    std::string bytes(70, 'a');
    bytes[at] = '\x80';
    ASSERT_EQ(ascii_prefix(bytes), at);
  }
  EXPECT_EQ(ascii_prefix(std::string(70, 'a')), 70u);
}

}  // namespace
}  // namespace sekisho::text
