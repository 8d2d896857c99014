#include <algorithm>
#include <cmath>
#include <unordered_set>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/calendar.h"
#include "app/json.h"
#include "app/rules_evidence.h"
#include "app/scan_page.h"
#include "app/scan_words.h"
#include "rules/mine.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;
using campaign::MailboxReport;
using campaign::Standing;

std::string_view name(Standing standing) {
  return standing == Standing::scam ? "scam" : standing == Standing::wanted ? "wanted" : "unknown";
}

/// Three decimals: more would only tell how a float is stored.
double rounded(double value) { return std::round(value * 1000) / 1000; }

json::value id_of(const std::vector<std::string>& ids, std::uint32_t number) {
  if (number >= ids.size()) return nullptr;
  return json::value(ids[number]);
}

json::array ids_of(const std::vector<std::string>& ids, const std::vector<std::uint32_t>& numbers) {
  json::array out;
  out.reserve(numbers.size());
  for (const std::uint32_t number : numbers) out.push_back(id_of(ids, number));
  return out;
}

json::array strings(const std::vector<std::string>& values) {
  json::array out;
  for (const std::string& value : values) out.push_back(json::value(valid_utf8(value)));
  return out;
}

json::object rhythm_of(const campaign::Rhythm& rhythm, std::int32_t zone) {
  json::array hours;
  for (const std::uint32_t count : rhythm.by_hour) hours.push_back(count);
  json::object out{{"median_gap_seconds", rhythm.median_gap},
                   {"p10_gap_seconds", rhythm.p10_gap},
                   {"p90_gap_seconds", rhythm.p90_gap},
                   {"regularity", rounded(rhythm.regularity)},
                   {"by_hour", std::move(hours)},
                   {"live", rhythm.live}};
  if (rhythm.quiet) out["quiet_hours"] = json::array{(*rhythm.quiet)[0], (*rhythm.quiet)[1]};
  if (rhythm.live && rhythm.next_from != 0)
    out["next"] = json::object{{"from", iso_time(rhythm.next_from, zone)}, {"to", iso_time(rhythm.next_to, zone)}};
  return out;
}

/// null for mails without any time.
json::value time_of(std::int64_t time, std::int32_t zone) {
  return time == 0 ? json::value(nullptr) : json::value(iso_time(time, zone));
}

json::value opened_of(campaign::Opened opened) {
  return opened == campaign::Opened::unknown ? json::value(nullptr) : json::value(opened == campaign::Opened::yes);
}

json::array common_of(const std::vector<campaign::Common>& all) {
  json::array out;
  for (const campaign::Common& common : all) {
    json::object one{{"what", campaign::name(common.what)}, {"messages", common.messages}};
    if (!common.value.empty()) one["value"] = valid_utf8(common.value);
    out.push_back(std::move(one));
  }
  return out;
}

json::object campaign_of(const campaign::Campaign& campaign, const std::vector<std::string>& ids, std::int32_t zone) {
  json::object items;
  for (std::size_t i = 0; i < campaign::item_kinds; ++i)
    if (campaign.items[i] > 0) items[campaign::name(static_cast<campaign::Item>(i))] = campaign.items[i];
  json::array families;
  for (const campaign::Family& family : campaign.families)
    families.push_back({{"example", id_of(ids, family.example)}, {"messages", family.messages}});
  json::object out{{"id", campaign.id},
                   {"members", ids_of(ids, campaign.members)},
                   {"domains", strings(campaign.domains)},
                   {"landing_domains", strings(campaign.landing_domains)},
                   {"cadence_seconds",
                    campaign.rhythm.median_gap > 0 ? json::value(campaign.rhythm.median_gap) : json::value(nullptr)},
                   {"first", time_of(campaign.first, zone)},
                   {"last", time_of(campaign.last, zone)},
                   {"copies", campaign.copies},
                   {"senders", campaign.senders},
                   {"sure", rounded(campaign.sure)},
                   {"rhythm", rhythm_of(campaign.rhythm, zone)},
                   {"because", common_of(campaign.common)},
                   {"families", std::move(families)},
                   {"scam_kinds", strings(campaign.scam_kinds)},
                   {"items", std::move(items)}};
  if (campaign.lure) {
    const campaign::Lure& lure = *campaign.lure;
    out["lure"] = id_of(ids, lure.message);
    out["lure_details"] =
        json::object{{"time", iso_time(lure.time, zone)},
                     {"first_use", iso_time(lure.first_use, zone)},
                     {"delay_seconds", lure.first_use - lure.time},
                     {"asks_for_data", lure.asks_for_data},
                     {"asks_for_what_they_hold", asked_for_what_they_hold(campaign)},
                     {"scam_kind", lure.scam_kind.empty() ? json::value(nullptr) : json::value(lure.scam_kind)},
                     {"opened", opened_of(lure.opened)},
                     {"because", common_of(lure.shares)}};
  } else {
    out["lure"] = nullptr;
  }
  return out;
}

