// What a request's line and fields name: targets, forms, hosts, file names. Whatever the bytes, what comes out is
// harmless: no segment climbs, no host holds a slash, no file name holds a control.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/limits.h"
#include "serve/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho::serve;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto target = read_target(bytes))
    for (const std::string& segment : target->path)
      if (segment.empty() || segment == "." || segment == ".." || segment.find_first_of("/\\") != std::string::npos)
        std::abort();
  if (const auto host = host_of(bytes))
    if (host->empty() || host->find_first_of("/@ \t\r\n%") != std::string::npos) std::abort();
  const std::string name = file_name_of(bytes);
  if (name.size() > sekisho::limits::http_file_name_bytes) std::abort();
  for (const char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == '/' || c == '\\') std::abort();
  (void)read_form(bytes);
  return 0;
}
