// When a campaign's mails come: how far apart, at which hours, and when the next is likely. Private to campaign. Pure.
#pragma once

#include <cstdint>
#include <span>

#include "campaign/report.h"

namespace sekisho::campaign {

/// `times` ascending, lure and copies left out; `until` is the end of the mailbox.
Rhythm rhythm_of(std::span<const std::int64_t> times, std::int64_t until, std::int32_t zone_minutes);

}  // namespace sekisho::campaign
