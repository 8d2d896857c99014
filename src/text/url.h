// The place a browser would really open (WHATWG URL Standard), and URLs found in plain text however they are mangled.
// Called by `message` for links and by `knowledge` for lists. IDNA by ICU; parsing after the WHATWG state machine is
// ours because no packaged library does it. Nothing is ever fetched or looked up. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace sekisho::text {

struct Url {
  std::string scheme;              ///< lower case, without ':'
  std::string username, password;  ///< percent-encoded as serialised
  std::string host;          ///< serialised: ASCII lower case / punycode / "192.0.2.1" / "[2001:db8::1]"; "" if none
  std::string host_unicode;  ///< host for display, IDNA ToUnicode; equals host for ASCII
  std::optional<std::uint16_t> port;  ///< only when not the scheme's default
  std::string path;                   ///< serialised, opaque paths included
  std::optional<std::string> query, fragment;
  bool has_authority = false;  ///< "//" stands before the host, even an empty one (WHATWG: host is not null)
  bool opaque_path = false;    ///< "mailto:x", "data:…": the path has no segments and no host
  bool is_ip = false;          ///< IPv4 (in any of its spellings) or IPv6

  // What was strange about the way it was written (each is a fact for `facts`). percent_host, fullwidth and
  // ideographic_dot are about the host alone; odd_ip: an IPv4 address not written as it is serialised;
  // missing_slashes: fewer or more than two after http(s):, ws(s): or ftp:.
  struct Tricks {
    bool userinfo = false, backslash = false, tab_or_newline = false, fullwidth = false, percent_host = false,
         odd_ip = false, missing_slashes = false, leading_trailing_space = false, ideographic_dot = false;
  } tricks;

  std::string href() const;  ///< serialised
  bool is_web() const { return scheme == "http" || scheme == "https"; }
};

/// Parses as a browser does; nullopt is a WHATWG "failure". `input` beyond limits::url_bytes is a failure.
std::optional<Url> parse_url(std::string_view input, const Url* base = nullptr);

struct FoundUrl {
  Span span;  ///< in the text searched, as written
  std::string
      url;  ///< what a person would end up opening, refanged: https scheme added for bare www./host, hxxp → http
  bool mangled = false;  ///< written so that it is not a URL to software: hxxp, [.], full-width, spaces around dots
  bool bare = false;     ///< host without scheme
};

/// URLs in plain text (mail body, SMS, a pasted message), cut where Japanese text, closing punctuation or a bracket
/// that was opened outside begins. With a scheme (http, https, hxxp, h**p, ttp; half or full width; "[:]", "[//]") any
/// host that a browser opens; without, a host under a real top-level domain that starts with "www.", has a path, or is
/// written with "[.]", "(dot)" or an ideographic dot. E-mail addresses are not URLs. Linear; at most limits::links.
std::vector<FoundUrl> find_urls(std::string_view utf8);

}  // namespace sekisho::text
