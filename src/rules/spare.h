// Allow entries for everybody who wrote wanted mail. Rules on links and origins look at what a mail holds, and a friend
// who passes a scam on ("is this real?") holds the same; so they go together with these. Called by `app`. Pure.
#pragma once

#include <vector>

#include "rules/entry.h"
#include "rules/evidence.h"
#include "rules/ground.h"

namespace sekisho::rules {

/// One entry per domain of wanted senders where no campaign writes from and that nobody shares; elsewhere one per
/// sender. Sorted. At most limits::rule_spared; those who wrote most come first. Means what Dialects::generic() says.
std::vector<Entry> spare_wanted(const Evidence& evidence, const Ground& ground);

}  // namespace sekisho::rules
