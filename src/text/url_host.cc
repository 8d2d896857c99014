#include "text/url_host.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/limits.h"
#include "text/url_encode.h"

namespace sekisho::text::url_internal {
namespace {

const UIDNA* idna() {
  static const UIDNA* const handle = [] {
    UErrorCode error = U_ZERO_ERROR;
    const UIDNA* opened = uidna_openUTS46(
        UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        &error);
    return U_SUCCESS(error) ? opened : nullptr;
  }();
  return handle;
}

// CheckHyphens and VerifyDnsLength are false in the URL Standard: ICU reports them anyway, so they are taken out.
constexpr std::uint32_t ignored_idna_errors = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                              UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
                                              UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

using IdnaConversion = decltype(&uidna_nameToASCII_UTF8);

std::optional<std::string> convert(std::string_view name, IdnaConversion conversion, std::uint32_t ignored) {
  if (idna() == nullptr) return std::nullopt;
  std::string out(name.size() * 2 + 64, '\0');
  for (int attempt = 0; attempt < 2; ++attempt) {
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t length = conversion(idna(), name.data(), static_cast<std::int32_t>(name.size()), out.data(),
                                           static_cast<std::int32_t>(out.size()), &info, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
      out.resize(static_cast<std::size_t>(length) + 1);
      continue;
    }
    if (U_FAILURE(error) || (info.errors & ~ignored) != 0) return std::nullopt;
    out.resize(static_cast<std::size_t>(length));
    return out;
  }
  return std::nullopt;
}

bool starts_with_xn(std::string_view label) {
  return label.size() >= 4 && lower(label[0]) == 'x' && lower(label[1]) == 'n' && label[2] == '-' && label[3] == '-';
}

bool has_punycode(std::string_view name) {
  for (std::size_t start = 0;;) {
    if (starts_with_xn(name.substr(start))) return true;
    const std::size_t dot = name.find('.', start);
    if (dot == std::string_view::npos) return false;
    start = dot + 1;
  }
}

// UTS #46 since revision 31: an xn-- label that decodes to nothing, or to ASCII alone, is an error. ICU 72 lets them
// by.
bool has_idle_punycode(std::string_view ascii) {
  for (std::size_t start = 0; start < ascii.size();) {
    const std::size_t end = std::min(ascii.find('.', start), ascii.size());
    const std::string_view label = ascii.substr(start, end - start);
    if (starts_with_xn(label) && label.back() == '-') return true;
    start = end + 1;
  }
  return false;
}

bool is_ascii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::optional<std::string> domain_to_ascii(std::string_view domain) {
  if (is_ascii(domain) && !has_punycode(domain)) {
    std::string out(domain);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
  }
  // Punycode costs the square of a label's length; no name beyond DNS's 255 can be opened anyway.
  if (domain.size() > limits::host_bytes) return std::nullopt;
  std::optional<std::string> out = convert(domain, &uidna_nameToASCII_UTF8, ignored_idna_errors);
  if (out && has_idle_punycode(*out)) return std::nullopt;
  return out;
}

// The standard's IPv4 number parser; nullopt is failure. Values beyond 2^32 are kept at 2^32: too big either way.
std::optional<std::uint64_t> ipv4_number(std::string_view part) {
  if (part.empty()) return std::nullopt;
  unsigned radix = 10;
  if (part.size() >= 2 && part[0] == '0' && lower(part[1]) == 'x') {
    part.remove_prefix(2);
    radix = 16;
  } else if (part.size() >= 2 && part[0] == '0') {
    part.remove_prefix(1);
    radix = 8;
  }
  std::uint64_t value = 0;
  for (const char c : part) {
    const int digit = hex_value(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= radix) return std::nullopt;
    value = std::min<std::uint64_t>(value * radix + static_cast<unsigned>(digit), std::uint64_t{1} << 32);
  }
  return value;
}

bool ends_in_number(std::string_view host) {
  if (host.empty()) return false;
  if (host.back() == '.') host.remove_suffix(1);
  const std::size_t dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  if (last.empty()) return false;
  return std::all_of(last.begin(), last.end(), is_digit) || ipv4_number(last).has_value();
}

std::optional<std::string> parse_ipv4(std::string_view host) {
  if (host.back() == '.') host.remove_suffix(1);
  std::array<std::uint64_t, 4> numbers{};
  std::size_t count = 0;
  for (std::size_t start = 0; start <= host.size();) {
    const std::size_t end = std::min(host.find('.', start), host.size());
    const auto number = ipv4_number(host.substr(start, end - start));
    if (!number || count == numbers.size()) return std::nullopt;
    numbers[count++] = *number;
    start = end + 1;
  }
  for (std::size_t i = 0; i + 1 < count; ++i)
    if (numbers[i] > 255) return std::nullopt;
  if (numbers[count - 1] >= std::uint64_t{1} << (8 * (5 - count))) return std::nullopt;
  std::uint64_t address = numbers[count - 1];
  for (std::size_t i = 0; i + 1 < count; ++i) address += numbers[i] << (8 * (3 - i));
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string((address >> shift) & 255);
    if (shift > 0) out += '.';
  }
  return out;
}

using Pieces = std::array<std::uint16_t, 8>;

// The dotted tail of "::ffff:192.0.2.1": exactly four decimal numbers to 255 without leading zeros, up to the end.
bool parse_ipv4_tail(std::string_view tail, Pieces& pieces, std::size_t index) {
  std::size_t at = 0;
  for (int seen = 0; seen < 4; ++seen) {
    if (seen > 0) {
      if (at >= tail.size() || tail[at] != '.') return false;
      ++at;
    }
    int value = -1;
    for (; at < tail.size() && is_digit(tail[at]); ++at) {
      if (value == 0) return false;
      value = std::max(value, 0) * 10 + (tail[at] - '0');
      if (value > 255) return false;
    }
    if (value < 0) return false;
    const std::size_t piece = index + static_cast<std::size_t>(seen) / 2;
    pieces[piece] = static_cast<std::uint16_t>(pieces[piece] * 256 + value);
  }
  return at == tail.size();
}

std::optional<Pieces> parse_ipv6(std::string_view in) {
  Pieces pieces{};
  std::size_t index = 0, at = 0;
  std::optional<std::size_t> compress;
  if (!in.empty() && in[0] == ':') {
    if (in.size() < 2 || in[1] != ':') return std::nullopt;
    at = 2;
    compress = ++index;
  }
  while (at < in.size()) {
    if (index == 8) return std::nullopt;
    if (in[at] == ':') {
      if (compress) return std::nullopt;
      ++at;
      compress = ++index;
      continue;
    }
    const std::size_t start = at;
    unsigned value = 0;
    for (; at < in.size() && at - start < 4 && hex_value(in[at]) >= 0; ++at)
      value = value * 16 + static_cast<unsigned>(hex_value(in[at]));
    if (at < in.size() && in[at] == '.') {
      if (at == start || index > 6 || !parse_ipv4_tail(in.substr(start), pieces, index)) return std::nullopt;
      index += 2;
      break;
    }
    if (at < in.size() && in[at] == ':') {
      if (++at == in.size()) return std::nullopt;
    } else if (at < in.size()) {
      return std::nullopt;
    }
    pieces[index++] = static_cast<std::uint16_t>(value);
  }
  if (compress) {
    std::rotate(pieces.begin() + *compress, pieces.begin() + index, pieces.end());
  } else if (index != 8) {
    return std::nullopt;
  }
  return pieces;
}

std::string serialise_ipv6(const Pieces& pieces) {
  std::size_t best = 8, best_length = 1;
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && pieces[end] == 0) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
    i = std::max(end, i + 1);
  }
  std::string out = "[";
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += i == 0 ? "::" : ":";
      i += best_length - 1;
      continue;
    }
    constexpr char hex[] = "0123456789abcdef";
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned digit = (pieces[i] >> shift) & 15u;
      started = started || digit != 0 || shift == 0;
      if (started) out += hex[digit];
    }
    if (i < 7) out += ':';
  }
  return out + "]";
}

