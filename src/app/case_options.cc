#include "app/case_options.h"

#include <CLI/CLI.hpp>

namespace sekisho::app {

void add_case_options(CLI::App& command, CaseOptions& options) {
  command.add_option("words", options.words)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--case", options.case_id);
  command.add_option("--cases", options.cases);
  command.add_option("--passphrase-file", options.passphrase_file);
  command.add_option("--new-passphrase-file", options.new_passphrase_file);
  command.add_option("--passphrase-fd", options.passphrase_fd);
  command.add_option("--author", options.author);
  command.add_option("--id", options.id);
  command.add_option("--title", options.title);
  command.add_option("--person", options.person);
  command.add_option("--keep-until", options.keep_until);
  command.add_option("--as", options.as);
  command.add_option("--with", options.with);
  command.add_option("--when", options.when);
  command.add_option("--note", options.note);
  command.add_option("--tick", options.tick);
  command.add_option("--stopped", options.stopped);
  command.add_option("--to", options.to);
  const auto many = [&](const char* name, std::vector<std::string>& to) {
    command.add_option(name, to)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->expected(1);
  };
  many("--from-guide", options.from_guide);
  many("--from-check", options.from_check);
  many("--from-scan", options.from_scan);
  many("--draft", options.drafts);
  command.add_option("--receipt", options.receipt);
  command.add_option("--ca", options.certificates);
  command.add_option("--request", options.request);
  command.add_option("--reply", options.reply);
  command.add_option("--output", options.output);
  command.add_option("--entry", options.entry);
  command.add_flag("--yes", options.yes);
  command.add_flag("--shareable", options.shareable);
  command.add_flag("--hand-over", options.hand_over);
}

}  // namespace sekisho::app
