#include "base/fingerprint.h"

#include <fmt/format.h>

namespace sekisho {

std::string fingerprint_text(std::string_view bytes) {
  return fmt::format("{:016x}", fingerprint(bytes)).substr(0, 12);
}

}  // namespace sekisho
