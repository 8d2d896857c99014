// Folding and the way back (docs/japanese_mail.md 4).
#include "text/fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/limits.h"
#include "text/utf8.h"

namespace sekisho::text {
namespace {

using Kind = Folded::Trick::Kind;
using testing::ElementsAre;
using testing::IsEmpty;

std::string folded(std::string_view text) { return fold(text).text(); }

/// What the reader saw where `word` was found in the folded text.
std::string seen(std::string_view text, std::string_view word) {
  const Folded result = fold(text);
  const std::size_t at = result.text().find(word);
  if (at == std::string::npos) return "(not found in: " + result.text() + ")";
  const Span span = result.original({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + word.size())});
  return std::string(text.substr(span.start, span.size()));
}

std::vector<std::string> plain_words(std::string_view text, Kind kind) {
  const Folded result = fold(text);
  std::vector<std::string> words;
  for (const auto& trick : result.tricks()) {
    if (trick.kind == kind) words.push_back(trick.plain);
  }
  return words;
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

struct Pair {
  const char* name;
  std::string_view text, folded;
};
void PrintTo(const Pair& p, std::ostream* out) { *out << p.name; }
class Folding : public testing::TestWithParam<Pair> {};
TEST_P(Folding, gives) { EXPECT_EQ(folded(GetParam().text), GetParam().folded); }

const Pair characters[] = {
    {"nothing", "", ""},
    {"ascii_to_lower_case", "Your ACCOUNT", "your account"},
    {"full_width_ascii", "ＡＢＣ１２３！", "abc123!"},
    {"half_width_kana", "ｱﾏｿﾞﾝ ﾊﾟｽ", "アマゾンパス"},
    {"half_width_voiced_mark_alone", "ｱﾞ", "ア゛"},
    {"spaced_voiced_mark_joins", "か゛", "が"},
    {"combining_voiced_mark", "か\u3099は\u309A", "がぱ"},
    {"decomposed_latin", "e\u0301", "é"},
    {"two_marks", "e\u0302\u0301", "ế"},
    {"katakana_stays_katakana", "カタカナ", "カタカナ"},
    {"circled_and_squared", "①㈱℡㎏㌔", "1(株)telkgキロ"},
    {"ligature", "ﬁne", "fine"},
    {"sharp_s", "Straße", "strasse"},
    {"greek_and_cyrillic_case", "ΑΣ ПРИВЕТ", "ασ привет"},
    {"mathematical_letters", "𝐏𝐚𝐲", "pay"},
    {"compatibility_ideograph", "\uFA19", "神"},
    {"old_kanji_stay", "國會", "國會"},
    {"kanji_numerals_stay", "二〇二五年", "二〇二五年"},
    {"dashes", "1‐2‑3–4—5―6−7－8﹣9", "1-2-3-4-5-6-7-8-9"},
    {"long_vowel_between_digits_is_a_dash", "０９０ー１２３４ー５６７８", "090-1234-5678"},
    {"kanji_one_between_digits_is_a_dash", "090一1234", "090-1234"},
    {"half_width_long_vowel_between_digits", "090ｰ1234", "090-1234"},
    {"long_vowel_elsewhere_stays", "サービス 2ー", "サービス 2ー"},
    {"kanji_one_elsewhere_stays", "第一1", "第一1"},
    {"wave_dashes", "10〜20～30", "10~20~30"},
    {"curly_quotes", "don’t “click”", "don't \"click\""},
    {"ellipsis", "続く…", "続く..."},
    {"spacing_accent_is_not_a_space", "a´b", "a´b"},
    {"private_use_stays", "a\uE63Eb", "a\uE63Eb"},
};
INSTANTIATE_TEST_SUITE_P(characters, Folding, testing::ValuesIn(characters),
                         [](const auto& i) { return i.param.name; });

const Pair unseen[] = {
    {"zero_width_space", "Ama\u200Bzon", "amazon"},
    {"soft_hyphen", "pay\u00ADpal", "paypal"},
    {"hangul_filler", "a\u3164b", "ab"},
    {"variation_selector", "葛\U000E0100城 ❤\uFE0F", "葛城 ❤"},
    {"byte_order_mark_inside", "a\uFEFFb", "ab"},
    {"bidirectional_controls", "a\u202Eb\u2069c", "abc"},
    {"control_characters",
     std::string_view("a\0b\x07"
                      "c",
                      5),
     "abc"},
    {"grapheme_joiner", "a\u034Fb", "ab"},
    {"joiner_between_emoji_stays", "👨\u200D👩\u200D👧", "👨\u200D👩\u200D👧"},
    {"joiner_after_selector_stays", "❤\uFE0F\u200D🔥", "❤\u200D🔥"},
    {"joiner_elsewhere_goes", "a\u200Db", "ab"},
    {"only_invisible", "\u200B\u200C\u200D", ""},
};
INSTANTIATE_TEST_SUITE_P(unseen, Folding, testing::ValuesIn(unseen), [](const auto& i) { return i.param.name; });

const Pair white_space[] = {
    {"runs_become_one", "a \t\u00A0 b", "a b"},
    {"ends_are_trimmed", " \u3000 a \n", "a"},
    {"only_blank", " \u3000\n", ""},
    {"ideographic_space_between_latin", "a\u3000b", "a b"},
    {"none_between_japanese", "サ ー ビ ス　終了", "サービス終了"},
    {"none_after_japanese_punctuation", "です。 次に「 これ 」", "です。次に「これ」"},
    {"kept_between_japanese_and_latin", "今すぐ Amazon で", "今すぐ amazon で"},
    {"kept_in_korean", "계정 확인", "계정 확인"},
    {"hard_wrapped_japanese_is_joined", "お知らせい\r\nたします", "お知らせいたします"},
    {"hard_wrapped_english_gets_a_blank", "your\r\naccount", "your account"},
    {"blank_line_stays_one_newline", "終わり。\r\n\r\n\r\n次", "終わり。\n次"},
    {"blank_line_with_blanks_in_it", "a\n \u3000\nb", "a\nb"},
    {"line_separator", "a\u2028b", "a b"},
    {"list_mark_begins_a_line", "注意\n■期限\n・金額\n※備考", "注意\n■期限\n・金額\n※備考"},
    {"url_line_stands_alone", "こちら\nhttps://a.example/\nから", "こちら\nhttps://a.example/\nから"},
    {"url_inside_text_is_not_touched", "詳細は https://a.example/X?y=z をご覧",
     "詳細は https://a.example/x?y=z をご覧"},
    {"url_keeps_its_wrapped_end_apart", "https://a.example/\nabc", "https://a.example/\nabc"},
    {"invisible_padding_among_blanks", "a \u200C \u034F b", "a b"},
    {"braille_blank", "a\u2800b", "a b"},
};
INSTANTIATE_TEST_SUITE_P(white_space, Folding, testing::ValuesIn(white_space),
                         [](const auto& i) { return i.param.name; });

TEST(FoldedBack, leads_through_full_width) { EXPECT_EQ(seen("今すぐＡＭＡＺＯＮへ", "maz"), "ＭＡＺ"); }
TEST(FoldedBack, includes_what_was_invisible_inside) {
  EXPECT_EQ(seen("xx Ama\u200Bzon yy", "amazon"), "Ama\u200Bzon");
}
TEST(FoldedBack, leaves_out_what_was_invisible_outside) { EXPECT_EQ(seen("a\u200B\u200Bbc\u200Bd", "bc"), "bc"); }
TEST(FoldedBack, includes_dropped_line_breaks) { EXPECT_EQ(seen("ご確\r\n認ください", "確認"), "確\r\n認"); }
TEST(FoldedBack, gives_the_whole_of_what_cannot_be_divided) {
  EXPECT_EQ(seen("は㈱です", "株"), "㈱");
  EXPECT_EQ(seen("℡ 0120", "e"), "℡");  // three bytes each way, yet not one to one
  EXPECT_EQ(seen("…", "."), "…");
}
TEST(FoldedBack, joins_a_kana_and_its_mark) {
  EXPECT_EQ(seen("xｱﾏｿﾞﾝx", "ゾ"), "ｿﾞ");
  EXPECT_EQ(seen("xｱﾏｿﾞﾝx", "マゾ"), "ﾏｿﾞ");
  EXPECT_EQ(seen("xｱﾏｿﾞﾝx", "ン"), "ﾝ");
  EXPECT_EQ(seen("ＥＥ\u0301Ｅ", "é"), "Ｅ\u0301");
}
TEST(FoldedBack, joins_a_mark_across_what_was_dropped) { EXPECT_EQ(seen("xか\u200B\u3099x", "が"), "か\u200B\u3099"); }
TEST(FoldedBack, joins_a_mark_to_the_last_of_an_expansion) { EXPECT_EQ(seen("a㌔\u3099b", "b"), "b"); }
TEST(FoldedBack, gives_the_run_of_a_collapsed_blank) { EXPECT_EQ(seen("a \t b", " "), " \t "); }
TEST(FoldedBack, never_cuts_a_character_even_when_asked_to) {
  const Folded result = fold("あい");
  EXPECT_EQ(result.original({1, 2}), (Span{0, 3}));
  EXPECT_EQ(result.original({2, 4}), (Span{0, 6}));
}
TEST(FoldedBack, of_nothing_is_nothing_at_the_right_place) {
  const Folded result = fold("ＡＢ");
  EXPECT_EQ(result.original({1, 1}), (Span{3, 3}));
  EXPECT_EQ(result.original({2, 2}), (Span{6, 6}));
}
TEST(FoldedBack, stays_inside_when_asked_beyond_the_end) {
  EXPECT_EQ(fold("ab").original({1, 100}), (Span{1, 2}));
  EXPECT_EQ(fold("ab").original({100, 200}), (Span{2, 2}));
  EXPECT_TRUE(fold("").original({0, 5}).empty());
}

// Texts made of everything that folds in a way of its own.
std::string random_text(std::mt19937& random) {
  static constexpr std::string_view pieces[] = {
      "a",  "B",      "1",      "あ",   "カ",     "漢",     "ー",     "一", "ｶ",  "ﾞ", "Ａ",         "１",
      " ",  "\u3000", "\n",     "\r\n", "\u200B", "\u200D", "\uFE0F", "①",  "㈱", "℡", "…",          "´",
      "か", "\u3099", "\u0301", "é",    "É",      "ß",      "ﷺ",      "😀",  "👩",  "𝐏", "\U0002F800", "・",
      ".",  "-",      "*",      "–",    "～",     "ロ",     "口",     "力", "р",  "α", "http",       "■",
      "가", "ᄀ",     "ᅡ",     "ᆨ",   "\u00AD", "İ",      "ﬃ",      "½",  "ا",  "न", "\u094D"};
  std::string text;
  for (unsigned n = random() % 40; n > 0; --n) text += pieces[random() % std::size(pieces)];
  return text;
}

bool on_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

TEST(FoldProperties, result_is_valid_utf_8_and_every_span_leads_back_to_whole_characters_in_order) {
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(random);
    const Folded result = fold(text);
    ASSERT_EQ(valid_prefix(result.text()), result.text().size()) << text;
    std::vector<std::uint32_t> starts;
    for (std::uint32_t at = 0; at <= result.text().size(); ++at) {
      if (on_boundary(result.text(), at)) starts.push_back(at);
    }
    Span before{0, 0};
    for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
      const Span span = result.original({starts[i], starts[i + 1]});
      ASSERT_FALSE(span.empty()) << text << " at " << starts[i];
      ASSERT_LE(span.end, text.size()) << text;
      ASSERT_TRUE(on_boundary(text, span.start) && on_boundary(text, span.end)) << text << " at " << starts[i];
      // Characters of one indivisible run share their span; others follow one another.
      ASSERT_TRUE(span == before || span.start >= before.end) << text << " at " << starts[i];
      before = span;
    }
    for (int n = 0; n < 5 && starts.size() > 1; ++n) {
      const std::uint32_t a = starts[random() % starts.size()], b = starts[random() % starts.size()];
      const Span wide = result.original({std::min(a, b), std::max(a, b)});
      if (a == b) continue;
      const Span first = result.original({std::min(a, b), std::min(a, b) + 1});
      ASSERT_EQ(wide.start, first.start) << text;
      ASSERT_GE(wide.end, first.end) << text;
    }
    for (const auto& trick : result.tricks()) {
      ASSERT_FALSE(trick.original.empty()) << text;
      ASSERT_LE(trick.original.end, text.size()) << text;
      ASSERT_TRUE(on_boundary(text, trick.original.start) && on_boundary(text, trick.original.end)) << text;
      ASSERT_FALSE(trick.plain.empty()) << text;
    }
  }
}

