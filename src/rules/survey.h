// The mailbox as the search for entries needs it: which hosts campaigns write from, which wanted senders stand at or
// below the same names. Made anew for every run of the miner (the replay runs it for many days). Only candidates.cc,
// siblings.cc and mine.cc use it.
#pragma once

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/evidence.h"

namespace sekisho::rules {

struct Survey {
  /// What stands at a name or below it, on label boundaries.
  struct Node {
    std::vector<HostId> campaign_hosts, wanted_hosts;
  };

  std::vector<bool> wanted;            ///< by sender: wrote wanted mail, or is kept
  std::vector<std::uint64_t> mails;    ///< by sender: campaign mail that a rule may stop; 0 for wanted senders
  std::vector<HostId> campaign_hosts;  ///< hosts with such mail
  std::vector<std::vector<SenderId>> wanted_at;      ///< by host
  std::vector<std::vector<SenderId>> campaign_at;    ///< by host, each sender once
  std::unordered_map<std::string_view, Node> nodes;  ///< names from the registrable domain down to each campaign host
  std::vector<std::vector<HostId>> hosts_of_campaign;

  Survey(const Evidence& evidence, std::span<const Sighting> sightings);
  bool is_campaign_host(HostId host) const { return !campaign_at[host].empty(); }
};

/// The names from `registrable` down to `host` itself ("b.example", "a.b.example"), the shortest first, at most
/// limits::host_labels and the host. Empty when there is no registrable domain. Views into `host`.
std::vector<std::string_view> names_above(std::string_view host, std::string_view registrable);

}  // namespace sekisho::rules
