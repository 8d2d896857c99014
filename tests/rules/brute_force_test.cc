// The miner against an independent, slow definition of what it may propose: every substring of every campaign address
// in every mode, held against the rules of docs/rules.md as they are written there, and every set of what remains.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "mailboxes.h"
#include "rules/mine.h"

namespace sekisho::rules {
namespace {

using tests::ground;

/// What a random mailbox holds, in plain words.
struct Plain {
  std::map<std::string, int> campaign, wanted;
};

const std::vector<std::string> hosts{
    "lamp-red.test",      "x.lamp-red.test",  "y.lamp-red.test",     "z.lamp-red.test",    "posuto.example",
    "a1-kumolamp.test",   "b2-kumolamp.test", "c3-kumolamp.test",    "x.a1-kumolamp.test", "akarisuzu1.test",
    "akarisuzu2.example", "akarisuzu3.test",  "bad.platform.example"};
const std::vector<std::string> locals{"a", "b", "info"};

Plain random_mailbox(std::mt19937& random) {
  const auto up_to = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n)(random); };
  Plain plain;
  // A few hosts only, so that they overlap often.
  std::vector<std::string> near;
  for (std::size_t n = 3 + up_to(4), from = up_to(hosts.size() - 1); n > 0; --n)
    near.push_back(hosts[(from + n) % hosts.size()]);
  for (std::size_t n = 1 + up_to(8); n > 0; --n)
    plain.campaign[locals[up_to(2)] + '@' + near[up_to(near.size() - 1)]] += static_cast<int>(1 + up_to(2));
  if (up_to(1) == 0) {
    // Shops with names of their own beside names rented by the campaign.
    for (const std::string host : {"x.lamp-red.test", "y.lamp-red.test", "z.lamp-red.test"})
      plain.campaign["a@" + host] = up_to(3) == 0 ? 1 : 2;
    plain.wanted["order@shop.lamp-red.test"] = 1;
    if (up_to(1) == 0) plain.wanted["news@book.lamp-red.test"] = 1;
    return plain;
  }
  for (std::size_t n = up_to(3); n > 0; --n) plain.wanted[locals[up_to(2)] + '@' + near[up_to(near.size() - 1)]] = 1;
  return plain;
}

/// The last two labels: all hosts here stand below a top-level domain of one label.
std::string registrable(const std::string& host) {
  const std::size_t last = host.rfind('.');
  return host.substr(host.rfind('.', last - 1) + 1);
}
std::string host_in(const std::string& address) { return address.substr(address.find('@') + 1); }
bool is_below(const std::string& host, const std::string& name) { return host.ends_with('.' + name); }

/// One permitted entry: what it surely stops, and the exceptions that it needs.
struct Permitted {
  std::set<std::string> stops;
  std::set<std::string> exceptions;
  bool operator<(const Permitted& other) const {
    return std::tie(stops, exceptions) < std::tie(other.stops, other.exceptions);
  }
};

class Oracle {
 public:
  Oracle(const Plain& plain, const Dialect& dialect) : plain_(plain), dialect_(dialect) {
    for (const auto& [address, mails] : plain.campaign)
      if (!plain.wanted.contains(address)) targets_[address] = mails;
  }

  struct Best {
    int stopped = 0;
    std::size_t entries = 0, exceptions = 0;
    bool operator==(const Best&) const = default;
  };

