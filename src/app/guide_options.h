// The options of `sekisho guide`, `contacts` and `carriers` as a value: options.cc hands their part of the command line
// here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/dates.h"
#include "care/registers.h"

namespace CLI {
class App;
}

namespace sekisho::app {

struct GuideOptions {
  std::vector<std::string> words;  ///< "log TEXT…", "check-in", or nothing
  std::optional<std::string> answers, from_check, from_scan, describe, draft, handout;
  std::vector<std::string> fill;  ///< NAME=VALUE for the slots of a draft
  bool forget = false, unmask = false, drafts = false;
  bool paper = false;  ///< a draft as a page to print
  std::optional<care::Register> speech;
  std::optional<care::Day> today;
  std::string place;  ///< contacts: a prefecture; carriers: a carrier
};

/// As typed, before their words are checked.
struct TypedGuideOptions {
  std::optional<std::string> speech, today;
};

void add_guide_options(CLI::App& guide, GuideOptions& options, TypedGuideOptions& typed);
void add_desk_options(CLI::App& command, GuideOptions& options, TypedGuideOptions& typed);
Result<void> fill_in(GuideOptions& options, const TypedGuideOptions& typed);

}  // namespace sekisho::app