bool contains_fullwidth_ascii(std::string_view utf8) {  // U+FF01-FF5E is EF BC 81 … EF BD 9E
  for (std::size_t i = 0; i + 2 < utf8.size(); ++i) {
    const auto a = static_cast<unsigned char>(utf8[i]), b = static_cast<unsigned char>(utf8[i + 1]),
               c = static_cast<unsigned char>(utf8[i + 2]);
    if (a == 0xEF && ((b == 0xBC && c >= 0x81) || (b == 0xBD && c <= 0x9E))) return true;
  }
  return false;
}

bool contains_ideographic_dot(std::string_view utf8) {
  return utf8.find("\u3002") != std::string_view::npos || utf8.find("\uFF0E") != std::string_view::npos ||
         utf8.find("\uFF61") != std::string_view::npos;
}

std::optional<ParsedHost> parse_opaque(std::string_view raw) {
  if (std::any_of(raw.begin(), raw.end(), [](char c) { return is(c, forbidden_in_host); })) return std::nullopt;
  ParsedHost out;
  append_encoded(out.ascii, raw, in_c0_set);
  out.unicode = out.ascii;
  return out;
}

}  // namespace

std::optional<ParsedHost> parse_host(std::string_view raw, HostRules rules) {
  if (raw.starts_with('[')) {
    if (!raw.ends_with(']')) return std::nullopt;
    const auto pieces = parse_ipv6(raw.substr(1, raw.size() - 2));
    if (!pieces) return std::nullopt;
    ParsedHost out;
    out.ascii = out.unicode = serialise_ipv6(*pieces);
    out.is_ip = true;
    return out;
  }
  if (rules == HostRules::opaque) return parse_opaque(raw);

  ParsedHost out;
  std::string decoded;
  std::string_view domain = raw;
  if (raw.find('%') != std::string_view::npos) {
    out.percent = true;
    decoded = percent_decode(raw);
    domain = decoded;
  }
  out.fullwidth = contains_fullwidth_ascii(domain);
  out.ideographic_dot = contains_ideographic_dot(domain);
  std::optional<std::string> ascii = domain_to_ascii(domain);
  if (!ascii || ascii->empty()) return std::nullopt;
  if (std::any_of(ascii->begin(), ascii->end(), [](char c) { return is(c, forbidden_in_domain); })) return std::nullopt;
  if (ends_in_number(*ascii)) {
    const auto address = parse_ipv4(*ascii);
    if (!address) return std::nullopt;
    out.is_ip = true;
    out.odd_ip = *address != raw;
    out.ascii = out.unicode = *address;
    return out;
  }
  out.ascii = std::move(*ascii);
  if (has_punycode(out.ascii)) {
    // What passed ToASCII can still fail a check here; show what ICU shows rather than nothing.
    out.unicode = convert(out.ascii, &uidna_nameToUnicodeUTF8, ~std::uint32_t{0}).value_or(out.ascii);
  } else {
    out.unicode = out.ascii;
  }
  return out;
}

}  // namespace sekisho::text::url_internal
