// The options of `sekisho evaluate` as a value: options.cc hands its part of the command line here.
#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"

namespace CLI {
class App;
}

namespace sekisho::app {

struct EvaluateCommand {
  std::optional<std::filesystem::path> picture;  ///< where the SVG goes
  bool misses = false;                           ///< names what was not answered as labelled
};

/// As typed.
struct TypedEvaluateOptions {
  std::optional<std::string> picture;
};

void add_evaluate_options(CLI::App& evaluate, EvaluateCommand& options, TypedEvaluateOptions& typed);
Result<void> fill_in(EvaluateCommand& options, const TypedEvaluateOptions& typed);

}  // namespace sekisho::app
