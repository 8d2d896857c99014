// One outcome as the JSON object of docs/formats/check.md ("sekisho.check/1"). Exact: nothing is defused, nothing is
// cut.
#pragma once

#include <string>

#include "report/outcome.h"
#include "report/voice.h"

namespace sekisho::report {

/// One line with its line feed.
std::string check_json(const Outcome& outcome, const engine::Engine& engine, const Voice& voice,
                       const Versions& versions);

}  // namespace sekisho::report