  Best best() const {
    std::set<Permitted> distinct;
    for (const auto& [address, mails] : targets_)
      for (std::size_t from = 0; from < address.size(); ++from)
        for (std::size_t size = 1; from + size <= address.size(); ++size)
          for (const Mode mode : {Mode::exact, Mode::suffix, Mode::contains, Mode::domain})
            if (dialect_.offers(mode))
              if (const auto permitted = judge({mode, address.substr(from, size)})) distinct.insert(*permitted);
    const std::vector<Permitted> all(distinct.begin(), distinct.end());
    EXPECT_LE(all.size(), 22U);
    BestSet best;
    for (std::uint32_t set = 0; set < (1U << all.size()); ++set) {
      std::set<std::string> stops, exceptions;
      std::size_t entries = 0;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if ((set >> i & 1U) == 0) continue;
        ++entries;
        stops.insert(all[i].stops.begin(), all[i].stops.end());
        exceptions.insert(all[i].exceptions.begin(), all[i].exceptions.end());
      }
      int stopped = 0;
      for (const std::string& address : stops) stopped += targets_.at(address);
      if (std::tuple(stopped, best.entries, best.exceptions.size()) >
          std::tuple(best.stopped, entries, exceptions.size()))
        best = {stopped, entries, exceptions};
    }
    return {best.stopped, best.entries, best.exceptions.size()};
  }

 private:
  struct BestSet {
    int stopped = 0;
    std::size_t entries = 0;
    std::set<std::string> exceptions;
  };

  std::set<std::string> caught(const Entry& entry, const std::map<std::string, int>& addresses, bool surely) const {
    std::set<std::string> caught;
    for (const auto& [address, mails] : addresses) {
      bool all = true, any = false;
      for (const Reading& reading : dialect_.readings()) {
        const bool here = matches(entry, address, reading);
        all &= here;
        any |= here;
      }
      if (surely ? all && any : any) caught.insert(address);
    }
    return caught;
  }

  std::optional<Permitted> judge(const Entry& entry) const {
    const Permitted found{caught(entry, targets_, true), {}};
    if (found.stops.empty()) return std::nullopt;
    const std::set<std::string> touched = caught(entry, plain_.wanted, false);
    if (entry.mode == Mode::exact)
      return targets_.contains(entry.value) && targets_.at(entry.value) >= 3 ? std::optional(found) : std::nullopt;
    std::string name = entry.value;
    if (entry.mode == Mode::suffix && (name[0] == '@' || name[0] == '.')) name.erase(0, 1);
    const bool is_name =
        (entry.mode == Mode::domain || (entry.mode == Mode::suffix && name != entry.value)) && is_whole(name);
    if (is_name) return ground().shared(name) != Shared::no ? std::nullopt : with_exceptions(found, touched, name);
    return touched.empty() && is_row(entry) ? std::optional(found) : std::nullopt;
  }

  /// `name` stands at a label boundary of a campaign host, and is no shorter than its registrable domain.
  bool is_whole(const std::string& name) const {
    return std::any_of(targets_.begin(), targets_.end(), [&](const auto& target) {
      const std::string host = host_in(target.first);
      return (host == name || is_below(host, name)) && name.size() >= registrable(host).size();
    });
  }

  std::optional<Permitted> with_exceptions(Permitted found, const std::set<std::string>& touched,
                                           const std::string& name) const {
    int stopped = 0;
    for (const std::string& address : found.stops) stopped += targets_.at(address);
    const bool used = std::any_of(plain_.wanted.begin(), plain_.wanted.end(), [&](const auto& wanted) {
      return registrable(host_in(wanted.first)) == registrable(host_in(*found.stops.begin()));
    });
    if (touched.empty()) return used && stopped < 2 ? std::nullopt : std::optional(found);
    if (!dialect_.allow_surely_wins()) return std::nullopt;
    std::set<std::string> tenants;
    for (const std::string& address : found.stops)
      if (is_below(host_in(address), name) && mails_from(host_in(address)) >= 2) tenants.insert(host_in(address));
    if (tenants.size() < 3) return std::nullopt;
    for (const std::string& address : touched) {
      const std::string host = host_in(address);
      if (host == name) return std::nullopt;
      for (const auto& [target, mails] : targets_)
        if (host_in(target) == host) return std::nullopt;
      // All hosts here have at most one label below their registrable domain: the host itself is the shortest name.
      found.exceptions.insert(host);
    }
    return found;
  }

  int mails_from(const std::string& host) const {
    int mails = 0;
    for (const auto& [target, count] : targets_) mails += host_in(target) == host ? count : 0;
    return mails;
  }

  /// "-kumolamp.test" or "@akarisuzu": three registrable domains of the campaign share it.
  bool is_row(const Entry& entry) const {
    std::set<std::string> domains;
    for (const auto& [address, mails] : targets_) {
      const std::string host = host_in(address), domain = registrable(host);
      const std::string label = domain.substr(0, domain.find('.'));
      const std::string stem = label.substr(0, label.find_last_not_of("0123456789-") + 1);
      if (entry.mode == Mode::suffix && entry.value[0] == '-' && domain.ends_with(entry.value) &&
          entry.value.find('.') != std::string::npos)
        domains.insert(domain);
      if (entry.mode == Mode::contains && host == domain && entry.value == '@' + stem) domains.insert(domain);
    }
    if (domains.size() < 3) return false;
    const std::string stem = entry.value.substr(1, entry.value.find('.') - 1);
    for (const auto& [address, mails] : plain_.wanted) {
      std::string label;
      for (const char c : registrable(host_in(address)).substr(0, registrable(host_in(address)).find('.')))
        if (c != '-' && (c < '0' || c > '9')) label += c;
      if (label.find(stem) != std::string::npos) return false;
    }
    return true;
  }

  const Plain& plain_;
  const Dialect& dialect_;
  std::map<std::string, int> targets_;
};

