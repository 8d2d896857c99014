// What a request asks for, taken apart: the path's segments and the query, percent-decoded, and the names that other
// header fields carry. Everything here comes from strangers. Pure; fuzz/http_target.cc. Used by the server alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::serve {

struct Target {
  std::vector<std::string> path;  ///< segments; none for "/"
  std::vector<std::pair<std::string, std::string>> query;

  /// The first value of `name`, "" without one.
  std::string_view value(std::string_view name) const;
};

/// The origin form (RFC 9112 3.2.1). nullopt for every other form, for what is longer than limits::http_target_bytes,
/// and for tricks: segments that are empty, "." or ".."; slashes, backslashes, controls or NUL behind percent signs;
/// broken percent signs; bytes that are no UTF-8. A slash at the end is a trick too.
std::optional<Target> read_target(std::string_view target);

/// `text` with %XX decoded, "+" as a space when `form`; nullopt for a broken percent sign.
enum class Plus : std::uint8_t { kept, space };
std::optional<std::string> percent_decoded(std::string_view text, Plus plus);

/// Pairs of application/x-www-form-urlencoded; nullopt when one cannot be decoded.
std::optional<std::vector<std::pair<std::string, std::string>>> read_form(std::string_view text);

/// The host of a Host field or of an origin, in small letters without its port: "127.0.0.1", "[::1]", "desk.example".
/// nullopt for what is none (userinfo, spaces, a path, a port that is no number).
std::optional<std::string> host_of(std::string_view authority);

/// A file's name as its sender gave it (percent-encoded UTF-8), made harmless: what stands behind the last slash or
/// backslash, controls, bidi and invisible letters made visible, at most limits::http_file_name_bytes. "" for none.
std::string file_name_of(std::string_view header);

}  // namespace sekisho::serve
