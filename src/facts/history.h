// What the past of a mailbox says, as a value beside the bytes (CONTRACTS.md). Empty for a single message. Filled by
// `mailbox` and lessons later; observers turn it into facts like any other.
#pragma once

#include <string>
#include <vector>

namespace sekisho::facts {

/// Items about the reader, as they gave them. Nothing here is ever logged.
struct Profile {
  std::vector<std::string> names, postal_addresses, phones, mail_addresses, member_numbers;
};

struct History {
  Profile profile;
  std::vector<std::string> correspondents;  ///< lower-case addresses the reader wrote to or kept mail from
};

/// What the receiving server saw besides the bytes (SMTP); empty when unknown.
struct Envelope { std::string client_ip, helo, mail_from; std::vector<std::string> recipients; };

}  // namespace sekisho::facts
