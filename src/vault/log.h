// The log of a case as a file, `log`: sealed and signed entries, one after the other, and at the end a sealed and
// signed count, so that nothing can be cut off (docs/formats/case.md). Read with every fault named; written as a whole,
// since one rename is one step. Pure: bytes in, values out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vault/case.h"
#include "vault/keys.h"

namespace sekisho::vault {

inline constexpr std::string_view log_file = "log";

/// Something that is not as it was left. `entry` is 0 when it is about no single entry.
struct Finding {
  enum class What : std::uint8_t {
    head_changed,     ///< the head's signature does not hold
    log_changed,      ///< the log does not begin or end as one, or something follows its end
    entry_changed,    ///< what stands in the place of this entry is not it: changed, moved or from elsewhere
    chain_broken,     ///< the entry does not follow from those before it
    signature_wrong,  ///< the entry's signature does not hold
    entries_missing,  ///< there are fewer or more entries than were counted; `value` is the count
    item_changed,
    item_missing,
    foreign_file,     ///< `value` stands in the case's folder and is not of it
    stamp_wrong,      ///< the time stamp is about something else
    stamp_untrusted,  ///< the authority's signature does not hold
    receipt_differs   ///< the case does not continue what the receipt says
  };
  What what = What::log_changed;
  std::uint64_t entry = 0;
  std::string value;
};

struct Log {
  std::vector<Entry> entries;        ///< those that could be read
  std::vector<std::string> digests;  ///< after each entry; "" from the first fault on
  std::string text;                  ///< of all entries
  Sha256 running;                    ///< over `text`
  std::string sealed;                ///< the entries as they stand in the file
  std::vector<Finding> findings;     ///< empty: the log is as it was left

  std::string digest() const { return hex(running.digest()); }
};

Log read_log(std::string_view bytes, const CaseKeys& keys, std::string_view case_id);

/// `log` with `more` at its end: numbers and `before` are filled in. Error usage as write_entry, and when the log would
/// outgrow limits::case_entries or case_log_bytes. `log` must have no findings.
Result<Log> with_entries(Log log, std::vector<Entry> more, const CaseKeys& keys, std::string_view case_id);

/// The whole file.
std::string log_bytes(const Log& log, const CaseKeys& keys, std::string_view case_id);

/// What is signed for the state after an entry: case, number of entries, digest.
std::string statement(std::string_view case_id, std::uint64_t entries, std::string_view digest);

/// How many entries the file seems to hold, for who has no passphrase; nullopt when it is no log.
std::optional<std::uint64_t> entries_in(std::string_view bytes);

}  // namespace sekisho::vault
