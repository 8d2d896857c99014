// Settings files come from anywhere: any bytes give settings or an error that names a line.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto settings = sekisho::engine::parse_settings({reinterpret_cast<const char*>(data), size}, "fuzz.toml");
  if (!settings && (settings.error().what.empty() || settings.error().where.rfind("fuzz.toml", 0) != 0)) std::abort();
  if (settings && settings->jobs.value > sekisho::engine::most_jobs) std::abort();
  return 0;
}
