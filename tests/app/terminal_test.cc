#include "app/terminal.h"

#include <sstream>

#include <gtest/gtest.h>

namespace sekisho::app {
namespace {

TEST(ForTerminal, ShowsControlsInsteadOfSendingThem) {
  EXPECT_EQ(for_terminal("\x1b[2J"), "‹U+001B›[2J");
  EXPECT_EQ(for_terminal(std::string_view("a\0b", 3)), "a‹U+0000›b");
  EXPECT_EQ(for_terminal("\x7f\x07"), "‹U+007F›‹U+0007›");
  EXPECT_EQ(for_terminal("\u009b31m"), "‹U+009B›31m");
}

TEST(ForTerminal, ShowsWhatTurnsTextAroundOrHides) {
  EXPECT_EQ(for_terminal("\u202Egpj"), "‹U+202E›gpj");
  for (const char* hidden : {"\u061C", "\u200B", "\u200D", "\u200E", "\u2066", "\u2069", "\u2060", "\uFEFF", "\u00AD",
                             "\u180E", "\u3164", "\U000E0041"})
    EXPECT_EQ(for_terminal(hidden).substr(0, 5), "‹U+") << for_terminal(hidden);
}

TEST(ForTerminal, KeepsOrdinaryTextOfAnyLanguage) {
  for (const char* text :
       {"", "plain", "関所・カード ﾊﾝｶｸ", "naïve – café", "مرحبا", "葛\U000E0100城", "☎\uFE0F", "e\u0301"})
    EXPECT_EQ(for_terminal(text), text);
}

TEST(ForTerminal, MakesOneLineOfSeveral) {
  EXPECT_EQ(for_terminal("a\r\nb\n\n\tc"), "a b c");
  EXPECT_EQ(for_terminal("a\u2028b\u0085c"), "a b c");
}

TEST(ForTerminal, ReplacesIllFormedBytes) {
  EXPECT_EQ(for_terminal("a\xff\xc3(b"), "a\uFFFD\uFFFD(b");
  EXPECT_EQ(for_terminal("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(for_terminal("\xe3\x81"), "\uFFFD");
}

TEST(ForTerminal, LetsFourMarksStandOnALetterAndShowsTheFifth) {
  EXPECT_EQ(for_terminal("a\u0301\u0302\u0303\u0304"), "a\u0301\u0302\u0303\u0304");
  EXPECT_EQ(for_terminal("a\u0301\u0302\u0303\u0304\u0305b\u0301"), "a\u0301\u0302\u0303\u0304‹U+0305›b\u0301");
}

TEST(FromMail, LeavesNoLinkThatATerminalWouldOpen) {
  EXPECT_EQ(from_mail("http://evil.example/a.b?c=d.e"), "hxxp://evil[.]example/a.b?c=d.e");
  EXPECT_EQ(from_mail("HTTPS://Evil.Example"), "hxxps://Evil[.]Example");
  EXPECT_EQ(from_mail("ftp://a.example"), "ftp[:]//a[.]example");
  EXPECT_EQ(from_mail("www.evil.example"), "www[.]evil[.]example");
  EXPECT_EQ(from_mail("www.x.com a.b.c.example"), "www[.]x[.]com a[.]b[.]c[.]example");
  EXPECT_EQ(from_mail("mailto:a@evil.example"), "mailto[:]a@evil[.]example");
  EXPECT_EQ(from_mail("MAILTO:x javascript:alert(1)"), "MAILTO[:]x javascript[:]alert(1)");
  EXPECT_EQ(from_mail("http://203.0.113.9/x"), "hxxp://203[.]0[.]113[.]9/x");
  EXPECT_EQ(from_mail("例え.example と ex.例え"), "例え[.]example と ex[.]例え");
  EXPECT_EQ(from_mail("xhttp://a.example"), "xhxxp://a[.]example");
}

TEST(FromMail, LeavesOrdinaryDotsAndColonsAlone) {
  for (const char* text :
       {"3.14 円", "Ver. 2.0", "End. Begin", "Re: hello", "件名:x", "12:30", "…", "U.S. mail", "U.S.A.", "A.B.C", "a.", ".b"})
    EXPECT_EQ(from_mail(text), text);
}

TEST(FromMail, IsNotUndoneByAnInvisibleCharacterInTheLink) {
  const std::string shown = from_mail("http:/\u200B/evil.example htt\u00ADp://evil.example");
  EXPECT_EQ(shown.find("http://"), std::string::npos);
  EXPECT_EQ(shown.find("evil.example"), std::string::npos);
}

TEST(Columns, CountsAsATerminalDoes) {
  EXPECT_EQ(columns("abc", "en"), 3);
  EXPECT_EQ(columns("関所", "en"), 4);
  EXPECT_EQ(columns("ﾊﾝｶｸ", "ja"), 4);
  EXPECT_EQ(columns("e\u0301", "en"), 1);
  EXPECT_EQ(columns("…", "en"), 1);
  EXPECT_EQ(columns("…", "ja"), 2);
}

TEST(Cut, NeverLeavesMoreThanTheWidth) {
  EXPECT_EQ(cut("abcdef", 6, "en"), "abcdef");
  EXPECT_EQ(cut("abcdefg", 6, "en"), "abcde…");
  EXPECT_EQ(cut("関所関所", 7, "ja"), "関所…");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Wrap, KeepsEveryLineInTheWidthAndLosesNothing) {
  const std::string japanese =
      "お客様のアカウントは、本日中にお手続きがない場合、ご利用いただけなくなります。「詳細」はこちらです。";
  for (int width = 10; width < 60; ++width) {
    std::string together;
    for (const std::string& line : lines_of(wrap(japanese, width, "ja", "- ", "  "))) {
      EXPECT_LE(columns(line, "ja"), width);
      together += line.substr(2);
    }
    EXPECT_EQ(together, japanese) << width;
  }
}

TEST(Wrap, DoesNotBeginALineWithAFullStop) {
  for (int width = 8; width < 30; ++width)
    for (const std::string& line : lines_of(wrap("あああああ。いいいいいい、うううううう。", width, "ja", "", "")))
      EXPECT_TRUE(line.rfind("。", 0) != 0 && line.rfind("、", 0) != 0) << width;
}

TEST(Wrap, BreaksEnglishAtSpacesAndLongWordsAnywhere) {
  EXPECT_EQ(wrap("one two three", 9, "en", "", ""), "one two\nthree\n");
  EXPECT_EQ(wrap("abcdefghijkl", 5, "en", "", "  "), "abcde\n  fgh\n  ijk\n  l\n");
  EXPECT_EQ(wrap("", 10, "en", "x ", ""), "x \n");
}

TEST(Paint, IsSilentWithoutColours) {
  EXPECT_EQ(Paint(false).warn("x"), "x");
  EXPECT_EQ(Paint(true).strong("x"), "\x1b[1mx\x1b[0m");
}

}  // namespace
}  // namespace sekisho::app
