// Part of report/answers.h: what a scan of a mailbox says already.
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "report/answers.h"

namespace sekisho::report {
namespace {

namespace json = boost::json;

tl::unexpected<Error> refuse(std::string what, const std::string& where, std::string hint = {}) {
  return fail(ErrorCode::usage, std::move(what), where, std::move(hint));
}

Result<json::value> parse(std::string_view text, const std::string& where) {
  boost::system::error_code error;
  json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error) return refuse("is not JSON: " + error.message(), where, "docs/formats/guide.md shows what is expected");
  return value;
}

/// `object[key]` as text, "" when it is none.
std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
  return value == nullptr ? nullptr : value->if_object();
}

/// The day of an RFC 3339 time.
std::optional<care::Day> day_at(const json::object& object, std::string_view key) {
  constexpr std::size_t date_bytes = 10;
  return care::find_day(std::string_view(text_at(object, key)).substr(0, date_bytes));
}

/// What a campaign weighs among others: those still running first, then the one with the most messages.
std::pair<bool, std::size_t> weight_of(const json::object& campaign) {
  const json::object* rhythm = object_at(campaign, "rhythm");
  const json::value* live = rhythm == nullptr ? nullptr : rhythm->if_contains("live");
  const json::value* members = campaign.if_contains("members");
  return {live != nullptr && live->is_bool() && live->get_bool(),
          members != nullptr && members->is_array() ? members->get_array().size() : 0};
}

const json::object* heaviest(const json::array& campaigns) {
  const json::object* best = nullptr;
  for (const json::value& campaign : campaigns) {
    const json::object* one = campaign.if_object();
    if (one != nullptr && (best == nullptr || weight_of(*one) > weight_of(*best))) best = one;
  }
  return best;
}

std::string situation_of(const care::Care& care, const json::object& campaign) {
  const json::value* kinds = campaign.if_contains("scam_kinds");
  if (kinds != nullptr && kinds->is_array())
    for (const json::value& kind : kinds->get_array()) {
      if (!kind.is_string()) continue;
      const auto found = care.situation_of_kind.find(std::string(kind.get_string()));
      if (found != care.situation_of_kind.end()) return found->second;
    }
  return care.situation_of_kind.empty() ? std::string() : care.situation_of_kind.begin()->second;
}

}  // namespace

Result<care::Answers> answers_from_scan(const care::Care& care, std::string_view json_text, const std::string& where,
                                        care::Register speech) {
  const auto value = parse(json_text, where);
  if (!value) return tl::unexpected(value.error());
  const json::object* report = value->if_object();
  const json::value* campaigns = report == nullptr ? nullptr : report->if_contains("campaigns");
  if (campaigns == nullptr || !campaigns->is_array())
    return refuse("is not what 'sekisho scan --format json' prints", where, "sekisho scan --format json MAILBOX");
  const json::object* campaign = heaviest(campaigns->get_array());
  if (campaign == nullptr) return refuse("names no campaign", where, "sekisho guide asks what happened");

  care::Answers answers;
  answers.speech = speech;
  if (const json::object* items = object_at(*campaign, "items"))
    for (const auto& [item, messages] : *items)
      if (care.typed_item(std::string_view(item)) != nullptr) answers.typed.emplace_back(item);
  const auto own_data = care.situation_of_kind.find("pii_threat_campaign");
  answers.situations = {!answers.typed.empty() && own_data != care.situation_of_kind.end()
                            ? own_data->second
                            : situation_of(care, *campaign)};
  answers.mails_began = day_at(*campaign, "first");
  if (const json::object* lure = object_at(*campaign, "lure_details")) {
    answers.typed_on = day_at(*lure, "time");
    if (const auto first_use = day_at(*lure, "first_use")) answers.mails_began = first_use;
    answers.lure = text_at(*lure, "time");
  }
  return answers;
}

}  // namespace sekisho::report
