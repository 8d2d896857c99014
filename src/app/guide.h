// What the files of `sekisho guide` share. The command runs on one thread; everything lives as long as run_guide.
#pragma once

#include "app/commands.h"
#include "app/guide_state.h"
#include "app/guide_text.h"
#include "care/answers.h"
#include "care/care.h"

namespace sekisho::app {

struct GuideRun {
  const Session& session;
  const GuideOptions& options;
  const care::Care& care;
  care::Register speech;
  care::Day today;
  bool json;

  GuidePage page(care::Register in) const;
};

/// The interview from where `state` stands, then the plan. The exit code of the program.
int ask_and_plan(const GuideRun& run, GuideState state, const GuideStore& store);
/// "Did it stop?" and, when it did not, the next thing to try and what it costs.
int check_in(const GuideRun& run, GuideState state, const GuideStore& store);

}  // namespace sekisho::app
