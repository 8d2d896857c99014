// Who the message says it is.
#include "observe.h"

namespace sekisho::facts::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string filler =
    "このたびはお申し込みをいただき、まことにありがとうございました。内容をよくお読みになり、大切に保管してください。ご"
    "不明な点は、店頭でお尋ねください。季節の変わり目ですので、どうぞお体を大切になさってください。";

TEST(Claim, TheSendersNameIsTheStrongestClaim) {
  const Facts facts = observe(mail("Minatobank <a@evil.test>", "はやぶさ便のお知らせ", "本文です"));
  EXPECT_THAT(values(facts, FactId::claim_brand), ElementsAre("minato"));
  EXPECT_EQ(number(facts, FactId::claim_brand), 5);
  EXPECT_THAT(values(facts, FactId::claim_brand_by_sender_name), ElementsAre("minato"));
  EXPECT_THAT(values(facts, FactId::claim_also_brand), ElementsAre("hayabusa"));
  EXPECT_EQ(number(facts, FactId::claim_several_brands), 2);
  EXPECT_EQ(quote(facts, FactId::claim_brand), "Minatobank");
}

TEST(Claim, AKatakanaNameInsideALongerWordIsAnotherWord) {
  EXPECT_FALSE(observe(mail("スーパーハヤブサ店 <a@shop.test>", "件名", "本文です")).has(FactId::claim_brand));
  EXPECT_TRUE(observe(mail("ハヤブサ店 <a@shop.test>", "件名", "本文です")).has(FactId::claim_brand));
}

TEST(Claim, ASenderIsNamedByAWordOfItsNameButNotByAGeneralOne) {
  EXPECT_TRUE(
      observe(mail("みどり急便 お届け通知 <a@midori.test>", "件名", "みどり急便です。")).has(FactId::claim_self_named));
}

TEST(Claim, ANameBeforeAFullStopIsStillTheName) {
  for (const std::string_view body : {"Yours, Midori.", "Midori.\r\nHello", "We are Midori. Hello"})
    EXPECT_TRUE(observe(mail("Midori <a@midori.test>", "s", body)).has(FactId::claim_self_named)) << body;
  EXPECT_FALSE(observe(mail("Midori <a@box.test>", "s", "see midori.test")).has(FactId::claim_self_named)) << "a host";
}

TEST(Claim, ANameInsideALongerNameIsTheOtherFirms) {
  const Facts facts =
      observe(mail("みなと銀行カード <a@minato-card.example>", "ご利用のお知らせ", "みなと銀行カードです"));
  EXPECT_THAT(values(facts, FactId::claim_brand), ElementsAre("minatocard"));
  EXPECT_FALSE(facts.has(FactId::claim_several_brands));
  EXPECT_FALSE(facts.has(FactId::claim_other_brand_domain));
  EXPECT_THAT(values(observe(mail("みなと銀行 <a@evil.test>", "件名", "本文です")), FactId::claim_brand),
              ElementsAre("minato"));
}

TEST(Claim, AnAddressIsNoName) {
  const Facts facts = observe(mail("a <minatobank@evil.test>", "件名", "本文です"));
  EXPECT_FALSE(facts.has(FactId::claim_brand));
}

TEST(Claim, TheCourierThatAShopNamesIsNoClaim) {
  const Facts facts = observe(mail("みどり書店 <a@midori.example>", "ご注文の品",
                                   "みどり書店です。" + filler + "お届けは、はやぶさ便です。" + filler));
  EXPECT_THAT(values(facts, FactId::claim_brand_in_passing), ElementsAre("hayabusa"));
  EXPECT_FALSE(facts.has(FactId::claim_brand));
  EXPECT_FALSE(facts.has(FactId::claim_sender_not_owned));
  EXPECT_THAT(values(facts, FactId::claim_self_named), ElementsAre("name"));
}

TEST(Claim, TheOpeningAndItsUsersAreClaims) {
  EXPECT_EQ(number(observe(mail("a <a@evil.test>", "件名", "はやぶさ便より。" + filler)), FactId::claim_brand), 2);
  EXPECT_EQ(number(observe(mail("a <a@evil.test>", "件名", filler + "はやぶさ便をご利用いただき" + filler)),
                   FactId::claim_brand),
            2);
}

TEST(Claim, OwnedSpoofedAndNot) {
  const Facts owned = observe(mail("Minatobank <a@mail.minatobank.example>", "件名", "本文",
                                   receipt("dmarc=pass header.from=mail.minatobank.example")));
  EXPECT_TRUE(owned.has(FactId::claim_sender_owned));
  EXPECT_FALSE(owned.has(FactId::claim_sender_not_owned));
  EXPECT_FALSE(owned.has(FactId::claim_sender_spoofed));
  EXPECT_TRUE(observe(mail("Minatobank <a@mail.minatobank.example>", "件名", "本文",
                           receipt("dmarc=fail header.from=mail.minatobank.example")))
                  .has(FactId::claim_sender_spoofed));
  EXPECT_TRUE(observe(mail("Minatobank <a@freebox.example>", "件名", "本文")).has(FactId::claim_sender_freemail));
  EXPECT_TRUE(observe(mail("Minatobank <a@hayabusa.example>", "件名", "本文")).has(FactId::claim_other_brand_domain));
}

