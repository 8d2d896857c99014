#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "vault/descriptor.h"
#include "vault/export_writer.h"
#include "vault/files.h"

namespace sekisho::vault {
namespace {

namespace fs = std::filesystem;

class ZipWriter final : public ExportWriter {
 public:
  ZipWriter(fs::path place, fs::path beside, Descriptor file, std::int64_t made)
      : place_(std::move(place)), beside_(std::move(beside)), file_(std::move(file)), made_(made) {}
  ~ZipWriter() override {
    if (zip_ != nullptr) archive_write_free(zip_);
    if (!finished_) ::unlink(beside_.c_str());
  }

  Result<void> start() {
    zip_ = archive_write_new();
    // Names are given to libarchive as UTF-8 and marked as such, whatever the machine's locale is.
    if (zip_ == nullptr || archive_write_set_format_zip(zip_) != ARCHIVE_OK ||
        archive_write_set_options(zip_, "zip:hdrcharset=UTF-8") < ARCHIVE_WARN ||
        archive_write_open_fd(zip_, file_.get()) != ARCHIVE_OK)
      return failed();
    return {};
  }
  Result<void> begin(const std::string& name, std::uint64_t bytes) override {
    archive_entry* const entry = archive_entry_new2(zip_);
    if (entry == nullptr) return failed();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes));
    archive_entry_set_mtime(entry, made_, 0);
    const int done = archive_write_header(zip_, entry);
    archive_entry_free(entry);
    if (done < ARCHIVE_WARN) return failed();
    return {};
  }
  Result<void> append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const la_ssize_t written = archive_write_data(zip_, bytes.data(), bytes.size());
      if (written <= 0) return failed();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }
  Result<void> end() override {
    if (archive_write_finish_entry(zip_) < ARCHIVE_WARN) return failed();
    return {};
  }
  Result<void> finish() override {
    if (archive_write_close(zip_) != ARCHIVE_OK) return failed();
    if (real_files().sync(file_.get()) != 0 || real_files().rename(beside_.c_str(), place_.c_str()) != 0)
      return tl::unexpected(write_error(place_));
    finished_ = true;
    return sync_folder(real_files(), place_.has_parent_path() ? place_.parent_path() : fs::path("."));
  }

 private:
  Result<void> failed() {
    if (zip_ != nullptr && archive_errno(zip_) > 0) errno = archive_errno(zip_);
    return tl::unexpected(write_error(place_));
  }

  fs::path place_, beside_;
  Descriptor file_;
  std::int64_t made_;
  archive* zip_ = nullptr;
  bool finished_ = false;
};

}  // namespace

Result<std::unique_ptr<ExportWriter>> export_to_zip(const fs::path& place, std::int64_t made) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(place, error)))
    return fail(ErrorCode::usage, Said{"case.export_exists", {}}, "something of this name is there already",
                place.string(), "choose another name");
  const fs::path beside = place.string() + std::string(unfinished);
  ::unlink(beside.c_str());
  Descriptor file(real_files().create(beside.c_str()));
  if (!file) return tl::unexpected(write_error(beside));
  auto writer = std::make_unique<ZipWriter>(place, beside, std::move(file), made);
  if (auto ok = writer->start(); !ok) return tl::unexpected(ok.error());
  return writer;
}

}  // namespace sekisho::vault
