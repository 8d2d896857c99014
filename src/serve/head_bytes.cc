#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <boost/beast/http/status.hpp>

#include "serve/house.h"

namespace sekisho::serve {
namespace {

/// Everything from this server, nothing inline, nothing framed. A handout's own style is let in by its digest.
std::string content_security_policy(const Response& response) {
  if (!response.style_digest.empty())
    return fmt::format(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        response.style_digest);
  if (response.name != "page") return "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src "
         "'self'; "
         "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

bool has(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return true;
  return false;
}

}  // namespace

std::string head_bytes(const Response& response, std::size_t length, bool close, std::time_t now) {
  namespace http = boost::beast::http;
  const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
  std::string out = fmt::format("HTTP/1.1 {} {}\r\n", response.status, std::string_view(reason.data(), reason.size()));
  const auto field = [&](std::string_view name, std::string_view value) {
    out += fmt::format("{}: {}\r\n", name, value);
  };
  field("Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now)));
  if (response.status != 304) {
    if (length > 0) field("Content-Type", response.type);
    field("Content-Length", std::to_string(length));
  }
  for (const auto& [name, value] : response.headers) field(name, value);
  if (!has(response, "Cache-Control")) field("Cache-Control", "no-store");
  field("Content-Security-Policy", content_security_policy(response));
  field("X-Content-Type-Options", "nosniff");
  field("X-Frame-Options", "DENY");
  field("Referrer-Policy", "no-referrer");
  field("Cross-Origin-Opener-Policy", "same-origin");
  field("Cross-Origin-Resource-Policy", "same-origin");
  field("Cross-Origin-Embedder-Policy", "require-corp");
  field("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  field("X-Robots-Tag", "noindex, nofollow");
  field("Connection", close ? "close" : "keep-alive");
  return out + "\r\n";
}

}  // namespace sekisho::serve
