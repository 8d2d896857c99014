// Mailbox lists of From, To, Sender, Reply-To … read as people meet them: RFC 5322 with its obsolete forms, and beyond
// them Japanese carrier addresses with dots anywhere, names with '@' or commas without quotes, a missing '<' or '>'.
// Linear, no recursion.
#pragma once

#include <string_view>
#include <vector>

#include "message/message.h"

namespace sekisho::message {

/// All mailboxes of an unfolded header, groups opened, at most limits::addresses. What is no address but is shown (a
/// name alone) gives an Address with a display name and an empty local part. Everything outside RFC 5322 sets
/// rfc_violation.
std::vector<Address> parse_addresses(std::string_view unfolded, std::string_view charset_hint, Message& message);

/// "Name <local@domain>" as a client shows it; several are joined by ", ".
std::string shown(const std::vector<Address>& addresses);

/// "a@b" → its two halves, cleaned as parse_addresses() does.
void set_spec(Address& address, std::string_view spec);

}  // namespace sekisho::message