TEST(Claim, StrongOnlyWhereTheListIsGoodAndTheSenderIsNotProven) {
  const auto strong = [](std::string_view from, std::string_view results) {
    return observe(mail(from, "件名", "本文", receipt(results))).has(FactId::claim_sender_not_owned_strong);
  };
  EXPECT_TRUE(strong("Minatobank <a@evil.test>", "spf=none; dkim=none; dmarc=none"));
  EXPECT_FALSE(strong("Minatobank <a@evil.test>", "dkim=pass header.d=evil.test"))
      << "proven: perhaps a domain that the list lacks";
  EXPECT_TRUE(strong("Minatobank <a@mlnatobank.test>", "dkim=pass header.d=mlnatobank.test")) << "proven look-alike";
  EXPECT_FALSE(strong("Hayabusa <a@evil.test>", "spf=none; dkim=none; dmarc=none")) << "a list from memory";
  EXPECT_FALSE(observe(mail("Minatobank <a@evil.test>", "件名", "本文")).has(FactId::claim_sender_not_owned_strong))
      << "unknown is not fail";
}

TEST(Claim, WhereItsLinksLead) {
  const auto facts = [](std::string_view body) { return observe(mail("Minatobank <a@evil.test>", "件名", body)); };
  EXPECT_EQ(number(facts("https://www.minatobank.example/a をご覧ください"), FactId::claim_links_owned), 2);
  EXPECT_FALSE(facts("https://www.minatobank.example/a をご覧ください").has(FactId::claim_links_not_owned));
  EXPECT_TRUE(facts("https://evil.test/a をご覧ください").has(FactId::claim_links_not_owned));
  EXPECT_FALSE(facts("リンクはありません").has(FactId::claim_links_not_owned));
}

TEST(Claim, LettersThatLookAlikeStillName) {
  const Facts facts = observe(mail("M\xD1\x96natobank <a@evil.test>", "件名", "本文"));  // Cyrillic i
  EXPECT_THAT(values(facts, FactId::claim_lookalike_written), ElementsAre("minato"));
  EXPECT_THAT(values(facts, FactId::claim_brand), ElementsAre("minato"));
  EXPECT_FALSE(observe(mail("Minatobank <a@evil.test>", "件名", "本文")).has(FactId::claim_lookalike_written));
}

TEST(Claim, AmbiguousNamesCountInTheSendersNameOrAloneInBrackets) {
  EXPECT_TRUE(observe(mail("MNT <a@evil.test>", "件名", "本文")).has(FactId::claim_brand));
  EXPECT_TRUE(observe(mail("a <a@evil.test>", "【MNT】お知らせ", "本文")).has(FactId::claim_brand));
  EXPECT_FALSE(observe(mail("a <a@evil.test>", "MNT と山", "MNT の話")).has(FactId::claim_brand));
}

TEST(Claim, PublicBodies) {
  EXPECT_THAT(values(observe(mail("架空税務庁 <a@evil.test>", "件名", "本文")), FactId::claim_government_not_gov),
              ElementsAre("zeimu"));
  EXPECT_FALSE(observe(mail("架空税務庁 <a@kakuuzei.go.jp>", "件名", "本文")).has(FactId::claim_government_not_gov));
  EXPECT_TRUE(observe(mail("a <a@evil.test>", "みどり警察署より", "本文")).has(FactId::claim_government_not_gov));
  EXPECT_FALSE(
      observe(mail("a <a@evil.test>", "件名", "警察署の前で会いましょう")).has(FactId::claim_government_not_gov));
}

TEST(Claim, NothingIsNamed) {
  EXPECT_TRUE(observe(mail("a <a@evil.test>", "無料期間", "本日中に手続きしてください https://evil.test/x"))
                  .has(FactId::claim_none));
  EXPECT_FALSE(observe(mail("a <a@evil.test>", "無料期間", "株式会社みどりです")).has(FactId::claim_none));
  EXPECT_FALSE(observe(mail("a <a@kumonoki.example>", "件名", "Kumonoki からのお知らせです")).has(FactId::claim_none));
}

TEST(Claim, NamesInQuotedMailAreNotTheOnesWhoWrite) {
  const Facts facts = observe(mail("友だち <a@shop.example>", "これ",
                                   "こんなメールが届きました。みなさんも気をつけてくださいね。\r\n\r\n> "
                                   "みなと銀行です。\r\n> 口座を確認してください。"));
  EXPECT_FALSE(facts.has(FactId::claim_brand));
}

TEST(Claim, ShortMessagesHaveNoSenderToHoldAgainst) {
  const Facts facts = observe(message::parse_sms("はやぶさ便です。お荷物のお届けにあがりました https://evil.test/x"));
  EXPECT_THAT(values(facts, FactId::claim_brand), ElementsAre("hayabusa"));
  EXPECT_THAT(values(facts, FactId::claim_sender_not_owned), IsEmpty());
  EXPECT_TRUE(facts.has(FactId::claim_links_not_owned));
}

}  // namespace
}  // namespace sekisho::facts::testing
