// One outcome as the JSON object of docs/formats/check.md ("sekisho.check/1"). Exact: nothing is defused, nothing is
// cut.
#pragma once

#include <string>

#include "app/outcome.h"
#include "app/voice.h"

namespace sekisho::app {

/// One line with its line feed.
std::string json_report(const Outcome& outcome, const engine::Engine& engine, const Voice& voice,
                        const Versions& versions);

}  // namespace sekisho::app
