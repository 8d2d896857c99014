// sekisho rules add, remove: one rule in or out of the list kept by hand; everything else in the file stays as it was.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/rules_list.h"
#include "base/limits.h"

namespace sekisho::app {
namespace {

namespace fs = std::filesystem;

/// The words of `add` and `remove`: the list and the mode may be left out, and are then told from the value.
tl::expected<rules::Rule, rules::Mistake> rule_from(std::vector<std::string> words) {
  std::string list = "reject", mode, value;
  if (!words.empty() && (words.front() == "reject" || words.front() == "allow")) {
    list = words.front();
    words.erase(words.begin());
  }
  if (words.size() > 1) {
    mode = words.front();
    words.erase(words.begin());
  }
  value = fmt::format("{}", fmt::join(words, " "));
  if (mode.empty()) {
    const std::string plain = rules::lowered(value);
    if (plain.starts_with('@')) return rules::make_rule(list, "domain", std::string_view(plain).substr(1));
    mode = plain.find('@') != std::string::npos ? "exact" : "domain";
  }
  return rules::make_rule(list, mode, value);
}

/// The new text beside the old one, then in its place: a full disk or a lost process leaves the old list.
Result<void> save(const std::string& path, const std::string& text) {
  std::error_code error;
  if (const fs::path folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder, error);
  const std::string beside = path + ".new";
  std::FILE* file = std::fopen(beside.c_str(), "wb");
  const auto failed = [&] {
    return fail(ErrorCode::unreadable, "cannot be written", path, "check the folder and that you may write there");
  };
  if (file == nullptr) return failed();
  bool ok = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  ok = std::fflush(file) == 0 && fsync(fileno(file)) == 0 && ok;
  ok = std::fclose(file) == 0 && ok;
  if (ok) fs::rename(beside, path, error);
  if (ok && !error) return {};
  fs::remove(beside, error);
  return failed();
}

}  // namespace

int add_rule(const ListRun& run) {
  if (run.words.empty())
    return complain(run.session, list_usage("what is to be added is missing", Said{"usage.rule", {}}));
  auto rule = rule_from(run.words);
  if (!rule) {
    complain_about(rule.error(), run);
    return exit_code::usage;
  }
  const std::string line = for_terminal(rules::to_line(*rule));
  for (const rules::Rule& one : run.list.rules)
    if (one.same_as(*rule))
      return print(run.session, run.session.voice.say("rules.add.there", {{"rule", line}}) + '\n', 0);
  if (const auto price = price_of(*rule, run.session); !price.empty() && !run.session.options.rules.yes) {
    std::fputs(fmt::format("sekisho: {}\n  {}\n", price, run.session.voice.say("rules.add.confirm")).c_str(), stderr);
    return exit_code::usage;
  }
  if (run.list.rules.size() >= limits::rule_entries) return complain(run.session, list_usage("the list is full"));
  // fmt::gmtime: a day is enough, and no zone is asked for.
  rule->note = run.session.options.rules.note.value_or(
      fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()))));
  std::erase_if(rule->note, [](char c) { return c == '\n' || c == '\r'; });
  if (const auto ok = save(run.path, rules::with_rule(run.text, *rule)); !ok) return complain(run.session, ok.error());
  return print(run.session,
               run.session.voice.say("rules.add.done", {{"rule", line}, {"file", for_terminal(run.path)}}) + '\n', 0);
}

int remove_rule(const ListRun& run) {
  if (run.words.empty())
    return complain(run.session, list_usage("what is to be removed is missing", Said{"usage.rule", {}}));
  auto wanted = rule_from(run.words);
  const std::string value = rules::lowered(run.words.back());
  std::string text = run.text;
  std::vector<std::string> gone;
  for (const rules::Rule& rule : run.list.rules) {
    const std::string& own = rule.sender ? rule.sender->value : rule.content->value;
    // The value alone is enough, where it means one thing.
    const bool meant = (wanted && rule.same_as(*wanted)) || (run.words.size() == 1 && own == value);
    if (!meant) continue;
    gone.push_back(for_terminal(rules::to_line(rule)));
    text = rules::without_rule(run.text, run.list, rule);
  }
  if (gone.empty())
    return complain(run.session, {ErrorCode::usage, fmt::format("'{}' is not in the list", fmt::join(run.words, " ")),
                                  run.path, "sekisho rules list",
                                  Said{"usage.not_in_list", {{"rule", fmt::format("{}", fmt::join(run.words, " "))}}}});
  if (gone.size() > 1 && run.words.size() == 1) {
    std::sort(gone.begin(), gone.end());
    gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
    if (gone.size() > 1)
      return complain(run.session,
                      list_usage(fmt::format("'{}' stands in several rules: {}", value, fmt::join(gone, "; "))));
  }
  if (const auto ok = save(run.path, text); !ok) return complain(run.session, ok.error());
  return print(
      run.session,
      run.session.voice.say("rules.remove.done", {{"rule", gone.front()}, {"file", for_terminal(run.path)}}) + '\n', 0);
}

}  // namespace sekisho::app
