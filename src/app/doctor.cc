// sekisho doctor: what this program is made of, how old its knowledge is, every setting and where it came from.
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

#include <fmt/format.h>
#include <hs.h>
#include <libpsl.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>
#include <unistd.h>
#include <CLI/Version.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/version.hpp>

#include "app/care_data.h"
#include "app/commands.h"
#include "app/json.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;
using Days = std::chrono::sys_days;

/// Data older than this is worth a word: senders change their names and places faster.
constexpr std::chrono::days old_after{365};

std::string iso(Days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<Days> day_of(std::string_view text) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(std::string(text).c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return date.ok() ? std::optional<Days>(date) : std::nullopt;
}

/// The public suffix list inside libpsl.
std::optional<Days> suffix_list_day() {
  const std::time_t time = psl_builtin_file_time();
  if (time == 0) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::from_time_t(time));
}

struct Row {
  std::string name, value, note;
};

/// All that is found, before it is worded.
struct Findings {
  std::vector<Row> versions, settings, counts, lists;
  std::vector<std::string> warnings, problems;
};

std::vector<Row> versions(const engine::Engine& engine) {
  UVersionInfo icu;
  u_getVersion(icu);
  char icu_text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(icu, icu_text);
  const Versions own = versions_of(engine);
  const auto suffixes = suffix_list_day();
  return {{"sekisho", own.program, ""},
          {"knowledge", own.knowledge, engine.knowledge().as_of()},
          {"model", own.model, ""},
          {"ICU", icu_text, fmt::format("Unicode {}", U_UNICODE_VERSION)},
          {"libpsl", psl_get_version(), suffixes ? iso(*suffixes) : ""},
          {"Vectorscan", hs_version(), ""},
          {"Boost.JSON",
           fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100), ""},
          {"CLI11", CLI11_VERSION, ""},
          {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100), ""}};
}

std::vector<Row> settings_rows(const engine::Settings& settings) {
  const auto or_none = [](std::string text) { return text.empty() ? std::string("-") : std::move(text); };
  return {{"lang", settings.lang.value, settings.lang.origin},
          {"format", std::string(engine::name(settings.format.value)), settings.format.origin},
          {"color", std::string(engine::name(settings.color.value)), settings.color.origin},
          {"jobs", std::to_string(settings.jobs.value), settings.jobs.origin},
          {"knowledge", or_none(settings.knowledge.value.string()), settings.knowledge.origin},
          {"model", settings.model.value.empty() ? "-" : settings.model.value.string(), settings.model.origin},
          {"state", or_none(settings.state.value.string()), settings.state.origin},
          {"config", or_none(settings.file.string()), settings.file_read ? "read" : "not there"}};
}

/// What became of the automaton of a site's phrases.
Row automaton_row(const engine::AutomatonCache& cache) {
  constexpr std::array<const char*, 4> notes{"inside the program", "read", "made and kept", "made, not kept"};
  return {"automaton", cache.file().empty() ? "-" : cache.file().string(),
          notes[static_cast<std::size_t>(cache.outcome())]};
}

/// The words that are no name of a file, a variable or an option.
std::string note_in(const Voice& voice, const std::string& note) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> keys{
      {{"default", "app.doctor.note.default"},
       {"read", "app.doctor.note.read"},
       {"not there", "app.doctor.note.not_there"},
       {"inside the program", "app.doctor.note.inside"},
       {"made and kept", "app.doctor.note.kept"},
       {"made, not kept", "app.doctor.note.not_kept"}}};
  for (const auto& [word, key] : keys)
    if (word == note) return voice.say(key);
  return note;
}

void count(const engine::Engine& engine, Findings& findings) {
  const knowledge::Snapshot& knowledge = engine.knowledge();
  std::size_t expressions = 0, domains = 0;
  for (const auto& list : knowledge.phrase_lists()) expressions += list.expressions.size();
  for (const auto& brand : knowledge.brands()) domains += brand.web_domains.size() + brand.mail_domains.size();
  const auto row = [&](std::string name, std::size_t number) {
    findings.counts.push_back({std::move(name), std::to_string(number), ""});
  };
  row("cards", engine.deck().cards().size());
  row("facts", facts::all_names().size());
  row("phrase_lists", knowledge.phrase_lists().size());
  row("phrases", expressions);
  row("brands", knowledge.brands().size());
  row("brand_domains", domains);
  row("kinds_of_scam", knowledge.kinds().size());
  row("url_wrappers", knowledge.wrappers().size());
  row("lists", knowledge.name_lists().size());
  for (const auto& list : knowledge.name_lists())
    findings.lists.push_back({list.name, std::to_string(list.entries.size()), list.as_of});
}

/// Numbers and settings pages change: how many desks and carriers were last looked at more than a year ago, and whether
/// the holidays that deadlines rest on are announced for the year to come.
void look_at_desks(const care::Care& care, const Voice& voice, Days today, Findings& findings) {
  std::size_t old = 0;
  std::string oldest;
  const auto count_old = [&](const care::Origin& origin) {
    const auto day = day_of(origin.as_of);
    if (!day || today - *day <= old_after) return;
    ++old;
    if (oldest.empty() || origin.as_of < oldest) oldest = origin.as_of;
  };
  for (const care::Contact& contact : care.contacts) count_old(contact.origin);
  for (const care::Carrier& carrier : care.carriers) count_old(carrier.origin);
  if (old > 0)
    findings.warnings.push_back(
        voice.say("guide.doctor.old_desks", {{"count", std::to_string(old)}, {"date", oldest}}));
  const std::chrono::year_month_day date(today);
  if (static_cast<int>(date.year()) > static_cast<int>(care.holidays.confirmed_to))
    findings.warnings.push_back(
        voice.say("guide.doctor.holidays", {{"year", std::to_string(care.holidays.confirmed_to)}}));
  findings.counts.push_back({"situations", std::to_string(care.situations.size()), ""});
  findings.counts.push_back({"contacts", std::to_string(care.contacts.size()), ""});
  findings.counts.push_back({"carriers", std::to_string(care.carriers.size()), ""});
}

