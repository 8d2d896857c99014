#include "vault/cases.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/limits.h"
#include "vault/head.h"
#include "vault/log.h"
#include "vault/vault.h"

namespace sekisho::vault {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view erased_prefix = ".erased-";

CaseOnDisk look_at(const fs::path& folder) {
  CaseOnDisk out;
  out.id = folder.filename().string();
  const auto bytes = read_file(folder / head_file, limits::case_head_bytes);
  const auto head = bytes ? read_head(*bytes, out.id) : tl::unexpected(bytes.error());
  out.readable = head.has_value();
  if (head) {
    out.opened = head->opened;
    out.keep_until = head->keep_until;
  }
  const auto log = read_file(folder / log_file, limits::case_log_bytes);
  const auto entries = log ? entries_in(*log) : std::nullopt;
  out.readable = out.readable && entries;
  out.entries = entries.value_or(0);
  std::error_code error;
  for (const auto& file : fs::recursive_directory_iterator(folder, error)) {
    if (!file.is_regular_file(error)) continue;
    out.bytes += file.file_size(error);
    if (file.path().parent_path().filename() == items_folder) ++out.items;
  }
  return out;
}

/// Removes a folder of a case and what is in it; names of files come from a listing, nothing is followed.
Result<void> remove_all(Files& files, const fs::path& folder) {
  std::error_code error;
  for (const fs::path& place : {folder / items_folder, folder}) {
    std::vector<fs::path> found;
    for (const auto& file : fs::directory_iterator(place, error)) found.push_back(file.path());
    for (const fs::path& path : found)
      if (files.remove(path.c_str()) != 0 && errno != ENOENT && errno != EISDIR && errno != EPERM)
        return tl::unexpected(write_error(path));
    if (files.remove_folder(place.c_str()) != 0 && errno != ENOENT) return tl::unexpected(write_error(place));
  }
  return {};
}

}  // namespace

Result<std::vector<CaseOnDisk>> list_cases(const fs::path& cases) {
  std::vector<CaseOnDisk> out;
  std::error_code error;
  if (!fs::exists(cases, error)) return out;
  fs::directory_iterator folders(cases, error);
  if (error) {
    errno = error.value();
    return tl::unexpected(read_error(cases));
  }
  for (const auto& folder : folders)
    if (folder.is_directory(error) && is_case_id(folder.path().filename().string()))
      out.push_back(look_at(folder.path()));
  std::sort(out.begin(), out.end(), [](const CaseOnDisk& a, const CaseOnDisk& b) { return a.id < b.id; });
  return out;
}

Result<fs::path> find_case(const fs::path& cases, std::string_view wanted) {
  std::vector<std::string> all, fitting;
  std::error_code error;
  for (const auto& folder : fs::directory_iterator(cases, error)) {
    const std::string id = folder.path().filename().string();
    if (!is_case_id(id) || !folder.is_directory(error)) continue;
    if (id == wanted) return folder.path();
    all.push_back(id);
    if (id.rfind(wanted, 0) == 0) fitting.push_back(id);
  }
  if (fitting.size() == 1) return cases / fitting.front();
  std::sort(all.begin(), all.end());
  std::sort(fitting.begin(), fitting.end());
  if (all.empty()) return fail(ErrorCode::usage, Said{"case.none", {}}, "there is no case yet", {}, "sekisho case new");
  if (fitting.empty())
    return fail(ErrorCode::usage,
                Said{"case.unknown", {{"id", std::string(wanted)}, {"known", fmt::format("{}", fmt::join(all, ", "))}}},
                fmt::format("there is no case '{}'", wanted), {}, fmt::format("known: {}", fmt::join(all, ", ")));
  return fail(ErrorCode::usage, Said{"case.which", {{"known", fmt::format("{}", fmt::join(fitting, ", "))}}},
              "more than one case could be meant", {}, fmt::format("one of: {}", fmt::join(fitting, ", ")));
}

std::string new_case_id(std::string_view day) {
  constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz";
  std::string id;
  for (const char c : day)
    if (c != '-') id += c;
  id += '-';
  for (int i = 0; i < 4; ++i) id += letters[randombytes_uniform(letters.size())];
  return id;
}

Result<void> erase_case(Files& files, const fs::path& folder) {
  const fs::path head = folder / head_file;
  const Descriptor held(
      ::open((folder / lock_file).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!held) return tl::unexpected(write_error(folder));
  while (::flock(held.get(), LOCK_EX) != 0)
    if (errno != EINTR) return tl::unexpected(write_error(folder));
  {
    // Without the sealed key the rest is noise, even where a disk keeps old blocks.
    const Descriptor file(::open(head.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status {};
    if (file && ::fstat(file.get(), &status) == 0) {
      std::string noise(std::min<std::size_t>(static_cast<std::size_t>(status.st_size), limits::case_head_bytes), '\0');
      randombytes_buf(noise.data(), noise.size());
      if (files.write(file.get(), noise.data(), noise.size()) < 0 || files.sync(file.get()) != 0)
        return tl::unexpected(write_error(head));
    }
  }
  const fs::path away = folder.parent_path() / (std::string(erased_prefix) + folder.filename().string());
  if (auto ok = remove_all(files, away); !ok) return ok;
  if (files.rename(folder.c_str(), away.c_str()) != 0) return tl::unexpected(write_error(folder));
  if (auto ok = remove_all(files, away); !ok) return ok;
  return sync_folder(files, folder.parent_path());
}

void finish_erasing(Files& files, const fs::path& cases) {
  std::error_code error;
  std::vector<fs::path> begun;
  for (const auto& folder : fs::directory_iterator(cases, error))
    if (folder.path().filename().string().rfind(erased_prefix, 0) == 0) begun.push_back(folder.path());
  for (const fs::path& folder : begun) (void)remove_all(files, folder);
}

}  // namespace sekisho::vault
