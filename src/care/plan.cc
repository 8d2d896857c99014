#include "care/plan.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace sekisho::care {
namespace {

using std::chrono::days;

/// Desks that stand for another one which the answers name.
constexpr std::string_view own_police = "prefectural_police", own_carrier = "own_carrier", police_line = "police_9110";

/// A step on its way into the plan.
struct Candidate {
  const Step* step;
  Phase phase;
  std::uint32_t rank;
  std::size_t order;
  Confidence confidence;
};

class Planner {
 public:
  Planner(const Care& care, const Answers& answers, Day today, Reading reading)
      : care_(care),
        answers_(completed(care, answers)),
        calendar_(care.holidays),
        today_(today),
        reading_(reading),
        prefecture_(care.prefecture(answers.prefecture)),
        carrier_(care.carrier(answers.carrier)) {
    for (const std::string& id : answers_.situations)
      if (const Situation* situation = care_.situation(id)) situations_.push_back(situation);
  }

  Plan make() {
    Plan plan;
    plan.reassure = reassurance();
    const auto chosen = choose_steps();
    for (const Candidate& candidate : chosen) plan.steps.push_back(step(candidate));
    for (std::size_t kind = 0; kind < line_kinds; ++kind) plan.lines[kind] = lines(static_cast<LineKind>(kind));
    plan.contacts = contacts(chosen);
    set_next_check(plan);
    return plan;
  }

 private:
  bool holds(const When& when) const { return care::holds(when, answers_, today_); }
  std::string words(std::string_view key) const { return out(care_.say(key, answers_.speech)); }
  std::string out(std::string_view text) const {
    return reading_ == Reading::marked ? std::string(text) : spoken(text);
  }

  std::string day_words(const std::optional<Day>& day) const {
    return day ? in_words(*day, today_, care_.holidays.words, answers_.speech)
               : care_.say("slot.that_day", answers_.speech);
  }

  std::string slot(std::string_view name, const std::optional<Day>& deadline) const {
    const Register speech = answers_.speech;
    if (name == "deadline") return day_words(deadline);
    if (is_date_field(name)) return day_words(answers_.date(name));
    if (name == "prefecture")
      return prefecture_ != nullptr ? prefecture_->name.in(speech) : care_.say("slot.your_prefecture", speech);
    if (name == "police")
      return prefecture_ != nullptr ? prefecture_->police.in(speech) : care_.say("slot.your_police", speech);
    if (name == "carrier")
      return carrier_ != nullptr ? carrier_->name.in(speech) : care_.say("slot.your_carrier", speech);
    if (name == "carrier_taps") return taps();
    return {};
  }

  std::string taps() const {
    const Carrier* carrier = carrier_;
    if (carrier != nullptr && !carrier->uses_settings_of.empty()) carrier = care_.carrier(carrier->uses_settings_of);
    if (carrier == nullptr || carrier->taps.empty()) return care_.say("slot.carrier_settings", answers_.speech);
    return carrier->taps.in(answers_.speech);
  }

  /// The text in the reader's register with its slots filled.
  std::string fill(const Text& text, const std::optional<Day>& deadline = {}) const {
    return out(filled(text.in(answers_.speech), [&](std::string_view name) { return slot(name, deadline); }));
  }

  /// " (please confirm with …)" when the words rest on memory alone.
  std::string confirmation(Confidence confidence, const std::string& confirm_at) const {
    if (confidence != Confidence::memory || confirm_at.empty()) return {};
    const Contact* desk = care_.contact(confirm_at);
    const std::string where = desk == nullptr ? std::string() : desk->name.in(answers_.speech);
    return out(filled(care_.say("please_confirm", answers_.speech), [&](std::string_view) { return where; }));
  }

  std::string reassurance() const {
    std::string text;
    std::size_t said = 0;
    for (const Situation* situation : situations_) {
      if (said++ == 2) break;  // more calm than two sentences of it is no calm
      if (!text.empty() && answers_.speech == Register::en) text += ' ';
      text += fill(situation->reassure);
    }
    return text;
  }

