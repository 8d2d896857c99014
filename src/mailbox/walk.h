// The files of a path in a fixed order: the file itself, or what is in a folder, sorted by name, folders inside
// included. Maildir: cur/ and new/, then its subfolders (".Sent"). Used by reader.cc only; an explicit stack, no
// recursion.
#pragma once

#include <functional>
#include <string>

#include "mailbox/reader.h"

namespace sekisho::mailbox {

/// Calls `on_file` for each until it returns false. Inside folders hidden entries, links and everything that is no
/// regular file or not named like mail (README.md, labels.tsv) are passed over; `path` itself may be a link.
/// `on_passed_over` hears of the visible regular files outside Maildirs among them.
void walk_files(const std::string& path, const std::function<bool(const std::string&)>& on_file,
                const OnUnreadable& on_unreadable, const OnPassedOver& on_passed_over = {});

/// Files that mail programs and people write mail into; a list of labels or a README beside them is no message.
bool is_named_like_mail(const std::string& path);

}  // namespace sekisho::mailbox
