#include "casefile/mask.h"

#include <gtest/gtest.h>

#include "engine/embedded.h"
#include "knowledge/snapshot.h"

namespace sekisho::casefile {
namespace {

const knowledge::Snapshot& knowledge() {
  static const auto loaded = knowledge::Snapshot::load(engine::embedded_knowledge()).value();
  return *loaded;
}

CaseFile hanako() {
  CaseFile file;
  file.victim.names = {"見本 花子", "ミホン ハナコ", "Hanako Mihon"};
  file.victim.contact = "090-0000-4321 / hanako@home.test";
  file.victim.postal_addresses = {"〒999-0001 架空県見本市中央1-2-3 見本荘 201"};
  file.victim.numbers = {"1029384756"};
  file.others = {"架空 太郎", "Jiro Kaku"};
  return file;
}

std::string full(std::string_view text) { return Mask(hanako(), Form::full, knowledge())(text); }
std::string shared(std::string_view text) { return Mask(hanako(), Form::shareable, knowledge())(text); }

TEST(Mask, MailAddressesKeepTheirDomain) {
  EXPECT_EQ(full("From: info@lamp.test"), "From: i●●●@lamp.test");
  EXPECT_EQ(full("差出人は a.b+c@x.example です"), "差出人は a●●●●@x.example です");
  EXPECT_EQ(full("ｉｎｆｏ＠ｌａｍｐ．ｔｅｓｔ"), "ｉ●●●＠ｌａｍｐ．ｔｅｓｔ");
  EXPECT_EQ(full("a @ b"), "a @ b");
}

TEST(Mask, TelephoneNumbersInEverySpelling) {
  EXPECT_EQ(full("090-1234-5678 に"), "090-●●●●-●●●● に");
  EXPECT_EQ(full("０９０−１２３４−５６７８").find("５６７８"), std::string::npos);
  EXPECT_EQ(full("09012345678"), "090●●●●●●●●");
  EXPECT_EQ(full("+81 90 1234 5678").find("5678"), std::string::npos);
  EXPECT_EQ(full("03(1234)5678").find("5678"), std::string::npos);
}

TEST(Mask, AccountAndCardNumbersKeepTheirEnd) {
  EXPECT_EQ(full("普通 7654321"), "普通 ●●●●321");
  EXPECT_EQ(full("4111 1111 1111 1234"), "●●●● ●●●● ●●●● ●234");
  EXPECT_EQ(full("〒100-0001"), "〒●●●-●●●●");
}

TEST(Mask, TheHolderOfAnAccountIsHiddenToo) {
  const Mask mask(hanako(), Form::full, knowledge());
  EXPECT_EQ(mask.account("つばめ銀行 本店 普通 7654321 ソラノ ジロウ"), "つばめ銀行 本店 普通 ●●●●321 ●●● ●●●");
  EXPECT_EQ(mask.account("コトリ銀行 ｿﾗﾉ"), "コトリ銀行 ●●●");
}

TEST(Mask, AmountsDaysAndShortNumbersStay) {
  for (const char* text :
       {"1,250,000円", "12000000円を", "¥12000000", "$1234567", "2026-11-23 18:05 に", "2026年11月23日", "#9110", "188",
        "110番", "198.51.100.24", "1134 通", "お荷物番号 12-34", "60 mails in 20 minutes"})
    EXPECT_EQ(full(text), text);
}

TEST(Mask, NamesOfOthersWhetherListedOrAddressed) {
  EXPECT_EQ(full("架空太郎が来た"), "架●●●が来た");
  EXPECT_EQ(full("架空　太郎").find("太郎"), std::string::npos);
  EXPECT_EQ(full("担当の山田さんから"), "担当の山●さんから");
  EXPECT_EQ(full("田中様方の隣"), "田●様方の隣");
  EXPECT_EQ(full("佐藤様"), "佐●様");
  EXPECT_EQ(full("Dear Mr. Smith,"), "Dear Mr. S●●●●,");
  EXPECT_EQ(full("JIRO KAKU").find("KAKU"), std::string::npos);
  for (const char* text : {"お客様", "皆様", "息子さん", "各位", "お母さん", "同様", "会員様"})
    EXPECT_EQ(full(text), text);
}

TEST(Mask, TheVictimsOwnStaysInTheFullFileAndGoesInTheSharedOne) {
  for (const char* text : {"見本 花子 様", "見本花子", "hanako@home.test", "090-0000-4321", "09000004321",
                           "〒999-0001 架空県見本市中央1-2-3", "会員 1029384756"}) {
    EXPECT_EQ(full(text), text);
    EXPECT_NE(shared(text), text);
  }
  EXPECT_EQ(shared("見本花子様"), "●●●●様");
  EXPECT_EQ(shared("hanako@home.test"), "●●●●●●●●●●●●●●●●");
  EXPECT_EQ(shared("住所は架空県見本市中央1-2-3 です").find("中央"), std::string::npos);
  EXPECT_EQ(shared("住所は架空県見本市中央一丁目二番三号").find("二番"), std::string::npos);
  EXPECT_EQ(shared("Dear Hanako, MIHON HANAKO").find("ANAKO"), std::string::npos);
  EXPECT_EQ(shared("見\u200B本花子").find("花子"), std::string::npos);
}

TEST(Mask, LinesAndOrderOfTheTextStay) {
  EXPECT_EQ(full("一行目\n二行目\n\n四行目"), "一行目\n二行目\n\n四行目");
  EXPECT_EQ(full("a\xff b"), "a\uFFFD b");
  EXPECT_EQ(full(""), "");
}

TEST(Mask, OwnHidesAsAWholeOnlyWhenShared) {
  EXPECT_EQ(Mask(hanako(), Form::shareable, knowledge()).own("見本 花子"), "●●●●");
  EXPECT_EQ(Mask(hanako(), Form::full, knowledge()).own("見本 花子"), "見本 花子");
  EXPECT_EQ(Mask(hanako(), Form::shareable, knowledge()).own(""), "");
}

TEST(Mask, ARelativeOfTheSameNameHidesNothingOfTheVictims) {
  CaseFile file = hanako();
  file.others = {"Taro Mihon"};
  file.victim.contact = "hanako.mihon@home.test";
  const Mask mask(file, Form::full, knowledge());
  EXPECT_EQ(mask("hanako.mihon@home.test"), "hanako.mihon@home.test");
  EXPECT_EQ(mask("Hanako Mihon told Taro Mihon"), "Hanako Mihon told T●●● ●●●●●");
}

}  // namespace
}  // namespace sekisho::casefile
