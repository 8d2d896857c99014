#include "report/calendar_file.h"

#include <fmt/format.h>

#include "base/fingerprint.h"

namespace sekisho::report {
namespace {

/// RFC 5545 3.3.11: backslash, semicolon, comma and line ends of a TEXT.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
  }
  return out;
}

/// RFC 5545 3.1: lines of at most 75 octets, folded between characters.
void line(std::string& out, std::string_view content) {
  constexpr std::size_t octets = 75;
  std::size_t room = octets;
  while (content.size() > room) {
    std::size_t end = room;
    while ((static_cast<unsigned char>(content[end]) & 0xC0) == 0x80) --end;
    out += content.substr(0, end);
    out += "\r\n ";
    content.remove_prefix(end);
    room = octets - 1;
  }
  out += content;
  out += "\r\n";
}

std::string basic(care::Day day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

struct Entry {
  std::string id;
  care::Day day;
  std::string summary, description;
};

void event(std::string& out, const Entry& entry, care::Day today) {
  line(out, "BEGIN:VEVENT");
  line(out, fmt::format("UID:{}-{}-{}@sekisho.invalid", entry.id, basic(entry.day), fingerprint_text(entry.summary)));
  line(out, fmt::format("DTSTAMP:{}T000000Z", basic(today)));
  line(out, "DTSTART;VALUE=DATE:" + basic(entry.day));
  line(out, "DTEND;VALUE=DATE:" + basic(entry.day + std::chrono::days(1)));
  line(out, "SUMMARY:" + escaped(entry.summary));
  if (!entry.description.empty()) line(out, "DESCRIPTION:" + escaped(entry.description));
  line(out, "CLASS:PRIVATE");
  line(out, "TRANSP:TRANSPARENT");
  line(out, "BEGIN:VALARM");
  line(out, "ACTION:DISPLAY");
  line(out, "DESCRIPTION:" + escaped(entry.summary));
  line(out, "TRIGGER:-PT15H");  // nine in the morning of the day before
  line(out, "END:VALARM");
  line(out, "END:VEVENT");
}

}  // namespace

std::string calendar_file(const care::Plan& plan, care::Day today) {
  std::string out;
  line(out, "BEGIN:VCALENDAR");
  line(out, "VERSION:2.0");
  line(out, "PRODID:-//Sekisho//Sekisho//JA");
  for (const care::PlannedStep& step : plan.steps)
    if (step.deadline)
      event(out, {step.id, *step.deadline, step.text, step.deadline_text + (step.why.empty() ? "" : "\n" + step.why)},
            today);
  event(out, {"next-check", plan.next_check.when, plan.next_check.ask, {}}, today);
  line(out, "END:VCALENDAR");
  return out;
}

}  // namespace sekisho::report
