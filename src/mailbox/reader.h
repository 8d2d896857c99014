// Messages as people have them: one .eml, an mbox, a Maildir, a folder of .eml, a zip of them, any of these gzipped,
// standard input. Hands out one message's
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
  std::uint64_t offset = 0;  ///< byte offset of the message in `input` (of a packed one: after unpacking)
  std::uint64_t end = 0;     ///< where the next one begins, or the input ends
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

/// Called for a file in a folder that is not named like mail and was not read.
using OnPassedOver = std::function<void(const std::string& path)>;

/// Walks `paths` in the order given; folders sorted by name, recursively; Maildir cur/ and new/ (tmp/ is skipped); an
/// mbox is recognised by its first line; mboxrd ">From " quoting undone. "-" is standard input read to its end. Hidden
/// files non-regular files (devices, sockets) and files not named like mail (README.md) are skipped inside folders and
/// refused when named. A file over limits::message_bytes is refused (mbox files may be any size; one message inside may
/// not).
void read_all(const std::vector<std::string>& paths, const OnItem& on_item, const OnUnreadable& on_unreadable);

/// A file that may hold messages, as a folder shows it.
struct File {
  std::string path;
  std::uint64_t size = 0;
  std::int64_t modified = 0;  ///< nanoseconds since 1970
};

/// The files that read_all() would read, in the same order, unopened; "-" stands as it is, with size 0.
std::vector<File> list_files(const std::vector<std::string>& paths, const OnUnreadable& on_unreadable,
                             const OnPassedOver& on_passed_over = {});

/// Where in a file to begin: at a message that an earlier run of read_file() ended before.
struct Start {
  std::uint64_t offset = 0;
  std::uint64_t index = 0;
};

/// Reads one file of list_files() from `start` on; false when `on_item` wanted no more. A packed file is always read
/// from its beginning.
bool read_file(const std::string& path, const Start& start, const OnItem& on_item, const OnUnreadable& on_unreadable);

/// The same for what is in memory already: a message, an mbox, or a packed file of at most `most_unpacked` bytes
/// unpacked (more is told to `on_unreadable`). `name` stands for the path.
void read_bytes(const std::string& name, std::string_view bytes, std::uint64_t most_unpacked, const OnItem& on_item,
                const OnUnreadable& on_unreadable);

/// Up to `size` bytes at `offset`; fewer at the end, none when it cannot be read.
std::string peek(const std::string& path, std::uint64_t offset, std::size_t size);

/// Whether these first bytes are those of a packed file (gzip, zip, …), whose offsets are not those of the file.
bool is_packed(std::string_view first_bytes);

/// What there is to do, for a progress bar: counts files and bytes without reading them.
struct Extent {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};
Extent measure(const std::vector<std::string>& paths);

}  // namespace sekisho::mailbox