TEST(FoldProperties, folding_what_a_span_leads_to_contains_the_span) {
  std::mt19937 random(4);
  // Without what looks at its neighbours: blanks, and dashes between digits.
  static constexpr std::string_view pieces[] = {"a",  "B", "あ", "カ", "漢", "ｶ", "Ａ", "\u200B", "①",
                                                "㈱", "℡", "é",  "ß",  "😀",  "𝐏", "・", "～"};
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (unsigned n = 1 + random() % 20; n > 0; --n) text += pieces[random() % std::size(pieces)];
    const Folded result = fold(text);
    if (result.text().empty()) continue;
    std::uint32_t a = random() % result.text().size(), b = random() % result.text().size() + 1;
    if (a >= b) std::swap(a, b);
    while (!on_boundary(result.text(), a)) --a;
    while (!on_boundary(result.text(), b)) ++b;
    if (a == b) continue;
    const Span span = result.original({a, b});
    ASSERT_NE(folded(std::string_view(text).substr(span.start, span.size())).find(result.text().substr(a, b - a)),
              std::string::npos)
        << text << ' ' << a << ' ' << b;
  }
}

TEST(FoldCounts, invisible_characters_inside_words_apart_from_others) {
  const auto counts = fold("\uFEFFAma\u200B\u200Bzon 楽\u200B天 end\u200B. \u200C \u200C").counts();
  EXPECT_EQ(counts.invisible_in_words, 3u);
  EXPECT_EQ(counts.invisible_other, 4u);
}
TEST(FoldCounts, selectors_and_emoji_joiners_accuse_nobody) {
  const auto counts = fold("葛\U000E0100城 👨\u200D👩 ❤\uFE0Fと").counts();
  EXPECT_EQ(counts.invisible_in_words, 0u);
}
TEST(FoldCounts, joiners_of_indic_and_arabic_text_accuse_nobody) {
  EXPECT_EQ(fold("क्\u200Dष می\u200Cخواهم").counts().invisible_in_words, 0u);
}
TEST(FoldCounts, full_width_letters_and_digits_only) { EXPECT_EQ(fold("Ａ１！？ａ").counts().fullwidth_ascii, 3u); }

