#include "rules/decide.h"

#include <algorithm>

#include "text/domain.h"

namespace sekisho::rules {

std::string net_mark(const TraitEntry& net) { return '[' + net.value.substr(0, net.value.rfind('.') + 1); }

std::string path_start(std::string_view path) {
  const std::size_t end = path.starts_with('/') ? path.find('/', 1) : std::string_view::npos;
  return end == std::string_view::npos || end < 2 ? std::string() : lowered(path.substr(0, end + 1));
}

bool matches(const TraitEntry& entry, const Traits& traits) {
  if (entry.trait == Trait::link)
    return std::any_of(traits.link_hosts.begin(), traits.link_hosts.end(),
                       [&](const std::string& host) { return text::is_within(host, entry.value); });
  if (entry.trait == Trait::path)
    return std::find(traits.link_paths.begin(), traits.link_paths.end(), entry.value) != traits.link_paths.end();
  const std::string mark = net_mark(entry);
  return std::any_of(traits.received.begin(), traits.received.end(),
                     [&](const std::string& line) { return line.find(mark) != std::string::npos; });
}

Decision decide(const RuleList& list, const Traits& traits, const Reading& reading) {
  const auto holds = [&](const Rule& rule) {
    if (rule.content) return matches(*rule.content, traits);
    return std::any_of(traits.senders.begin(), traits.senders.end(),
                       [&](const std::string& sender) { return matches(*rule.sender, sender, reading); });
  };
  Decision decision;
  for (std::size_t i = 0; i < list.rules.size() && !decision.rule; ++i)
    if (!list.rules[i].allow && holds(list.rules[i])) decision = {true, i};
  for (std::size_t i = 0; i < list.rules.size() && decision.refused && reading.allow_beats_reject; ++i)
    if (list.rules[i].allow && holds(list.rules[i])) decision = {false, i};
  return decision;
}

}  // namespace sekisho::rules
