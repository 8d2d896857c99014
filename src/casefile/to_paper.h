// A case file → the pages of a paper (paper.h), in one of three forms and three registers. Called by `app`, which hands
// the paper to engine::render_pdf(). Everything that belongs to other people is masked here, and in the shareable form
// what is the victim's too (mask.h). Pure; safe from any thread.
#pragma once

#include "casefile/case_file.h"
#include "knowledge/snapshot.h"
#include "paper/paper.h"

namespace sekisho::casefile {

/// Always within the limits of `sekisho.paper/1`: longer texts are cut, longer lists end with how many more there are.
paper::Paper to_paper(const CaseFile& file, Form form, const knowledge::Snapshot& knowledge);

}  // namespace sekisho::casefile
