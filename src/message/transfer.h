// Content-Transfer-Encoding → bytes. Ours and not a library's because a reader must see what a lenient client shows:
// GMime drops everything after a base64 "=" in mid-stream and an unpadded tail, both used to hide text. Linear, bounded
// by `most`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "message/message.h"

namespace sekisho::message {

enum class Encoding { identity, base64, quoted_printable, uuencode };

/// From the header's value, with the misspellings of real mail ("7-bit", "8bits", "base64;"); notes an unknown one.
Encoding parse_encoding(std::string_view value, Message& message);

/// Decoded content. `view` points into the encoded bytes (identity) or into `storage`: keep both.
struct Content {
  std::string storage;
  std::string_view outside;
  bool stored = false;
  std::uint64_t size = 0;  ///< decoded size of the whole, also of what was not decoded
  bool truncated = false;  ///< there was more than `most`
  std::string_view view() const& { return stored ? std::string_view(storage) : outside; }
  std::string_view view() const&& = delete;
};

/// At most `most` decoded bytes of `encoded`.
Content decode_transfer(std::string_view encoded, Encoding encoding, std::size_t most, Message& message);

/// RFC 4648 base64, skipping what is not of the alphabet, going on after padding, keeping an unpadded tail. `bad`
/// counts the bytes that were neither alphabet, padding nor white space.
std::string decode_base64(std::string_view text, std::size_t& bad);

}  // namespace sekisho::message
