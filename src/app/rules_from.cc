// sekisho rules --from: a few pasted mails or sender addresses → the entry for one place, with what speaks for and
// against it. Worded for how little was seen.
#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/json.h"
#include "app/mail_traits.h"
#include "app/rules_answer.h"
#include "app/rules_commands.h"
#include "base/limits.h"
#include "mailbox/reader.h"
#include "message/message.h"
#include "rules/few.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

/// Senders that one --from takes: more are a mailbox, and `sekisho scan` sees more in it.
constexpr std::size_t most_senders = 1'000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Addresses in plain text, one or more a line, with or without names and brackets.
std::vector<std::string> addresses_in(std::string_view text) {
  constexpr std::string_view ends = " \t\r\n<>()[]\",;:、。「」";
  std::vector<std::string> found;
  for (std::size_t at = text.find('@'); at != std::string_view::npos && found.size() < most_senders;
       at = text.find('@', at + 1)) {
    std::size_t begin = at, end = at + 1;
    while (begin > 0 && static_cast<unsigned char>(text[begin - 1]) < 0x80 &&
           ends.find(text[begin - 1]) == std::string_view::npos)
      --begin;
    while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80 &&
           ends.find(text[end]) == std::string_view::npos)
      ++end;
    while (end > at + 1 && text[end - 1] == '.') --end;
    if (end > at + 1) found.push_back(rules::lowered(text.substr(begin, end - begin)));
  }
  return found;
}

/// Whether every line that is not blank is little more than an address: a list, not a mail.
bool is_list_of_addresses(std::string_view text) {
  bool any = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (std::all_of(line.begin(), line.end(), is_space)) continue;
    constexpr std::size_t words_of_a_name = 6;
    if (line.find('@') == std::string_view::npos || line.size() > limits::rule_value_bytes ||
        static_cast<std::size_t>(std::count(line.begin(), line.end(), ' ')) > words_of_a_name ||
        line.find(": ") != std::string_view::npos)
      return false;
    any = true;
  }
  return any;
}

/// The senders of one input's messages; of plain lines of addresses, those.
void senders_of(std::string_view bytes, std::vector<std::string>& senders) {
  if (is_list_of_addresses(bytes)) {
    for (std::string& address : addresses_in(bytes)) senders.push_back(std::move(address));
    return;
  }
  const auto message = message::read_message(bytes, {});
  if (!message) return;
  for (const message::Address& address : message->from)
    if (!address.domain.empty()) senders.push_back(rules::lowered(address.spec()));
}

Result<std::vector<std::string>> all_senders(const Session& session) {
  std::vector<std::string> senders, paths;
  for (const std::string& one : session.options.rules.from) {
    // An address itself, unless a file has that name.
    if (one.find('@') != std::string::npos && access(one.c_str(), F_OK) != 0)
      senders.push_back(rules::lowered(one));
    else
      paths.push_back(one);
  }
  if (isatty(STDIN_FILENO) == 1 && std::find(paths.begin(), paths.end(), "-") != paths.end())
    std::fputs((session.voice.say("rules.from.prompt") + '\n').c_str(), stderr);
  std::optional<Error> unreadable;
  mailbox::read_all(
      paths,
      [&](const mailbox::Item& item) {
        senders_of(item.bytes, senders);
        return senders.size() < most_senders;
      },
      [&](const mailbox::Unreadable& one) { unreadable = one.error; });
  if (senders.empty() && unreadable) return tl::unexpected(*unreadable);
  if (senders.empty())
    return fail(ErrorCode::not_mail, Said{"input.no_sender", {}}, "no sender's address was found",
                paths.empty() ? std::string() : paths.front(),
                "paste mails with their From line, or addresses, one a line");
  return senders;
}

class FromWriter {
 public:
  FromWriter(const rules::Few& few, const rules::Dialect& dialect, const Session& session)
      : few_(few),
        dialect_(dialect),
        voice_(session.voice),
        paint_(paint_for(session.settings.color.value)),
        width_(terminal_width(STDOUT_FILENO)) {}

