#include "vault/verify.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/limits.h"

namespace sekisho::vault {
namespace {

namespace fs = std::filesystem;
using What = Finding::What;

class Verifier {
 public:
  Verifier(const Vault& vault, const Against& against, const std::function<void(std::uint64_t)>& seen)
      : vault_(vault), against_(against), seen_(seen) {
    for (const Entry& entry : vault.content().entries)
      if (entry.kind == Kind::erased) erased_.insert(entry.about);
  }

  Verification run() {
    out_.findings = vault_.findings();
    out_.entries = vault_.content().entries.size();
    for (const Entry& entry : vault_.content().entries)
      if (entry.item) look_at(entry);
    look_around();
    compare_heads();
    if (against_.receipt) {
      out_.receipt_holds = continues(*against_.receipt, vault_.digests());
      if (!out_.receipt_holds) find(What::receipt_differs, 0, std::to_string(against_.receipt->entries));
    }
    return std::move(out_);
  }

 private:
  void find(What what, std::uint64_t entry, std::string value = {}) {
    out_.findings.push_back({what, entry, std::move(value)});
  }
  void note(Notice::What what, std::uint64_t entry, std::string value = {}) {
    out_.notices.push_back({what, entry, std::move(value)});
  }

  void look_at(const Entry& entry) {
    if (erased_.contains(std::to_string(entry.number))) {
      note(Notice::What::erased_item, entry.number, entry.item->name);
      return;
    }
    const fs::path path = vault_.item_path(*entry.item);
    claimed_.insert(path.filename().string());
    std::string kept;
    const bool is_stamp = entry.kind == Kind::stamp;
    const auto read = open_item(path, vault_.keys(), vault_.content().id, [&](std::string_view piece) -> Result<void> {
      seen_(piece.size());
      if (is_stamp && kept.size() + piece.size() <= limits::stamp_bytes) kept += piece;
      return {};
    });
    ++out_.items;
    if (!read) {
      find(read.error().code == ErrorCode::unreadable ? What::item_missing : What::item_changed, entry.number,
           entry.item->name);
      return;
    }
    out_.bytes += read->bytes;
    if (hex(read->digest) != entry.item->sha256 || read->bytes != entry.item->bytes)
      find(What::item_changed, entry.number, entry.item->name);
    else if (is_stamp)
      look_at_stamp(entry, kept);
  }

  void look_at_stamp(const Entry& entry, const std::string& reply) {
    std::uint64_t covers = 0;
    std::from_chars(entry.about.data(), entry.about.data() + entry.about.size(), covers);
    const auto stamp = read_stamp(reply, entry.item->name);
    const std::vector<std::string>& digests = vault_.digests();
    if (!stamp || covers == 0 || covers >= entry.number || covers > digests.size() ||
        digests[covers - 1] != stamp->digest) {
      find(What::stamp_wrong, entry.number, entry.item->name);
      return;
    }
    SeenStamp seen{entry.number, covers, *stamp, false};
    if (against_.certificates.empty()) {
      note(Notice::What::stamp_unchecked, entry.number, entry.item->name);
    } else if (const auto ok = check_stamp(reply, stamp->digest, against_.certificates, entry.item->name); !ok) {
      find(What::stamp_untrusted, entry.number, ok.error().what);
    } else {
      seen.trusted = true;
    }
    out_.stamps.push_back(std::move(seen));
  }

  /// What lies in the folder and in no entry.
  void look_around() {
    std::error_code error;
    for (const auto& file : fs::directory_iterator(vault_.folder(), error)) {
      const std::string name = file.path().filename().string();
      if (name == head_file || name == log_file || name == items_folder || name == lock_file) continue;
      stray(file.path(), name);
    }
    for (const auto& file : fs::directory_iterator(vault_.folder() / items_folder, error)) {
      const std::string name = file.path().filename().string();
      if (claimed_.contains(name)) continue;
      const auto read = open_item(file.path(), vault_.keys(), vault_.content().id,
                                  [](std::string_view) -> Result<void> { return {}; });
      if (read && vault_.keys().item_name(read->digest) == name)
        note(Notice::What::unclaimed_item, 0, name);
      else
        stray(file.path(), name);
    }
  }

  void stray(const fs::path& path, const std::string& name) {
    std::error_code error;
    if (name.ends_with(unfinished) && fs::is_regular_file(fs::symlink_status(path, error)))
      note(Notice::What::unfinished_file, 0, name);
    else
      find(What::foreign_file, 0, name);
  }

  void compare_heads() {
    std::string day = "none";
    for (const Entry& entry : vault_.content().entries)
      if (entry.kind == Kind::keep_until) day = entry.about;
    if (vault_.head().keep_until != day && vault_.head().version >= 2) note(Notice::What::other_day, 0, day);
    const std::string folder = vault_.folder().filename().string();
    if (folder != vault_.content().id) note(Notice::What::other_folder, 0, folder);
  }

  const Vault& vault_;
  const Against& against_;
  const std::function<void(std::uint64_t)>& seen_;
  Verification out_;
  std::set<std::string> erased_, claimed_;
};

}  // namespace

Verification verify(const Vault& vault, const Against& against, const std::function<void(std::uint64_t)>& seen) {
  return Verifier(vault, against, seen).run();
}

}  // namespace sekisho::vault
