// Standing by people: the interview's questions, plans, tellings, drafts, handouts, dates.
#include <ctime>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "base/limits.h"
#include "care/handout.h"
#include "report/answers.h"
#include "report/calendar_file.h"
#include "report/care.h"
#include "report/json.h"
#include "report/questions.h"
#include "serve/site.h"

namespace sekisho::serve {
namespace {

namespace json = boost::json;

Response of(const json::value& value) {
  Response out;
  out.body = report::to_json(value) + '\n';
  return out;
}

/// The day of this machine, or the one of `today=`: a page kept open over midnight, and tests, name their own.
care::Day today_of(const Call& call) {
  if (const auto day = care::find_day(call.request.target.value("today"))) return *day;
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
}

Result<care::Answers> checked(const Call& call, std::string_view text) {
  auto answers = report::parse_answers(text, {}, call.speech.speech);
  if (!answers) return answers;
  if (auto ok = care::check_answers(call.knowing->care(), *answers); !ok) return tl::unexpected(ok.error());
  return answers;
}

Response page(const std::string& html) {
  Response out;
  out.type = "text/html; charset=utf-8";
  out.body = html;
  // Its one style is allowed by what it says, nothing else is.
  constexpr std::string_view open = "<style>", close = "</style>";
  const std::size_t from = html.find(open), to = html.find(close);
  if (from == std::string::npos || to == std::string::npos) return out;
  const std::string_view style = std::string_view(html).substr(from + open.size(), to - from - open.size());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(style.data(), style.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> base64{};
  const int written = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  out.style_digest.assign(reinterpret_cast<const char*>(base64.data()), static_cast<std::size_t>(written));
  return out;
}

json::object filled(const Call& call, const care::Draft& draft, const care::Answers& answers,
                    const std::map<std::string, std::string>& values, care::ThirdPersons third_persons) {
  const care::DraftText text =
      care::fill_draft(call.knowing->care(), draft, answers, values, third_persons, today_of(call));
  json::object out = report::to_object(draft, text);
  out["text"] = text.subject.empty() ? text.body : text.subject + "\n\n" + text.body;
  out["purpose"] = care::spoken(draft.purpose.in(answers.speech));
  out["print"] = draft.print;
  return out;
}

bool belongs(const care::Draft& draft, const care::Answers& answers) {
  if (draft.situations.empty()) return true;
  for (const std::string& situation : answers.situations)
    if (std::find(draft.situations.begin(), draft.situations.end(), situation) != draft.situations.end()) return true;
  return false;
}

Response drafts_of(json::array drafts) {
  return of(json::object{{"schema", "sekisho.drafts/1"}, {"drafts", std::move(drafts)}});
}

Response not_understood(const Call& call) { return problem(*call.knowing, call.speech, 400, "not_understood"); }

/// {"id":…, "answers":{…}, "fill":{NAME:VALUE}, "unmask":false}: one draft, its gaps filled.
Response one_draft(const Call& call, const json::object& asked) {
  const json::value* id = asked.if_contains("id");
  const json::value* answers_value = asked.if_contains("answers");
  const care::Draft* draft = id->is_string() ? call.knowing->care().draft(std::string_view(id->get_string())) : nullptr;
  if (draft == nullptr) return problem(*call.knowing, call.speech, 404, "not_found");
  care::Answers answers;
  answers.speech = call.speech.speech;
  if (answers_value != nullptr) {
    auto read = report::parse_answers(report::to_json(*answers_value), {}, call.speech.speech);
    if (!read) return problem(call, read.error());
    answers = std::move(*read);
  }
  std::map<std::string, std::string> values;
  if (const json::value* fill = asked.if_contains("fill")) {
    if (!fill->is_object() || fill->get_object().size() > limits::answer_ids) return not_understood(call);
    for (const auto& [name, value] : fill->get_object()) {
      if (!value.is_string()) return not_understood(call);
      values[std::string(name)] = report::valid_utf8(std::string_view(value.get_string()));
    }
  }
  const json::value* unmask = asked.if_contains("unmask");
  const bool shown = unmask != nullptr && unmask->is_bool() && unmask->get_bool();
  return of(filled(call, *draft, answers, values, shown ? care::ThirdPersons::shown : care::ThirdPersons::masked));
}

}  // namespace

Response answer_questions(const Call& call) { return of(report::questions(call.knowing->care(), call.speech.speech)); }

Response answer_plan(const Call& call) {
  const auto answers = checked(call, call.request.body);
  if (!answers) return problem(call, answers.error());
  return of(report::to_object(care::make_plan(call.knowing->care(), *answers, today_of(call))));
}

Response answer_calendar(const Call& call) {
  const auto answers = checked(call, call.request.body);
  if (!answers) return problem(call, answers.error());
  Response out;
  out.type = "text/calendar; charset=utf-8";
  out.headers.emplace_back("Content-Disposition", "attachment; filename=\"sekisho.ics\"");
  const care::Day today = today_of(call);
  out.body = report::calendar_file(care::make_plan(call.knowing->care(), *answers, today), today);
  return out;
}

Response answer_describe(const Call& call) {
  return of(
      report::to_object(call.knowing->listener().listen(report::valid_utf8(call.request.body), call.speech.speech)));
}

Response answer_from_check(const Call& call) {
  const auto answers = report::answers_from_check(call.knowing->care(), call.request.body, {}, call.speech.speech);
  return answers ? of(report::to_object(*answers)) : problem(call, answers.error());
}

Response answer_drafts(const Call& call) {
  const care::Care& care = call.knowing->care();
  boost::system::error_code error;
  const json::value value = json::parse(call.request.body.empty() ? "{}" : call.request.body, error);
  if (error || !value.is_object()) return not_understood(call);
  json::array drafts;
  if (value.get_object().empty()) {
    for (const care::Draft& draft : care.drafts) drafts.push_back(report::to_object(draft, call.speech.speech));
    return drafts_of(std::move(drafts));
  }
  if (value.get_object().contains("id")) return one_draft(call, value.get_object());
  const auto answers = checked(call, call.request.body);
  if (!answers) return problem(call, answers.error());
  for (const care::Draft& draft : care.drafts)
    if (belongs(draft, *answers)) drafts.push_back(filled(call, draft, *answers, {}, care::ThirdPersons::masked));
  return drafts_of(std::move(drafts));
}

Response answer_handouts(const Call& call) {
  const care::Care& care = call.knowing->care();
  const care::Register speech = call.speech.speech;
  json::array handouts;
  for (const care::Situation& situation : care.situations)
    handouts.push_back({{"id", situation.id}, {"of", "situation"}, {"title", care::spoken(situation.name.in(speech))}});
  for (const care::Draft& draft : care.drafts)
    if (draft.print)
      handouts.push_back({{"id", draft.id}, {"of", "draft"}, {"title", care::spoken(draft.title.in(speech))}});
  return of(json::object{{"schema", "sekisho.handouts/1"}, {"handouts", std::move(handouts)}});
}

Response answer_handout(const Call& call) {
  const care::Care& care = call.knowing->care();
  const std::string& id = call.request.arguments.front();
  care::Answers answers;
  answers.speech = call.speech.speech;
  if (care.situation(id) != nullptr) {
    answers.situations = {id};
    return page(care::handout(care, answers, today_of(call)));
  }
  const care::Draft* draft = care.draft(id);
  if (draft == nullptr || !draft->print) return problem(*call.knowing, call.speech, 404, "not_found");
  const care::DraftText text = care::fill_draft(care, *draft, answers, {}, care::ThirdPersons::masked, today_of(call));
  return page(care::printable(text.title, text.body));
}

}  // namespace sekisho::serve
