// The options of `sekisho me` as a value: options.cc hands their part of the command line here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/profile.h"
#include "base/result.h"

namespace CLI {
class App;
}

namespace sekisho::app {

struct MeCommand {
  enum class Action : std::uint8_t { none, show, edit, set, import, export_it, erase } action = Action::none;
  std::optional<Field> field;       ///< of set
  std::vector<std::string> values;  ///< of set: as typed; none: asked for. Of import: the file
  std::vector<std::string> typed;   ///< the words as they stand on the command line
};

void add_me_options(CLI::App& me, MeCommand& options);
/// Checks the words. Error usage: what was wrong, and the nearest word.
Result<void> fill_in(MeCommand& options);

}  // namespace sekisho::app
