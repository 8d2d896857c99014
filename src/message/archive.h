// The directory of an archive attachment: names, true kinds of the entries, archives inside archives. Reading is
// bounded by limits::archive_entries, archive_depth and archive_ratio; nothing is written anywhere. By libarchive (zip,
// rar, 7z, tar, gz, bz2, xz, cab, lha, iso).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/deadline.h"
#include "message/message.h"

namespace sekisho::message {

struct ArchiveListing {
  std::vector<std::string> entries;   ///< "inner.zip/readme.txt" for what is inside an inner archive
  std::vector<FileKind> kinds;        ///< the same order
  FileKind kind = FileKind::archive;  ///< office documents, apk and jar are ZIPs: what this one really is
  bool encrypted = false;
  std::vector<Defect> defects;
  std::size_t unpacked = 0;  ///< decompressed bytes, to be taken from the message's budget
};

/// `unpack_budget`: how many decompressed bytes may still be produced for this message (limits::unpacked_bytes in all).
/// Stops where `until` is past (Defect::time_exhausted).
ArchiveListing list_archive(std::string_view bytes, std::size_t unpack_budget, const Deadline& until = {});

}  // namespace sekisho::message
