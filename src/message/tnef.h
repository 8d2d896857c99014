// What Outlook packs into "winmail.dat" (application/ms-tnef; [MS-OXTNEF]): the files inside, by name and content.
// Ours, because libytnef prints to the standard streams, allocates what a length field asks for up to 50 MB a time, and
// has undefined behaviour on hostile bytes (docs/dependencies.md). Called by attachment.cc. Pure; linear; nothing is
// copied but names; no recursion.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::message {

struct TnefFile {
  std::string name;          ///< valid UTF-8, the long name where there is one; may be empty
  std::string_view content;  ///< in the bytes that were read; of an attached message its own TNEF stream
};

struct TnefListing {
  std::vector<TnefFile> files;  ///< at most limits::archive_entries
  bool damaged = false;         ///< it ends in the middle, or its lengths do not fit
  bool truncated = false;       ///< there were more files
};

/// Check sums are not looked at: Outlook opens what does not fit them, and so does a careful reader.
TnefListing list_tnef(std::string_view bytes);

}  // namespace sekisho::message
