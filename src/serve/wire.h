// The head of a request on the wire: looked at byte by byte before a parser sees it, so that what two programs could
// read differently is refused (RFC 9112 2.2, 5.2, 6.3; request smuggling). Pure; fuzz/http_head.cc.
#pragma once

#include <optional>
#include <string_view>

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "serve/request.h"

namespace sekisho::serve {

using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

/// Where the head in `bytes` ends (behind its blank line), looking from `scanned` on, which is moved along.
struct Scan {
  enum class Found : std::uint8_t { more, end, refused, too_long } found = Found::more;
  std::size_t end = 0;
};
/// Refuses line feeds without a carriage return, NUL, folded lines; more than limits::http_header_bytes is too long.
Scan scan_head(std::string_view bytes, std::size_t& scanned);

/// What a head says about itself, once parsed.
struct Framing {
  bool keep_alive = false, expects_continue = false, chunked = false;
  std::optional<std::uint64_t> length;
};
/// nullopt when the framing could be read in two ways, or a field that must stand once stands twice: Host,
/// Content-Length, Transfer-Encoding, Origin, Authorization; both lengths; any transfer coding but chunked; one in
/// HTTP/1.0; an expectation that is none.
std::optional<Framing> framing_of(const Parser& parser);

/// The fields that answering needs, copied before the body (and its trailers) are read.
Head head_of(const Parser& parser);

}  // namespace sekisho::serve
