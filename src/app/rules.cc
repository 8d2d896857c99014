// sekisho rules: which of its ways is asked for, and the way from a scan: report and mailbox in, proposal out.
#include <algorithm>
#include <array>
#include <cstdio>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/dialects.h"
#include "app/me_store.h"
#include "app/one_of.h"
#include "app/progress.h"
#include "app/rules_answer.h"
#include "app/rules_commands.h"
#include "base/limits.h"
#include "engine/scan.h"
#include "mailbox/reader.h"
#include "rules/export.h"
#include "rules/spare.h"

namespace sekisho::app {
namespace {

constexpr std::array<std::pair<std::string_view, RulesFormat>, 7> formats{
    {{"text", RulesFormat::text},
     {"json", RulesFormat::json},
     {"sieve", RulesFormat::sieve},
     {"postfix", RulesFormat::postfix},
     {"postfix-access", RulesFormat::postfix_access},
     {"gmail", RulesFormat::gmail},
     {"generic", RulesFormat::generic}}};
constexpr std::array<std::string_view, 6> verbs{"add", "list", "remove", "check", "test", "age"};
/// Content rules that are proposed at most; the heaviest stop most.
constexpr std::size_t content_entries = 200;

/// Without a report the mailbox is scanned here and now; what an earlier scan left in the index helps.
Result<ScanReport> scan_now(const Session& session) {
  engine::ScanOptions options;
  // As `scan` does: the same evidence, and the index that it left fits.
  auto profile = profile_for_scan(std::nullopt, session.settings.state.value);
  if (!profile) return tl::unexpected(profile.error());
  options.profile = std::move(*profile);
  options.jobs = session.settings.jobs.value != 0
                     ? session.settings.jobs.value
                     : std::clamp(std::thread::hardware_concurrency(), 1U, engine::most_jobs);
  if (!session.settings.state.value.empty()) options.state = session.settings.state.value;
  const auto& paths = session.options.rules.words;
  const bool shown = shows_progress();
  Progress progress(session.voice, shown, shown ? mailbox::measure(paths).bytes : 0);
  const auto scanned = engine::scan(session.engine, paths, options, [&](std::uint64_t bytes, std::uint64_t messages) {
    progress.advance(bytes, messages);
  });
  progress.hide();
  if (!scanned) return tl::unexpected(scanned.error());
  return report_of(*scanned);
}

int run_from_scan(const Session& session, const rules::Dialects& dialects) {
  const RulesOptions& options = session.options.rules;
  const auto format = rules_format(session);
  if (!format) return complain(session, format.error());
  if (options.words.empty())
    return complain(
        session, {ErrorCode::usage, "a mailbox is missing", {}, "sekisho rules --help", Said{"usage.no_mailbox", {}}});
  const auto place = place_of(options, dialects, *format == RulesFormat::gmail ? "gmail" : "generic");
  if (!place) return complain(session, place.error());
  const auto report = options.scan ? report_from(*options.scan) : scan_now(session);
  if (!report) return complain(session, report.error());
  const auto keep = kept_senders(options.keep);
  if (!keep) return complain(session, keep.error());
  const auto gathered = gather(session, options.words, *report, *keep);
  if (!gathered) return complain(session, gathered.error());
  const rules::Ground ground(session.engine.knowledge());
  RulesAnswer answer{**place, *gathered, rules::propose(gathered->evidence, ground, **place), {}, {}, {}};
  answer.moving = moving_campaigns(answer.proposals.first);
  if (!answer.moving.empty()) {
    answer.spared = rules::spare_wanted(gathered->evidence, ground);
    answer.content =
        rules::propose_traits(gather_traits(session, options.words, *report, gathered->evidence, ground, answer.spared),
                              answer.moving, content_entries);
  }
  if (*format == RulesFormat::text) return print(session, rules_text(answer, session), 0);
  if (*format == RulesFormat::json) return print(session, rules_json(answer, session), 0);
  const bool takes_second = options.yes && answer.proposals.second;
  const rules::Proposal& chosen = takes_second ? *answer.proposals.second : answer.proposals.first;
  const bool reads_all = *format == RulesFormat::sieve || *format == RulesFormat::generic;
  return print_export(session, list_of(answer, chosen, reads_all ? Reads::whole_mails : Reads::senders), *format);
}

}  // namespace

Result<ScanReport> report_from(const std::string& path) {
  const auto text = read_whole(path, report_bytes);
  if (!text) return tl::unexpected(text.error());
  return parse_scan_report(*text, path);
}

Result<const rules::Dialect*> place_of(const RulesOptions& options, const rules::Dialects& dialects,
                                       std::string_view otherwise) {
  const std::string id = options.carrier.value_or(std::string(otherwise));
  if (const rules::Dialect* dialect = dialects.find(id)) return dialect;
  return not_one_of("--carrier", id, dialects.ids());
}

Result<RulesFormat> rules_format(const Session& session) {
  const auto& asked = session.options.rules.format;
  if (!asked) return session.settings.format.value == engine::Format::json ? RulesFormat::json : RulesFormat::text;
  std::vector<std::string> names;
  for (const auto& [name, format] : formats) {
    if (name == *asked) return format;
    names.emplace_back(name);
  }
  return not_one_of("--format", *asked, names);
}

int print_export(const Session& session, const rules::RuleList& list, RulesFormat format) {
  const std::string folder = session.options.rules.folder.value_or("Junk");
  rules::Exported exported;
  if (format == RulesFormat::sieve)
    exported = rules::to_sieve(list, folder);
  else if (format == RulesFormat::postfix)
    exported = rules::to_postfix_header_checks(list);
  else if (format == RulesFormat::postfix_access)
    exported = rules::to_postfix_access(list);
  else if (format == RulesFormat::gmail)
    exported = rules::to_gmail(list, session.options.rules.folder.value_or("sekisho"));
  else
    exported.text = rules::write_rule_list(list.rules);
  for (const std::size_t i : exported.left_out)
    std::fputs(
        (session.voice.say("rules.left_out", {{"rule", for_terminal(rules::to_line(list.rules[i]))}}) + '\n').c_str(),
        stderr);
  return print(session, exported.text, 0);
}

int run_rules(const Session& session) {
  const auto dialects = embedded_dialects();
  if (!dialects) return complain(session, dialects.error());
  const RulesOptions& options = session.options.rules;
  if (!options.words.empty() && std::find(verbs.begin(), verbs.end(), options.words.front()) != verbs.end())
    return run_rules_list(session, *dialects);
  return options.from.empty() ? run_from_scan(session, *dialects) : run_rules_from(session, *dialects);
}

}  // namespace sekisho::app
