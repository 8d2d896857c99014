#include "vault/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "vault/descriptor.h"

namespace sekisho::vault {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::generic_category().message(errno); }

}  // namespace

int Files::create(const char* path) {
  return ::open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
}
ssize_t Files::write(int descriptor, const void* bytes, std::size_t count) { return ::write(descriptor, bytes, count); }
int Files::sync(int descriptor) { return ::fsync(descriptor); }
int Files::rename(const char* from, const char* to) { return ::rename(from, to); }
int Files::remove(const char* path) { return ::unlink(path); }
int Files::make_folder(const char* path) { return ::mkdir(path, S_IRWXU); }
int Files::remove_folder(const char* path) { return ::rmdir(path); }

Files& real_files() {
  static Files files;
  return files;
}

Error write_error(const fs::path& path) {
  const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  const std::string said = reason();
  if (full)
    return Error{ErrorCode::internal, "there is no room left on the disk; nothing was changed", path.string(),
                 "make room and do it again", Said{"case.disk_full", {}}};
  return Error{ErrorCode::internal, "cannot be written: " + said, path.string(),
               "check the disk and that the folder is yours", Said{"case.write", {{"said", said}}}};
}

Error read_error(const fs::path& path) {
  const std::string said = reason();
  return Error{ErrorCode::unreadable, "cannot be read: " + said, path.string(), "check that it exists and is readable",
               Said{"case.read", {{"said", said}}}};
}

Result<void> sync_folder(Files& files, const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened || files.sync(opened.get()) != 0) return tl::unexpected(write_error(folder));
  return {};
}

Result<NewFile> NewFile::begin(Files& files, const fs::path& folder, std::string_view name) {
  fs::path beside = folder / (std::string(name) + std::string(unfinished));
  ::unlink(beside.c_str());
  const int descriptor = files.create(beside.c_str());
  if (descriptor < 0) return tl::unexpected(write_error(beside));
  return NewFile(files, folder, std::move(beside), descriptor);
}

NewFile::NewFile(NewFile&& other) noexcept
    : files_(other.files_),
      folder_(std::move(other.folder_)),
      beside_(std::move(other.beside_)),
      descriptor_(other.descriptor_) {
  other.beside_.clear();
  other.descriptor_ = -1;
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!beside_.empty()) files_->remove(beside_.c_str());
}

Result<void> NewFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = files_->write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return tl::unexpected(write_error(beside_));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> NewFile::commit(std::string_view name) {
  const int descriptor = descriptor_;
  if (files_->sync(descriptor) != 0) return tl::unexpected(write_error(beside_));
  descriptor_ = -1;
  if (::close(descriptor) != 0) return tl::unexpected(write_error(beside_));
  if (files_->rename(beside_.c_str(), (folder_ / name).c_str()) != 0) return tl::unexpected(write_error(beside_));
  beside_.clear();
  return sync_folder(*files_, folder_);
}

Result<std::string> read_file(const fs::path& path, std::size_t most) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) return tl::unexpected(read_error(path));
  const auto too_large = [&] {
    return fail(ErrorCode::bad_data, Said{"case.too_large", {{"bytes", std::to_string(most)}}},
                "is larger than " + std::to_string(most) + " bytes", path.string());
  };
  if (!S_ISREG(status.st_mode))
    return fail(ErrorCode::unreadable, Said{"case.not_a_file", {}}, "is not a file", path.string());
  if (static_cast<std::uint64_t>(status.st_size) > most) return too_large();
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (true) {
    if (filled > most) return too_large();
    if (filled == bytes.size()) bytes.resize(filled + 4096);  // it may have grown; a read of nothing is the end
    const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(read_error(path));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace sekisho::vault
