#include "engine/settings.h"

#include <array>
#include <fstream>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/limits.h"
#include "engine/toml.h"
#include "knowledge/source.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> format_names{"text", "json"};
constexpr std::array<std::string_view, 3> color_names{"auto", "always", "never"};
constexpr std::array<std::string_view, 2> languages{"ja", "en"};
constexpr std::array<std::string_view, 7> keys{"lang", "format", "color", "jobs", "knowledge", "model", "state"};

template <class Names>
std::optional<std::size_t> position(const Names& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return i;
  return std::nullopt;
}

template <class Names>
std::string did_you_mean(const Names& names, std::string_view wrong) {
  const std::string near = knowledge::nearest(wrong, {names.begin(), names.end()});
  if (!near.empty()) return fmt::format("did you mean '{}'?", near);
  return fmt::format("one of: {}", fmt::join(names, ", "));
}

template <class Names>
std::pair<std::string, std::string> suggestion_of(const Names& names, std::string_view wrong) {
  return knowledge::suggestion(wrong, {names.begin(), names.end()});
}

/// What a person would call the kind of a value.
std::string_view kind_of(const TomlEntry& entry) {
  if (const auto* other = std::get_if<OtherToml>(&entry.value)) return other->kind;
  if (std::holds_alternative<std::string>(entry.value)) return "a text";
  return std::holds_alternative<bool>(entry.value) ? "true or false" : "a whole number";
}

/// The same as the name of a word (Error::said).
std::string kind_word(std::string_view kind) {
  constexpr std::array<std::pair<std::string_view, const char*>, 6> words{{{"a text", "@toml.text"},
                                                                           {"a whole number", "@toml.number"},
                                                                           {"true or false", "@toml.truth"},
                                                                           {"a list", "@toml.list"},
                                                                           {"a table", "@toml.table"},
                                                                           {"a text of several lines", "@toml.lines"}}};
  for (const auto& [english, word] : words)
    if (english == kind) return word;
  return "@toml.other";
}

tl::unexpected<Error> wrong_kind(const TomlEntry& entry, std::string_view expected, std::string expected_word) {
  return fail(ErrorCode::bad_data,
              Said{"settings.wrong_kind",
                   {{"key", entry.key}, {"expected", expected_word}, {"found", kind_word(kind_of(entry))}}},
              fmt::format("'{}' must be {}, not {}", entry.key, expected, kind_of(entry)), entry.where);
}

/// One of `names`, as its position.
template <class Names>
Result<std::size_t> choice(const TomlEntry& entry, const Names& names) {
  const auto* text = std::get_if<std::string>(&entry.value);
  if (text == nullptr)
    return wrong_kind(entry, fmt::format("one of \"{}\"", fmt::join(names, "\", \"")),
                      fmt::format("\"{}\"", fmt::join(names, "\", \"")));
  if (const auto found = position(names, *text)) return *found;
  return fail(ErrorCode::bad_data,
              Said{"settings.not_one_of", {{"key", entry.key}, {"value", *text}, suggestion_of(names, *text)}},
              fmt::format("'{}' cannot be \"{}\"", entry.key, *text), entry.where, did_you_mean(names, *text));
}

Result<void> set_jobs(Settings& settings, const TomlEntry& entry) {
  const auto* number = std::get_if<std::int64_t>(&entry.value);
  if (number == nullptr) return wrong_kind(entry, "a whole number", "@toml.number");
  if (*number < 0 || *number > most_jobs)
    return fail(ErrorCode::bad_data, Said{"settings.jobs", {{"most", std::to_string(most_jobs)}}},
                fmt::format("'jobs' must lie between 0 and {}", most_jobs), entry.where,
                "0 means one for each processor");
  settings.jobs = {static_cast<unsigned>(*number), entry.where};
  return {};
}

Result<Setting<fs::path>> folder(const Settings& settings, const TomlEntry& entry) {
  const auto* text = std::get_if<std::string>(&entry.value);
  if (text == nullptr) return wrong_kind(entry, "a text: the path of a folder", "@toml.folder");
  if (text->empty() || text->find('\0') != std::string::npos)
    return fail(ErrorCode::bad_data, Said{"settings.not_a_path", {{"key", entry.key}}},
                fmt::format("'{}' is not a path", entry.key), entry.where);
  return Setting<fs::path>{settings.file.parent_path() / fs::path(*text), entry.where};
}

