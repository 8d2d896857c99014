// The tree of MIME entities of a message, flattened in reading order. An iterative splitter of our own: GMime 3.2 takes
// 4.7 s for 4 MB of lines starting with "--" inside a thousand nested multiparts (every line is compared with every
// open boundary) and recursion up to its own limit; here each level is one search for one boundary, and
// limits::mime_depth levels are the end. GMime stays the oracle in the tests. Views into the caller's bytes.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/headers.h"
#include "message/parameters.h"
#include "message/transfer.h"

namespace sekisho::message {

struct MimeNode {
  /// `message` marks where a message begins (the mail itself, a forwarded one): its nodes follow with its depth.
  enum class Kind { message, leaf } kind = Kind::leaf;
  HeaderBlock headers;
  Parameterised type;  ///< Content-Type of a leaf; value is always "type/subtype"
  bool type_declared = false;
  Encoding encoding = Encoding::identity;
  std::string_view body;    ///< of a leaf, still transfer-encoded
  std::uint16_t depth = 0;  ///< how many message/rfc822 it is inside
  std::optional<std::uint16_t> alternative;
};

struct MimeTree {
  std::vector<MimeNode> nodes;    ///< the first is the message itself
  std::deque<std::string> owned;  ///< decoded bodies of base64 message/rfc822 and multiparts
};

MimeTree read_mime(std::string_view bytes, Message& message);

}  // namespace sekisho::message
