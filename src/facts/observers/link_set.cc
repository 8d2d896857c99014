// All web links of the message's own text together: how many places, and whose.
/// fact link.any: the message has web links that can be tapped; number: how many
/// fact link.none: the message has no web link that can be tapped
/// fact link.count_hosts: number: how many organisations its web links lead to
/// fact link.only_one_site: two or more web links, all to one organisation; value: its domain; number: how many links
/// fact link.site_is_sender: every web link leads to the From's own organisation; value: its domain
/// fact link.site_not_sender: no web link leads to the From's own organisation; value: the first organisation it leads
///   to
/// fact link.unrelated_to_sender_and_brand: no web link leads to the From's organisation or to the brand it speaks as;
///   value: the first organisation it leads to
/// fact link.well_known_site: every web link leads to a site that very many people visit
/// fact link.through_platform: web links that go through a mail delivery platform's counter; number: how many
#include <vector>

#include "facts/lists.h"
#include "facts/tools.h"

namespace sekisho::facts {

void observe_link_set(const Scene& scene, Notes& notes) {
  std::vector<std::string_view> domains;
  std::size_t links = 0, to_sender = 0, to_brand = 0, platform = 0;
  Place first;
  const knowledge::Brand* spoken_as = scene.claim() == nullptr ? nullptr : scene.claim()->brand;
  for (const Site& site : scene.sites) {
    if (!site.is_web || !site.is_active || site.quoted) continue;
    ++links;
    const std::string& organisation = site.final_domain.empty() ? site.final_host : site.final_domain;
    if (links == 1) first = shown(scene.message.links[site.link]);
    if (std::find(domains.begin(), domains.end(), organisation) == domains.end()) domains.push_back(organisation);
    if (!scene.from_domain.empty() && site.final_domain == scene.from_domain) ++to_sender;
    if (spoken_as != nullptr && knowledge::Snapshot::owns(*spoken_as, site.final_host).yes) ++to_brand;
    if (scene.from_brand != nullptr && scene.from_brand != spoken_as && site.final_domain != scene.from_domain &&
        knowledge::Snapshot::owns(*scene.from_brand, site.final_host).yes)
      ++to_sender;
    if (scene.knowledge.in_list(lists::mail_platforms, site.host)) ++platform;
  }
  if (links == 0) {
    notes.add(FactId::link_none);
    return;
  }
  const std::string lead(domains.front());
  notes.add(FactId::link_any, first, {}, static_cast<double>(links));
  notes.add(FactId::link_count_hosts, first, {}, static_cast<double>(domains.size()));
  if (platform > 0) notes.add(FactId::link_through_platform, first, {}, static_cast<double>(platform));
  if (links > 1 && domains.size() == 1) notes.add(FactId::link_only_one_site, first, lead, static_cast<double>(links));
  if (std::all_of(domains.begin(), domains.end(),
                  [&](std::string_view domain) { return scene.knowledge.in_list(lists::well_known, domain); }))
    notes.add(FactId::link_well_known_site, first);
  if (scene.from_domain.empty()) return;
  if (to_sender == links) notes.add(FactId::link_site_is_sender, first, scene.from_domain);
  if (to_sender > 0) return;
  notes.add(FactId::link_site_not_sender, first, lead);
  if (to_brand == 0) notes.add(FactId::link_unrelated_to_sender_and_brand, first, lead);
}

}  // namespace sekisho::facts