Result<void> set(Settings& settings, const TomlEntry& entry) {
  if (!position(keys, entry.key))
    return fail(ErrorCode::bad_data, Said{"settings.unknown", {{"key", entry.key}, suggestion_of(keys, entry.key)}},
                fmt::format("unknown setting '{}'", entry.key), entry.where, did_you_mean(keys, entry.key));
  if (entry.key == "jobs") return set_jobs(settings, entry);
  if (entry.key == "knowledge" || entry.key == "model" || entry.key == "state") {
    auto found = folder(settings, entry);
    if (!found) return tl::unexpected(found.error());
    if (entry.key == "model") {
      const auto* text = std::get_if<std::string>(&entry.value);
      settings.model = *text == no_model ? Setting<fs::path>{fs::path(no_model), entry.where} : std::move(*found);
      return {};
    }
    (entry.key == "state" ? settings.state : settings.knowledge) = std::move(*found);
    return {};
  }
  if (entry.key == "lang") {
    const auto found = choice(entry, languages);
    if (!found) return tl::unexpected(found.error());
    settings.lang = {std::string(languages[*found]), entry.where};
    return {};
  }
  if (entry.key == "format") {
    const auto found = choice(entry, format_names);
    if (!found) return tl::unexpected(found.error());
    settings.format = {static_cast<Format>(*found), entry.where};
    return {};
  }
  const auto found = choice(entry, color_names);
  if (!found) return tl::unexpected(found.error());
  settings.color = {static_cast<Color>(*found), entry.where};
  return {};
}

Result<std::string> read_bounded(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error))
    return fail(ErrorCode::bad_data, Said{"settings.not_a_file", {}}, "the settings cannot be read: not a file",
                file.string());
  if (fs::file_size(file, error) > limits::settings_bytes || error)
    return fail(ErrorCode::bad_data, Said{"settings.too_long", {{"bytes", std::to_string(limits::settings_bytes)}}},
                fmt::format("the settings are longer than {} bytes", limits::settings_bytes), file.string(),
                "is this the right file?");
  std::ifstream in(file, std::ios::binary);
  std::string text(limits::settings_bytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || !(in.eof() || in))
    return fail(ErrorCode::bad_data, Said{"settings.unreadable", {}}, "the settings cannot be read", file.string(),
                "check that you may read it");
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

/// This program's folder of one kind. XDG Base Directory Specification: a relative path is invalid and ignored.
Setting<fs::path> own_folder(const Environment& environment, const char* variable, const char* below_home) {
  const auto chosen = environment(variable);
  if (chosen && fs::path(*chosen).is_absolute()) return {fs::path(*chosen) / "sekisho", variable};
  const auto home = environment("HOME");
  if (home && !home->empty()) return {fs::path(*home) / below_home / "sekisho", "HOME"};
  return {};
}

}  // namespace

std::string_view name(Format format) { return format_names[static_cast<std::size_t>(format)]; }
std::string_view name(Color color) { return color_names[static_cast<std::size_t>(color)]; }

std::optional<Format> find_format(std::string_view name) {
  const auto found = position(format_names, name);
  return found ? std::optional(static_cast<Format>(*found)) : std::nullopt;
}
std::optional<Color> find_color(std::string_view name) {
  const auto found = position(color_names, name);
  return found ? std::optional(static_cast<Color>(*found)) : std::nullopt;
}

Result<Settings> parse_settings(std::string_view text, const fs::path& file) {
  if (text.size() > limits::settings_bytes)
    return fail(ErrorCode::bad_data, Said{"settings.too_long", {{"bytes", std::to_string(limits::settings_bytes)}}},
                fmt::format("the settings are longer than {} bytes", limits::settings_bytes), file.string(),
                "is this the right file?");
  Settings settings;
  settings.file = file;
  settings.file_read = true;
  std::set<std::string> given;
  TomlReader reader(text, file);
  for (;;) {
    auto entry = reader.next();
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) return settings;
    if (auto ok = set(settings, **entry); !ok) return tl::unexpected(ok.error());
    if (!given.insert((*entry)->key).second)
      return fail(ErrorCode::bad_data, Said{"yaml.key_twice", {{"key", (*entry)->key}}},
                  fmt::format("'{}' is given twice", (*entry)->key), (*entry)->where);
  }
}

Result<Settings> read_settings(const std::optional<fs::path>& chosen, const Environment& environment) {
  fs::path file;
  std::error_code error;
  if (chosen) {
    file = *chosen;
    if (!fs::exists(file, error))
      return fail(ErrorCode::bad_data, Said{"settings.missing", {}}, "the settings file does not exist", file.string(),
                  "check the path given with --config");
  } else {
    file = own_folder(environment, "XDG_CONFIG_HOME", ".config").value;
    if (!file.empty()) file /= "sekisho.toml";
    if (file.empty() || !fs::exists(file, error)) {
      Settings settings;
      settings.file = file;
      return settings;
    }
  }
  const auto text = read_bounded(file);
  if (!text) return tl::unexpected(text.error());
  return parse_settings(*text, file);
}

void choose_language(Settings& settings, const Environment& environment) {
  if (!settings.lang.value.empty()) return;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const auto value = environment(variable);
    if (!value || value->empty()) continue;
    settings.lang = {value->rfind("ja", 0) == 0 ? "ja" : "en", variable};
    return;
  }
  settings.lang.value = "en";
}

void choose_state(Settings& settings, const Environment& environment) {
  if (settings.state.value.empty()) settings.state = own_folder(environment, "XDG_STATE_HOME", ".local/state");
}

}  // namespace sekisho::engine
