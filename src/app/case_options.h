// The options of `sekisho case` as a value: options.cc hands their part of the command line here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace CLI {
class App;
}

namespace sekisho::app {

struct CaseOptions {
  std::vector<std::string> words;  ///< the action and what follows it
  std::string case_id;             ///< --case
  std::optional<std::filesystem::path> cases, passphrase_file, new_passphrase_file;
  std::optional<int> passphrase_fd;
  std::string author, id, title, person, keep_until, as, with, when, note, tick, stopped, to;
  std::vector<std::string> from_guide, from_check, from_scan, drafts;
  std::string receipt, certificates, request, reply, output;
  std::string entry;  ///< erase: one entry
  bool yes = false, shareable = false, hand_over = false;
};

void add_case_options(CLI::App& command, CaseOptions& options);

}  // namespace sekisho::app
