// The head of a case comes from a folder that anybody may have written to: any bytes give a head or an error, and a
// head that was read is written as it stood.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "vault/head.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto head = sekisho::vault::read_head(bytes, "case");
  if (head && sekisho::vault::write_head(*head) != bytes) std::abort();
  if (!head && head.error().said.id.empty()) std::abort();
  return 0;
}
