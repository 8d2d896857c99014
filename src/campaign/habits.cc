#include "campaign/habits.h"

#include <algorithm>
#include <string>

#include "base/fingerprint.h"
#include "campaign/fingerprint.h"
#include "facts/tools.h"
#include "text/domain.h"
#include "text/utf8.h"

namespace sekisho::campaign {
namespace {

using facts::is_digit;
using facts::is_letter;
using facts::lower_ascii;

std::uint32_t number_of(std::string_view shape) { return static_cast<std::uint32_t>(fingerprint(shape) >> 16) | 1; }

/// What a program calls itself, without its version.
std::uint32_t mailer_of(const message::Message& message) {
  std::string name;
  for (const char c : message.mailer)
    if (is_letter(c) || static_cast<unsigned char>(c) >= 0x80) name += facts::lower_ascii(c);
  return number_of(name);
}

/// The separators of its left side, whether it is long, and whose host stands on the right.
std::uint32_t message_id_of(const message::Message& message, std::string_view host) {
  const std::string_view id = message.message_id;
  const std::size_t at = id.rfind('@');
  if (id.empty()) return 0;
  std::string shape;
  for (const char c : id.substr(0, std::min(at, id.size())))
    if (!is_letter(c) && !is_digit(c) && c != '<') shape += c;
  shape += at != std::string_view::npos && at >= 30 ? 'L' : 's';
  if (at != std::string_view::npos) {
    std::string right = lower_ascii(id.substr(at + 1));
    if (right.ends_with('>')) right.pop_back();
    shape += right == host                                                       ? "=own"
             : text::registrable_domain(right) == text::registrable_domain(host) ? "=org"
                                                                                 : "=other";
  }
  return number_of(shape);
}

bool is_trace(std::string_view name) {
  constexpr std::array<std::string_view, 12> prefixes{
      "received", "return-path",   "delivered-to", "x-uidl",      "authentication-results",
      "arc-",     "x-original-to", "dkim-",        "envelope-to", "x-forwarded",
      "x-spam",   "domainkey-"};
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view p) { return name.starts_with(p); });
}

/// Which headers are written besides the everyday ones, in their order.
std::uint32_t order_of(const message::Message& message) {
  constexpr std::array<std::string_view, 9> everyday{"date",         "from",     "to", "subject", "message-id",
                                                     "mime-version", "reply-to", "cc", "x-mailer"};
  std::string names;
  for (const message::Header& header : message.headers) {
    const std::string name = lower_ascii(header.name);
    if (is_trace(name) || name.starts_with("content-") || names.size() > 1000) continue;
    if (std::find(everyday.begin(), everyday.end(), name) == everyday.end()) names += name + ';';
  }
  return number_of(names);
}

std::uint32_t list_of(const message::Message& message) {
  std::string shape;
  for (const std::string_view name : {"List-Unsubscribe", "List-Id", "List-Unsubscribe-Post", "Precedence"})
    if (const message::Header* header = message.header(name)) {
      shape += name;
      if (header->value.find("mailto:") != std::string::npos) shape += 'm';
      if (header->value.find("http") != std::string::npos) shape += 'h';
    }
  return number_of(shape);
}

/// What the boundary begins with, before its random part; and how the charset parameter is quoted.
void set_mime(Habits& habits, const message::Message& message) {
  const message::Header* type = message.header("Content-Type");
  if (type == nullptr) return;
  const std::string value = lower_ascii(type->value);
  if (const std::size_t at = value.find("boundary="); at != std::string::npos) {
    std::string style;
    for (std::size_t i = at + 9; i < value.size() && style.size() < 12; ++i) {
      if (i + 8 <= value.size() && std::all_of(value.begin() + static_cast<std::ptrdiff_t>(i),
                                               value.begin() + static_cast<std::ptrdiff_t>(i) + 8,
                                               [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }))
        break;
      style += value[i];
    }
    habits.boundary = number_of(style);
  }
  if (const std::size_t at = value.find("charset="); at != std::string::npos)
    habits.charset = at + 8 < value.size() && value[at + 8] == '"' ? 2 : 1;
}

std::uint64_t mix(std::uint64_t x) {  // splitmix64's finaliser
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace

void set_habits(Habits& habits, const message::Message& message, std::string_view host) {
  habits.mailer = mailer_of(message);
  habits.message_id = message_id_of(message, host);
  habits.list = list_of(message);
  habits.order = order_of(message);
  set_mime(habits, message);
  habits.zone = static_cast<std::int16_t>(message.date_offset_minutes.value_or(-1));
}

void SimHash::add(std::string_view folded) {
  constexpr std::size_t read = 4096, long_word = 12;
  folded = folded.substr(0, read);
  std::uint64_t one = 0, two = 0;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t word = at;
    while (word < folded.size() && folded[word] > ' ' && static_cast<unsigned char>(folded[word]) < 0x80) ++word;
    if (word - at >= long_word) {
      at = word;
      one = two = 0;
      continue;
    }
    const text::CodePoint c = text::code_point_at(folded, at);
    if (c.size == 0) break;
    at += c.size;
    if (c.value < 0x80 && is_digit(static_cast<char>(c.value))) continue;
    if (one != 0 && two != 0) {
      const std::uint64_t hash = mix(one * 0x9E3779B97F4A7C15U + two * 0xC2B2AE3D27D4EB4FU + c.value);
      for (std::size_t bit = 0; bit < 64; ++bit) counts_[bit] += (hash >> bit & 1) != 0 ? 1 : -1;
      any_ = true;
    }
    one = two;
    two = c.value;
  }
}

std::uint64_t SimHash::value() const {
  if (!any_) return 0;
  std::uint64_t value = 0;
  for (std::size_t bit = 0; bit < 64; ++bit) value |= static_cast<std::uint64_t>(counts_[bit] > 0) << bit;
  return value == 0 ? 1 : value;
}

}  // namespace sekisho::campaign
