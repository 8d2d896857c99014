#include "engine/automaton_cache.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "base/fingerprint.h"
#include "base/limits.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "SEKISHO-AUTOMATON-1\n";
constexpr std::string_view ending = ".automaton";
constexpr std::string_view unfinished = ".unfinished";

/// First line, check sum, automaton.
std::string head_of(std::string_view automaton) { return fmt::format("{}{:016x}\n", magic, fingerprint(automaton)); }

std::optional<std::string> read(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error || size > limits::automaton_bytes) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::string bytes(size, '\0');
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return std::nullopt;
  const std::size_t head = head_of({}).size();
  if (bytes.size() < head || bytes.compare(0, head, head_of(std::string_view(bytes).substr(head))) != 0)
    return std::nullopt;
  bytes.erase(0, head);
  return bytes;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The name of the folder entry must be on the disk too, or a power cut takes the file away again.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Whole or not at all: another run may read at the same time, and the machine may stop at any point.
bool write(const fs::path& file, std::string_view automaton) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return false;
  const fs::path beside = fmt::format("{}.{}{}", file.string(), ::getpid(), unfinished);
  const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const bool written =
      write_all(descriptor, head_of(automaton)) && write_all(descriptor, automaton) && ::fsync(descriptor) == 0;
  const bool closed = ::close(descriptor) == 0;
  if (written && closed) fs::rename(beside, file, error);
  if (!written || !closed || error) {
    fs::remove(beside, error);
    return false;
  }
  sync_folder(file.parent_path());
  return true;
}

/// Of the automata no longer in use the latest few stay: somebody who edits a list goes back and forth. What a killed
/// run left unfinished goes when nobody can still be writing it.
void tidy(const fs::path& folder) {
  constexpr std::chrono::hours abandoned_after{1};
  std::vector<std::pair<fs::file_time_type, fs::path>> kept;
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const auto time = it->last_write_time(error);
    if (error) break;
    if (it->path().extension() == ending) kept.emplace_back(time, it->path());
    if (it->path().extension() == unfinished && now - time > abandoned_after) fs::remove(it->path(), error);
  }
  std::sort(kept.rbegin(), kept.rend());
  for (std::size_t i = limits::automata_kept; i < kept.size(); ++i) fs::remove(kept[i].second, error);
}

}  // namespace

AutomatonCache::AutomatonCache(fs::path folder, std::function<void()> on_compile)
    : folder_(std::move(folder)), on_compile_(std::move(on_compile)) {}

knowledge::AutomatonStore AutomatonCache::store() {
  return {[this](const std::string& made_of) { return find(made_of); },
          [this](std::string_view automaton) { keep(automaton); }};
}

std::optional<std::string> AutomatonCache::find(const std::string& made_of) {
  if (!folder_.empty()) {
    file_ = folder_ / (made_of + std::string(ending));
    if (auto automaton = read(file_)) {
      std::error_code ignored;
      fs::last_write_time(file_, fs::file_time_type::clock::now(), ignored);  // in use: tidy() takes the others first
      outcome_ = Outcome::read;
      return automaton;
    }
  }
  if (on_compile_) on_compile_();
  return std::nullopt;
}

void AutomatonCache::keep(std::string_view automaton) {
  const bool kept = !file_.empty() && write(file_, automaton);
  outcome_ = kept ? Outcome::kept : Outcome::not_kept;
  if (kept)
    tidy(folder_);
  else
    file_.clear();
}

}  // namespace sekisho::engine
