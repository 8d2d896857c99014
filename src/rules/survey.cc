#include "rules/survey.h"

#include <algorithm>

#include "base/limits.h"
#include "rules/simulate.h"

namespace sekisho::rules {

std::vector<std::string_view> names_above(std::string_view host, std::string_view registrable) {
  std::vector<std::string_view> names;
  if (registrable.empty() || !host.ends_with(registrable)) return names;
  std::size_t begin = host.size() - registrable.size();
  while (names.size() < limits::host_labels) {
    names.push_back(host.substr(begin));
    if (begin == 0) return names;
    const std::size_t dot = begin < 2 ? std::string_view::npos : host.rfind('.', begin - 2);
    begin = dot == std::string_view::npos ? 0 : dot + 1;
  }
  names.push_back(host);
  return names;
}

Survey::Survey(const Evidence& evidence, std::span<const Sighting> sightings)
    : wanted(wanted_senders(evidence, sightings)),
      mails(evidence.senders().size(), 0),
      wanted_at(evidence.hosts().size()),
      campaign_at(evidence.hosts().size()),
      hosts_of_campaign(evidence.campaigns().size()) {
  std::vector<std::uint32_t> last_campaign(evidence.senders().size(), no_campaign);
  for (const Sighting& sighting : sightings) {
    if (sighting.sort != Sort::campaign || wanted[sighting.sender]) continue;
    const HostId host = evidence.host_of_sender(sighting.sender);
    if (mails[sighting.sender]++ == 0) campaign_at[host].push_back(sighting.sender);
    if (last_campaign[sighting.sender] == sighting.campaign || sighting.campaign >= hosts_of_campaign.size()) continue;
    last_campaign[sighting.sender] = sighting.campaign;
    hosts_of_campaign[sighting.campaign].push_back(host);
  }
  for (auto& hosts : hosts_of_campaign) {
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
  }
  for (SenderId sender = 0; sender < wanted.size(); ++sender)
    if (wanted[sender]) wanted_at[evidence.host_of_sender(sender)].push_back(sender);
  for (HostId id = 0; id < evidence.hosts().size(); ++id) {
    if (campaign_at[id].empty()) continue;
    campaign_hosts.push_back(id);
    const Host& host = evidence.hosts()[id];
    for (const std::string_view name : names_above(host.name, host.registrable))
      nodes[name].campaign_hosts.push_back(id);
  }
  for (HostId id = 0; id < evidence.hosts().size(); ++id) {
    if (wanted_at[id].empty()) continue;
    const Host& host = evidence.hosts()[id];
    for (const std::string_view name : names_above(host.name, host.registrable))
      if (const auto it = nodes.find(name); it != nodes.end()) it->second.wanted_hosts.push_back(id);
  }
}

}  // namespace sekisho::rules
