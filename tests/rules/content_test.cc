#include "rules/content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "mailboxes.h"
#include "rules/export.h"
#include "rules/few.h"
#include "rules/spare.h"

namespace sekisho::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::day;
using tests::ground;
using tests::morning;
using tests::place;

TraitEntry link(std::string value) { return {Trait::link, std::move(value)}; }
TraitEntry path(std::string value) { return {Trait::path, std::move(value)}; }
TraitEntry net(std::string value) { return {Trait::net, std::move(value)}; }

TEST(Content, ASiteThatWantedMailShowsTooIsNoRule) {
  TraitEvidence evidence;
  for (int i = 0; i < 4; ++i)
    evidence.add({Sort::campaign, 0, morning + i * day, {link("kumo.test"), link("both.test")}});
  evidence.add({Sort::wanted, no_campaign, morning + 9 * day, {link("both.test")}});
  evidence.finish();
  const std::uint32_t asked[] = {0};
  const TraitProposal proposal = propose_traits(evidence, asked, 10);
  EXPECT_THAT(proposal.entries, ElementsAre(link("kumo.test")));
  EXPECT_EQ(proposal.stopped, 4);
  EXPECT_EQ(proposal.total, 4);
  EXPECT_EQ(proposal.wanted, 1);
  EXPECT_TRUE(proposal.proved);
}

TEST(Content, TwoMessagesAreTooFewAndThreeSuffice) {
  for (const int n : {2, 3}) {
    TraitEvidence evidence;
    for (int i = 0; i < n; ++i) evidence.add({Sort::campaign, 0, morning + i * day, {net("198.51.100.0/24")}});
    evidence.finish();
    const std::uint32_t asked[] = {0};
    EXPECT_EQ(propose_traits(evidence, asked, 10).entries.size(), n < 3 ? 0U : 1U) << n;
  }
}

TEST(Content, TheReplayKnowsOnlyThePast) {
  TraitEvidence evidence;
  for (int i = 0; i < 3; ++i) evidence.add({Sort::campaign, 0, morning + i, {link("kumo.test")}});
  for (int i = 0; i < 3; ++i)
    evidence.add({Sort::campaign, 0, morning + day + i, {link(i == 0 ? "kumo.test" : "new.test")}});
  evidence.add({Sort::campaign, 1, morning + day + 9, {link("kumo.test")}});
  evidence.finish();
  const std::uint32_t asked[] = {0};
  const TraitProposal proposal = propose_traits(evidence, asked, 10);
  EXPECT_EQ(proposal.later, 3) << "of the campaign asked for, after its first day";
  EXPECT_EQ(proposal.later_stopped, 1);
}

TEST(Content, SitesThatManyShareAreNamedWholeOrNotAtAll) {
  EXPECT_EQ(link_trait("www.kumo.test", ground()), link("kumo.test"));
  EXPECT_EQ(link_trait("bad.pages.example", ground()), link("bad.pages.example"));
  EXPECT_EQ(link_trait("pages.example", ground()), std::nullopt);
  EXPECT_EQ(link_trait("www.hoshibank.example", ground()), std::nullopt);
  EXPECT_EQ(link_trait("192.0.2.1", ground()), std::nullopt);
}

TEST(Content, APathOnSeveralSitesOutlivesTheSites) {
  TraitEvidence evidence;
  for (int i = 0; i < 6; ++i)
    evidence.add(
        {Sort::campaign, 0, morning + i * day, {link("kumo" + std::to_string(i / 3) + ".test"), path("/qx7/")}});
  evidence.finish();
  const std::uint32_t asked[] = {0};
  EXPECT_THAT(propose_traits(evidence, asked, 10).entries, ElementsAre(path("/qx7/")));
}

TEST(Content, APathOnOneSiteSaysNoMoreThanTheSite) {
  TraitEvidence evidence;
  for (int i = 0; i < 6; ++i) evidence.add({Sort::campaign, 0, morning + i * day, {link("kumo.test"), path("/qx7/")}});
  evidence.finish();
  const std::uint32_t asked[] = {0};
  EXPECT_THAT(propose_traits(evidence, asked, 10).entries, ElementsAre(link("kumo.test")));
}

TEST(Content, PathsThatManySitesBeginWithAreNoTrait) {
  EXPECT_EQ(path_trait("/Qx7/a.php", ground()), path("/qx7/"));
  for (const char* common : {"/news/1", "/mail-info2/x", "/2026/11/", "/a/b", "/", "", "/qx7", "/%E3%81%82/x"})
    EXPECT_EQ(path_trait(common, ground()), std::nullopt) << common;
}

