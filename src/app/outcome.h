// What came of one input: a report, or why there is none. Plain value.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "engine/engine.h"

namespace sekisho::app {

struct Outcome {
  std::string input;        ///< path, or "-"
  std::uint64_t index = 0;  ///< position inside `input`
  Result<engine::Report> report = fail(ErrorCode::internal, "was not examined");
};

/// "program", "knowledge", "model" of a verdict.
struct Versions {
  std::string program, knowledge, model;
};
Versions versions_of(const engine::Engine& engine);

/// Exit codes: docs/formats/check.md.
namespace exit_code {
inline constexpr int nothing_found = 0, scam = 10, cannot_tell = 11, usage = 64, not_mail = 65, unreadable = 66,
                     internal = 70, bad_data = 78;
}
int exit_code_of(ErrorCode code);
/// Of two exit codes the one that the program ends with.
int worse(int a, int b);

}  // namespace sekisho::app
