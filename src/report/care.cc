#include "report/care.h"

#include <boost/json/array.hpp>

#include "engine/embedded.h"
#include "report/json.h"

namespace sekisho::report {
namespace {

namespace json = boost::json;

json::value day_or_null(const std::optional<care::Day>& day) {
  return day ? json::value(care::iso(*day)) : json::value(nullptr);
}

}  // namespace

Result<care::Care> load_care(const std::filesystem::path& overrides) {
  auto data = care::unpack(engine::embedded_care());
  if (!data) return data;
  std::error_code error;
  if (overrides.empty() || !std::filesystem::is_directory(overrides / "care", error)) return data;
  return care::overlay(std::move(*data), overrides / "care");
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
                     {"deadline", day_or_null(step.deadline)},
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

json::object to_object(const care::Draft& draft, care::Register speech) {
  return {{"schema", "sekisho.drafts/1"},
          {"id", draft.id},
          {"title", care::spoken(draft.title.in(speech))},
          {"purpose", care::spoken(draft.purpose.in(speech))},
          {"situations", array_of(draft.situations)},
          {"to", or_null(draft.to)}};
}

json::object to_object(const care::Draft& draft, const care::DraftText& text) {
  return {{"schema", "sekisho.draft/1"},
          {"id", draft.id},
          {"title", text.title},
          {"to", or_null(text.to)},
          {"subject", or_null(text.subject)},
          {"body", text.body},
          {"translation", or_null(text.translation)},
          {"note", or_null(text.note)},
          {"masked", text.masked}};
}

}  // namespace sekisho::report
