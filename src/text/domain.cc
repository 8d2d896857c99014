#include "text/domain.h"

#include <libpsl.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "base/limits.h"
#include "text/url_encode.h"

namespace sekisho::text {
namespace {

// No rule of the list has more than six labels; looking at the tail alone keeps "a.a.a.a…" linear.
constexpr int psl_labels = 10;

std::string_view tail_labels(std::string_view host) {
  std::size_t start = host.size();
  for (int dots = 0; start > 0; --start)
    if (host[start - 1] == '.' && ++dots == psl_labels) break;
  return host.substr(start);
}

bool is_address(std::string_view host) {
  if (host.starts_with('[')) return true;
  const std::size_t dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  return !last.empty() && std::all_of(last.begin(), last.end(), url_internal::is_digit);
}

bool is_name(std::string_view host) {
  return !host.empty() && host.front() != '.' && host.back() != '.' && !is_address(host) &&
         host.find('\0') == std::string_view::npos;
}

std::vector<char32_t> code_points(std::string_view utf8) {
  std::vector<char32_t> out;
  out.reserve(utf8.size());
  const auto length = static_cast<std::int32_t>(utf8.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(utf8.data(), i, length, c);
    out.push_back(static_cast<char32_t>(c));
  }
  return out;
}

}  // namespace

std::string registrable_domain(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (!is_name(host)) return {};
  const std::string name(tail_labels(host));
  const char* domain = psl_registrable_domain(psl_builtin(), name.c_str());
  return domain == nullptr ? std::string() : std::string(domain);
}

bool is_public_suffix(std::string_view host) {
  if (!is_name(host) || tail_labels(host).size() != host.size()) return false;
  return psl_is_public_suffix(psl_builtin(), std::string(host).c_str()) != 0;
}

bool has_known_tld(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
  constexpr std::size_t longest_label = 63;  // RFC 1035 2.3.4
  if (!is_name(last) || last.size() > longest_label) return false;
  return psl_is_public_suffix2(psl_builtin(), std::string(last).c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}

std::string_view registrable_label(std::string_view host, std::string_view registrable) {
  if (registrable.empty() || !is_within(host, registrable)) return {};
  const std::string_view domain = host.substr(host.size() - registrable.size());
  return domain.substr(0, domain.find('.'));
}

bool is_within(std::string_view host, std::string_view domain) {
  if (domain.empty() || domain.size() > host.size()) return false;
  const std::size_t before = host.size() - domain.size();
  if (before > 0 && host[before - 1] != '.') return false;  // refuses most of a long list without comparing
  return host.substr(before) == domain;
}

int edit_distance(std::string_view a, std::string_view b, int at_most) {
  const int limit = std::clamp(at_most, 0, static_cast<int>(limits::edit_distance));
  const std::vector<char32_t> s = code_points(a), t = code_points(b);
  const auto n = static_cast<std::ptrdiff_t>(s.size()), m = static_cast<std::ptrdiff_t>(t.size());
  if (std::abs(n - m) > limit) return limit + 1;
  // Optimal string alignment in a band of `limit` beside the diagonal; rows i-2, i-1 and i.
  const int far = limit + 1;
  std::array<std::vector<int>, 3> rows;
  for (auto& row : rows) row.assign(static_cast<std::size_t>(m) + 1, far);
  for (std::ptrdiff_t j = 0; j <= std::min<std::ptrdiff_t>(m, limit); ++j)
    rows[0][static_cast<std::size_t>(j)] = static_cast<int>(j);
  for (std::ptrdiff_t i = 1; i <= n; ++i) {
    std::vector<int>& now = rows[static_cast<std::size_t>(i % 3)];
    const std::vector<int>& before = rows[static_cast<std::size_t>((i - 1) % 3)];
    const std::vector<int>& two_before = rows[static_cast<std::size_t>((i + 1) % 3)];
    const std::ptrdiff_t from = std::max<std::ptrdiff_t>(0, i - limit), to = std::min(m, i + limit);
    int best = far;
    if (from > 0) now[static_cast<std::size_t>(from - 1)] = far;
    for (std::ptrdiff_t j = from; j <= to; ++j) {
      const auto at = static_cast<std::size_t>(j);
      int cost = far;
      if (j == 0) {
        cost = static_cast<int>(i);
      } else {
        const char32_t c = s[static_cast<std::size_t>(i - 1)], d = t[at - 1];
        cost = before[at - 1] + (c == d ? 0 : 1);
        if (j < i + limit) cost = std::min(cost, before[at] + 1);
        if (j > from) cost = std::min(cost, now[at - 1] + 1);
        if (i > 1 && j > 1 && c == t[at - 2] && s[static_cast<std::size_t>(i - 2)] == d)
          cost = std::min(cost, two_before[at - 2] + 1);
      }
      now[at] = std::min(cost, far);
      best = std::min(best, now[at]);
    }
    if (to < m) now[static_cast<std::size_t>(to + 1)] = far;
    if (best == far && i + 1 < n) {
      // A transposition may still reach over one bad row, not over two.
      const int previous = *std::min_element(before.begin(), before.end());
      if (previous == far) return far;
    }
  }
  return std::min(rows[static_cast<std::size_t>(n % 3)][static_cast<std::size_t>(m)], far);
}

double randomness(std::string_view label) {
  using url_internal::is_alpha, url_internal::is_digit;
  const auto is_one_of = [](char c, std::string_view set) { return set.find(c) != std::string_view::npos; };
  int letters = 0, digits = 0, rare = 0, switches = 0, crowded = 0, unspeakable = 0;
  int consonants = 0, vowels = 0, longest_vowels = 0;
  char previous = 0;  // the character before, 0 at the start and after anything but a letter or digit
  for (const char raw : label) {
    const char c = url_internal::lower(raw);
    const bool digit = is_digit(c), letter = is_alpha(c), vowel = is_one_of(c, "aeiouy");
    if (previous != 0 && (digit || letter) && digit != is_digit(previous)) ++switches;
    digits += digit ? 1 : 0;
    letters += letter ? 1 : 0;
    rare += is_one_of(c, "qxzjwvk") ? 1 : 0;
    vowels = vowel ? vowels + 1 : 0;
    longest_vowels = std::max(longest_vowels, vowels);
    if (letter && !vowel) {
      if (++consonants > 2) ++crowded;
      // Two consonants side by side can be spoken when one is a liquid, a nasal, s or h, or when they are doubled.
      if (consonants > 1 && c != previous && !is_one_of(c, "lrnsmh") && !is_one_of(previous, "lrnsmh")) ++unspeakable;
    } else {
      consonants = 0;
    }
    previous = digit || letter ? c : '\0';
  }
  const int size = letters + digits;
  if (size < 4) return 0.0;
  const double odds = -2.75 + 0.45 * crowded + 0.4 * unspeakable + 1.05 * switches + 1.5 * digits / size +
                      2.9 * rare / std::max(1, letters) + 0.7 * std::max(0, longest_vowels - 2);
  return 1 / (1 + std::exp(-odds));
}

}  // namespace sekisho::text
