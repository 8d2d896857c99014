// Mailboxes that nobody tuned anything on: senders are invented anew from a seed, in every habit that campaigns have.
// The rules are made from the first part of each and tried on what comes after, at every place.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "mailboxes.h"
#include "rules/list.h"
#include "rules/mine.h"
#include "text/domain.h"

namespace sekisho::rules {
namespace {

using tests::ground;
using tests::morning;

struct Line {
  std::string address;
  Sort sort;
  std::uint32_t campaign;
};

/// How a campaign names its senders.
enum class Habit : std::uint8_t {
  fresh_domains,
  subdomains,
  counted,        // kumo1.test, kumo2.example
  common_tail,    // qx-kumo.test
  other_endings,  // kumo.test, kumo.example
  tenants,        // names below a domain whose wanted customers have names of their own
  free_mail,
  punycode,
  registry_suffix,  // names directly below co.jp
  private_suffix,   // names below a suffix that a firm lets out
  near_a_wanted,    // the name of a wanted sender plus a number
  one_more_label    // a wanted sender's name as a label of another domain
};
constexpr std::uint8_t habits = 12;

class World {
 public:
  explicit World(unsigned seed) : chance_(seed) {
    for (int i = 0; i < 12; ++i) shops_.push_back(name() + pick({".example", ".test", ".co.jp", ".invalid"}));
    for (int i = 0; i < 4; ++i) tenants_.push_back(name() + ".yado-gari.example");
    for (int i = 0; i < 5; ++i)
      friends_.push_back(name() + std::to_string(number(90)) + '@' + pick({"posuto.example", "tegami-bin.example"}));
    for (int i = 0; i < 2 + number(4); ++i)
      begin_campaign(static_cast<Habit>((seed + static_cast<unsigned>(i) * 5U) % habits));
    for (int i = 0; i < 500; ++i) (i < 350 ? past : future).push_back(one(i));
  }

  std::vector<Line> past, future;
  /// Campaigns on mail that others use: address rules reach them only by the second choice, or not at all.
  std::set<std::uint32_t> out_of_reach;

 private:
  struct Campaign {
    Habit habit;
    std::string stem, base;
    std::vector<std::string> hosts;
  };

  int number(int below) { return static_cast<int>(chance_() % static_cast<unsigned>(below)); }
  std::string pick(std::initializer_list<std::string_view> all) {
    return std::string(*(all.begin() + number(static_cast<int>(all.size()))));
  }
  std::string name() {
    constexpr std::array<std::string_view, 16> syllables{"ka", "shi", "to", "ne", "mu", "ro", "ha", "tsu",
                                                         "ki", "yo",  "re", "sa", "gu", "bi", "zo", "wa"};
    std::string made;
    for (int i = 0; i < 3 + number(2); ++i) made += syllables[static_cast<std::size_t>(number(16))];
    return number(3) == 0 ? made + '-' + std::string(syllables[static_cast<std::size_t>(number(16))]) + "ya" : made;
  }
  std::string noise() {
    std::string made;
    for (int i = 0; i < 3 + number(3); ++i) made += "abcdefghkmnpqrstuvwxyz23456789"[number(30)];
    return made;
  }

  void begin_campaign(Habit habit) {
    Campaign made{habit, name() + name(), {}, {}};
    made.base = habit == Habit::near_a_wanted    ? shops_[0].substr(0, shops_[0].find('.'))
                : habit == Habit::one_more_label ? shops_[1].substr(0, shops_[1].find('.'))
                                                 : made.stem;
    if (habit == Habit::free_mail) out_of_reach.insert(static_cast<std::uint32_t>(campaigns_.size()));
    campaigns_.push_back(std::move(made));
  }

