#include "rules/value.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "text/domain.h"
#include "text/url.h"

namespace sekisho::rules {
namespace {

/// Characters of a piece ("suffix", "contains", "prefix") below which it stands in half of all addresses.
constexpr std::size_t shortest_piece = 4;

/// Characters of a path segment below which unrelated pages share it.
constexpr std::size_t shortest_segment = 3;

/// Full-width forms (U+FF01…U+FF5E) and ideographic full stops made plain ASCII: what a Japanese keyboard writes.
std::string narrowed(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(rest[k]); };
    if (rest.starts_with("\xe3\x80\x82") || rest.starts_with("\xef\xbd\xa1")) {  // U+3002, U+FF61
      out += '.';
      i += 2;
    } else if (rest.starts_with("\xe3\x80\x80")) {  // U+3000
      out += ' ';
      i += 2;
    } else if (rest.size() >= 3 && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
      const unsigned point = 0xF000U | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
      if (point >= 0xFF01 && point <= 0xFF5E) {
        out += static_cast<char>(point - 0xFEE0);
        i += 2;
      } else {
        out += text[i];
      }
    } else {
      out += text[i];
    }
  }
  return out;
}

/// What stands between the last '<' and '>'.
std::string inside_angles(const std::string& text) {
  const std::size_t open = text.rfind('<'), close = text.find('>', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return text;
  return lowered(std::string_view(text).substr(open + 1, close - open - 1));
}

std::string without_runs_of_dots(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '.' || (!out.empty() && out.back() != '.' && out.back() != '@')) out += c;
  while (!out.empty() && out.back() == '.') out.pop_back();
  return out;
}

bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

/// Any piece of an address: RFC 5322 atoms, dots, one '@'; no white space, quotes or brackets.
bool is_piece(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~.@";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
  });
}

tl::unexpected<WrongValue> wrong(Slip slip) { return tl::unexpected(WrongValue{slip, {}}); }
tl::unexpected<WrongValue> wrong(Slip slip, std::optional<Mode> mode, std::string value) {
  if (value.empty()) return wrong(slip);
  return tl::unexpected(WrongValue{slip, WrongValue::Meant{mode, std::move(value)}});
}

/// What every kind of value may suffer from.
std::optional<tl::unexpected<WrongValue>> common_slip(const std::string& clean, const std::string& plain,
                                                      std::optional<Mode> mode) {
  if (clean.empty()) return wrong(Slip::no_value);
  if (clean.size() > limits::rule_value_bytes) return wrong(Slip::too_long);
  if (plain != clean) return wrong(Slip::full_width, mode, plain);
  if (const std::size_t comma = clean.find(','); comma != std::string::npos) {
    std::string meant = clean;
    std::replace(meant.begin(), meant.end(), ',', '.');
    return wrong(Slip::comma, mode, meant);
  }
  if (const std::size_t scheme = clean.find("://"); scheme != std::string::npos) {
    const auto url = text::parse_url(clean);
    const std::string domain = url ? text::registrable_domain(url->host) : std::string();
    return wrong(Slip::url, mode ? std::optional(Mode::domain) : std::nullopt, domain);
  }
  return std::nullopt;
}

tl::expected<std::string, WrongValue> check_domain(std::string clean, std::optional<Mode> mode) {
  if (clean.ends_with('.') && clean.size() > 1 && !clean.ends_with("..")) clean.pop_back();
  if (const std::size_t sign = clean.rfind('@'); sign != std::string::npos) {
    std::string host = clean.substr(sign + 1);
    if (sign > 0 && mode) return wrong(Slip::at_in_domain, Mode::exact, clean);
    return wrong(Slip::at_in_domain, mode, std::move(host));
  }
  if (clean.starts_with('.') || clean.ends_with('.') || clean.find("..") != std::string::npos)
    return wrong(Slip::bad_dots, mode, without_runs_of_dots(clean));
  if (!is_host(clean)) return wrong(Slip::bad_character);
  if (text::is_public_suffix(clean))
    return wrong(clean.find('.') == std::string::npos && !text::has_known_tld(clean) ? Slip::no_domain
                                                                                     : Slip::public_suffix);
  if (clean.find('.') == std::string::npos) return wrong(Slip::no_domain);
  return clean;
}

tl::expected<std::string, WrongValue> check_address(const std::string& clean) {
  const auto signs = std::count(clean.begin(), clean.end(), '@');
  if (signs > 1) {
    std::string meant;
    for (const char c : clean)
      if (c != '@' || meant.empty() || meant.back() != '@') meant += c;
    return std::count(meant.begin(), meant.end(), '@') == 1 ? wrong(Slip::two_at_signs, Mode::exact, meant)
                                                            : wrong(Slip::two_at_signs);
  }
  if (signs == 0)
    return is_host(clean) && clean.find('.') != std::string::npos ? wrong(Slip::no_at_sign, Mode::domain, clean)
                                                                  : wrong(Slip::no_at_sign);
  const std::string host = clean.substr(clean.find('@') + 1);
  if (clean.front() == '@') return wrong(Slip::no_at_sign, Mode::domain, host);
  // A local part may hold dots anywhere: Japanese carriers once gave such addresses.
  if (host.starts_with('.') || host.ends_with('.') || host.find("..") != std::string::npos)
    return wrong(Slip::bad_dots, Mode::exact, clean.substr(0, clean.find('@') + 1) + without_runs_of_dots(host));
  if (!is_piece(clean) || !is_host(host)) return wrong(Slip::bad_character);
  return clean;
}

