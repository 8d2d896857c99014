// The bytes of an item as a sealed file, in pieces of 64 KiB (docs/formats/case.md), so that a file of any size is kept
// and read back in the same little memory. libsodium's secretstream seals each piece, their order and their end.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "vault/files.h"
#include "vault/keys.h"

namespace sekisho::vault {

/// Where bytes come from: fills `to` with at most `room` and says how many; 0 at the end.
using Source = std::function<Result<std::size_t>(char* to, std::size_t room)>;
/// Where bytes go.
using Sink = std::function<Result<void>(std::string_view)>;

/// An item that is written and not yet in its place: it goes there with file.commit(name), or away with the object.
struct SealedItem {
  NewFile file;
  std::string name;  ///< of its file in the case
  Digest digest{};
  std::uint64_t bytes = 0;
};
Result<SealedItem> seal_item(Files& files, const std::filesystem::path& folder, const CaseKeys& keys,
                             std::string_view case_id, const Source& source);

struct ItemRead {
  Digest digest{};
  std::uint64_t bytes = 0;
};
/// Everything up to a fault has gone into `sink` by then. Error bad_data when a byte was changed, is missing or is too
/// many; unreadable when there is no such file.
Result<ItemRead> open_item(const std::filesystem::path& file, const CaseKeys& keys, std::string_view case_id,
                           const Sink& sink);

}  // namespace sekisho::vault
