// Where `sekisho me` keeps what a person told: one sealed file and its key in the state folder. Why a key file and no
// passphrase: docs/decisions/README.md. Used by `me` and, for reading, by every command that scans a mailbox.
#pragma once

#include <filesystem>
#include <optional>

#include "app/profile.h"
#include "base/result.h"
#include "store/sealed_file.h"

namespace sekisho::app {

class MeStore {
 public:
  /// `folder`: the state folder of the settings.
  explicit MeStore(const std::filesystem::path& folder) : file_(folder, "me") {}

  /// nullopt when nothing was told.
  Result<std::optional<Told>> load() const;
  Result<void> save(const Told& told) const;
  /// Whether there was anything.
  Result<bool> erase() const;
  const std::filesystem::path& file() const { return file_.file(); }

 private:
  store::SealedFile file_;
};

/// The profile for a scan: from `file` where one was given, else what `sekisho me` keeps in `state`; an empty one when
/// there is neither.
Result<campaign::Profile> profile_for_scan(const std::optional<std::filesystem::path>& file,
                                           const std::filesystem::path& state);

}  // namespace sekisho::app
