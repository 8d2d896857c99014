// Who writes to this mailbox again and again, and who came once: the history that protects wanted mail. Worked out from
// the gathering alone. Private to campaign.
#pragma once

#include <cstdint>
#include <vector>

#include "campaign/gathering.h"

namespace sekisho::campaign {

/// What the rest of the mailbox says about the sender of one mail.
enum class Relation : std::uint8_t {
  stranger,           ///< nothing is known
  steady,             ///< its address wrote several times, and this mail is like the others
  same_organisation,  ///< another address of an organisation that is steady, from the same net
  impersonated        ///< a steady address, but this mail comes from elsewhere and is not proven
};

struct Senders {
  std::vector<Relation> relation;  ///< by mail
  /// By mail: the name (host or registrable domain) by which mails of one sender hang together; 0 where the host is
  /// shared by strangers (free mail, a provider that only this mailbox reveals as shared).
  std::vector<std::uint32_t> group;
  std::vector<std::uint32_t> mails_of_address;  ///< by name number: mails (without copies) under that address
  std::vector<float> usual_log_odds;            ///< by name number of the address: the median of its mails' own
  std::vector<std::uint32_t> days_of_address;   ///< by name number: days between its first and last mail
};

Senders know_senders(const Gathering& gathering);

}  // namespace sekisho::campaign