void look_at_ages(const engine::Engine& engine, const care::Care& care, const Voice& voice, Findings& findings) {
  const Days today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const auto look = [&](const std::string& name, std::optional<Days> day) {
    if (day && today - *day > old_after)
      findings.warnings.push_back(voice.say("app.doctor.old", {{"name", name}, {"date", iso(*day)}}));
  };
  const auto newest = day_of(engine.knowledge().as_of());
  look("knowledge", newest);
  for (const auto& list : engine.knowledge().name_lists()) look(list.name, day_of(list.as_of));
  look("public suffix list (libpsl)", suffix_list_day());
  if (!care.contacts.empty()) look_at_desks(care, voice, today, findings);
  // A day's grace: the dates were written in Japan, where the day begins earlier.
  if (newest && today + std::chrono::days(1) < *newest)
    findings.warnings.push_back(voice.say("app.doctor.clock", {{"date", iso(*newest)}}));
}

std::string to_text(const Findings& findings, const Voice& voice, const Paint& paint, int width) {
  std::string out;
  const auto table = [&](std::string_view key, const std::vector<Row>& rows) {
    if (rows.empty()) return;
    out += (out.empty() ? "" : "\n") + paint.strong(voice.say(key)) + '\n';
    for (const Row& row : rows) {
      out += fmt::format("  {:<18} {}", row.name, for_terminal(row.value));
      if (!row.note.empty()) out += "  " + paint.faint(fmt::format("({})", for_terminal(note_in(voice, row.note))));
      out += '\n';
    }
  };
  table("app.doctor.versions", findings.versions);
  table("app.doctor.settings", findings.settings);
  table("app.doctor.counts", findings.counts);
  table("app.doctor.lists", findings.lists);
  const auto remarks = [&](std::string_view key, const std::vector<std::string>& sentences) {
    if (sentences.empty()) return;
    out += '\n' + paint.strong(voice.say(key)) + '\n';
    for (const std::string& sentence : sentences) out += wrap(sentence, width, voice.lang(), "  - ", "    ");
  };
  remarks("app.doctor.warnings", findings.warnings);
  remarks("app.doctor.problems", findings.problems);
  return out + '\n' +
         wrap(voice.say(findings.problems.empty() ? "app.doctor.well" : "app.doctor.not_well"), width, voice.lang(), "",
              "");
}

std::string to_json_line(const Findings& findings) {
  const auto rows = [](const std::vector<Row>& from, const char* value, const char* note) {
    json::array out;
    for (const Row& row : from) {
      json::object object{{"name", row.name}, {value, valid_utf8(row.value)}};
      if (note != nullptr) object[note] = row.note.empty() ? json::value(nullptr) : json::value(valid_utf8(row.note));
      out.push_back(std::move(object));
    }
    return out;
  };
  const auto sentences = [](const std::vector<std::string>& from) {
    json::array out;
    for (const std::string& sentence : from) out.push_back(json::value(valid_utf8(sentence)));
    return out;
  };
  json::object counts;
  for (const Row& row : findings.counts) counts[row.name] = std::stoull(row.value);
  json::array lists;
  for (const Row& row : findings.lists)
    lists.push_back({{"name", row.name}, {"entries", std::stoull(row.value)}, {"as_of", row.note}});
  return to_json(json::object{{"schema", "sekisho.doctor/1"},
                              {"versions", rows(findings.versions, "version", "date")},
                              {"settings", rows(findings.settings, "value", "origin")},
                              {"counts", std::move(counts)},
                              {"lists", std::move(lists)},
                              {"warnings", sentences(findings.warnings)},
                              {"problems", sentences(findings.problems)}}) +
         '\n';
}

}  // namespace

int run_doctor(const Options& options, const Result<engine::Settings>& settings, const engine::Engine& plain,
               const Voice& voice) {
  Findings findings;
  std::shared_ptr<const engine::Engine> own;
  engine::Settings used;
  std::optional<Row> automaton;
  if (settings) {
    used = *settings;
    if (!used.knowledge.value.empty()) {
      auto cache = automaton_cache(used, voice);
      if (auto started = engine::Engine::start(used.knowledge.value, cache.store()))
        own = *started;
      else
        findings.problems.push_back(voice.problem(started.error()));
      if (own) automaton = automaton_row(cache);
    }
  } else {
    findings.problems.push_back(voice.problem(settings.error()));
    if (options.format) used.format = {*options.format, "--format"};
    used.lang.value = voice.lang();
  }
  const engine::Engine& engine = own ? *own : plain;
  findings.versions = versions(engine);
  findings.settings = settings_rows(used);
  if (automaton) findings.settings.push_back(std::move(*automaton));
  count(engine, findings);
  const auto care = load_care(used);
  if (!care) findings.problems.push_back(voice.problem(care.error()));
  look_at_ages(engine, care ? *care : care::Care{}, voice, findings);
  const std::string out = used.format.value == engine::Format::json
                              ? to_json_line(findings)
                              : to_text(findings, voice, paint_for(used.color.value), terminal_width(STDOUT_FILENO));
  std::fwrite(out.data(), 1, out.size(), stdout);
  if (!output_arrived()) return exit_code::internal;
  return findings.problems.empty() ? 0 : 1;
}

}  // namespace sekisho::app