TEST(FoldTricks, invisible_in_word_quotes_the_whole_word) {
  constexpr std::string_view text = "Log in to Pay\u200BPal\u00AD2 now";
  const Folded result = fold(text);
  ASSERT_EQ(result.tricks().size(), 1u);
  EXPECT_EQ(result.tricks()[0].kind, Kind::invisible_in_word);
  EXPECT_EQ(result.tricks()[0].plain, "paypal2");
  const Span span = result.tricks()[0].original;
  EXPECT_EQ(text.substr(span.start, span.size()), "Pay\u200BPal\u00AD2");
}

TEST(FoldTricks, spaced_words_are_found) {
  EXPECT_THAT(plain_words("サ ー ビ ス を停止", Kind::spaced_word), ElementsAre("サービスを"));
  EXPECT_THAT(plain_words("サ ー ビ スを停止", Kind::spaced_word), ElementsAre("サービス"));
  EXPECT_THAT(plain_words("「サ・ー・ビ・ス」", Kind::spaced_word), ElementsAre("サービス"));
  EXPECT_THAT(plain_words("your A m a z o n account", Kind::spaced_word), ElementsAre("amazon"));
  EXPECT_THAT(plain_words("a.m.a.z.o.n", Kind::spaced_word), ElementsAre("amazon"));
  EXPECT_THAT(plain_words("本　人　確　認", Kind::spaced_word), ElementsAre("本人確認"));
}
TEST(FoldTricks, honest_spacing_is_not_a_spaced_word) {
  for (const char* text :
       {"U.S.A. e.g. this", "A B C", "月・火・水・木", "I am a b", "090 1 2 3 4", "お 名前 は", "x-y-z", "1 2 3 4 5",
        "これ は ペン です", "a b cd", "2026年 3 月 6 日", "だ\n> > > さ\n> > > い", "第 3 条 本"}) {
    EXPECT_EQ(fold(text).counts().spaced_words, 0u) << text;
  }
}

