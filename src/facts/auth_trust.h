// Which Authentication-Results may be believed, and where the receiver took the message from outside. CONTRACTS.md
// "Trusting Authentication-Results"; RFC 8601 5 and 7.1. Used inside facts and by campaign, which remembers the border.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "facts/scene.h"

namespace sekisho::facts {

struct Receipt {
  Trust trust;
  std::optional<std::size_t> border_hop;  ///< index into message.received of the hop that came from outside
};

/// `from_domain` is the organisational domain of the first From address.
Receipt read_receipt(const message::Message& message, const knowledge::Snapshot& knowledge, std::string_view from_host,
                     std::string_view from_domain);

/// True for "localhost", names without a dot and those that never leave a site (.local, .lan, .internal …: RFC
/// 6761/6762/8375).
bool is_local_name(std::string_view host);
/// True for loopback, private, link-local and unique-local addresses (RFC 1918, 3927, 4193, 4291, 6598).
bool is_private_ip(std::string_view ip);

}  // namespace sekisho::facts
