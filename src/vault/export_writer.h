// Where an export goes: a folder or a zip, file by file, each of known size. Written beside its place and put there
// when all of it is on the disk; what is not finished is taken away again. Not thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::vault {

class ExportWriter {
 public:
  virtual ~ExportWriter() = default;
  /// `name` may have folders ("evidence/0003-mail.eml"); exactly `bytes` follow through append.
  virtual Result<void> begin(const std::string& name, std::uint64_t bytes) = 0;
  virtual Result<void> append(std::string_view bytes) = 0;
  virtual Result<void> end() = 0;
  /// Everything is there: now it is put in its place.
  virtual Result<void> finish() = 0;

  Result<void> add(const std::string& name, std::string_view bytes);
};

/// Error usage when something stands at `place` already. `made` (seconds since 1970) is the time of the files in a zip.
Result<std::unique_ptr<ExportWriter>> export_to_folder(const std::filesystem::path& place);
Result<std::unique_ptr<ExportWriter>> export_to_zip(const std::filesystem::path& place, std::int64_t made);

}  // namespace sekisho::vault
