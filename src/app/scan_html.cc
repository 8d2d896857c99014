// The report as one page that a relative can open offline: what happened and what to do in one screen, how to stop it
// at one's own place, then what was found. Every text is escaped; app/page.h says what may act.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/calendar.h"
#include "app/dialects.h"
#include "app/page.h"
#include "app/scan_chart.h"
#include "app/scan_html_rules.h"
#include "app/scan_page.h"
#include "app/scan_words.h"
#include "care/plan.h"
#include "report/care.h"

namespace sekisho::app {
namespace {

constexpr std::size_t domains_shown = 6, campaigns_in_full = 20;
constexpr std::string_view style =
#include "app/scan_page_style.inc"
    ;
constexpr std::string_view script =
#include "app/scan_page_script.inc"
    ;
/// Desks for whoever typed or paid something: contacts of knowledge/care.
constexpr std::array<std::string_view, 2> first_desks{"police_9110", "consumer_188"};

std::string lure_of(const campaign::Campaign& campaign, const ScanPage& page, const std::vector<std::string>& ids) {
  const Voice& voice = page.voice;
  std::string out = element("h3", voice.say("scan.lure.title"));
  if (!campaign.lure) return out + element("p", voice.say("scan.lure.none"));
  const campaign::Lure& lure = *campaign.lure;
  out += element("p", voice.say("scan.lure.found", {{"time", short_time(lure.time, page.zone_minutes)},
                                                    {"id", ids[lure.message]},
                                                    {"delay", duration(lure.first_use - lure.time, voice)}}));
  if (lure.asks_for_data) out += element("p", voice.say("scan.lure.asks"));
  if (!lure.shares.empty()) {
    out += element("p", voice.say("scan.lure.shares")) + "<ul>\n";
    for (const campaign::Common& common : lure.shares) out += element_from_mail("li", common_words(common, page));
    out += "</ul>\n";
  }
  return out + element("p", voice.say("scan.lure.calm"));
}

std::string campaign_of(const engine::Scanned& scanned, const campaign::Campaign& campaign, const ScanPage& page,
                        const std::vector<std::string>& ids) {
  const Voice& voice = page.voice;
  std::string out = "<section class=\"campaign\">\n" +
                    element("h2", voice.say("scan.campaign.title", {{"id", campaign.id},
                                                                    {"n", std::to_string(campaign.members.size())},
                                                                    {"senders", std::to_string(campaign.senders)}}));
  out += element("p", voice.say("scan.campaign.since", {{"first", short_time(campaign.first, page.zone_minutes)},
                                                        {"last", short_time(campaign.last, page.zone_minutes)}}) +
                          " / " + voice.say(campaign.rhythm.live ? "scan.campaign.live" : "scan.campaign.over"));
  const auto pair = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out += element_from_mail("p", voice.pair(key, value));
  };
  pair("scan.campaign.kind", kind_words(campaign, page));
  pair("scan.campaign.rhythm", rhythm_words(campaign.rhythm, page));
  out += chart(scanned, campaign, page);
  if (campaign.rhythm.live && campaign.rhythm.next_from > 0)
    out += element("p",
                   voice.say("scan.campaign.next", {{"from", short_time(campaign.rhythm.next_from, page.zone_minutes)},
                                                    {"to", short_time(campaign.rhythm.next_to, page.zone_minutes)}}));
  pair("scan.campaign.domains", few(campaign.domains, domains_shown, page));
  out += element("h3", voice.say("scan.campaign.why")) + "<ul>\n";
  for (const campaign::Common& common : campaign.common) out += element_from_mail("li", common_words(common, page));
  return out + "</ul>\n" + lure_of(campaign, page, ids) + "</section>\n";
}

std::string exposure_of(const engine::Scanned& scanned, const ScanPage& page) {
  const Voice& voice = page.voice;
  std::string out = "<section>\n" + element("h2", voice.say("scan.exposure.title"));
  for (const std::string& line : exposure_notes(scanned, page)) out += element("p", line);
  out += "<ul>\n";
  for (const campaign::Exposure& exposure : scanned.report.exposure) {
    const std::string item(campaign::name(exposure.item));
    out += "<li>" +
           element("strong",
                   voice.say("scan.exposure.line", {{"item", voice.say("scan.exposure.item." + item)},
                                                    {"n", std::to_string(exposure.messages.size())},
                                                    {"first", short_time(exposure.first_seen, page.zone_minutes)}})) +
           element("p", voice.say("scan.exposure.means." + item)) + "</li>\n";
  }
  return out + "</ul>\n</section>\n";
}

/// Who can be called. The page goes without when the data cannot be read: it must open all the same.
std::string desks(const Voice& voice) {
  const auto care = report::load_care({});
  if (!care) return {};
  const auto speech = voice.japanese() ? care::Register::ja : care::Register::en;
  std::string out = "<ul class=\"desks\">\n";
  for (const std::string_view id : first_desks) {
    const care::Contact* contact = care->contact(id);
    const auto desk = contact == nullptr ? std::nullopt : care::shown(*care, *contact, nullptr, nullptr, {}, speech);
    if (desk)
      out += fmt::format("<li><strong>{}</strong> {}</li>\n", escaped(desk->name),
                         element("span class=\"small\"", desk->hours));
  }
  return out + "</ul>\n";
}

/// One screen: what was found, that nothing is lost yet, and what to do first.
std::string summary(const engine::Scanned& scanned, const ScanPage& page, const PlaceRules* places) {
  const Voice& voice = page.voice;
  std::string out = "<header>\n" + element("h1", voice.say("scan.page.title"));
  out += element("p class=\"head\"", headline(scanned, page));
  if (!scanned.report.campaigns.empty()) out += element("p class=\"calm\"", voice.say("scan.head.calm"));
  out += "</header>\n<section class=\"now\">\n" + element("h2", voice.say("page.now.title"));
  if (places == nullptr) {
    out += "<ul>\n";
    for (const std::string& step : next_steps(scanned, page)) out += element("li", step);
    return out + "</ul>\n</section>\n";
  }
  const rules::Proposal& best = places->best().first;
  out += "<ol>\n" + element("li", voice.say("scan.next.no_answer"));
  const bool stops_most = best.effect.stopped * 2 > best.effect.total;
  if (stops_most)
    out += fmt::format("<li>{} <a href=\"#stop\">{}</a></li>\n",
                       escaped(voice.say("page.now.stop", {{"n", std::to_string(best.mined.lists.reject.size())},
                                                           {"stopped", std::to_string(best.effect.stopped)},
                                                           {"total", std::to_string(best.effect.total)}})),
                       escaped(voice.say("page.now.to_stop")));
  else if (best.effect.total > 0)
    out += fmt::format("<li>{} <a href=\"#stop\">{}</a></li>\n", escaped(voice.say("page.now.stop_hard")),
                       escaped(voice.say("page.now.to_stop")));
  out += fmt::format("<li>{}{}</li>\n", escaped(voice.say("page.now.typed")), desks(voice));
  return out + element("li", voice.say("scan.next.keep")) + "</ol>\n</section>\n";
}

}  // namespace

