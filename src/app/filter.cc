// sekisho filter: one message on standard input against a list, for Dovecot, procmail or Maildir delivery. Whatever
// goes wrong, the message is accepted and passed on: a filter that loses mail is worse than none.
#include <algorithm>
#include <cstdio>
#include <string_view>

#include <fmt/format.h>

#include "app/filter.h"
#include "app/mail_traits.h"
#include "app/scan_report.h"
#include "base/limits.h"
#include "rules/decide.h"

namespace sekisho::app {
namespace {

constexpr std::string_view own_prefix = "x-sekisho-";

enum class Output : std::uint8_t { none, headers, message };

Result<Output> output_of(const FilterOptions& options) {
  const std::string asked = options.output.value_or("none");
  if (asked == "none") return Output::none;
  if (asked == "headers") return Output::headers;
  if (asked == "message") return Output::message;
  return fail(ErrorCode::usage, fmt::format("--output cannot be '{}'", asked), {}, "one of: none, headers, message");
}

bool begins_with_own(std::string_view line) {
  return rules::lowered(line.substr(0, own_prefix.size())) == own_prefix && line.find(':') != std::string_view::npos;
}

/// "\r\n" where the message's first line ends so.
std::string_view line_end_of(std::string_view message) {
  const std::size_t end = message.find('\n');
  return end != std::string_view::npos && end > 0 && message[end - 1] == '\r' ? "\r\n" : "\n";
}

/// A rule's words as a header value: one line, ASCII.
std::string header_text(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= ' ' && c <= '~' ? c : '?';
  return out;
}

std::string own_headers(const rules::RuleList& list, const rules::Decision& decision, std::string_view line_end) {
  std::string out = fmt::format("X-Sekisho-Rule: {}", decision.refused ? "reject" : "accept");
  if (decision.rule) {
    rules::Rule rule = list.rules[*decision.rule];
    rule.note.clear();  // a person's own words, not for whoever reads the mail
    out += fmt::format("; line={}; rule=\"{}\"", rule.line, header_text(rules::to_line(rule)));
  }
  return out + std::string(line_end);
}

/// Everything of standard input, also what is over the limit: it must come out again.
std::string read_input() {
  std::string bytes;
  char buffer[64 * 1024];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) bytes.append(buffer, got);
  return bytes;
}

void write_out(std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

}  // namespace

std::string without_own_headers(std::string_view message) {
  std::string out;
  out.reserve(message.size());
  bool dropping = false;
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t end = std::min(message.find('\n', at), message.size() - 1) + 1;
    const std::string_view line = message.substr(at, end - at);
    if (line == "\n" || line == "\r\n") return out.append(message.substr(at));
    const bool continues = line.front() == ' ' || line.front() == '\t';
    dropping = continues ? dropping : begins_with_own(line);
    if (!dropping) out.append(line);
    at = end;
  }
  return out;
}

int accept_unread(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--output=message" || (argument == "message" && std::string_view(argv[i - 1]) == "--output")) {
      write_out(without_own_headers(read_input()));
      std::fflush(stdout);
    }
  }
  return filter_accept;
}

int run_filter(const Session& session) {
  const FilterOptions& options = session.options.filter;
  const auto output = output_of(options);
  const std::string bytes = read_input();
  const auto accept = [&](const Error& error) {
    std::fputs(session.voice.complaint(error).c_str(), stderr);
    if (output && *output == Output::message) write_out(without_own_headers(bytes));
    std::fflush(stdout);
    return filter_accept;
  };
  if (!output) return accept(output.error());
  if (!options.rules) return accept({ErrorCode::usage, "--rules is missing", {}, "sekisho filter --rules LIST"});
  const auto text = read_whole(*options.rules, limits::rule_list_bytes);
  if (!text) return accept(text.error());
  const auto list = rules::read_rule_list(*text, *options.rules);
  if (!list) return accept(list.error());
  if (bytes.size() > limits::message_bytes)
    return accept({ErrorCode::unreadable, "the message is larger than is read", {}, {}});
  for (const rules::Mistake& mistake : list->mistakes)
    std::fputs(fmt::format("sekisho: {}:{}: {}\n", *options.rules, mistake.line, for_terminal(mistake.written)).c_str(),
               stderr);
  const std::string message = without_own_headers(bytes);
  rules::Decision decision;
  try {
    const HowMuch how_much = list->content().empty() ? HowMuch::senders : HowMuch::everything;
    decision = rules::decide(*list, mail_traits(message, how_much).traits, rules::Reading{});
  } catch (const std::exception& exception) {  // out of memory; the bytes are still here
    return accept({ErrorCode::internal, exception.what(), {}, {}});
  }
  const std::string headers = own_headers(*list, decision, line_end_of(message));
  // The separator line of an mbox, which some delivery agents hand over, stays the first line.
  const std::size_t at = *output == Output::message && message.starts_with("From ") ? message.find('\n') + 1 : 0;
  write_out(std::string_view(message).substr(0, at));
  if (*output != Output::none) write_out(headers);
  if (*output == Output::message) write_out(std::string_view(message).substr(at));
  if (!output_arrived()) return filter_accept;
  return decision.refused ? filter_reject : filter_accept;
}

}  // namespace sekisho::app
