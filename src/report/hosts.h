// Names of hosts in the texts of a message, with the end of each that somebody registered: what a door underlines so
// that a reader sees whose address it is. Pure; linear.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace sekisho::report {

struct ShownHost {
  text::Span span;     ///< in the text searched; of the whole address where its host is not written out as it opens
  std::string host;    ///< as a browser opens it, ASCII
  std::string domain;  ///< the registrable domain, "" for an IP address
};

/// Hosts of web addresses and of mail addresses, in the order of the text; at most limits::links of each.
std::vector<ShownHost> hosts_in(std::string_view utf8);

}  // namespace sekisho::report
