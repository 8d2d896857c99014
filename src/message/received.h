// One Received header → a Hop. Reads the forms of Postfix, Exim, Sendmail, qmail, Exchange, Gmail, Courier and Yahoo;
// anything else gives what could be told. Pure, linear.
#pragma once

#include <string_view>

#include "message/message.h"

namespace sekisho::message {

Hop parse_received(std::string_view unfolded);

/// "203.0.113.5", "[IPv6:2001:db8::1]", "::ffff:192.0.2.1" → the bare address, "" when `text` is none.
std::string ip_of(std::string_view text);

}  // namespace sekisho::message
