// The report as one page that a relative can open offline: no script, nothing loaded, every text escaped. The chart is
// an SVG: a dot a mail, days across, hours of the day down.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/calendar.h"
#include "app/json.h"
#include "app/scan_page.h"
#include "app/scan_words.h"
#include "care/registers.h"

namespace sekisho::app {
namespace {

constexpr std::size_t dots_at_most = 4'000;  // a page of a hundred thousand dots opens on nobody's telephone
constexpr std::size_t domains_shown = 6, campaigns_in_full = 20;

/// What may act on a reader's screen is made visible first, then all of HTML's own characters are escaped.
std::string escaped(std::string_view text) { return care::escaped(valid_utf8(for_terminal(text))); }

std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{}>{}</{}>\n", name, escaped(text), name);
}

/// Nothing in it can be tapped: hosts are written with [.].
std::string from_mails(std::string_view name, std::string_view text) { return element(name, from_mail(text)); }

std::string chart(const engine::Scanned& scanned, const campaign::Campaign& campaign, const ScanPage& page) {
  constexpr std::int64_t day = 86'400;
  constexpr double width = 720, height = 264, left = 40, top = 12;
  const std::int64_t zone = std::int64_t{page.zone_minutes} * 60;
  const std::int64_t first_day = (campaign.first + zone) / day, last_day = (campaign.last + zone) / day;
  const double per_day = width / static_cast<double>(std::max<std::int64_t>(1, last_day - first_day + 1));
  std::string out = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title>\n", width + left + 8,
                                height + top + 28, escaped(page.voice.say("scan.page.chart")));
  for (int hour = 0; hour <= 24; hour += 6)
    out += fmt::format(
        "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/><text x=\"4\" y=\"{3:.1f}\">{4}</text>\n", left,
        left + width, top + height * hour / 24, top + height * hour / 24 + 4, hour);
  out += fmt::format("<text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", left,
                     top + height + 20, short_time(campaign.first, page.zone_minutes).substr(0, 10), left + width,
                     top + height + 20, short_time(campaign.last, page.zone_minutes).substr(0, 10));
  const std::size_t step = campaign.members.size() / dots_at_most + 1;
  for (std::size_t i = 0; i < campaign.members.size(); i += step) {
    const std::uint32_t member = campaign.members[i];
    const std::int64_t local = scanned.report.messages[member].time + zone;
    const bool lure = campaign.lure && campaign.lure->message == member;
    out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"{}/>\n",
                       left + (static_cast<double>(local) / day - static_cast<double>(first_day)) * per_day,
                       top + height * static_cast<double>(((local % day) + day) % day) / day, lure ? 5 : 2,
                       lure ? " class=\"lure\"" : "");
  }
  return out + "</svg>\n";
}

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
    for (const campaign::Common& common : lure.shares) out += from_mails("li", common_words(common, page));
    out += "</ul>\n";
  }
  return out + element("p", voice.say("scan.lure.calm"));
}

std::string campaign_of(const engine::Scanned& scanned, const campaign::Campaign& campaign, const ScanPage& page,
                        const std::vector<std::string>& ids) {
  const Voice& voice = page.voice;
  std::string out =
      "<section>\n" + element("h2", voice.say("scan.campaign.title", {{"id", campaign.id},
                                                                      {"n", std::to_string(campaign.members.size())},
                                                                      {"senders", std::to_string(campaign.senders)}}));
  out += element("p", voice.say("scan.campaign.since", {{"first", short_time(campaign.first, page.zone_minutes)},
                                                        {"last", short_time(campaign.last, page.zone_minutes)}}) +
                          " / " + voice.say(campaign.rhythm.live ? "scan.campaign.live" : "scan.campaign.over"));
  const auto pair = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out += from_mails("p", voice.pair(key, value));
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
  for (const campaign::Common& common : campaign.common) out += from_mails("li", common_words(common, page));
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

constexpr std::string_view style =
    "body{font:1.05rem/1.7 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.2rem;border-top:1px solid #ccc;padding-top:1rem}h3{font-size:1rem}"
    "svg{width:100%;height:auto;background:#f7f7f5}svg line{stroke:#ddd}svg text{font-size:12px;fill:#555}"
    "svg circle{fill:#9a3412}svg .lure{fill:#1d4ed8}.head{font-size:1.15rem}footer{color:#555;font-size:.9rem}"
    "@media print{body{margin:0}}";

}  // namespace

std::string scan_html(const engine::Scanned& scanned, const ScanPage& page) {
  const Voice& voice = page.voice;
  const std::vector<std::string> ids = message_ids(scanned);
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      voice.lang(), escaped(voice.say("scan.page.title")), style);
  out += element("h1", voice.say("scan.page.title"));
  out += fmt::format("<p class=\"head\">{}</p>\n", escaped(headline(scanned, page)));
  if (!scanned.report.campaigns.empty()) out += element("p", voice.say("scan.head.calm"));
  const bool any_scam = std::any_of(scanned.report.messages.begin(), scanned.report.messages.end(),
                                    [](const auto& line) { return line.standing == campaign::Standing::scam; });
  out += "<section>\n" + element("h2", voice.say("scan.next.title")) + "<ul>\n";
  for (const std::string& step : next_steps(scanned, page)) out += element("li", step);
  out += "</ul>\n</section>\n";
  if (any_scam) out += exposure_of(scanned, page);
  std::vector<const campaign::Campaign*> by_size;
  for (const campaign::Campaign& campaign : scanned.report.campaigns) by_size.push_back(&campaign);
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](const auto* a, const auto* b) { return a->members.size() > b->members.size(); });
  for (std::size_t i = 0; i < by_size.size() && i < campaigns_in_full; ++i)
    out += campaign_of(scanned, *by_size[i], page, ids);
  if (by_size.size() > campaigns_in_full)
    out += element("p", voice.say("scan.campaign.more", {{"n", std::to_string(by_size.size() - campaigns_in_full)}}));
  out += "<footer>" + element("p", voice.say("scan.page.made", {{"time", short_time(page.now, page.zone_minutes)}})) +
         element("p", voice.say("scan.page.masked")) + "</footer>\n</body>\n</html>\n";
  return out;
}

}  // namespace sekisho::app
