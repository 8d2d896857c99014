// The dates of a plan as a calendar file (RFC 5545) that any telephone opens: one day-long entry for each step with a
// deadline and one for the next check, with a reminder the day before. Called by the server; pure, "today" is handed
// in.
#pragma once

#include <string>

#include "care/care.h"
#include "care/plan.h"

namespace sekisho::report {

/// CRLF lines of at most 75 octets. The same plan on the same day gives the same file and the same ids, so that a
/// second import replaces the first.
std::string calendar_file(const care::Plan& plan, care::Day today);

}  // namespace sekisho::report
