#include "campaign/lure.h"

#include <algorithm>
#include <string>

#include "facts/tools.h"

namespace sekisho::campaign {
namespace {

/// Data travel before they are used: shorter silences are a campaign's own.
constexpr std::int64_t shortest_silence = 20 * 3'600;
/// The silence after the lure is this many times what is usual later.
constexpr std::int64_t times_the_usual = 3;
constexpr std::size_t mails_before_the_rest = 4;
/// Half the log-odds, two for asking for data, two for a site or domain in common: below this it is no lure.
constexpr double least_score = 0.7;
/// What the owner says outweighs what can only be guessed.
constexpr double typed_there = 6, opened_there = 3;

std::vector<Common> shared_with(const Gathering& gathering, const Mail& lure, std::span<const std::uint32_t> others) {
  std::uint32_t same_domain = 0, same_net = 0, same_site = 0;
  std::uint32_t site = 0;
  for (const std::uint32_t number : others) {
    const Mail& mail = gathering.mails()[number];
    same_domain += mail.domain == lure.domain;
    same_net += lure.net != 0 && mail.net == lure.net;
    for (const LandingId& mine : gathering.landings(lure)) {
      const auto theirs = gathering.landings(mail);
      if (std::any_of(theirs.begin(), theirs.end(), [&](const LandingId& l) { return l.domain == mine.domain; })) {
        ++same_site;
        site = mine.domain;
        break;
      }
    }
  }
  std::vector<Common> shares;
  const auto add = [&](Common::What what, std::uint32_t name, std::uint32_t count) {
    if (count > 0) shares.push_back({what, std::string(gathering.names().name(name)), count});
  };
  add(Common::What::landing_site, site, same_site);
  add(Common::What::sender_domain, lure.domain, same_domain);
  add(Common::What::sending_net, lure.net, same_net);
  return shares;
}

/// "https://pay.example/form" → "pay.example".
std::string host_of(std::string_view where) {
  if (const std::size_t scheme = where.find("://"); scheme != std::string_view::npos) where.remove_prefix(scheme + 3);
  where = where.substr(0, where.find_first_of("/:?# "));
  if (where.starts_with("www.")) where.remove_prefix(4);
  return facts::lower_ascii(where);
}

/// What the owner says about the place that a mail leads to.
enum class Visited : std::uint8_t { no, opened, typed };

Visited visited_from(const Gathering& gathering, const Mail& mail, const Setting& setting) {
  constexpr std::int64_t day = 86'400;
  Visited most = Visited::no;
  for (const Profile::Visit& visit : setting.visits) {
    const std::uint32_t place = gathering.names().find(host_of(visit.where));
    if (place == 0 || (visit.day != 0 && mail.time > visit.day + 2 * day)) continue;  // a day, and any zone
    const auto landings = gathering.landings(mail);
    if (std::any_of(landings.begin(), landings.end(),
                    [&](const LandingId& landing) { return landing.host == place || landing.domain == place; }))
      most = std::max(most, visit.typed ? Visited::typed : Visited::opened);
  }
  return most;
}

/// The members that stand before the last silence among the first ones; there the lure is, and at most a few that came
/// between.
std::size_t before_the_silence(const std::vector<Mail>& mails, std::span<const std::uint32_t> members) {
  std::vector<std::int64_t> gaps;
  for (std::size_t i = 1; i < members.size(); ++i) gaps.push_back(mails[members[i]].time - mails[members[i - 1]].time);
  std::vector<std::int64_t> sorted(gaps.begin() + 1, gaps.end());
  std::sort(sorted.begin(), sorted.end());
  const std::int64_t usual = sorted[sorted.size() * 9 / 10];
  const std::int64_t silence = std::max(shortest_silence, times_the_usual * usual);
  std::size_t before = 0;
  for (std::size_t i = 0; i < gaps.size() && i < mails_before_the_rest; ++i)
    if (gaps[i] >= silence) before = i + 1;
  return before;
}

}  // namespace

std::optional<Lure> find_lure(const Gathering& gathering, std::span<const std::uint32_t> members,
                              const Setting& setting) {
  if (members.size() < 3) return std::nullopt;
  const auto& mails = gathering.mails();
  const std::size_t before = before_the_silence(mails, members);
  // Where the owner says where they typed, a silence is not needed: only that no mail before it knew anything.
  std::size_t unknowing = 0;
  while (unknowing + 1 < members.size() && !mails[members[unknowing]].shows_item) ++unknowing;
  std::optional<Lure> best;
  double best_score = least_score;
  for (std::size_t i = 0; i < std::max(before, setting.visits.empty() ? 0 : unknowing); ++i) {
    const Mail& mail = mails[members[i]];
    if (mail.shows_item) continue;
    const Visited visited = visited_from(gathering, mail, setting);
    if (i >= before && visited != Visited::typed) continue;
    const std::size_t rest = std::max(before, i + 1);
    std::vector<Common> shares = shared_with(gathering, mail, members.subspan(rest));
    const bool hard = !shares.empty() && shares.front().what != Common::What::sending_net;
    const double score = mail.log_odds / 2 + (mail.asks_data ? 2 : 0) + (hard ? 2 : 0) +
                         (visited == Visited::typed    ? typed_there
                          : visited == Visited::opened ? opened_there
                                                       : 0);
    if (score <= best_score) continue;
    if (visited != Visited::no)
      shares.insert(shares.begin(), {Common::What::visited, visited == Visited::typed ? "typed" : "opened", 1});
    best_score = score;
    best = Lure{members[i],
                mail.time,
                mails[members[rest]].time,
                std::move(shares),
                mail.asks_data,
                mail.asks_items,
                mail.opened,
                std::string(gathering.names().name(mail.scam_kind))};
  }
  return best;
}

}  // namespace sekisho::campaign
