// A request's head in two pieces: where it breaks must not matter, and what is taken has one length and no folded line.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "base/limits.h"
#include "serve/wire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho::serve;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t whole = 0, pieces = 0;
  const Scan at_once = scan_head(bytes, whole);
  Scan in_two = scan_head(bytes.substr(0, bytes.size() * data[0] / 256), pieces);
  if (in_two.found == Scan::Found::more) in_two = scan_head(bytes, pieces);
  if (in_two.found != at_once.found || in_two.end != at_once.end) std::abort();
  if (at_once.found != Scan::Found::end) return 0;
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(sekisho::limits::http_header_bytes + 1));
  parser.body_limit(boost::none);
  boost::system::error_code error;
  const std::size_t taken = parser.put(boost::asio::buffer(bytes.data(), at_once.end), error);
  if (error == boost::beast::http::error::need_more) error = {};
  if (error || taken != at_once.end || !parser.is_header_done()) return 0;
  const auto framing = framing_of(parser);
  if (framing && framing->chunked && framing->length) std::abort();
  (void)head_of(parser);
  return 0;
}
