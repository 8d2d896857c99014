// sekisho case log, list, show: what is in a case, and which cases there are.
#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <map>

#include <fmt/format.h>
#include <boost/json/object.hpp>

#include "app/case.h"
#include "app/json.h"
#include "vault/cases.h"
#include "vault/receipt.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(valid_utf8(text));
}

std::string json_of(const vault::Case& content, const vault::Entry& entry) {
  json::value item = nullptr;
  if (entry.item)
    item = json::object{{"sha256", entry.item->sha256},
                        {"bytes", entry.item->bytes},
                        {"name", valid_utf8(entry.item->name)},
                        {"erased", content.is_erased(entry.number)}};
  return to_json(json::object{{"schema", "sekisho.case.entry/1"},
                              {"case", content.id},
                              {"entry", entry.number},
                              {"time", entry.time},
                              {"author", valid_utf8(entry.author)},
                              {"kind", std::string(vault::name(entry.kind))},
                              {"happened", or_null(entry.happened)},
                              {"about", or_null(entry.about)},
                              {"text", or_null(entry.text)},
                              {"item", item}}) +
         '\n';
}

/// "2026-11-23 18:05" of an entry's time, or the day alone.
std::string short_moment(const std::string& time) {
  return time.size() >= 16 ? time.substr(0, 10) + ' ' + time.substr(11, 5) : time;
}

std::string size_of(std::uint64_t bytes) {
  if (bytes < 10'000) return fmt::format("{} B", bytes);
  if (bytes < 10'000'000) return fmt::format("{} kB", bytes / 1000);
  return fmt::format("{} MB", bytes / 1'000'000);
}

/// What is wrong with a case that could still be opened is said above everything else.
void warn_if_damaged(const CaseRun& run, const vault::Vault& vault) {
  if (!vault.findings().empty()) std::fputs((run.say("damaged_but_read") + '\n').c_str(), stderr);
}

std::string summary(const CaseRun& run, const vault::Vault& vault) {
  const vault::Case& content = vault.content();
  const Paint paint = paint_for(run.session.settings.color.value);
  std::string out = paint.strong(run.say("title", {{"id", content.id}})) + '\n';
  const auto line = [&](const std::string& label, const std::string& value) {
    out += "  " + run.voice().say("app.pair", {{"name", label}, {"value", value}}) + '\n';
  };
  line(run.say("label.opened"), content.opened);
  line(run.say("label.keep_until"), content.keep_until == "none" ? run.say("no_day") : content.keep_until);
  for (const std::string_view field : vault::detail_fields)
    for (const vault::Entry& entry : content.entries)
      if (entry.kind == vault::Kind::detail && entry.about == field)
        line(run.say("detail." + std::string(field)), shown(entry.text));
  std::map<std::string, std::size_t> evidence;
  std::string stopped;
  for (const vault::Entry& entry : content.entries) {
    if (entry.kind == vault::Kind::item && !content.is_erased(entry.number)) ++evidence[entry.about];
    if (entry.kind == vault::Kind::stopped)
      stopped = run.say("stopped." + entry.about) + " (" + short_moment(entry.time) + ")";
  }
  for (const auto& [kind, count] : evidence) line(run.say("evidence." + kind), std::to_string(count));
  if (evidence.empty()) line(run.say("label.evidence"), "0");
  if (!stopped.empty()) line(run.say("label.stopped"), stopped);
  line(run.say("label.entries"), std::to_string(content.entries.size()));
  line(run.say("label.receipt"), vault::write_receipt(content.entries.size(), content.digest));
  return out;
}

int show_entry(const CaseRun& run, const vault::Vault& vault, const vault::Entry& entry) {
  if (run.json) return print(run, json_of(vault.content(), entry));
  std::string out = line_of(run, entry) + '\n';
  if (entry.item) {
    out += "  " + shown(entry.item->name) + "  " + size_of(entry.item->bytes) + '\n';
    out += "  SHA-256 " + entry.item->sha256 + '\n';
    out += '\n' + run.say(vault.content().is_erased(entry.number) ? "is_erased" : "next.show_item") + '\n';
  }
  return print(run, out);
}

/// The item's bytes as they came, into a new file or standard output.
int give_item(const CaseRun& run, const vault::Vault& vault, std::uint64_t number) {
  if (run.options.output == "-") {
    const auto ok = vault.read_item(number, [](std::string_view piece) -> Result<void> {
      if (std::fwrite(piece.data(), 1, piece.size(), stdout) != piece.size())
        return fail(ErrorCode::internal, Said{"output.failed", {}}, "cannot be written");
      return {};
    });
    if (!ok) return complain(run, ok.error());
    return output_arrived() ? 0 : exit_code::internal;
  }
  const fs::path place = run.options.output;
  std::error_code error;
  if (fs::exists(fs::symlink_status(place, error)))
    return complain(run, Error{ErrorCode::usage,
                               "something of this name is there already",
                               place.string(),
                               {},
                               Said{"case.export_exists", {}}});
  const fs::path folder = place.has_parent_path() ? place.parent_path() : fs::path(".");
  auto file = vault::NewFile::begin(vault::real_files(), folder, place.filename().string());
  if (!file) return complain(run, file.error());
  const auto ok = vault.read_item(number, [&](std::string_view piece) { return file->append(piece); });
  if (!ok) return complain(run, ok.error());
  if (auto done = file->commit(place.filename().string()); !done) return complain(run, done.error());
  return print(run, run.say("given", {{"file", shown(place.string())}}) + '\n');
}

std::string list_line(const CaseRun& run, const vault::CaseOnDisk& one, const std::string& today) {
  if (!one.readable) return "  " + one.id + "  " + run.say("list.unreadable") + '\n';
  const bool due = one.keep_until != "none" && one.keep_until <= today;
  const std::string day = one.keep_until == "none" ? run.say("no_day") : one.keep_until;
  return "  " + one.id + "  " +
         run.say("list.line", {{"opened", one.opened},
                               {"entries", std::to_string(one.entries)},
                               {"items", std::to_string(one.items)},
                               {"size", size_of(one.bytes)},
                               {"day", day}}) +
         (due ? "  " + run.say("list.due") : "") + '\n';
}

}  // namespace

