#include "app/scan_words.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/calendar.h"
#include "app/json.h"

namespace sekisho::app {

namespace {

std::string number(std::size_t n) { return std::to_string(n); }

/// From this share of even gaps on, nobody but a machine sends.
constexpr double machine_like = 0.8;

}  // namespace

std::string headline(const engine::Scanned& scanned, const ScanPage& page) {
  const Voice& voice = page.voice;
  const auto& report = scanned.report;
  std::size_t in_campaigns = 0, single = 0;
  for (const campaign::MessageLine& line : report.messages) {
    if (line.campaign != campaign::no_campaign)
      ++in_campaigns;
    else if (line.standing == campaign::Standing::scam)
      ++single;
  }
  const std::string all = number(report.messages.size());
  if (report.campaigns.empty())
    return single == 0 ? voice.say("scan.head.nothing", {{"all", all}})
                       : voice.say("scan.head.only_single", {{"all", all}, {"single", number(single)}});
  std::string out = voice.say(report.campaigns.size() == 1 ? "scan.head.one_campaign" : "scan.head.campaigns",
                              {{"all", all}, {"n", number(report.campaigns.size())}, {"mails", number(in_campaigns)}});
  if (single > 0) {
    if (!voice.japanese()) out += ' ';
    out += voice.say("scan.head.single_too", {{"single", number(single)}});
  }
  return out;
}

std::string rhythm_words(const campaign::Rhythm& rhythm, const ScanPage& page) {
  if (rhythm.median_gap <= 0) return {};
  const Voice& voice = page.voice;
  const std::string comma = voice.japanese() ? "、" : ", ";
  std::string out = voice.say("scan.campaign.about_every", {{"gap", duration(rhythm.median_gap, voice)}});
  if (rhythm.regularity >= machine_like) out += comma + voice.say("scan.campaign.regular");
  if (rhythm.quiet)
    out += comma + voice.say("scan.campaign.quiet", {{"from", std::to_string((*rhythm.quiet)[0])},
                                                     {"to", std::to_string((*rhythm.quiet)[1])}});
  return out;
}

std::string common_words(const campaign::Common& common, const ScanPage& page) {
  return page.voice.say(fmt::format("scan.common.{}", campaign::name(common.what)),
                        {{"n", std::to_string(common.messages)}, {"value", common.value}});
}

std::string name_of_kind(const std::string& name, const ScanPage& page) {
  const knowledge::Kind* kind = name.empty() ? nullptr : page.engine.knowledge().kind(name);
  return kind == nullptr ? std::string() : std::string(kind->name.in(page.voice.lang()));
}

std::string kind_words(const campaign::Campaign& campaign, const ScanPage& page) {
  return campaign.scam_kinds.empty() ? std::string() : name_of_kind(campaign.scam_kinds.front(), page);
}

bool asked_for_what_they_hold(const campaign::Campaign& campaign) {
  using campaign::Item;
  const auto holds = [&](Item item) { return campaign.items[static_cast<std::size_t>(item)] > 0; };
  return campaign.lure && campaign.lure->asks_for_items &&
         (holds(Item::name) || holds(Item::postal_address) || holds(Item::phone));
}

std::string passed_over_words(const engine::Scanned& scanned, const ScanPage& page) {
  constexpr std::size_t files_shown = 5;
  std::vector<std::string> names;
  for (const std::string& file : scanned.passed_over)
    names.push_back(for_terminal(valid_utf8(file.substr(file.rfind('/') + 1))));
  return page.voice.say("scan.head.passed_over",
                        {{"n", std::to_string(names.size())}, {"files", few(names, files_shown, page)}});
}

std::vector<std::string> exposure_notes(const engine::Scanned& scanned, const ScanPage& page) {
  const auto& report = scanned.report;
  if (scanned.had_profile)
    return report.exposure.empty() ? std::vector{page.voice.say("scan.exposure.none")} : std::vector<std::string>{};
  std::vector<std::string> notes;
  if (report.shows_somebodys > 0)
    notes.push_back(page.voice.say("scan.exposure.unknown", {{"n", std::to_string(report.shows_somebodys)}}));
  notes.push_back(page.voice.say("scan.exposure.no_profile"));
  return notes;
}

std::vector<std::string> next_steps(const engine::Scanned& scanned, const ScanPage& page) {
  std::vector<std::string> keys;
  const bool any = std::any_of(scanned.report.messages.begin(), scanned.report.messages.end(),
                               [](const auto& line) { return line.standing == campaign::Standing::scam; });
  if (any) keys = {"scan.next.no_answer", "scan.next.stop", "scan.next.guide", "scan.next.keep", "scan.next.html"};
  keys.emplace_back("scan.next.again");
  std::vector<std::string> steps;
  for (const std::string& key : keys) steps.push_back(page.voice.say(key));
  return steps;
}

std::string few(const std::vector<std::string>& values, std::size_t shown, const ScanPage& page) {
  std::string out;
  for (std::size_t i = 0; i < values.size() && i < shown; ++i) out += (i > 0 ? ", " : "") + values[i];
  if (values.size() > shown) out += ", " + page.voice.say("scan.campaign.more", {{"n", number(values.size() - shown)}});
  return out;
}

}  // namespace sekisho::app
