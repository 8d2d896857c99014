#include "app/care_data.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "app/json.h"
#include "base/limits.h"
#include "engine/embedded.h"

namespace sekisho::app {
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

Result<std::vector<std::string>> list_of(const json::value& value, const std::string& field, const std::string& where) {
  std::vector<std::string> ids;
  if (value.is_null()) return ids;
  if (!value.is_array() || value.get_array().size() > limits::answer_ids)
    return refuse(fmt::format("'{}' must be a list of at most {} names", field, limits::answer_ids), where);
  for (const json::value& entry : value.get_array()) {
    if (!entry.is_string()) return refuse(fmt::format("'{}' must hold names only", field), where);
    ids.emplace_back(entry.get_string());
  }
  return ids;
}

Result<std::string> word_of(const json::value& value, const std::string& field, const std::string& where) {
  if (value.is_null() || (value.is_bool() && !value.get_bool())) return std::string();
  if (value.is_bool()) return std::string("yes");
  if (!value.is_string()) return refuse(fmt::format("'{}' must be a text or null", field), where);
  return std::string(value.get_string());
}

Result<std::optional<care::Day>> day_of(const json::value& value, const std::string& field, const std::string& where) {
  if (value.is_null()) return std::nullopt;
  const auto day = value.is_string() ? care::find_day(std::string_view(value.get_string())) : std::nullopt;
  if (!day) return refuse(fmt::format("'{}' must be a day as 2026-11-20, or null", field), where);
  return day;
}

template <class Value>
Result<void> take(Result<Value> from, Value& to) {
  if (!from) return tl::unexpected(from.error());
  to = std::move(*from);
  return {};
}

const std::vector<std::string> answer_fields{"situations", "done",         "typed",          "when",
                                             "typed_on",   "mails_began",  "received_paper", "prefecture",
                                             "carrier",    "told_someone", "lure",           "lang"};

Result<void> read_field(const std::string& field, const json::value& value, const std::string& where,
                        care::Answers& answers) {
  if (field == "situations") return take(list_of(value, field, where), answers.situations);
  if (field == "done") return take(list_of(value, field, where), answers.done);
  if (field == "typed") return take(list_of(value, field, where), answers.typed);
  if (care::is_date_field(field)) return take(day_of(value, field, where), answers.date(field));
  if (field == "prefecture") return take(word_of(value, field, where), answers.prefecture);
  if (field == "carrier") return take(word_of(value, field, where), answers.carrier);
  if (field == "told_someone") return take(word_of(value, field, where), answers.told_someone);
  if (field == "lure") return take(word_of(value, field, where), answers.lure);
  if (field == "lang") {
    if (value.is_null()) return {};
    const auto speech = value.is_string() ? care::find_register(std::string_view(value.get_string())) : std::nullopt;
    if (!speech) return refuse("'lang' must be ja, ja-plain or en", where);
    answers.speech = *speech;
    return {};
  }
  const std::string near = knowledge::nearest(field, answer_fields);
  return refuse(fmt::format("unknown field '{}'", field), where,
                near.empty() ? fmt::format("known: {}", fmt::join(answer_fields, ", "))
                             : fmt::format("did you mean '{}'?", near));
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(valid_utf8(text));
}
json::value or_null(const std::optional<care::Day>& day) {
  return day ? json::value(care::iso(*day)) : json::value(nullptr);
}
}  // namespace

json::array array_of(const std::vector<std::string>& texts) {
  json::array out;
  for (const std::string& text : texts) out.push_back(json::value(valid_utf8(text)));
  return out;
}

Result<care::Care> load_care(const engine::Settings& settings) {
  auto data = care::unpack(engine::embedded_care());
  if (!data) return data;
  const std::filesystem::path& folder = settings.knowledge.value;
  std::error_code error;
  if (folder.empty() || !std::filesystem::is_directory(folder / "care", error)) return data;
  return care::overlay(std::move(*data), folder / "care");
}

care::Register register_of(const Session& session) {
  if (session.options.guide.speech) return *session.options.guide.speech;
  return session.voice.japanese() ? care::Register::ja : care::Register::en;
}

care::Day today_of(const GuideOptions& options) {
  if (options.today) return *options.today;
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
}

Result<std::string> read_small_file(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
      return fail(ErrorCode::unreadable, "is a folder", path, "give one file");
    file.open(path, std::ios::binary);
    if (!file) return fail(ErrorCode::unreadable, "cannot be read", path, "check that it exists and is readable");
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string text(limits::answers_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > limits::answers_bytes)
    return refuse(fmt::format("is larger than {} bytes", limits::answers_bytes), path);
  return text;
}

