// sekisho me: what a person tells about themselves, so that a scan can say what strangers know. Asked on the terminal,
// or set, imported, exported and erased by command. Kept sealed (me_store.h); shown only here, and only when asked for.
#include <algorithm>
#include <cstdio>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/json.h"
#include "app/me_store.h"
#include "base/limits.h"

namespace sekisho::app {
namespace {

using Action = MeCommand::Action;

class Me {
 public:
  explicit Me(const Session& session)
      : session_(session), voice_(session.voice), store_(session.settings.state.value) {}

  int run() {
    const MeCommand& command = session_.options.me;
    const bool on_terminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
    Action action = command.action;
    if (action == Action::none) action = on_terminal ? Action::edit : Action::show;
    if (action == Action::erase) return erase();
    if (action == Action::import) return import(command.values.front());
    auto kept = store_.load();
    if (!kept) return complain(kept.error());
    Told told = kept->value_or(Told{});
    switch (action) {
      case Action::set:
        return set(std::move(told), *command.field, command.values);
      case Action::edit:
        return edit(std::move(told));
      case Action::export_it:
        say(write_profile(told));
        return done();
      default:
        return show(told);
    }
  }

 private:
  int complain(const Error& error) const {
    std::fputs(voice_.complaint(error).c_str(), stderr);
    return exit_code_of(error.code);
  }
  int done() const { return output_arrived() ? exit_code::nothing_found : exit_code::internal; }
  static void say(const std::string& line) { std::fputs((line + '\n').c_str(), stdout); }
  void say_wrapped(const std::string& text) const {
    std::fputs(wrap(text, terminal_width(STDOUT_FILENO), voice_.lang(), "", "").c_str(), stdout);
  }
  std::string field_words(Field field) const { return voice_.say(fmt::format("me.field.{}", name(field))); }

  static std::string shown(const Entry& entry) {
    const std::string value = for_terminal(valid_utf8(entry.value));
    return entry.label.empty() ? value : value + " (" + for_terminal(valid_utf8(entry.label)) + ")";
  }

  int show(const Told& told) const {
    if (told.empty()) {
      say_wrapped(voice_.say("me.nothing"));
      return done();
    }
    say(voice_.say("me.shown"));
    for (const std::string& name : field_names()) {
      const Field field = *find_field(name);
      for (const Entry& entry : told.of(field)) say("  " + field_words(field) + ": " + shown(entry));
    }
    say("");
    say_wrapped(voice_.say("me.where", {{"file", for_terminal(valid_utf8(store_.file().string()))}}));
    say_wrapped(voice_.say("me.next"));
    return done();
  }

  int keep(const Told& told, std::string_view said) const {
    if (auto ok = store_.save(told); !ok) return complain(ok.error());
    say(voice_.say(said));
    say_wrapped(voice_.say("me.next"));
    return done();
  }

  /// One typed line; nullopt at the end of the input.
  static std::optional<std::string> typed_line() {
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    return line;
  }

  Result<std::vector<Entry>> read(Field field, const std::vector<std::string>& values) const {
    std::vector<Entry> entries;
    for (const std::string& value : values) {
      auto entry = read_entry(field, value);
      if (!entry) return tl::unexpected(entry.error());
      if (!entry->value.empty() && entries.size() < limits::profile_items) entries.push_back(std::move(*entry));
    }
    return entries;
  }

  /// Without values they are read from standard input, one a line: what stands on a command line stays in the shell's
  /// history.
  int set(Told told, Field field, std::vector<std::string> values) const {
    if (values.empty()) {
      const bool asks = isatty(STDIN_FILENO) == 1;
      if (asks) say_wrapped(field_words(field) + ": " + voice_.say("me.ask_lines"));
      while (const auto line = typed_line()) {
        if (asks && line->empty()) break;
        values.push_back(*line);
        if (values.size() > limits::profile_items) break;
      }
    }
    auto entries = read(field, values);
    if (!entries) return complain(entries.error());
    told.of(field) = std::move(*entries);
    return keep(told, "me.kept");
  }

  int edit(Told told) const {
    say_wrapped(voice_.say("me.welcome"));
    for (const std::string& name : field_names()) {
      const Field field = *find_field(name);
      std::string now;
      for (const Entry& entry : told.of(field)) now += (now.empty() ? "" : "; ") + shown(entry);
      say("");
      say(voice_.pair(fmt::format("me.field.{}", name), now.empty() ? voice_.say("me.not_told") : now));
      say_wrapped(voice_.say(fmt::format("me.hint.{}", name)));
      std::fputs("> ", stdout);
      std::fflush(stdout);
      const auto line = typed_line();
      if (!line) break;
      if (line->empty()) continue;
      const auto entries = *line == "-" ? std::vector<Entry>{} : read(field, split(*line)).value_or(told.of(field));
      told.of(field) = entries;
      // Kept at once: who is interrupted has lost nothing.
      if (auto ok = store_.save(told); !ok) return complain(ok.error());
    }
    say("");
    return told.empty() ? show(told) : keep(told, "me.kept");
  }

  /// Several values on one line stand between semicolons or Japanese commas; a place or a company may hold a space.
  static std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> values;
    std::string rest = line;
    for (const std::string_view mark : {"；", "、", ";"})
      for (std::size_t at = rest.find(mark); at != std::string::npos; at = rest.find(mark))
        rest.replace(at, mark.size(), "\n");
    for (std::size_t at = 0; at <= rest.size();) {
      const std::size_t end = std::min(rest.find('\n', at), rest.size());
      values.push_back(rest.substr(at, end - at));
      at = end + 1;
    }
    return values;
  }

  int import(const std::string& file) const {
    const auto told = read_profile(file);
    if (!told) return complain(told.error());
    const int code = keep(*told, "me.imported");
    say_wrapped(voice_.say("me.import_in_clear"));
    return code;
  }

  int erase() const {
    const auto was_there = store_.erase();
    if (!was_there) return complain(was_there.error());
    say_wrapped(voice_.say(*was_there ? "me.erased" : "me.nothing"));
    return done();
  }

  const Session& session_;
  const Voice& voice_;
  const MeStore store_;
};

}  // namespace

int run_me(const Session& session) { return Me(session).run(); }

}  // namespace sekisho::app
