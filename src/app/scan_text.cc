// The report on a terminal: one screen for one campaign, the rest shorter.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/calendar.h"
#include "app/scan_page.h"
#include "app/scan_words.h"

namespace sekisho::app {
namespace {

constexpr std::size_t campaigns_in_full = 5, domains_shown = 3, reasons_shown = 6;

class Writer {
 public:
  explicit Writer(const ScanPage& page) : page_(page), voice_(page.voice) {}

  std::string take() { return std::move(out_); }
  void line(std::string_view text, std::string_view first = "", std::string_view rest = "") {
    out_ += wrap(text, page_.width, voice_.lang(), first, rest);
  }
  void heading(std::string_view key) { out_ += '\n' + page_.paint.strong(voice_.say(key)) + '\n'; }
  void bullet(std::string_view text) { line(text, "  - ", "    "); }
  void pair(std::string_view key, std::string_view value) {
    if (!value.empty()) line(voice_.pair(key, value), "  ", "    ");
  }
  void raw(std::string_view text) { out_ += text; }

 private:
  const ScanPage& page_;
  const Voice& voice_;
  std::string out_;
};

/// Twenty-four bars, one an hour.
std::string hours_chart(const campaign::Rhythm& rhythm) {
  constexpr std::array<std::string_view, 9> bars{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::uint32_t most = *std::max_element(rhythm.by_hour.begin(), rhythm.by_hour.end());
  std::string out;
  for (const std::uint32_t count : rhythm.by_hour)
    out += bars[most == 0 ? 0 : (std::size_t{count} * 8 + most - 1) / most];
  return out;
}

void write_lure(Writer& out, const campaign::Campaign& campaign, const ScanPage& page,
                const std::vector<std::string>& ids) {
  const Voice& voice = page.voice;
  if (!campaign.lure) {
    out.pair("scan.lure.title", voice.say("scan.lure.none"));
    return;
  }
  const campaign::Lure& lure = *campaign.lure;
  out.pair("scan.lure.title", voice.say("scan.lure.found", {{"time", short_time(lure.time, page.zone_minutes)},
                                                            {"id", for_terminal(ids[lure.message])},
                                                            {"delay", duration(lure.first_use - lure.time, voice)}}));
  if (lure.asks_for_data || lure.asks_for_items)
    out.line(voice.say(asked_for_what_they_hold(campaign) ? "scan.lure.asks_items" : "scan.lure.asks"), "    ", "    ");
  if (const std::string kind = name_of_kind(lure.scam_kind, page); !kind.empty())
    out.line(voice.say("scan.lure.kind", {{"kind", kind}}), "    ", "    ");
  if (lure.opened != campaign::Opened::unknown)
    out.line(voice.say(lure.opened == campaign::Opened::yes ? "scan.lure.opened" : "scan.lure.unopened"), "    ",
             "    ");
  for (const campaign::Common& common : lure.shares)
    out.line(from_mail(common_words(common, page)), "    - ", "      ");
}

void write_campaign(Writer& out, const campaign::Campaign& campaign, const ScanPage& page,
                    const std::vector<std::string>& ids) {
  const Voice& voice = page.voice;
  out.raw("\n" +
          page.paint.warn(voice.say("scan.campaign.title", {{"id", campaign.id},
                                                            {"n", std::to_string(campaign.members.size())},
                                                            {"senders", std::to_string(campaign.senders)}})) +
          "\n");
  const std::string comma = voice.japanese() ? "。" : ", ";
  // Pasted mails may have no time: then nothing is said about when.
  const bool dated = campaign.last != 0;
  const std::string when =
      !dated ? std::string()
             : voice.say("scan.campaign.since", {{"first", short_time(campaign.first, page.zone_minutes)},
                                                 {"last", short_time(campaign.last, page.zone_minutes)}}) +
                   comma + voice.say(campaign.rhythm.live ? "scan.campaign.live" : "scan.campaign.over") + comma;
  out.line(when + voice.say("scan.campaign.sure", {{"percent", fmt::format("{:.0f}", campaign.sure * 100)}}), "  ",
           "  ");
  out.pair("scan.campaign.kind", kind_words(campaign, page));
  out.pair("scan.campaign.rhythm", rhythm_words(campaign.rhythm, page));
  if (dated) out.raw("    |" + hours_chart(campaign.rhythm) + "|\n    0     6     12    18    24\n");
  if (campaign.rhythm.live && campaign.rhythm.next_from > 0)
    out.line(voice.say("scan.campaign.next", {{"from", short_time(campaign.rhythm.next_from, page.zone_minutes)},
                                              {"to", short_time(campaign.rhythm.next_to, page.zone_minutes)}}),
             "  ", "  ");
  out.pair("scan.campaign.domains", from_mail(few(campaign.domains, domains_shown, page)));
  out.line(voice.say("scan.campaign.why"), "  ", "  ");
  for (std::size_t i = 0; i < campaign.common.size() && i < reasons_shown; ++i)
    out.line(from_mail(common_words(campaign.common[i], page)), "    - ", "      ");
  if (campaign.families.size() > 1)
    out.line(voice.say("scan.campaign.wordings", {{"n", std::to_string(campaign.families.size())}}), "    - ",
             "      ");
  write_lure(out, campaign, page, ids);
}

void write_exposure(Writer& out, const engine::Scanned& scanned, const ScanPage& page) {
  const Voice& voice = page.voice;
  out.heading("scan.exposure.title");
  for (const campaign::Exposure& exposure : scanned.report.exposure) {
    const std::string item(campaign::name(exposure.item));
    const std::string first = exposure.first_seen == 0 ? voice.say("scan.exposure.no_time")
                                                       : short_time(exposure.first_seen, page.zone_minutes);
    out.bullet(voice.say("scan.exposure.line", {{"item", voice.say("scan.exposure.item." + item)},
                                                {"n", std::to_string(exposure.messages.size())},
                                                {"first", first}}));
    if (exposure.inferred)
      out.line(voice.say("scan.exposure.inferred", {{"percent", fmt::format("{:.0f}", exposure.certainty * 100)}}),
               "    ", "    ");
    out.line(voice.say("scan.exposure.means." + item), "    ", "    ");
  }
  for (const std::string& line : exposure_notes(scanned, page)) out.bullet(line);
}

}  // namespace

std::string scan_text(const engine::Scanned& scanned, const ScanPage& page) {
  const Voice& voice = page.voice;
  const auto& report = scanned.report;
  const std::vector<std::string> ids = message_ids(scanned);
  Writer out(page);
  out.line(headline(scanned, page));
  if (scanned.read_now < scanned.places.size())
    out.line(voice.say("scan.head.new_only", {{"n", std::to_string(scanned.read_now)}}));
  if (!scanned.broken.empty()) out.line(voice.say("scan.head.broken", {{"n", std::to_string(scanned.broken.size())}}));
  if (!scanned.passed_over.empty()) out.line(passed_over_words(scanned, page));
  if (!report.campaigns.empty()) out.line(voice.say("scan.head.calm"));

  std::vector<const campaign::Campaign*> by_size;
  for (const campaign::Campaign& campaign : report.campaigns) by_size.push_back(&campaign);
  std::stable_sort(by_size.begin(), by_size.end(), [](const auto* a, const auto* b) {
    return a->rhythm.live != b->rhythm.live ? a->rhythm.live : a->members.size() > b->members.size();
  });
  for (std::size_t i = 0; i < by_size.size() && i < campaigns_in_full; ++i) write_campaign(out, *by_size[i], page, ids);
  if (by_size.size() > campaigns_in_full) {
    out.raw("\n");
    for (std::size_t i = campaigns_in_full; i < by_size.size(); ++i)
      out.bullet(voice.say("scan.campaign.title", {{"id", by_size[i]->id},
                                                   {"n", std::to_string(by_size[i]->members.size())},
                                                   {"senders", std::to_string(by_size[i]->senders)}}) +
                 "  " + short_time(by_size[i]->first, page.zone_minutes) + " - " +
                 short_time(by_size[i]->last, page.zone_minutes));
  }
  const bool any_scam = std::any_of(report.messages.begin(), report.messages.end(),
                                    [](const auto& line) { return line.standing == campaign::Standing::scam; });
  if (any_scam) write_exposure(out, scanned, page);
  out.heading("scan.next.title");
  for (const std::string& step : next_steps(scanned, page)) out.bullet(step);
  return out.take();
}

}  // namespace sekisho::app
