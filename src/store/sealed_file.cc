#include "store/sealed_file.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "base/limits.h"
#include "store/secret.h"
#include "store/whole_file.h"

namespace sekisho::store {
namespace {

namespace fs = std::filesystem;

Error failed(std::string_view doing, int number, const fs::path& file) {
  const std::string said = std::generic_category().message(number);
  return {ErrorCode::unreadable, std::string(doing) + ": " + said, file.string(),
          "check the state folder, that it is yours and that the disk has room",
          Said{"data.kept_file", {{"said", said}}}};
}

}  // namespace

SealedFile::SealedFile(const fs::path& folder, std::string_view name)
    : file_(folder / (std::string(name) + ".sealed")), key_(folder / (std::string(name) + ".key")), place_(name) {}

bool SealedFile::exists() const {
  std::error_code error;
  return fs::exists(file_, error);
}

Result<std::optional<std::string>> SealedFile::read() const {
  errno = 0;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file_.c_str(), "rbe"), &std::fclose);
  if (!in) {
    if (errno == ENOENT) return std::optional<std::string>();
    return tl::unexpected(failed("cannot be read", errno, file_));
  }
  std::string sealed(limits::sealed_file_bytes + 1, '\0');
  sealed.resize(std::fread(sealed.data(), 1, sealed.size(), in.get()));
  if (sealed.size() > limits::sealed_file_bytes) return tl::unexpected(failed("cannot be read", EFBIG, file_));
  const auto secret = Secret::open_existing(key_, Secret::Of::own_file);
  if (!secret) return tl::unexpected(secret.error());
  auto plain = secret->open_sealed(sealed, place_);
  if (!plain)
    return fail(ErrorCode::bad_data, Said{"data.sealed", {}}, "is damaged or belongs to another key", file_.string(),
                "sekisho me erase, and tell it anew");
  return std::optional<std::string>(std::move(*plain));
}

Result<void> SealedFile::write(std::string_view plain) const {
  std::error_code error;
  fs::create_directories(file_.parent_path(), error);
  if (error) return tl::unexpected(failed("the folder cannot be made", error.value(), file_.parent_path()));
  const auto secret = Secret::open(key_, Secret::Of::own_file);
  if (!secret) return tl::unexpected(secret.error());
  const std::string sealed = secret->seal(plain, place_);
  if (sealed.size() > limits::sealed_file_bytes) return tl::unexpected(failed("cannot be written", EFBIG, file_));
  if (const int number = replace_file(file_, sealed); number != 0)
    return tl::unexpected(failed("cannot be written", number, file_));
  return {};
}

Result<void> SealedFile::erase() const {
  for (const fs::path& file : {key_, fs::path(key_.string() + ".new"), file_, fs::path(file_.string() + ".new")}) {
    std::error_code error;
    fs::remove(file, error);
    if (error) return tl::unexpected(failed("cannot be erased", error.value(), file));
  }
  return {};
}

}  // namespace sekisho::store