TEST(FoldTricks, mixed_scripts_are_found_with_the_word_they_imitate) {
  EXPECT_THAT(plain_words("your p\u0430yp\u0430l account", Kind::mixed_script_word), ElementsAre("paypal"));
  EXPECT_THAT(plain_words("d\u0430ting", Kind::mixed_script_word), ElementsAre("dating"));
  EXPECT_THAT(plain_words("\u0410mazon", Kind::mixed_script_word), ElementsAre("amazon"));
}
TEST(FoldTricks, honest_scripts_are_not_mixed) {
  for (const char* text : {"Привет", "αβγ", "10µF", "10kΩ", "Δt", "β版", "Amazonサービス", "привет hello"}) {
    EXPECT_EQ(fold(text).counts().mixed_script_words, 0u) << text;
  }
}

TEST(FoldTricks, kanji_in_katakana_words_are_found) {
  EXPECT_THAT(plain_words("サ一ビス", Kind::lookalike_kana), ElementsAre("サービス"));
  EXPECT_THAT(plain_words("クレジッ卜力一ド", Kind::lookalike_kana), ElementsAre("クレジットカード"));
  for (const char* text :
       {"力ード", "口グイン", "ア力ウント", "ク口ーズ", "メ二ュー", "二ュース", "デー夕", "夕イムセール", "工ラー",
        "アカウン卜", "オンラ才ン", "ア二メ", "プ口グラム", "ユーザ一。", "パスワ一ド", "アメリ力ン"}) {
    EXPECT_EQ(fold(text).counts().lookalike_kana, 1u) << text;
  }
}
TEST(FoldTricks, katakana_in_kanji_words_are_found) {
  EXPECT_THAT(plain_words("銀行ロ座番号", Kind::lookalike_kana), ElementsAre("行口座"));
  EXPECT_THAT(plain_words("ご協カください", Kind::lookalike_kana), ElementsAre("協力く"));
}
TEST(FoldTricks, honest_kanji_beside_katakana_are_not) {
  for (const char* text :
       {"体力アップ",   "コミュ力アップ", "口コミサイト",     "グルメ口コミ", "二カ月",       "一カ所",
        "数カ国",       "三ツ星",         "八ヶ岳",           "プラン三ヶ月", "プラン三カ月", "一ページ",
        "二オクターブ", "三ステップ",     "千ドル",           "八サイズ",     "入力フォーム", "ページ一覧",
        "コーヒー一杯", "ナンバー一",     "スマホ一つ",       "パソコン二つ", "カード二枚",   "ブランド力",
        "トンネル口",   "メール又は",     "サイトへログイン", "5才アップ",    "大工センター", "データ夕方",
        "一口メモ",     "サービス",       "ロシア",           "人力"}) {
    EXPECT_EQ(fold(text).counts().lookalike_kana, 0u) << text;
  }
}

