// sekisho case note: one line into the log: a note, a call, a letter, a detail of the case, a step that was done,
// whether it stopped. The words may be typed at a prompt, so that they stand in no list of processes and no shell
// history.
#include <algorithm>
#include <array>
#include <cstdio>

#include <unistd.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/care_data.h"
#include "app/case.h"
#include "app/json.h"
#include "base/limits.h"
#include "vault/head.h"

namespace sekisho::app {
namespace {

/// The words of the entry: typed behind the action, else one line of standard input.
Result<std::string> words_of(const CaseRun& run) {
  if (!run.words.empty()) return one_line(fmt::format("{}", fmt::join(run.words, " ")));
  if (::isatty(STDIN_FILENO) == 1) std::fputs((run.say("ask_words") + ": ").c_str(), stderr);
  std::string line;
  for (int c = std::getchar(); c != EOF && c != '\n' && line.size() <= limits::case_value_bytes; c = std::getchar())
    line += static_cast<char>(c);
  return one_line(line);
}

bool is_detail(std::string_view field) {
  return std::find(std::begin(vault::detail_fields), std::end(vault::detail_fields), field) !=
         std::end(vault::detail_fields);
}

/// What kind of entry the options ask for.
Result<vault::Entry> asked_entry(const CaseRun& run) {
  auto entry = new_entry(run, vault::Kind::note);
  if (!entry) return entry;
  const CaseOptions& options = run.options;
  if (!options.stopped.empty()) {
    if (options.stopped != "yes" && options.stopped != "no")
      return tl::unexpected(wrong(run, "stopped", {{"value", shown(options.stopped)}}));
    entry->kind = vault::Kind::stopped;
    entry->about = options.stopped;
    return entry;
  }
  if (!options.tick.empty()) {
    entry->kind = vault::Kind::tick;
    entry->about = one_line(options.tick);
    return entry;
  }
  entry->about = one_line(options.with);
  if (options.as.empty() || options.as == "note") return entry;
  if (options.as == "call" || options.as == "letter") {
    entry->kind = *vault::find_kind(options.as);
    return entry;
  }
  if (!is_detail(options.as))
    return tl::unexpected(
        wrong(run, "as_note",
              {{"value", shown(options.as)}, {"known", fmt::format("{}", fmt::join(vault::detail_fields, ", "))}}));
  entry->kind = vault::Kind::detail;
  entry->about = options.as;
  return entry;
}

}  // namespace

int case_note(const CaseRun& run) {
  auto entry = asked_entry(run);
  if (!entry) return complain(run, entry.error());
  // "It stopped" and a tick need no words.
  const bool needs_words = entry->kind != vault::Kind::stopped && entry->kind != vault::Kind::tick;
  if (needs_words || !run.words.empty()) {
    auto words = words_of(run);
    if (!words) return complain(run, words.error());
    entry->text = std::move(*words);
  }
  if (needs_words && entry->text.empty()) return complain(run, wrong(run, "no_words"));
  if (entry->kind == vault::Kind::tick) {
    const auto data = load_care(run.session.settings);
    if (data && data->step(entry->about) == nullptr)
      return complain(run, wrong(run, "tick", {{"value", shown(entry->about)}}));
  }
  auto vault = open_case(run, vault::Access::write);
  if (!vault) return complain(run, vault.error());
  const bool stopped = entry->kind == vault::Kind::stopped && entry->about == "yes";
  const bool goes_on = entry->kind == vault::Kind::stopped && !stopped;
  const auto added = vault->add({std::move(*entry)});
  if (!added) return complain(run, added.error());
  if (run.json)
    return print(run, to_json({{"schema", "sekisho.case.added/1"}, {"entry", added->front().number}}) + '\n');
  return print(run, run.say("noted", {{"line", line_of(run, added->front())}}) + "\n\n" +
                        run.say(stopped   ? "next.stopped"
                                : goes_on ? "next.goes_on"
                                          : "next.note") +
                        '\n');
}

}  // namespace sekisho::app
