// Where a link really leads when it is wrapped in somebody else's address: redirectors, translation and AMP mirrors,
// click trackers, link scanners of mail gateways, shorteners. Called by `message` and `facts`. Which hosts wrap is data
// (knowledge/url_wrappers.yaml); only how an address is hidden inside another is code. Nothing is fetched. Pure; safe
// from any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/url.h"

namespace sekisho::text {

struct UrlWrapper {
  /// What the wrapper is for. form, storage and shortener say "whoever made this is not the owner of the host".
  enum class Kind { redirector, translate, amp, tracker, safelinks, form, storage, shortener };
  /// How the inner address is written. Every one but `opaque` and `translate_goog_host` takes an http(s) address only.
  enum class Decode {
    percent,              ///< the query parameter, percent-decoded
    base64url,            ///< the query parameter, base64 or base64url
    base64url_after_two,  ///< the same behind two marker characters ("a1aHR0c…")
    translate_goog_host,  ///< the label before the wrapper's host: '-' is '.', '--' is '-'; _x_tr_* parameters are
                          ///< dropped
    amp_path,             ///< behind path_prefix: "s/host/path" is https, "host/path" is http
    path_url,       ///< the first "http:" or "https:" behind path_prefix, percent-encoded up to the next '/' or plain
    urldefense_v2,  ///< the query parameter with '-' for '%' and '_' for '/'
    urldefense_v3,  ///< behind path_prefix: "__address__;replaced characters in base64!!…"
    opaque          ///< the address does not tell
  };
  std::string host;         ///< lower-case ASCII; matches itself and what is below it
  std::string path_prefix;  ///< "" matches any path
  std::string parameter;    ///< name of the query parameter, or ""
  Kind kind = Kind::redirector;
  Decode decode = Decode::percent;
};

/// The words of the data file; nullopt for an unknown one.
std::optional<UrlWrapper::Kind> wrapper_kind(std::string_view word);
std::optional<UrlWrapper::Decode> wrapper_decode(std::string_view word);
std::string_view to_word(UrlWrapper::Kind kind);

struct Unwrapped {
  struct Place {
    Url url;
    /// What led here; nullopt for the first place, the link itself.
    std::optional<UrlWrapper::Kind> through;
    /// False when this place, or one before it, is only guessed: a parameter of an unknown host that holds an address
    /// of another organisation. It may be followed (an open redirect) or merely carried (a share button).
    bool certain = true;
  };
  std::vector<Place> chain;  ///< first the link itself; never empty; at most 1 + limits::url_unwrap_depth
  /// Set when the last place is itself a wrapper that does not tell where it leads (a shortener, a form, a tracker).
  std::optional<UrlWrapper::Kind> stops_at;
  bool too_deep = false;  ///< there was more to unwrap than limits::url_unwrap_depth

  /// Where a browser would end, as far as the address tells for certain.
  const Url& destination() const;
};

/// nullopt when `url` is no wrapped http(s) address. Of several wrappers that match, the first whose address can be
/// read is taken, else the first opaque one.
std::optional<Unwrapped> unwrap(const Url& url, std::span<const UrlWrapper> wrappers);

}  // namespace sekisho::text
