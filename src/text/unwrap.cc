#include "text/unwrap.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.h"
#include "text/domain.h"
#include "text/url_encode.h"

namespace sekisho::text {
namespace {

using url_internal::lower, url_internal::percent_decode;
using Kind = UrlWrapper::Kind;
using Decode = UrlWrapper::Decode;

constexpr std::array<std::pair<std::string_view, Kind>, 8> kinds{{{"redirector", Kind::redirector},
                                                                  {"translate", Kind::translate},
                                                                  {"amp", Kind::amp},
                                                                  {"tracker", Kind::tracker},
                                                                  {"safelinks", Kind::safelinks},
                                                                  {"form", Kind::form},
                                                                  {"storage", Kind::storage},
                                                                  {"shortener", Kind::shortener}}};
constexpr std::array<std::pair<std::string_view, Decode>, 9> decodes{
    {{"percent", Decode::percent},
     {"base64url", Decode::base64url},
     {"base64url_after_two", Decode::base64url_after_two},
     {"translate_goog_host", Decode::translate_goog_host},
     {"amp_path", Decode::amp_path},
     {"path_url", Decode::path_url},
     {"urldefense_v2", Decode::urldefense_v2},
     {"urldefense_v3", Decode::urldefense_v3},
     {"opaque", Decode::opaque}}};

bool starts_with_any_case(std::string_view s, std::string_view prefix) {
  return s.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), s.begin(), [](char p, char c) { return lower(c) == p; });
}

bool is_web_address(std::string_view s) {
  return starts_with_any_case(s, "http://") || starts_with_any_case(s, "https://");
}

/// An absolute http(s) address with a host, or nothing.
std::optional<Url> web_address(std::string_view s) {
  if (!is_web_address(s)) return std::nullopt;
  auto url = parse_url(s);
  return url && !url->host.empty() ? std::move(url) : std::nullopt;
}

struct Parameter {
  std::string_view name, value;
};

/// Takes the next "name=value" off the front of `query`.
Parameter next_parameter(std::string_view& query) {
  const std::size_t end = std::min(query.find_first_of("&;"), query.size());
  const std::string_view pair = query.substr(0, end);
  query.remove_prefix(std::min(end + 1, query.size()));
  const std::size_t sign = std::min(pair.find('='), pair.size());
  return {pair.substr(0, sign), pair.substr(std::min(sign + 1, pair.size()))};
}

std::optional<std::string_view> parameter_of(const Url& url, std::string_view name) {
  if (!url.query) return std::nullopt;
  for (std::string_view query = *url.query; !query.empty();) {
    const Parameter p = next_parameter(query);
    if (p.name == name) return p.value;
  }
  return std::nullopt;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

/// Both alphabets; stops at padding, nullopt at anything else.
std::optional<std::string> base64_decode(std::string_view in) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : in) {
    if (c == '=') break;
    const int value = base64_value(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>(bits >> held & 0xFF);
    }
  }
  return out;
}

std::optional<Url> from_translate_host(const Url& url, const UrlWrapper& wrapper) {
  if (url.host.size() <= wrapper.host.size() + 1) return std::nullopt;
  std::string_view label = std::string_view(url.host).substr(0, url.host.size() - wrapper.host.size() - 1);
  // A name with hyphens as its third and fourth letters stands between "0-" and "-0".
  if (label.starts_with("0-") && label.ends_with("-0") && label.size() > 4) label = label.substr(2, label.size() - 4);
  std::string host;
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (label[i] != '-') {
      host += label[i];
    } else if (i + 1 < label.size() && label[i + 1] == '-') {
      host += '-';
      ++i;
    } else {
      host += '.';
    }
  }
  const bool plain = parameter_of(url, "_x_tr_sch") == std::string_view("http");
  std::string address = (plain ? "http://" : "https://") + host + url.path;
  char joint = '?';
  if (url.query) {
    for (std::string_view query = *url.query; !query.empty();) {
      const Parameter p = next_parameter(query);
      if (p.name.starts_with("_x_tr_") || p.name.empty()) continue;
      address += joint;
      address.append(p.name).append("=").append(p.value);
      joint = '&';
    }
  }
  return web_address(address);
}