std::string scan_html(const engine::Scanned& scanned, const ScanPage& page) {
  const Voice& voice = page.voice;
  const std::vector<std::string> ids = message_ids(scanned);
  const PageFrame frame{voice.lang(), voice.say("scan.page.title"), style, script};
  const bool any_scam = std::any_of(scanned.report.messages.begin(), scanned.report.messages.end(),
                                    [](const auto& line) { return line.standing == campaign::Standing::scam; });
  std::optional<PlaceRules> places;
  if (auto dialects = embedded_dialects(); any_scam && dialects)
    places.emplace(scanned.report, page, std::move(*dialects));
  std::string out = page_begin(frame) + summary(scanned, page, places ? &*places : nullptr);
  if (places) out += rules_section(*places, page);
  if (any_scam) out += exposure_of(scanned, page);
  std::vector<const campaign::Campaign*> by_size;
  for (const campaign::Campaign& campaign : scanned.report.campaigns) by_size.push_back(&campaign);
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](const auto* a, const auto* b) { return a->members.size() > b->members.size(); });
  for (std::size_t i = 0; i < by_size.size() && i < campaigns_in_full; ++i)
    out += campaign_of(scanned, *by_size[i], page, ids);
  if (by_size.size() > campaigns_in_full)
    out += element("p", voice.say("scan.campaign.more", {{"n", std::to_string(by_size.size() - campaigns_in_full)}}));
  if (any_scam) {
    out += "<section>\n" + element("h2", voice.say("scan.next.title")) + "<ul>\n";
    for (const std::string_view key : {"page.next.rescan", "scan.next.guide", "scan.next.again"})
      out += element("li", voice.say(key));
    out += "</ul>\n</section>\n";
  }
  return out + "<footer>" +
         element("p", voice.say("scan.page.made", {{"time", short_time(page.now, page.zone_minutes)}})) +
         element("p", voice.say("scan.page.masked")) + "</footer>\n" + page_end(frame);
}

}  // namespace sekisho::app