Result<care::Answers> parse_answers(std::string_view json_text, const std::string& where, care::Register fallback) {
  const auto value = parse(json_text, where);
  if (!value) return tl::unexpected(value.error());
  if (!value->is_object())
    return refuse("must be one object: {\"situations\":[…], …}", where, "docs/formats/guide.md shows what is expected");
  care::Answers answers;
  answers.speech = fallback;
  for (const auto& [field, entry] : value->get_object())
    if (auto ok = read_field(std::string(field), entry, where, answers); !ok) return tl::unexpected(ok.error());
  return answers;
}

json::object to_object(const care::Answers& answers) {
  return {{"situations", array_of(answers.situations)},
          {"done", array_of(answers.done)},
          {"typed", array_of(answers.typed)},
          {"when", or_null(answers.when)},
          {"typed_on", or_null(answers.typed_on)},
          {"mails_began", or_null(answers.mails_began)},
          {"received_paper", or_null(answers.received_paper)},
          {"prefecture", or_null(answers.prefecture)},
          {"carrier", or_null(answers.carrier)},
          {"told_someone", or_null(answers.told_someone)},
          {"lure", or_null(answers.lure)},
          {"lang", care::name(answers.speech)}};
}

Result<care::Answers> answers_from_check(const care::Care& care, std::string_view json_text, const std::string& where,
                                         care::Register speech) {
  care::Answers answers;
  answers.speech = speech;
  bool any = false;
  boost::system::error_code not_one;
  const json::value whole = json::parse(json::string_view(json_text.data(), json_text.size()), not_one);
  while (!json_text.empty()) {  // one object a line, or one over many lines
    const std::size_t end = not_one ? std::min(json_text.find('\n'), json_text.size()) : json_text.size();
    const std::string_view line = json_text.substr(0, end);
    json_text.remove_prefix(std::min(end + 1, json_text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto value = parse(line, where);
    if (!value) return tl::unexpected(value.error());
    const json::value* kind = value->is_object() ? value->get_object().if_contains("scam_kind") : nullptr;
    if (kind == nullptr)
      return refuse("is not what 'sekisho check --format json' prints", where, "sekisho check --format json FILE");
    any = true;
    if (!kind->is_string()) continue;
    const auto found = care.situation_of_kind.find(std::string(kind->get_string()));
    if (found == care.situation_of_kind.end()) continue;
    if (std::find(answers.situations.begin(), answers.situations.end(), found->second) == answers.situations.end())
      answers.situations.push_back(found->second);
  }
  if (!any) return refuse("is empty", where, "sekisho check --format json FILE");
  if (answers.situations.empty())
    return refuse("names no kind of scam that a plan belongs to", where, "sekisho guide asks what happened");
  return answers;
}

namespace {

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

json::object to_object(const care::Described& described) {
  json::array situations;
  for (const care::Guess& guess : described.situations)
    situations.push_back({{"id", guess.id}, {"confidence", guess.confidence}, {"because", array_of(guess.because)}});
  return {{"schema", "sekisho.describe/1"},
          {"situations", std::move(situations)},
          {"done", array_of(described.done)},
          {"typed", array_of(described.typed)},
          {"ask", array_of(described.ask)}};
}

json::object to_object(const care::Plan& plan) {
  json::array steps;
  for (const care::PlannedStep& step : plan.steps)
    steps.push_back({{"id", step.id},
                     {"text", step.text},
                     {"why", step.why},
                     {"deadline", or_null(step.deadline)},
                     {"deadline_text", or_null(step.deadline_text)}});
  json::array contacts;
  for (const care::PlannedContact& desk : plan.contacts)
    contacts.push_back({{"id", desk.id},
                        {"name", desk.name},
                        {"phone", or_null(desk.phone)},
                        {"hours", or_null(desk.hours)},
                        {"web", or_null(desk.web)},
                        {"say", desk.say},
                        {"as_of", desk.as_of},
                        {"confirmed", desk.confirmed}});
  json::object out{{"schema", "sekisho.guide/1"}, {"reassure", plan.reassure}, {"steps", std::move(steps)}};
  for (std::size_t kind = 0; kind < care::line_kinds; ++kind)
    out[care::name(static_cast<care::LineKind>(kind))] = array_of(plan.lines[kind]);
  out["contacts"] = std::move(contacts);
  out["next_check"] = {{"when", care::iso(plan.next_check.when)}, {"ask", plan.next_check.ask}};
  return out;
}

}  // namespace sekisho::app
