#include "mailbox/walk.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

namespace sekisho::mailbox {
namespace {

namespace fs = std::filesystem;

/// Folders inside folders that are followed; deeper ones would need paths longer than systems allow.
constexpr std::size_t deepest = 100;

struct Entry {
  std::string path;
  bool folder = false;
  std::size_t depth = 0;
};

bool is_maildir(const fs::path& folder) {
  std::error_code error;
  return fs::is_directory(folder / "cur", error) && fs::is_directory(folder / "new", error);
}

/// What a folder holds, in the order of names (bytes, so that it is the same on every machine).
std::vector<Entry> entries_of(const Entry& folder, std::error_code& error, std::vector<std::string>& passed_over) {
  const bool maildir = is_maildir(folder.path);
  std::vector<Entry> entries;
  for (fs::directory_iterator it(folder.path, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const fs::file_status status = it->symlink_status(ignored);
    const std::string name = it->path().filename().string();
    const bool is_folder = fs::is_directory(status);
    // Maildir++ names its subfolders with a dot; elsewhere a dot hides.
    const bool subfolder = maildir && is_folder && is_maildir(it->path());
    if (name.starts_with('.') && !subfolder) continue;
    if (maildir && !subfolder && name != "cur" && name != "new") continue;
    if (!is_folder && !fs::is_regular_file(status)) continue;
    if (!is_folder && !is_named_like_mail(it->path().string())) {
      if (!maildir) passed_over.push_back(it->path().string());
      continue;
    }
    entries.push_back({it->path().string(), is_folder, folder.depth + 1});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.path < b.path; });
  return entries;
}

}  // namespace

/// Files that mail programs and people write mail into: no ending (MH, Maildir), a numbered name (archives), or one of
/// the endings of mail. A list of labels or a README in the same folder is no message. A file that is named itself is
/// always read.
bool is_named_like_mail(const std::string& path) {
  const fs::path file(path);
  constexpr std::array<std::string_view, 10> endings{".eml",   ".emlx", ".mbox", ".mbx", ".mail",
                                                     ".email", ".txt",  ".msg",  ".gz",  ".zip"};
  const std::string name = file.filename().string();
  const std::string folder = file.parent_path().filename().string();
  if (folder == "cur" || folder == "new") return true;
  if (name[0] >= '0' && name[0] <= '9') return true;
  std::string ending = file.extension().string();
  for (char& c : ending) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return ending.empty() || std::find(endings.begin(), endings.end(), ending) != endings.end();
}

void walk_files(const std::string& path, const std::function<bool(const std::string&)>& on_file,
                const OnUnreadable& on_unreadable, const OnPassedOver& on_passed_over) {
  std::error_code error;
  std::vector<Entry> left = {{path, fs::is_directory(path, error), 0}};
  while (!left.empty()) {
    const Entry entry = std::move(left.back());
    left.pop_back();
    if (!entry.folder) {
      if (!on_file(entry.path)) return;
      continue;
    }
    if (entry.depth >= deepest) continue;
    std::error_code unreadable;
    std::vector<std::string> passed_over;
    std::vector<Entry> inside = entries_of(entry, unreadable, passed_over);
    std::sort(passed_over.begin(), passed_over.end());
    if (on_passed_over)
      for (const std::string& file : passed_over) on_passed_over(file);
    if (unreadable)
      on_unreadable({entry.path, Error{ErrorCode::unreadable, "cannot read the folder: " + unreadable.message(),
                                       entry.path, "check that you may read it",
                                       Said{"input.folder_denied", {{"said", unreadable.message()}}}}});
    left.insert(left.end(), std::make_move_iterator(inside.rbegin()), std::make_move_iterator(inside.rend()));
  }
}

}  // namespace sekisho::mailbox
