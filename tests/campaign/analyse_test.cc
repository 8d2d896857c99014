#include "campaign/analyse.h"

#include <gtest/gtest.h>

#include <deque>

#include <fmt/format.h>

#include "campaign/fingerprint_bytes.h"
#include "campaign/lure.h"
#include "campaign/rhythm.h"

namespace sekisho::campaign {
namespace {

constexpr std::int64_t day = 86'400, noon = 1'780'000'000;

/// A mailbox made of fingerprints.
class Mailbox {
 public:
  Fingerprint& add(std::int64_t time, const std::string& address, const std::string& net, const std::string& site,
                   float log_odds) {
    Fingerprint print;
    print.time = time;
    print.time_is_received = true;
    print.address = address;
    print.host = print.domain = address.substr(address.find('@') + 1);
    print.net = net;
    if (!site.empty()) print.landings.push_back({site, site, "p"});
    print.own_site = site == print.domain;
    print.habits = {1, 2, 3, 4, 0, 1, 1, 540};
    print.auth_known = print.proven = true;
    print.log_odds = log_odds;
    print.content = print.message_id = prints_.size() + 1;
    prints_.push_back(print);
    return prints_.back();
  }
  MailboxReport report(const std::vector<Profile::Visit>& visits = {},
                       const std::vector<std::uint64_t>& hardly_used = {}) const {
    Gathering gathering(hardly_used);
    std::vector<std::uint32_t> order;
    for (const Fingerprint& print : prints_) {
      order.push_back(static_cast<std::uint32_t>(order.size()));
      gathering.add(print);
    }
    gathering.arrange(order);
    return analyse(gathering, {540, true, visits});
  }
  void campaign(int mails, std::int64_t from) {
    for (int i = 0; i < mails; ++i) {
      Fingerprint& print = add(from + i * 1'200, fmt::format("u{}x@d{}.example", i, i % 3),
                               fmt::format("198.51.100.0/{}", i % 2), "landing.test", 4);
      print.numbered_local = true;
      print.habits = {9, 8, 3, 4, 0, 2, 0, 540};
      print.items[0] = {Shown::How::plain, 1};
    }
  }

