// A small secret of the owner as one sealed file with its key beside it, both for the owner only: what a person tells
// about themselves. Called by `app` (me). It is replaced as a whole: a kill or a full disk at any point leaves what
// stood there before. It knows nothing of what it holds. One process at a time; no state of its own.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::store {

class SealedFile {
 public:
  /// `folder`/`name`.sealed and `folder`/`name`.key.
  SealedFile(const std::filesystem::path& folder, std::string_view name);

  bool exists() const;
  /// nullopt when there is none. Error unreadable when it, or its key, cannot be read; bad_data when it was changed or
  /// belongs to another key.
  Result<std::optional<std::string>> read() const;
  /// Makes the folder and the key where they are missing. Error unreadable when the disk is full or not ours.
  Result<void> write(std::string_view plain) const;
  /// The key first: without it the rest is noise. What is not there is no error.
  Result<void> erase() const;

  const std::filesystem::path& file() const { return file_; }
  const std::filesystem::path& key() const { return key_; }

 private:
  std::filesystem::path file_, key_;
  std::string place_;
};

}  // namespace sekisho::store