std::string line_of(const CaseRun& run, const vault::Entry& entry) {
  std::string what = run.say("kind." + std::string(vault::name(entry.kind)));
  std::string about = entry.about;
  switch (entry.kind) {
    case vault::Kind::opened:
      about.clear();
      break;
    case vault::Kind::detail:
      what = run.say("detail." + entry.about);
      about.clear();
      break;
    case vault::Kind::item:
      what = run.say("evidence." + entry.about);
      about.clear();
      break;
    case vault::Kind::stopped:
      what = run.say("stopped." + entry.about);
      about.clear();
      break;
    case vault::Kind::plan:
      what = run.say("plan." + entry.about);
      about.clear();
      break;
    default:
      break;
  }
  std::string out = fmt::format("{:>4}  {}  {}", entry.number, short_moment(entry.time), what);
  if (!about.empty()) out += " (" + shown(about) + ")";
  if (!entry.happened.empty()) out += " [" + shown(short_moment(entry.happened)) + "]";
  if (entry.item && entry.kind != vault::Kind::plan) out += "  " + shown(entry.item->name);
  if (!entry.text.empty()) out += "  " + shown(entry.text);
  return out + "  — " + shown(entry.author);
}

int case_log(const CaseRun& run) {
  const auto vault = open_case(run, vault::Access::read);
  if (!vault) return complain(run, vault.error());
  warn_if_damaged(run, *vault);
  std::string out;
  for (const vault::Entry& entry : vault->content().entries)
    out += run.json ? json_of(vault->content(), entry) : line_of(run, entry) + '\n';
  if (run.json) return print(run, out);
  const Paint paint = paint_for(run.session.settings.color.value);
  return print(run, paint.strong(run.say("title", {{"id", vault->content().id}})) + '\n' + out + '\n' +
                        run.say("next.log") + '\n');
}

int case_list(const CaseRun& run) {
  vault::finish_erasing(vault::real_files(), run.cases);
  const auto all = vault::list_cases(run.cases);
  if (!all) return complain(run, all.error());
  const std::string today = time_now().substr(0, 10);
  std::string out;
  bool any_due = false;
  for (const vault::CaseOnDisk& one : *all) {
    const bool due = one.readable && one.keep_until != "none" && one.keep_until <= today;
    any_due = any_due || due;
    if (!run.json) {
      out += list_line(run, one, today);
      continue;
    }
    out +=
        to_json(json::object{{"schema", "sekisho.cases/1"},
                             {"id", one.id},
                             {"opened", or_null(one.opened)},
                             {"keep_until", one.keep_until == "none" ? json::value(nullptr) : or_null(one.keep_until)},
                             {"due", due},
                             {"entries", one.entries},
                             {"items", one.items},
                             {"bytes", one.bytes},
                             {"readable", one.readable}}) +
        '\n';
  }
  if (run.json) return print(run, out);
  if (all->empty()) return print(run, run.say("list.empty") + '\n');
  const Paint paint = paint_for(run.session.settings.color.value);
  return print(run, paint.strong(run.say("list.title", {{"folder", shown(run.cases.string())}})) + '\n' + out + '\n' +
                        run.say(any_due ? "next.list_due" : "next.list") + '\n');
}

int case_show(const CaseRun& run) {
  std::uint64_t number = 0;
  if (!run.words.empty()) {
    const std::string& typed = run.words.front();
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (error != std::errc() || end != typed.data() + typed.size())
      return complain(run, wrong(run, "number", {{"value", shown(typed)}}));
  }
  const auto vault = open_case(run, vault::Access::read);
  if (!vault) return complain(run, vault.error());
  warn_if_damaged(run, *vault);
  if (run.words.empty()) {
    if (!run.json) return print(run, summary(run, *vault) + '\n' + run.say("next.show") + '\n');
    std::string out;
    for (const vault::Entry& entry : vault->content().entries) out += json_of(vault->content(), entry);
    return print(run, out);
  }
  const vault::Entry* entry = vault->content().entry(number);
  if (entry == nullptr) return complain(run, wrong(run, "no_entry", {{"value", std::to_string(number)}}));
  return run.options.output.empty() ? show_entry(run, *vault, *entry) : give_item(run, *vault, number);
}

}  // namespace sekisho::app
