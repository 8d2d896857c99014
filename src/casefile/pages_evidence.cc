#include <algorithm>

#include <fmt/format.h>

#include "base/limits.h"
#include "casefile/pages.h"

namespace sekisho::casefile {

namespace {

/// Characters of one quoted mail: enough to see what it wants; the original has the rest.
constexpr std::size_t quote_letters = 2'500;
constexpr std::size_t quotes_most = 30;
constexpr std::size_t evidence_most = 1'000;
constexpr std::size_t steps_most = 60;

}  // namespace

void Pages::evidence() {
  if (file_.evidence.empty()) return;
  heading(1, "evidence");
  paper::Table table;
  table.columns = {{column("number"), 6, false},
                   {column("kind"), 10, false},
                   {column("title"), 23, false},
                   {column("when"), 12, false},
                   {column("digest"), 49, true}};
  for (const Evidence& one : file_.evidence) {
    if (table.rows.size() == evidence_most) break;
    std::string title = inert(clean(one.title, 90));
    if (!one.name.empty()) title += (title.empty() ? "" : "\n") + clean(one.name, 70);
    if (!one.shows.empty()) title += "\n" + clean(one.shows, 120);
    table.rows.push_back(
        {clean(one.id, 12),
         words_.say(fmt::format("evidence_kind.{}", evidence_kind_names[static_cast<std::size_t>(one.kind)])), title,
         one.when    ? words_.short_moment(*one.when)
         : one.added ? words_.short_moment(*one.added)
                     : std::string(),
         one.sha256.substr(0, 64)});
  }
  blocks_.push_back(std::move(table));
  if (file_.evidence.size() > evidence_most)
    blocks_.push_back(
        paper::Paragraph{words_.say("value.more", {{"n", std::to_string(file_.evidence.size() - evidence_most)}}),
                         paper::Paragraph::Style::small});
}

void Pages::evidence_details() {
  std::size_t shown = 0, pictures = 0;
  for (const Evidence& one : file_.evidence) {
    const bool worth = one.quote || (form_ == Form::full && !one.png.empty());
    if (!worth || shown == quotes_most) continue;
    if (shown++ == 0) heading(1, "evidence_details");
    one_evidence(one, pictures);
  }
}

void Pages::one_evidence(const Evidence& evidence, std::size_t& pictures) {
  blocks_.push_back(paper::Heading{
      3, shortened(words_.say("heading.one_evidence",
                              {{"id", clean(evidence.id, 12)},
                               {"title", inert(clean(evidence.title.empty() ? evidence.name : evidence.title, 90))}}),
                   120)});
  paper::Pairs facts;
  for (const auto& [name, value] : evidence.facts) {
    if (facts.pairs.size() == 12) break;
    // It looks like an address and is the mail's own number, by which a provider finds it again.
    const bool number = name == "Message-ID" && form_ == Form::full;
    facts.pairs.push_back({clean(name, 40), inert(number ? shortened(value, 300) : clean(value, 300))});
  }
  if (!facts.pairs.empty()) blocks_.push_back(std::move(facts));
  if (!evidence.reasons.empty()) {
    blocks_.push_back(paper::Paragraph{words_.say("value.reasons"), paper::Paragraph::Style::strong});
    paper::List reasons;
    for (std::size_t i = 0; i < std::min<std::size_t>(evidence.reasons.size(), 8); ++i)
      reasons.items.push_back({inert(clean(evidence.reasons[i], 300)), {}, false});
    blocks_.push_back(std::move(reasons));
  }
  if (evidence.quote && !evidence.text.empty()) {
    std::string text = inert(clean(evidence.text, quote_letters));
    if (text.ends_with("…")) text += "\n" + words_.say("value.cut");
    blocks_.push_back(paper::Quote{words_.say("value.quote_caption"), std::move(text)});
  }
  if (form_ == Form::full && !evidence.png.empty() && evidence.png.size() <= limits::paper_picture_bytes &&
      pictures < limits::paper_pictures) {
    ++pictures;
    blocks_.push_back(paper::Picture{
        words_.say("value.file", {{"name", clean(evidence.name, 80)}, {"bytes", std::to_string(evidence.bytes)}}),
        evidence.png});
  }
}

void Pages::advice() {
  if (!file_.advice.empty()) {
    heading(1, "advice");
    paper::List list;
    list.mark = paper::List::Mark::tick;
    for (const Advice& step : file_.advice) {
      if (list.items.size() == steps_most) break;
      std::vector<std::string> notes;
      if (step.state == Advice::State::done)
        notes.push_back(step.done_on ? words_.say("value.done_on", {{"date", words_.day(step.done_on->time)}})
                                     : words_.say("value.done"));
      if (step.state == Advice::State::not_needed) notes.push_back(words_.say("value.not_needed"));
      if (step.state == Advice::State::open) notes.push_back(words_.say("value.not_done"));
      if (step.state == Advice::State::open && !step.deadline.empty())
        notes.push_back(words_.say("value.deadline", {{"deadline", clean(step.deadline, 60)}}));
      list.items.push_back({clean(step.text, 300), words_.joined(notes), step.state == Advice::State::done});
    }
    blocks_.push_back(std::move(list));
  }
  if (!file_.drafts.empty()) {
    heading(2, "drafts");
    paper::List list;
    for (const UsedDraft& draft : file_.drafts) {
      if (list.items.size() == steps_most) break;
      list.items.push_back({draft.to.empty() ? clean(draft.title, 120)
                                             : words_.say("value.draft_to", {{"title", clean(draft.title, 120)},
                                                                             {"to", clean(draft.to, 80)}}),
                            draft.when ? words_.moment(*draft.when) : std::string(), false});
    }
    blocks_.push_back(std::move(list));
  }
}

/// The steps in one state, for the colleague.
void Pages::steps(Advice::State state, std::string_view heading_key) {
  paper::List list;
  list.mark = paper::List::Mark::tick;
  for (const Advice& step : file_.advice) {
    if (step.state != state || list.items.size() == steps_most) continue;
    std::string note = step.done_on            ? words_.day(step.done_on->time)
                       : step.deadline.empty() ? std::string()
                                               : words_.say("value.deadline", {{"deadline", clean(step.deadline, 60)}});
    list.items.push_back({clean(step.text, 200), std::move(note), state == Advice::State::done});
  }
  if (list.items.empty()) return;
  heading(1, heading_key);
  blocks_.push_back(std::move(list));
}

void Pages::questions() { bullets("questions", file_.questions); }

void Pages::bring() {
  if (file_.bring.empty()) return;
  heading(1, "bring");
  paper::List list;
  list.mark = paper::List::Mark::tick;
  for (const std::string& thing : file_.bring) {
    if (list.items.size() == steps_most) break;
    list.items.push_back({clean(thing, 200), {}, false});
  }
  blocks_.push_back(std::move(list));
}

/// Desks are public: their numbers are shown as the guide shows them.
void Pages::desks() {
  if (file_.desks.empty()) return;
  heading(2, "desks");
  paper::Table table;
  table.columns = {{column("desk"), 26, false},
                   {column("phone"), 20, false},
                   {column("hours"), 22, false},
                   {column("say"), 32, false}};
  for (const Desk& desk : file_.desks) {
    if (table.rows.size() == 30) break;
    std::string say = shortened(desk.say, 200);
    if (!desk.reference.empty())
      say += (say.empty() ? "" : "\n") + words_.say("value.reference", {{"reference", shortened(desk.reference, 60)}});
    table.rows.push_back({shortened(desk.name, 80), shortened(desk.phone.empty() ? desk.web : desk.phone, 120),
                          shortened(desk.hours, 120), std::move(say)});
  }
  blocks_.push_back(std::move(table));
}

void Pages::verify() {
  const Proof& proof = file_.proof;
  if (proof.chain_head.empty() && proof.case_id.empty()) return;
  heading(1, "verify");
  paper::Pairs pairs;
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) pairs.pairs.push_back({label(key), shortened(value, 300)});
  };
  add("case_id", proof.case_id);
  if (proof.entries > 0) add("entries", std::to_string(proof.entries));
  add("chain", proof.chain_head);
  add("key", proof.key_fingerprint);
  add("stamps", fmt::format("{}", fmt::join(proof.time_stamps, "\n")));
  blocks_.push_back(std::move(pairs));
  if (proof.verify_commands.empty()) {
    blocks_.push_back(paper::Paragraph{words_.say("verify.no_commands"), {}});
    return;
  }
  blocks_.push_back(paper::Quote{words_.say("verify.intro"),
                                 shortened(fmt::format("{}", fmt::join(proof.verify_commands, "\n")), 3'000)});
}

void Pages::next() {
  heading(1, "next");
  paper::List list;
  list.mark = paper::List::Mark::number;
  const auto add = [&](std::string text) { list.items.push_back({std::move(text), {}, false}); };
  if (form_ == Form::full) add(words_.say("next.print"));
  if (form_ == Form::shareable) add(words_.say("next.share"));
  if (form_ == Form::hand_over) add(words_.say("next.call"));
  std::size_t open = 0;
  if (form_ == Form::hand_over)
    for (const Advice& step : file_.advice)
      if (step.state == Advice::State::open && open++ < 3)
        add(words_.say("next.step", {{"step", clean(step.text, 120)}}));
  if (form_ == Form::full) {
    add(words_.say("next.keep"));
    add(words_.say("next.reference"));
  }
  if (!file_.next_check.empty()) add(words_.say("next.check", {{"check", clean(file_.next_check, 200)}}));
  blocks_.push_back(std::move(list));
}

}  // namespace sekisho::casefile
