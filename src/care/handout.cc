#include "care/handout.h"

#include "care/plan.h"

namespace sekisho::care {
namespace {

constexpr std::string_view style =
#include "care/handout_style.inc"
    ;

/// Desks on one sheet: more than these nobody calls.
constexpr std::size_t most_desks = 6;

std::string page(std::string_view lang, const std::string& title, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"" + std::string(lang) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
         escaped(title) + "</title>\n<style>\n" + std::string(style) + "</style>\n</head>\n<body>\n" + body +
         "</body>\n</html>\n";
}

class Sheet {
 public:
  Sheet(const Care& care, const Answers& answers, Day today)
      : care_(care), speech_(answers.speech), plan_(make_plan(care, answers, today, Reading::marked)) {}

  std::string body(const Text& title, const std::string& date) const {
    std::string out =
        "<h1>" + markup(title.in(speech_)) + "</h1>\n<p class=\"calm\">" + markup(plan_.reassure) + "</p>\n";
    out += first_step() + other_steps();
    out +=
        list(LineKind::never, "") + list(LineKind::do_not_ignore, "") + list(LineKind::expect, " class=\"two small\"");
    out += desks();
    out += list(LineKind::evidence, " class=\"two small\"");
    out += heading("head.next_check") + "<p>" + markup(plan_.next_check.ask) + "</p>\n";
    const std::string made = filled(care_.say("handout.made_on", speech_), [&](std::string_view) { return date; });
    return out + "<footer>" + markup(made) + " · " + say("notice") + " · " + say("handout.title_note") + "</footer>\n";
  }

 private:
  std::string say(std::string_view key) const { return markup(care_.say(key, speech_)); }
  std::string heading(std::string_view key) const { return "<h2>" + say(key) + "</h2>\n"; }
  static std::string by(const PlannedStep& step) {
    return step.deadline_text.empty() ? std::string() : " <span class=\"by\">" + markup(step.deadline_text) + "</span>";
  }

  std::string first_step() const {
    if (plan_.steps.empty()) return {};
    const PlannedStep& step = plan_.steps.front();
    return "<div class=\"first\"><strong>" + say("head.first") + "</strong><br>" + markup(step.text) + by(step) +
           "<div class=\"why\">" + markup(step.why) + "</div></div>\n";
  }

  std::string other_steps() const {
    if (plan_.steps.size() < 2) return {};
    std::string out = heading("head.now") + "<ol start=\"2\">\n";
    for (std::size_t i = 1; i < plan_.steps.size(); ++i)
      out += "<li>" + markup(plan_.steps[i].text) + by(plan_.steps[i]) + "</li>\n";
    return out + "</ol>\n";
  }

  std::string list(LineKind kind, std::string_view attributes) const {
    if (plan_.of(kind).empty()) return {};
    std::string out = heading("head." + std::string(name(kind))) + "<ul" + std::string(attributes) + ">\n";
    for (const std::string& line : plan_.of(kind)) out += "<li>" + markup(line) + "</li>\n";
    return out + "</ul>\n";
  }

  std::string desks() const {
    std::string out = heading("head.contacts") + "<ul>\n";
    std::size_t shown_desks = 0;
    for (const PlannedContact& desk : plan_.contacts) {
      if (shown_desks++ == most_desks) break;
      out += "<li>" + markup(desk.name);
      if (!desk.phone.empty()) out += " <span class=\"phone\">" + escaped(desk.phone) + "</span>";
      if (!desk.confirmed) out += " (" + say("unconfirmed") + ")";
      if (!desk.web.empty()) out += " <span class=\"small\">" + escaped(desk.web) + "</span>";
      out += "<div class=\"small\">" + markup(desk.say) + "</div></li>\n";
    }
    return out + "</ul>\n";
  }

  const Care& care_;
  const Register speech_;
  const Plan plan_;
};

}  // namespace

std::string handout(const Care& care, const Answers& answers, Day today) {
  const Situation* situation = care.situation(answers.situations.front());
  const std::string date = in_words(today, Day{}, care.holidays.words, answers.speech);
  return page(answers.speech == Register::en ? "en" : "ja", spoken(situation->name.in(answers.speech)),
              Sheet(care, answers, today).body(situation->name, date));
}

std::string printable(const std::string& title, const std::string& body) {
  return page("ja", title, "<pre>" + escaped(body) + "</pre>\n");
}

}  // namespace sekisho::care
