// A block of RFC 5322 header lines → (name, raw value) pairs, tolerant of what real mail does. Views into the caller's
// bytes. Called for the message and for every MIME part; linear, no copies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "message/message.h"

namespace sekisho::message {

struct RawHeader {
  std::string_view name;
  std::string_view folded;  ///< everything after the colon, line ends included
};

struct HeaderBlock {
  std::vector<RawHeader> headers;
  std::size_t body_at = 0;  ///< offset of the first body byte
  /// First header of that name, nullptr when absent.
  const RawHeader* find(std::string_view name) const;
};

/// Reads from the start of `bytes` to the blank line. A line that is no header ends the block there, unless the line
/// after it is a header again: text must not vanish because a blank line is missing (notes no_header_end), and one bad
/// line must not hide the headers below it (notes broken_header_line).
HeaderBlock split_headers(std::string_view bytes, Message& message);

/// RFC 5322 2.2.3 unfolding: line ends go, the white space after them stays; NULs go; trimmed; cut at
/// limits::header_bytes.
std::string unfold(std::string_view folded, Message& message);

/// The name of the header that the line starting at `line` holds, "" when it is no header line.
std::string_view header_name(std::string_view line);

}  // namespace sekisho::message
