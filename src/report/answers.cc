#include "report/answers.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "base/limits.h"
#include "report/json.h"

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

json::value day_or_null(const std::optional<care::Day>& day) {
  return day ? json::value(care::iso(*day)) : json::value(nullptr);
}

}  // namespace

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
          {"when", day_or_null(answers.when)},
          {"typed_on", day_or_null(answers.typed_on)},
          {"mails_began", day_or_null(answers.mails_began)},
          {"received_paper", day_or_null(answers.received_paper)},
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

}  // namespace sekisho::report
