// A mailbox's fingerprints → what the mailbox says: the only door of this layer for `engine`. Pure: the same
// fingerprints in the same order give the same report.
#pragma once

#include <vector>

#include "campaign/exposure.h"
#include "campaign/gathering.h"
#include "campaign/report.h"

namespace sekisho::campaign {

/// What is known besides the mails.
struct Setting {
  std::int32_t zone_minutes = 540;          ///< of the owner, for hours of the day
  bool has_profile = false;                 ///< items were searched for with a profile; else they are inferred
  std::vector<Profile::Visit> visits = {};  ///< where the owner says they opened or typed something
};

MailboxReport analyse(const Gathering& gathering, const Setting& setting);

/// From this log-odds on the mailbox calls a message a scam. Lower than for a message alone: here history protects.
inline constexpr double scam_from = 1.0;

}  // namespace sekisho::campaign