/// The fewest entries that stop the campaigns, for no place in particular; `sekisho rules` says more.
json::object rules_of(const MailboxReport& report, const ScanPage& page) {
  const rules::Evidence evidence = evidence_of(report);
  const rules::Mined mined = rules::mine(evidence, evidence.sightings(), rules::Ground(page.engine.knowledge()),
                                         rules::Dialects::generic(), rules::Reach::careful);
  const auto list = [](const std::vector<rules::Entry>& entries) {
    json::array array;
    for (const rules::Entry& entry : entries)
      array.push_back(json::object{{"match", rules::name(entry.mode)}, {"value", valid_utf8(entry.value)}});
    return array;
  };
  return {{"reject", list(mined.lists.reject)}, {"allow", list(mined.lists.allow)}};
}

/// One message at a time: a mailbox of a million must not stand in memory as JSON.
std::string message_of(const engine::Scanned& scanned, const std::vector<std::string>& ids, std::uint32_t i,
                       const ScanPage& page) {
  const MailboxReport& report = scanned.report;
  const campaign::MessageLine& line = report.messages[i];
  json::array shares;
  for (std::size_t k = 0; k < line.shares_used; ++k) {
    const std::string_view evidence = campaign::name(line.shares[k].what);
    json::object share{{"evidence", evidence}, {"log_odds", rounded(line.shares[k].log_odds)}};
    // A reason is said where it accuses; a wanted mail's would only make the report long.
    if (line.standing == Standing::scam) share["says"] = page.voice.say(fmt::format("scan.evidence.{}", evidence));
    shares.push_back(std::move(share));
  }
  const engine::Place& place = scanned.places[i];
  return to_json(json::object{
      {"id", id_of(ids, i)},
      {"verdict", line.standing == Standing::scam ? "scam" : "wanted"},
      {"standing", name(line.standing)},
      {"campaign",
       line.campaign == campaign::no_campaign ? json::value(nullptr) : json::value(report.campaigns[line.campaign].id)},
      {"message_log_odds", rounded(line.own)},
      {"log_odds", rounded(line.sum)},
      {"mailbox_evidence", std::move(shares)},
      {"time", line.time == 0 ? json::value(nullptr) : json::value(iso_time(line.time, page.zone_minutes))},
      {"input", place.input},
      {"index", place.index},
      {"offset", place.offset}});
}

}  // namespace

std::vector<std::string> message_ids(const engine::Scanned& scanned) {
  std::vector<std::string> ids, of_maildir;
  std::unordered_set<std::string> seen;
  bool unique = true;
  for (const engine::Place& place : scanned.places) {
    ids.push_back(std::to_string(ids.size()));
    if (!unique) continue;
    // Maildir: time.M<number>P<process>…
    const std::string& input = scanned.inputs[place.input];
    const std::size_t name = input.rfind('/') + 1;
    const std::size_t mark = input.find(".M", name);
    std::size_t end = mark == std::string::npos ? mark : mark + 2;
    while (end < input.size() && input[end] >= '0' && input[end] <= '9') ++end;
    if (mark == std::string::npos || end == mark + 2) {
      unique = false;
      continue;
    }
    std::string number = input.substr(mark + 2, end - mark - 2);
    number.erase(0, std::min(number.find_first_not_of('0'), number.size() - 1));
    unique = seen.insert(number).second;
    of_maildir.push_back(std::move(number));
  }
  return unique && !of_maildir.empty() ? of_maildir : ids;
}

void scan_json(const engine::Scanned& scanned, const ScanPage& page, const Versions& versions, const Put& put) {
  const MailboxReport& report = scanned.report;
  const std::vector<std::string> ids = message_ids(scanned);
  put("{\"schema\":\"sekisho.scan/1\",\"inputs\":" + to_json(strings(scanned.inputs)) + ",\"messages\":[");
  for (std::uint32_t i = 0; i < report.messages.size(); ++i)
    put((i > 0 ? "," : "") + message_of(scanned, ids, i, page));
  put("],\"campaigns\":[");
  for (std::size_t i = 0; i < report.campaigns.size(); ++i)
    put((i > 0 ? "," : "") + to_json(campaign_of(report.campaigns[i], ids, page.zone_minutes)));
  put("],");
  json::array exposure;
  for (const campaign::Exposure& item : report.exposure)
    exposure.push_back({{"item", campaign::name(item.item)},
                        {"first_seen", time_of(item.first_seen, page.zone_minutes)},
                        {"messages", ids_of(ids, item.messages)},
                        {"inferred", item.inferred},
                        {"certainty", item.certainty}});
  json::array unreadable;
  for (const mailbox::Unreadable& file : scanned.unreadable)
    unreadable.push_back({{"input", valid_utf8(file.input)}, {"what", valid_utf8(file.error.what)}});
  const std::string rest = to_json(json::object{
      {"exposure", std::move(exposure)},
      {"rules", rules_of(report, page)},
      {"broken", ids_of(ids, scanned.broken)},
      {"unreadable", std::move(unreadable)},
      {"passed_over", strings(scanned.passed_over)},
      {"versions",
       json::object{{"program", versions.program}, {"knowledge", versions.knowledge}, {"model", versions.model}}}});
  put(std::string_view(rest).substr(1));  // the brace is open already
  put("\n");
}

}  // namespace sekisho::app
