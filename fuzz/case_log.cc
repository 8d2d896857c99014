// The log of a case: any bytes give entries and findings. What was not sealed with the key gives no entry; entries as
// text have one spelling; a receipt as somebody typed it is read or not.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "vault/entry.h"
#include "vault/log.h"
#include "vault/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho::vault;
  static const auto keys = CaseKeys::fresh();
  if (!keys) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Log log = read_log(bytes, *keys, "fuzz");
  if (log.findings.empty() || !log.entries.empty()) std::abort();
  (void)entries_in(bytes);

  std::string_view rest = bytes;
  Entry entry;
  while (take_entry(rest, entry)) {
    const auto written = write_entry(entry);
    if (!written || bytes.find(*written) == std::string_view::npos) std::abort();
  }
  if (const auto receipt = find_receipt(bytes); receipt && receipt->start.size() != 20) std::abort();
  return 0;
}