 private:
  std::deque<Fingerprint> prints_;
};

TEST(Analyse, ManySendersOfOneHandAreOneCampaign) {
  Mailbox mailbox;
  for (int i = 0; i < 10; ++i) mailbox.add(noon + i * day, "info@shop.example", "192.0.2.0/24", "shop.example", 1);
  mailbox.campaign(30, noon + 20 * day);
  const MailboxReport report = mailbox.report();
  ASSERT_EQ(report.campaigns.size(), 1u);
  const Campaign& campaign = report.campaigns[0];
  EXPECT_EQ(campaign.members.size(), 30u);
  EXPECT_EQ(campaign.rhythm.median_gap, 1'200);
  EXPECT_EQ(campaign.senders, 30u);
  EXPECT_FALSE(campaign.lure) << "none found here";
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(report.messages[i].standing, Standing::wanted);
  ASSERT_EQ(report.exposure.size(), 1u);
  EXPECT_EQ(report.exposure[0].messages.size(), 30u);
}

TEST(Analyse, ACampaignIsSeenFromItsThirdMail) {
  for (const int mails : {2, 3}) {
    Mailbox mailbox;
    mailbox.campaign(mails, noon);
    EXPECT_EQ(mailbox.report().campaigns.size(), mails == 3 ? 1u : 0u);
  }
}

TEST(Analyse, AWantedMachineThatMailsEveryTwentyMinutesIsNoCampaign) {
  Mailbox mailbox;
  for (int i = 0; i < 200; ++i) mailbox.add(noon + i * 1'200, "alarm@station.example", "192.0.2.0/24", "", -2);
  const MailboxReport report = mailbox.report();
  EXPECT_TRUE(report.campaigns.empty());
  EXPECT_TRUE(report.exposure.empty());
}

TEST(Analyse, StrangersOfOneProviderAreNotGlued) {
  Mailbox mailbox;
  for (int i = 0; i < 20; ++i) {
    Fingerprint& print =
        mailbox.add(noon + i * day, fmt::format("friend{}@mail.example", i), fmt::format("n{}", i), "", -3);
    print.anybodys_sender = true;
    print.habits.mailer = static_cast<std::uint32_t>(i);
  }
  EXPECT_TRUE(mailbox.report().campaigns.empty());
}

TEST(Analyse, TheMailBeforeTheSilenceIsTheLure) {
  Mailbox mailbox;
  Fingerprint& lure = mailbox.add(noon, "prize7x@other.example", "203.0.113.0/24", "landing.test", 5);
  lure.asks_data = true;
  lure.habits = {9, 8, 3, 4, 0, 2, 0, 540};
  mailbox.campaign(30, noon + 14 * day);
  const MailboxReport report = mailbox.report();
  ASSERT_EQ(report.campaigns.size(), 1u);
  ASSERT_TRUE(report.campaigns[0].lure);
  EXPECT_EQ(report.campaigns[0].lure->message, 0u);
  EXPECT_EQ(report.campaigns[0].lure->first_use - report.campaigns[0].lure->time, 14 * day);
  EXPECT_EQ(report.campaigns[0].lure->shares.front().what, Common::What::landing_site);
}

TEST(Analyse, AKnownAddressFromElsewhereBelongsToTheCampaign) {
  Mailbox mailbox;
  for (int i = 0; i < 10; ++i) mailbox.add(noon + i * day, "card@bank.example", "192.0.2.0/24", "bank.example", 2);
  mailbox.campaign(30, noon + 20 * day);
  Fingerprint& spoof = mailbox.add(noon + 20 * day + 600, "card@bank.example", "198.51.100.0/0", "landing.test", 4);
  spoof.proven = false;
  spoof.habits = {9, 8, 3, 4, 0, 2, 0, 540};
  const MailboxReport report = mailbox.report();
  EXPECT_EQ(report.messages[40].standing, Standing::scam);
  EXPECT_EQ(report.messages[40].campaign, 0u);
  EXPECT_EQ(report.messages[3].standing, Standing::wanted);
  for (const Sender& sender : report.senders)
    if (sender.address == "card@bank.example") {
      ASSERT_EQ(sender.mails.size(), 11u);
      EXPECT_TRUE(sender.mails.back().spoofed);
    }
}

TEST(Analyse, ANewsletterWithAnAddressForEachMailingIsNoCampaign) {
  Mailbox mailbox;
  for (int i = 0; i < 80; ++i) {
    Fingerprint& print = mailbox.add(noon + i * day, fmt::format("bounce-{}x{}@news.example", i, i * 31),
                                     "192.0.2.0/24", "partner.test", i % 4 == 0 ? 2.9F : -2.6F);
    print.numbered_local = true;
  }
  const MailboxReport report = mailbox.report();
  EXPECT_TRUE(report.campaigns.empty());
  for (const MessageLine& line : report.messages) EXPECT_NE(line.standing, Standing::scam);
}

TEST(Analyse, ManyFirmsThatWriteOnceAreNotGluedByACommonPath) {
  Mailbox mailbox;
  for (int i = 0; i < 40; ++i) {
    const std::string firm = fmt::format("firm{}.example", i);
    mailbox.add(noon + i * day / 2, "hello@" + firm, fmt::format("192.0.{}.0/24", i), firm, i % 8 == 0 ? 1.5F : -2.6F);
  }
  mailbox.campaign(30, noon + 20 * day);
  const MailboxReport report = mailbox.report();
  ASSERT_EQ(report.campaigns.size(), 1u);
  EXPECT_EQ(report.campaigns[0].members.size(), 30u);
}

TEST(Analyse, StrangersWhoShowTheSameDataInTheSameWayBelongTogether) {
  for (const bool one_way : {true, false}) {
    Mailbox mailbox;
    for (int i = 0; i < 12; ++i) {
      Fingerprint& print = mailbox.add(noon + i * day / 3, fmt::format("u{}x@d{}.example", i, i),
                                       fmt::format("198.51.{}.0/24", i), fmt::format("site{}.test", i), 3);
      print.landings[0].path.clear();
      print.numbered_local = true;
      print.habits = {9, 8, 3, 4, 5, 2, 0, 540};
      for (std::size_t item = 0; item < 3; ++item)
        print.items[item] = {Shown::How::plain, static_cast<std::uint8_t>(one_way ? 1 : 1 + i)};
    }
    EXPECT_EQ(mailbox.report().campaigns.size(), one_way ? 1u : 0u);
  }
}

TEST(Analyse, WhereTheOwnerSaysTheyTypedIsTheLureWithoutASilence) {
  Mailbox mailbox;
  Fingerprint& lure = mailbox.add(noon, "prize7x@d1.example", "198.51.100.0/0", "Landing.test", 0.5);
  lure.landings = {{"pay.landing.test", "landing.test", "p"}};
  lure.habits = {9, 8, 3, 4, 0, 2, 0, 540};
  mailbox.campaign(30, noon + 1'200);
  EXPECT_FALSE(mailbox.report().campaigns.at(0).lure) << "nothing else points to it";
  EXPECT_FALSE(mailbox.report({{"other.test", 0, true}}).campaigns.at(0).lure);
  for (const char* where :
       {"landing.test", "https://pay.landing.test/form?x=1", "www.landing.test", "PAY.landing.test"}) {
    const MailboxReport report = mailbox.report({{where, 0, true}});
    ASSERT_TRUE(report.campaigns.at(0).lure) << where;
    EXPECT_EQ(report.campaigns[0].lure->message, 0u);
    EXPECT_EQ(report.campaigns[0].lure->shares.front().what, Common::What::visited);
  }
  EXPECT_FALSE(mailbox.report({{"landing.test", noon - 10 * day, true}}).campaigns.at(0).lure)
      << "typed long before that mail came";
}

TEST(Analyse, AStrangerAtAnAddressHardlyUsedWeighsMore) {
  for (const bool hardly_used : {false, true}) {
    Mailbox mailbox;
    for (int i = 0; i < 5; ++i) mailbox.add(noon + i * day, "info@shop.example", "192.0.2.0/24", "shop.example", -3);
    mailbox.add(noon + 5 * day, "odd@other.example", "203.0.113.0/24", "", 0.5).recipient = 77;
    mailbox.add(noon + 6 * day, "info@shop.example", "192.0.2.0/24", "shop.example", -3).recipient = 77;
    const MailboxReport report =
        mailbox.report({}, hardly_used ? std::vector<std::uint64_t>{77} : std::vector<std::uint64_t>{});
    const MessageLine& stranger = report.messages[5];
    const bool said = std::any_of(stranger.shares.begin(), stranger.shares.begin() + stranger.shares_used,
                                  [](const EvidenceShare& share) { return share.what == Evidence::hardly_used; });
    EXPECT_EQ(said, hardly_used);
    EXPECT_EQ(report.messages[6].standing, Standing::wanted) << "whom the owner gave it to may write there";
  }
}

TEST(Analyse, ACampaignToAnAddressHardlyUsedSaysSo) {
  Mailbox mailbox;
  mailbox.campaign(10, noon);
  const auto says = [](const MailboxReport& report) {
    const auto& common = report.campaigns.at(0).common;
    return std::any_of(common.begin(), common.end(),
                       [](const Common& one) { return one.what == Common::What::hardly_used && one.messages == 10; });
  };
  EXPECT_FALSE(says(mailbox.report()));
  EXPECT_TRUE(says(mailbox.report({}, {0}))) << "no recipient hashes to 0 here: all ten mails do";
}

TEST(Analyse, ACopyIsNoSecondMail) {
  Gathering gathering;
  Fingerprint print;
  print.address = "a@b.example";
  print.content = 5;
  print.message_id = 6;
  for (int i = 0; i < 4; ++i) gathering.add(print);
  gathering.arrange({0, 1, 2, 3});
  EXPECT_EQ(gathering.mails()[0].copy_of, no_copy);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(gathering.mails()[i].copy_of, 0u);
}

TEST(Analyse, AnEmptyMailboxIsNoFault) { EXPECT_TRUE(Mailbox().report().campaigns.empty()); }

TEST(RhythmTest, SilentHoursAndTheNextMailAreTold) {
  std::vector<std::int64_t> times;
  for (int d = 0; d < 5; ++d)
    for (int h = 5; h < 24; ++h) times.push_back(noon / day * day - 9 * 3'600 + d * day + h * 3'600);
  const Rhythm rhythm = rhythm_of(times, times.back() + 60, 540);
  EXPECT_EQ(rhythm.median_gap, 3'600);
  ASSERT_TRUE(rhythm.quiet);
  EXPECT_EQ((*rhythm.quiet)[0], 0);
  EXPECT_EQ((*rhythm.quiet)[1], 5);
  EXPECT_TRUE(rhythm.live);
  EXPECT_EQ(rhythm.next_from, times.back() + 3'600);
  EXPECT_FALSE(rhythm_of(times, times.back() + 10 * day, 540).live);
}

TEST(FingerprintBytes, ComeBackAsTheyWere) {
  Fingerprint print;
  print.time = -5;
  print.address = "a@b.example";
  print.landings = {{"h.test", "test", "x"}};
  print.habits = {1, 2, 3, 4, 5, 6, 7, -480};
  print.log_odds = -2.5F;
  print.proven = print.broken = true;
  print.items[4] = {Shown::How::masked, 9};
  print.guesses = {1, ~std::uint64_t{0}};
  ByteWriter out;
  write(out, print);
  const std::string bytes = out.take();
  ByteReader in(bytes);
  const auto back = read_fingerprint(in);
  ASSERT_TRUE(back);
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(back->time, -5);
  EXPECT_EQ(back->landings[0].path, "x");
  EXPECT_EQ(back->habits.zone, -480);
  EXPECT_EQ(back->log_odds, -2.5F);
  EXPECT_TRUE(back->proven && back->broken && !back->list);
  EXPECT_EQ(back->items[4].form, 9);
  EXPECT_EQ(back->guesses, print.guesses);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    ByteReader shorter(std::string_view(bytes).substr(0, cut));
    EXPECT_FALSE(read_fingerprint(shorter)) << cut;
  }
}

}  // namespace
}  // namespace sekisho::campaign
