#include "campaign/describe.h"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <unordered_set>

#include "campaign/lure.h"
#include "campaign/rhythm.h"

namespace sekisho::campaign {
namespace {

constexpr int bits_of_one_wording = 12;        // of 64 that two texts of one template may differ in
constexpr std::size_t families_compared = 48;  // leaders kept while grouping
constexpr std::size_t families_told = 8, commons_of_a_kind = 2;

using Count = std::pair<std::uint32_t, std::uint32_t>;  // name, mails

std::vector<Count> by_frequency(const std::unordered_map<std::uint32_t, std::uint32_t>& counts) {
  std::vector<Count> sorted(counts.begin(), counts.end());
  std::sort(sorted.begin(), sorted.end(), [](const Count& a, const Count& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  return sorted;
}

std::vector<Family> families_of(const Gathering& gathering, std::span<const std::uint32_t> members) {
  struct Leader {
    std::uint64_t shape;
    Family family;
  };
  std::vector<Leader> leaders;
  for (const std::uint32_t number : members) {
    const std::uint64_t shape = gathering.mails()[number].shape;
    if (shape == 0) continue;
    const auto same = std::find_if(leaders.begin(), leaders.end(), [&](const Leader& leader) {
      return std::popcount(leader.shape ^ shape) <= bits_of_one_wording;
    });
    if (same != leaders.end())
      ++same->family.messages;
    else if (leaders.size() < families_compared)
      leaders.push_back({shape, {number, 1}});
  }
  std::vector<Family> families;
  for (const Leader& leader : leaders) families.push_back(leader.family);
  std::stable_sort(families.begin(), families.end(),
                   [](const Family& a, const Family& b) { return a.messages > b.messages; });
  if (families.size() > families_told) families.resize(families_told);
  return families;
}

/// Everything that is counted over the members.
struct Tally {
  std::unordered_map<std::uint32_t, std::uint32_t> hosts, domains, nets, sites, paths, kinds;
  std::unordered_set<std::uint32_t> addresses;
  std::uint32_t items = 0, hardly_used = 0;
};

void add_common(Campaign& campaign, Common::What what, const std::vector<Count>& counts, const Names& names,
                std::string_view before = {}, std::string_view after = {}) {
  for (std::size_t i = 0; i < counts.size() && i < commons_of_a_kind; ++i)
    if (counts[i].second >= 2)
      campaign.common.push_back({what,
                                 std::string(before) + std::string(names.name(counts[i].first)) + std::string(after),
                                 counts[i].second});
}

}  // namespace

Campaign describe(const Gathering& gathering, const Cluster& cluster, std::int64_t end_of_mailbox,
                  const Setting& setting) {
  const auto& mails = gathering.mails();
  const Names& names = gathering.names();
  Campaign campaign;
  campaign.members = cluster.mails;
  std::stable_sort(campaign.members.begin(), campaign.members.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return mails[a].time < mails[b].time; });
  campaign.first = mails[campaign.members.front()].time;
  campaign.last = mails[campaign.members.back()].time;

  std::vector<std::uint32_t> originals;
  Tally tally;
  for (const std::uint32_t number : campaign.members) {
    const Mail& mail = mails[number];
    for (std::size_t i = 0; i < item_kinds; ++i) campaign.items[i] += mail.items[i].how != Shown::How::no;
    if (mail.copy_of != no_copy) {
      ++campaign.copies;
      continue;
    }
    originals.push_back(number);
    ++tally.hosts[mail.host];
    ++tally.domains[mail.domain];
    if (mail.net != 0) ++tally.nets[mail.net];
    if (mail.scam_kind != 0) ++tally.kinds[mail.scam_kind];
    tally.addresses.insert(mail.address);
    tally.items += mail.shows_item;
    tally.hardly_used += mail.hardly_used;
    std::uint32_t last_site = 0, last_path = 0;
    for (const LandingId& landing : gathering.landings(mail)) {
      if (landing.domain != last_site) ++tally.sites[last_site = landing.domain];
      if (landing.path != 0 && landing.path != last_path) ++tally.paths[last_path = landing.path];
    }
  }
  for (const auto& [host, count] : by_frequency(tally.hosts)) campaign.domains.emplace_back(names.name(host));
  for (const auto& [site, count] : by_frequency(tally.sites)) campaign.landing_domains.emplace_back(names.name(site));
  for (const auto& [kind, count] : by_frequency(tally.kinds)) campaign.scam_kinds.emplace_back(names.name(kind));
  campaign.senders = static_cast<std::uint32_t>(tally.addresses.size());
  campaign.lure = find_lure(gathering, originals, setting);

  std::vector<std::int64_t> times;
  for (const std::uint32_t number : originals)
    if (!campaign.lure || number != campaign.lure->message) times.push_back(mails[number].time);
  campaign.rhythm = rhythm_of(times, end_of_mailbox, setting.zone_minutes);

  const auto all = static_cast<std::uint32_t>(originals.size());
  add_common(campaign, Common::What::landing_site, by_frequency(tally.sites), names);
  if (campaign.senders * 10 > all * 7) campaign.common.push_back({Common::What::changing_sender, {}, campaign.senders});
  if (tally.items > 1) campaign.common.push_back({Common::What::own_data, {}, tally.items});
  if (tally.hardly_used > 0) campaign.common.push_back({Common::What::hardly_used, {}, tally.hardly_used});
  add_common(campaign, Common::What::sender_domain, by_frequency(tally.domains), names, "@");
  add_common(campaign, Common::What::sending_net, by_frequency(tally.nets), names);
  add_common(campaign, Common::What::path, by_frequency(tally.paths), names, "/", "/…");
  const auto& ids = cluster.profile.habits[static_cast<std::size_t>(Habit::message_id)];
  if (const std::uint32_t same = ids.of(ids.most()); same * 10 >= all * 8)
    campaign.common.push_back({Common::What::habits, {}, std::min(same, all)});
  campaign.families = families_of(gathering, originals);
  return campaign;
}

}  // namespace sekisho::campaign
