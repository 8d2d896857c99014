// sekisho completion: the scripts of completions/, put into the program by the build (src/app/CMakeLists.txt).
#include <cstdio>
#include <string_view>

#include "app/commands.h"

namespace sekisho::app {
namespace {

constexpr std::string_view bash_script =
#include "app/completion_bash.inc"
    ;
constexpr std::string_view zsh_script =
#include "app/completion_zsh.inc"
    ;
constexpr std::string_view fish_script =
#include "app/completion_fish.inc"
    ;

}  // namespace

int run_completion(const Options& options) {
  const std::string_view script = options.shell == "bash"  ? bash_script
                                  : options.shell == "zsh" ? zsh_script
                                                           : fish_script;
  std::fwrite(script.data(), 1, script.size(), stdout);
  return output_arrived() ? 0 : exit_code::internal;
}

}  // namespace sekisho::app
