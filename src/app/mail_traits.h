// What rules look at in a message, read from its bytes: the From addresses, the time of delivery, the hosts its links
// lead to, its Received lines. Called by `rules` and `filter`. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rules/decide.h"

namespace sekisho::app {

/// Only the header of a message is parsed for `senders`; `everything` reads the body for its links too.
enum class HowMuch : std::uint8_t { senders, everything };

struct MailTraits {
  rules::Traits traits;
  std::vector<std::string> recipients;  ///< To and Cc, lower case
  std::string sending_ip;               ///< of the first Received line with a public address; "" when none
  std::int64_t time = 0;                ///< of the topmost dated Received, else Date; 0 when neither
  std::string uidl, message_id;
};

MailTraits mail_traits(std::string_view bytes, HowMuch how_much);

}  // namespace sekisho::app
