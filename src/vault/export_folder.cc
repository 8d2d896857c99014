#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "vault/descriptor.h"
#include "vault/export_writer.h"
#include "vault/files.h"

namespace sekisho::vault {
namespace {

namespace fs = std::filesystem;

class FolderWriter final : public ExportWriter {
 public:
  FolderWriter(fs::path place, fs::path beside) : place_(std::move(place)), beside_(std::move(beside)) {}
  ~FolderWriter() override {
    std::error_code ignored;
    if (!finished_) fs::remove_all(beside_, ignored);
  }

  Result<void> begin(const std::string& name, std::uint64_t) override {
    path_ = beside_ / name;
    std::error_code error;
    fs::create_directories(path_.parent_path(), error);
    file_ = Descriptor(real_files().create(path_.c_str()));
    if (!file_) return tl::unexpected(write_error(path_));
    return {};
  }
  Result<void> append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = real_files().write(file_.get(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return tl::unexpected(write_error(path_));
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }
  Result<void> end() override {
    if (real_files().sync(file_.get()) != 0) return tl::unexpected(write_error(path_));
    file_ = Descriptor();
    return {};
  }
  Result<void> finish() override {
    if (real_files().rename(beside_.c_str(), place_.c_str()) != 0) return tl::unexpected(write_error(place_));
    finished_ = true;
    return sync_folder(real_files(), place_.has_parent_path() ? place_.parent_path() : fs::path("."));
  }

 private:
  fs::path place_, beside_, path_;
  Descriptor file_;
  bool finished_ = false;
};

}  // namespace

Result<void> ExportWriter::add(const std::string& name, std::string_view bytes) {
  if (auto ok = begin(name, bytes.size()); !ok) return ok;
  if (auto ok = append(bytes); !ok) return ok;
  return end();
}

Result<std::unique_ptr<ExportWriter>> export_to_folder(const fs::path& place) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(place, error)))
    return fail(ErrorCode::usage, Said{"case.export_exists", {}}, "something of this name is there already",
                place.string(), "choose another name");
  const fs::path beside = place.string() + std::string(unfinished);
  fs::remove_all(beside, error);
  if (real_files().make_folder(beside.c_str()) != 0) return tl::unexpected(write_error(beside));
  return std::make_unique<FolderWriter>(place, beside);
}

}  // namespace sekisho::vault
