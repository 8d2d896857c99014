// Mails of strangers that are the work of the same hands. First cells (one sender domain, one way of building mail),
// then cells are joined over what they share, rarest first, as long as the whole profiles agree, so that a chain of
// chance meetings does not grow. Near-linear: work follows the sum of list lengths, not pairs. Private to campaign.
#pragma once

#include <cstdint>
#include <vector>

#include "campaign/gathering.h"
#include "campaign/profile_of_cluster.h"
#include "campaign/senders.h"

namespace sekisho::campaign {

struct Cluster {
  ClusterProfile profile;
  std::vector<std::uint32_t> mails;  ///< numbers, ascending; copies included
};

/// Only mails that are no steady sender's are looked at. Every such mail is in exactly one cluster.
std::vector<Cluster> find_clusters(const Gathering& gathering, const Senders& senders);

}  // namespace sekisho::campaign