std::optional<Url> from_amp_path(const Url& url, std::string_view rest) {
  const bool secure = rest.starts_with("s/");
  if (secure) rest.remove_prefix(2);
  if (rest.find('.') >= rest.find('/')) return std::nullopt;  // the first segment must be a host
  std::string address = (secure ? "https://" : "http://") + std::string(rest);
  if (url.query) address.append("?").append(*url.query);
  return web_address(address);
}

std::optional<Url> from_path_url(const Url& url, std::string_view rest) {
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    const std::string_view here = rest.substr(at, 8);
    if (!starts_with_any_case(here, "http")) continue;
    const std::string_view mark = here.substr(lower(here.size() > 4 ? here[4] : '\0') == 's' ? 5 : 4);
    if (mark.starts_with(':') || starts_with_any_case(mark, "%3a")) break;
  }
  if (at >= rest.size()) return std::nullopt;
  std::string_view inner = rest.substr(at);
  const std::string_view head = inner.substr(0, 14);
  const std::string opened = percent_decode(head);
  const bool encoded = !is_web_address(head) && is_web_address(opened);
  if (encoded) return web_address(percent_decode(inner.substr(0, inner.find('/'))));
  std::string address(inner);
  // A path cleaner on the way may have made one slash of two.
  const std::size_t colon = address.find(':');
  if (colon != std::string::npos && address.compare(colon, 2, ":/") == 0 && address.compare(colon, 3, "://") != 0)
    address.insert(colon + 1, "/");
  if (url.query) address.append("?").append(*url.query);
  return web_address(address);
}

std::optional<Url> from_urldefense_v2(std::string_view value) {
  std::string address(value);
  std::replace(address.begin(), address.end(), '-', '%');
  std::replace(address.begin(), address.end(), '_', '/');
  return web_address(percent_decode(address));
}

// "__https://example.com/a*b__;Iw!!…": every '*' stands for the next replaced character, "**X" for a run of them, X
// counting from A = 2 in the base64url alphabet.
std::optional<Url> from_urldefense_v3(const Url& url, std::string_view behind_prefix) {
  std::string whole(behind_prefix);
  if (url.query) whole.append("?").append(*url.query);  // the inner query is not encoded
  std::string_view rest = whole;
  if (!rest.starts_with("__")) return std::nullopt;
  rest.remove_prefix(2);
  const std::size_t end = rest.find("__;");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view address = rest.substr(0, end), tail = rest.substr(end + 3);
  const auto replaced = base64_decode(tail.substr(0, tail.find('!')));
  if (!replaced) return std::nullopt;
  std::string out;
  std::size_t used = 0;
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (address[i] != '*') {
      out += address[i];
      continue;
    }
    std::size_t run = 1;
    if (i + 2 < address.size() && address[i + 1] == '*' && base64_value(address[i + 2]) >= 0) {
      run = static_cast<std::size_t>(base64_value(address[i + 2])) + 2;
      i += 2;
    }
    for (; run > 0; --run) out += used < replaced->size() ? (*replaced)[used++] : '*';
  }
  // Collapsed slashes, as for path_url.
  const std::size_t colon = out.find(':');
  if (colon != std::string::npos && out.compare(colon, 3, "://") != 0 && out.compare(colon, 2, ":/") == 0)
    out.insert(colon + 1, "/");
  return web_address(out);
}

