// The command line as a value. CLI11 takes it apart; what the words mean is checked here, so that every complaint says
// what was expected and names the nearest word. Prints nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/case_options.h"
#include "app/evaluate_options.h"
#include "app/guide_options.h"
#include "app/me_options.h"
#include "app/rules_options.h"
#include "app/scan_options.h"
#include "app/serve_options.h"
#include "app/train_options.h"
#include "base/result.h"
#include "engine/engine.h"
#include "engine/settings.h"

namespace sekisho::app {

enum class Command : std::uint8_t {
  none,
  check,
  scan,
  index,
  me,
  explain,
  examples,
  rules,
  filter,
  evaluate,
  train,
  doctor,
  completion,
  guide,
  contacts,
  carriers,
  serve,
  case_file
};

struct Options {
  Command command = Command::none;
  bool help = false, version = false;
  // for every command
  std::optional<std::string> lang;
  std::optional<std::filesystem::path> knowledge, config, model, state;
  std::optional<engine::Format> format;
  std::optional<engine::Color> color;
  // check
  std::vector<std::string> paths;
  engine::ReadAs read_as = engine::ReadAs::detect;
  std::optional<unsigned> jobs;
  bool verbose = false, stats = false;
  // explain
  std::string sign;
  bool names_only = false;  ///< also of examples
  // examples
  std::vector<std::string> words;
  // scan, index
  ScanCommand scan;
  MeCommand me;
  // guide, contacts, carriers
  GuideOptions guide;
  RulesOptions rules;
  FilterOptions filter;
  EvaluateCommand evaluate;
  ServeOptions serve;
  TrainCommand train;
  CaseOptions case_file;
  // completion
  std::string shell;
};

/// Error usage: what was wrong, and as hint the nearest word or the help to read.
Result<Options> read_options(int argc, const char* const* argv);

/// --lang alone, found even in a command line with mistakes, so that the complaint speaks the right language.
std::optional<std::string> language_asked_for(int argc, const char* const* argv);

/// The settings of a run: defaults, file, environment, then `options`.
Result<engine::Settings> settings_for(const Options& options, const engine::Environment& environment);

/// The environment of this process.
std::optional<std::string> environment_variable(const char* name);

}  // namespace sekisho::app
