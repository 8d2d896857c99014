// Folding any text: valid UTF-8 out, and every character of it leads back to whole characters of the original, in
// order.
#include <cstdint>
#include <string_view>

#include "text/charset.h"
#include "text/fold.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho::text;
  const std::string text = to_valid_utf8({reinterpret_cast<const char*>(data), size});
  const auto boundary = [&](std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
  };
  const Folded folded = fold(text);
  if (valid_prefix(folded.text()) != folded.text().size()) __builtin_trap();
  Span before{0, 0};
  for (std::uint32_t at = 0; at < folded.text().size();) {
    const std::uint32_t next = at + code_point_at(folded.text(), at).size;
    const Span span = folded.original({at, next});
    if (span.empty() || span.end > text.size() || !boundary(span.start) || !boundary(span.end)) __builtin_trap();
    if (!(span == before) && span.start < before.end) __builtin_trap();
    before = span;
    at = next;
  }
  for (const Folded::Trick& trick : folded.tricks()) {
    if (trick.original.empty() || trick.original.end > text.size() || trick.plain.empty()) __builtin_trap();
    if (!boundary(trick.original.start) || !boundary(trick.original.end)) __builtin_trap();
    if (valid_prefix(trick.plain) != trick.plain.size()) __builtin_trap();
  }
  const std::string key = lookalike_key(folded.text());
  if (valid_prefix(key) != key.size()) __builtin_trap();
  return 0;
}