TEST(Content, MailInTheNameOfAKnownSenderCountsAsNotStopped) {
  TraitEvidence evidence;
  for (int i = 0; i < 6; ++i) evidence.add({Sort::campaign, 0, morning + i * day, {link("kumo.test")}, i % 2 == 0});
  evidence.finish();
  const std::uint32_t asked[] = {0};
  const TraitProposal proposal = propose_traits(evidence, asked, 10);
  EXPECT_EQ(proposal.total, 6);
  EXPECT_EQ(proposal.forged, 3);
  EXPECT_EQ(proposal.stopped, 3);
}

TEST(Spare, KnownSendersByTheirDomainWhereItIsTheirsAndOneByOneElsewhere) {
  const Evidence evidence = tests::Mailbox()
                                .wanted("order@shop.kumo-ao.example")
                                .wanted("news@kumo-ao.example")
                                .wanted("friend@posuto.example", 2)
                                .wanted("a@one.both.example")
                                .campaign("A", {"x@posuto.example", "y@two.both.example"})
                                .keep("bank.example")
                                .evidence();
  EXPECT_THAT(spare_wanted(evidence, ground()),
              ElementsAre(Entry{Mode::exact, "friend@posuto.example"}, Entry{Mode::domain, "bank.example"},
                          Entry{Mode::domain, "kumo-ao.example"}, Entry{Mode::domain, "one.both.example"}));
}

TEST(Spare, NeverMoreThanTheLimit) {
  for (const std::size_t many : {limits::rule_spared - 1, limits::rule_spared, limits::rule_spared + 1}) {
    Evidence evidence;
    for (std::size_t i = 0; i < many; ++i)
      evidence.add("a@d" + std::to_string(i) + "x.test", Sort::wanted, no_campaign, morning);
    evidence.finish();
    EXPECT_EQ(spare_wanted(evidence, ground()).size(), std::min(many, limits::rule_spared));
  }
}

TEST(Content, PrivateNetsSayNothing) {
  EXPECT_EQ(net_trait("198.51.100.77"), net("198.51.100.0/24"));
  for (const char* ip : {"10.1.2.3", "192.168.0.1", "172.16.0.1", "172.31.9.9", "127.0.0.1", "169.254.1.1",
                         "100.64.0.1", "2001:db8::1", "1.2.3", "1.2.3.4.5", "256.1.1.1", ""})
    EXPECT_EQ(net_trait(ip), std::nullopt) << ip;
  EXPECT_TRUE(net_trait("172.32.0.1"));
  EXPECT_TRUE(net_trait("100.128.0.1"));
}

TEST(Few, ThreePastedSendersGiveTheSoftBankEntryAndWhatItsLooseFormWouldCatch) {
  const Few few =
      from_few({"a1@bank.test", "Z9@bank.test", "q.q@bank.test"}, {"friend@home.example"}, ground(), place("softbank"));
  EXPECT_EQ(few.common_ending, "@bank.test");
  ASSERT_EQ(few.entries.size(), 1U);
  EXPECT_EQ(few.entries[0].entry, (Entry{Mode::suffix, "@bank.test"}));
  EXPECT_EQ(few.entries[0].covers.size(), 3U);
  EXPECT_EQ(few.entries[0].loose, "bank.test");
  EXPECT_EQ(few.effect.stopped, 3);
  EXPECT_EQ(few.effect.senders_touched, 0);
  EXPECT_TRUE(few.left.empty());
  const Few firm = from_few({"a@bank.example"}, {}, ground(), place("softbank"));
  EXPECT_THAT(firm.entries.at(0).loose_catches, ElementsAre("hoshibank.example"));
}

TEST(Few, FreeMailGivesSingleAddressesAndSaysWhy) {
  const Few few = from_few({"a@posuto.example", "b@posuto.example"}, {}, ground(), place("softbank"));
  EXPECT_TRUE(few.entries.empty());
  ASSERT_EQ(few.left.size(), 2U);
  EXPECT_EQ(few.left[0].why, Shared::mail_of_people);
  EXPECT_THAT(few.exact, ElementsAre(Entry{Mode::exact, "a@posuto.example"}, Entry{Mode::exact, "b@posuto.example"}));
}

TEST(Few, SomebodyToKeepIsNeverTouched) {
  const Few few =
      from_few({"a@lamp-red.test"}, {"mother@lamp-red.test", "a@lamp-red.test"}, ground(), place("softbank"));
  EXPECT_TRUE(few.entries.empty());
  EXPECT_TRUE(few.exact.empty()) << "the pasted sender itself is to be kept";
  EXPECT_EQ(few.effect.senders_touched, 0);
}

