#include "rules/evidence.h"

#include <algorithm>

#include "rules/entry.h"
#include "text/domain.h"

namespace sekisho::rules {

std::uint32_t Evidence::campaign(std::string_view name) {
  const auto [it, is_new] = campaign_ids_.emplace(std::string(name), static_cast<std::uint32_t>(campaigns_.size()));
  if (is_new) campaigns_.emplace_back(name);
  return it->second;
}

HostId Evidence::host(std::string_view name) {
  const auto [it, is_new] = host_ids_.emplace(std::string(name), static_cast<HostId>(hosts_.size()));
  if (is_new) hosts_.push_back({std::string(name), text::registrable_domain(name)});
  return it->second;
}

SenderId Evidence::sender(std::string address) {
  const auto it = sender_ids_.find(address);
  if (it != sender_ids_.end()) return it->second;
  const auto id = static_cast<SenderId>(senders_.size());
  sender_host_.push_back(host(host_of(address)));
  senders_.push_back(address);
  sender_ids_.emplace(std::move(address), id);
  return id;
}

void Evidence::add(std::string_view address, Sort sort, std::uint32_t campaign, std::int64_t time) {
  std::string clean = lowered(address);
  const std::string_view host = host_of(clean);
  // A final dot is the root of the DNS: the same host.
  if (host.ends_with('.')) clean.pop_back();
  if (host_of(clean).empty() || clean.front() == '@') {
    if (sort == Sort::campaign) ++without_address_;
    return;
  }
  sightings_.push_back({sender(std::move(clean)), sort, sort == Sort::campaign ? campaign : no_campaign, time});
}

void Evidence::keep(std::string_view address_or_host) {
  std::string clean = lowered(address_or_host);
  if (clean.find('@') == std::string::npos) clean = '@' + clean;
  if (clean.front() == '@') clean = std::string(anybody) + clean;
  if (host_of(clean).empty()) return;
  kept_.push_back(sender(std::move(clean)));
}

void Evidence::finish() {
  std::stable_sort(sightings_.begin(), sightings_.end(),
                   [](const Sighting& a, const Sighting& b) { return a.time < b.time; });
}

}  // namespace sekisho::rules
