#include "campaign/verdicts.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "campaign/analyse.h"

namespace sekisho::campaign {
namespace {

// What each kind of evidence adds, in log-odds. Set by hand and kept coarse: what decides is how many kinds agree.
constexpr double in_campaign = 6.0, in_campaign_per_doubling = 0.6, in_campaign_most = 12.0;
constexpr double lone_stranger = 2.0, made_up_address = 2.0, not_proven = 0.7, foreign_site = 1.2, asks_stranger = 0.4;
constexpr double steady_first = 2.0, steady_per_doubling = 1.0, steady_most = 7.0;
constexpr double same_organisation = 3.0, letter = 2.5, own_proven_site = 2.0, right_number = 2.0, in_thread = 2.0,
                 proven_list = 1.5, passed_on = 4.0;
constexpr double spoofed = 3.0;
/// Few people know the address: a stranger who writes there has it from somebody. Not proof: one may have given it away
/// oneself.
constexpr double to_hardly_used = 1.2;
/// A steady sender's mail is measured by what is usual for it, and may exceed that by so much.
constexpr double above_usual = 1.0;

double doublings(double n) { return std::log2(std::max(1.0, n)); }

class Judge {
 public:
  Judge(const Gathering& gathering, const Senders& senders) : gathering_(gathering), senders_(senders) {
    for (const Mail& mail : gathering.mails()) {
      if (mail.copy_of != no_copy) continue;
      for (const LandingId& landing : gathering.landings(mail)) ++led_to_[landing.host];
    }
  }

  MessageLine judge(std::uint32_t number, std::uint32_t campaign, const std::vector<Campaign>& campaigns) const {
    const Mail& mail = gathering_.mails()[number];
    MessageLine line;
    line.time = mail.time;
    line.own = mail.log_odds;
    line.campaign = campaign;
    if (campaign != no_campaign) {
      const Campaign& whole = campaigns[campaign];
      const bool is_lure = whole.lure && whole.lure->message == number;
      add(line, is_lure ? Evidence::lure : Evidence::in_campaign,
          std::min(in_campaign_most, in_campaign + in_campaign_per_doubling * doublings(whole.members.size()) +
                                         std::max(0.0, -double{line.own} - 2)));
      if (senders_.relation[number] == Relation::impersonated) add(line, Evidence::spoofed_sender, spoofed);
      if (mail.hardly_used) add(line, Evidence::hardly_used, to_hardly_used);
    } else {
      alone(line, number, mail);
    }
    line.sum = line.own;
    for (std::size_t i = 0; i < line.shares_used; ++i) line.sum += line.shares[i].log_odds;
    const bool known = senders_.relation[number] == Relation::steady ||
                       senders_.relation[number] == Relation::same_organisation || line.sum < -2;
    line.standing = line.sum >= scam_from ? Standing::scam : known ? Standing::wanted : Standing::unknown;
    return line;
  }

 private:
  static void add(MessageLine& line, Evidence what, double log_odds) {
    if (line.shares_used < line.shares.size()) line.shares[line.shares_used++] = {what, static_cast<float>(log_odds)};
  }

  /// A mail that belongs to no campaign.
  void alone(MessageLine& line, std::uint32_t number, const Mail& mail) const {
    const Relation relation = senders_.relation[number];
    if (relation == Relation::steady) {
      const double usual = senders_.usual_log_odds[mail.address];
      const double mails = senders_.mails_of_address[mail.address];
      // Its notices all read alike; one that uses a sharper word is no other sender.
      const double excess = std::max(0.0, mail.log_odds - std::min(usual, 2.0) - above_usual);
      add(line, Evidence::steady_sender,
          -excess - std::min(steady_most, steady_first + steady_per_doubling * doublings(mails)));
    } else if (relation == Relation::same_organisation) {
      add(line, Evidence::same_organisation, -same_organisation - std::max(0.0F, mail.log_odds) / 2);
    } else if (relation == Relation::impersonated) {
      add(line, Evidence::spoofed_sender, mail.log_odds > 0 ? spoofed : 0);
    } else {
      stranger(line, mail);
    }
    if (mail.hardly_used && (relation == Relation::stranger || relation == Relation::impersonated))
      add(line, Evidence::hardly_used, to_hardly_used);
    if (mail.forwarded && relation != Relation::impersonated) add(line, Evidence::forwarded, -passed_on);
    if (mail.thread) add(line, Evidence::answers_owner, -in_thread);
    if (mail.list && mail.proven && relation != Relation::stranger && relation != Relation::impersonated)
      add(line, Evidence::mailing_list, -proven_list);
  }

  void stranger(MessageLine& line, const Mail& mail) const {
    if (mail.proven && mail.items[static_cast<std::size_t>(Item::member_no)].how == Shown::How::plain)
      add(line, Evidence::knows_member_no, -right_number);
    if (mail.landings == 0) {
      if (mail.anybodys_sender || mail.proven) add(line, Evidence::person, -letter);
      return;
    }
    if (mail.own_site && mail.proven && !mail.numbered_local && !mail.lookalike)
      add(line, Evidence::own_site, -own_proven_site - std::max(0.0F, mail.log_odds) / 2);
    if (mail.own_site || mail.site_known) return;
    // Its only appearance, and nobody else leads there.
    const auto landings = gathering_.landings(mail);
    const bool seen_elsewhere = std::any_of(landings.begin(), landings.end(),
                                            [&](const LandingId& landing) { return led_to_.at(landing.host) > 2; });
    if (seen_elsewhere) return;
    const bool unproven = !mail.proven && mail.auth_known;
    if (!mail.numbered_local && !unproven) return;
    double weight = lone_stranger + foreign_site;
    if (mail.numbered_local) weight += made_up_address;
    if (unproven) weight += not_proven;
    if (mail.asks_data) weight += asks_stranger;
    add(line, Evidence::stranger, weight);
  }

