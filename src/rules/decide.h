// One message against a list: what `sekisho filter` and `rules test` ask. The message is handed in as the few strings
// that rules look at. Pure; safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/list.h"

namespace sekisho::rules {

/// What rules look at.
struct Traits {
  std::vector<std::string> senders;     ///< addresses of From, lower case
  std::vector<std::string> link_hosts;  ///< where web links lead, lower case
  std::vector<std::string> link_paths;  ///< "/aa1/": what begins the paths of web links, lower case (path_start)
  std::vector<std::string> received;    ///< the Received lines, unfolded
};

/// Whether a content rule holds for a message.
bool matches(const TraitEntry& entry, const Traits& traits);

/// "/aa1/" of the path "/AA1/index.php": the first segment when more follows, lower case; "" when there is none.
std::string path_start(std::string_view path);

/// "[198.51.100." of "198.51.100.0/24": how a Received line names an address of the net (RFC 5321 4.4).
std::string net_mark(const TraitEntry& net);

struct Decision {
  bool refused = false;
  std::optional<std::size_t> rule;  ///< the rule that refuses, or the allow rule that saves what another would refuse
};

/// The first reject rule that holds decides, unless an allow rule saves the sender and the reading lets it.
Decision decide(const RuleList& list, const Traits& traits, const Reading& reading);

}  // namespace sekisho::rules
