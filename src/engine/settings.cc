#include "engine/settings.h"

#include <array>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "base/limits.h"
#include "knowledge/source.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> format_names{"text", "json"};
constexpr std::array<std::string_view, 3> color_names{"auto", "always", "never"};
constexpr std::array<std::string_view, 2> languages{"ja", "en"};
constexpr std::array<std::string_view, 5> keys{"lang", "format", "color", "jobs", "knowledge"};

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

std::string at(const fs::path& file, const toml::source_region& source) {
  return fmt::format("{}:{}", file.string(), source.begin.line);
}

/// What a person would call the type of a value.
std::string_view type_name(toml::node_type type) {
  switch (type) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with a fraction";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

tl::unexpected<Error> wrong_type(std::string_view key, std::string_view expected, const toml::node& node,
                                 const fs::path& file) {
  return fail(ErrorCode::bad_data, fmt::format("'{}' must be {}, not {}", key, expected, type_name(node.type())),
              at(file, node.source()));
}

/// One of `names`, as its position.
template <class Names>
Result<std::size_t> choice(std::string_view key, const Names& names, const toml::node& node, const fs::path& file) {
  const auto* text = node.as_string();
  if (text == nullptr) return wrong_type(key, fmt::format("one of \"{}\"", fmt::join(names, "\", \"")), node, file);
  if (const auto found = position(names, text->get())) return *found;
  return fail(ErrorCode::bad_data, fmt::format("'{}' cannot be \"{}\"", key, text->get()), at(file, node.source()),
              did_you_mean(names, text->get()));
}

Result<void> set(Settings& settings, std::string_view key, const toml::node& node, const fs::path& file) {
  const std::string origin = at(file, node.source());
  if (key == "jobs") {
    const auto* number = node.as_integer();
    if (number == nullptr) return wrong_type(key, "a whole number", node, file);
    if (number->get() < 0 || number->get() > most_jobs)
      return fail(ErrorCode::bad_data, fmt::format("'jobs' must lie between 0 and {}", most_jobs), origin,
                  "0 means one for each processor");
    settings.jobs = {static_cast<unsigned>(number->get()), origin};
    return {};
  }
  if (key == "knowledge") {
    const auto* text = node.as_string();
    if (text == nullptr) return wrong_type(key, "a text: the path of a folder", node, file);
    if (text->get().find('\0') != std::string::npos)
      return fail(ErrorCode::bad_data, "'knowledge' is not a path", origin);
    if (text->get().empty()) return {};
    settings.knowledge = {file.parent_path() / fs::path(text->get()), origin};
    return {};
  }
  if (key == "lang") {
    const auto found = choice(key, languages, node, file);
    if (!found) return tl::unexpected(found.error());
    settings.lang = {std::string(languages[*found]), origin};
    return {};
  }
  if (key == "format") {
    const auto found = choice(key, format_names, node, file);
    if (!found) return tl::unexpected(found.error());
    settings.format = {static_cast<Format>(*found), origin};
    return {};
  }
  const auto found = choice(key, color_names, node, file);
  if (!found) return tl::unexpected(found.error());
  settings.color = {static_cast<Color>(*found), origin};
  return {};
}

Result<std::string> read_bounded(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error))
    return fail(ErrorCode::bad_data, "the settings cannot be read: not a file", file.string());
  if (fs::file_size(file, error) > limits::settings_bytes || error)
    return fail(ErrorCode::bad_data, fmt::format("the settings are longer than {} bytes", limits::settings_bytes),
                file.string(), "is this the right file?");
  std::ifstream in(file, std::ios::binary);
  std::string text(limits::settings_bytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || !(in.eof() || in))
    return fail(ErrorCode::bad_data, "the settings cannot be read", file.string(), "check that you may read it");
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
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
    return fail(ErrorCode::bad_data, fmt::format("the settings are longer than {} bytes", limits::settings_bytes),
                file.string(), "is this the right file?");
  const toml::parse_result parsed = toml::parse(text, std::string_view("settings"));
  if (!parsed)
    return fail(ErrorCode::bad_data, fmt::format("not valid TOML: {}", parsed.error().description()),
                at(file, parsed.error().source()), "a line looks like: lang = \"ja\"");
  Settings settings;
  settings.file = file;
  settings.file_read = true;
  for (const auto& [key, node] : parsed.table()) {
    if (!position(keys, key.str()))
      return fail(ErrorCode::bad_data, fmt::format("unknown setting '{}'", key.str()), at(file, key.source()),
                  did_you_mean(keys, key.str()));
    if (auto ok = set(settings, key.str(), node, file); !ok) return tl::unexpected(ok.error());
  }
  return settings;
}

Result<Settings> read_settings(const std::optional<fs::path>& chosen, const Environment& environment) {
  fs::path file;
  std::error_code error;
  if (chosen) {
    file = *chosen;
    if (!fs::exists(file, error))
      return fail(ErrorCode::bad_data, "the settings file does not exist", file.string(),
                  "check the path given with --config");
  } else {
    const auto config = environment("XDG_CONFIG_HOME");
    const auto home = environment("HOME");
    // XDG Base Directory Specification: a relative path is invalid and ignored.
    if (config && fs::path(*config).is_absolute())
      file = fs::path(*config) / "sekisho" / "sekisho.toml";
    else if (home && !home->empty())
      file = fs::path(*home) / ".config" / "sekisho" / "sekisho.toml";
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

std::string toml_version() { return fmt::format("{}.{}.{}", TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH); }

}  // namespace sekisho::engine
