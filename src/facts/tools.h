// Small steps that several observers share: where in a readable part something stands, ASCII lower case, "said
// already". Private to facts. Pure; everything is bounded by the text handed in.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "facts/scene.h"

namespace sekisho::facts {

using ReadableKind = message::Readable::Kind;

constexpr char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// A letter of any script or a digit: every byte of a multi-byte character counts as one.
constexpr bool is_word_byte(char c) { return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

inline std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower_ascii(c); });
  return out;
}

/// Code points of `utf8` that are no ASCII white space, counted up to `at_most`.
inline std::size_t characters(std::string_view utf8, std::size_t at_most) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < utf8.size() && count < at_most; ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c > 0x20 && (c & 0xC0) != 0x80) ++count;
  }
  return count;
}

/// string_view::find, but by memmem: every third byte of Japanese text is the same, which is find's worst case.
inline std::size_t find_bytes(std::string_view text, std::string_view needle, std::size_t from) {
  if (needle.empty() || from >= text.size()) return std::string_view::npos;
  const void* found = ::memmem(text.data() + from, text.size() - from, needle.data(), needle.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

constexpr bool is_body(ReadableKind kind) {
  return kind == ReadableKind::text || kind == ReadableKind::html || kind == ReadableKind::calendar;
}

inline text::Span span_of(std::size_t start, std::size_t size) {
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(start + size)};
}

/// The whole of a header part, or nowhere.
inline Place whole_part(const Scene& scene, ReadableKind kind) {
  const std::uint16_t part = scene.part_of(kind);
  if (part == no_part) return {};
  return {part, span_of(0, scene.message.readable[part].text.size())};
}

/// `needle` where it first stands in that part; the whole part when it does not stand there letter for letter.
inline Place in_part(const Scene& scene, ReadableKind kind, std::string_view needle) {
  const std::uint16_t part = scene.part_of(kind);
  if (part == no_part || needle.empty()) return whole_part(scene, kind);
  const std::size_t at = scene.message.readable[part].text.find(needle);
  return at == std::string::npos ? whole_part(scene, kind) : Place{part, span_of(at, needle.size())};
}

/// The visible text of a link, or nowhere when nothing of it can be seen.
inline Place shown(const message::Link& link) { return link.shown.empty() ? Place{} : Place{link.part, link.shown}; }

/// Whether a domain list holds `host` itself. For lists of mail providers: users are exactly there, and what is below
/// ("mail.provider.example") is the provider's own mail.
bool listed_exactly(const knowledge::Snapshot& knowledge, std::string_view list, std::string_view host);

/// A mail box at `host` is anybody's: free mail, a carrier's subscribers, a throw-away address.
bool is_anybodys_host(const knowledge::Snapshot& knowledge, std::string_view host);

/// A folded name put together from words that name nobody: "料金集計", "大切なお知らせ", "billing team".
bool names_nobody(const knowledge::Snapshot& knowledge, std::string_view name);

/// The registrable domain, or the host itself when it has none (an IP address, a bare name).
std::string organisation(std::string_view host);

/// The part of `text` that belongs to the message itself.
bool is_quoted(const Scene& scene, std::uint16_t part, text::Span span);

/// A text/plain part that the reader is shown as HTML instead: the same words a second time.
bool has_html_twin(const Scene& scene, std::uint16_t part);

/// Remembers what was said, so that forty links to one host are one fact.
class Said {
 public:
  bool first(FactId id, std::string_view value) { return said_.emplace(id, value).second; }

 private:
  std::set<std::pair<FactId, std::string>> said_;
};

}  // namespace sekisho::facts