  std::string host_of_campaign(Campaign& one) {
    if (!one.hosts.empty() && number(6) != 0)
      return one.hosts[static_cast<std::size_t>(number(static_cast<int>(one.hosts.size())))];
    const std::string n = std::to_string(1 + number(30));
    std::string host;
    switch (one.habit) {
      case Habit::fresh_domains:
        host = name() + noise() + pick({".test", ".example", ".invalid"});
        break;
      case Habit::subdomains:
        host = noise() + '.' + one.base + ".test";
        break;
      case Habit::counted:
        host = one.base + n + pick({".test", ".example"});
        break;
      case Habit::common_tail:
        host = noise() + '-' + one.base + ".test";
        break;
      case Habit::other_endings:
        host = one.base + pick({".test", ".example", ".invalid", ".co.jp", ".ne.jp"});
        break;
      case Habit::tenants:
        host = noise() + ".yado-gari.example";
        break;
      case Habit::free_mail:
        host = pick({"posuto.example", "tegami-bin.example"});
        break;
      case Habit::punycode:
        host = "xn--" + one.base.substr(0, 6) + noise() + ".test";
        break;
      case Habit::registry_suffix:
        host = one.base.substr(0, 4) + noise() + ".co.jp";
        break;
      case Habit::private_suffix:
        host = one.base.substr(0, 4) + noise() + pick({".blogspot.com", ".github.io"});
        break;
      case Habit::near_a_wanted:
        host = one.base + n + ".test";
        break;
      case Habit::one_more_label:
        host = one.base + '.' + noise() + one.stem + ".test";
        break;
    }
    if (one.hosts.size() < 9) one.hosts.push_back(host);
    return host;
  }

  Line one(int i) {
    const int kind = number(100);
    if (kind < 55) {
      const auto id = static_cast<std::uint32_t>(number(static_cast<int>(campaigns_.size())));
      // One in fifty uses the very address of a wanted sender.
      if (number(50) == 0 && i > 40) return {"info@" + shops_[2], Sort::campaign, id};
      return {noise() + '@' + host_of_campaign(campaigns_[id]), Sort::campaign, id};
    }
    if (kind < 80) {
      const std::string& shop = shops_[static_cast<std::size_t>(number(12))];
      return {pick({"info@", "order@", "news@"}) + (number(3) == 0 ? "mail." : "") + shop, Sort::wanted, no_campaign};
    }
    if (kind < 90) return {"order@" + tenants_[static_cast<std::size_t>(number(4))], Sort::wanted, no_campaign};
    return {friends_[static_cast<std::size_t>(number(5))], Sort::wanted, no_campaign};
  }

