// What a person may set once instead of typing it every time: sekisho.toml. Every setting remembers where it came from,
// so that `sekisho doctor` can say it. Read by `app` at start; plain values. The environment is handed in, never looked
// up.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::engine {

enum class Format : std::uint8_t { text, json };
enum class Color : std::uint8_t { automatic, always, never };
std::string_view name(Format format);
std::string_view name(Color color);
std::optional<Format> find_format(std::string_view name);
std::optional<Color> find_color(std::string_view name);

/// Worker threads that may be asked for.
inline constexpr unsigned most_jobs = 256;

/// A value and where it came from: "default", "FILE:LINE", an environment variable or an option's name.
template <class T>
struct Setting {
  T value{};
  std::string origin = "default";
};

struct Settings {
  Setting<std::string> lang;  ///< "ja", "en", or "" when nobody chose
  Setting<Format> format{Format::text};
  Setting<Color> color{Color::automatic};
  Setting<unsigned> jobs{0};                 ///< worker threads; 0: one for each processor
  Setting<std::filesystem::path> knowledge;  ///< a site's folder laid over the knowledge of the binary; empty: none
  Setting<std::filesystem::path> model;      ///< a learned model; empty: the one inside the binary; "none": none
  Setting<std::filesystem::path> state;  ///< where what is worked out is kept between runs; empty: nowhere
  std::filesystem::path file;  ///< the settings file, whether it exists or not; empty when no place is known
  bool file_read = false;
};

/// The value of `model` that means hand-set weights alone.
inline constexpr std::string_view no_model = "none";

/// Reads the text of a settings file. Error bad_data with file:line, what was expected and the nearest known name: for
/// a syntax error, an unknown key, a wrong type or a value out of range. A relative `knowledge` is taken from `file`'s
/// folder, and so is `state`.
Result<Settings> parse_settings(std::string_view toml, const std::filesystem::path& file);

/// An environment variable by name; nullopt when it is unset.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// `chosen` (option --config) must exist; without it $XDG_CONFIG_HOME/sekisho/sekisho.toml, else
/// $HOME/.config/sekisho/sekisho.toml, which may be missing. Refuses a file over limits::settings_bytes.
Result<Settings> read_settings(const std::optional<std::filesystem::path>& chosen, const Environment& environment);

/// Fills in `lang` when no file chose it: LC_ALL, LC_MESSAGES, LANG, the first that is set (POSIX 8.2); ja… gives "ja",
/// all else "en".
void choose_language(Settings& settings, const Environment& environment);

/// Fills in `state` when no file chose it: $XDG_STATE_HOME/sekisho, else $HOME/.local/state/sekisho.
void choose_state(Settings& settings, const Environment& environment);

}  // namespace sekisho::engine
