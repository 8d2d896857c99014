#include "text/url.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.h"
#include "text/url_encode.h"
#include "text/url_host.h"

namespace sekisho::text {
namespace {

using namespace url_internal;

struct SpecialScheme {
  std::string_view name;
  int port;
};
constexpr std::array<SpecialScheme, 6> special_schemes{
    {{"https", 443}, {"http", 80}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", -1}}};

const SpecialScheme* special(std::string_view scheme) {
  for (const SpecialScheme& s : special_schemes)
    if (s.name == scheme) return &s;
  return nullptr;
}

bool is_drive_letter(std::string_view s) { return s.size() == 2 && is_alpha(s[0]) && (s[1] == ':' || s[1] == '|'); }

bool starts_with_drive_letter(std::string_view s) {
  return s.size() >= 2 && is_drive_letter(s.substr(0, 2)) &&
         (s.size() == 2 || s[2] == '/' || s[2] == '\\' || s[2] == '?' || s[2] == '#');
}

/// "/C:" of "/C:/dir"; "" when the first segment is no normalised drive letter.
std::string_view leading_drive(std::string_view path) {
  if (path.size() >= 3 && path[0] == '/' && is_alpha(path[1]) && path[2] == ':' && (path.size() == 3 || path[3] == '/'))
    return path.substr(0, 3);
  return {};
}

/// 1 for "." and 2 for "..", with %2e for a dot; 0 for anything else.
int dot_segment(std::string_view s) {
  int dots = 0;
  while (!s.empty()) {
    if (s[0] == '.') {
      s.remove_prefix(1);
    } else if (s.size() >= 3 && s[0] == '%' && s[1] == '2' && lower(s[2]) == 'e') {
      s.remove_prefix(3);
    } else {
      return 0;
    }
    if (++dots > 2) return 0;
  }
  return dots;
}

std::string valid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  const auto length = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t i = 0; i < length;) {
    const std::int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(bytes.data(), i, length, c);
    if (c < 0) {
      out += "\uFFFD";
    } else {
      out.append(bytes.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
    }
  }
  return out;
}

// The basic URL parser (4.4). One pass: each function eats what belongs to its state from `rest` and returns false for
// failure. `path` is kept serialised; a segment is appended as "/segment".
class Parser {
 public:
  Parser(std::string_view input, const Url* base) : rest_(input), base_(base) {}

  std::optional<Url> parse() {
    if (!from_scheme()) return std::nullopt;
    return std::move(url_);
  }

  Url url_;

 private:
  bool at_end() const { return rest_.empty(); }
  bool at(char c) const { return !rest_.empty() && rest_[0] == c; }
  bool is_special() const { return special_ != nullptr; }
  bool at_slash() const { return at('/') || (is_special() && at('\\')); }
  void eat_slash() {
    if (at('\\')) url_.tricks.backslash = true;
    rest_.remove_prefix(1);
  }
  void set_scheme(std::string scheme) {
    url_.scheme = std::move(scheme);
    special_ = special(url_.scheme);
  }

  bool from_scheme() {
    std::size_t end = 0;
    if (!rest_.empty() && is_alpha(rest_[0])) {
      while (end < rest_.size() && (is_alpha(rest_[end]) || is_digit(rest_[end]) || rest_[end] == '+' ||
                                    rest_[end] == '-' || rest_[end] == '.'))
        ++end;
    }
    if (end == 0 || end == rest_.size() || rest_[end] != ':') return from_no_scheme();
    std::string scheme(rest_.substr(0, end));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(), lower);
    set_scheme(std::move(scheme));
    rest_.remove_prefix(end + 1);
    if (url_.scheme == "file") return from_file();
    if (is_special()) {
      if (base_ != nullptr && base_->scheme == url_.scheme && !rest_.starts_with("//")) return from_relative();
      return from_special_slashes();
    }
    if (at('/')) {
      rest_.remove_prefix(1);
      if (!at('/')) return from_path();
      rest_.remove_prefix(1);
      return from_authority();
    }
    return from_opaque_path();
  }

  bool from_no_scheme() {
    if (base_ == nullptr || (base_->opaque_path && !at('#'))) return false;
    set_scheme(base_->scheme);
    if (base_->opaque_path) {
      url_.path = base_->path;
      url_.opaque_path = true;
      url_.query = base_->query;
      return from_fragment();
    }
    return url_.scheme == "file" ? from_file() : from_relative();
  }

  void copy_authority() {
    url_.username = base_->username;
    url_.password = base_->password;
    url_.host = base_->host;
    url_.host_unicode = base_->host_unicode;
    url_.has_authority = base_->has_authority;
    url_.port = base_->port;
    url_.is_ip = base_->is_ip;
  }

  bool from_relative() {
    if (at_slash()) {
      eat_slash();
      if (at_slash()) {
        eat_slash();
        return is_special() ? from_authority_after_slashes() : from_authority();
      }
      copy_authority();
      return from_path();
    }
    copy_authority();
    url_.path = base_->path;
    if (at('?')) return from_query();
    url_.query = base_->query;
    if (at('#')) return from_fragment();
    if (at_end()) return true;
    url_.query.reset();
    shorten_path();
    return from_path();
  }

  bool from_special_slashes() {
    std::size_t slashes = 0;
    for (; at_slash(); ++slashes) eat_slash();
    url_.tricks.missing_slashes = slashes != 2;
    return from_authority();
  }

  bool from_authority_after_slashes() {
    while (at_slash()) eat_slash();
    return from_authority();
  }

  bool from_authority() {
    const std::size_t end = std::min(rest_.find_first_of(is_special() ? "/?#\\" : "/?#"), rest_.size());
    std::string_view authority = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (const std::size_t sign = authority.rfind('@'); sign != std::string_view::npos) {
      const std::string_view userinfo = authority.substr(0, sign);
      const std::size_t colon = std::min(userinfo.find(':'), userinfo.size());
      append_encoded(url_.username, userinfo.substr(0, colon), in_userinfo_set);
      if (colon < userinfo.size()) append_encoded(url_.password, userinfo.substr(colon + 1), in_userinfo_set);
      authority.remove_prefix(sign + 1);
      url_.tricks.userinfo = true;
      if (authority.empty()) return false;
    }
    bool in_brackets = false;
    std::size_t host_end = 0;
    for (; host_end < authority.size(); ++host_end) {
      const char c = authority[host_end];
      if (c == ':' && !in_brackets) break;
      if (c == '[') in_brackets = true;
      if (c == ']') in_brackets = false;
    }
    const bool has_port = host_end < authority.size();
    if (host_end == 0 && (has_port || is_special())) return false;
    if (!set_host(authority.substr(0, host_end))) return false;
    if (has_port && !set_port(authority.substr(host_end + 1))) return false;
    return from_path_start();
  }

  bool set_host(std::string_view raw) {
    url_.has_authority = true;
    if (raw.empty()) return true;
    auto host = parse_host(raw, is_special() ? HostRules::domain : HostRules::opaque);
    if (!host) return false;
    url_.host = std::move(host->ascii);
    url_.host_unicode = std::move(host->unicode);
    url_.is_ip = host->is_ip;
    url_.tricks.odd_ip = host->odd_ip;
    url_.tricks.percent_host = host->percent;
    url_.tricks.fullwidth = host->fullwidth;
    url_.tricks.ideographic_dot = host->ideographic_dot;
    return true;
  }

  bool set_port(std::string_view digits) {
    unsigned port = 0;
    for (const char c : digits) {
      if (!is_digit(c)) return false;
      port = port * 10 + static_cast<unsigned>(c - '0');
      if (port > 65535) return false;
    }
    if (!digits.empty() && !(is_special() && special_->port == static_cast<int>(port)))
      url_.port = static_cast<std::uint16_t>(port);
    return true;
  }

  bool from_file() {
    url_.has_authority = true;
    const bool file_base = base_ != nullptr && base_->scheme == "file";
    if (at_slash()) {
      eat_slash();
      if (at_slash()) {
        eat_slash();
        return from_file_host();
      }
      if (file_base) {
        url_.host = base_->host;
        url_.host_unicode = base_->host_unicode;
        url_.is_ip = base_->is_ip;
        if (!starts_with_drive_letter(rest_)) url_.path = leading_drive(base_->path);
      }
      return from_path();
    }
    if (!file_base) return from_path();
    url_.host = base_->host;
    url_.host_unicode = base_->host_unicode;
    url_.is_ip = base_->is_ip;
    url_.path = base_->path;
    if (at('?')) return from_query();
    url_.query = base_->query;
    if (at('#')) return from_fragment();
    if (at_end()) return true;
    url_.query.reset();
    if (starts_with_drive_letter(rest_)) {
      url_.path.clear();
    } else {
      shorten_path();
    }
    return from_path();
  }

  bool from_file_host() {
    const std::size_t end = std::min(rest_.find_first_of("/\\?#"), rest_.size());
    const std::string_view raw = rest_.substr(0, end);
    if (is_drive_letter(raw)) return from_path();
    rest_.remove_prefix(end);
    if (!set_host(raw)) return false;
    if (url_.host == "localhost") {
      url_.host.clear();
      url_.host_unicode.clear();
    }
    return from_path_start();
  }

  bool from_path_start() {
    if (is_special()) {
      if (at_slash()) eat_slash();
      return from_path();
    }
    if (at_end()) return true;
    if (at('?')) return from_query();
    if (at('#')) return from_fragment();
    if (at('/')) rest_.remove_prefix(1);
    return from_path();
  }

  void shorten_path() {
    if (url_.scheme == "file" && url_.path.size() == 3 && !leading_drive(url_.path).empty()) return;
    const std::size_t slash = url_.path.rfind('/');
    if (slash != std::string::npos) url_.path.resize(slash);
  }

  bool from_path() {
    const std::string_view ends = is_special() ? "/?#\\" : "/?#";
    for (bool more = true; more;) {
      const std::size_t end = std::min(rest_.find_first_of(ends), rest_.size());
      const std::string_view segment = rest_.substr(0, end);
      rest_.remove_prefix(end);
      more = at_slash();
      if (more) eat_slash();
      const int dots = dot_segment(segment);
      if (dots == 2) shorten_path();
      if (dots > 0) {
        if (!more) url_.path += '/';
        continue;
      }
      const bool drive = url_.scheme == "file" && url_.path.empty() && is_drive_letter(segment);
      url_.path += '/';
      if (drive) {
        url_.path += segment[0];
        url_.path += ':';
      } else {
        append_encoded(url_.path, segment, in_path_set);
      }
    }
    return after_path();
  }

  bool after_path() {
    if (at('?')) return from_query();
    if (at('#')) return from_fragment();
    return true;
  }

  bool from_opaque_path() {
    url_.opaque_path = true;
    const std::size_t end = std::min(rest_.find_first_of("?#"), rest_.size());
    append_encoded(url_.path, rest_.substr(0, end), in_c0_set);
    // A space before the end of an opaque path would be lost when what follows is taken away: it is encoded.
    if (end < rest_.size() && url_.path.ends_with(' ')) url_.path.replace(url_.path.size() - 1, 1, "%20");
    rest_.remove_prefix(end);
    return after_path();
  }

  bool from_query() {
    rest_.remove_prefix(1);
    const std::size_t end = std::min(rest_.find('#'), rest_.size());
    append_encoded(url_.query.emplace(), rest_.substr(0, end), is_special() ? in_special_query_set : in_query_set);
    rest_.remove_prefix(end);
    return at_end() || from_fragment();
  }

  bool from_fragment() {
    rest_.remove_prefix(1);
    append_encoded(url_.fragment.emplace(), rest_, in_fragment_set);
    return true;
  }

  std::string_view rest_;
  const Url* base_;
  const SpecialScheme* special_ = nullptr;
};

// Nearly every link of a mail is "https://", a plain lower-case host, and a path with nothing to encode: the parts are
// then what is written. Anything else returns nullopt and goes the long way.
std::optional<Url> parse_plain(std::string_view input) {
  std::size_t scheme_end = 0;
  if (input.starts_with("https://")) {
    scheme_end = 5;
  } else if (input.starts_with("http://")) {
    scheme_end = 4;
  } else {
    return std::nullopt;
  }
  const std::size_t host_start = scheme_end + 3;
  std::size_t at = host_start, last_label = host_start;
  for (; at < input.size() && is(input[at], plain_host); ++at) {
    if (input[at] == '.') last_label = at + 1;
    if (input[at] == 'x' && input.substr(at, 4) == "xn--") return std::nullopt;
  }
  if (last_label >= at || is_digit(input[last_label]) || (at < input.size() && input[at] != '/')) return std::nullopt;
  const std::size_t host_end = at;
  for (; at < input.size() && !is(input[at], in_path_set) && input[at] != '\\'; ++at) {
    if (input[at] == '/' && at + 1 < input.size() && (input[at + 1] == '.' || input[at + 1] == '%'))
      return std::nullopt;
  }
  const std::size_t path_end = at;
  std::size_t query_end = path_end;
  if (at < input.size() && input[at] == '?') {
    for (++at; at < input.size() && !is(input[at], in_special_query_set); ++at) {
    }
    query_end = at;
  }
  if (at < input.size() && input[at] == '#') {
    for (++at; at < input.size() && !is(input[at], in_fragment_set); ++at) {
    }
  }
  if (at != input.size()) return std::nullopt;

  std::optional<Url> url(std::in_place);
  url->scheme = input.substr(0, scheme_end);
  url->host = input.substr(host_start, host_end - host_start);
  url->host_unicode = url->host;
  url->has_authority = true;
  url->path = host_end == path_end ? std::string_view("/") : input.substr(host_end, path_end - host_end);
  if (query_end > path_end) url->query.emplace(input.substr(path_end + 1, query_end - path_end - 1));
  if (query_end < input.size()) url->fragment.emplace(input.substr(query_end + 1));
  return url;
}

bool is_space_or_control(char c) { return static_cast<unsigned char>(c) <= 0x20; }

}  // namespace

std::optional<Url> parse_url(std::string_view input, const Url* base) {
  if (input.size() > limits::url_bytes) return std::nullopt;
  if (auto plain = parse_plain(input)) return plain;

  std::string_view trimmed = input;
  while (!trimmed.empty() && is_space_or_control(trimmed.front())) trimmed.remove_prefix(1);
  while (!trimmed.empty() && is_space_or_control(trimmed.back())) trimmed.remove_suffix(1);

  std::string cleaned;
  const bool has_breaks = trimmed.find_first_of("\t\n\r") != std::string_view::npos;
  if (std::any_of(trimmed.begin(), trimmed.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    cleaned = valid_utf8(trimmed);
  } else if (has_breaks) {
    cleaned = trimmed;
  } else {
    cleaned.clear();
  }
  if (has_breaks) std::erase_if(cleaned, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });

  auto url = Parser(cleaned.empty() ? trimmed : std::string_view(cleaned), base).parse();
  if (!url) return std::nullopt;
  url->tricks.tab_or_newline = has_breaks;
  url->tricks.leading_trailing_space = trimmed.size() != input.size();
  return url;
}

std::string Url::href() const {
  std::string out;
  out.reserve(scheme.size() + host.size() + path.size() + username.size() + password.size() +
              (query ? query->size() : 0) + (fragment ? fragment->size() : 0) + 16);
  out += scheme;
  out += ':';
  if (has_authority) {
    out += "//";
    if (!username.empty() || !password.empty()) {
      out += username;
      if (!password.empty()) {
        out += ':';
        out += password;
      }
      out += '@';
    }
    out += host;
    if (port) {
      out += ':';
      out += std::to_string(*port);
    }
  } else if (!opaque_path && path.starts_with("//")) {
    out += "/.";  // so that it does not read back as an authority
  }
  out += path;
  if (query) {
    out += '?';
    out += *query;
  }
  if (fragment) {
    out += '#';
    out += *fragment;
  }
  return out;
}

}  // namespace sekisho::text