TEST(FoldLimits, of_tricks_kept_hold_while_all_are_counted) {
  for (const std::size_t n : {limits::fold_tricks - 1, limits::fold_tricks, limits::fold_tricks + 1}) {
    const Folded result = fold(repeated("サ一ビス。", n));
    EXPECT_EQ(result.tricks().size(), std::min(n, limits::fold_tricks));
    EXPECT_EQ(result.counts().lookalike_kana, n);
  }
}
TEST(FoldLimits, one_kind_of_trick_does_not_use_up_the_room_of_another) {
  const std::string text = repeated("a\u200Bb ", 1000) + "サ一ビス";
  EXPECT_THAT(plain_words(text, Kind::lookalike_kana), ElementsAre("サービス"));
}
TEST(FoldLimits, a_word_longer_than_is_looked_at_costs_one_look) {
  // A million suspicious letters: looking at the whole word for each would take days.
  const Folded result = fold(repeated("aа", 500'000));
  EXPECT_GT(result.counts().mixed_script_words, 0u);
  EXPECT_LE(result.tricks().front().plain.size(), 4 * (2 * limits::word_characters + 1));
  fold(repeated("力カ", 500'000));
  fold(repeated("a\u200B", 500'000));
  fold(repeated("a ", 500'000));
  fold("a" + repeated("\u0301", 500'000));
  fold(repeated("ﷺ", 100'000));
}

TEST(FoldKey, is_the_folded_text) { EXPECT_EQ(fold_key("ご 利用 ＣＡＲＤ"), "ご利用 card"); }

TEST(LookalikeKey, unifies_what_looks_the_same) {
  const std::pair<std::string_view, std::string_view> twins[] = {{"paypal", "paypa1"},  {"paypal", "p\u0430yp\u0430l"},
                                                                 {"amazon", "arnazon"}, {"amazon", "amaz0n"},
                                                                 {"wells", "vvells"},   {"apple", "app1e"},
                                                                 {"line", "l1ne"},      {"サービス", "サ一ビス"},
                                                                 {"カード", "力ード"},  {"ログイン", "口グイン"},
                                                                 {"ヘルプ", "へルプ"},  {"google", "g〇〇gle"},
                                                                 {"visa", "v1$a"},      {"paypal", "pàypal"},
                                                                 {"apple", "αpple"}};
  for (const auto& [a, b] : twins) EXPECT_EQ(lookalike_key(fold_key(a)), lookalike_key(fold_key(b))) << a << ' ' << b;
}
TEST(LookalikeKey, keeps_apart_what_looks_different) {
  EXPECT_NE(lookalike_key("paypal"), lookalike_key("payee"));
  EXPECT_NE(lookalike_key("カード"), lookalike_key("コード"));
  EXPECT_NE(lookalike_key("apple"), lookalike_key("apply"));
}
TEST(LookalikeKey, of_a_key_is_the_key) {
  for (const char* text : {"paypa1", "サ一ビス", "vvells", "arnazon", "p\u0430yp\u0430l"}) {
    EXPECT_EQ(lookalike_key(lookalike_key(text)), lookalike_key(text)) << text;
  }
}

}  // namespace
}  // namespace sekisho::text
