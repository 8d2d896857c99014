// The words behind `sekisho rules` and `sekisho filter`, as values. Filled by options.cc through CLI11; what they mean
// is checked by the commands.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sekisho::app {

struct RulesOptions {
  std::vector<std::string> words;  ///< mailboxes; or add, list, remove, check, test, age and what they work on
  std::vector<std::string> from;   ///< pasted mails or addresses: files, "-", or addresses themselves
  std::vector<std::string> keep;   ///< whose mail must arrive: addresses, domains, or files of them
  std::optional<std::string> carrier, scan, format, list, note, folder;
  bool yes = false;  ///< the person has read the price
};

struct FilterOptions {
  std::optional<std::string> rules, output;
};

void add_rules_options(CLI::App& command, RulesOptions& options);
void add_filter_options(CLI::App& command, FilterOptions& options);

}  // namespace sekisho::app