  std::vector<Candidate> choose_steps() const {
    std::vector<Candidate> all;
    const auto offer = [&](const Step& step, const Use* use, Confidence confidence) {
      if (!holds(use != nullptr && use->when ? *use->when : step.when)) return;
      const Candidate candidate{&step, use != nullptr && use->phase ? *use->phase : step.phase,
                                use != nullptr && use->rank ? *use->rank : step.rank, all.size(),
                                step.confidence.value_or(confidence)};
      const auto same = std::find_if(all.begin(), all.end(), [&](const Candidate& c) { return c.step == &step; });
      if (same == all.end())
        all.push_back(candidate);
      else if (std::pair(candidate.phase, candidate.rank) < std::pair(same->phase, same->rank))
        same->phase = candidate.phase, same->rank = candidate.rank;
    };
    for (const Situation* situation : situations_)
      for (const Use& use : situation->steps)
        if (const Step* step = care_.step(use.id)) offer(*step, &use, situation->confidence);
    for (const Step& step : care_.steps)
      if (step.everywhere) offer(step, nullptr, Confidence::seed);
    std::set<std::string> replaced;
    for (const Candidate& candidate : all)
      replaced.insert(candidate.step->replaces.begin(), candidate.step->replaces.end());
    std::erase_if(all, [&](const Candidate& candidate) { return replaced.count(candidate.step->id) != 0; });
    std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
      return std::tie(a.phase, a.rank, a.order) < std::tie(b.phase, b.rank, b.order);
    });
    return all;
  }

  std::optional<Day> deadline_day(const Deadline& deadline) const {
    for (const std::string& base : deadline.base) {
      const std::optional<Day> from = base == "today" ? std::optional<Day>(today_) : answers_.date(base);
      if (!from) continue;
      if (deadline.count == Deadline::Count::law) return calendar_.last_day(*from, days(deadline.days));
      if (deadline.count == Deadline::Count::business) return calendar_.working_days_after(*from, deadline.days);
      return *from + days(deadline.days);
    }
    return std::nullopt;
  }

  PlannedStep step(const Candidate& candidate) const {
    const Step& step = *candidate.step;
    PlannedStep planned{step.id,
                        fill(step.text) + confirmation(candidate.confidence, step.confirm_at),
                        fill(step.why),
                        std::nullopt,
                        {}};
    if (!step.deadline) return planned;
    const Deadline& deadline = *step.deadline;
    if (deadline.kind == Deadline::Kind::at_once) {
      planned.deadline_text = fill(deadline.text);
      return planned;
    }
    planned.deadline = deadline_day(deadline);
    planned.deadline_text = fill(planned.deadline ? deadline.text : deadline.unknown, planned.deadline);
    if (deadline.kind == Deadline::Kind::usual) planned.deadline_text += words("deadline.usual");
    if (!planned.deadline) return planned;
    if (*planned.deadline < today_) planned.deadline_text += words("deadline.passed");
    if (deadline.count != Deadline::Count::calendar && !calendar_.confirmed(*planned.deadline))
      planned.deadline_text += words("deadline.holidays_unconfirmed");
    return planned;
  }

  std::vector<std::string> lines(LineKind kind) const {
    struct Chosen {
      const Line* line;
      std::uint32_t rank;
      Confidence confidence;
    };
    std::vector<Chosen> all;
    const auto offer = [&](const Line& line, const Use* use, Confidence confidence) {
      if (!holds(use != nullptr && use->when ? *use->when : line.when)) return;
      for (const Chosen& other : all)
        if (other.line == &line) return;
      all.push_back(
          {&line, use != nullptr && use->rank ? *use->rank : line.rank, line.confidence.value_or(confidence)});
    };
    for (const Situation* situation : situations_)
      for (const Use& use : situation->lines[static_cast<std::size_t>(kind)])
        if (const Line* line = care_.line(use.id)) offer(*line, &use, situation->confidence);
    for (const Line& line : care_.lines)
      if (line.everywhere && line.kind == kind) offer(line, nullptr, Confidence::seed);
    std::stable_sort(all.begin(), all.end(), [](const Chosen& a, const Chosen& b) { return a.rank < b.rank; });
    std::vector<std::string> texts;
    for (const Chosen& chosen : all) {
      std::string text = fill(chosen.line->text) + confirmation(chosen.confidence, chosen.line->confirm_at);
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
    }
    return texts;
  }

  std::vector<PlannedContact> contacts(const std::vector<Candidate>& steps) const {
    struct Wanted {
      std::string id;
      Text say;
      std::size_t place;
    };
    std::vector<Wanted> wanted;
    const auto offer = [&](const std::string& id, const Text& say, std::size_t place) {
      for (Wanted& other : wanted)
        if (other.id == id) {
          other.place = std::min(other.place, place);
          if (other.say.empty()) other.say = say;
          return;
        }
      wanted.push_back({id, say, place});
    };
    // Several situations: first every one's most important desk, then every one's second.
    for (const Situation* situation : situations_) {
      std::size_t place = 0;
      for (const ContactUse& use : situation->contacts)
        if (holds(use.when)) offer(use.id, use.say, place++);
    }
    for (const ContactUse& use : care_.everywhere_contacts)
      if (holds(use.when)) offer(use.id, use.say, 1);
    for (const Candidate& candidate : steps) {
      for (const std::string& id : candidate.step->contacts) offer(id, {}, 50);
      if (!candidate.step->confirm_at.empty()) offer(candidate.step->confirm_at, {}, 60);
    }
    std::stable_sort(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) { return a.place < b.place; });
    std::vector<PlannedContact> shown_desks;
    bool police_without_number = false;
    for (const Wanted& want : wanted) add_desk(want.id, want.say, shown_desks, police_without_number);
    if (police_without_number) add_desk(std::string(police_line), {}, shown_desks, police_without_number);
    return shown_desks;
  }

  void add_desk(const std::string& id, const Text& say, std::vector<PlannedContact>& to,
                bool& police_without_number) const {
    for (const PlannedContact& other : to)
      if (other.id == id) return;
    const Contact* contact = care_.contact(id);
    if (contact == nullptr) return;
    auto desk = shown(care_, *contact, prefecture_, carrier_, say, answers_.speech);
    if (!desk) return;
    if (id == own_police && desk->phone.empty()) police_without_number = true;
    for (std::string* text : {&desk->name, &desk->hours, &desk->say})
      *text = out(filled(*text, [&](std::string_view name) { return slot(name, {}); }));
    to.push_back(std::move(*desk));
  }

  void set_next_check(Plan& plan) const {
    const NextCheck* chosen = nullptr;
    const auto look = [&](const std::vector<NextCheck>& checks) {
      for (const NextCheck& next : checks) {
        if (!holds(next.when)) continue;
        if (chosen == nullptr || next.hours < chosen->hours) chosen = &next;
        return;
      }
    };
    for (const Situation* situation : situations_) look(situation->next_checks);
    if (chosen == nullptr) look(care_.everywhere_checks);
    plan.next_check.hours = chosen == nullptr ? 24 : chosen->hours;
    plan.next_check.when = today_ + days(plan.next_check.hours / 24);
    plan.next_check.ask = chosen == nullptr ? words("next_check.ask") : fill(chosen->ask);
  }

  const Care& care_;
  const Answers answers_;
  const Calendar calendar_;
  const Day today_;
  const Reading reading_;
  const Prefecture* prefecture_;
  const Carrier* carrier_;
  std::vector<const Situation*> situations_;
};

}  // namespace