std::optional<Url> inner_address(const Url& url, const UrlWrapper& wrapper) {
  const std::string_view rest = std::string_view(url.path).substr(wrapper.path_prefix.size());
  const std::string_view value = parameter_of(url, wrapper.parameter).value_or(std::string_view());
  switch (wrapper.decode) {
    case Decode::percent:
      return web_address(percent_decode(value));
    case Decode::base64url:
    case Decode::base64url_after_two: {
      std::string bytes = percent_decode(value);
      if (wrapper.decode == Decode::base64url_after_two) bytes.erase(0, 2);
      const auto address = base64_decode(bytes);
      return address ? web_address(*address) : std::nullopt;
    }
    case Decode::translate_goog_host:
      return from_translate_host(url, wrapper);
    case Decode::amp_path:
      return from_amp_path(url, rest);
    case Decode::path_url:
      return from_path_url(url, rest);
    case Decode::urldefense_v2:
      return from_urldefense_v2(value);
    case Decode::urldefense_v3:
      return from_urldefense_v3(url, rest);
    case Decode::opaque:
      return std::nullopt;
  }
  return std::nullopt;
}

bool matches(const Url& url, const UrlWrapper& wrapper) {
  if (!is_within(url.host, wrapper.host) || !url.path.starts_with(wrapper.path_prefix)) return false;
  // The front page of a shortener is no short link.
  return wrapper.kind != Kind::shortener || url.path.size() > 1;
}

/// A parameter of whatever host that holds an address under another registrable domain.
std::optional<Url> carried_address(const Url& url) {
  if (!url.query) return std::nullopt;
  const std::string own = url.is_ip ? url.host : registrable_domain(url.host);
  for (std::string_view query = *url.query; !query.empty();) {
    const Parameter p = next_parameter(query);
    if (!starts_with_any_case(p.value, "http")) continue;
    auto inner = web_address(percent_decode(p.value));
    if (!inner) continue;
    const std::string its = inner->is_ip ? inner->host : registrable_domain(inner->host);
    if (!its.empty() && its != own) return inner;
  }
  return std::nullopt;
}

struct Step {
  std::optional<Unwrapped::Place> next;
  std::optional<Kind> stops_at;
};

Step step(const Url& url, std::span<const UrlWrapper> wrappers) {
  Step out;
  if (!url.is_web() || url.host.empty()) return out;
  for (const UrlWrapper& wrapper : wrappers) {
    if (!matches(url, wrapper)) continue;
    if (auto inner = inner_address(url, wrapper)) {
      out.next = Unwrapped::Place{std::move(*inner), wrapper.kind, true};
      out.stops_at.reset();
      return out;
    }
    if (wrapper.decode == Decode::opaque && !out.stops_at) out.stops_at = wrapper.kind;
  }
  if (out.stops_at) return out;
  if (auto inner = carried_address(url)) out.next = Unwrapped::Place{std::move(*inner), Kind::redirector, false};
  return out;
}

}  // namespace

std::optional<UrlWrapper::Kind> wrapper_kind(std::string_view word) {
  for (const auto& [name, kind] : kinds)
    if (name == word) return kind;
  return std::nullopt;
}

std::optional<UrlWrapper::Decode> wrapper_decode(std::string_view word) {
  for (const auto& [name, decode] : decodes)
    if (name == word) return decode;
  return std::nullopt;
}

std::string_view to_word(UrlWrapper::Kind kind) {
  for (const auto& [name, value] : kinds)
    if (value == kind) return name;
  return {};
}

const Url& Unwrapped::destination() const {
  const auto certain = std::find_if(chain.rbegin(), chain.rend(), [](const Place& place) { return place.certain; });
  return (certain == chain.rend() ? chain.front() : *certain).url;
}

std::optional<Unwrapped> unwrap(const Url& url, std::span<const UrlWrapper> wrappers) {
  Unwrapped out;
  out.chain.push_back({url, std::nullopt, true});
  for (;;) {
    Step taken = step(out.chain.back().url, wrappers);
    out.stops_at = taken.stops_at;
    if (!taken.next) break;
    if (out.chain.size() > limits::url_unwrap_depth) {
      out.too_deep = true;
      break;
    }
    taken.next->certain = taken.next->certain && out.chain.back().certain;
    out.chain.push_back(std::move(*taken.next));
  }
  if (out.chain.size() == 1 && !out.stops_at) return std::nullopt;
  return out;
}

}  // namespace sekisho::text
