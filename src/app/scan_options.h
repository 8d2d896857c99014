// The options of `sekisho scan` and `index` as a value: options.cc hands their part of the command line here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace CLI {
class App;
}

namespace sekisho::app {

struct ScanCommand {
  std::optional<std::filesystem::path> profile;
  bool fresh = false;         ///< read everything again
  bool keep_nothing = false;  ///< no index
  bool no_profile = false;    ///< not even what `sekisho me` keeps
  bool html = false;
  std::string action;  ///< index: "show", "drop"
};

/// As typed, before its words are checked.
struct TypedScanOptions {
  std::optional<std::string> profile;
};

void add_scan_options(CLI::App& scan, ScanCommand& options, TypedScanOptions& typed);
void add_index_options(CLI::App& index, ScanCommand& options);
Result<void> fill_in(ScanCommand& options, const TypedScanOptions& typed);

}  // namespace sekisho::app