const Phone* phone_to_show(const Prefecture& prefecture) {
  for (const std::optional<Phone>* phone : {&prefecture.cyber, &prefecture.consult, &prefecture.hq})
    if (*phone && (*phone)->show) return &**phone;
  return nullptr;
}

std::optional<PlannedContact> shown(const Care& care, const Contact& contact, const Prefecture* prefecture,
                                    const Carrier* carrier, const Text& say, Register speech) {
  PlannedContact desk{contact.id,
                      contact.name.in(speech),
                      contact.show_phone ? contact.phone : std::string(),
                      contact.hours.in(speech),
                      contact.web,
                      (say.empty() ? contact.say : say).in(speech),
                      contact.origin.as_of,
                      contact.confidence != Confidence::memory};
  if (contact.id == own_police && prefecture != nullptr) {
    const Phone* phone = phone_to_show(*prefecture);
    desk.name = prefecture->police.in(speech);
    desk.phone = phone == nullptr ? std::string() : phone->number;
    desk.web = prefecture->web;
    desk.as_of = phone == nullptr ? prefecture->origin.as_of : phone->as_of;
    desk.confirmed = phone != nullptr && phone->confidence != Confidence::memory;
  }
  if (contact.id == own_carrier && carrier != nullptr) {
    const Carrier* settings = carrier;
    if (!carrier->uses_settings_of.empty())
      if (const Carrier* other = care.carrier(carrier->uses_settings_of)) settings = other;
    desk.name = carrier->name.in(speech);
    desk.web = settings->settings_url;
  }
  if (!desk.confirmed && desk.web.empty() && !contact.own && contact.id != own_police) return std::nullopt;
  return desk;
}

Plan make_plan(const Care& care, const Answers& answers, Day today, Reading reading) {
  return Planner(care, answers, today, reading).make();
}

}  // namespace sekisho::care
