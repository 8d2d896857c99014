// Any bytes as winmail.dat: names are valid UTF-8, contents lie inside the bytes, nothing is listed over the limit.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/limits.h"
#include "message/tnef.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto listing = sekisho::message::list_tnef(bytes);
  if (listing.files.size() > sekisho::limits::archive_entries) std::abort();
  for (const auto& file : listing.files) {
    if (sekisho::text::valid_prefix(file.name) != file.name.size()) std::abort();
    const bool inside = file.content.empty() || (file.content.data() >= bytes.data() &&
                                                 file.content.data() + file.content.size() <= bytes.data() + size);
    if (!inside) std::abort();
  }
  return 0;
}