  std::string text() {
    const std::string n = std::to_string(few_.senders.size());
    line(voice_.say("rules.from.seen", {{"n", n}}), "");
    if (!few_.common_ending.empty() && few_.senders.size() > 1)
      line(voice_.say("rules.from.ending", {{"ending", for_terminal(few_.common_ending)}}), "  ");
    if (!few_.allow.empty()) heading("rules.heading.allow");
    for (const rules::Entry& entry : few_.allow) this->entry(entry, "");
    if (!few_.entries.empty()) {
      heading("rules.from.entries", {{"place", std::string(dialect_.name.in(voice_.lang()))}});
      for (const rules::FewEntry& one : few_.entries) described(one);
    }
    if (!few_.left.empty()) left();
    checks();
    return std::move(out_);
  }

 private:
  using Values = std::initializer_list<std::pair<std::string_view, std::string>>;
  void heading(std::string_view key, Values values = {}) {
    out_ += '\n' + paint_.strong(voice_.say(key, values)) + '\n';
  }
  void line(std::string_view text, std::string_view indent) {
    out_ += wrap(text, width_, voice_.lang(), indent, indent);
  }
  void entry(const rules::Entry& entry, std::string_view more) {
    out_ += fmt::format("    {}  {}  {}\n", mode_name(entry.mode, dialect_, voice_),
                        paint_.strong(for_terminal(entry.value)), paint_.faint(more));
  }

  void described(const rules::FewEntry& few) {
    entry(few.entry, voice_.say("rules.from.of", {{"n", std::to_string(few.covers.size())},
                                                  {"all", std::to_string(few_.senders.size())}}));
    line(voice_.say(fmt::format("rules.from.catches.{}", rules::name(few.entry.mode)),
                    {{"value", for_terminal(few.entry.value)}}),
         "      ");
    if (few.loose.empty()) return;
    line(voice_.say("rules.from.loose", {{"loose", for_terminal(few.loose)}}), "      ");
    if (!few.loose_catches.empty())
      line(voice_.say("rules.from.loose_known",
                      {{"names", for_terminal(fmt::format("{}", fmt::join(few.loose_catches, ", ")))}}),
           "      ");
  }

  void left() {
    heading("rules.from.left");
    for (const rules::FewLeft& one : few_.left) {
      const std::string_view why = one.why == rules::Shared::mail_of_people  ? "rules.from.why.people"
                                   : one.why == rules::Shared::place_of_many ? "rules.from.why.many"
                                   : one.why == rules::Shared::genuine       ? "rules.from.why.genuine"
                                                                             : "rules.from.why.kept";
      line(for_terminal(one.address) + "  " + voice_.say(why), "    ");
    }
    if (!few_.exact.empty()) line(voice_.say("rules.from.exact"), "  ");
    for (const rules::Entry& one : few_.exact) entry(one, "");
  }

  void checks() {
    heading("rules.heading.proof");
    line(voice_.say("rules.from.stops", {{"stopped", std::to_string(few_.effect.stopped)},
                                         {"n", std::to_string(few_.senders.size())},
                                         {"touched", std::to_string(few_.effect.senders_touched)}}),
         "  ");
    line(voice_.say(few_.senders.size() < 3 ? "rules.from.little" : "rules.from.some"), "  ");
    const auto sentences = cautions(dialect_, !few_.allow.empty(), few_.entries.size() + few_.exact.size(), voice_);
    if (!sentences.empty()) heading("rules.heading.cautions");
    for (const std::string& sentence : sentences) line(sentence, "  ");
    if (const std::string_view taps = dialect_.taps.in(voice_.lang()); !taps.empty()) {
      heading("rules.heading.taps");
      line(taps, "  ");
      if (const std::string_view tip = dialect_.tip.in(voice_.lang()); !tip.empty()) line(tip, "  ");
    }
    heading("rules.heading.next");
    line(voice_.say("rules.from.next"), "  ");
  }

