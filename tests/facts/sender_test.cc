// Who the From says wrote.
#include "observe.h"

namespace sekisho::facts::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Facts from(std::string_view line, std::string_view more = {}) {
  return observe(mail(line, "件名", "本文がここにあります。", more));
}

TEST(Sender, KindsOfBoxesByList) {
  EXPECT_THAT(values(from("a <a@freebox.example>"), FactId::sender_freemail), ElementsAre("freebox.example"));
  EXPECT_FALSE(from("a <a@news.freebox.example>").has(FactId::sender_freemail)) << "the provider's own mail";
  EXPECT_TRUE(from("a <a@keitai.example>").has(FactId::sender_carrier));
  EXPECT_TRUE(from("a <a@gone.example>").has(FactId::sender_disposable));
  EXPECT_THAT(values(from("a <a@shop.xyz>"), FactId::sender_cheap_tld), ElementsAre("xyz"));
  EXPECT_TRUE(from("a <a@city.lg.jp>").has(FactId::sender_gov_domain));
  EXPECT_TRUE(from("a <a@x.platform.example>").has(FactId::sender_on_mail_platform));
  EXPECT_TRUE(from("a <a@famous.example>").has(FactId::sender_org_domain_well_known));
  const Facts plain = from("a <taro@shop.example>");
  for (const FactId id :
       {FactId::sender_freemail, FactId::sender_carrier, FactId::sender_disposable, FactId::sender_cheap_tld,
        FactId::sender_gov_domain, FactId::sender_on_mail_platform, FactId::sender_org_domain_well_known,
        FactId::sender_random_local, FactId::sender_random_domain, FactId::sender_lookalike_domain})
    EXPECT_FALSE(plain.has(id)) << name(id);
}

TEST(Sender, NoiseIsToldFromNames) {
  EXPECT_TRUE(from("a <xq7zk2vw9p@shop.example>").has(FactId::sender_random_local));
  EXPECT_FALSE(from("a <hanako.yamada@shop.example>").has(FactId::sender_random_local));
  EXPECT_TRUE(from("a <a@zx4kq9vtw.com>").has(FactId::sender_random_domain));
}

TEST(Sender, ANameThatShowsAnotherAddress) {
  EXPECT_THAT(values(from("\"info@minatobank.example\" <a@evil.test>"), FactId::sender_name_is_address),
              ElementsAre("minatobank.example"));
  EXPECT_FALSE(from("\"a@evil.test\" <b@mail.evil.test>").has(FactId::sender_name_is_address));
  EXPECT_FALSE(from("Mr. Smith <a@evil.test>").has(FactId::sender_name_is_address));
  EXPECT_TRUE(from("a@evil.test").has(FactId::sender_name_empty));
  EXPECT_EQ(number(from("=?utf-8?B?44CQ6YeN6KaB44CR?= <a@evil.test>"), FactId::sender_name_decorated), 2);
}

TEST(Sender, BrandsInDomainsThatAreNotTheirs) {
  EXPECT_THAT(values(from("a <a@mail.minatobank.example>"), FactId::sender_brand_owns), ElementsAre("minato"));
  const Facts edit = from("a <a@mlnatobank.test>");
  EXPECT_THAT(values(edit, FactId::sender_lookalike_domain), ElementsAre("minato"));
  EXPECT_EQ(number(edit, FactId::sender_lookalike_domain), 1);
  EXPECT_EQ(number(from("a <a@minatobank.test>"), FactId::sender_lookalike_domain), 0)
      << "the same label, another ending";
  EXPECT_THAT(values(from("a <a@minatobank.example.evil.test>"), FactId::sender_brand_in_local_or_subdomain),
              ElementsAre("minato"));
  EXPECT_THAT(values(from("a <minatobank@evil.test>"), FactId::sender_brand_in_local_or_subdomain),
              ElementsAre("minato"));
  EXPECT_FALSE(from("a <a@minatokindergarten.test>").has(FactId::sender_lookalike_domain));
  EXPECT_FALSE(from("a <mnt@evil.test>").has(FactId::sender_brand_in_local_or_subdomain))
      << "an ambiguous name means nothing alone";
}

TEST(Sender, WhereAnswersGo) {
  EXPECT_THAT(values(from("a <a@shop.example>", "Reply-To: b@freebox.example\r\n"), FactId::sender_reply_to_freemail),
              ElementsAre("freebox.example"));
  EXPECT_FALSE(from("a <a@shop.example>", "Reply-To: b@help.shop.example\r\n").has(FactId::sender_reply_to_differs));
  EXPECT_FALSE(
      from("a <a@mail.minatobank.example>", "Reply-To: b@minatobank.example\r\n").has(FactId::sender_reply_to_differs));
  EXPECT_THAT(values(from("a <a@shop.example>", "Return-Path: <x@evil.test>\r\n"), FactId::sender_return_path_differs),
              ElementsAre("evil.test"));
  EXPECT_THAT(values(from("a <a@shop.example>", "Return-Path: <x@bounce.platform.example>\r\n"),
                     FactId::sender_return_path_differs),
              IsEmpty());
}

TEST(Sender, TheReaderAndTheirCorrespondents) {
  EXPECT_TRUE(from("me <reader@home.example>").has(FactId::sender_is_reader));
  EXPECT_FALSE(from("you <other@home.example>").has(FactId::sender_is_reader));
  History history;
  history.correspondents = {"friend@shop.example"};
  EXPECT_TRUE(observe(mail("F <Friend@shop.example>", "a", "b"), history).has(FactId::sender_known));
  EXPECT_FALSE(observe(mail("F <foe@shop.example>", "a", "b"), history).has(FactId::sender_known));
}

TEST(Sender, MissingOnlyInMail) {
  EXPECT_TRUE(observe("Subject: a\r\n\r\nb\r\n").has(FactId::sender_missing));
  EXPECT_FALSE(observe(message::parse_sms("お荷物のお届けにあがりました")).has(FactId::sender_missing));
}

TEST(Sender, OneProofDoesNotVouchForTwoAuthors) {
  const std::string two = "A <a@shop.example>, B <b@evil.test>";
  const Facts facts = observe(mail(two, "a", "b", receipt("dkim=pass header.d=shop.example")));
  EXPECT_EQ(number(facts, FactId::sender_several_from), 2);
  EXPECT_FALSE(facts.has(FactId::sender_proven));
}

}  // namespace
}  // namespace sekisho::facts::testing
