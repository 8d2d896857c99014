// What the text of a link, and the text around it, promises about where it leads.
/// fact link.text_names_other_site: the visible text of a link is an address of another organisation than the one it
///   opens, no known mail platform; value: the domain shown
/// fact link.same_behind_all: two or more links with different texts, which are all the web links there are, lead to
///   one address; value: "url" the very same, "path" but for the query; number: how many
/// fact link.refusal_same: the words for refusing, unsubscribing or asking stand at a link that is also the main
///   call's; value: the phrase list
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "facts/lists.h"
#include "facts/tools.h"
#include "text/domain.h"

namespace sekisho::facts {
namespace {

constexpr std::size_t shown_text_bytes = 300;  // longer link texts are sentences
constexpr std::size_t texts_read = 60;
constexpr std::size_t words_near_link_bytes = 80;

std::string_view text_of(const Scene& scene, const message::Link& link) {
  const std::string_view text = scene.message.readable[link.part].text;
  if (link.shown.empty() || link.shown.end > text.size()) return {};
  return text.substr(link.shown.start, link.shown.size());
}

/// The host that a link text shows, when it shows one: the first address in it.
std::string host_shown(std::string_view text) {
  if (text.size() > shown_text_bytes || text.find('.') == std::string_view::npos) return {};
  for (const text::FoundUrl& found : text::find_urls(text))
    if (const auto url = text::parse_url(found.url); url && url->is_web()) return url->host;
  return {};
}

void observe_shown_address(const Scene& scene, Notes& notes) {
  std::size_t read = 0;
  Said said;
  for (const Site& site : scene.sites) {
    const message::Link& link = scene.message.links[site.link];
    if (!site.is_web || !site.is_active || link.from != message::Link::From::html || read >= texts_read) continue;
    const std::string_view text = text_of(scene, link);
    if (text.empty()) continue;
    ++read;
    const std::string host = host_shown(text);
    if (host.empty() || host == site.final_host || host == site.host) continue;
    const std::string domain = organisation(host);
    if (domain == site.final_domain || domain == site.domain) continue;
    if (scene.knowledge.in_list(lists::mail_platforms, site.host)) continue;
    if (const auto* brand = scene.knowledge.brand_of(host);
        brand != nullptr && knowledge::Snapshot::owns(*brand, site.final_host).yes)
      continue;
    if (said.first(FactId::link_text_names_other_site, domain))
      notes.add(FactId::link_text_names_other_site, {link.part, link.shown}, domain);
  }
}

std::string without_query(const text::Url& url) {
  return url.host + (url.port ? ":" + std::to_string(*url.port) : std::string()) + url.path;
}
std::string whole(const text::Url& url) { return without_query(url) + (url.query ? "?" + *url.query : std::string()); }

/// Links of one part that are all one place behind different words. A written-out address has no words of its own:
/// there each place where it stands counts.
void observe_one_behind_all(const Scene& scene, Notes& notes) {
  struct Group {
    std::set<std::string> urls, paths, words;
    Place place;
    bool platform = false;
  };
  std::map<std::uint16_t, Group> parts;
  for (const Site& site : scene.sites) {
    const message::Link& link = scene.message.links[site.link];
    if (!site.is_web || !site.is_active || site.quoted) continue;
    Group& group = parts[link.part];
    group.urls.insert(whole(*site.opens));
    group.paths.insert(without_query(*site.opens));
    group.words.insert(link.from == message::Link::From::html ? std::string(text_of(scene, link)) + link.alt
                                                              : std::to_string(link.shown.start));
    group.platform = group.platform || scene.knowledge.in_list(lists::mail_platforms, site.host);
    if (group.place.part == no_part) group.place = shown(link);
  }
  for (const auto& [part, group] : parts) {
    if (group.words.size() < 2 || has_html_twin(scene, part)) continue;
    // Click trackers of mail platforms are one path with as many queries as there are places behind it.
    if (group.urls.size() == 1)
      notes.add(FactId::link_same_behind_all, group.place, "url", static_cast<double>(group.words.size()));
    else if (group.paths.size() == 1 && !group.platform)
      notes.add(FactId::link_same_behind_all, group.place, "path", static_cast<double>(group.words.size()));
  }
}

std::size_t distance(text::Span a, text::Span b) {
  if (a.end <= b.start) return b.start - a.end;
  if (b.end <= a.start) return a.start - b.end;
  return 0;
}

void observe_refusals(const Scene& scene, Notes& notes) {
  constexpr std::array refusals{lists::refuse_here, lists::unsubscribe_here, lists::enquiry_here};
  const auto& phrases = scene.knowledge.phrase_lists();
  std::set<std::size_t> refusing;  // indices of sites that stand at such words
  std::vector<std::pair<const Hit*, std::size_t>> found;
  for (const Hit& hit : scene.hits) {
    if (!hit.own() || std::find(refusals.begin(), refusals.end(), phrases[hit.list].name) == refusals.end()) continue;
    std::size_t nearest = scene.sites.size(), best = (words_near_link_bytes + 1) * 2;
    for (std::size_t i = 0; i < scene.sites.size(); ++i) {
      const Site& site = scene.sites[i];
      const message::Link& link = scene.message.links[site.link];
      if (!site.is_web || !site.is_active || link.part != hit.part || link.shown.empty()) continue;
      // The link that follows the words is theirs; the one before them only when none follows as near.
      const std::size_t away = distance(hit.span, link.shown) * 2 + (link.shown.end <= hit.span.start ? 1 : 0);
      if (away < best) {
        best = away;
        nearest = i;
      }
    }
    if (nearest == scene.sites.size()) continue;
    refusing.insert(nearest);
    found.emplace_back(&hit, nearest);
  }
  for (const auto& refusal : found) {
    const Hit* const hit = refusal.first;  // no structured binding: clang 14 cannot capture one
    const std::string url = whole(*scene.sites[refusal.second].opens);
    const bool is_main_call_too = std::any_of(scene.sites.begin(), scene.sites.end(), [&](const Site& site) {
      const auto other = static_cast<std::size_t>(&site - scene.sites.data());
      return site.is_web && site.is_active && refusing.count(other) == 0 &&
             scene.message.links[site.link].part == hit->part && whole(*site.opens) == url;
    });
    if (is_main_call_too) notes.add(FactId::link_refusal_same, {hit->part, hit->span}, phrases[hit->list].name);
  }
}

}  // namespace

void observe_link_text(const Scene& scene, Notes& notes) {
  observe_shown_address(scene, notes);
  observe_one_behind_all(scene, notes);
  observe_refusals(scene, notes);
}

}  // namespace sekisho::facts
