#include "rules/mine.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "text/domain.h"

namespace sekisho::rules {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t recent_days = 60;

/// The domain that an entry refuses as a whole, "" for pieces and single addresses.
std::string_view domain_refused(const Entry& entry) {
  if (entry.mode == Mode::domain) return entry.value;
  if ((entry.mode == Mode::suffix || entry.mode == Mode::contains) &&
      (entry.value.front() == '@' || entry.value.front() == '.'))
    return std::string_view(entry.value).substr(1);
  return {};
}

/// Refused domains that need allow entries, and how many newcomers they would have cost.
void find_price(Proposal& proposal, const Evidence& evidence, const Ground& ground) {
  std::set<std::string> shared;
  const std::vector<bool> wanted = wanted_senders(evidence, evidence.sightings());
  std::vector<bool> below(evidence.senders().size(), false);
  for (const Entry& entry : proposal.mined.lists.reject) {
    const std::string_view domain = domain_refused(entry);
    if (domain.empty()) continue;
    if (ground.shared(domain) != Shared::no) shared.emplace(domain);
    for (SenderId sender = 0; sender < wanted.size(); ++sender) {
      if (!wanted[sender] || !matches(entry, evidence.senders()[sender], Reading{})) continue;
      shared.emplace(domain);
      below[sender] = true;
    }
  }
  proposal.shared_domains.assign(shared.begin(), shared.end());
  if (evidence.sightings().empty()) return;
  const std::int64_t since = evidence.sightings().back().time - recent_days * day_seconds;
  std::vector<bool> seen(evidence.senders().size(), false);
  for (const Sighting& sighting : evidence.sightings()) {
    if (sighting.sort != Sort::wanted || seen[sighting.sender]) continue;
    seen[sighting.sender] = true;
    if (below[sighting.sender] && sighting.time >= since) ++proposal.newcomers_there;
  }
}

Proposal proposal_of(Mined mined, const Evidence& evidence, const Ground& ground, const Dialect& dialect, Reach reach) {
  Proposal proposal;
  proposal.effect = worst_of(mined.lists, evidence, evidence.sightings(), dialect.readings());
  proposal.mined = std::move(mined);
  proposal.replay = replay(evidence, ground, dialect, reach);
  find_price(proposal, evidence, ground);
  return proposal;
}

/// The place without its allow list: what can be done there without losing newcomers.
Dialect without_allow_list(Dialect dialect) {
  dialect.allow_modes.clear();
  return dialect;
}

}  // namespace

Mined mine(const Evidence& evidence, std::span<const Sighting> sightings, const Ground& ground, const Dialect& dialect,
           Reach reach) {
  const Candidates candidates = find_candidates(evidence, sightings, ground, dialect, reach);
  const CoverSolution solution = best_cover(candidates.problem);
  Mined mined;
  std::set<Entry> allows;
  for (const std::uint32_t option : solution.chosen) {
    mined.lists.reject.push_back(candidates.entries[option]);
    for (const std::uint32_t allow : candidates.problem.options[option].exceptions)
      allows.insert(candidates.allows[allow]);
  }
  mined.lists.allow.assign(allows.begin(), allows.end());
  mined.covered = solution.covered;
  mined.bound = solution.bound;
  mined.proved = solution.proved;
  // The simulator knows nothing of how the entries were found: what it does not confirm is not proposed.
  const auto readings = dialect.readings();
  Effect effect = worst_of(mined.lists, evidence, sightings, readings);
  while (effect.senders_touched > 0) {
    const std::size_t before = mined.lists.reject.size();
    std::erase_if(mined.lists.reject, [&](const Entry& entry) {
      return worst_of({{entry}, mined.lists.allow}, evidence, sightings, readings).senders_touched > 0;
    });
    if (mined.lists.reject.size() == before) mined.lists.reject.clear();
    mined.proved = false;
    effect = worst_of(mined.lists, evidence, sightings, readings);
  }
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  for (std::size_t i = 0; i < mined.lists.reject.size(); ++i) order.emplace_back(effect.reject_caught[i], i);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Entry> heaviest_first;
  heaviest_first.reserve(order.size());
  for (const auto& [caught, i] : order) heaviest_first.push_back(std::move(mined.lists.reject[i]));
  mined.lists.reject = std::move(heaviest_first);
  return mined;
}

