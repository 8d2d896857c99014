#include <algorithm>

#include <fmt/format.h>

#include "base/limits.h"
#include "casefile/pages.h"

namespace sekisho::casefile {

namespace {

constexpr std::size_t telling_letters = 6'000;
/// Domains that a list shows; the rest are counted.
constexpr std::size_t domains_shown = 12;
/// From this share of even gaps on, nobody but a machine sends.
constexpr double machine_like = 0.8;
/// Days of one chart; of a longer campaign the last ones.
constexpr std::int64_t chart_days = 120;

}  // namespace

void Pages::told() {
  if (file_.telling.empty() && file_.situations.empty() && file_.typed.empty()) return;
  heading(1, "told");
  paper::List list;
  for (std::size_t i = 0; i < std::min<std::size_t>(file_.situations.size(), 20); ++i)
    list.items.push_back({clean(file_.situations[i]), {}, false});
  if (!list.items.empty()) blocks_.push_back(std::move(list));
  if (!file_.telling.empty()) {
    const std::string telling = clean(file_.telling, telling_letters);
    blocks_.push_back(paper::Quote{words_.say("value.own_words"), inert(telling)});
  }
  if (!file_.typed.empty()) {
    paper::Pairs pairs;
    pairs.pairs.push_back({label("typed"), shortened(words_.joined(file_.typed), 600)});
    blocks_.push_back(std::move(pairs));
  }
}

void Pages::losses() {
  if (file_.losses.empty()) return;
  heading(2, "losses");
  paper::Table table;
  table.columns = {{column("when"), 17, false},
                   {column("lost"), 20, false},
                   {column("how"), 21, false},
                   {column("to"), 22, false},
                   {column("reason"), 20, false}};
  for (const Loss& loss : file_.losses) {
    if (table.rows.size() == 100) break;
    table.rows.push_back({loss.when ? words_.short_moment(*loss.when) : std::string(), clean(loss.what, 120),
                          clean(loss.how, 200), mask_.account(loss.to), clean(loss.reason, 200)});
  }
  blocks_.push_back(std::move(table));
}

std::vector<const Event*> Pages::by_time() const {
  std::vector<const Event*> out;
  for (const Event& event : file_.timeline) out.push_back(&event);
  std::stable_sort(out.begin(), out.end(), [](const Event* a, const Event* b) {
    if (a->when.has_value() != b->when.has_value()) return a->when.has_value();
    return a->when && a->when->time < b->when->time;
  });
  return out;
}

paper::Timeline::Entry Pages::entry(const Event& event) const {
  std::vector<std::string> notes{
      words_.say(fmt::format("event.{}", event_kind_names[static_cast<std::size_t>(event.kind)]))};
  if (!event.evidence.empty()) {
    const std::vector<std::string> ids(
        event.evidence.begin(),
        event.evidence.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(event.evidence.size(), 12)));
    notes.push_back(words_.say("value.items", {{"ids", clean(fmt::format("{}", fmt::join(ids, ", ")), 120)}}));
  }
  if (!event.author.empty()) notes.push_back(words_.say("value.by", {{"name", clean(event.author, 40)}}));
  const bool strong =
      event.kind == Event::Kind::lure || event.kind == Event::Kind::typed || event.kind == Event::Kind::paid;
  return {event.when ? words_.moment(*event.when) : words_.say("value.unknown_when"), inert(clean(event.text)),
          fmt::format("{}", fmt::join(notes, words_.japanese() ? "、" : ", ")), strong};
}

void Pages::timeline(std::size_t most, bool latest) {
  std::vector<const Event*> events = by_time();
  if (events.empty()) return;
  if (!latest) heading(1, "timeline");
  const std::size_t left_out = events.size() > most ? events.size() - most : 0;
  if (left_out > 0) {
    if (latest)
      events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(left_out));
    else
      events.resize(most);
  }
  paper::Timeline out;
  for (const Event* event : events) out.entries.push_back(entry(*event));
  blocks_.push_back(std::move(out));
  if (left_out > 0)
    blocks_.push_back(
        paper::Paragraph{words_.say("value.more", {{"n", std::to_string(left_out)}}), paper::Paragraph::Style::small});
}

void Pages::campaigns() {
  if (file_.campaigns.empty()) return;
  heading(1, "campaigns");
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < std::min(file_.campaigns.size(), most); ++i) campaign(file_.campaigns[i]);
  if (file_.campaigns.size() > most)
    blocks_.push_back(paper::Paragraph{words_.say("value.more", {{"n", std::to_string(file_.campaigns.size() - most)}}),
                                       paper::Paragraph::Style::small});
}

