#include "app/evaluate_options.h"

#include <CLI/CLI.hpp>

namespace sekisho::app {

void add_evaluate_options(CLI::App& evaluate, EvaluateCommand& options, TypedEvaluateOptions& typed) {
  evaluate.add_option("--svg", typed.picture);
  evaluate.add_flag("--misses", options.misses);
}

Result<void> fill_in(EvaluateCommand& options, const TypedEvaluateOptions& typed) {
  if (typed.picture) options.picture = *typed.picture;
  return {};
}

}  // namespace sekisho::app
