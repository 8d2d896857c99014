#include "rules/mine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "mailboxes.h"

namespace sekisho::rules {
namespace {

using tests::dialects;
using tests::ground;
using tests::lines;
using tests::Mailbox;
using tests::place;

const Dialect& generic = Dialects::generic();

Mined careful(const Evidence& evidence, const Dialect& dialect = generic) {
  return mine(evidence, evidence.sightings(), ground(), dialect, Reach::careful);
}

TEST(Mine, OneEntryForADomainWhoseLocalPartsChange) {
  const Evidence evidence = Mailbox()
                                .wanted("friend@home.example", 5)
                                .campaign("A", {"a1@lamp-red.test", "b2@lamp-red.test", "c3@x.lamp-red.test"})
                                .evidence();
  const Mined mined = careful(evidence);
  EXPECT_EQ(lines(mined.lists), "reject domain lamp-red.test\n");
  EXPECT_EQ(mined.covered, 3);
  EXPECT_EQ(mined.bound, 3);
  EXPECT_TRUE(mined.proved);
}

TEST(Mine, SoftBankGetsTheFormHeldByTheAtSign) {
  const Evidence evidence =
      Mailbox().wanted("friend@home.example").campaign("A", {"a1@lamp-red.test", "b2@lamp-red.test"}).evidence();
  EXPECT_EQ(lines(careful(evidence, place("softbank")).lists), "reject suffix @lamp-red.test\n");
}

TEST(Mine, APlaceThatKnowsOnlyContainsGetsTheNameWithItsSign) {
  const Evidence evidence = Mailbox().campaign("A", {"a1@lamp-red.test", "b@x.kumo-ao.test"}).evidence();
  EXPECT_EQ(lines(careful(evidence, place("icloud")).lists),
            "reject contains .kumo-ao.test\nreject contains @lamp-red.test\n");
}

TEST(Mine, NamesBelowADomainAreCaughtByTheDomainOrByItsDottedEnding) {
  const Evidence evidence =
      Mailbox().campaign("A", {"a@q1.lamp-red.test", "a@q2.lamp-red.test", "a@q3.lamp-red.test"}).evidence();
  EXPECT_EQ(lines(careful(evidence).lists), "reject domain lamp-red.test\n");
  EXPECT_EQ(lines(careful(evidence, place("softbank")).lists), "reject suffix .lamp-red.test\n");
}

TEST(Mine, WhereNobodyKnowsWhetherADomainCoversItsSubdomainsTheWorseIsCounted) {
  const Evidence evidence =
      Mailbox().campaign("A", {"a@q1.lamp-red.test", "a@q2.lamp-red.test", "a@lamp-red.test"}).evidence();
  const Mined mined = careful(evidence, place("docomo"));
  EXPECT_EQ(lines(mined.lists),
            "reject domain lamp-red.test\nreject domain q1.lamp-red.test\nreject domain q2.lamp-red.test\n");
  // And a wanted sender below the domain forbids it, because it might be covered.
  const Evidence shared = Mailbox()
                              .wanted("friend@home.lamp-red.test")
                              .campaign("A", {"a@lamp-red.test", "a@q1.lamp-red.test"}, 2)
                              .evidence();
  EXPECT_EQ(lines(careful(shared, place("docomo")).lists), "reject domain q1.lamp-red.test\n");
}

TEST(Mine, NeverAPublicSuffixAndNeverAnAddressWithoutADomain) {
  const Evidence evidence =
      Mailbox().campaign("A", {"a@co.jp", "a@[192.0.2.1]", "a@192.0.2.1", "nobody", "a@jp"}).evidence();
  EXPECT_TRUE(careful(evidence).lists.reject.empty());
  EXPECT_EQ(evidence.without_address(), 1);
}

TEST(Mine, AWantedSenderOnTheSameHostForbidsTheDomain) {
  const Evidence evidence =
      Mailbox().wanted("friend@box.example").campaign("A", {"a1@box.example", "a2@box.example"}).evidence();
  EXPECT_TRUE(careful(evidence).lists.reject.empty());
  const Mined wider = mine(evidence, evidence.sightings(), ground(), generic, Reach::with_shared_places);
  EXPECT_EQ(lines(wider.lists), "reject domain box.example\nallow exact friend@box.example\n");
}

TEST(Mine, AnAddressThatCameBackMayBeNamedWhereItsHostMayNot) {
  const Evidence evidence = Mailbox()
                                .wanted("friend@box.example")
                                .campaign("A", {"back@box.example"}, 3)
                                .campaign("A", {"once@box.example", "twice@box.example", "twice@box.example"})
                                .evidence();
  EXPECT_EQ(lines(careful(evidence).lists), "reject exact back@box.example\n");
}

TEST(Mine, FreeMailIsOnlyTheSecondChoiceEvenWhereNobodyElseIsKnownThere) {
  const Evidence evidence = Mailbox().campaign("A", {"a1@posuto.example", "a2@posuto.example"}).evidence();
  const Proposals proposals = propose(evidence, ground(), generic);
  EXPECT_TRUE(proposals.first.mined.lists.reject.empty());
  ASSERT_TRUE(proposals.second);
  EXPECT_EQ(lines(proposals.second->mined.lists), "reject domain posuto.example\n");
  EXPECT_THAT(proposals.second->shared_domains, testing::ElementsAre("posuto.example"));
}

TEST(Mine, AKnownFirmWhoseNameIsForgedIsNotRefused) {
  const Evidence evidence =
      Mailbox().campaign("A", {"a@hoshibank.example", "a@mail.hoshibank.example", "a@famous.example"}).evidence();
  EXPECT_TRUE(careful(evidence).lists.reject.empty());
}

TEST(Mine, ACustomerOfAPlatformIsRefusedAndThePlatformIsNot) {
  const Evidence evidence = Mailbox().campaign("A", {"a@bad.platform.example", "b@bad.platform.example"}).evidence();
  EXPECT_EQ(lines(careful(evidence).lists), "reject domain bad.platform.example\n");
}

TEST(Mine, RentedNamesBelowADomainOfWantedShopsNeedTheShopsAllowed) {
  Mailbox mailbox;
  mailbox.wanted("order@shop.many.example", 4).wanted("news@book.many.example", 2);
  mailbox.campaign("A", {"a@k1.many.example", "a@k2.many.example", "a@k3.many.example"}, 2);
  const Evidence evidence = mailbox.evidence();
  const Proposals proposals = propose(evidence, ground(), generic);
  EXPECT_EQ(lines(proposals.first.mined.lists),
            "reject domain many.example\nallow domain book.many.example\nallow domain shop.many.example\n");
  EXPECT_EQ(proposals.first.effect.wanted_touched, 0);
  EXPECT_THAT(proposals.first.shared_domains, testing::ElementsAre("many.example"));
  ASSERT_TRUE(proposals.by_host);
  EXPECT_EQ(lines(proposals.by_host->mined.lists),
            "reject domain k1.many.example\nreject domain k2.many.example\nreject domain k3.many.example\n");
}

TEST(Mine, OneMailFromANameBesideWantedOnesIsNoName) {
  Mailbox mailbox;
  mailbox.wanted("order@shop.many.example")
      .campaign("A", {"a@k1.many.example", "b@k1.many.example", "a@k2.many.example"});
  const Evidence evidence = mailbox.evidence();
  EXPECT_EQ(lines(careful(evidence).lists), "reject domain k1.many.example\n");
}

TEST(Mine, WhereTheAllowListDoesNotSurelyWinNothingRestsOnIt) {
  Mailbox mailbox;
  mailbox.wanted("order@shop.many.example");
  mailbox.campaign("A", {"a@k1.many.example", "a@k2.many.example", "a@k3.many.example"}, 2);
  const Evidence evidence = mailbox.evidence();
  for (const std::string_view id : {"docomo", "yahoo_jp", "ymobile", "rakuten_mobile", "outlook_com", "icloud"}) {
    const Proposals proposals = propose(evidence, ground(), place(id));
    EXPECT_TRUE(proposals.first.mined.lists.allow.empty()) << id;
    EXPECT_EQ(proposals.first.effect.wanted_touched, 0) << id;
    EXPECT_FALSE(proposals.second && !proposals.second->mined.lists.allow.empty()) << id;
  }
}

TEST(Mine, SiblingsWithACommonEndingAreOneEntry) {
  const Evidence evidence =
      Mailbox()
          .wanted("friend@home.example")
          .campaign("A", {"a@2gx-hinalamp.test", "b@7e5-hinalamp.test", "c@qbu-hinalamp.test", "d@x.v7h-hinalamp.test"})
          .evidence();
  EXPECT_EQ(lines(careful(evidence).lists), "reject suffix -hinalamp.test\n");
  EXPECT_EQ(careful(evidence, place("docomo")).lists.reject.size(), 4U) << "a place that knows whole domains only";
}

TEST(Mine, SiblingsThatCountUpOrChangeTheirEndingAreOneEntry) {
  const Evidence evidence =
      Mailbox().campaign("A", {"a@akari-suzu.test", "b@akari-suzu2.example", "c@akari-suzu13.test"}).evidence();
  EXPECT_EQ(lines(careful(evidence).lists), "reject contains @akari-suzu\n");
  EXPECT_EQ(careful(evidence, place("au")).lists.reject.size(), 3U) << "its contains sees the local part only";
}

TEST(Mine, TwoSiblingsAreNoRow) {
  const Evidence evidence = Mailbox().campaign("A", {"a@2gx-hinalamp.test", "b@7e5-hinalamp.test"}).evidence();
  EXPECT_EQ(careful(evidence).lists.reject.size(), 2U);
  const Evidence three = Mailbox()
                             .campaign("A", {"a@2gx-hinalamp.test", "b@7e5-hinalamp.test"})
                             .campaign("B", {"c@qbu-hinalamp.test"})
                             .evidence();
  EXPECT_EQ(careful(three).lists.reject.size(), 3U) << "of one campaign";
}

TEST(Mine, APieceOfEverydayWordsIsNoRow) {
  const Evidence words =
      Mailbox().campaign("A", {"a@2gx-infocenter.test", "b@7e5-infocenter.test", "c@qbu-infocenter.test"}).evidence();
  EXPECT_EQ(careful(words).lists.reject.size(), 3U);
  const Evidence brief = Mailbox().campaign("A", {"a@x1-lampo.test", "b@x2-lampo.test", "c@x3-lampo.test"}).evidence();
  EXPECT_EQ(careful(brief).lists.reject.size(), 3U) << "five letters";
  const Evidence six = Mailbox().campaign("A", {"a@x1-lampor.test", "b@x2-lampor.test", "c@x3-lampor.test"}).evidence();
  EXPECT_EQ(careful(six).lists.reject.size(), 1U) << "six letters";
}

TEST(Mine, APieceOfAFirmsOrAWantedSendersNameIsNoRow) {
  const Evidence firm =
      Mailbox().campaign("A", {"a@hoshibank1.test", "b@hoshibank2.test", "c@hoshi-bank3.test"}).evidence();
  EXPECT_EQ(careful(firm).lists.reject.size(), 3U);
  const Evidence wanted = Mailbox()
                              .wanted("shop@midori-lamp.example")
                              .campaign("A", {"a@midorilamp1.test", "b@midorilamp2.test", "c@midorilamp3.test"})
                              .evidence();
  EXPECT_EQ(careful(wanted).lists.reject.size(), 3U);
}

TEST(Mine, NeverMoreEntriesThanThePlaceTakesAndTheHeaviestFirst) {
  std::vector<Dialect> small{place("softbank")};
  small[0].max_reject.entries = 2;
  Mailbox mailbox;
  mailbox.campaign("A", {"a@one.test"}).campaign("A", {"a@five.test"}, 5).campaign("A", {"a@three.test"}, 3);
  const Evidence evidence = mailbox.evidence();
  const Mined mined = careful(evidence, small[0]);
  ASSERT_EQ(mined.lists.reject.size(), 2U);
  EXPECT_EQ(mined.lists.reject[0].value, "@five.test");
  EXPECT_EQ(mined.lists.reject[1].value, "@three.test");
  EXPECT_EQ(mined.covered, 8);
  EXPECT_EQ(mined.bound, 8);
}

TEST(Mine, SomebodyToKeepForbidsWhatWouldTouchThem) {
  const Evidence host =
      Mailbox().keep("lamp-red.test").campaign("A", {"a@lamp-red.test", "a@x.lamp-red.test"}, 2).evidence();
  EXPECT_EQ(lines(careful(host).lists), "reject domain x.lamp-red.test\n");
  const Evidence person = Mailbox().keep("Mother@Lamp-Red.test").campaign("A", {"a@lamp-red.test"}).evidence();
  EXPECT_TRUE(careful(person).lists.reject.empty());
}

TEST(Mine, AForgedWantedSenderIsLeftAloneAndCounted) {
  const Evidence evidence =
      Mailbox().wanted("bank@kumo.example", 3).campaign("A", {"bank@kumo.example", "x@lamp-red.test"}).evidence();
  const Proposals proposals = propose(evidence, ground(), generic);
  EXPECT_EQ(lines(proposals.first.mined.lists), "reject domain lamp-red.test\n");
  EXPECT_EQ(proposals.first.effect.forged, 1);
  EXPECT_EQ(proposals.first.effect.stopped, 1);
  EXPECT_EQ(proposals.first.effect.total, 2);
}

TEST(Mine, AMailboxWithoutCampaignsGivesNothing) {
  const Evidence evidence = Mailbox().wanted("friend@home.example", 3).other("odd@lamp.test").evidence();
  const Proposals proposals = propose(evidence, ground(), generic);
  EXPECT_TRUE(proposals.first.mined.lists.reject.empty());
  EXPECT_FALSE(proposals.second);
  EXPECT_FALSE(proposals.by_host);
}

TEST(Replay, CountsOnlyWhatCameAfterTheRulesOfThatMorning) {
  Mailbox mailbox;
  mailbox.campaign("A", {"a@lamp-red.test", "b@lamp-red.test"}).next_day();
  mailbox.campaign("A", {"c@lamp-red.test", "d@moved.test"}).next_day();
  mailbox.campaign("A", {"e@lamp-red.test", "f@moved.test", "g@again.test"});
  const Replay replayed = replay(mailbox.evidence(), ground(), generic, Reach::careful);
  EXPECT_EQ(replayed.days, 2U);
  EXPECT_EQ(replayed.later, 5);
  EXPECT_EQ(replayed.stopped, 3) << "c, e and f; d and g came from domains not seen before";
  EXPECT_EQ(replayed.known_touched, 0);
}

TEST(Replay, ManyDaysAreSampled) {
  Mailbox mailbox;
  for (std::size_t i = 0; i < limits::replay_days + 5; ++i) mailbox.campaign("A", {"a@lamp-red.test"}).next_day();
  const Replay replayed = replay(mailbox.evidence(), ground(), generic, Reach::careful);
  EXPECT_EQ(replayed.days, limits::replay_days);
  EXPECT_EQ(replayed.later, limits::replay_days + 4);
  EXPECT_EQ(replayed.stopped, replayed.later);
}

}  // namespace
}  // namespace sekisho::rules
