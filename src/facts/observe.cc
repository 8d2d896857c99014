#include <algorithm>
#include <tuple>

#include "base/limits.h"
#include "facts/scene.h"
#include "facts/scene_builder.h"

namespace sekisho::facts {

#define OBSERVER(name) void observe_##name(const Scene& scene, Notes& notes);
#include "facts/observers.inc"
#undef OBSERVER

void Notes::add(FactId id, Place place, std::string value, double number) {
  if (counts_.empty()) counts_.resize(fact_count);
  std::uint16_t& count = counts_[static_cast<std::size_t>(id)];
  if (count >= limits::facts_of_a_kind) return;
  ++count;
  facts_.push_back({id, place, std::move(value), number});
}

std::vector<Fact> Notes::take() {
  std::stable_sort(facts_.begin(), facts_.end(), [](const Fact& a, const Fact& b) {
    if (a.id != b.id) return a.id < b.id;
    if (const int order = a.value.compare(b.value); order != 0) return order < 0;
    return std::tuple(a.place.part, a.place.span.start, a.place.span.end) <
           std::tuple(b.place.part, b.place.span.start, b.place.span.end);
  });
  counts_.clear();
  return std::move(facts_);
}

PartKind part_kind(message::Readable::Kind kind) {
  using Kind = message::Readable::Kind;
  switch (kind) {
    case Kind::header_from:
      return PartKind::from;
    case Kind::header_to:
      return PartKind::to;
    case Kind::header_reply_to:
      return PartKind::reply_to;
    case Kind::header_subject:
      return PartKind::subject;
    case Kind::header_date:
      return PartKind::none;
    case Kind::text:
    case Kind::html:
    case Kind::calendar:
      return PartKind::body;
    case Kind::attachment_name:
      return PartKind::attachment;
  }
  return PartKind::none;
}

namespace {

void note_lateness(const message::Message& message, Facts& facts, Notes& notes) {
  if (!message.has(message::Defect::time_exhausted)) {
    facts.defects.emplace_back(message::name(message::Defect::time_exhausted));
    notes.add(FactId::message_defects, {}, facts.defects.back());
  }
  if (message.within_budget) notes.add(FactId::message_partly);
  facts.within_budget = false;
}

/// What a person is shown of the links. Images are not tapped; one line for links of one text to one domain.
std::vector<Lead> leads_of(const Scene& scene) {
  std::vector<Lead> leads;
  for (const Site& site : scene.sites) {
    if (leads.size() == limits::facts_of_a_kind) break;
    if (!site.is_web || !site.is_active) continue;
    const message::Link& link = scene.message.links[site.link];
    Lead lead{{link.shown.empty() ? no_part : link.part, link.shown}, site.host, site.domain};
    const bool known = std::any_of(leads.begin(), leads.end(), [&](const Lead& other) {
      return other.host == lead.host && other.place.part == lead.place.part && other.place.span == lead.place.span;
    });
    if (!known) leads.push_back(std::move(lead));
  }
  return leads;
}

}  // namespace

Facts observe_all(const message::Message& message, const knowledge::Snapshot& knowledge, const History& history,
                  const Envelope& envelope, text::PatternSet::Scratch& scratch, const Deadline& until) {
  Facts facts;
  facts.parts.reserve(message.readable.size());
  for (const auto& readable : message.readable)
    facts.parts.push_back({part_kind(readable.kind), readable.label, readable.text});
  for (const message::Defect defect : message.defects) facts.defects.emplace_back(message::name(defect));
  facts.within_budget = message.within_budget;
  switch (message.input) {
    case message::InputKind::mail:
      facts.input_kind = "mail";
      break;
    case message::InputKind::pasted:
      facts.input_kind = "pasted";
      break;
    case message::InputKind::sms:
      facts.input_kind = "sms";
      break;
  }
  const Scene scene = build_scene(message, knowledge, history, envelope, scratch);
  facts.leads = leads_of(scene);
  for (std::size_t i = 0; i < message.readable.size(); ++i) {
    Part& part = facts.parts[i];
    if (part.kind != PartKind::subject && part.kind != PartKind::body) continue;
    part.folded = message.readable[i].folded;
    if (!scene.quoted_is_own) part.quoted = message.readable[i].quoted_tail;
  }
  Notes notes;
  bool late = false;
  // The one that tells how far the message was read always runs.
  const auto runs = [&](std::string_view name) {
    late = late || until.is_past();
    return !late || name == "message";
  };
#define OBSERVER(name) \
  if (runs(#name)) observe_##name(scene, notes);
#include "facts/observers.inc"
#undef OBSERVER
  if (late) note_lateness(message, facts, notes);
  facts.all = notes.take();
  return facts;
}

}  // namespace sekisho::facts
