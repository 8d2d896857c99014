// Whether a case is as it was left: every entry, every item, every time stamp, and what somebody holds against it (a
// receipt, the authority's certificates). Reads everything once, in little memory; changes nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vault/receipt.h"
#include "vault/stamp.h"
#include "vault/vault.h"

namespace sekisho::vault {

/// Something that is not wrong but should be said.
struct Notice {
  enum class What : std::uint8_t {
    unclaimed_item,   ///< an item of this case that no entry names: an addition was cut short, or the log was put back
    unfinished_file,  ///< what a process was writing when it ended
    other_day,        ///< the head says another keep-until than the log
    other_folder,     ///< the folder does not have the case's name
    erased_item,      ///< `entry`: erased on purpose, as a later entry says
    stamp_unchecked   ///< `entry`: nobody gave the authority's certificates
  };
  What what = What::unclaimed_item;
  std::uint64_t entry = 0;
  std::string value;
};

struct SeenStamp {
  std::uint64_t entry = 0, covers = 0;  ///< the entry that holds it; the last entry that it is about
  Stamp stamp;
  bool trusted = false;  ///< the signature was checked with certificates that were given
};

struct Against {
  std::optional<Receipt> receipt;
  std::string certificates;  ///< PEM; empty: signatures of stamps are not checked
};

struct Verification {
  std::vector<Finding> findings;  ///< empty: as it was left
  std::vector<Notice> notices;
  std::vector<SeenStamp> stamps;
  std::uint64_t entries = 0, items = 0, bytes = 0;
  bool receipt_holds = false;
};

/// `seen` is told the bytes of each piece that was read.
Verification verify(const Vault& vault, const Against& against, const std::function<void(std::uint64_t)>& seen);

}  // namespace sekisho::vault
