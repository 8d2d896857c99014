// sekisho case: the action, the case that is meant, and what all actions share.
#include "app/case.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <memory>

#include <fmt/format.h>

#include "app/calendar.h"
#include "app/json.h"
#include "base/limits.h"
#include "knowledge/source.h"
#include "vault/cases.h"

namespace sekisho::app {
namespace {

namespace fs = std::filesystem;

struct Action {
  std::string_view name;
  int (*run)(const CaseRun&);
};
constexpr std::array<Action, 13> actions{{{"new", case_new},
                                          {"add", case_add},
                                          {"note", case_note},
                                          {"log", case_log},
                                          {"list", case_list},
                                          {"show", case_show},
                                          {"verify", case_verify},
                                          {"receipt", case_receipt},
                                          {"stamp", case_stamp},
                                          {"keep", case_keep},
                                          {"export", case_export},
                                          {"erase", case_erase},
                                          {"passphrase", case_passphrase}}};

/// --cases, else `cases` in --state, else in the data folder of the account.
fs::path cases_of(const Session& session) {
  if (session.options.case_file.cases) return *session.options.case_file.cases;
  if (session.options.state) return *session.options.state / "cases";
  if (const auto data = environment_variable("XDG_DATA_HOME"); data && !data->empty())
    return fs::path(*data) / "sekisho" / "cases";
  if (const auto home = environment_variable("HOME"); home && !home->empty())
    return fs::path(*home) / ".local" / "share" / "sekisho" / "cases";
  return {};
}

/// What is in memory while a case is open must not be written anywhere by a crash.
void keep_memory_here() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);
}

/// Whether `word` names a case: its whole id, or the beginning of one, long enough not to be a word of a note.
bool names_case(const fs::path& cases, const std::string& word) {
  constexpr std::size_t beginning = 8;
  std::error_code error;
  if (!vault::is_case_id(word)) return false;
  if (fs::is_directory(cases / word, error)) return true;
  return word.size() >= beginning && vault::find_case(cases, word).has_value();
}

std::string account_name() {
  const passwd* const account = ::getpwuid(::getuid());
  if (account == nullptr) return "?";
  std::string name = account->pw_gecos == nullptr ? "" : account->pw_gecos;
  name = one_line(name.substr(0, name.find(',')));
  return name.empty() ? one_line(account->pw_name) : name;
}

}  // namespace

std::string CaseRun::say(std::string_view key,
                         std::initializer_list<std::pair<std::string_view, std::string>> values) const {
  return voice().say("case." + std::string(key), values);
}

int complain(const CaseRun& run, const Error& error) {
  std::fputs(run.voice().complaint(error).c_str(), stderr);
  return exit_code_of(error.code);
}

int print(const CaseRun&, const std::string& out) {
  std::fwrite(out.data(), 1, out.size(), stdout);
  return output_arrived() ? 0 : exit_code::internal;
}

std::string shown(std::string_view text) { return for_terminal(valid_utf8(text)); }

Error wrong(const CaseRun& run, std::string_view key,
            std::initializer_list<std::pair<std::string_view, std::string>> values) {
  // Said as a whole in the language of the run: these are this command's own, and used once each.
  Error error;
  error.code = ErrorCode::usage;
  error.said = Said{"case.said", {{"said", run.say("wrong." + std::string(key), values)}}};
  error.what = error.said.values.front().second;
  return error;
}

Result<fs::path> folder_of(const CaseRun& run) { return vault::find_case(run.cases, run.case_id); }

Result<vault::Vault> open_case(const CaseRun& run, vault::Access access) {
  const auto folder = folder_of(run);
  if (!folder) return tl::unexpected(folder.error());
  const auto passphrase = ask_passphrase(run, "ask_passphrase");
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto opened = vault::Vault::open(vault::real_files(), *folder, *passphrase, access, vault::IfBusy::refuse);
  if (opened || opened.error().said.id != "case.busy") return opened;
  std::fputs((run.say("waiting") + '\n').c_str(), stderr);
  return vault::Vault::open(vault::real_files(), *folder, *passphrase, access, vault::IfBusy::wait);
}

