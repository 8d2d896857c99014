#include "app/scan_options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/one_of.h"

namespace sekisho::app {

void add_scan_options(CLI::App& scan, ScanCommand& options, TypedScanOptions& typed) {
  scan.add_option("--profile", typed.profile);
  scan.add_flag("--no-profile", options.no_profile);
  scan.add_flag("--fresh", options.fresh);
  scan.add_flag("--keep-nothing", options.keep_nothing);
}

void add_index_options(CLI::App& index, ScanCommand& options) { index.add_option("action", options.action); }

Result<void> fill_in(ScanCommand& options, const TypedScanOptions& typed) {
  if (typed.profile) options.profile = *typed.profile;
  if (options.action.empty()) options.action = "show";
  return one_of("index", options.action, {"show", "drop"});
}

}  // namespace sekisho::app