  std::mt19937 chance_;
  std::vector<std::string> shops_, tenants_, friends_;
  std::vector<Campaign> campaigns_;
};

Evidence evidence_of(const std::vector<Line>& lines) {
  Evidence evidence;
  for (std::uint32_t i = 0; i < 8; ++i) evidence.campaign("c" + std::to_string(i));
  std::int64_t time = morning;
  for (const Line& line : lines) evidence.add(line.address, line.sort, line.campaign, time += 3'000);
  evidence.finish();
  return evidence;
}

/// Known senders of wanted mail that come again and would be refused.
std::vector<std::string> known_touched(const World& world, const Lists& lists, const Reading& reading) {
  std::set<std::string> known;
  for (const Line& line : world.past)
    if (line.sort == Sort::wanted) known.insert(line.address);
  std::vector<std::string> touched;
  for (const Line& line : world.future)
    if (line.sort == Sort::wanted && known.contains(line.address) && refused(lists, line.address, reading))
      touched.push_back(line.address);
  return touched;
}

std::string described(const Lists& lists) { return '\n' + tests::lines(lists); }

TEST(Unseen, NothingWantedIsTouchedNowOrLaterAtAnyPlace) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const World world(seed);
    const Evidence evidence = evidence_of(world.past);
    for (const Dialect& place : tests::dialects().all())
      for (const Reach reach : {Reach::careful, Reach::with_shared_places}) {
        const Mined mined = mine(evidence, evidence.sightings(), ground(), place, reach);
        const Effect effect = worst_of(mined.lists, evidence, evidence.sightings(), place.readings());
        ASSERT_EQ(effect.senders_touched, 0U) << seed << ' ' << place.id << described(mined.lists);
        for (const Reading& reading : place.readings())
          ASSERT_EQ(known_touched(world, mined.lists, reading), std::vector<std::string>())
              << seed << ' ' << place.id << described(mined.lists);
      }
  }
}

TEST(Unseen, NearlyEverythingIsStoppedWithNoMoreEntriesThanSendingDomains) {
  std::uint64_t reachable = 0, stopped = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const World world(seed);
    const Evidence evidence = evidence_of(world.past);
    const Mined mined = mine(evidence, evidence.sightings(), ground(), Dialects::generic(), Reach::careful);
    std::set<std::string> wanted, domains;
    for (const Line& line : world.past)
      if (line.sort == Sort::wanted) wanted.insert(line.address);
    for (const Line& line : world.past) {
      if (line.sort != Sort::campaign) continue;
      domains.insert(text::registrable_domain(host_of(line.address)));
      if (world.out_of_reach.contains(line.campaign) || wanted.contains(line.address)) continue;
      ++reachable;
      stopped += refused(mined.lists, line.address, Reading{}) ? 1 : 0;
    }
    EXPECT_LE(mined.lists.reject.size(), domains.size()) << seed << described(mined.lists);
  }
  EXPECT_GT(reachable, 9'000U);
  RecordProperty("stopped", std::to_string(stopped) + "/" + std::to_string(reachable));
  EXPECT_GE(static_cast<double>(stopped), 0.98 * static_cast<double>(reachable)) << stopped << " of " << reachable;
}

TEST(Unseen, NoEntryIsAPublicSuffixAndEveryListCanBeReadAgain) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const World world(seed);
    const Evidence evidence = evidence_of(world.past);
    for (const Dialect& place : tests::dialects().all()) {
      const Mined mined = mine(evidence, evidence.sightings(), ground(), place, Reach::with_shared_places);
      std::vector<Rule> rules;
      for (const Entry& entry : mined.lists.reject) rules.push_back({false, entry, {}, {}, 0});
      for (const Entry& entry : mined.lists.allow) rules.push_back({true, entry, {}, {}, 0});
      const RuleList read = read_rule_list(write_rule_list(rules), "x").value();
      EXPECT_TRUE(read.mistakes.empty()) << seed << ' ' << place.id << ' ' << read.mistakes.front().written;
      ASSERT_EQ(read.rules.size(), rules.size());
      for (std::size_t i = 0; i < rules.size(); ++i) EXPECT_TRUE(read.rules[i].same_as(rules[i]));
      for (const Entry& entry : mined.lists.reject) {
        std::string_view host = entry.value;
        host.remove_prefix(host.find('@') == std::string_view::npos ? 0 : host.find('@') + 1);
        if (host.starts_with('.')) host.remove_prefix(1);
        EXPECT_FALSE(host.find('.') != std::string_view::npos && text::is_public_suffix(host)) << entry.value;
      }
    }
  }
}

TEST(Unseen, TheSecondChoiceReachesMailFromSharedPlaces) {
  std::uint64_t total = 0, stopped = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const World world(seed);
    if (world.out_of_reach.empty()) continue;
    const Evidence evidence = evidence_of(world.past);
    const Proposals proposals = propose(evidence, ground(), Dialects::generic());
    ASSERT_TRUE(proposals.second) << seed;
    EXPECT_EQ(proposals.second->effect.senders_touched, 0U);
    EXPECT_FALSE(proposals.second->shared_domains.empty());
    EXPECT_FALSE(proposals.second->mined.lists.allow.empty());
    for (const std::uint32_t id : world.out_of_reach) {
      total += proposals.second->effect.campaigns[id].total - proposals.second->effect.campaigns[id].forged;
      stopped += proposals.second->effect.campaigns[id].stopped;
    }
  }
  EXPECT_GT(total, 100U);
  EXPECT_EQ(stopped, total);
}

}  // namespace
}  // namespace sekisho::rules