std::string time_now() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return iso_time(now, static_cast<std::int32_t>(local.tm_gmtoff / 60));
}

Result<std::string> moment_of(const CaseRun& run, const std::string& typed) {
  const auto refused = [&] { return tl::unexpected(wrong(run, "when", {{"value", shown(typed)}})); };
  if (vault::is_day(typed)) return typed;
  if (typed.size() < 16 || !vault::is_day(typed.substr(0, 10)) || (typed[10] != 'T' && typed[10] != ' '))
    return refused();
  int hour = -1, minute = -1, second = 0;
  char colon = 0, more = 0;
  std::tm local{};
  const int found = std::sscanf(typed.c_str() + 11, "%2d%c%2d%c%2d", &hour, &colon, &minute, &more, &second);
  if (found < 3 || colon != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return refused();
  if (found < 5) second = 0;
  const std::size_t zone = typed.find_first_of("Z+-", 16);
  std::string zone_text;
  if (zone != std::string::npos) {
    zone_text = typed.substr(zone);
    if (zone_text != "Z" && (zone_text.size() != 6 || zone_text[3] != ':')) return refused();
  } else {
    const std::time_t now = std::time(nullptr);
    ::localtime_r(&now, &local);
    const long minutes = std::labs(local.tm_gmtoff) / 60;
    zone_text = fmt::format("{}{:02}:{:02}", local.tm_gmtoff < 0 ? '-' : '+', minutes / 60, minutes % 60);
  }
  return fmt::format("{}T{:02}:{:02}:{:02}{}", typed.substr(0, 10), hour, minute, second, zone_text);
}

Result<vault::Entry> new_entry(const CaseRun& run, vault::Kind kind) {
  vault::Entry entry;
  entry.kind = kind;
  entry.time = time_now();
  entry.author = run.options.author.empty() ? account_name() : one_line(run.options.author);
  if (!run.options.when.empty()) {
    auto when = moment_of(run, run.options.when);
    if (!when) return tl::unexpected(when.error());
    entry.happened = std::move(*when);
  }
  return entry;
}

std::string one_line(std::string_view text) {
  std::string out = valid_utf8(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  const std::size_t first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

Result<vault::Source> source_of(const std::string& path) {
  const auto file =
      std::make_shared<vault::Descriptor>(::open(path == "-" ? "/dev/stdin" : path.c_str(), O_RDONLY | O_CLOEXEC));
  std::error_code error;
  if (!*file) return tl::unexpected(vault::read_error(path));
  if (fs::is_directory(path, error))
    return fail(ErrorCode::unreadable, Said{"case.not_a_file", {}}, "is a folder", path);
  return vault::Source([file, path](char* to, std::size_t room) -> Result<std::size_t> {
    while (true) {
      const ssize_t got = ::read(file->get(), to, room);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return tl::unexpected(vault::read_error(path));
    }
  });
}

int run_case(const Session& session) {
  const CaseOptions& options = session.options.case_file;
  CaseRun run{session,       options,         cases_of(session),
              options.words, options.case_id, session.settings.format.value == engine::Format::json};
  if (run.words.empty()) {
    std::fputs(session.voice.say("case.help.case").c_str(), stderr);
    return exit_code::usage;
  }
  const std::string action = run.words.front();
  run.words.erase(run.words.begin());
  std::vector<std::string> known;
  for (const Action& one : actions) {
    known.emplace_back(one.name);
    if (one.name != action) continue;
    if (run.cases.empty()) return complain(run, wrong(run, "no_folder"));
    keep_memory_here();
    if (action != "new" && run.case_id.empty() && !run.words.empty() && names_case(run.cases, run.words.front())) {
      run.case_id = run.words.front();
      run.words.erase(run.words.begin());
    }
    return one.run(run);
  }
  const Said said{"usage.not_one_of", {{"option", "case"}, {"value", action}, knowledge::suggestion(action, known)}};
  return complain(run, Error{ErrorCode::usage, fmt::format("case cannot be '{}'", action), {}, {}, said});
}

}  // namespace sekisho::app
