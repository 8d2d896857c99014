#include "app/rules_options.h"

#include <CLI/CLI.hpp>

namespace sekisho::app {

void add_rules_options(CLI::App& command, RulesOptions& options) {
  command.add_option("words", options.words)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  command.add_option("--from", options.from)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--keep", options.keep)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--carrier", options.carrier);
  command.add_option("--scan", options.scan);
  command.add_option("--format", options.format);
  command.add_option("--list", options.list);
  command.add_option("--note", options.note);
  command.add_option("--folder", options.folder);
  command.add_flag("--yes", options.yes);
}

void add_filter_options(CLI::App& command, FilterOptions& options) {
  command.add_option("--rules", options.rules);
  command.add_option("--output", options.output);
}

}  // namespace sekisho::app
