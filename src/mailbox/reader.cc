#include "mailbox/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "base/limits.h"
#include "mailbox/walk.h"

namespace sekisho::mailbox {
namespace {

constexpr std::size_t read_at_once = 256 * 1024;

/// An open file that closes itself.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ > STDERR_FILENO) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "From someone@example.jp Mon Jan  5 12:34:56 2026": the separator of every mbox form holds a time; "From" in prose
/// after a blank line seldom does.
bool is_separator(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  for (std::size_t i = 7; i + 1 < line.size(); ++i)
    if (line[i] == ':' && is_digit(line[i - 1]) && is_digit(line[i - 2]) && is_digit(line[i + 1])) return true;
  return false;
}

/// ">From ", ">>From " …: what mboxrd quoted.
bool is_quoted_from(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('>'), line.size());
  return marks > 0 && line.substr(marks).starts_with("From ");
}

Error system_error(const std::string& input, int number) {
  const std::string message = std::generic_category().message(number);
  Said said{number == ENOENT   ? "input.missing"
            : number == EACCES ? "input.denied"
                               : "input.unreadable",
            {{"said", message}}};
  return Error{ErrorCode::unreadable, "cannot read: " + message, input, "check the path and that you may read it",
               std::move(said)};
}

Error too_large(const std::string& input, std::uint64_t offset) {
  Error error{ErrorCode::unreadable,
              "the message is larger than " + std::to_string(limits::message_bytes >> 20) + " MB", input,
              "no real mail is that large; cut off its attachments",
              Said{"input.too_large", {{"megabytes", std::to_string(limits::message_bytes >> 20)}}}};
  if (offset > 0) error.where += " at byte " + std::to_string(offset);
  return error;
}

/// Reads one input from its start to its end and hands out what is in it. Holds one message at a time.
class Input {
 public:
  Input(std::string name, int descriptor, const OnItem& on_item, const OnUnreadable& on_unreadable)
      : name_(std::move(name)), descriptor_(descriptor), on_item_(on_item), on_unreadable_(on_unreadable) {}

  /// False when the callback wants no more.
  bool read() {
    if (!fill()) return failed_ || on_item_({name_, 0, 0, buffer_});
    std::string_view first(buffer_);
    first = first.substr(0, first.find('\n'));
    return is_separator(first) ? read_mbox() : read_single();
  }

 private:
  /// Appends the next bytes; false at the end and after an error, which is reported.
  bool fill() {
    if (ended_) return false;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + read_at_once);
    ssize_t got = 0;
    do got = ::read(descriptor_, buffer_.data() + before, read_at_once);
    while (got < 0 && errno == EINTR);
    const int number = errno;
    buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got > 0) return true;
    ended_ = true;
    if (got < 0) {
      failed_ = true;
      on_unreadable_({name_, system_error(name_, number)});
    }
    return false;
  }

  bool read_single() {
    while (buffer_.size() <= limits::message_bytes && fill()) {
    }
    if (failed_) return true;
    if (buffer_.size() > limits::message_bytes) {
      on_unreadable_({name_, too_large(name_, 0)});
      return true;
    }
    return on_item_({name_, 0, 0, buffer_});
  }

  /// The next line with its line end, "" at the end of input. Lines are cut at read_at_once so that memory stays
  /// bounded.
  std::string_view next_line() {
    for (;;) {
      const std::size_t end = buffer_.find('\n', std::max(position_, searched_));
      if (end != std::string::npos) return take(end + 1);
      searched_ = buffer_.size();
      if (buffer_.size() - position_ >= read_at_once) return take(buffer_.size());
      buffer_.erase(0, position_);
      searched_ -= position_;
      position_ = 0;
      if (!fill()) return take(buffer_.size());
    }
  }
  std::string_view take(std::size_t end) {
    const std::string_view line = std::string_view(buffer_).substr(position_, end - position_);
    consumed_ += line.size();
    position_ = end;
    return line;
  }

  bool read_mbox() {
    bool after_blank = true, at_line_start = true;
    for (;;) {
      const std::uint64_t line_offset = consumed_;
      const std::string_view line = next_line();
      if (line.empty()) break;
      if (at_line_start && after_blank && is_separator(line)) {
        if (!hand_out()) return false;
        message_offset_ = line_offset;
        started_ = true;
        after_blank = false;
        continue;
      }
      const bool quoted = at_line_start && is_quoted_from(line);
      at_line_start = line.ends_with('\n');
      after_blank = line == "\n" || line == "\r\n";
      if (message_.size() <= limits::message_bytes) message_.append(quoted ? line.substr(1) : line);
    }
    return failed_ ? true : hand_out();
  }

  bool hand_out() {
    if (!started_) return true;
    bool more = true;
    if (message_.size() > limits::message_bytes)
      on_unreadable_({name_, too_large(name_, message_offset_)});
    else
      more = on_item_({name_, index_, message_offset_, without_last_blank_line()});
    ++index_;
    message_.clear();
    return more;
  }

  /// The blank line before the next separator belongs to the mbox, not to the message (RFC 4155).
  std::string_view without_last_blank_line() const {
    std::string_view message(message_);
    if (message.ends_with("\n\r\n"))
      message.remove_suffix(2);
    else if (message.ends_with("\n\n"))
      message.remove_suffix(1);
    return message;
  }

  std::string name_;
  int descriptor_;
  const OnItem& on_item_;
  const OnUnreadable& on_unreadable_;
  std::string buffer_, message_;
  std::size_t position_ = 0, searched_ = 0;
  std::uint64_t consumed_ = 0, message_offset_ = 0, index_ = 0;
  bool ended_ = false, failed_ = false, started_ = false;
};

bool read_file(const std::string& path, const OnItem& on_item, const OnUnreadable& on_unreadable) {
  // O_NONBLOCK: opening a pipe that took the file's place must not wait for a writer.
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (file.descriptor() < 0 || fstat(file.descriptor(), &status) != 0) {
    on_unreadable({path, system_error(path, errno)});
    return true;
  }
  if (!S_ISREG(status.st_mode)) {
    on_unreadable(
        {path, Error{ErrorCode::unreadable, "not a file that holds mail (a device, pipe or socket)", path,
                     "give a mail file, an mbox, a folder, or - for standard input", Said{"input.not_a_file", {}}}});
    return true;
  }
  return Input(path, file.descriptor(), on_item, on_unreadable).read();
}

}  // namespace

void read_all(const std::vector<std::string>& paths, const OnItem& on_item, const OnUnreadable& on_unreadable) {
  for (const std::string& path : paths) {
    if (path == "-") {
      if (!Input("-", STDIN_FILENO, on_item, on_unreadable).read()) return;
      continue;
    }
    bool more = true;
    walk_files(
        path, [&](const std::string& file) { return more = read_file(file, on_item, on_unreadable); }, on_unreadable);
    if (!more) return;
  }
}

Extent measure(const std::vector<std::string>& paths) {
  Extent extent;
  for (const std::string& path : paths) {
    if (path == "-") {
      ++extent.files;
      continue;
    }
    walk_files(
        path,
        [&](const std::string& file) {
          struct stat status {};
          if (stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
            ++extent.files;
            extent.bytes += static_cast<std::uint64_t>(status.st_size);
          }
          return true;
        },
        [](const Unreadable&) {});
  }
  return extent;
}

}  // namespace sekisho::mailbox
