// The options of `sekisho train` as a value: options.cc hands its part of the command line here.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace CLI {
class App;
}

namespace sekisho::app {

struct TrainCommand {
  std::filesystem::path output;                ///< required
  std::optional<std::filesystem::path> about;  ///< head of the model card
  std::optional<std::filesystem::path> work;   ///< default: beside the output
  std::string name = "own";
  std::size_t most = 20'000;  ///< messages of one corpus and label
  bool keep_cards = false;
};

/// As typed.
struct TypedTrainOptions {
  std::optional<std::string> output, about, work, most;
};

void add_train_options(CLI::App& train, TrainCommand& options, TypedTrainOptions& typed);
Result<void> fill_in(TrainCommand& options, const TypedTrainOptions& typed);

}  // namespace sekisho::app