void Pages::campaign(const Campaign& campaign) {
  blocks_.push_back(paper::Heading{2, words_.say("heading.campaign", {{"id", clean(campaign.id, 30)}})});
  const auto few = [&](const std::vector<std::string>& values) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(values.size(), domains_shown); ++i) out.push_back(clean(values[i], 80));
    if (values.size() > domains_shown)
      out.push_back(words_.say("value.more", {{"n", std::to_string(values.size() - domains_shown)}}));
    return words_.joined(out);
  };
  paper::Pairs pairs;
  const auto add = [&](std::string_view key, std::string value) {
    if (!value.empty()) pairs.pairs.push_back({label(key), std::move(value)});
  };
  add("kind", clean(campaign.kind, 100));
  add("period", campaign.live ? words_.joined({words_.say("value.since", {{"from", words_.day(campaign.first)}}),
                                               words_.say("value.mails_live", {{"last", words_.day(campaign.last)}})})
                              : words_.say("value.from_to",
                                           {{"from", words_.day(campaign.first)}, {"to", words_.day(campaign.last)}}));
  add("mails", words_.say("value.mails",
                          {{"n", std::to_string(campaign.messages)}, {"senders", std::to_string(campaign.senders)}}));
  if (campaign.median_gap > 0) {
    std::vector<std::string> rhythm{words_.say("value.rhythm", {{"gap", words_.duration(campaign.median_gap)}})};
    if (campaign.regularity >= machine_like) rhythm.push_back(words_.say("value.machine"));
    if (campaign.quiet)
      rhythm.push_back(words_.say("value.quiet", {{"from", std::to_string((*campaign.quiet)[0])},
                                                  {"to", std::to_string((*campaign.quiet)[1])}}));
    add("rhythm", words_.joined(rhythm));
  }
  add("domains", few(campaign.domains));
  add("landing", few(campaign.landing_domains));
  if (campaign.lure) {
    const Campaign::Lure& lure = *campaign.lure;
    std::string text =
        words_.say("value.lure", {{"when", words_.moment({lure.time, Moment::Known::to_the_minute})},
                                  {"after", words_.moment({lure.first_use, Moment::Known::to_the_minute})}});
    if (!lure.evidence.empty()) text += " (" + words_.say("value.items", {{"ids", clean(lure.evidence, 30)}}) + ")";
    add("lure", text);
    add("lure_sender", clean(lure.sender, 120));
    add("lure_subject", inert(clean(lure.subject, 160)));
  }
  blocks_.push_back(std::move(pairs));
  chart(campaign);
  paper::List why;
  for (const auto* list : {&campaign.because, campaign.lure ? &campaign.lure->shares : nullptr})
    for (std::size_t i = 0; list != nullptr && i < std::min<std::size_t>(list->size(), 10); ++i)
      why.items.push_back({clean((*list)[i], 200), {}, false});
  if (!why.items.empty()) {
    heading(3, "why");
    blocks_.push_back(std::move(why));
  }
}

void Pages::chart(const Campaign& campaign) {
  if (campaign.arrivals.empty()) return;
  const auto [first, last] = std::minmax_element(campaign.arrivals.begin(), campaign.arrivals.end());
  const std::int64_t last_day = words_.local(*last).day;
  std::int64_t first_day = words_.local(*first).day;
  if (campaign.lure) first_day = std::min(first_day, words_.local(campaign.lure->time).day);
  first_day = std::clamp(first_day, last_day - chart_days + 1, last_day);
  paper::DotChart out;
  std::size_t before = 0;
  for (const std::int64_t time : campaign.arrivals) {
    const PageWords::Local at = words_.local(time);
    if (at.day < first_day)
      ++before;
    else if (out.dots.size() < limits::paper_chart_dots)
      out.dots.push_back({static_cast<std::uint32_t>(at.day - first_day), at.minute});
  }
  if (campaign.lure) {
    const PageWords::Local at = words_.local(campaign.lure->time);
    if (at.day >= first_day && at.day <= last_day)
      out.marks.push_back({static_cast<std::uint32_t>(at.day - first_day), at.minute, words_.say("chart.lure")});
  }
  for (std::int64_t day = first_day; day <= last_day; ++day) out.day_labels.push_back(words_.chart_day(day));
  out.hours_label = words_.say("chart.hours");
  out.caption = words_.say("chart.caption",
                           {{"id", clean(campaign.id, 30)}, {"n", std::to_string(campaign.arrivals.size() - before)}});
  if (before > 0)
    out.caption +=
        " " + words_.say("chart.window", {{"from", words_.chart_day(first_day)}, {"n", std::to_string(before)}});
  blocks_.push_back(std::move(out));
}

void Pages::exposed() {
  if (file_.exposed.empty()) return;
  heading(1, "exposed");
  paper::Table table;
  table.columns = {{column("item"), 16, false},
                   {column("value"), 34, false},
                   {column("since"), 18, false},
                   {column("seen"), 12, false},
                   {column("how_known"), 20, false}};
  for (const Exposed& one : file_.exposed) {
    if (table.rows.size() == 100) break;
    const std::string item =
        one.item == Exposed::Item::other && !one.what.empty()
            ? clean(one.what, 60)
            : words_.say(fmt::format("item.{}", exposed_item_names[static_cast<std::size_t>(one.item)]));
    std::vector<std::string> known;
    if (one.typed) known.push_back(words_.say("known_by.typed"));
    if (one.messages > 0) known.push_back(words_.say(one.inferred ? "known_by.inferred" : "known_by.seen"));
    table.rows.push_back(
        {item, shortened(one.inferred && form_ != Form::shareable ? mask_(one.value) : mask_.own(one.value), 120),
         one.first_seen > 0 ? words_.short_moment({one.first_seen, Moment::Known::to_the_minute}) : std::string(),
         one.messages > 0 ? std::to_string(one.messages) : std::string(), words_.joined(known)});
  }
  blocks_.push_back(std::move(table));
}

}  // namespace sekisho::casefile
