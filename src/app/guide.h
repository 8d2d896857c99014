// What the files of `sekisho guide` share. The command runs on one thread; everything lives as long as run_guide.
#pragma once

#include "app/commands.h"
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

}  // namespace sekisho::app
