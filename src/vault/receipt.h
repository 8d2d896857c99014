// A receipt: what a case was at one moment, short enough to be written down, so that somebody who puts the whole case
// back to an earlier state is found out. "17-3K9F-Q2MZ-81TB-X0AE": the number of entries and the first 80 bits of the
// digest of their text (which `head -c` and sha256sum give of an exported log.txt). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::vault {

struct Receipt {
  std::uint64_t entries = 0;
  std::string start;  ///< 20 hexadecimal digits of the digest
};

/// `digest`: 64 hexadecimal digits.
std::string write_receipt(std::uint64_t entries, std::string_view digest);

/// The first receipt in `text`: as typed (small letters, O for 0, I and L for 1, blanks between the groups) or a whole
/// receipt as it was saved. nullopt when there is none.
std::optional<Receipt> find_receipt(std::string_view text);

/// Whether the case with these digests (after each entry) continues what the receipt says.
bool continues(const Receipt& receipt, const std::vector<std::string>& digests);

}  // namespace sekisho::vault
