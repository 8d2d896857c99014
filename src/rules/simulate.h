// What two lists do to a mailbox, message by message, in the true semantics of a place: the proof beside every
// proposal, and `sekisho rules test`. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rules/dialect.h"
#include "rules/entry.h"
#include "rules/evidence.h"

namespace sekisho::rules {

struct CampaignEffect {
  std::uint64_t total = 0, stopped = 0;
  /// From an address that also writes wanted mail: the name was forged, and no rule on the sender can tell the two
  /// apart.
  std::uint64_t forged = 0;
};

struct Effect {
  std::vector<CampaignEffect> campaigns;
  std::uint64_t total = 0, stopped = 0, forged = 0;  ///< campaign mail
  std::uint64_t wanted = 0, wanted_touched = 0;
  std::uint64_t other = 0, other_stopped = 0;
  std::vector<std::string> touched;   ///< wanted senders that would be refused; kept ones too, at most touched_shown
  std::uint64_t senders_touched = 0;  ///< of wanted and kept senders
  std::vector<std::uint64_t> reject_caught;  ///< messages for which each reject entry is the first to match
  static constexpr std::size_t touched_shown = 20;
};

/// Under one reading.
Effect simulate(const Lists& lists, const Evidence& evidence, std::span<const Sighting> sightings,
                const Reading& reading);

/// Under every reading of the place, and of each figure the worse.
Effect worst_of(const Lists& lists, const Evidence& evidence, std::span<const Sighting> sightings,
                const std::vector<Reading>& readings);

/// One flag for each sender that wrote wanted mail in `sightings` or is kept.
std::vector<bool> wanted_senders(const Evidence& evidence, std::span<const Sighting> sightings);

}  // namespace sekisho::rules
