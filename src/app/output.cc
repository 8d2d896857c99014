#include <unistd.h>
#include <cstdio>

#include "app/commands.h"

namespace sekisho::app {

Paint paint_for(engine::Color color) {
  if (color != engine::Color::automatic) return Paint(color == engine::Color::always);
  const auto no_color = environment_variable("NO_COLOR");
  const auto terminal = environment_variable("TERM");
  return Paint(isatty(STDOUT_FILENO) == 1 && (!no_color || no_color->empty()) && terminal && *terminal != "dumb");
}

engine::AutomatonCache automaton_cache(const engine::Settings& settings, const Voice& voice) {
  const auto folder = settings.state.value.empty() ? std::filesystem::path() : settings.state.value / "automata";
  return engine::AutomatonCache(folder, [&voice] {
    if (isatty(STDERR_FILENO) == 1) std::fputs((voice.say("app.compiling") + '\n').c_str(), stderr);
  });
}

int complain(const Voice& voice, const Error& error) {
  std::fputs(voice.complaint(error).c_str(), stderr);
  return exit_code_of(error.code);
}

int print(const Session& session, std::string_view text, int exit_code) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (output_arrived()) return exit_code;
  return complain(session, {ErrorCode::internal, "standard output could not be written", {}, {}});
}

bool shows_progress() {
  const auto terminal = environment_variable("TERM");
  return isatty(STDERR_FILENO) == 1 && terminal && *terminal != "dumb";
}

bool output_arrived() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

}  // namespace sekisho::app