Replay replay(const Evidence& evidence, const Ground& ground, const Dialect& dialect, Reach reach) {
  Replay result;
  result.campaigns.resize(evidence.campaigns().size());
  const std::span<const Sighting> all(evidence.sightings());
  std::vector<std::size_t> mornings;  // index of the first message of each day that has campaign mail, but the first
  std::int64_t day = -1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].time <= 0 || all[i].sort != Sort::campaign || all[i].time / day_seconds == day) continue;
    if (day >= 0) mornings.push_back(i);
    day = all[i].time / day_seconds;
  }
  const std::size_t most = std::clamp(limits::replay_messages / std::max<std::size_t>(1, all.size()),
                                      limits::replay_days_least, limits::replay_days);
  if (mornings.size() > most) {
    std::vector<std::size_t> fewer;
    for (std::size_t k = 0; k < most; ++k) fewer.push_back(mornings[k * mornings.size() / most]);
    mornings = std::move(fewer);
  }
  std::vector<bool> seen(evidence.campaigns().size(), false);
  std::size_t known_until = 0;
  for (std::size_t m = 0; m < mornings.size(); ++m) {
    const std::size_t from = mornings[m], to = m + 1 < mornings.size() ? mornings[m + 1] : all.size();
    const std::span<const Sighting> past = all.first(from), coming = all.subspan(from, to - from);
    for (; known_until < from; ++known_until)
      if (all[known_until].sort == Sort::campaign && all[known_until].campaign < seen.size())
        seen[all[known_until].campaign] = true;
    const Mined mined = mine(evidence, past, ground, dialect, reach);
    const std::vector<bool> known = wanted_senders(evidence, past);
    const std::vector<bool> ever = wanted_senders(evidence, all);
    const Reading reading = dialect.readings().back();  // the one that stops least
    const Matcher reject(mined.lists.reject, reading), allow(mined.lists.allow, reading);
    for (const Sighting& sighting : coming) {
      const bool counts = sighting.sort == Sort::campaign && sighting.campaign < seen.size() &&
                          seen[sighting.campaign] && !ever[sighting.sender];
      if (sighting.sort != Sort::wanted && !counts) continue;
      const std::string& sender = evidence.senders()[sighting.sender];
      const bool stopped = reject.any(sender) && !(reading.allow_beats_reject && allow.any(sender));
      if (counts) {
        ++result.later;
        ++result.campaigns[sighting.campaign].total;
        result.stopped += stopped ? 1 : 0;
        result.campaigns[sighting.campaign].stopped += stopped ? 1 : 0;
      } else if (stopped) {
        ++(known[sighting.sender] ? result.known_touched : result.new_touched);
      }
    }
    ++result.days;
  }
  return result;
}

Proposals propose(const Evidence& evidence, const Ground& ground, const Dialect& dialect) {
  const auto all = std::span<const Sighting>(evidence.sightings());
  Proposals proposals;
  proposals.first =
      proposal_of(mine(evidence, all, ground, dialect, Reach::careful), evidence, ground, dialect, Reach::careful);
  const Mined& first = proposals.first.mined;
  if (!first.lists.allow.empty()) {
    const Dialect strict = without_allow_list(dialect);
    proposals.by_host =
        proposal_of(mine(evidence, all, ground, strict, Reach::careful), evidence, ground, strict, Reach::careful);
  }
  if (dialect.subdomains == Known::unknown && dialect.offers(Mode::domain)) {
    Dialect hopeful = dialect;
    hopeful.subdomains = Known::yes;
    Mined mined = mine(evidence, all, ground, hopeful, Reach::careful);
    if (mined.covered >= first.covered && mined.lists.reject.size() < first.lists.reject.size())
      proposals.if_subdomains = std::move(mined);
  }
  Mined wider = mine(evidence, all, ground, dialect, Reach::with_shared_places);
  if (wider.covered > first.covered)
    proposals.second = proposal_of(std::move(wider), evidence, ground, dialect, Reach::with_shared_places);
  return proposals;
}

}  // namespace sekisho::rules
