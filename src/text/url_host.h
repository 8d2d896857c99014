// The host parser of the WHATWG URL Standard (3.5): domain to ASCII (UTS #46 by ICU), IPv4 in every spelling, IPv6,
// opaque hosts. Private to url*.cc. Pure; safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::text::url_internal {

enum class HostRules { domain, opaque };  ///< domain: special schemes (http, https, ws, wss, ftp, file)

struct ParsedHost {
  std::string ascii, unicode;
  bool is_ip = false, odd_ip = false, percent = false, fullwidth = false, ideographic_dot = false;
};

/// `raw` as it stood in the URL. nullopt is the standard's failure; so is a host with non-ASCII or punycode labels that
/// is longer than limits::host_bytes.
std::optional<ParsedHost> parse_host(std::string_view raw, HostRules rules);

}  // namespace sekisho::text::url_internal
