// The outcome of one input as the commands use it (report/outcome.h), and the exit code it leads to.
#pragma once

#include "report/outcome.h"

namespace sekisho::app {

using report::Outcome;
using report::Versions;
using report::versions_of;

/// Exit codes: docs/formats/check.md.
namespace exit_code {
inline constexpr int nothing_found = 0, scam = 10, cannot_tell = 11, usage = 64, not_mail = 65, unreadable = 66,
                     internal = 70, bad_data = 78;
}
int exit_code_of(ErrorCode code);
/// Of two exit codes the one that the program ends with.
int worse(int a, int b);

}  // namespace sekisho::app
