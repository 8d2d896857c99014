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

bool output_arrived() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

}  // namespace sekisho::app