TEST(Few, EndingsThatEverybodySharesAreNoCommonEnding) {
  EXPECT_EQ(from_few({"a@one.co.jp", "b@two.co.jp"}, {}, ground(), place("softbank")).common_ending, "");
  EXPECT_EQ(from_few({"a@x.lamp.test", "b@y.lamp.test"}, {}, ground(), place("softbank")).common_ending, ".lamp.test");
  EXPECT_EQ(from_few({}, {}, ground(), place("softbank")).common_ending, "");
}

RuleList rules_of(std::string_view text) { return read_rule_list(text, "x").value(); }

TEST(Export, SieveEscapesWhatSieveReadsAsItsOwn) {
  const std::string text = to_sieve(rules_of("reject prefix a*b?\nreject exact x{y}@lamp.test\n"), "Spam \"now\"").text;
  EXPECT_THAT(text, HasSubstr(R"("a\\*b\\?*")"));
  EXPECT_THAT(text, HasSubstr(R"(fileinto "Spam \"now\"";)"));
}

TEST(Export, AnEmptyListRefusesNothing) {
  EXPECT_EQ(to_sieve({}, "Junk").text, "# sekisho rules 1\nrequire [\"fileinto\"];\n");
  EXPECT_EQ(to_sieve(rules_of("allow exact a@lamp.test\n"), "Junk").text.find("fileinto \"Junk\""), std::string::npos);
  EXPECT_EQ(to_gmail({}, "x").text.find("<entry>"), std::string::npos);
}

TEST(Export, WhatAFormatCannotSayIsNamed) {
  const RuleList list = rules_of("reject contains lamp\nreject domain lamp.test\nreject link kumo.test\n");
  EXPECT_THAT(to_postfix_access(list).left_out, ElementsAre(0, 2));
  EXPECT_THAT(to_postfix_header_checks(list).left_out, ElementsAre(2));
  EXPECT_THAT(to_gmail(list, "x").left_out, ElementsAre(0, 2));
  EXPECT_TRUE(to_sieve(list, "x").left_out.empty());
}

TEST(Export, GmailsFilterNamesExceptionsInTheSameSearch) {
  const std::string text =
      to_gmail(rules_of("reject domain lamp.test\nreject exact o'a@b.test\nallow exact f@lamp.test\n"), "a&b").text;
  EXPECT_THAT(text, HasSubstr("value='from:(@lamp.test OR o&apos;a@b.test) -from:(f@lamp.test)'"));
  EXPECT_THAT(text, HasSubstr("value='a&amp;b'"));
  std::string many;
  for (int i = 0; i < 200; ++i) many += "reject domain d" + std::to_string(i) + ".test\n";
  const std::string long_text = to_gmail(rules_of(many), "x").text;
  std::size_t entries = 0, at = 0;
  while ((at = long_text.find("<entry>", at + 1)) != std::string::npos) ++entries;
  EXPECT_GT(entries, 1U);
  EXPECT_LT(entries, 10U);
}

TEST(Export, AGmailFilterIsNeverLongerThanGmailTakes) {
  std::string friends = "reject domain posuto.example\nreject domain lamp.test\n";
  for (int i = 0; i < 80; ++i) friends += "allow exact friend" + std::to_string(i) + "@posuto.example\n";
  const Exported exported = to_gmail(rules_of(friends), "x");
  EXPECT_THAT(exported.left_out, ElementsAre(0))
      << "with all its exceptions it does not fit, and without them it hurts";
  EXPECT_THAT(exported.text, HasSubstr("value='from:(@lamp.test)'")) << "the friends are no exception to this one";
  std::string some = "reject domain posuto.example\nreject domain lamp.test\n";
  for (int i = 0; i < 40; ++i) some += "allow exact friend" + std::to_string(i) + "@posuto.example\n";
  const Exported fits = to_gmail(rules_of(some), "x");
  EXPECT_TRUE(fits.left_out.empty());
  EXPECT_THAT(fits.text, HasSubstr("-from:(friend0@posuto.example OR"));
}

TEST(Export, AWideAllowEntryIsKeptAbovePostfixsNarrowerKey) {
  const std::string text =
      to_postfix_access(rules_of("reject exact a@lamp.test\nallow domain lamp.test\nreject domain kumo.test\n")).text;
  EXPECT_EQ(text.find("a@lamp.test"), std::string::npos);
  EXPECT_THAT(text, HasSubstr("lamp.test DUNNO\n.lamp.test DUNNO\nkumo.test REJECT\n.kumo.test REJECT\n"));
}

}  // namespace
}  // namespace sekisho::rules
