#include "app/guide_text.h"

#include <fmt/format.h>

namespace sekisho::app {

std::string GuidePage::say(std::string_view key) const { return care::spoken(care_.say(key, speech_)); }

std::string GuidePage::say(std::string_view key, std::string_view name, std::string_view value) const {
  return care::spoken(care::filled(care_.say(key, speech_), [&](std::string_view slot) {
    return slot == name ? std::string(value) : std::string();
  }));
}

std::string GuidePage::heading(std::string_view key) const { return '\n' + paint_.strong(say(key)) + '\n'; }

std::string GuidePage::paragraph(std::string_view text) const {
  return wrap(for_terminal(text), width_, lang(), "", "");
}
std::string GuidePage::bullet(std::string_view text) const {
  return wrap(for_terminal(text), width_, lang(), "  - ", "    ");
}
std::string GuidePage::numbered(std::size_t number, std::string_view text) const {
  return wrap(for_terminal(text), width_, lang(), fmt::format("{:>3}. ", number), "     ");
}
std::string GuidePage::detail(std::string_view key, std::string_view text) const {
  return text.empty() ? std::string() : wrap(say(key) + ": " + for_terminal(text), width_, lang(), "     ", "       ");
}

std::string as_of_words(const GuidePage& page, const std::string& as_of) {
  return as_of.empty() || as_of == "unknown" || as_of == "memory" ? page.say("unknown_date") : as_of;
}

std::string GuidePage::desk(const care::PlannedContact& desk) const {
  std::string title = desk.name;
  if (!desk.phone.empty()) title += "  " + desk.phone;
  if (!desk.confirmed) title += "  (" + say("unconfirmed") + ")";
  std::string out = bullet(title);
  if (desk.phone.empty() && desk.web.empty()) out += detail("head.say", say("no_phone"));
  out += detail("head.hours", desk.hours) + detail("head.web", desk.web) + detail("head.say", desk.say);
  return out + detail("head.as_of", as_of_words(*this, desk.as_of));
}

std::string GuidePage::plan(const care::Plan& plan) const {
  std::string out = paragraph(plan.reassure);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const care::PlannedStep& step = plan.steps[i];
    if (i == 0) out += heading("head.first");
    if (i == 1) out += heading("head.now");
    out += numbered(i + 1, step.text) + detail("head.by", step.deadline_text) + detail("head.why", step.why);
  }
  const auto list = [&](care::LineKind kind) {
    const auto& lines = plan.of(kind);
    if (lines.empty()) return;
    out += heading(fmt::format("head.{}", care::name(kind)));
    for (const std::string& line : lines) out += bullet(line);
  };
  list(care::LineKind::never);
  list(care::LineKind::expect);
  list(care::LineKind::do_not_ignore);
  out += heading("head.contacts");
  for (const care::PlannedContact& contact : plan.contacts) out += desk(contact);
  list(care::LineKind::evidence);
  list(care::LineKind::causes);
  list(care::LineKind::prevent);
  out += heading("head.next_check");
  out += bullet(care::iso(plan.next_check.when) + ": " + plan.next_check.ask);
  return out + '\n' + paint_.faint(say("notice")) + '\n' + paragraph(say("next_after_plan"));
}

}  // namespace sekisho::app