TEST(BruteForce, TheMinerEqualsItOnTwoHundredSmallMailboxesOfEachPlace) {
  std::mt19937 random(20261123);
  int with_rows = 0, with_exceptions = 0, unstoppable = 0;
  for (int i = 0; i < 200; ++i) {
    const Plain plain = random_mailbox(random);
    tests::Mailbox mailbox;
    for (const auto& [address, mails] : plain.campaign) mailbox.campaign("A", {address}, mails);
    for (const auto& [address, mails] : plain.wanted) mailbox.wanted(address, mails);
    const Evidence evidence = mailbox.evidence();
    for (const Dialect* dialect :
         {&Dialects::generic(), &tests::place("softbank"), &tests::place("docomo"), &tests::place("au")}) {
      const Mined mined = mine(evidence, evidence.sightings(), ground(), *dialect, Reach::careful);
      const Oracle::Best expected = Oracle(plain, *dialect).best();
      const Effect effect = worst_of(mined.lists, evidence, evidence.sightings(), dialect->readings());
      const Oracle::Best found{static_cast<int>(effect.stopped), mined.lists.reject.size(), mined.lists.allow.size()};
      EXPECT_EQ(found, expected) << i << ' ' << dialect->id << ": " << found.stopped << '/' << found.entries << '/'
                                 << found.exceptions << " for " << expected.stopped << '/' << expected.entries << '/'
                                 << expected.exceptions << '\n'
                                 << tests::lines(mined.lists) << [&] {
                                      std::string all;
                                      for (const auto& [address, mails] : plain.campaign) all += "C " + address + '\n';
                                      for (const auto& [address, mails] : plain.wanted) all += "W " + address + '\n';
                                      return all;
                                    }();
      EXPECT_TRUE(mined.proved);
      EXPECT_EQ(mined.bound, static_cast<std::uint64_t>(expected.stopped));
      EXPECT_EQ(effect.senders_touched, 0);
      with_exceptions += expected.exceptions > 0 ? 1 : 0;
      unstoppable += effect.stopped < effect.total ? 1 : 0;
      for (const Entry& entry : mined.lists.reject)
        with_rows += entry.mode == Mode::contains || entry.value[0] == '-' ? 1 : 0;
    }
  }
  // The mailboxes must be worth the name of a test.
  EXPECT_GT(with_rows, 5);
  EXPECT_GT(with_exceptions, 5);
  EXPECT_GT(unstoppable, 50);
}

}  // namespace
}  // namespace sekisho::rules
