#include <algorithm>

#include <fmt/format.h>

#include "casefile/pages.h"

namespace sekisho::casefile {

namespace {

/// What the first page holds of each answer; the rest stands behind it.
constexpr std::size_t answer_letters = 120;

}  // namespace

std::string Pages::known_damage() const {
  if (!file_.damage.empty()) return clean(file_.damage, answer_letters);
  std::vector<std::string> parts;
  constexpr std::size_t most = 4;
  for (const Loss& loss : file_.losses) {
    if (parts.size() == most) {
      parts.push_back(words_.say("value.more", {{"n", std::to_string(file_.losses.size() - most)}}));
      break;
    }
    parts.push_back(clean(loss.how.empty() ? loss.what : loss.what + " (" + loss.how + ")", 60));
  }
  if (parts.empty() && file_.no_loss_known) return words_.say("value.no_loss");
  return words_.joined(parts);
}

std::string Pages::known_when() const {
  if (!file_.when.empty()) return clean(file_.when, answer_letters);
  // What was done to the person, not what was done about it.
  std::optional<Moment> first, last;
  const auto take = [&](const Moment& moment) {
    if (!first || moment.time < first->time) first = moment;
    if (!last || moment.time > last->time) last = moment;
  };
  for (const Event& event : file_.timeline)
    if (event.when && event.kind <= Event::Kind::paid) take(*event.when);
  for (const Campaign& campaign : file_.campaigns)
    for (const std::int64_t time : {campaign.first, campaign.last})
      if (time > 0) take({time, Moment::Known::to_the_minute});
  if (!first) return {};
  if (words_.day(first->time) == words_.day(last->time)) return words_.moment(*first);
  return words_.say("value.from_to", {{"from", words_.day(first->time)}, {"to", words_.day(last->time)}});
}

std::string Pages::known_now() const {
  std::vector<std::string> parts;
  const Event* check = nullptr;
  for (const Event& event : file_.timeline)
    if (event.kind == Event::Kind::check_in && event.when &&
        (check == nullptr || event.when->time >= check->when->time))
      check = &event;
  if (check != nullptr)
    parts.push_back(
        words_.say("colon", {{"label", words_.day(check->when->time)}, {"value", clean(check->text, answer_letters)}}));
  std::int64_t last = 0;
  bool live = false;
  for (const Campaign& campaign : file_.campaigns) {
    last = std::max(last, campaign.last);
    live = live || campaign.live;
  }
  if (check == nullptr && last > 0)
    parts.push_back(words_.say(live ? "value.mails_live" : "value.mails_over", {{"last", words_.day(last)}}));
  return fmt::format("{}", fmt::join(parts, "\n"));
}

void Pages::summary() {
  heading(1, "summary");
  paper::Pairs pairs;
  const auto add = [&](std::string_view key, std::string value) {
    pairs.pairs.push_back({label(key), std::move(value)});
  };
  const Victim& victim = file_.victim;
  add("name", victim.names.empty() ? std::string() : shortened(mask_.own(victim.names.front()), answer_letters));
  std::vector<std::string> contacts;
  if (!victim.contact.empty()) contacts.push_back(victim.contact);
  for (const auto* list : {&victim.phones, &victim.mail_addresses, &victim.postal_addresses})
    if (!list->empty() && victim.contact.find(list->front()) == std::string::npos) contacts.push_back(list->front());
  add("contact", contacts.empty() ? std::string() : shortened(mask_.own(words_.joined(contacts)), answer_letters));
  std::vector<std::string> what;
  for (std::size_t i = 0; i < std::min<std::size_t>(file_.situations.size(), 3); ++i)
    what.push_back(clean(file_.situations[i], 90));
  // The person's own words say more than the guide's, where there is room.
  if (!file_.telling.empty() && what.size() < 3) what.push_back(clean(file_.telling, answer_letters));
  add("what", fmt::format("{}", fmt::join(what, "\n")));
  add("when", known_when());
  add("where", clean(file_.where, answer_letters));
  add("how", clean(file_.how, answer_letters));
  add("damage", known_damage());
  if (!file_.typed.empty()) add("typed", shortened(words_.joined(file_.typed), answer_letters));
  if (const std::string now = known_now(); !now.empty()) add("now", now);
  if (!file_.evidence.empty())
    add("evidence", words_.say("value.evidence", {{"n", std::to_string(file_.evidence.size())},
                                                  {"heading", words_.say("heading.evidence")}}));
  if (!file_.desk.empty()) add("desk", clean(file_.desk, 80));
  blocks_.push_back(std::move(pairs));
}

/// The few lines of the timeline that make the matter clear.
void Pages::turning_points() {
  constexpr std::size_t most = 4;
  paper::Timeline out;
  for (const Event* event : by_time()) {
    const bool turn = event->kind == Event::Kind::lure || event->kind == Event::Kind::typed ||
                      event->kind == Event::Kind::paid || event->kind == Event::Kind::noticed;
    if (!turn || !event->when || out.entries.size() == most) continue;
    out.entries.push_back(entry(*event));
    out.entries.back().text = shortened(out.entries.back().text, 70);
    out.entries.back().note.clear();
  }
  if (!out.entries.empty()) blocks_.push_back(std::move(out));
}

/// Open steps with a date.
void Pages::urgent() {
  constexpr std::size_t most = 3;
  std::vector<std::string> lines;
  for (const Advice& step : file_.advice)
    if (step.state == Advice::State::open && !step.deadline.empty() && lines.size() < most)
      lines.push_back(
          words_.say("value.urgent", {{"step", clean(step.text, 90)}, {"deadline", clean(step.deadline, 40)}}));
  if (!lines.empty())
    blocks_.push_back(
        paper::Box{words_.say("heading.urgent"), fmt::format("{}", fmt::join(lines, "\n")), paper::Box::Tone::warning});
}

/// What a reader must know, and room for what the desk writes.
void Pages::reception() {
  blocks_.push_back(paper::Box{words_.say("box.facts_title"), words_.say("box.facts"), paper::Box::Tone::note});
  if (form_ != Form::full) return;
  heading(3, "reception");
  blocks_.push_back(paper::Lines{{label("reference"), label("officer"), label("received")}});
}

void Pages::masked() {
  blocks_.push_back(paper::Box{words_.say("box.masked_title"),
                               words_.say(form_ == Form::shareable ? "box.masked_shareable" : "box.masked_full"),
                               paper::Box::Tone::note});
}

/// For the colleague: who, how to reach them, and where the matter stands.
void Pages::situation() {
  heading(1, "situation");
  paper::Pairs pairs;
  const auto add = [&](std::string_view key, std::string value) {
    if (!value.empty()) pairs.pairs.push_back({label(key), std::move(value)});
  };
  const Victim& victim = file_.victim;
  add("name", victim.names.empty() ? std::string() : shortened(victim.names.front(), answer_letters));
  add("contact", clean(!victim.contact.empty()         ? victim.contact
                       : !victim.phones.empty()        ? victim.phones.front()
                       : victim.mail_addresses.empty() ? std::string()
                                                       : victim.mail_addresses.front(),
                       answer_letters));
  std::vector<std::string> what;
  for (const std::string& situation : file_.situations) what.push_back(clean(situation, 90));
  if (what.size() > 3) what.resize(3);
  add("what", fmt::format("{}", fmt::join(what, "\n")));
  add("when", known_when());
  add("how", clean(file_.how, answer_letters));
  add("damage", known_damage());
  add("typed", shortened(words_.joined(file_.typed), answer_letters));
  add("now", known_now());
  std::vector<std::string> kinds;
  for (std::size_t kind = 0; kind < evidence_kinds; ++kind) {
    const auto n = std::count_if(file_.evidence.begin(), file_.evidence.end(),
                                 [&](const Evidence& one) { return static_cast<std::size_t>(one.kind) == kind; });
    if (n > 0)
      kinds.push_back(fmt::format("{} {}", words_.say(fmt::format("evidence_kind.{}", evidence_kind_names[kind])), n));
  }
  add("evidence", words_.joined(kinds));
  add("desk", clean(file_.desk, 80));
  add("case_id", clean(file_.proof.case_id, 60));
  add("keep_until", clean(file_.keep_until, 60));
  blocks_.push_back(std::move(pairs));
  if (!file_.telling.empty())
    blocks_.push_back(paper::Quote{words_.say("heading.told"), inert(clean(file_.telling, 600))});
}

}  // namespace sekisho::casefile
