// Messages as people have them: one .eml, an mbox, a Maildir, a folder of .eml, standard input. Hands out one message's
// bytes at a time; memory does not grow with the mailbox. Read-only: nothing is ever written, locked or moved. Called
// by `app` (check) and later by scan. Not thread-safe: one reader, one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::mailbox {

/// One message to judge. `bytes` lives until the callback returns.
struct Item {
  std::string input;         ///< the path as given or found; "-" for standard input
  std::uint64_t index = 0;   ///< position inside `input` (mbox), 0 otherwise
  std::uint64_t offset = 0;  ///< byte offset of the message in `input`
  std::string_view bytes;
};

/// A file that could not be read; the others are still handed out.
struct Unreadable {
  std::string input;
  Error error;
};

/// Called for every message; return false to stop early.
using OnItem = std::function<bool(const Item&)>;
using OnUnreadable = std::function<void(const Unreadable&)>;

/// Walks `paths` in the order given; folders sorted by name, recursively; Maildir cur/ and new/ (tmp/ is skipped); an
/// mbox is recognised by its first line; mboxrd ">From " quoting undone. "-" is standard input read to its end. Hidden
/// files non-regular files (devices, sockets) and files not named like mail (README.md) are skipped inside folders and refused when named. A file over
/// limits::message_bytes is refused (mbox files may be any size; one message inside may not).
void read_all(const std::vector<std::string>& paths, const OnItem& on_item, const OnUnreadable& on_unreadable);

/// What there is to do, for a progress bar: counts files and bytes without reading them.
struct Extent {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};
Extent measure(const std::vector<std::string>& paths);

}  // namespace sekisho::mailbox
