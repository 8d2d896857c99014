// What a scan found, for programs (JSON), for people on a terminal, and as one page for the family. Pure; everything
// from a mail passes the cleaning of terminal.h or is escaped.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/outcome.h"
#include "app/terminal.h"
#include "app/voice.h"
#include "engine/scan.h"

namespace sekisho::app {

struct ScanPage {
  const engine::Engine& engine;
  const Voice& voice;
  Paint paint;
  int width = 80;
  std::int32_t zone_minutes = 540;
  std::int64_t now = 0;  ///< of the report; "since", "still running"
};

/// Where output goes, piece by piece.
using Put = std::function<void(std::string_view)>;

/// docs/formats/scan.md
void scan_json(const engine::Scanned& scanned, const ScanPage& page, const Versions& versions, const Put& put);
std::string scan_text(const engine::Scanned& scanned, const ScanPage& page);
std::string scan_html(const engine::Scanned& scanned, const ScanPage& page);

/// How a message is called in a report: its number, or in a Maildir the number behind ".M" where these are unique.
std::vector<std::string> message_ids(const engine::Scanned& scanned);

}  // namespace sekisho::app
