// An open case: its folder, its keys and what its log says. Everything that `add` acknowledges is on the disk; a
// process that is killed, a full disk or a failing disk leave the case as it was before or as it is after, never in
// between. Who opens a case for writing holds its lock; a second writer waits or is refused. One thread; keys live as
// long as the object.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "vault/case.h"
#include "vault/descriptor.h"
#include "vault/files.h"
#include "vault/head.h"
#include "vault/item.h"
#include "vault/log.h"

namespace sekisho::vault {

enum class Access : std::uint8_t { read, write };
enum class IfBusy : std::uint8_t { wait, refuse };

inline constexpr std::string_view items_folder = "items", lock_file = "lock";

struct NewCase {
  std::string id, opened, keep_until = "none", time, author;
  Cost cost;
};

class Vault {
 public:
  /// Makes the folder `cases`/id in one step; `cases` must exist. Error usage when the id is taken. Not opened.
  static Result<void> create(Files& files, const std::filesystem::path& cases, const NewCase& wanted,
                             const Passphrase& passphrase, std::vector<Entry> first);
  /// Error usage: wrong passphrase, or busy with IfBusy::refuse. Error bad_data: the head is damaged; with
  /// Access::write any damage. With Access::read a damaged case opens as far as it can be read, and findings() says
  /// what is wrong.
  static Result<Vault> open(Files& files, std::filesystem::path folder, const Passphrase& passphrase, Access access,
                            IfBusy if_busy);

  const Case& content() const { return case_; }
  const std::vector<Finding>& findings() const { return log_.findings; }
  /// SHA-256 after each entry, "" where that cannot be told.
  const std::vector<std::string>& digests() const { return log_.digests; }
  /// The text of all entries: log.txt of an export.
  const std::string& log_text() const { return log_.text; }
  const Head& head() const { return head_; }
  const std::filesystem::path& folder() const { return folder_; }
  Signature sign(std::string_view text) const { return keys_.sign(text); }
  const CaseKeys& keys() const { return keys_; }

  /// For Access::write. Numbers and `before` of the entries are filled in.
  Result<std::vector<Entry>> add(std::vector<Entry> entries);
  struct Added {
    Entry entry;  ///< the new one, or the one that has held these bytes already
    bool duplicate = false;
  };
  /// Keeps what `source` gives, with `entry` (whose item needs only a name).
  Result<Added> add_item(Entry entry, const Source& source);
  /// `entry` says since when and by whom; the head and the log both say the day. `day` is a day or "none".
  Result<void> keep_until(Entry entry, const std::string& day);
  /// The bytes of entry `number` go; the entry stays, `entry` says that they went. Error usage when it has none.
  Result<void> erase_item(Entry entry, std::uint64_t number);
  /// From now on only `next` opens the case. Copies made before still open with the old one.
  Result<void> change_passphrase(const Passphrase& next);

  /// Error usage when entry `number` has no item, or it was erased.
  Result<void> read_item(std::uint64_t number, const Sink& sink) const;
  std::filesystem::path item_path(const Item& item) const;

 private:
  Vault(Files& files, std::filesystem::path folder, Head head, SecretBytes passphrase_key, CaseKeys keys, Log log,
        Descriptor lock)
      : files_(&files),
        folder_(std::move(folder)),
        head_(std::move(head)),
        passphrase_key_(std::move(passphrase_key)),
        keys_(std::move(keys)),
        log_(std::move(log)),
        lock_(std::move(lock)) {}
  Result<void> set_right();
  Result<void> write_log(Log log);
  Result<void> write_head(Head head);
  void refresh();
  const Entry* holder_of(const std::string& sha256) const;

  Files* files_;
  std::filesystem::path folder_;
  Head head_;
  SecretBytes passphrase_key_;
  CaseKeys keys_;
  Log log_;
  Case case_;
  Descriptor lock_;
};

}  // namespace sekisho::vault
