// Writing so that a reader sees all of a file or nothing of it, whatever happens in between: beside its place, synced,
// renamed, and the folder synced. Every step that changes the disk goes through Files, so that a test can let each one
// fail or end the process there. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::vault {

/// The steps, as POSIX has them: -1 and errno when they fail.
class Files {
 public:
  virtual ~Files() = default;
  /// A new file for writing, readable by its owner alone; fails when something of this name is there.
  virtual int create(const char* path);
  virtual ssize_t write(int descriptor, const void* bytes, std::size_t count);
  virtual int sync(int descriptor);
  virtual int rename(const char* from, const char* to);
  virtual int remove(const char* path);
  virtual int make_folder(const char* path);
  virtual int remove_folder(const char* path);
};
Files& real_files();

/// What went wrong with `path` by errno: a full disk is told apart, since it has a remedy. The case is as before.
Error write_error(const std::filesystem::path& path);
Error read_error(const std::filesystem::path& path);

Result<void> sync_folder(Files& files, const std::filesystem::path& folder);

/// The ending of what is not yet in its place.
inline constexpr std::string_view unfinished = ".part";

/// A file on its way to its place. What was not put there is removed with the object.
class NewFile {
 public:
  /// `name` + unfinished, in `folder`; what a killed process left under this name is replaced.
  static Result<NewFile> begin(Files& files, const std::filesystem::path& folder, std::string_view name);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  Result<void> append(std::string_view bytes);
  /// Puts it in its place as `name`, in place of what stands there. When this fails, either the old or the new is
  /// there.
  Result<void> commit(std::string_view name);

 private:
  NewFile(Files& files, std::filesystem::path folder, std::filesystem::path beside, int descriptor)
      : files_(&files), folder_(std::move(folder)), beside_(std::move(beside)), descriptor_(descriptor) {}
  Files* files_;
  std::filesystem::path folder_, beside_;
  int descriptor_;
};

/// A whole file of at most `most` bytes. Refuses links and what is no file.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t most);

}  // namespace sekisho::vault
