// A paper from anywhere: whatever the bytes, it is read or refused, and what was read is written and read again the
// same.
#include <cstdint>
#include <cstdlib>

#include "paper/paper.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho::paper;
  const auto paper = read_paper({reinterpret_cast<const char*>(data), size});
  if (!paper) {
    if (paper.error().what.empty()) std::abort();
    return 0;
  }
  const std::string written = write_paper(*paper);
  const auto again = read_paper(written);
  if (!again || again->blocks.size() != paper->blocks.size() || write_paper(*again) != written) std::abort();
  return 0;
}
