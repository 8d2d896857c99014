// One outcome in words, for somebody who is frightened: what it is, why (with the passage and how to check it), what to
// do. Nothing of a mail reaches the terminal but through from_mail(). Pure.
#pragma once

#include <string>

#include "app/outcome.h"
#include "app/terminal.h"
#include "app/voice.h"

namespace sekisho::app {

/// How the page looks.
struct Page {
  const engine::Engine& engine;
  const Voice& voice;
  const Versions& versions;
  Paint paint;
  int width = 80;
};

/// How much is told: the strongest three reasons, or all of them with their weights, the sum, defects and versions.
enum class Detail : std::uint8_t { short_answer, everything };

/// The whole answer for one message. `outcome.report` must hold a report.
std::string full_report(const Outcome& outcome, const Page& page, Detail detail);

/// One line for one of many messages.
std::string one_line(const Outcome& outcome, const Page& page);

/// How many there were of each answer.
struct Tally {
  std::uint64_t scam = 0, cannot_tell = 0, nothing_found = 0, failed = 0;
  std::uint64_t all() const { return scam + cannot_tell + nothing_found + failed; }
};
std::string summary(const Tally& tally, const Page& page);

}  // namespace sekisho::app
