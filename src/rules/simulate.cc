#include "rules/simulate.h"

#include <algorithm>

namespace sekisho::rules {
namespace {

constexpr std::size_t not_caught = static_cast<std::size_t>(-1);

/// For each sender the reject entry that decides, or not_caught. Each sender is asked once.
std::vector<std::size_t> decide(const Lists& lists, const Evidence& evidence, const Reading& reading) {
  const Matcher reject(lists.reject, reading), allow(lists.allow, reading);
  std::vector<std::size_t> caught;
  caught.reserve(evidence.senders().size());
  for (const std::string& sender : evidence.senders()) {
    const auto entry = reject.first(sender);
    const bool spared = entry && reading.allow_beats_reject && allow.any(sender);
    caught.push_back(entry && !spared ? *entry : not_caught);
  }
  return caught;
}

void take_worse(Effect& worst, const Effect& other) {
  for (std::size_t i = 0; i < worst.campaigns.size(); ++i)
    worst.campaigns[i].stopped = std::min(worst.campaigns[i].stopped, other.campaigns[i].stopped);
  worst.stopped = std::min(worst.stopped, other.stopped);
  worst.other_stopped = std::min(worst.other_stopped, other.other_stopped);
  if (other.senders_touched > worst.senders_touched) worst.touched = other.touched;
  worst.senders_touched = std::max(worst.senders_touched, other.senders_touched);
  worst.wanted_touched = std::max(worst.wanted_touched, other.wanted_touched);
  for (std::size_t i = 0; i < worst.reject_caught.size(); ++i)
    worst.reject_caught[i] = std::min(worst.reject_caught[i], other.reject_caught[i]);
}

}  // namespace

std::vector<bool> wanted_senders(const Evidence& evidence, std::span<const Sighting> sightings) {
  std::vector<bool> wanted(evidence.senders().size(), false);
  for (const Sighting& sighting : sightings)
    if (sighting.sort == Sort::wanted) wanted[sighting.sender] = true;
  for (const SenderId sender : evidence.kept()) wanted[sender] = true;
  return wanted;
}

Effect simulate(const Lists& lists, const Evidence& evidence, std::span<const Sighting> sightings,
                const Reading& reading) {
  const std::vector<std::size_t> caught = decide(lists, evidence, reading);
  const std::vector<bool> wanted = wanted_senders(evidence, sightings);
  Effect effect;
  effect.campaigns.resize(evidence.campaigns().size());
  effect.reject_caught.resize(lists.reject.size());
  for (const Sighting& sighting : sightings) {
    const std::size_t entry = caught[sighting.sender];
    const bool stopped = entry != not_caught;
    if (stopped) ++effect.reject_caught[entry];
    if (sighting.sort == Sort::wanted) {
      ++effect.wanted;
      effect.wanted_touched += stopped ? 1 : 0;
    } else if (sighting.sort == Sort::other || sighting.campaign >= effect.campaigns.size()) {
      ++effect.other;
      effect.other_stopped += stopped ? 1 : 0;
    } else {
      CampaignEffect& campaign = effect.campaigns[sighting.campaign];
      ++campaign.total;
      ++effect.total;
      campaign.stopped += stopped ? 1 : 0;
      effect.stopped += stopped ? 1 : 0;
      campaign.forged += wanted[sighting.sender] ? 1 : 0;
      effect.forged += wanted[sighting.sender] ? 1 : 0;
    }
  }
  for (SenderId sender = 0; sender < wanted.size(); ++sender) {
    if (!wanted[sender] || caught[sender] == not_caught) continue;
    ++effect.senders_touched;
    if (effect.touched.size() < Effect::touched_shown) effect.touched.push_back(evidence.senders()[sender]);
  }
  return effect;
}

Effect worst_of(const Lists& lists, const Evidence& evidence, std::span<const Sighting> sightings,
                const std::vector<Reading>& readings) {
  Effect worst;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    Effect effect = simulate(lists, evidence, sightings, readings[i]);
    if (i == 0)
      worst = std::move(effect);
    else
      take_worse(worst, effect);
  }
  return worst;
}

}  // namespace sekisho::rules
