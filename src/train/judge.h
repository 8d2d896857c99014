// Labelled messages through the engine on several threads, and what came out, in their order. Called by `app`
// (evaluate) and by the trainer. The caller's thread reads and receives; memory does not grow with the mail.
#pragma once

#include <functional>
#include <string>

#include "train/labelled.h"

namespace sekisho::train {

/// One message and what came of it.
struct Judged {
  std::uint32_t source = 0;  ///< index into Labelled::sources
  std::string name;          ///< of the message, for lists of misses
  std::size_t bytes = 0;
  Result<engine::Report> report = fail(ErrorCode::internal, "was not examined");
};

/// Calls `on_judged` on this thread for every message that could be read, in order. `jobs` ≥ 1.
void judge_all(const engine::Engine& engine, const Labelled& labelled, unsigned jobs,
               const std::function<void(Judged)>& on_judged,
               const std::function<void(const std::string& name, const Error& error)>& on_unreadable);

}  // namespace sekisho::train