  const Gathering& gathering_;
  const Senders& senders_;
  std::unordered_map<std::uint32_t, std::uint32_t> led_to_;
};

}  // namespace

void find_organisations(const Gathering& gathering, const std::vector<std::uint32_t>& campaign_of, Senders& senders) {
  constexpr std::uint32_t fewest = 8;
  constexpr std::int64_t shortest = 7 * 86'400;
  struct Place {
    std::uint32_t mails = 0, unproven = 0, accusing = 0;
    std::int64_t first = 0, last = 0;
  };
  const auto& mails = gathering.mails();
  const auto is_asked = [&](std::uint32_t i) {
    return senders.relation[i] == Relation::stranger && campaign_of[i] == no_campaign && !mails[i].anybodys_sender &&
           !mails[i].lookalike && mails[i].domain != 0;
  };
  std::unordered_map<std::uint32_t, Place> places;
  for (std::uint32_t i = 0; i < mails.size(); ++i) {
    if (!is_asked(i) || mails[i].copy_of != no_copy) continue;
    Place& place = places[mails[i].domain];
    place.first = place.mails == 0 ? mails[i].time : std::min(place.first, mails[i].time);
    place.last = place.mails == 0 ? mails[i].time : std::max(place.last, mails[i].time);
    ++place.mails;
    place.unproven += !mails[i].proven;
    place.accusing += mails[i].log_odds > 0 || mails[i].shows_item;
  }
  for (std::uint32_t i = 0; i < mails.size(); ++i) {
    if (!is_asked(i)) continue;
    const Place& place = places[mails[i].domain];
    if (place.mails >= fewest && place.last - place.first >= shortest && place.unproven * 10 <= place.mails &&
        place.accusing * 10 <= place.mails * 4 && mails[i].proven)
      senders.relation[i] = Relation::same_organisation;
  }
}

double campaign_log_odds(const Gathering& gathering, const Cluster& cluster) {
  std::vector<float> odds;
  std::unordered_set<std::uint32_t> addresses, domains;
  double proven = 0, items = 0, own_site = 0, lookalike = 0, hardly_used = 0, odd_text = 0;
  for (const std::uint32_t number : cluster.mails) {
    const Mail& mail = gathering.mails()[number];
    if (mail.copy_of != no_copy) continue;
    odds.push_back(mail.log_odds);
    addresses.insert(mail.address);
    domains.insert(mail.domain);
    proven += mail.proven;
    odd_text += mail.log_odds > 0;
    items += mail.shows_item;
    own_site += mail.own_site;
    lookalike += mail.lookalike;
    hardly_used += mail.hardly_used;
  }
  const double n = static_cast<double>(odds.size());
  if (odds.size() < smallest_campaign) return -10;
  const auto middle = odds.begin() + static_cast<std::ptrdiff_t>(odds.size() / 2);
  std::nth_element(odds.begin(), middle, odds.end());
  double sum = 0.8 * std::clamp(static_cast<double>(*middle), -3.0, 6.0);
  // A new address for each mail. Newsletters with an address for each mailing, relays of market places and desks with
  // ticket numbers do that too: it accuses as far as the texts do, or the owner's data in them.
  const double accuses = odd_text / n + 0.8 * items / n;
  if (static_cast<double>(addresses.size()) > 0.7 * n)
    sum += std::min(3.5, 1.0 + doublings(n) * 0.6) * std::min(1.0, accuses / 0.5);
  sum += 5 * (std::min(accuses, 0.6) - 0.4);
  sum += std::min(2.0, 0.7 * doublings(static_cast<double>(domains.size())));
  sum += (1 - proven / n) * 1.0 + items / n * 1.0 + lookalike / n * 1.0 - own_site / n * 1.0 +
         hardly_used / n * to_hardly_used;
  return sum - 1.0;
}

std::vector<MessageLine> judge_messages(const Gathering& gathering, const Senders& senders,
                                        const std::vector<std::uint32_t>& campaign_of,
                                        const std::vector<Campaign>& campaigns) {
  const Judge judge(gathering, senders);
  std::vector<MessageLine> lines;
  lines.reserve(campaign_of.size());
  for (std::uint32_t i = 0; i < campaign_of.size(); ++i) lines.push_back(judge.judge(i, campaign_of[i], campaigns));
  // A copy is what its first is.
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    const std::uint32_t first = gathering.mails()[i].copy_of;
    if (first == no_copy || lines[i].campaign != no_campaign) continue;
    const std::int64_t time = lines[i].time;
    lines[i] = lines[first];
    lines[i].time = time;
  }
  return lines;
}

}  // namespace sekisho::campaign
