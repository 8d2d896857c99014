// A scan report (`sekisho scan --format json`) as `sekisho rules` needs it: which message is scam and of which
// campaign. The file comes from outside: any JSON gives a value or a clear refusal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace sekisho::app {

struct ReportedMessage {
  enum class Standing : std::uint8_t { wanted, unknown, scam } standing = Standing::wanted;
  std::string campaign;  ///< "" when it belongs to none
};

/// Where a message stands in a mailbox that is read again.
struct MessagePlace {
  std::string input;           ///< its file
  std::uint64_t index = 0;     ///< position in that file
  std::uint64_t position = 0;  ///< position among all messages read
};

struct ScanReport {
  /// By file name and position in it ("in.mbox#12") where the report says them, else by the position in the mailbox as
  /// text, the X-UIDL value or the Message-ID, whichever the report uses.
  std::unordered_map<std::string, ReportedMessage> messages;
  std::vector<std::string> campaigns;  ///< in the order of the report

  /// What the report says of a message; one that it leaves out is wanted.
  ReportedMessage find(const MessagePlace& place, std::string_view uidl, std::string_view message_id) const;
};

/// "in.mbox#12": the last part of the path, so that a mailbox may have moved since the scan.
std::string place_key(std::string_view input, std::uint64_t index);

Result<ScanReport> parse_scan_report(std::string_view json, const std::string& where);

/// A scan report of a million messages is about so large.
inline constexpr std::size_t report_bytes = std::size_t{1} << 30U;

/// Reads a file, or standard input for "-". Error unreadable, or bad_data when it is larger than `most` bytes.
Result<std::string> read_whole(const std::string& path, std::size_t most);

}  // namespace sekisho::app
