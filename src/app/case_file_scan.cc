// Part of app/case_file.h: what a scan of the mailbox said (docs/formats/scan.md). Any JSON gives what can be read of
// it.
#include <unordered_map>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "app/case_file.h"
#include "app/json.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

const json::value* at(const json::object& object, std::string_view key) {
  return object.if_contains(json::string_view(key.data(), key.size()));
}
std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = at(object, key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}
double number_at(const json::object& object, std::string_view key) {
  const json::value* value = at(object, key);
  return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}
bool flag_at(const json::object& object, std::string_view key) {
  const json::value* value = at(object, key);
  return value != nullptr && value->is_bool() && value->get_bool();
}
const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* value = at(object, key);
  return value == nullptr ? nullptr : value->if_object();
}
const json::array& array_at(const json::object& object, std::string_view key) {
  static const json::array none;
  const json::value* value = at(object, key);
  return value != nullptr && value->is_array() ? value->get_array() : none;
}
std::vector<std::string> texts_at(const json::object& object, std::string_view key) {
  std::vector<std::string> out;
  for (const json::value& value : array_at(object, key))
    if (value.is_string()) out.emplace_back(value.get_string());
  return out;
}
std::int64_t time_at(const json::object& object, std::string_view key) {
  const auto when = moment(text_at(object, key), 0);
  return when ? when->time : 0;
}
std::uint32_t count_of(double number) { return number > 0 && number < 4e9 ? static_cast<std::uint32_t>(number) : 0; }

/// "3 lead to the same site, example.test" for each thing that holds a campaign together.
std::vector<std::string> sentences(const CaseRun& run, const json::array& because) {
  std::vector<std::string> out;
  for (const json::value& one : because) {
    const json::object* common = one.if_object();
    const std::string key = common == nullptr ? std::string() : "scan.common." + text_at(*common, "what");
    if (common != nullptr && run.session.engine.knowledge().has_words(key))
      out.push_back(run.voice().say(key, {{"n", std::to_string(count_of(number_at(*common, "messages")))},
                                          {"value", text_at(*common, "value")}}));
  }
  return out;
}

casefile::Campaign campaign_of(const CaseRun& run, const json::object& from,
                               const std::unordered_map<std::string, std::int64_t>& times) {
  casefile::Campaign out;
  out.id = text_at(from, "id");
  for (const std::string& kind : texts_at(from, "scam_kinds"))
    if (const knowledge::Kind* known = run.session.engine.knowledge().kind(kind); known != nullptr && out.kind.empty())
      out.kind = known->name.in(run.voice().lang());
  out.first = time_at(from, "first");
  out.last = time_at(from, "last");
  out.senders = count_of(number_at(from, "senders"));
  out.domains = texts_at(from, "domains");
  out.landing_domains = texts_at(from, "landing_domains");
  out.because = sentences(run, array_at(from, "because"));
  for (const std::string& member : texts_at(from, "members"))
    if (const auto time = times.find(member); time != times.end()) out.arrivals.push_back(time->second);
  out.messages = static_cast<std::uint32_t>(array_at(from, "members").size());
  if (const json::object* rhythm = object_at(from, "rhythm")) {
    out.median_gap = static_cast<std::int64_t>(count_of(number_at(*rhythm, "median_gap_seconds")));
    out.regularity = number_at(*rhythm, "regularity");
    out.live = flag_at(*rhythm, "live");
    const json::array& quiet = array_at(*rhythm, "quiet_hours");
    if (quiet.size() == 2 && quiet[0].is_int64() && quiet[1].is_int64())
      out.quiet = {static_cast<int>(quiet[0].get_int64()), static_cast<int>(quiet[1].get_int64())};
  }
  if (const json::object* lure = object_at(from, "lure_details"))
    out.lure = casefile::Campaign::Lure{
        time_at(*lure, "time"), time_at(*lure, "first_use"), {}, {}, sentences(run, array_at(*lure, "because")), {}};
  return out;
}

casefile::Exposed exposed_of(const json::object& from) {
  using Item = casefile::Exposed::Item;
  constexpr std::pair<std::string_view, Item> items[] = {{"name", Item::name},
                                                         {"postal_address", Item::postal_address},
                                                         {"phone", Item::phone},
                                                         {"mail_address", Item::mail_address},
                                                         {"member_no", Item::member_no}};
  casefile::Exposed out;
  const std::string item = text_at(from, "item");
  out.what = item;
  for (const auto& [name, known] : items)
    if (name == item) out.item = known;
  out.value = text_at(from, "value");
  out.first_seen = time_at(from, "first_seen");
  // A number, or the ids of the messages.
  const json::array& messages = array_at(from, "messages");
  out.messages = messages.empty() ? count_of(number_at(from, "messages")) : static_cast<std::uint32_t>(messages.size());
  out.inferred = flag_at(from, "inferred");
  return out;
}

}  // namespace

void add_scan(const CaseRun& run, const std::string& text, casefile::CaseFile& file) {
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error);
  if (error || !parsed.is_object()) return;
  const json::object& scan = parsed.get_object();
  std::unordered_map<std::string, std::int64_t> times;
  for (const json::value& one : array_at(scan, "messages"))
    if (const json::object* message = one.if_object())
      if (const std::int64_t time = time_at(*message, "time"); time != 0) times[text_at(*message, "id")] = time;
  for (const json::value& one : array_at(scan, "campaigns"))
    if (const json::object* campaign = one.if_object()) file.campaigns.push_back(campaign_of(run, *campaign, times));
  for (const json::value& one : array_at(scan, "exposure"))
    if (const json::object* exposed = one.if_object()) file.exposed.push_back(exposed_of(*exposed));
}

}  // namespace sekisho::app
