// Bytes under any label: always valid UTF-8, and nothing lost from plain ASCII. The input's first line is the label.
#include <cstdint>
#include <string_view>

#include "text/charset.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho::text;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find('\n');
  const std::string_view label = line == std::string_view::npos ? "" : input.substr(0, line);
  const std::string_view bytes = line == std::string_view::npos ? input : input.substr(line + 1);
  for (const std::string_view hint : {"", "shift_jis", "gb2312"}) {
    const Decoded decoded = decode(bytes, label, hint);
    if (valid_prefix(decoded.utf8) != decoded.utf8.size()) __builtin_trap();
    if (decoded.charset.empty() && decoded.utf8 != bytes) __builtin_trap();
    // Decoding is bounded by its input: no byte becomes more than a handful.
    if (decoded.utf8.size() > bytes.size() * 12 + 16) __builtin_trap();
  }
  const std::string valid = to_valid_utf8(bytes);
  if (valid_prefix(valid) != valid.size()) __builtin_trap();
  return 0;
}
