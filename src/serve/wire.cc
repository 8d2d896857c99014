#include "serve/wire.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "base/limits.h"

namespace sekisho::serve {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

std::string value_of(const Parser& parser, http::field name) {
  const auto value = parser.get()[name];
  return {value.data(), value.size()};
}

std::string value_of(const Parser& parser, const char* name) {
  const auto value = parser.get()[name];
  return {value.data(), value.size()};
}

}  // namespace

Scan scan_head(std::string_view bytes, std::size_t& scanned) {
  for (; scanned < bytes.size(); ++scanned) {
    if (scanned >= limits::http_header_bytes) return {Scan::Found::too_long, 0};
    const char c = bytes[scanned];
    if (c == '\0') return {Scan::Found::refused, 0};
    if (c != '\n') {
      // A line that begins with a space continues the one before it for some readers and ends the head for others.
      const bool line_start = scanned > 0 && bytes[scanned - 1] == '\n';
      if (line_start && (c == ' ' || c == '\t')) return {Scan::Found::refused, 0};
      continue;
    }
    if (scanned == 0 || bytes[scanned - 1] != '\r') return {Scan::Found::refused, 0};
    if (scanned >= 3 && bytes[scanned - 2] == '\n' && bytes[scanned - 3] == '\r')
      return {Scan::Found::end, scanned + 1};
  }
  return {};
}

std::optional<Framing> framing_of(const Parser& parser) {
  const auto& fields = parser.get();
  for (const http::field once :
       {http::field::host, http::field::content_length, http::field::transfer_encoding, http::field::origin,
        http::field::authorization, http::field::expect, http::field::content_type})
    if (fields.count(once) > 1) return std::nullopt;
  Framing out;
  out.keep_alive = parser.keep_alive();
  out.chunked = fields.count(http::field::transfer_encoding) > 0;
  if (fields.count(http::field::content_length) > 0) {
    // A list of equal lengths is allowed to be taken for one (RFC 9110 8.6); whoever sends it tries something.
    const auto written = fields[http::field::content_length];
    if (written.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    out.length = *parser.content_length();
  }
  if (out.chunked) {
    if (fields.count(http::field::content_length) > 0 || fields.version() < 11) return std::nullopt;
    if (!beast::iequals(fields[http::field::transfer_encoding], "chunked")) return std::nullopt;
  }
  if (fields.count(http::field::expect) > 0) {
    if (!beast::iequals(fields[http::field::expect], "100-continue")) return std::nullopt;
    out.expects_continue = fields.version() == 11;
  }
  return out;
}

Head head_of(const Parser& parser) {
  Head head;
  switch (parser.get().method()) {
    case http::verb::get:
      head.method = Method::get;
      break;
    case http::verb::head:
      head.method = Method::head;
      break;
    case http::verb::post:
      head.method = Method::post;
      break;
    default:
      head.method = Method::other;
  }
  const auto target = parser.get().target();
  head.target.assign(target.data(), target.size());
  head.host = value_of(parser, http::field::host);
  head.origin = value_of(parser, http::field::origin);
  head.fetch_site = value_of(parser, "Sec-Fetch-Site");
  head.authorization = value_of(parser, http::field::authorization);
  head.cookie = value_of(parser, http::field::cookie);
  head.content_type = value_of(parser, http::field::content_type);
  head.accept_encoding = value_of(parser, http::field::accept_encoding);
  head.if_none_match = value_of(parser, http::field::if_none_match);
  head.file_name = value_of(parser, "X-File-Name");
  return head;
}

}  // namespace sekisho::serve
