// The mailbox verdict: which clusters are campaigns, and what history adds to each message's own log-odds. Private to
// campaign.
#pragma once

#include "campaign/clusters.h"
#include "campaign/report.h"
#include "campaign/senders.h"

namespace sekisho::campaign {

/// Strangers outside campaigns who are one organisation after all, with an address of its own for each mailing or each
/// customer: proven, for a while, from one domain, and nearly nothing in their mails accuses. They know each other as a
/// steady sender's mails do: `senders` is told.
void find_organisations(const Gathering& gathering, const std::vector<std::uint32_t>& campaign_of, Senders& senders);

/// How sure it is that a cluster is a scam campaign, in log-odds; far below zero for one that is too small to be one.
double campaign_log_odds(const Gathering& gathering, const Cluster& cluster);

/// Lines without campaign and lure; `campaign_of` says for each mail which campaign, or no_campaign.
std::vector<MessageLine> judge_messages(const Gathering& gathering, const Senders& senders,
                                        const std::vector<std::uint32_t>& campaign_of,
                                        const std::vector<Campaign>& campaigns);

/// From how many mails (copies aside) a cluster is a campaign.
inline constexpr std::size_t smallest_campaign = 3;

}  // namespace sekisho::campaign
