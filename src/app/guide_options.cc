#include "app/guide_options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/one_of.h"

namespace sekisho::app {

void add_desk_options(CLI::App& command, GuideOptions& options, TypedGuideOptions& typed) {
  command.add_option("place", options.place);
  command.add_option("--register", typed.speech);
}

void add_guide_options(CLI::App& guide, GuideOptions& options, TypedGuideOptions& typed) {
  guide.add_option("words", options.words)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  guide.add_option("--register", typed.speech);
  guide.add_option("--today", typed.today);
  guide.add_option("--answers", options.answers);
  guide.add_option("--from-check", options.from_check);
  guide.add_option("--from-scan", options.from_scan);
  guide.add_option("--describe", options.describe);
  guide.add_option("--draft", options.draft);
  guide.add_flag("--drafts", options.drafts);
  guide.add_option("--fill", options.fill)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->expected(1);
  guide.add_flag("--unmask", options.unmask);
  guide.add_flag("--paper", options.paper);
  guide.add_option("--handout", options.handout);
  guide.add_flag("--forget", options.forget);
}

Result<void> fill_in(GuideOptions& options, const TypedGuideOptions& typed) {
  if (typed.speech) {
    options.speech = care::find_register(*typed.speech);
    if (!options.speech) return not_one_of("--register", *typed.speech, {"ja", "ja-plain", "en"});
  }
  if (typed.today) {
    options.today = care::find_day(*typed.today);
    if (!options.today)
      return fail(ErrorCode::usage, fmt::format("--today cannot be '{}'", *typed.today), {}, "a day as 2026-11-23");
  }
  return {};
}

}  // namespace sekisho::app