tl::expected<std::string, WrongValue> check_piece(Mode mode, const std::string& clean) {
  if (!is_piece(clean)) return wrong(Slip::bad_character);
  if (std::count(clean.begin(), clean.end(), '@') > 1) return wrong(Slip::two_at_signs);
  std::string_view host = clean;
  if (const std::size_t sign = clean.find('@'); sign != std::string::npos) host.remove_prefix(sign + 1);
  // "contains @lamp" is the beginning of a host name, whatever the list of public suffixes says of a lone label.
  const bool begins_a_host = mode == Mode::contains && clean.front() == '@' && clean.find('.') == std::string::npos;
  if (begins_a_host && host.size() < shortest_piece) return wrong(Slip::too_short);
  const bool a_word = clean.find_first_of(".@") == std::string::npos;
  if (mode == Mode::contains && a_word && text::has_known_tld(clean)) return wrong(Slip::too_short);
  if (mode != Mode::prefix && !host.empty() && !begins_a_host) {
    if (host.front() == '.') host.remove_prefix(1);
    if (text::is_public_suffix(host) && (text::has_known_tld(host) || clean.front() == '.' || clean.front() == '@'))
      return wrong(Slip::public_suffix);
  }
  if (clean.size() < shortest_piece) return wrong(Slip::too_short);
  return clean;
}

/// "/aa1/": one segment between slashes.
tl::expected<std::string, WrongValue> check_path(const std::string& clean) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.~%+").find(c) != std::string_view::npos;
  };
  std::string segment = clean;
  if (segment.starts_with('/')) segment.erase(0, 1);
  if (segment.ends_with('/')) segment.pop_back();
  if (segment.empty() || !std::all_of(segment.begin(), segment.end(), fits)) return wrong(Slip::bad_path);
  if (clean != '/' + segment + '/') return wrong(Slip::bad_path, std::nullopt, '/' + segment + '/');
  if (segment.size() < shortest_segment) return wrong(Slip::too_short);
  return clean;
}

}  // namespace

std::string plain_address(std::string_view written) {
  std::string plain = inside_angles(lowered(narrowed(written)));
  if (plain.starts_with("mailto:")) plain.erase(0, 7);
  return lowered(plain);
}

tl::expected<std::string, WrongValue> check_sender_value(Mode mode, std::string_view written) {
  const std::string clean = lowered(written), plain = lowered(narrowed(clean));
  if (auto slip = common_slip(clean, plain, mode)) return std::move(*slip);
  if (clean.find('<') != std::string::npos || clean.starts_with("mailto:"))
    return wrong(Slip::name_and_address, Mode::exact, plain_address(clean));
  if (const std::size_t star = clean.find('*'); star != std::string::npos) {
    if (clean.starts_with("*@") || clean.starts_with("*.")) return wrong(Slip::wildcard, Mode::domain, clean.substr(2));
    if (clean.ends_with("@*")) return wrong(Slip::wildcard, Mode::prefix, clean.substr(0, clean.size() - 1));
    if (clean.front() == '*') return wrong(Slip::wildcard, Mode::suffix, clean.substr(1));
    if (clean.back() == '*') return wrong(Slip::wildcard, Mode::prefix, clean.substr(0, clean.size() - 1));
  }
  if (mode == Mode::domain) return check_domain(clean, mode);
  if (mode == Mode::exact) return check_address(clean);
  return check_piece(mode, clean);
}

tl::expected<std::string, WrongValue> check_content_value(Trait trait, std::string_view written) {
  const std::string clean = lowered(written), plain = lowered(narrowed(clean));
  if (auto slip = common_slip(clean, plain, std::nullopt)) return std::move(*slip);
  if (trait == Trait::link) return check_domain(clean, std::nullopt);
  if (trait == Trait::path) return check_path(clean);
  // "198.51.100.0/24": three numbers and a zero.
  std::string_view rest = clean;
  if (rest.ends_with("/24")) rest.remove_suffix(3);
  std::string net;
  for (int octet = 0; octet < 4; ++octet) {
    unsigned number = 256;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc() || number > 255) return wrong(Slip::bad_net);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (octet < 3) {
      if (!rest.starts_with('.')) return wrong(Slip::bad_net);
      rest.remove_prefix(1);
      net += std::to_string(number) + '.';
    }
  }
  if (!rest.empty()) return wrong(Slip::bad_net);
  net += "0/24";
  if (net != clean) return wrong(Slip::bad_net, std::nullopt, net);
  return net;
}

}  // namespace sekisho::rules
