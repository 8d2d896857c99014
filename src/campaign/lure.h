// Which member of a campaign is the lure: the mail that came before the others, alone, without an item of the owner,
// and that shares with them what only they have; where the owner says on which page they typed something, the mail that
// led there. Private to campaign. Pure.
#pragma once

#include <optional>
#include <span>

#include "campaign/analyse.h"
#include "campaign/clusters.h"
#include "campaign/report.h"

namespace sekisho::campaign {

/// `members` of one campaign in order of delivery, without copies.
std::optional<Lure> find_lure(const Gathering& gathering, std::span<const std::uint32_t> members,
                              const Setting& setting);

}  // namespace sekisho::campaign
