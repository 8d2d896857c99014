// What shape the message has as a whole.
/// fact message.kind: value: mail, pasted or sms
/// fact message.forwarded: another message is forwarded inside, as an attachment or as quoted text
/// fact message.forward_asks: the own text asks whether something is genuine, and the rest is quoted
/// fact message.only_warns: the text warns of scams in the sender's own voice, and leads the reader nowhere but to known
///   firms, public bodies or the sender's own site
/// fact message.reply_thread: the mail answers another and quotes it
/// fact message.defects: something was wrong with the bytes; value: what, by name
/// fact message.partly: a budget ran out; only what was read until then is known
/// fact message.newsletter: a list's headers and a way to leave it stand in the mail
/// fact message.deadline_contradiction: one text gives today as the limit, and elsewhere more than a day; value: the
///   list of the longer one
#include "facts/lists.h"
#include "facts/tools.h"

namespace sekisho::facts {
namespace {

/// The last number in what a hit covers, unless it is the day of a date; 0 when it has none.
int number_in(const Scene& scene, const Hit& hit) {
  const std::string_view text = scene.message.readable[hit.part].text;
  std::size_t end = std::min<std::size_t>(hit.span.end, text.size());
  while (end > hit.span.start && !is_digit(text[end - 1])) --end;
  std::size_t start = end;
  while (start > hit.span.start && is_digit(text[start - 1])) --start;
  if (start == end || end - start > 3) return 0;
  if (start > hit.span.start && static_cast<unsigned char>(text[start - 1]) >= 0x80) return 0;  // the day after a month
  int number = 0;
  for (std::size_t i = start; i < end; ++i) number = number * 10 + (text[i] - '0');
  return number;
}

void observe_deadlines(const Scene& scene, Notes& notes) {
  constexpr int hours_of_a_day = 24;
  const auto& phrases = scene.knowledge.phrase_lists();
  const Hit* today = nullptr;
  const Hit* later = nullptr;
  for (const Hit& hit : scene.hits) {
    if (!hit.own() || !is_body(scene.message.readable[hit.part].kind)) continue;
    const std::string_view list = phrases[hit.list].name;
    if (list == lists::deadline_today && today == nullptr) today = &hit;
    if (later == nullptr && ((list == lists::deadline_days && number_in(scene, hit) > 1) ||
                             (list == lists::deadline_hours && number_in(scene, hit) > hours_of_a_day)))
      later = &hit;
  }
  if (today == nullptr || later == nullptr || today->part != later->part) return;
  notes.add(FactId::message_deadline_contradiction, {today->part, today->span}, phrases[later->list].name);
  notes.add(FactId::message_deadline_contradiction, {later->part, later->span}, phrases[later->list].name);
}

void observe_warning(const Scene& scene, Notes& notes) {
  const auto& phrases = scene.knowledge.phrase_lists();
  for (const Hit& hit : scene.hits)
    if (hit.own() && phrases[hit.list].name == lists::bulletin) {
      notes.add(FactId::message_only_warns, {hit.part, hit.span});
      return;
    }
}

}  // namespace

void observe_message(const Scene& scene, Notes& notes) {
  const message::Message& message = scene.message;
  switch (message.input) {
    case message::InputKind::mail:
      notes.add(FactId::message_kind, {}, "mail");
      break;
    case message::InputKind::pasted:
      notes.add(FactId::message_kind, {}, "pasted");
      break;
    case message::InputKind::sms:
      notes.add(FactId::message_kind, {}, "sms");
      break;
  }
  for (const message::Defect defect : message.defects)
    notes.add(FactId::message_defects, {}, std::string(message::name(defect)));
  if (!message.within_budget) notes.add(FactId::message_partly);

  bool quotes = false, inside = false;
  for (const auto& part : message.readable) {
    quotes = quotes || (is_body(part.kind) && part.depth == 0 && !part.quoted_tail.empty());
    inside = inside || part.depth > 0;
  }
  const message::Header* answers = message.header("In-Reply-To");
  const bool is_answer = answers != nullptr && !answers->value.empty();
  if (is_answer && quotes) notes.add(FactId::message_reply_thread);
  if (inside || (quotes && !is_answer)) notes.add(FactId::message_forwarded);
  const auto& phrases = scene.knowledge.phrase_lists();
  bool leave = false, asks = false;
  for (const Hit& hit : scene.hits) {
    if (!hit.own()) continue;
    const std::string_view list = phrases[hit.list].name;
    leave = leave || list == lists::unsubscribe_here || list == lists::newsletter_words;
    if (list == lists::asks_is_this_real && (quotes || inside) && !scene.quoted_is_own && !asks) {
      asks = true;
      notes.add(FactId::message_forward_asks, {hit.part, hit.span});
    }
  }
  if (scene.only_warns) observe_warning(scene, notes);
  if (!message.list_ids.empty() && leave) notes.add(FactId::message_newsletter);
  observe_deadlines(scene, notes);
}

}  // namespace sekisho::facts
