// What the index of a scan holds, as bytes: they were sealed by us, but reading believes nothing. Whatever is read must
// come back the same when it is written and read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "campaign/fingerprint_bytes.h"
#include "campaign/gathering.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho::campaign;
  ByteReader in({reinterpret_cast<const char*>(data), size});
  Gathering gathering;
  std::uint32_t mails = 0;
  while (!in.at_end() && mails < 1'000) {
    const auto print = read_fingerprint(in);
    if (!print) break;
    ByteWriter out;
    write(out, *print);
    const std::string bytes = out.take();
    ByteReader again(bytes);
    const auto same = read_fingerprint(again);
    if (!same || !again.at_end() || same->address != print->address || same->items.size() != print->items.size())
      std::abort();
    gathering.add(*print);
    ++mails;
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < mails; ++i) order.push_back(i);
  gathering.arrange(order);
  return 0;
}
