// A mailbox through the engine: every message examined by parallel workers, remembered as a fingerprint, and the whole
// analysed. Called by `app`. The mailbox is only read. Blocks until done; `progress` is called on the caller's thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "campaign/exposure.h"
#include "campaign/report.h"
#include "engine/engine.h"
#include "mailbox/reader.h"

namespace sekisho::engine {

struct ScanOptions {
  campaign::Profile profile;
  unsigned jobs = 1;
  std::int32_t zone_minutes = 0;               ///< of the owner's clock, where the mails do not show it
  std::optional<std::filesystem::path> state;  ///< folder of the index; none: nothing is kept
  bool fresh = false;                          ///< forget what the index knows about these mailboxes first
};

/// Where a message stands, so that it can be shown again.
struct Place {
  std::uint32_t input = 0;   ///< index into Scanned::inputs
  std::uint64_t index = 0;   ///< position inside it
  std::uint64_t offset = 0;  ///< bytes from its start
  std::uint64_t end = 0;     ///< where the next one begins; 0 when it was not read in this run
};

struct Scanned {
  campaign::MailboxReport report;
  std::vector<std::string> inputs;  ///< files, in the order read
  std::vector<Place> places;        ///< by message number
  std::vector<mailbox::Unreadable> unreadable;
  std::vector<std::string> passed_over;  ///< files in folders and archives that are no mail
  std::optional<Error> unkept;           ///< why the index could not be used or kept; the answer is whole all the same
  std::vector<std::uint32_t> broken;     ///< numbers of messages with defects
  bool had_profile = false;
  std::int32_t zone_minutes = 0;  ///< the clock that most of the mails go by
  std::uint64_t read_now = 0;     ///< messages read in this run; the others were in the index
};

using ScanProgress = std::function<void(std::uint64_t bytes, std::uint64_t messages)>;

/// Error only when nothing could be begun. A file that cannot be read is in `unreadable`; an index that cannot be used
/// is done without.
Result<Scanned> scan(const Engine& engine, const std::vector<std::string>& paths, const ScanOptions& options,
                     const ScanProgress& progress);

}  // namespace sekisho::engine
