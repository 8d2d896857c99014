#include "campaign/analyse.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "campaign/clusters.h"
#include "campaign/describe.h"
#include "campaign/senders.h"
#include "campaign/verdicts.h"

namespace sekisho::campaign {
namespace {

std::vector<Campaign> find_campaigns(const Gathering& gathering, const Senders& senders, std::int64_t end,
                                     const Setting& setting) {
  std::vector<Campaign> campaigns;
  for (const Cluster& cluster : find_clusters(gathering, senders)) {
    const double log_odds = campaign_log_odds(gathering, cluster);
    if (log_odds < scam_from) continue;
    campaigns.push_back(describe(gathering, cluster, end, setting));
    campaigns.back().sure = 1 / (1 + std::exp(-log_odds));
  }
  std::sort(campaigns.begin(), campaigns.end(), [](const Campaign& a, const Campaign& b) {
    return a.first != b.first ? a.first < b.first : a.members.front() < b.members.front();
  });
  for (std::size_t i = 0; i < campaigns.size(); ++i) campaigns[i].id = "c" + std::to_string(i + 1);
  return campaigns;
}

std::vector<Exposure> exposure_of(const Gathering& gathering, const std::vector<MessageLine>& lines) {
  std::vector<Exposure> all;
  for (std::size_t item = 0; item < item_kinds; ++item) {
    Exposure exposure;
    exposure.item = static_cast<Item>(item);
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
      const Mail& mail = gathering.mails()[i];
      if (lines[i].standing != Standing::scam || mail.items[item].how == Shown::How::no) continue;
      if (exposure.messages.empty() || mail.time < exposure.first_seen) exposure.first_seen = mail.time;
      exposure.messages.push_back(i);
    }
    if (!exposure.messages.empty()) all.push_back(std::move(exposure));
  }
  return all;
}

constexpr std::uint32_t mails_to_infer = 3;

/// Which item a guess is about: its low three bits (fingerprint.cc).
std::optional<Item> item_of(std::uint64_t guess) {
  switch (guess & 7) {
    case 1:
      return Item::name;
    case 2:
      return Item::postal_address;
    case 3:
      return Item::phone;
    case 5:
      return Item::member_no;
    default:
      return std::nullopt;
  }
}

/// Without a profile: what several strangers write alike is probably about the owner, surely when wanted senders write
/// it too.
std::vector<Exposure> infer_exposure(const Gathering& gathering, const std::vector<MessageLine>& lines) {
  struct Seen {
    std::unordered_set<std::uint32_t> addresses;
    bool wanted = false;
  };
  std::unordered_map<std::uint64_t, Seen> seen;
  for (std::uint32_t i = 0; i < lines.size(); ++i)
    for (const std::uint64_t guess : gathering.guesses(gathering.mails()[i])) {
      Seen& one = seen[guess];
      if (lines[i].standing == Standing::wanted) one.wanted = true;
      if (lines[i].standing == Standing::scam && one.addresses.size() < mails_to_infer)
        one.addresses.insert(gathering.mails()[i].address);
    }
  std::array<Exposure, item_kinds> items;
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    if (lines[i].standing != Standing::scam) continue;
    for (const std::uint64_t guess : gathering.guesses(gathering.mails()[i])) {
      const std::optional<Item> item = item_of(guess);
      const Seen& one = seen[guess];
      if (!item || one.addresses.size() < mails_to_infer) continue;
      Exposure& exposure = items[static_cast<std::size_t>(*item)];
      constexpr double strangers_alone = 0.7, wanted_senders_too = 0.95;
      exposure.certainty = exposure.messages.empty() ? strangers_alone : exposure.certainty;
      if (one.wanted) exposure.certainty = wanted_senders_too;
      if (exposure.messages.empty() || lines[i].time < exposure.first_seen) exposure.first_seen = lines[i].time;
      if (exposure.messages.empty() || exposure.messages.back() != i) exposure.messages.push_back(i);
    }
  }
  std::vector<Exposure> all;
  for (std::size_t item = 0; item < item_kinds; ++item) {
    if (items[item].messages.empty()) continue;
    items[item].item = static_cast<Item>(item);
    items[item].inferred = true;
    all.push_back(std::move(items[item]));
  }
  return all;
}

std::vector<Sender> senders_of(const Gathering& gathering, const Senders& senders,
                               const std::vector<MessageLine>& lines) {
  std::map<std::string_view, Sender> by_address;
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    const Mail& mail = gathering.mails()[i];
    if (mail.address == 0) continue;
    const std::string_view address = gathering.names().name(mail.address);
    Sender& sender = by_address[address];
    if (sender.address.empty()) sender.address = address;
    sender.mails.push_back(
        {i, lines[i].campaign, lines[i].standing, mail.time, senders.relation[i] == Relation::impersonated});
  }
  std::vector<Sender> all;
  all.reserve(by_address.size());
  for (auto& [address, sender] : by_address) all.push_back(std::move(sender));
  return all;
}

}  // namespace

MailboxReport analyse(const Gathering& gathering, const Setting& setting) {
  MailboxReport report;
  const auto& mails = gathering.mails();
  if (mails.empty()) return report;
  const auto [first, last] =
      std::minmax_element(mails.begin(), mails.end(), [](const Mail& a, const Mail& b) { return a.time < b.time; });
  report.first = first->time;
  report.last = last->time;
  Senders senders = know_senders(gathering);
  report.campaigns = find_campaigns(gathering, senders, report.last, setting);
  std::vector<std::uint32_t> campaign_of(mails.size(), no_campaign);
  for (std::uint32_t i = 0; i < report.campaigns.size(); ++i)
    for (const std::uint32_t member : report.campaigns[i].members) campaign_of[member] = i;
  find_organisations(gathering, campaign_of, senders);
  report.messages = judge_messages(gathering, senders, campaign_of, report.campaigns);
  report.exposure =
      setting.has_profile ? exposure_of(gathering, report.messages) : infer_exposure(gathering, report.messages);
  for (std::uint32_t i = 0; i < mails.size(); ++i)
    report.shows_somebodys += report.messages[i].standing == Standing::scam && mails[i].guesses > 0;
  report.senders = senders_of(gathering, senders, report.messages);
  return report;
}

}  // namespace sekisho::campaign
