// Part of app/case_file.h: the plan of the guide, made anew from the answers that were kept, with what was ticked
// since.
#include <map>

#include <fmt/format.h>

#include "app/care_data.h"
#include "app/case_file.h"
#include "base/limits.h"
#include "care/plan.h"

namespace sekisho::app {
namespace {

using vault::Entry;
using vault::Kind;

/// The answers that were kept last; nullopt when none can be read.
std::optional<care::Answers> kept_answers(const vault::Vault& vault, care::Register speech) {
  std::optional<care::Answers> out;
  for (const Entry& entry : vault.content().entries) {
    if (entry.kind != Kind::plan || entry.about != "answers" || vault.content().is_erased(entry.number)) continue;
    const auto bytes = item_of(vault, entry, limits::answers_bytes);
    if (!bytes || !*bytes) continue;
    if (auto answers = parse_answers(**bytes, entry.item->name, speech)) out = std::move(*answers);
  }
  return out;
}

std::optional<care::Day> day_of(const Entry& entry) {
  return care::find_day(std::string_view(entry.time).substr(0, 10));
}

void add_steps(const vault::Vault& vault, const care::Plan& plan, casefile::CaseFile& file) {
  std::map<std::string, std::string> ticked;
  for (const Entry& entry : vault.content().entries)
    if (entry.kind == Kind::tick) ticked[entry.about] = entry.happened.empty() ? entry.time : entry.happened;
  for (const care::PlannedStep& step : plan.steps) {
    casefile::Advice advice;
    advice.text = step.text;
    advice.why = step.why;
    advice.deadline = step.deadline_text;
    if (const auto done = ticked.find(step.id); done != ticked.end()) {
      advice.state = casefile::Advice::State::done;
      advice.done_on = moment(done->second, file.zone_minutes);
    }
    file.advice.push_back(std::move(advice));
  }
}

}  // namespace

void add_plan(const CaseRun& run, const vault::Vault& vault, casefile::CaseFile& file) {
  const auto data = load_care(run.session.settings);
  if (!data) return;
  const auto answers = kept_answers(vault, file.speech);
  if (!answers || !care::check_answers(*data, *answers)) return;
  care::Answers spoken = *answers;
  if (!run.session.options.lang) file.speech = spoken.speech;
  spoken.speech = file.speech;
  // Deadlines count from the day on which the plan was put into the case.
  care::Day day = today_of(GuideOptions{});
  for (const vault::Entry& entry : vault.content().entries)
    if (entry.kind == Kind::plan)
      if (const auto then = day_of(entry)) day = *then;
  const care::Plan plan = care::make_plan(*data, spoken, day);
  add_steps(vault, plan, file);
  for (const std::string& id : spoken.situations)
    if (const care::Situation* situation = data->situation(id))
      file.situations.push_back(care::spoken(situation->name.in(file.speech)));
  for (const std::string& id : spoken.typed)
    if (const care::Choice* item = data->typed_item(id)) file.typed.push_back(care::spoken(item->text.in(file.speech)));
  for (const std::string& line : plan.of(care::LineKind::never)) file.never.push_back(line);
  for (const std::string& line : plan.of(care::LineKind::evidence)) file.bring.push_back(line);
  for (const care::PlannedContact& contact : plan.contacts) {
    casefile::Desk desk;
    desk.name = contact.name;
    desk.phone = contact.phone;
    desk.hours = contact.hours;
    desk.web = contact.web;
    desk.say = contact.say;
    file.desks.push_back(std::move(desk));
  }
  file.next_check =
      run.voice().say("app.pair", {{"name", care::iso(plan.next_check.when)}, {"value", plan.next_check.ask}});
  if (file.where.empty() && !spoken.carrier.empty())
    if (const care::Carrier* carrier = data->carrier(spoken.carrier)) file.where = carrier->name.in(file.speech);
}

}  // namespace sekisho::app
