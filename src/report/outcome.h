// What came of one input: a report, or why there is none. Plain value.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "engine/engine.h"

namespace sekisho::report {

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

}  // namespace sekisho::report
