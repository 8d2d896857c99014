// A cluster that was found to be a campaign → what people are told about it. Private to campaign. Pure.
#pragma once

#include "campaign/analyse.h"
#include "campaign/clusters.h"
#include "campaign/report.h"

namespace sekisho::campaign {

Campaign describe(const Gathering& gathering, const Cluster& cluster, std::int64_t end_of_mailbox,
                  const Setting& setting);

}  // namespace sekisho::campaign