  const rules::Few& few_;
  const rules::Dialect& dialect_;
  const Voice& voice_;
  Paint paint_;
  int width_;
  std::string out_;
};

std::string from_json(const rules::Few& few, const rules::Dialect& dialect, const Session& session) {
  const auto entry = [](const rules::Entry& one) {
    return json::object{{"match", rules::name(one.mode)}, {"value", valid_utf8(one.value)}};
  };
  const auto texts = [](const std::vector<std::string>& all) {
    json::array array;
    for (const std::string& one : all) array.push_back(json::value(valid_utf8(one)));
    return array;
  };
  json::array reject, allow, details, left;
  for (const rules::FewEntry& one : few.entries) {
    reject.push_back(entry(one.entry));
    json::object detail = entry(one.entry);
    detail["covers"] = texts(one.covers);
    detail["loose"] = one.loose.empty() ? json::value(nullptr) : json::value(valid_utf8(one.loose));
    detail["loose_catches"] = texts(one.loose_catches);
    details.push_back(std::move(detail));
  }
  for (const rules::Entry& one : few.exact) reject.push_back(entry(one));
  for (const rules::Entry& one : few.allow) allow.push_back(entry(one));
  for (const rules::FewLeft& one : few.left) left.push_back(json::value(valid_utf8(one.address)));
  json::array notes;
  for (const std::string& note : cautions(dialect, !few.allow.empty(), reject.size(), session.voice))
    notes.push_back(json::value(note));
  const std::string_view taps = dialect.taps.in(session.voice.lang());
  return to_json(json::object{{"schema", "sekisho.rules_from/1"},
                              {"carrier", dialect.id},
                              {"senders", texts(few.senders)},
                              {"common_ending", valid_utf8(few.common_ending)},
                              {"rules", json::object{{"reject", std::move(reject)}, {"allow", std::move(allow)}}},
                              {"entries", std::move(details)},
                              {"single_addresses_only", std::move(left)},
                              {"stopped", few.effect.stopped},
                              {"kept_touched", few.effect.senders_touched},
                              {"cautions", std::move(notes)},
                              {"taps", taps.empty() ? json::value(nullptr) : json::value(taps)},
                              {"next", json::array{json::value(session.voice.say("rules.from.next"))}}}) +
         '\n';
}

}  // namespace

int run_rules_from(const Session& session, const rules::Dialects& dialects) {
  const RulesOptions& options = session.options.rules;
  const auto format = rules_format(session);
  if (!format) return complain(session, format.error());
  const auto place = place_of(options, dialects, *format == RulesFormat::gmail ? "gmail" : "generic");
  if (!place) return complain(session, place.error());
  if (!options.words.empty())
    return complain(session,
                    {ErrorCode::usage,
                     fmt::format("'{}' is one argument too many", options.words.front()),
                     {},
                     "sekisho rules --help",
                     Said{"usage.too_many", {{"argument", options.words.front()}, {"help", "sekisho rules --help"}}}});
  const auto keep = kept_senders(options.keep);
  if (!keep) return complain(session, keep.error());
  const auto senders = all_senders(session);
  if (!senders) return complain(session, senders.error());
  const rules::Few few = rules::from_few(*senders, *keep, rules::Ground(session.engine.knowledge()), **place);
  if (*format == RulesFormat::text) return print(session, FromWriter(few, **place, session).text(), 0);
  if (*format == RulesFormat::json) return print(session, from_json(few, **place, session), 0);
  rules::RuleList list;
  for (const rules::Entry& one : few.allow) list.rules.push_back({true, one, {}, {}, 0});
  for (const rules::FewEntry& one : few.entries) list.rules.push_back({false, one.entry, {}, {}, 0});
  for (const rules::Entry& one : few.exact) list.rules.push_back({false, one, {}, {}, 0});
  return print_export(session, list, *format);
}

}  // namespace sekisho::app
