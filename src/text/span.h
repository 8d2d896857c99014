// A half-open byte range in some text; which text is said by whoever holds the span.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sekisho::text {

struct Span {
  std::uint32_t start = 0;  ///< byte offset of the first byte
  std::uint32_t end = 0;    ///< byte offset past the last byte
  std::size_t size() const { return end - start; }
  bool empty() const { return end <= start; }
  friend bool operator==(const Span&, const Span&) = default;
};

}  // namespace sekisho::text
