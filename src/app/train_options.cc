#include "app/train_options.h"

#include <charconv>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace sekisho::app {
namespace {

/// More of one corpus and label than memory would hold (six kilobytes each).
constexpr std::size_t most_messages = 1'000'000;

}  // namespace

void add_train_options(CLI::App& train, TrainCommand& options, TypedTrainOptions& typed) {
  train.add_option("-o,--output", typed.output);
  train.add_option("--about", typed.about);
  train.add_option("--work", typed.work);
  train.add_option("--name", options.name);
  train.add_option("--most", typed.most);
  train.add_flag("--keep-cards", options.keep_cards);
}

Result<void> fill_in(TrainCommand& options, const TypedTrainOptions& typed) {
  if (typed.output) options.output = *typed.output;
  if (typed.about) options.about = *typed.about;
  if (typed.work) options.work = *typed.work;
  if (typed.most) {
    std::size_t number = 0;
    const char* end = typed.most->data() + typed.most->size();
    const auto [stopped, error] = std::from_chars(typed.most->data(), end, number);
    if (error != std::errc() || stopped != end || number == 0 || number > most_messages)
      return fail(ErrorCode::usage,
                  Said{"train.most", {{"value", *typed.most}, {"most", std::to_string(most_messages)}}},
                  fmt::format("--most cannot be '{}'", *typed.most), {},
                  fmt::format("a whole number from 1 to {}", most_messages));
    options.most = number;
  }
  return {};
}

}  // namespace sekisho::app
