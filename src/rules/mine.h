// From who wrote to the fewest entries that stop the campaigns and touch nothing wanted: `mine` for one moment,
// `propose` with its proof, its replay day by day and the second choice. Called by `app`. Pure functions of values;
// nothing is proposed that the simulator does not confirm.
#pragma once

#include <optional>

#include "rules/candidates.h"
#include "rules/simulate.h"

namespace sekisho::rules {

struct Mined {
  Lists lists;
  std::uint64_t covered = 0;  ///< campaign mail that it stops, under the worse reading
  std::uint64_t bound = 0;    ///< no permitted set within the limits of the place stops more
  bool proved = false;        ///< none stops more, none as much with fewer entries
};

Mined mine(const Evidence& evidence, std::span<const Sighting> sightings, const Ground& ground, const Dialect& dialect,
           Reach reach);

/// What rules made at the start of each day, from what had come by then, would have done to the mail that came after.
struct Replay {
  std::uint64_t later = 0, stopped = 0;  ///< campaign mail after its campaign's first day
  std::uint64_t known_touched = 0;       ///< wanted mail refused from senders known by then; new ones are `new_touched`
  std::uint64_t new_touched = 0;
  std::vector<CampaignEffect> campaigns;
  std::size_t days = 0;
};

Replay replay(const Evidence& evidence, const Ground& ground, const Dialect& dialect, Reach reach);

struct Proposal {
  Mined mined;
  Effect effect;  ///< the worse of all readings
  Replay replay;
  /// Domains that are refused although wanted senders write from them: mail from new people there will be lost.
  std::vector<std::string> shared_domains;
  /// Wanted senders who wrote from such a domain for the first time in the last 60 days of the mailbox.
  std::uint64_t newcomers_there = 0;
};

struct Proposals {
  Proposal first;
  /// With domains that wanted people share with the campaign; only where it stops more. To be confirmed by the person.
  std::optional<Proposal> second;
  /// Without a refused domain that wanted senders use: more entries, but nobody new is lost. Where `first` has one.
  std::optional<Proposal> by_host;
  /// Where nobody knows whether a domain covers its subdomains: the fewer entries that suffice if it does.
  std::optional<Mined> if_subdomains;
};

Proposals propose(const Evidence& evidence, const Ground& ground, const Dialect& dialect);

}  // namespace sekisho::rules
