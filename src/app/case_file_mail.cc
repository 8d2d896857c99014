// Part of app/case_file.h: a mail of the case.
#include <fmt/format.h>

#include "app/case_file.h"
#include "app/json.h"

namespace sekisho::app {
namespace {

/// Headers that say where a mail comes from, as they stand in it.
constexpr std::string_view told[] = {"From", "Reply-To", "Return-Path", "Date", "Message-ID"};
constexpr std::size_t reasons_told = 3;

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
           return low(x) == low(y);
         });
}

}  // namespace

void add_mail(const CaseRun& run, const std::string& bytes, casefile::Evidence& evidence) {
  auto worker = run.session.engine.worker();
  if (!worker) return;
  const auto looked = run.session.engine.look(bytes, {}, {}, *worker, engine::ReadAs::mail);
  if (!looked) return;
  const message::Message& message = looked->message;
  if (!message.subject.empty()) evidence.title = one_line(message.subject);
  if (message.date) evidence.when = casefile::Moment{*message.date, casefile::Moment::Known::to_the_minute};
  for (const std::string_view name : told)
    for (const message::Header& header : message.headers)
      if (same_name(header.name, name)) {
        evidence.facts.emplace_back(std::string(name), one_line(header.value));
        break;
      }
  for (const message::Hop& hop : message.received)
    if (!hop.from_ip.empty()) {
      evidence.facts.emplace_back("Received from", one_line(hop.from_ip + ' ' + hop.from_helo));
      break;
    }
  if (looked->report.verdict.answer == verdict::Answer::scam)
    for (const verdict::Reason& reason : looked->report.verdict.reasons)
      if (reason.weight > 0 && evidence.reasons.size() < reasons_told)
        evidence.reasons.emplace_back(run.session.engine.deck().cards()[reason.card].title.in(run.voice().lang()));
  for (const message::Readable& part : message.readable)
    if (part.kind == message::Readable::Kind::text || part.kind == message::Readable::Kind::html) {
      evidence.text = part.text;
      break;
    }
}

}  // namespace sekisho::app
